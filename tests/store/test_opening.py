"""Opening what is a database of ours, and refusing in one line what is not."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotator import open_store
from annotator.errors import NewerDatabaseError, NotSavedError, StoreError
from annotator.store import opening
from annotator.store.migrations import MIGRATIONS
from annotator.store.opening import prepare
from annotator.store.sqlite import SqliteStore
from annotator.store.version import APPLICATION_ID, SCHEMA_VERSION
from tests.builders import article, make_library, put
from tests.store.desk import make
from tests.store.watching import connect_watched

if TYPE_CHECKING:
    from sqlite_utils import Database

ROOT = Path(__file__).parents[2]
NOBODY = 65534

needs_rights = pytest.mark.skipif(
    sys.platform == "win32", reason="rights to files and folders are POSIX's"
)


def refusal(path: Path) -> str:
    """What is said about the file; it must be one line, name the file and leave it as it was."""
    before = path.read_bytes() if os.path.isfile(path) else None  # noqa: PTH113 - never raises
    with pytest.raises(StoreError) as caught:
        SqliteStore.open(str(path), patience_ms=50)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    assert message.endswith(".")
    assert before is None or path.read_bytes() == before
    return message


def test_a_new_file_becomes_a_database_and_opens_again(path: Path) -> None:
    make(path)
    with closing(SqliteStore.open(str(path))) as store:
        assert dict(store.count_rows())["annotations"] == 1
        assert store.location == str(path)
        assert store.version == SCHEMA_VERSION
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_an_empty_file_becomes_a_database(path: Path) -> None:
    path.touch()
    make(path)


def test_open_store_goes_by_the_rules_of_the_option(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_store(path)) as store:
        assert store.location == str(path)
    monkeypatch.setenv("ANNOTATOR_DB", str(path))
    with closing(open_store()) as store:
        assert store.location == str(path)


def test_an_address_of_a_server_is_refused_without_its_password() -> None:
    with pytest.raises(StoreError, match=r"postgresql://ana@127\.0\.0\.1:1/labels") as caught:
        open_store("postgresql://ana:secret@127.0.0.1:1/labels")
    assert "secret" not in str(caught.value)


def test_a_file_of_something_else_is_refused(path: Path) -> None:
    path.write_bytes(b"The harbour was closed on Monday.\n" * 100)
    assert "not a database" in refusal(path)


def test_a_short_file_of_something_else_is_refused(path: Path) -> None:
    path.write_bytes(b"Hello.\n")
    assert "not a database" in refusal(path)


def test_a_damaged_database_is_refused(path: Path) -> None:
    make(path)
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * 3996 + content[4096:])
    assert "damaged" in refusal(path)


def test_a_database_cut_short_is_refused(path: Path) -> None:
    make(path)
    path.write_bytes(path.read_bytes()[:8192])
    with (
        pytest.raises(StoreError, match="damaged") as caught,
        closing(SqliteStore.open(str(path))) as store,
    ):
        store.count_rows()
    assert str(path) in str(caught.value)


def test_another_programs_database_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE event (id)")
    assert "another program" in refusal(path)


def test_a_newer_database_is_refused_with_the_word_newer(path: Path) -> None:
    make(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(NewerDatabaseError, match="newer"):
        SqliteStore.open(str(path))
    assert "upgrade" in refusal(path)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert f"no folder {tmp_path / 'missing'}" in refusal(tmp_path / "missing" / "a.db")


def test_a_file_where_a_folder_should_be_is_named(path: Path) -> None:
    path.touch()
    assert f"no folder {path}" in refusal(path / "a.db")


def test_a_name_too_long_for_the_system_is_refused(tmp_path: Path) -> None:
    refusal(tmp_path / ("a" * 300))
    refusal(tmp_path / ("a" * 300) / "a.db")


def test_a_locked_database_is_refused_while_it_is_being_made(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("CREATE TABLE t (a)")
        with pytest.raises(StoreError, match=f"{path} is locked"):
            SqliteStore.open(str(path), patience_ms=50)
        other.execute("ROLLBACK")
    make(path)


def test_an_older_sqlite_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    with pytest.raises(StoreError, match=r"3\.37 or newer is needed"):
        SqliteStore.open(str(path))
    assert not path.exists()


# -- making and migrating


def test_a_migration_that_fails_leaves_a_new_file_without_a_schema(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _broken_second_migration(monkeypatch), pytest.raises(StoreError, match=str(path)):
        SqliteStore.open(str(path))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    make(path)


def test_a_migration_that_fails_leaves_an_older_database_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(path)
    before = list(dump(path))
    with _broken_second_migration(monkeypatch), pytest.raises(StoreError, match="no such table"):
        SqliteStore.open(str(path))
    assert list(dump(path)) == before
    with closing(SqliteStore.open(str(path))) as store:
        assert store.count_rows()["annotations"] == 1


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()
        return [*connection.iterdump(), str(version)]


class _broken_second_migration:  # noqa: N801 - reads as a statement
    """While it lasts there is a second migration, which makes a table and then fails."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.patch = monkeypatch

    def __enter__(self) -> None:
        self.patch.setattr(opening, "SCHEMA_VERSION", SCHEMA_VERSION + 1)

        def m002_breaks(db: Database) -> None:
            db.execute("CREATE TABLE half_done (a)")
            db.execute("DROP TABLE document_of_old")

        self.patch.setattr(MIGRATIONS, "_migrations", list(MIGRATIONS._migrations))
        MIGRATIONS()(m002_breaks)

    def __exit__(self, *_: object) -> None:
        self.patch.undo()


