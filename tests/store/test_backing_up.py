"""Copies of a database: where they lie, what they hold, and what is said where there is none."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import sys
from collections import namedtuple
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.errors import NewerDatabaseError, OutputError, StoreError
from annotator.store import backing_up
from annotator.store.backing_up import back_up, copy_file, draft_beside, finish, put_log_away
from annotator.store.migrations import migrate
from annotator.store.sqlite import SqliteStore
from annotator.store.version import SCHEMA_VERSION
from tests.store.desk import make

if TYPE_CHECKING:
    from pathlib import Path

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes of files are POSIX's")
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def target(path: Path) -> Path:
    return path.with_name("copy.db")


def list_names(folder: Path) -> list[str]:
    return sorted(found.name for found in folder.iterdir())


def count_labels(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        count: int = connection.execute("SELECT count(*) FROM annotation").fetchone()[0]
        return count


def break_page(path: Path, number: int) -> None:
    content = bytearray(path.read_bytes())
    content[number * 4096 : (number + 1) * 4096] = b"\xff" * 4096
    path.write_bytes(content)


def break_promise(path: Path) -> None:
    """A value that the table refuses: the pages are whole, and the file is not sound."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE document SET deleted = 2")


# -- what a copy is


def test_a_copy_holds_what_is_still_in_the_log_and_has_none_itself(
    path: Path, target: Path
) -> None:
    make(path)
    with closing(SqliteStore.open(str(path))) as store:
        document = store.find_documents("", limit=1)[0]
        assert store.read_text(document.id)
        with closing(sqlite3.connect(path)) as writer:
            writer.execute("UPDATE annotation SET note = 'in the log'")
            writer.commit()
            back_up(str(path), target)
    assert list_names(target.parent) == [path.name, target.name]
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("SELECT note FROM annotation").fetchone() == ("in the log",)
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_an_older_database_is_copied_as_it_is(path: Path, target: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, version=1)
    back_up(str(path), target)
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (1,)


def test_a_copy_takes_the_place_of_another_only_when_told_to(path: Path, target: Path) -> None:
    make(path)
    target.write_text("mine")
    with pytest.raises(OutputError) as caught:
        back_up(str(path), target)
    assert str(caught.value) == (
        f"{target} is there already: name another file, or replace it with --force."
    )
    assert target.read_text() == "mine"
    back_up(str(path), target, replace=True)
    assert count_labels(target) == 1


@posix
def test_through_a_link_the_file_it_points_at_is_replaced(path: Path, target: Path) -> None:
    make(path)
    real = path.with_name("real.db")
    real.touch()
    target.symlink_to(real)
    back_up(str(path), target, replace=True)
    assert target.is_symlink()
    assert count_labels(real) == 1


# -- what can be no copy


def test_a_database_that_is_not_there_is_named(path: Path, target: Path) -> None:
    with pytest.raises(StoreError) as caught:
        back_up(str(path), target)
    assert str(caught.value) == f"There is no database {path}: name another with --db."
    assert list_names(path.parent) == []


def test_an_empty_file_is_no_database_to_copy(path: Path, target: Path) -> None:
    path.touch()
    with pytest.raises(StoreError) as caught:
        back_up(str(path), target)
    assert str(caught.value) == f"{path} is no database of annotator's: name another."
    assert list_names(path.parent) == [path.name]


