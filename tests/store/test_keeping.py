"""Copies that are made unasked: their names, when one stays, and what is said without room."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import stat
import sys
from collections import namedtuple
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

from annotator.errors import StoreError
from annotator.store.backing_up import (
    Bulk,
    Kept,
    keep_before_migration,
    keeping,
    list_kept,
    tell_of_migration,
)
from annotator.store.version import SCHEMA_VERSION
from tests.store.desk import make

if TYPE_CHECKING:
    from collections.abc import Callable

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes of files are POSIX's")
Usage = namedtuple("Usage", "total used free")
ACTS: tuple[Bulk, ...] = get_args(Bulk)


def list_names(folder: Path) -> list[str]:
    return sorted(found.name for found in folder.iterdir())


def note_of(path: Path) -> object:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT note FROM annotation").fetchone()[0]


def write_note(path: Path, note: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE annotation SET note = ?", (note,))
        connection.commit()


# -- names


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("labels.db", "labels.before-{}.db"),
        ("labels.sqlite", "labels.before-{}.sqlite"),
        ("labels", "labels.before-{}.db"),
        ("my.labels.db", "my.labels.before-{}.db"),
    ],
)
def test_a_copy_is_named_after_the_database_and_the_act(act: Bulk, name: str, kept: str) -> None:
    location = str(Path("folder") / name)
    made = Kept(location, act)
    assert made.path == Path("folder") / kept.format(act)
    assert made.draft == Path("folder") / kept.format(f"{act}-new")


@pytest.mark.parametrize("name", ["labels", "labels.db", "labels.sqlite"])
def test_copies_are_listed_by_name_and_nothing_else_is(tmp_path: Path, name: str) -> None:
    location = str(tmp_path / name)
    kept = sorted(Kept(location, act).path for act in ACTS)
    ending = kept[0].suffix
    others = [
        name,
        f"labels.before-merge{ending}-wal",
        "labels.before-merge.txt",
        f"labels.after-merge{ending}",
        f"other.before-merge{ending}",
        f"labels2.before-merge{ending}",
    ]
    for file in [*kept[::-1], *(tmp_path / other for other in others)]:
        file.touch()
    assert list_kept(location) == kept


def test_where_there_is_no_folder_there_are_no_copies(tmp_path: Path) -> None:
    assert list_kept(str(tmp_path / "missing" / "labels.db")) == []


# -- before an act


def test_a_copy_stays_where_the_act_is_confirmed(path: Path) -> None:
    make(path)
    write_note(path, "before")
    with keeping(str(path), "merge") as kept:
        assert kept is not None
        assert kept.draft.exists()
        assert not kept.path.exists()
        write_note(path, "after")
        assert kept.confirm() == str(path.with_name("annotator.before-merge.db"))
    assert (note_of(path), note_of(kept.path)) == ("after", "before")
    assert list_kept(str(path)) == [kept.path]
    assert list_names(path.parent) == sorted([path.name, kept.path.name])


def test_a_copy_goes_where_nothing_came_of_the_act(path: Path) -> None:
    make(path)
    with keeping(str(path), "rename") as kept:
        assert kept is not None
    with pytest.raises(KeyboardInterrupt), keeping(str(path), "rename"):
        raise KeyboardInterrupt
    assert list_names(path.parent) == [path.name]


def test_an_older_copy_stays_until_the_next_act_is_confirmed(path: Path) -> None:
    make(path)
    for note in ("first", "second"):
        write_note(path, note)
        with keeping(str(path), "import") as kept:
            assert kept is not None
            kept.confirm()
    with keeping(str(path), "import") as kept:
        assert kept is not None
    assert note_of(kept.path) == "second"
    assert list_names(path.parent) == sorted([path.name, kept.path.name])


def test_a_draft_that_another_program_left_is_replaced(path: Path) -> None:
    make(path)
    Kept(str(path), "merge").draft.write_text("half a copy")
    with keeping(str(path), "merge") as kept:
        assert kept is not None
        kept.confirm()
        assert kept.confirm() == str(kept.path)
    assert note_of(kept.path) is None


@pytest.mark.parametrize(
    "location", ["memory", "postgresql://host/labels"], ids=["memory", "address"]
)
def test_what_is_no_file_is_not_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, location: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with keeping(location, "merge") as kept:
        assert kept is None
    assert list_names(tmp_path) == []


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_whoever_may_read_the_database_may_read_the_copy(path: Path, mode: int) -> None:
    make(path)
    path.chmod(mode)
    with keeping(str(path), "merge") as kept:
        assert kept is not None
        kept.confirm()
    assert stat.S_IMODE(kept.path.stat().st_mode) == mode


# -- before a migration


def test_each_copy_before_a_migration_has_a_name_of_its_own(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make(path)
    begins = f"annotator.before-v{SCHEMA_VERSION}"
    expected = [f"{begins}.db", f"{begins}-2.db", f"{begins}-3.db"]
    for name in expected:
        caplog.clear()
        with caplog.at_level(logging.WARNING, logger="annotator"):
            kept = keep_before_migration(str(path))
            tell_of_migration(str(path), kept)
        assert kept == path.with_name(name)
        assert caplog.record_tuples == [
            (
                "annotator",
                logging.WARNING,
                f"annotator: {path} is brought up to date (schema {SCHEMA_VERSION}); as it was"
                f" before, it is kept in {path.with_name(name)}",
            )
        ]
    assert list_names(path.parent) == sorted([path.name, *expected])


@pytest.mark.parametrize(
    ("act", "before"),
    [
        (lambda location: keeping(location, "merge").__enter__(), "the merge"),
        (lambda location: keeping(location, "settling").__enter__(), "the settling"),
        (keep_before_migration, "it is brought up to date"),
    ],
)
def test_without_room_for_a_copy_nothing_is_changed(
    path: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[str], object], before: str
) -> None:
    make(path)
    size = path.stat().st_size
    asked: list[object] = []

    def measure(folder: object) -> Usage:
        asked.append(folder)
        return Usage(0, 0, size)

    monkeypatch.setattr(shutil, "disk_usage", measure)
    with pytest.raises(StoreError) as caught:
        act(str(path))
    assert str(caught.value) == (
        f"The database {path} is copied before {before}, and that was not possible"
        f" (There is no room for a copy of {path} in {path.parent}): nothing was changed;"
        " make room on its disk, and try again."
    )
    assert asked == [path.parent]
    assert list_names(path.parent) == [path.name]


def test_one_byte_more_than_the_database_is_room_enough(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(path)
    size = path.stat().st_size
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, size + 1))
    assert keep_before_migration(str(path)).exists()
