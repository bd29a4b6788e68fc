"""The app on a real database in a folder of its own."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from contextlib import closing
from html import unescape
from time import monotonic, process_time
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
STEP = 0.002
"""Seconds between two looks at whether the app is at rest, and between two pictures."""

AWAY = 0.02
"""Seconds within which a timer's turn is waited for."""

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


async def rest(min_sleep: float = 0, max_sleep: float = 1) -> None:
    """Wait until the app has nothing left to do, or only what is still some time away.

    In the place of Textual's own, which takes a process for idle that did not compute for 20 ms:
    two times a key, and wrongly so on a machine that had something else to do just then. This one
    asks the event loop; and for threads, of which that knows nothing, whether anything computed.
    """
    del min_sleep
    loop, until = asyncio.get_running_loop(), monotonic() + max_sleep
    within = vars(loop)
    while monotonic() < until:
        computed = process_time()
        await asyncio.sleep(STEP)
        soon = loop.time() + AWAY
        planned = any(
            timer.when() < soon and not timer.cancelled() for timer in within["_scheduled"]
        )
        if not planned and not within["_ready"] and process_time() - computed < STEP / 4:
            return


@pytest.fixture(autouse=True)
def _brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pilot waits for what is to be done, and no longer: most of a test's time was waiting."""
    monkeypatch.setattr("textual.app.wait_for_idle", rest)
    monkeypatch.setattr("textual.pilot.wait_for_idle", rest)
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", STEP)


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