def test_another_programs_database_is_not_copied(path: Path, target: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (a)")
    with pytest.raises(StoreError) as caught:
        back_up(str(path), target)
    assert str(caught.value) == (
        f"{path} is a SQLite database of another program: name another file with --db."
    )


def test_a_newer_database_is_not_copied(path: Path, target: Path) -> None:
    make(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(NewerDatabaseError) as caught:
        back_up(str(path), target)
    assert str(caught.value).startswith(f"The database {path} was made by a newer version")
    assert not target.exists()


def test_a_file_of_something_else_is_not_copied(path: Path, target: Path) -> None:
    path.write_bytes(b"The harbour was closed on Monday.\n" * 100)
    with pytest.raises(StoreError) as caught:
        back_up(str(path), target)
    assert str(caught.value) == (
        f"The database {path} is not a database: name another file with --db."
    )


def test_of_a_damaged_database_no_copy_is_made(path: Path, target: Path) -> None:
    make(path)
    break_promise(path)
    with pytest.raises(StoreError) as caught:
        back_up(str(path), target)
    assert str(caught.value) == (
        f"The database {path} is damaged (CHECK constraint failed in document): no copy was made."
        " Run 'annotator verify' on it, and bring what can be read into a new one with"
        " 'annotator recover'."
    )
    assert list_names(path.parent) == [path.name]


def test_of_a_database_with_a_broken_page_no_copy_is_made(path: Path, target: Path) -> None:
    make(path)
    break_page(path, 3)
    with pytest.raises(StoreError) as caught:
        back_up(str(path), target)
    assert str(caught.value).startswith(f"The database {path} is damaged")
    assert not target.exists()


# -- a file that counts once it is whole


def test_a_draft_becomes_the_file_at_the_end(target: Path) -> None:
    with draft_beside(target) as draft:
        assert draft.parent == target.parent
        assert draft.name.startswith(".annotator-")
        assert draft.suffix == ".tmp"
        assert draft.read_bytes() == b""
        draft.write_bytes(b"whole")
        assert not target.exists()
    assert target.read_bytes() == b"whole"
    assert list_names(target.parent) == [target.name]


def test_nothing_is_left_of_a_draft_that_failed(target: Path) -> None:
    def fail(draft: Path) -> None:
        for ending in ("-wal", "-shm", "-journal"):
            draft.with_name(draft.name + ending).touch()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), draft_beside(target) as draft:
        fail(draft)
    assert list_names(target.parent) == []


def test_what_came_in_the_way_meanwhile_stays(target: Path) -> None:
    with pytest.raises(OutputError) as caught, draft_beside(target):
        target.write_bytes(b"theirs")
    assert str(caught.value).startswith(f"{target} is there already: ")
    assert target.read_bytes() == b"theirs"
    assert list_names(target.parent) == [target.name]
    with draft_beside(target, replace=True) as draft:
        draft.write_bytes(b"ours")
    assert target.read_bytes() == b"ours"


def test_a_folder_that_is_not_there_is_the_systems_word(tmp_path: Path) -> None:
    target = tmp_path / "missing" / "copy.db"
    with pytest.raises(OutputError) as caught, draft_beside(target):
        pass
    assert str(caught.value) == f"{target} cannot be written: No such file or directory."


def test_an_error_without_words_of_the_system_is_told_in_its_own(target: Path) -> None:
    with pytest.raises(OutputError) as caught, draft_beside(target):
        raise OSError("the drive is gone")
    assert str(caught.value) == f"{target} cannot be written: the drive is gone."


@posix
def test_the_file_and_then_its_folder_are_brought_to_the_disk(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", lambda handle: synced.append(os.fstat(handle).st_ino))
        with draft_beside(target) as draft:
            number = draft.stat().st_ino
    assert synced == [number, target.parent.stat().st_ino]


# -- a file without a log


def test_a_finished_file_is_in_no_need_of_others(path: Path) -> None:
    make(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert finish(connection) == []
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("PRAGMA locking_mode").fetchone() == ("exclusive",)


def test_a_new_database_is_made_one_file(path: Path) -> None:
    make(path)
    put_log_away(path)
    assert list_names(path.parent) == [path.name]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_new_database_that_is_not_sound_is_refused(path: Path) -> None:
    make(path)
    break_promise(path)
    with pytest.raises(StoreError) as caught:
        put_log_away(path)
    assert str(caught.value) == (
        "The new database is damaged (CHECK constraint failed in document): is its disk failing?"
    )


def test_a_new_database_that_is_none_is_named(path: Path) -> None:
    path.write_bytes(b"The harbour was closed on Monday.\n" * 100)
    with pytest.raises(StoreError) as caught:
        put_log_away(path)
    assert str(caught.value) == (
        f"The database {path} is not a database: name another file with --db."
    )


# -- room


@pytest.mark.parametrize(
    ("code", "free", "without_room"),
    [
        (sqlite3.SQLITE_FULL, 0, True),
        (sqlite3.SQLITE_IOERR_WRITE, 0, True),
        (sqlite3.SQLITE_FULL, 10**12, False),
        (sqlite3.SQLITE_CORRUPT, 0, False),
    ],
)
def test_a_copy_that_failed_for_want_of_room_says_so(
    path: Path,
    target: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    free: int,
    *,
    without_room: bool,
) -> None:
    make(path)
    target.touch()
    error = sqlite3.OperationalError("no more")
    error.sqlite_errorcode = code

    def fail(_: sqlite3.Connection) -> list[str]:
        raise error

    monkeypatch.setattr(backing_up, "finish", fail)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(0, str(folder), free))
    with pytest.raises((OutputError, StoreError)) as caught:
        copy_file(str(path), target)
    if without_room:
        assert type(caught.value) is OutputError
        assert str(caught.value) == f"There is no room for a copy of {path} in {target.parent}."
    else:
        assert type(caught.value) is StoreError
        assert str(caught.value).startswith(f"The database {path} ")


@posix
def test_a_copy_has_the_mode_that_the_umask_leaves(path: Path, target: Path) -> None:
    make(path)
    path.chmod(0o600)
    before = os.umask(0o027)
    try:
        back_up(str(path), target)
    finally:
        os.umask(before)
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
