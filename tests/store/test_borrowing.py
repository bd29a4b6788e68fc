"""Another database on loan: what is refused of it, and a file that changes while it is copied."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import NewerDatabaseError, StoreError
from annotator.store import borrowing
from annotator.store.borrowing import borrow, check_file, is_same_file
from annotator.store.migrations import migrate
from annotator.store.sqlite import SqliteStore
from annotator.store.version import SCHEMA_VERSION
from tests.builders import CountingIds, article, make_library, put
from tests.store.desk import make


def refusal(path: Path) -> str:
    """What is said of the file, which must stay as it was, alone in its folder."""
    before = path.read_bytes()
    with pytest.raises(StoreError) as caught, borrow(str(path)):
        pass
    assert path.read_bytes() == before
    assert [found.name for found in path.parent.iterdir()] == [path.name]
    return str(caught.value)


def count_events(path: Path) -> int:
    with borrow(str(path)) as store:
        return store.count_rows()["events"]


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long it was waited, without waiting."""
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    return waited


# -- a loan


def test_a_loan_holds_documents_and_events_under_the_files_own_name(path: Path) -> None:
    make(path)
    with closing(SqliteStore.open(str(path))) as store:
        log, documents = list(store.read_log()), store.find_documents("", limit=9)
    with borrow(str(path)) as theirs:
        assert list(theirs.read_log()) == log
        assert theirs.find_documents("", limit=9) == documents
        assert theirs.location == str(path)
        assert theirs.count_rows()["annotations"] == 0
    assert [found.name for found in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_any_version_up_to_todays_is_lent_and_stays_as_it_is(path: Path, version: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, version=version)
    before = path.read_bytes()
    with borrow(str(path)) as store:
        assert store.count_rows()["events"] == 0
    assert path.read_bytes() == before
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_what_waits_in_the_log_is_lent_as_well(path: Path) -> None:
    with closing(SqliteStore.open(str(path))) as store:
        library = make_library(store)
        session = library.open(put(library, article()))
        session.annotate(0, "claim")
        assert count_events(path) == 2
        session.annotate(1, "claim")
        assert count_events(path) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_the_log_is_looked_for_beside_the_file_and_not_beside_a_link(
    path: Path, tmp_path: Path
) -> None:
    link = tmp_path / "elsewhere" / "link.db"
    link.parent.mkdir()
    link.symlink_to(path)
    with closing(SqliteStore.open(str(path))) as store:
        library = make_library(store)
        library.open(put(library, article())).annotate(0, "claim")
        assert count_events(link) == 2


# -- a file that changes meanwhile


def test_a_file_that_is_written_while_it_is_copied_is_copied_again(
    path: Path, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    make(path)
    newer = path.with_name("newer.db")
    shutil.copyfile(path, newer)
    with closing(SqliteStore.open(str(newer))) as store:
        library = make_library(store, ids=CountingIds(10**6))
        put(library, article(3, title="Another"))
    content = newer.read_bytes()
    copied: list[str] = []
    copy = shutil.copyfile

    def copy_and_write(source: Path, target: Path) -> object:
        done = copy(source, target)
        copied.append(Path(source).name)
        if len(copied) == 1:
            before = path.stat().st_mtime_ns
            path.write_bytes(content)
            os.utime(path, ns=(before, before + 10**9))
        return done

    monkeypatch.setattr("shutil.copyfile", copy_and_write)
    assert count_events(path) == 3
    assert copied == [path.name, path.name]
    assert pauses == [0.05]


def test_a_log_that_grows_while_the_file_is_copied_is_copied_again(
    path: Path, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    with closing(SqliteStore.open(str(path))) as store:
        library = make_library(store)
        session = library.open(put(library, article()))
        copied: list[str] = []
        copy = shutil.copyfile

        def copy_and_label(source: Path, target: Path) -> object:
            copied.append(Path(source).name)
            done = copy(source, target)
            if copied == [path.name, f"{path.name}-wal"]:
                session.annotate(0, "claim")
            return done

        monkeypatch.setattr("shutil.copyfile", copy_and_label)
        assert count_events(path) == 2
        assert copied == [path.name, f"{path.name}-wal", f"{path.name}-journal"] * 2
        assert pauses == [0.05]


def test_a_log_that_was_there_and_is_put_away_does_not_stay_in_the_copy(
    path: Path, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    store = SqliteStore.open(str(path))
    library = make_library(store)
    library.open(put(library, article())).annotate(0, "claim")
    copy = shutil.copyfile

    def copy_and_close(source: Path, target: Path) -> object:
        done = copy(source, target)
        if Path(source).name.endswith("-wal"):
            store.close()
        return done

    monkeypatch.setattr("shutil.copyfile", copy_and_close)
    assert count_events(path) == 2
    assert pauses == [0.05]


def test_a_file_that_is_written_to_without_a_pause_is_given_up(
    path: Path, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    make(path)
    copy = shutil.copyfile
    copied: list[str] = []

    def copy_and_write(source: Path, target: Path) -> object:
        copied.append(Path(source).name)
        found = path.stat()
        os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns + 10**9))
        return copy(source, target)

    monkeypatch.setattr("shutil.copyfile", copy_and_write)
    assert refusal(path) == (f"{path} is written to all the time: wait until its reviewers pause.")
    assert copied.count(path.name) == 20
    assert pauses == [0.05] * 20


def test_a_file_that_goes_while_it_is_looked_at_is_the_systems_word(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(path)

    def lose(source: Path, _: Path) -> object:
        raise FileNotFoundError(2, "No such file or directory", str(source))

    monkeypatch.setattr("shutil.copyfile", lose)
    assert refusal(path) == f"{path} cannot be read: No such file or directory."


def test_an_error_without_words_of_the_system_is_told_in_its_own(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(path)

    def fail(*_: object) -> object:
        raise OSError("the drive is gone")

    monkeypatch.setattr("shutil.copyfile", fail)
    assert refusal(path) == f"{path} cannot be read: the drive is gone."


# -- what is not lent


def test_a_name_of_nothing_is_told(path: Path) -> None:
    with pytest.raises(StoreError) as caught, borrow(str(path)):
        pass
    assert str(caught.value) == f"There is no database {path}: see whether the name is right."


def test_a_folder_is_no_file_to_borrow(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        check_file(tmp_path, "given.db")
    assert str(caught.value) == "given.db is no file: name the file of a database."


def test_an_empty_file_is_told_to_be_empty(path: Path) -> None:
    path.touch()
    assert refusal(path) == f"{path} is empty: it is no database of annotator's."
    path.write_bytes(b"x")
    check_file(path, str(path))


def test_a_place_that_cannot_be_looked_at_is_the_systems_word(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_file", refuse)
    with pytest.raises(StoreError) as caught:
        check_file(path, "given.db")
    assert str(caught.value) == "given.db cannot be read: Permission denied."


def test_a_file_of_something_else_is_not_lent(path: Path) -> None:
    path.write_bytes(b"The harbour was closed on Monday.\n" * 100)
    assert refusal(path) == f"The database {path} is not a database: name another file with --db."


def test_a_database_without_tables_is_not_lent(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = wal")
    assert refusal(path) == f"{path} is no database of annotator's: see whether it is whole."


def test_another_programs_database_is_not_lent(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE event (id)")
    assert refusal(path) == (
        f"{path} is a SQLite database of another program: name another file with --db."
    )


def test_a_newer_database_is_not_lent(path: Path) -> None:
    make(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(NewerDatabaseError) as caught, borrow(str(path)):
        pass
    assert str(caught.value).startswith(f"The database {path} was made by a newer version")


@pytest.mark.parametrize("table", ["event", "document"])
@pytest.mark.parametrize(
    ("change", "state"),
    [
        ("DROP TABLE {table}", "not there"),
        ("ALTER TABLE {table} ADD COLUMN more TEXT", "another"),
    ],
)
def test_a_table_that_is_not_what_it_was_made_as_is_named(
    path: Path, table: str, change: str, state: str
) -> None:
    make(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for (view,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'view'"
        ).fetchall():
            connection.execute(f"DROP VIEW {view}")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(change.format(table=table))
    assert refusal(path) == (f"{path} is not what annotator makes: its table {table} is {state}.")


def test_a_row_that_the_tables_refuse_is_told(path: Path) -> None:
    make(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE document SET deleted = 2")
    assert refusal(path) == (
        f"{path} is damaged or was changed by hand (CHECK constraint failed: deleted IN (0, 1)):"
        " run 'annotator verify' on it."
    )


def test_all_that_was_made_for_a_loan_is_gone_with_it(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(path)
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    with borrow(str(path)):
        (made,) = folder.iterdir()
        assert made.name.startswith("annotator-")
    assert list(folder.iterdir()) == []


# -- one file under two names


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_one_file_under_two_names_is_known(path: Path) -> None:
    other, link = path.with_name("other.db"), path.with_name("link.db")
    link.symlink_to(path)
    assert not is_same_file(str(path), str(path))
    path.touch()
    other.touch()
    assert is_same_file(str(link), str(path))
    assert not is_same_file(str(other), str(path))
    assert not is_same_file(str(path.with_name("missing.db")), str(path.with_name("gone.db")))


def test_a_loan_is_read_from_a_copy_with_its_indexes_and_triggers(path: Path) -> None:
    make(path)
    ours = path.with_name("ours.db")
    borrowing._take_over(path, ours, str(path))
    query = "SELECT type, name FROM sqlite_master WHERE tbl_name = 'event' ORDER BY type, name"
    with closing(sqlite3.connect(path)) as theirs, closing(sqlite3.connect(ours)) as copy:
        assert copy.execute(query).fetchall() == theirs.execute(query).fetchall()
