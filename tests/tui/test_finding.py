"""Searching, key by key: where it goes, what it shows, how it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from annotator.tui.screens.find import FindLine
from annotator.tui.widgets.article import ArticleView
from annotator.tui.widgets.finding_line import FindingLine
from tests.tui.conftest import Desk, number_of, query, screen_of, shown
from tests.tui.wall import REPORT, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot


@pytest.fixture
def report(folder: Path) -> Iterator[Desk]:
    """Ana at a report of seven sentences; 1, 2, 4 and 6 have the word `wall`."""
    del folder
    made = Desk(REPORT)
    yield made
    made.store.close()


def marked(pilot: Pilot[None]) -> list[str]:
    """The stretches of text that are marked on the screen, from the top."""
    found = []
    view = screen_of(pilot).query_one(ArticleView)
    for y in range(view.size.height):
        found += [
            segment.text
            for segment in view.render_line(y)
            if segment.style is not None
            and (segment.style.underline or segment.style.reverse)
            and segment.text.strip()
        ]
    return found


async def test_typing_goes_to_the_first_match_from_where_it_began(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("j", "j", "slash", "w", "a")
        await pilot.pause()
        assert number_of(pilot) == 4
        await pilot.press("l", "l")
        picture = await shown(pilot)
        assert "3 of 4 sentences" in picture
        assert set(marked(pilot)) == {"wall"}
        await pilot.press("space", "i", "s")
        assert "1 of 1 sentence " in await shown(pilot)
        assert number_of(pilot) == 6
        await pilot.press("backspace", "backspace", "backspace")
        await pilot.pause()
        assert number_of(pilot) == 4
        await pilot.press("z")
        assert "no match" in await shown(pilot)
        assert number_of(pilot) == 3


async def test_the_search_goes_round_the_end(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("end", "slash", *"friday", "enter")
        assert number_of(pilot) == 2


@pytest.mark.parametrize("typed", ["WALL'S", "wall’s", '"the wall', "harbour wall"])
async def test_case_and_the_shape_of_quotes_make_no_difference(report: Desk, typed: str) -> None:
    async with report.open() as pilot:
        await pilot.press("slash")
        pilot.app.screen.query_one(Input).value = typed  # a pilot types no curly quotes
        await pilot.press("enter")
        assert number_of(pilot) == (1 if typed.startswith("harbour") else 4)


async def test_enter_stays_on_the_match_with_every_key_working(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("slash", *"wall", "enter")
        assert (
            await line_of(pilot) == "find: wall · 1 of 4 sentences · n N next, previous · esc ends"
        )
        for key, number in (("n", 2), ("n", 4), ("n", 6), ("n", 1), ("N", 6), ("N", 4)):
            await pilot.press(key)
            assert number_of(pilot) == number
        await pilot.press("j", "f")
        assert query("SELECT sentence_index, unsure FROM labels") == [(4, 1)]
        assert "4 sentences" in await line_of(pilot)
        await pilot.press("n")
        assert number_of(pilot) == 6
        assert query("SELECT note FROM labels") == [(None,)]


@pytest.mark.parametrize("key", ["c", "2", "b"])
async def test_a_label_ends_the_search_and_n_is_the_note_again(report: Desk, key: str) -> None:
    async with report.open() as pilot:
        await pilot.press("slash", *"wall", "enter", "n", key)
        assert (number_of(pilot), await line_of(pilot), marked(pilot)) == (3, "", [])
        await pilot.press("n", *"why", "enter")
        assert query("SELECT sentence_index, note FROM labels WHERE note IS NOT NULL") == [
            (2, "why")
        ]


async def test_clearing_and_undoing_a_label_end_the_search_too(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("c", "c")
        for key in ("x", "u"):
            await pilot.press("home", "slash", *"wall", "enter")
            assert await line_of(pilot)
            await pilot.press(key)
            assert await line_of(pilot) == ""


async def test_undoing_a_flag_leaves_the_search_on(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("slash", *"wall", "enter", "f")
        for key in ("u", "U"):
            await pilot.press(key)
            assert await line_of(pilot)


async def test_escape_in_the_line_goes_back_to_where_it_began(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("j", "j", "slash", *"second", "escape")
        assert (number_of(pilot), await line_of(pilot), marked(pilot)) == (3, "", [])
        await pilot.press("n", *"x", "enter")
        assert query("SELECT sentence_index, note FROM labels") == [(2, "x")]


async def test_escape_afterwards_ends_the_search_and_stays(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("slash", *"second", "enter", "escape")
        assert (number_of(pilot), await line_of(pilot), marked(pilot)) == (6, "", [])


async def test_a_search_given_up_leaves_the_one_before_it(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("slash", *"wall", "enter", "n")
        await pilot.press("slash", *"rain", "escape")
        assert number_of(pilot) == 2
        assert "find: wall · 2 of 4" in await line_of(pilot)
        await pilot.press("n")
        assert number_of(pilot) == 4


async def test_no_match_is_said_and_nothing_is_on(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("j", "slash", *"zebra", "enter")
        assert "No sentence has “zebra”" in await shown(pilot)
        assert (number_of(pilot), await line_of(pilot)) == (2, "")
        await pilot.press("slash", "enter")
        assert (number_of(pilot), await line_of(pilot)) == (2, "")


async def test_arrows_go_through_the_matches_while_typing(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("slash", *"wall", "down", "down")
        assert number_of(pilot) == 4
        await pilot.press("up", "enter")
        assert number_of(pilot) == 2


async def test_words_that_a_line_breaks_are_marked_on_both(folder: Path) -> None:
    del folder
    desk = Desk("word " * 11 + "chlorine gas.\n")
    try:
        async with desk.open((80, 24)) as pilot:
            rows = screen_of(pilot).query_one(ArticleView).rows
            assert rows[0].text.endswith("chlorine")
            await pilot.press("slash", *"chlorine", "space", *"gas")
            await pilot.pause()
            assert marked(pilot) == ["chlorine", "gas"]
    finally:
        desk.store.close()


async def test_what_is_looked_for_is_literal(folder: Path) -> None:
    del folder
    desk = Desk("It is [bold] and $x.\n\nIt is bold.\n")
    try:
        async with desk.open() as pilot:
            await pilot.press("slash", *"[bold]")
            assert "1 of 1 sentence " in await shown(pilot)
            await pilot.press("enter")
            assert "find: [bold]" in await line_of(pilot)
    finally:
        desk.store.close()


async def test_the_line_of_the_search_can_be_clicked(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("slash", *"wall", "enter")
        line = await line_of(pilot)
        await pilot.click(FindingLine, offset=(line.index("n N") + 1, 0))
        assert number_of(pilot) == 2
        await pilot.click(FindingLine, offset=(line.index("ends") + 1, 0))
        assert await line_of(pilot) == ""


async def test_a_click_on_the_text_closes_the_line_where_it_is(report: Desk) -> None:
    async with report.open() as pilot:
        await pilot.press("slash", *"second")
        assert isinstance(pilot.app.screen, FindLine)
        await pilot.click(offset=(40, 5))
        await pilot.pause()
        assert number_of(pilot) == 6
        assert "find: second" in await line_of(pilot)


@pytest.fixture
def long_desk(folder: Path) -> Iterator[Desk]:
    """Ana at an article of two thousand sentences, every tenth of which has the word `thin`."""
    del folder
    lines = [
        f"Sentence number {number} says {'thin' if number % 10 == 0 else 'it'}."
        for number in range(1, 2001)
    ]
    made = Desk("\n\n".join(lines))
    yield made
    made.store.close()


async def test_a_long_article_is_searched_and_filtered_like_a_short_one(long_desk: Desk) -> None:
    async with long_desk.open() as pilot:
        await pilot.press("g", *"995", "enter", "slash", *"thin", "enter")
        assert (number_of(pilot), "100 of 200 sentences" in await line_of(pilot)) == (1000, True)
        await pilot.press("escape", "slash", *"number", "enter")
        assert "500+ sentences" in await line_of(pilot)
        await pilot.press("c", "F", "o", "end")
        assert number_of(pilot) == 2000
        assert "1,999 of 1,999" in await line_of(pilot)
        await pilot.press("pageup", "pageup", "k", "home")
        assert number_of(pilot) == 1


@pytest.mark.parametrize("size", [(80, 24), (40, 10), (20, 5)])
async def test_on_a_small_screen_too(report: Desk, size: tuple[int, int]) -> None:
    async with report.open(size) as pilot:
        await pilot.press("c", "c", "F", "c", "slash", *"wall", "enter", "n", "d", "F", "escape")
        await pilot.press("s", "x", "enter", "y")
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert report.labels() == {1: "claim", 2: "claim", 4: "denial", 5: None}
