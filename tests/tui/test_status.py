"""The status screen: the reviewer's own work in full, of the others only how much."""

from __future__ import annotations

import re
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.session.status import Survey
from annotator.store.sqlite import SqliteStore
from annotator.tui.app import AnnotatorApp
from annotator.tui.screens.library import LibraryScreen
from annotator.tui.screens.status import StatusScreen
from tests.builders import NOON_MS, CountingIds, TickingClock, article, make_library, put
from tests.tui.conftest import DATABASE, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from textual.pilot import Pilot

    from annotator.model.document import Document
    from annotator.session.status import Status

DAY_MS = 24 * 60 * 60 * 1000
SIZES = [(80, 24), (120, 40), (250, 80)]


class Hands(TickingClock):
    """Stands still unless it is moved."""

    def __init__(self) -> None:
        super().__init__()
        self.tick_ms = 0


class Hall:
    """A library on a disk, and what reviewers do in it."""

    def __init__(self) -> None:
        self.store = SqliteStore.open(DATABASE)
        self.clock = Hands()
        self._reviewers = 0

    def shelve(self, title: str, sentences: int) -> Document:
        ids = CountingIds(ord(title[0]) << 40)
        library = make_library(self.store, "importer", clock=self.clock, ids=ids)
        return put(library, article(sentences, title=title))

    def work(self, reviewer: str, document: Document, labels: str, *, days_ago: int = 0) -> None:
        """Give labels by their keys; `f` flags the one before."""
        self._reviewers += 1
        ids = CountingIds(self._reviewers << 60)
        library = make_library(self.store, reviewer, clock=self.clock, ids=ids)
        session = library.open(document)
        names = {label.key: label.name for label in library.scheme.labels}
        self.clock.now_ms = NOON_MS - days_ago * DAY_MS
        index = session.find_resumption()
        for key in labels:
            if key == "f":
                session.flag_unsure(index - 1, unsure=True)
                continue
            self.clock.steady += 3500
            session.annotate(index, names[key])
            index += 1
        self.clock.now_ms = NOON_MS

    def open(self, size: tuple[int, int] = (120, 40)) -> AbstractAsyncContextManager[Pilot[None]]:
        """Ana before the shelves."""
        return self.app.run_test(size=size, notifications=True)

    @property
    def app(self) -> AnnotatorApp:
        library = make_library(self.store, clock=self.clock)
        return AnnotatorApp(library, None, clock=self.clock)


@pytest.fixture
def hall(folder: Path) -> Iterator[Hall]:
    """A library where it is noon in Greenwich and here."""
    del folder
    made = Hall()
    with pytest.MonkeyPatch.context() as patch, closing(made.store):
        if sys.platform != "win32":
            patch.setenv("TZ", "UTC")
            time.tzset()
        yield made
    if sys.platform != "win32":
        time.tzset()


@pytest.fixture
def busy_hall(hall: Hall) -> Hall:
    """Three documents, three reviewers, two weeks."""
    chlorine = hall.shelve("Chlorine", 31)
    dam, grain = hall.shelve("Dam", 8), hall.shelve("Grain", 12)
    hall.work("ana", chlorine, "bbccd", days_ago=2)
    hall.work("ana", chlorine, "cccfdd")
    hall.work("ana", dam, "b" * 8, days_ago=13)
    hall.work("ben", chlorine, "d" * 31, days_ago=1)
    hall.work("ben", grain, "b")
    return hall


async def see(pilot: Pilot[None]) -> str:
    """Open the screen, and wait until all is counted."""
    await pilot.press("p")
    await pilot.app.workers.wait_for_complete()
    return await shown(pilot)


async def see_all(pilot: Pilot[None]) -> str:
    """All that can be scrolled to."""
    pictures = [await see(pilot)]
    for _ in range(12):
        await pilot.press("pagedown")
        pictures.append(await shown(pilot))
    return "\n".join(pictures)


async def test_it_shows_progress_labels_pace_days_and_documents(busy_hall: Hall) -> None:
    async with busy_hall.open((120, 50)) as pilot:
        picture = await see(pilot)
        assert isinstance(pilot.app.screen, StatusScreen)
    assert "Status of ana" in picture
    assert "18 of 51 sentences labelled, in 3 documents" in picture
    assert re.search(r"c  claim +5  ▇+", picture)
    assert re.search(r"d  denial +3  ▇+", picture)
    assert re.search(r"b  background +10  ▇+", picture)
    assert re.search(r"⚑  unsure +1\b", picture)
    assert re.search(r"median +3\.\d s a sentence, of 18 labels", picture)
    assert re.search(r"today +5 labels", picture)
    assert re.search(r"left +33 sentences, about 2 min", picture)
    assert "Labels a day, 10 Nov to 23 Nov" in picture
    titles = re.findall(r"(Chlorine|Dam|Grain), part 1 of it.*?(\d+ of \d+)", picture)
    # Under way, not begun, done.
    assert titles == [("Chlorine", "10 of 31"), ("Grain", "0 of 12"), ("Dam", "8 of 8")]


