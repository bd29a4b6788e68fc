"""A pager shows a stretch of its lines, whatever blocks they come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.segment import Segment
from textual.app import App

from annotator.tui.widgets.line_widget import Line
from annotator.tui.widgets.pager import ABOVE, BELOW, Pager

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

ROWS = 10
"""Of the screen; a dialog keeps eight for itself, so that a pager alone is asked for fewer."""


class Blocks(Pager):
    """Blocks of these heights, their lines numbered."""

    DEFAULT_CSS = "Blocks { height: 1fr; }"

    def __init__(self, heights: Sequence[int]) -> None:
        super().__init__()
        self.heights = heights

    def count_blocks(self) -> int:
        return len(self.heights)

    def lay_out(self, block: int, width: int) -> Sequence[Line]:
        before = sum(self.heights[:block])
        return [Line((Segment(f"{before + n}"),)) for n in range(self.heights[block])]

    @property
    def seen(self) -> list[str]:
        return [self.render_line(y).text.strip() for y in range(self.size.height)]


class Reading(App[None]):
    """A pager on a screen of its own."""

    def __init__(self, heights: Sequence[int]) -> None:
        super().__init__()
        self.pager = Blocks(heights)

    def compose(self) -> ComposeResult:
        yield self.pager


HEIGHTS = [[1] * 40, [40], [3, 1, 20, 1, 2, 9, 1], [9, 1, 1], [1, 10]]


@pytest.mark.parametrize("heights", HEIGHTS)
async def test_it_shows_a_stretch_of_all_lines_wherever_it_is_scrolled(heights: list[int]) -> None:
    app = Reading(heights)
    async with app.run_test(size=(40, ROWS)):
        pager, total, top = app.pager, sum(heights), 0
        lowest = total - (ROWS - 1)
        for rows in (1, 1, 5, -2, 13, -1, -30, 7, 100, -3, 1, -100):
            pager.scroll_by(rows)
            top = max(0, min(top + rows, lowest))
            *seen, more = pager.seen
            assert seen == [str(top + n) for n in range(ROWS - 1)]
            assert (ABOVE in more) == (top > 0)
            assert (BELOW in more) == (top < lowest)


@pytest.mark.parametrize("heights", HEIGHTS)
async def test_its_last_line_can_be_reached_and_nothing_beyond(heights: list[int]) -> None:
    app = Reading(heights)
    async with app.run_test(size=(40, ROWS)) as pilot:
        app.pager.scroll_to_last()
        assert app.pager.seen[-2] == str(sum(heights) - 1)
        await pilot.resize_terminal(40, ROWS + 3)
        app.pager.scroll_pages(5)
        assert str(sum(heights) - 1) in app.pager.seen
        assert app.pager.seen[0] != ""


@pytest.mark.parametrize("heights", [[], [3], [ROWS], [4, 3, 3]])
async def test_what_fits_stays_where_it_is(heights: list[int]) -> None:
    app = Reading(heights)
    async with app.run_test(size=(40, ROWS)):
        for rows in (1, 20, -3):
            app.pager.scroll_by(rows)
            shown = [line for line in app.pager.seen if line]
            assert shown == [str(n) for n in range(sum(heights))]


async def test_a_block_is_brought_to_the_top() -> None:
    app = Reading([3, 4, 20, 5])
    async with app.run_test(size=(40, ROWS)):
        for block, first in ((1, 3), (2, 7), (0, 0), (3, 32 - ROWS + 1)):
            app.pager.show_block(block)
            assert app.pager.seen[0] == str(first)
