"""Others' work appears without a key, and moves neither cursor nor scroll."""

from __future__ import annotations

import asyncio
import re
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.errors import StoreError
from annotator.session.renaming import rename_reviewer
from annotator.store.sqlite import SqliteStore
from annotator.tui.app import AnnotatorApp
from annotator.tui.watching import Watch
from annotator.tui.widgets.article import ArticleView
from annotator.tui.widgets.shelf import ShelfView
from tests.builders import make_library
from tests.tui.conftest import DATABASE, Desk, number_of, screen_of, shown
from tests.tui.shelves import Shelf, chosen_in, library_of, notices_in, titles_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from annotator.session import Library

LINES = [f"Witness {number} saw the river rise by the mill." for number in range(1, 61)]


@pytest.fixture
def mill(folder: Path) -> Iterator[Desk]:
    """Ana at an article of sixty sentences in one paragraph."""
    del folder
    made = Desk(" ".join(LINES))
    yield made
    made.store.close()


@pytest.fixture
def ben(folder: Path) -> Iterator[Library]:
    """Another reviewer, in a program of his own."""
    del folder
    with closing(SqliteStore.open(DATABASE)) as store:
        yield make_library(store, "ben")


def watch_over(pilot: Pilot[None]) -> Watch:
    """A watch that a test turns by hand, which has looked once."""
    app = pilot.app
    assert isinstance(app, AnnotatorApp)
    watch = Watch(app, app.library.store)
    watch.look()
    return watch


def top_of(picture: str) -> str:
    found = re.search(r"Witness \d+", picture)
    return found[0] if found else ""


async def test_a_split_ahead_moves_numbers_and_neither_cursor_nor_scroll(
    mill: Desk, ben: Library
) -> None:
    async with mill.open((100, 20)) as pilot:
        await pilot.press("g", "4", "0", "enter")
        before = await shown(pilot)
        watch = watch_over(pilot)
        ben.open(mill.document).split(2, 10)
        watch.look()
        after = await shown(pilot)
        assert number_of(pilot) == 41
        assert "▶  41" in after
        assert "41 of 61" in after
        assert top_of(after) == top_of(before)
        await pilot.press("c")
        assert mill.labels() == {41: "claim"}


async def test_a_scroll_by_the_wheel_stays(mill: Desk, ben: Library) -> None:
    async with mill.open((100, 20)) as pilot:
        pilot.app.query_one(ArticleView).look(2)
        before = await shown(pilot)
        assert "▶" not in before.replace("▶ keys", "")
        watch = watch_over(pilot)
        ben.open(mill.document).annotate(50, "claim")
        watch.look()
        assert await shown(pilot) == before


async def test_where_the_current_sentence_itself_was_cut_it_is_said(
    mill: Desk, ben: Library
) -> None:
    async with mill.open() as pilot:
        await pilot.press("g", "3", "enter")
        watch = watch_over(pilot)
        ben.open(mill.document).split(2, 10)
        watch.look()
        assert number_of(pilot) == 3
        assert "Sentence 3 is another one now" in await notices_in(pilot)
        assert "Witness 3" in await shown(pilot)


async def test_the_stopwatch_goes_on(mill: Desk, ben: Library) -> None:
    async with mill.open() as pilot:
        watch = watch_over(pilot)
        for _ in range(3):
            ben.open(mill.document).split(40, 11)
            watch.look()
            ben.open(mill.document).join(40)
            watch.look()
        await pilot.press("c")
    (effort,) = mill.store.read_efforts(mill.document.id, reviewer="ana")
    assert effort.spent_ms == 250, "the clock was asked when it was shown, and when it was labelled"


async def test_a_dialog_is_left_alone_and_what_came_shows_after_it(
    mill: Desk, ben: Library
) -> None:
    async with mill.open() as pilot:
        watch = watch_over(pilot)
        await pilot.press("n", "a", "b")
        ben.open(mill.document).split(40, 11)
        watch.look()
        await pilot.press("c", "enter")
        watch.look()
        assert "of 61" in await shown(pilot)
        assert number_of(pilot) == 1
        place = screen_of(pilot).session.read_place(0)
    assert place.annotation is not None
    assert place.annotation.note == "abc"


async def test_a_new_name_is_taken_up(mill: Desk, ben: Library) -> None:
    async with mill.open() as pilot:
        watch = watch_over(pilot)
        await pilot.press("c")
        rename_reviewer(ben, "ana", "anna")
        watch.look()
        await pilot.press("d")
        assert "2 labelled" in await shown(pilot)
    assert mill.labels("anna") == {1: "claim", 2: "denial"}


async def test_without_anybody_elses_work_nothing_is_read(mill: Desk) -> None:
    async with mill.open() as pilot:
        watch = watch_over(pilot)
        await pilot.press("c")
        article = screen_of(pilot).query_one(ArticleView)
        rows = article.rows
        watch.look()
        assert article.rows is rows


class Away(SqliteStore):
    """A database that went away."""

    def read_generation(self) -> int:
        raise StoreError("The database is away.")


async def test_that_the_database_is_away_is_said_once(mill: Desk) -> None:
    async with mill.open() as pilot:
        assert isinstance(pilot.app, AnnotatorApp)
        with closing(Away.open(DATABASE)) as away:
            watch = Watch(pilot.app, away)
            watch.look()
            assert "is away" in await notices_in(pilot)
            pilot.app.clear_notifications()
            watch.look()
            assert await notices_in(pilot) == ""


async def test_it_looks_by_itself(
    mill: Desk, ben: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.tui.watching.PERIOD", 0.05)
    async with mill.open() as pilot:
        ben.open(mill.document).split(40, 11)
        for _ in range(200):
            await asyncio.sleep(0.02)
            if "of 61" in await shown(pilot):
                break
        assert "of 61" in await shown(pilot)


@pytest.fixture
def shelf(folder: Path) -> Iterator[Shelf]:
    del folder
    made = Shelf()
    made.work()
    yield made
    made.store.close()


async def test_the_library_shows_who_has_finished(shelf: Shelf, ben: Library) -> None:
    async with shelf.open() as pilot:
        before, chosen = titles_of(pilot), chosen_in(pilot)
        watch = watch_over(pilot)
        session = ben.open(shelf.documents[0])
        for index in range(6):
            session.annotate(index, "claim")
        watch.look()
        row = next(line for line in (await shown(pilot)).splitlines() if "Harbour" in line)
        assert "ben ✓" in row
        assert (titles_of(pilot), chosen_in(pilot)) == (before, chosen)


async def test_rows_stay_where_they_are_though_what_they_are_sorted_by_changes(
    shelf: Shelf, ben: Library
) -> None:
    async with shelf.open((120, 12)) as pilot:
        await pilot.press("s", "s", "end")
        before, chosen = titles_of(pilot), chosen_in(pilot)
        view = library_of(pilot).query_one(ShelfView)
        view._look(-3)
        picture = [line[:40] for line in (await shown(pilot)).splitlines()[1:4]]
        watch = watch_over(pilot)
        ben.open(shelf.documents[3]).annotate(0, "claim")
        ben.delete(shelf.documents[1])
        watch.look()
        assert titles_of(pilot) == [title for title in before if title != "Minister"]
        assert chosen_in(pilot) == chosen
        assert [line[:40] for line in (await shown(pilot)).splitlines()[1:3]] == picture[:2]
