"""What SQLite's errors mean to a person, word for word, and whose a file is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.errors import NewerDatabaseError, StoreError
from annotator.store.migrations import migrate
from annotator.store.opening import check_owner, explain, is_busy, prepare
from annotator.store.version import APPLICATION_ID, SCHEMA_VERSION
from tests.store.watching import connect_watched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCKED = "is locked by another program: close that one or wait, and try again."
DAMAGED = (
    "is damaged: go back to a copy, or bring what can be read into a new one with"
    " 'annotator recover'; 'annotator verify' says what is wrong."
)
CLOSED_TO_YOU = "cannot be opened: see whether its folder may be written by you."


def make_error(code: int | None) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("it is so.")
    if code is not None:
        error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (sqlite3.SQLITE_BUSY, LOCKED),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, LOCKED),
        (sqlite3.SQLITE_LOCKED, LOCKED),
        (
            sqlite3.SQLITE_READONLY,
            "is read-only: make the file and its folder writable, or name another.",
        ),
        (
            sqlite3.SQLITE_READONLY_DIRECTORY,
            "is read-only: make the file and its folder writable, or name another.",
        ),
        (sqlite3.SQLITE_NOTADB, "is not a database: name another file with --db."),
        (sqlite3.SQLITE_CORRUPT, DAMAGED),
        (sqlite3.SQLITE_CORRUPT_VTAB, DAMAGED),
        (sqlite3.SQLITE_FULL, "has no room left on its disk: make room and try again."),
        (sqlite3.SQLITE_CANTOPEN, CLOSED_TO_YOU),
        (sqlite3.SQLITE_PERM, CLOSED_TO_YOU),
        (sqlite3.SQLITE_AUTH, CLOSED_TO_YOU),
        (
            sqlite3.SQLITE_IOERR_WRITE,
            "cannot be read or written (it is so.): is its disk full, or failing?",
        ),
        (sqlite3.SQLITE_ERROR, "answered with an error: it is so."),
        (None, "answered with an error: it is so."),
    ],
)
def test_each_error_says_what_it_is_and_what_to_do(code: int | None, said: str) -> None:
    assert str(explain(make_error(code), "a.db")) == f"The database a.db {said}"


def test_bytes_that_are_no_text_are_damage() -> None:
    error = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")
    assert str(explain(error, "a.db")) == f"The database a.db {DAMAGED}"


def test_half_of_a_character_is_shown_as_what_it_is() -> None:
    error = UnicodeEncodeError("utf-8", "ab\udcffcd", 2, 3, "surrogates not allowed")
    assert str(explain(error, "a.db")) == (
        "The database a.db cannot hold '\\udcff', half of a character: take it out and try again."
    )


@pytest.mark.parametrize(
    ("code", "busy"),
    [
        (sqlite3.SQLITE_BUSY, True),
        (sqlite3.SQLITE_BUSY_RECOVERY, True),
        (sqlite3.SQLITE_LOCKED, True),
        (sqlite3.SQLITE_LOCKED_SHAREDCACHE, True),
        (sqlite3.SQLITE_READONLY, False),
        (sqlite3.SQLITE_FULL, False),
        (None, False),
    ],
)
def test_only_another_program_in_the_way_is_worth_another_try(
    code: int | None, *, busy: bool
) -> None:
    assert is_busy(make_error(code)) is busy


# -- whose it is


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        yield opened


def test_a_new_file_has_version_zero(connection: sqlite3.Connection) -> None:
    assert check_owner(connection, "a.db") == 0


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_a_database_of_ours_tells_its_version(connection: sqlite3.Connection, version: int) -> None:
    migrate(connection, version=version)
    assert check_owner(connection, "a.db") == version


def test_another_programs_database_is_called_that(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE event (id)")
    with pytest.raises(StoreError) as caught:
        check_owner(connection, "a.db")
    assert str(caught.value) == (
        "a.db is a SQLite database of another program: name another file with --db."
    )


def test_a_newer_database_names_both_versions(connection: sqlite3.Connection) -> None:
    migrate(connection)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(NewerDatabaseError) as caught:
        check_owner(connection, "a.db")
    assert str(caught.value) == (
        f"The database a.db was made by a newer version of annotator (schema {SCHEMA_VERSION + 1},"
        f" this one knows {SCHEMA_VERSION}): upgrade with 'pip install --upgrade annotator'."
    )


# -- setting a connection up


def test_a_file_that_can_have_no_log_is_refused() -> None:
    with (
        closing(sqlite3.connect(":memory:", isolation_level=None)) as connection,
        pytest.raises(StoreError) as caught,
    ):
        prepare(connection, "a.db")
    assert str(caught.value) == (
        "The database a.db cannot keep a write-ahead log, as on network folders:"
        " move it to a folder of this machine."
    )


def test_an_error_while_it_is_set_up_names_the_database(connection: sqlite3.Connection) -> None:
    connection.close()
    with pytest.raises(StoreError) as caught:
        prepare(connection, "a.db")
    assert str(caught.value) == (
        "The database a.db answered with an error: Cannot operate on a closed database."
    )


def test_a_connection_is_set_up_to_keep_what_it_was_told(
    path: Path, connection: sqlite3.Connection
) -> None:
    prepare(connection, str(path))
    found = {
        pragma: connection.execute(f"PRAGMA {pragma}").fetchone()[0]
        for pragma in (
            "application_id",
            "checkpoint_fullfsync",
            "foreign_keys",
            "fullfsync",
            "journal_mode",
            "synchronous",
            "user_version",
        )
    }
    assert found == {
        "application_id": APPLICATION_ID,
        "checkpoint_fullfsync": 1,
        "foreign_keys": 1,
        "fullfsync": 1,
        "journal_mode": "wal",
        "synchronous": 2,
        "user_version": SCHEMA_VERSION,
    }
    assert not connection.in_transaction


def test_a_file_that_has_its_log_and_its_tables_is_asked_for_no_lock(
    path: Path, connection: sqlite3.Connection
) -> None:
    prepare(connection, str(path))
    with closing(connect_watched(path)) as second:
        asked: list[str] = []
        second.tell = lambda sql, _: asked.append(sql)
        prepare(second, str(path))
    assert asked.count("PRAGMA journal_mode") == 1
    assert not [sql for sql in asked if sql.startswith("BEGIN") or sql.endswith("= wal")]


@pytest.mark.parametrize("keep", [True, False])
def test_an_older_database_is_copied_first_unless_it_is_not_to_be_kept(
    path: Path, connection: sqlite3.Connection, *, keep: bool
) -> None:
    migrate(connection, version=2)
    prepare(connection, str(path), keep=keep)
    kept = path.with_name(f"annotator.before-v{SCHEMA_VERSION}.db")
    assert kept.exists() is keep
    assert check_owner(connection, str(path)) == SCHEMA_VERSION
    if keep:
        with closing(sqlite3.connect(kept)) as copy:
            assert check_owner(copy, "kept") == 2


def test_what_another_program_has_brought_up_to_date_meanwhile_is_not_copied(
    path: Path, connection: sqlite3.Connection
) -> None:
    migrate(connection, version=2)
    connection.execute("PRAGMA journal_mode = wal")

    def migrate_meanwhile(sql: str, _: object) -> None:
        if sql == "BEGIN IMMEDIATE":
            migrate(connection)

    with closing(connect_watched(path)) as second:
        second.tell = migrate_meanwhile
        prepare(second, str(path))
    assert check_owner(connection, str(path)) == SCHEMA_VERSION
    assert not list(path.parent.glob("*before*"))


def test_the_copy_before_a_migration_is_made_unasked(
    path: Path, connection: sqlite3.Connection
) -> None:
    migrate(connection, version=2)
    prepare(connection, str(path))
    assert path.with_name(f"annotator.before-v{SCHEMA_VERSION}.db").exists()
