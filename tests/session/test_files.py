"""Writing a file whole or not at all, and where none can be written."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from annotator.errors import OutputError, StoreError
from annotator.session.files import is_taken, write_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_file_stays_as_it_was_where_the_export_fails(folder: Path) -> None:
    target = folder / "labels.json"
    target.write_text("the old one", encoding="utf-8")

    def fail() -> Iterator[str]:
        yield "half"
        raise StoreError("The database is gone.")

    with pytest.raises(StoreError):
        write_file(str(target), fail())
    assert target.read_text(encoding="utf-8") == "the old one"
    assert sorted(path.name for path in folder.iterdir()) == ["labels.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are another thing there")
def test_permissions_stay_and_links_are_followed(folder: Path) -> None:
    target, link = folder / "labels.json", folder / "link.json"
    target.touch()
    target.chmod(0o640)
    link.symlink_to(target)
    write_file(str(link), ["new"])
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are another thing there")
def test_a_new_file_has_the_permissions_that_new_files_have(folder: Path) -> None:
    before = os.umask(0o027)
    write_file("labels.json", ["new"])
    os.umask(before)
    assert stat.S_IMODE((folder / "labels.json").stat().st_mode) == 0o640


def test_a_name_as_long_as_names_can_be(folder: Path) -> None:
    name = "l" * 250 + ".json"
    write_file(name, ["new"])
    assert (folder / name).read_text(encoding="utf-8") == "new"
    with pytest.raises(OutputError):
        write_file("l" * 5000, ["new"])


def test_what_stands_there_is_said_before_it_is_written_over(folder: Path) -> None:
    assert is_taken("labels.json", "annotator.db") is False
    (folder / "labels.json").touch()
    assert is_taken("labels.json", "annotator.db") is True


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such devices")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "no name"),
        (".", "folder"),
        ("missing/labels.json", "no folder"),
        ("annotator.db", "database"),
        ("./annotator.db", "database"),
        ("annotator.db-wal", "database"),
        (os.devnull, "no ordinary file"),
        ("/dev/stdout", "no ordinary file"),
        ("l" * 5000, "cannot be written"),
    ],
)
def test_where_no_file_can_be_written_that_is_said(folder: Path, name: str, words: str) -> None:
    (folder / "annotator.db").touch()
    with pytest.raises(OutputError, match=words):
        is_taken(name, "annotator.db")
