"""Who speaks, key by key; and the sentence copied with its source."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.tui.screens.speaker import SpeakerScreen
from annotator.tui.widgets.choice_list import ChoiceList
from tests.tui.conftest import DATABASE, Desk, number_of, query, screen_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REPORT = """\
The harbour wall

A Northern diplomat told the Herald that the wall was thin. The mill denied it.

“Nobody looked,” the diplomat said.
"""
SPEAKERS = "SELECT sentence_index + 1, speaker FROM labels WHERE speaker IS NOT NULL"


@pytest.fixture
def report(folder: Path) -> Iterator[Desk]:
    """Ana at a report of four sentences, at whose second one a diplomat speaks."""
    del folder
    made = Desk(REPORT)
    yield made
    made.store.close()


async def test_with_nothing_typed_it_is_the_first_offer(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("j", "s")
        picture = await shown(pilot)
        assert "▶ Northern diplomat" in picture
        assert "enter  names Northern diplomat" in picture
        await pilot.press("enter")
        assert query(SPEAKERS) == [(2, "Northern diplomat")]
        assert number_of(pilot) == 2
        assert "saved ✓" in await shown(pilot)


async def test_what_is_typed_wins(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("j", "s", *"Nor", "enter")
        assert query(SPEAKERS) == [(2, "Nor")]


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        (["down", "enter"], "mill"),
        (["down", "up", "enter"], "Northern diplomat"),
        (["m", "down", "enter"], "mill"),
        (["m", "down", "down", "enter"], "Northern diplomat"),
        (["i", "l", "down", "enter"], "mill"),
        (["m", "i", "tab", "enter"], "mill"),
        (["tab", "X", "enter"], "Northern diplomatX"),
        (["m", "backspace", "enter"], "Northern diplomat"),
    ],
)
async def test_offers_are_chosen_narrowed_and_completed(
    report: Desk, keys: list[str], name: str
) -> None:
    async with report.open() as pilot:
        await pilot.press("j", "s")
        listed = [option.text for option in pilot.app.screen.query_one(ChoiceList)._options]
        assert listed == ["Northern diplomat", "mill", "diplomat"]
        await pilot.press(*keys)
        assert query(SPEAKERS) == [(2, name)]


async def test_escape_changes_nothing(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("s", *"Ana", "escape", "j", "s", "down", "escape")
        assert query(SPEAKERS) == []


async def test_a_name_that_is_there_is_kept_changed_and_taken_away(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("s", *"Ana", "enter", "s", "enter")
        assert query(SPEAKERS) == [(1, "Ana")]
        await pilot.press("s", "X", "enter")
        assert query(SPEAKERS) == [(1, "AnaX")]
        await pilot.press("s", "ctrl+u")
        assert "enter  takes the name away" in await shown(pilot)
        await pilot.press("enter")
        assert query("SELECT * FROM labels") == []
        await pilot.press("u", "u")
        assert query(SPEAKERS) == [(1, "Ana")]


async def test_one_speaker_keeps_one_name(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("j", "s", *"Diplomat of the North", "enter", "end", "s", "enter")
        assert query(SPEAKERS) == [(2, "Diplomat of the North"), (4, "Diplomat of the North")]


async def test_a_label_without_a_speaker_says_so_and_yields_when_asked_again(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("b", "k", "s")
        assert "Background has no speaker; s again" in await shown(pilot)
        assert not isinstance(pilot.app.screen, SpeakerScreen)
        await pilot.press("j", "k", "s")
        assert not isinstance(pilot.app.screen, SpeakerScreen)
        await pilot.press("s", *"Ana", "enter")
        assert query("SELECT label, speaker FROM labels") == [("background", "Ana")]
        await pilot.press("s", "ctrl+u", "enter")
        assert query("SELECT label, speaker FROM labels") == [("background", None)]


async def test_labelling_never_asks_for_a_speaker(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("c", "d", "b", "c")
        assert query(SPEAKERS) == []
        assert pilot.app.screen is screen_of(pilot)


async def test_a_click_on_an_offer_takes_it(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("j", "s")
        await pilot.click(ChoiceList, offset=(5, 1))
        assert query(SPEAKERS) == [(2, "mill")]


async def test_a_name_that_could_not_be_saved_stays_in_its_dialog(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("s", *"Ana")
        with closing(sqlite3.connect(DATABASE, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await pilot.press("enter")
            picture = await shown(pilot)
            assert "not saved" in picture
            assert "Who speaks in sentence 1?" in picture
            other.execute("ROLLBACK")
        await pilot.press("enter")
        assert query(SPEAKERS) == [(1, "Ana")]


async def test_where_nobody_is_named_nothing_is_offered(folder: Path) -> None:
    del folder
    desk = Desk("It rained.\n")
    try:
        async with desk.open() as pilot:
            await pilot.press("s")
            assert "names nobody" in await shown(pilot)
            await pilot.press("enter")
            assert query("SELECT * FROM labels") == []
    finally:
        desk.store.close()


async def test_names_from_outside_are_literal(folder: Path) -> None:
    del folder
    desk = Desk("Agent [b]Smith[/b] said so.\n\nIt rained.\n")
    try:
        async with desk.open() as pilot:
            await pilot.press("s", *"[red]\\", "enter", "j", "s")
            assert "names [red]\\" in await shown(pilot)
            await pilot.press("enter")
            assert query(SPEAKERS) == [(1, "[red]\\"), (2, "[red]\\")]
    finally:
        desk.store.close()


async def test_the_sentence_is_copied_with_its_source(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("end", "y")
        source = "The harbour wall, sample, sentence 4"
        assert pilot.app.clipboard == f"““Nobody looked,” the diplomat said.” — {source}"
        assert "Copied with its source: The harbour wall" in await shown(pilot)
        assert query("SELECT * FROM labels") == []