def test_a_creation_that_was_killed_is_made_up_for(path: Path) -> None:
    # Killed after each statement in turn, on the way to a new database.
    statements: list[str] = []
    with closing(connect_watched(path)) as connection:
        connection.tell = lambda sql, _: statements.append(sql)
        prepare(connection, str(path))
    for number in range(1, len(statements)):
        part = path.with_name(f"{number}.db")
        _prepare_and_die(part, number)
        with closing(SqliteStore.open(str(part))) as store:
            assert store.check_integrity() == []
            assert store.count_rows()["documents"] == 0


def _prepare_and_die(path: Path, after: int) -> None:
    with closing(connect_watched(path)) as connection:
        seen: list[str] = []

        def die(sql: str, _: object) -> None:
            seen.append(sql)
            if len(seen) > after:
                raise KeyboardInterrupt

        connection.tell = die
        with suppress(KeyboardInterrupt):
            prepare(connection, str(path))
        connection.tell = None


@pytest.mark.parametrize("after", range(1, 8))
def test_another_program_may_make_the_database_between_any_two_statements(
    path: Path, after: int
) -> None:
    seen: list[str] = []

    def make_meanwhile(sql: str, _: object) -> None:
        seen.append(sql)
        # Once this one holds the right to write, the other waits in vain, which is well.
        if len(seen) == after:
            with suppress(StoreError):
                SqliteStore.open(str(path), patience_ms=50).close()

    with closing(connect_watched(path)) as connection:
        connection.tell = make_meanwhile
        prepare(connection, str(path))
    make(path)


def test_a_program_that_is_in_the_way_of_the_log_is_waited_for(path: Path) -> None:
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        closing(connect_watched(path)) as connection,
    ):
        blocked: list[str] = []

        def stand_in_the_way(sql: str, _: object) -> None:
            if other.in_transaction:
                other.execute("ROLLBACK")
            elif sql == "PRAGMA journal_mode = wal" and not blocked:
                blocked.append(sql)
                other.execute("BEGIN IMMEDIATE")

        connection.tell = stand_in_the_way
        prepare(connection, str(path))
        assert blocked
    make(path)


def test_a_copy_of_the_files_while_one_writes_holds_every_saved_label(path: Path) -> None:
    with closing(SqliteStore.open(str(path))) as store:
        library = make_library(store)
        session = library.open(put(library, article()))
        for index in range(5):
            session.annotate(index, "claim")
        folder = path.parent / "copy"
        folder.mkdir()
        for suffix in ("", "-wal"):
            shutil.copy(f"{path}{suffix}", folder)
    with closing(SqliteStore.open(str(folder / path.name))) as copied:
        assert copied.count_labels(session.document.id, reviewer="ana") == {"claim": 5}
        with pytest.raises(NotSavedError):
            copied.transact(lambda: copied._execute("SELECT nothing"))
