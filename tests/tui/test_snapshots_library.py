"""Pictures of the library and of its search; see test_snapshots."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import pytest

from annotator.model.document import Article
from annotator.sample import read_sample
from annotator.session.importing import add_article
from annotator.text.normalize import title_of
from annotator.tui.theme import LAMP, PAPER
from tests.tui.shelves import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Compare: TypeAlias = Callable[..., bool]


@pytest.fixture
def shelf(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    """A library at work, in a place where it is as late as in Greenwich."""
    del folder
    if sys.platform == "win32":
        pytest.skip("the machine's own time zone stays there")
    made = Shelf()
    made.work()
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield made
    monkeypatch.undo()
    time.tzset()
    made.store.close()


def compare(snap_compare: Compare, shelf: Shelf, *, theme: str, size: str, keys: list[str]) -> bool:
    """Whether the app looks as it did after these keys."""
    app = shelf.make_app()
    app.theme = theme
    width, height = (int(number) for number in size.split("x"))
    return snap_compare(app, press=keys, terminal_size=(width, height))


def test_library_120x40_dark(snap_compare: Compare, shelf: Shelf) -> None:
    assert compare(snap_compare, shelf, theme=LAMP.name, size="120x40", keys=["end", "k"])


def test_library_80x24_light(snap_compare: Compare, shelf: Shelf) -> None:
    assert compare(snap_compare, shelf, theme=PAPER.name, size="80x24", keys=["s", "s"])


def test_search_120x40_dark(snap_compare: Compare, shelf: Shelf) -> None:
    text = read_sample()
    add_article(shelf.library, Article(text=text, title=title_of(text), source="sample"))
    keys = ["f", *"chemical weap", "down"]
    assert compare(snap_compare, shelf, theme=LAMP.name, size="120x40", keys=keys)