async def test_of_the_others_it_says_how_many_and_not_what(busy_hall: Hall) -> None:
    async with busy_hall.open((120, 50)) as pilot:
        picture = await see(pilot)
    assert re.findall(r"  ben +[━╸─]+ +(\d+ of \d+)", picture) == ["31 of 31", "1 of 12"]
    # Ana's three denials, and none of Ben's 31.
    assert re.search(r"d  denial +3 ", picture)
    assert "34" not in picture


async def test_a_bar_is_as_long_as_its_share(busy_hall: Hall) -> None:
    async with busy_hall.open((120, 50)) as pilot:
        picture = await see(pilot)
    bars = {
        name: len(bar) for name, bar in re.findall(r"(claim|denial|background) +\d+  (▇+)", picture)
    }
    assert bars["background"] == 2 * bars["claim"]
    bar = re.search(r"(━+)╸?(─+)", picture.split("labelled, in")[1])
    assert bar
    done, left = bar.groups()
    assert abs(len(done) / (len(done) + len(left)) - 18 / 51) < 0.02


@pytest.mark.parametrize("size", SIZES)
async def test_all_of_it_can_be_reached_on_any_screen(
    busy_hall: Hall, size: tuple[int, int]
) -> None:
    async with busy_hall.open(size) as pilot:
        everything = await see_all(pilot)
    for words in (
        "labelled, in 3",
        "Labels by kind",
        "Pace",
        "Labels a day",
        "Grain, part 1",
        "Dam",
    ):
        assert words in everything


@pytest.mark.parametrize("key", ["escape", "p", "q", "enter"])
async def test_it_closes_and_the_library_is_as_it_was(busy_hall: Hall, key: str) -> None:
    async with busy_hall.open() as pilot:
        await pilot.press("j")
        before = await shown(pilot)
        await see(pilot)
        await pilot.press(key)
        assert await shown(pilot) == before


async def test_keys_typed_in_a_burst_are_done_in_their_order(busy_hall: Hall) -> None:
    async with busy_hall.open() as pilot:
        await pilot.press("home", "p", "j", "end", "escape", "p", "escape", "j")
        screen = pilot.app.screen
        assert isinstance(screen, LibraryScreen)
        assert screen.cursor == 1


async def test_an_empty_library_says_what_to_do(hall: Hall) -> None:
    async with hall.open() as pilot:
        assert "The library is empty: import an article" in await see(pilot)


async def test_before_the_first_label_there_is_no_median_and_no_plot(hall: Hall) -> None:
    hall.shelve("Dam", 1)
    async with hall.open() as pilot:
        picture = await see(pilot)
    assert re.search(r"median +–", picture)
    assert re.search(r"left +1 sentence\b(?!,)", picture)
    assert "No label in the last 14 days" in picture


async def test_where_all_is_labelled_nothing_is_left(hall: Hall) -> None:
    hall.work("ana", hall.shelve("Dam", 2), "cb")
    async with hall.open() as pilot:
        picture = await see(pilot)
    assert re.search(r"left +nothing", picture)
    assert "─" not in picture.split("Pace")[0].split("labelled, in")[1]


async def test_another_theme_is_drawn_at_once_and_another_size_too(busy_hall: Hall) -> None:
    async with busy_hall.open() as pilot:
        before = await see(pilot)
        pilot.app.theme = "annotator-light"
        assert await shown(pilot) == before
        await pilot.resize_terminal(80, 24)
        assert "Status of ana" in await shown(pilot)


async def test_a_title_and_a_name_from_outside_are_shown_literally(hall: Hall) -> None:
    document = hall.shelve("[bold]X\u202e", 2)
    hall.work("[red]ben", document, "c")
    async with hall.open() as pilot:
        picture = await see(pilot)
    assert "[bold]X⟦RLO⟧" in picture
    assert "[red]ben" in picture


async def test_a_long_count_leaves_the_app_in_the_readers_hands(
    busy_hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    may_go_on, measure = Event(), Survey.measure

    def wait_and_measure(survey: Survey) -> Status:
        assert may_go_on.wait(20)
        return measure(survey)

    monkeypatch.setattr(Survey, "measure", wait_and_measure)
    async with busy_hall.open() as pilot:
        await pilot.press("p")
        assert "counting …" in await shown(pilot)
        await pilot.press("j", "escape", "p")
        assert "counting …" in await shown(pilot)
        may_go_on.set()
        await pilot.app.workers.wait_for_complete()
        assert "18 of 51" in await shown(pilot)


async def test_a_database_that_fails_is_told(
    busy_hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    from annotator.errors import StoreError

    def fail(_survey: Survey) -> Status:
        raise StoreError("The disk is gone.")

    monkeypatch.setattr(Survey, "measure", fail)
    async with busy_hall.open() as pilot:
        assert "The disk is gone." in await see(pilot)
        await pilot.press("escape")
        assert not isinstance(pilot.app.screen, StatusScreen)
