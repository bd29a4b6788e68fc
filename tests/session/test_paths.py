"""Paths as a person types them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.session.paths import SLUG_LENGTH, complete_path, propose_name, read_path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, which is at home."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "dam one.txt").touch()
    (tmp_path / "articles" / "dam two.txt").touch()
    for name in ("archive.txt", "Zoo.txt", ".hidden", ".hound"):
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "completed", "names"),
    [
        ("ar", "ar", ("archive.txt", f"articles{os.sep}")),
        ("art", f"articles{os.sep}", (f"articles{os.sep}",)),
        ("articles/", "articles/dam ", ("dam one.txt", "dam two.txt")),
        ("articles/dam t", "articles/dam two.txt", ("dam two.txt",)),
        ("~/arc", "~/archive.txt", ("archive.txt",)),
        ("z", "Zoo.txt", ("Zoo.txt",)),
        ("./Z", "./Zoo.txt", ("Zoo.txt",)),
        (".h", ".h", (".hidden", ".hound")),
        ("", "", ("Zoo.txt", "archive.txt", f"articles{os.sep}")),
        ("nothing", "nothing", ()),
        ("nowhere/x", "nowhere/x", ()),
        ("archive.txt/x", "archive.txt/x", ()),
        ("a\x00b/c", "a\x00b/c", ()),
    ],
)
def test_what_is_certain_is_completed_and_the_rest_is_named(
    typed: str, completed: str, names: tuple[str, ...]
) -> None:
    found = complete_path(typed)
    assert (found.typed, found.names) == (completed, names)


@given(st.text(max_size=12))
def test_completing_once_is_enough(typed: str) -> None:
    once = complete_path(typed).typed
    if not once.endswith(os.sep):
        assert complete_path(once).typed == once
    assert once.lower().startswith(typed.lower())


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        (" a b.txt ", "a b.txt"),
        ("'a b.txt'", "a b.txt"),
        ('"a b.txt"', "a b.txt"),
        ("'", "'"),
        ("it's", "it's"),
        ("", ""),
        ("a\0b\ud800", "ab?"),
        ("~nobody-of-this-name/x", "~nobody-of-this-name/x"),
    ],
)
def test_a_path_is_read_as_it_was_meant(typed: str, path: str) -> None:
    assert read_path(typed) == path


def test_home_and_addresses_of_files_are_paths(folder: Path) -> None:
    assert Path(read_path("~/articles")) == folder / "articles"
    assert Path(read_path("'~/a b'")) == folder / "a b"
    if sys.platform != "win32":
        assert read_path("file:///tmp/a%20b.txt") == "/tmp/a b.txt"


@given(st.text(max_size=200))
def test_a_proposed_name_can_be_a_files(title: str) -> None:
    name = propose_name(title, ".json")
    assert name.endswith(".json")
    assert not name.startswith((".", "-"))
    assert len(name) <= SLUG_LENGTH + len(".json")
    assert not set(name) & set('/\\:*?"<>|\x00 \n')
    assert len(name.encode("utf-8", "surrogatepass")) <= 255


def test_a_proposed_name_is_made_of_the_titles_words() -> None:
    assert propose_name("The “Dam”: it broke!", ".json") == "the-dam-it-broke.json"
    assert propose_name("…", ".json") == "labels.json"
