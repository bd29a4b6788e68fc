"""The app on a real database in a folder of its own."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from html import unescape
from typing import TYPE_CHECKING

import pytest

from annotator.model.document import Article
from annotator.sample import read_sample
from annotator.session.importing import add_article
from annotator.store.sqlite import SqliteStore
from annotator.text.normalize import title_of
from annotator.tui.app import AnnotatorApp
from annotator.tui.screens.labelling import LabellingScreen
from tests.builders import make_library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from textual.pilot import Pilot

DATABASE = "db/annotator.db"
CELL = 12.2
"""The width of a character in a screenshot, in its own units."""


class Desk:
    """A reviewer's app on a document, and the rows behind it."""

    def __init__(self, text: str, *, reviewer: str = "ana", patience_ms: int = 50) -> None:
        self.store = SqliteStore.open(DATABASE, patience_ms=patience_ms)
        self.library = make_library(self.store, reviewer)
        article = Article(text=text, title=title_of(text), source="sample")
        self.document = add_article(self.library, article).document

    @property
    def app(self) -> AnnotatorApp:
        return AnnotatorApp(self.library, self.document)

    def open(self, size: tuple[int, int] = (120, 40)) -> AbstractAsyncContextManager[Pilot[None]]:
        """The app on a screen of this size, notices and all."""
        return self.app.run_test(size=size, notifications=True)

    def labels(self, reviewer: str = "ana") -> dict[int, str | None]:
        """What another program reads in the file: sentence number from 1 → label."""
        rows = query("SELECT sentence_index + 1, label FROM labels WHERE reviewer = ?", reviewer)
        return {int(str(number)): None if label is None else str(label) for number, label in rows}


def query(sql: str, *cells: str) -> list[tuple[object, ...]]:
    """Ask the database file, past the program."""
    with closing(sqlite3.connect(DATABASE)) as connection:
        rows: list[tuple[object, ...]] = connection.execute(sql, cells).fetchall()
    return rows


def screen_of(pilot: Pilot[None]) -> LabellingScreen:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, LabellingScreen)
    return screen


def number_of(pilot: Pilot[None]) -> int:
    """The current sentence's number, from 1."""
    return screen_of(pilot).cursor + 1


async def shown(pilot: Pilot[None]) -> str:
    """What is painted, as text without colour, each character in its column."""
    await pilot.pause()
    svg = pilot.app.export_screenshot(simplify=True)
    rows: dict[float, str] = {}
    for x, y, text in re.findall(r'<text[^>]* x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>', svg):
        line = rows.get(float(y), "").ljust(round(float(x) / CELL))
        rows[float(y)] = line + unescape(text).replace("\xa0", " ")
    return "\n".join(line for _, line in sorted(rows.items()))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a `db/`, like a checkout's."""
    (tmp_path / "db").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    """Ana at the sample article."""
    del folder
    made = Desk(read_sample())
    yield made
    made.store.close()


@pytest.fixture
def short_desk(folder: Path) -> Iterator[Desk]:
    """Ana at an article of four sentences in three paragraphs."""
    del folder
    made = Desk(
        "The harbour\n\nThe dam broke on Friday. Nobody had looked at it.\n\nIt is closed.\n"
    )
    yield made
    made.store.close()
