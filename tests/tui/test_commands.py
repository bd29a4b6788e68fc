"""What the palette has besides the keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual.command import CommandPalette

from annotator.model.scheme import FACT_CHECK
from annotator.tui.commands import list_commands
from annotator.tui.screens.status import StatusScreen
from tests.tui.conftest import Desk, number_of, screen_of, shown

if TYPE_CHECKING:
    from textual.pilot import Pilot

WORK = ["c", "c", "c", "d", "D", "2", "enter", "d", "home"]
"""Claims 1 to 3; denials 4 to 6, of which 5 alone is tied, to one claim."""


async def choose(pilot: Pilot[None], words: str) -> None:
    """Find a command in the palette by its words, and run it."""
    await pilot.press("ctrl+p", *words)
    for _ in range(100):
        await pilot.pause(0.02)
        if words.casefold() in (await shown(pilot)).casefold().split("search", 1)[-1]:
            break
    await pilot.press("enter")
    await pilot.pause(0.05)
    assert not isinstance(pilot.app.screen, CommandPalette)


async def test_denials_without_a_claim_are_shown_alone(desk: Desk) -> None:
    async with desk.open() as pilot:
        await pilot.press(*WORK)
        await choose(pilot, "denials without a claim")
        seen = [number_of(pilot)]
        for _ in range(3):
            await pilot.press("j")
            seen.append(number_of(pilot))
        assert seen == [4, 6, 6, 6]


async def test_claims_that_nobody_denies_are_shown_alone(desk: Desk) -> None:
    async with desk.open() as pilot:
        await pilot.press(*WORK)
        denied = screen_of(pilot).session.read_place(4).denies[0].index + 1
        await choose(pilot, "claims nobody denies")
        seen = {number_of(pilot)}
        for _ in range(3):
            await pilot.press("j")
            seen.add(number_of(pilot))
        assert seen == {1, 2, 3} - {denied}


async def test_where_there_is_none_the_whole_article_stays(desk: Desk) -> None:
    async with desk.open() as pilot:
        await choose(pilot, "denials without a claim")
        assert "There is no sentence to show" in await shown(pilot)
        await pilot.press("j", "j")
        assert number_of(pilot) == 3


async def test_a_scheme_that_denies_nothing_has_no_such_commands(desk: Desk) -> None:
    labels = tuple(replace(label, denies=()) for label in FACT_CHECK.labels)
    desk.library.set_scheme(replace(FACT_CHECK, labels=labels))
    async with desk.open() as pilot:
        titles = [command.title for command in list_commands(screen_of(pilot))]
        assert "Status: progress and pace" in titles
        assert not {"Denials without a claim", "Claims nobody denies"} & set(titles)


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_the_status_is_a_command_away(desk: Desk, key: str) -> None:
    async with desk.open() as pilot:
        await choose(pilot, "status")
        assert isinstance(pilot.app.screen, StatusScreen)
        await pilot.press(key)
        assert len(pilot.app.screen_stack) == 1
