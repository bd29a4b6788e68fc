"""The agreement screen: figures, the confusion table, and nothing of any one sentence."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.session.agreement import AgreementSurvey, measure_people
from annotator.store.sqlite import SqliteStore
from annotator.tui.app import AnnotatorApp
from annotator.tui.screens.agreement import AgreementScreen
from tests.session.agreeing import Room
from tests.tui.conftest import DATABASE, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from textual.pilot import Pilot

    from annotator.agreement import Report

SIZES = [(80, 24), (120, 40), (250, 80)]


@pytest.fixture
def room(folder: Path) -> Iterator[Room]:
    """Three reviewers at two documents."""
    del folder
    with closing(SqliteStore.open(DATABASE)) as store:
        made = Room(store)
        for title in ("Dam", "Grain"):
            document = made.shelve(title)
            made.label(document, "ana", "ccddbb")
            made.label(document, "ben", "ccdcbb")
            made.label(document, "cleo", "cc.dbc")
            made.tie(document, "ana", 2, 0)
        yield made


def app_of(room: Room) -> AnnotatorApp:
    return AnnotatorApp(room.library("ana"), None, clock=room.clock)


async def see(pilot: Pilot[None]) -> str:
    """Open the screen, and wait until all is measured."""
    await pilot.press("A")
    await pilot.app.workers.wait_for_complete()
    return await shown(pilot)


async def see_all(pilot: Pilot[None]) -> str:
    """All that can be scrolled to."""
    pictures = [await see(pilot)]
    for _ in range(6):
        await pilot.press("pagedown")
        pictures.append(await shown(pilot))
    return "\n".join(pictures)


@pytest.mark.parametrize("size", SIZES)
async def test_all_of_it_can_be_reached_on_any_screen(room: Room, size: tuple[int, int]) -> None:
    async with app_of(room).run_test(size=size) as pilot:
        everything = await see_all(pilot)
    for words in (
        "Agreement in the library",
        "Agreement between ana, ben and cleo",
        "Krippendorff's alpha  12  0.",
        "undefined: Cohen's kappa is of exactly",
        "By label",
        "Confusion table",
        "ben, cleo",
        "Links of denials",
        "Grain, part 1",
    ):
        assert words in everything


async def test_no_sentence_is_shown_with_a_label(room: Room) -> None:
    """Whoever has still to label must not be led."""
    async with app_of(room).run_test(size=(120, 80)) as pilot:
        everything = await see_all(pilot)
    assert "part 2 of it" not in everything


@pytest.mark.parametrize("key", ["escape", "A", "a", "q", "enter"])
async def test_it_closes_and_the_library_is_as_it_was(room: Room, key: str) -> None:
    async with app_of(room).run_test() as pilot:
        await pilot.press("j")
        before = await shown(pilot)
        await see(pilot)
        assert isinstance(pilot.app.screen, AgreementScreen)
        await pilot.press(key)
        assert await shown(pilot) == before


async def test_a_report_that_is_there_is_shown_at_once(room: Room) -> None:
    (document,) = room.store.find_documents("", limit=9)[:1]
    report = measure_people(room.store, [document], between=("ana", "ben"))
    async with app_of(room).run_test() as pilot:
        await AgreementScreen(report, "Agreement on [b]this").open(pilot.app)
        picture = await shown(pilot)
    assert "Agreement on [b]this" in picture
    assert "Agreement between ana and ben" in picture
    assert "By document" not in picture


async def test_one_reviewer_alone_is_undefined_and_told_why(folder: Path) -> None:
    del folder
    with closing(SqliteStore.open(DATABASE)) as store:
        room = Room(store)
        room.label(room.shelve("Dam"), "ana", "cd")
        async with app_of(room).run_test() as pilot:
            assert "undefined: Only ana has labelled here" in await see(pilot)


async def test_a_name_from_outside_is_shown_literally(room: Room) -> None:
    room.label(room.shelve("[b]X\u202e", 2), "[red]zed", "cc")
    async with app_of(room).run_test(size=(120, 80)) as pilot:
        picture = await see(pilot)
    assert "[red]zed" in picture
    assert "[b]X⟦RLO⟧" in picture


async def test_a_long_measurement_leaves_the_app_in_the_readers_hands(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    may_go_on, measure = Event(), AgreementSurvey.measure

    def wait_and_measure(survey: AgreementSurvey) -> tuple[Report, Mapping[str, str]]:
        assert may_go_on.wait(20)
        return measure(survey)

    monkeypatch.setattr(AgreementSurvey, "measure", wait_and_measure)
    async with app_of(room).run_test() as pilot:
        await pilot.press("A")
        assert "measuring …" in await shown(pilot)
        await pilot.press("j", "escape", "A")
        may_go_on.set()
        await pilot.app.workers.wait_for_complete()
        assert "Agreement between ana, ben and cleo" in await shown(pilot)


async def test_a_database_that_fails_is_told(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    from annotator.errors import StoreError

    def fail(_survey: AgreementSurvey) -> tuple[Report, Mapping[str, str]]:
        raise StoreError("The disk is gone.")

    monkeypatch.setattr(AgreementSurvey, "measure", fail)
    async with app_of(room).run_test(notifications=True) as pilot:
        assert "The disk is gone." in await see(pilot)
        await pilot.press("escape")
        assert not isinstance(pilot.app.screen, AgreementScreen)
