"""A report of seven sentences, and what is seen of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.tui.widgets.article import ArticleView
from annotator.tui.widgets.finding_line import FindingLine
from tests.tui.conftest import screen_of

if TYPE_CHECKING:
    from textual.pilot import Pilot

REPORT = """\
The harbour wall

The wall broke on Friday. Nobody had looked at it.

“The wall’s been thin for years,” the mayor said. The mill denied it.

A second wall is closed. It rained.
"""
# 1 The harbour wall · 2 The wall broke … · 3 Nobody … · 4 “The wall’s … · 5 The mill … ·
# 6 A second wall … · 7 It rained.


def shown_numbers(pilot: Pilot[None]) -> list[int]:
    """The sentences on the screen, from the top, counted from 1."""
    rows = screen_of(pilot).query_one(ArticleView).rows
    return list(dict.fromkeys(row.place.sentence.index + 1 for row in rows if row.place))


async def line_of(pilot: Pilot[None]) -> str:
    """What the line under the text says; empty where there is none."""
    await pilot.pause()
    line = screen_of(pilot).query_one(FindingLine)
    return line.render_line(0).text.strip() if line.display else ""
