"""Where a database may be opened, and what is said where it may not."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from annotator.errors import StoreError
from annotator.store.opening import connect, identify, is_archived
from annotator.store.sqlite import SqliteStore
from tests.store.desk import make

if TYPE_CHECKING:
    from pathlib import Path

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes of files are POSIX's")


def said_of(path: Path) -> str:
    with pytest.raises(StoreError) as caught:
        connect(path, patience_ms=50)
    return str(caught.value)


def test_a_python_whose_sqlite_is_too_old_is_told_which_it_has(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 99))
    assert said_of(path) == (
        f"This Python has SQLite {sqlite3.sqlite_version}, and 3.37 or newer is needed:"
        " use a newer Python."
    )


def test_the_oldest_sqlite_that_will_do_is_accepted(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 37, 0))
    connect(path, patience_ms=50).close()


def test_a_folder_is_told_apart_from_a_database(tmp_path: Path) -> None:
    assert said_of(tmp_path) == (
        f"{tmp_path} is a folder, not a database: name a file in it with --db."
    )


def test_a_missing_folder_is_named_with_the_database(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "a.db"
    assert said_of(path) == (
        f"There is no folder {path.parent} for the database {path}: make it first."
    )


@posix
def test_a_link_to_nowhere_is_a_database_that_cannot_be_opened(path: Path) -> None:
    path.symlink_to(path.with_name("missing") / "a.db")
    assert said_of(path) == (
        f"The database {path} cannot be opened: see whether its folder may be written by you."
    )


@posix
def test_what_the_system_says_of_a_place_is_passed_on(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.touch()

    def refuse(_: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "statvfs", refuse)
    assert said_of(path) == (
        f"The database {path} cannot be opened (Permission denied): see whether you may enter"
        " its folder, or name another with --db."
    )


@pytest.mark.parametrize("patience_ms", [50, 1234, 60_000])
def test_a_connection_has_the_patience_that_was_asked_for(path: Path, patience_ms: int) -> None:
    with closing(connect(path, patience_ms=patience_ms)) as connection:
        assert connection.execute("PRAGMA busy_timeout").fetchone() == (patience_ms,)
        assert connection.isolation_level is None
    with closing(SqliteStore.open(str(path), patience_ms=patience_ms)) as store:
        assert store._connection.execute("PRAGMA busy_timeout").fetchone() == (patience_ms,)


def test_a_file_is_known_by_its_device_and_number(path: Path) -> None:
    assert identify(str(path)) == (0, 0)
    path.touch()
    found = path.stat()
    assert identify(str(path)) == (found.st_dev, found.st_ino)


# -- archives


@posix
@pytest.mark.parametrize("mode", [0o444, 0o400, 0o555])
def test_what_nobody_may_write_is_an_archive(path: Path, mode: int) -> None:
    path.touch()
    path.chmod(mode)
    path.parent.chmod(0o555)
    try:
        assert is_archived(path)
    finally:
        path.parent.chmod(0o755)


@posix
@pytest.mark.parametrize(
    ("file", "folder"),
    [
        (0o644, 0o555),
        (0o464, 0o555),
        (0o446, 0o555),
        (0o444, 0o755),
        (0o444, 0o575),
        (0o444, 0o557),
    ],
)
def test_what_anybody_may_write_is_no_archive(path: Path, file: int, folder: int) -> None:
    path.touch()
    path.chmod(file)
    path.parent.chmod(folder)
    try:
        assert not is_archived(path)
    finally:
        path.parent.chmod(0o755)


@posix
def test_what_waits_in_a_log_makes_it_no_archive(path: Path) -> None:
    path.touch()
    path.with_name(f"{path.name}-wal").touch()
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        assert not is_archived(path)
        assert not is_archived(path.with_name("missing.db"))
    finally:
        path.parent.chmod(0o755)


@posix
@pytest.mark.parametrize(("flags", "archived"), [(getattr(os, "ST_RDONLY", 1), True), (2, False)])
def test_a_file_on_a_disk_for_reading_is_an_archive(
    path: Path, monkeypatch: pytest.MonkeyPatch, flags: int, *, archived: bool
) -> None:
    path.touch()
    path.chmod(0o644)
    asked: list[object] = []

    def look(place: object) -> object:
        asked.append(place)
        return SimpleNamespace(f_flag=flags)

    monkeypatch.setattr(os, "statvfs", look)
    assert is_archived(path) is archived
    assert asked == [path]


@posix
def test_an_archive_is_read_and_leaves_no_file_beside_it(path: Path) -> None:
    make(path)
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with closing(SqliteStore.open(str(path))) as store:
            assert dict(store.count_rows())["annotations"] == 1
            assert [found.name for found in path.parent.iterdir()] == [path.name]
    finally:
        path.parent.chmod(0o755)
