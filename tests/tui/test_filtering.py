"""Filtering, key by key: what is shown, how one walks it, how it ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from annotator.model.sieve import Sieve
from annotator.tui.widgets.choice_list import ChoiceList
from tests.tui.conftest import Desk, number_of, screen_of, shown
from tests.tui.wall import REPORT, line_of, shown_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def report(folder: Path) -> Iterator[Desk]:
    """Ana at a report of seven sentences; 1, 2, 4 and 6 have the word `wall`."""
    del folder
    made = Desk(REPORT)
    yield made
    made.store.close()


@pytest.mark.parametrize(
    ("key", "numbers"),
    [
        ("c", [1, 2]),
        ("1", [1, 2]),
        ("d", [3]),
        ("o", [5, 6, 7]),
        ("f", [2]),
        ("n", [6]),
        ("l", [3]),
        ("w", [1, 2]),
    ],
)
async def test_a_key_shows_only_its_sentences(report: Desk, key: str, numbers: list[int]) -> None:
    async with report.open() as pilot:
        await pilot.press("c", "c", "k", "f", "j", "d", "b", "j", "n", "x", "enter", "home")
        await pilot.press("F", key)
        assert shown_numbers(pilot) == numbers
        assert f"1 of {len(numbers)} · esc ends" in await line_of(pilot)
        assert number_of(pilot) == numbers[0]


async def test_arrows_and_enter_choose_a_filter_too(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("c", "d", "F")
        picture = await shown(pilot)
        assert re.search(r"c +claim +1\b", picture)
        assert re.search(r"o +no label +5\b", picture)
        await pilot.press("down", "enter")
        assert shown_numbers(pilot) == [2]


async def test_escape_leaves_the_filters_dialog_and_nothing_has_changed(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("c", "F", "escape")
        assert (shown_numbers(pilot), await line_of(pilot)) == ([1, 2, 3, 4, 5, 6, 7], "")


async def test_moving_and_labelling_walk_what_the_filter_shows(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("j", "c", "j", "c", "j", "c", "home", "F", "c")
        assert (shown_numbers(pilot), number_of(pilot)) == ([2, 4, 6], 2)
        for key, number in (("j", 4), ("j", 6), ("j", 6), ("k", 4), ("home", 2), ("end", 6)):
            await pilot.press(key)
            assert number_of(pilot) == number, key
        await pilot.press("home", "d", "b", "x")
        assert report.labels() == {2: "denial", 4: "background"}
        assert (shown_numbers(pilot), number_of(pilot)) == ([2, 4, 6], 6)
        await pilot.press("home", "tab")
        assert number_of(pilot) == 6
        await pilot.press("c", "tab")
        assert "Every sentence of the filter has a label" in await shown(pilot)


async def test_the_list_stays_as_it_was_taken_until_it_is_taken_anew(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("c", "c", "c", "home", "F", "c", "b", "b")
        assert shown_numbers(pilot) == [1, 2, 3]
        await pilot.press("F", "enter")
        assert shown_numbers(pilot) == [3]


async def test_escape_ends_the_filter_and_stays_on_the_sentence(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("end", "c", "F", "c", "escape")
        assert (number_of(pilot), await line_of(pilot)) == (7, "")
        assert shown_numbers(pilot) == [1, 2, 3, 4, 5, 6, 7]


async def test_the_filters_dialog_can_end_it_too(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("c", "F", "c", "F", "a")
        assert (len(shown_numbers(pilot)), await line_of(pilot)) == (7, "")


async def test_a_filter_with_nothing_to_show_is_one_line(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("j", "F", "d")
        assert "There is no sentence to show: denial." in await shown(pilot)
        assert (number_of(pilot), await line_of(pilot)) == (2, "")


@pytest.mark.parametrize("keys", [["g", "7", "enter"], ["u"], ["slash", *"rained", "enter"]])
async def test_what_goes_to_another_sentence_ends_the_filter_and_says_so(
    report: Desk, keys: list[str]
) -> None:
    async with report.open() as pilot:
        await pilot.press("c", "end", "f", "home", "F", "c", *keys)
        assert number_of(pilot) == 7
        assert "The filter has ended: sentence 7 is not in it" in await shown(pilot)
        assert "filter" not in await line_of(pilot)


async def test_a_search_given_up_leaves_the_filter(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("c", "F", "c", "slash", *"rain")
        await pilot.pause()
        assert number_of(pilot) == 7
        await pilot.press("escape")
        assert (number_of(pilot), shown_numbers(pilot)) == (1, [1])
        await pilot.press("slash", *"harb", "enter")
        assert "filter: claim · 1 of 1   find: harb · 1 of 1 sentence" in await line_of(pilot)
        await pilot.press("escape")
        assert await line_of(pilot) == "filter: claim · 1 of 1 · esc ends"
        await pilot.press("escape")
        assert await line_of(pilot) == ""


async def test_a_split_ends_the_filter_and_the_search(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("c", "c", "F", "c", "slash", *"wall", "enter")
        screen = screen_of(pilot)
        screen.show_saved(screen.session.split(1, 4))
        await pilot.pause()
        assert "were cut anew" in await shown(pilot)
        assert (await line_of(pilot), len(shown_numbers(pilot))) == ("", 8)


async def test_the_palette_can_apply_a_filter(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("c", "d")
        screen_of(pilot).apply_sieve(Sieve("denials without a claim", unlinked=("denial",)))
        assert shown_numbers(pilot) == [2]
        assert "filter: denials without a claim" in await line_of(pilot)


async def test_a_click_on_a_filter_takes_it(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("c", "d", "F")
        await pilot.click(ChoiceList, offset=(8, 1))
        await pilot.pause()
        assert shown_numbers(pilot) == [2]
