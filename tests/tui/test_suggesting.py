"""What a program suggests, on the labelling screen: calmly shown, one key to accept it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator.model.document import Article
from annotator.readers import Reading, Said
from annotator.session.importing import add_reading
from annotator.tui.widgets.label_bar import LabelBar
from annotator.tui.widgets.side_panel import ACCEPTS, SidePanel
from tests.tui.conftest import Desk, number_of, query, shown
from tests.tui.shelves import notices_in

if TYPE_CHECKING:
    from textual.pilot import Pilot

NAMED = "model:rules-2"


def suggest(desk: Desk, *labels: str, speaker: str | None = None) -> None:
    """A program's labels for the article's first sentences; none where empty."""
    places = desk.library.open(desk.document).read_places(0, count=len(labels))
    article = Article(desk.store.read_text(desk.document.id), desk.document.title)
    found = tuple(
        Said(place.sentence.span, label, NAMED, speaker=speaker)
        for place, label in zip(places, labels, strict=True)
        if label
    )
    add_reading(desk.library, Reading(article, suggestions=found), name="tasks.json")


async def gutter(pilot: Pilot[None], number: int) -> str:
    """What stands between a sentence's number and its text."""
    for line in (await shown(pilot)).splitlines():
        if line[3:6].strip() == str(number):
            return line[6:13].rstrip()
    raise AssertionError(f"sentence {number} is not on the screen")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_enter_accepts_saves_and_goes_on(short_desk: Desk, size: tuple[int, int]) -> None:
    suggest(short_desk, "background", "claim", speaker="the mayor")
    async with short_desk.open(size) as pilot:
        await pilot.press("enter")
        assert (short_desk.labels(), number_of(pilot)) == ({1: "background"}, 2)
        assert "saved ✓" in await shown(pilot)
        await pilot.press("enter")
        assert (short_desk.labels(), number_of(pilot)) == ({1: "background", 2: "claim"}, 3)
    assert query("SELECT speaker FROM labels") == [("the mayor",), ("the mayor",)]


async def test_accepting_is_one_undo(short_desk: Desk) -> None:
    suggest(short_desk, "claim", speaker="the mayor")
    async with short_desk.open() as pilot:
        await pilot.press("enter", "u")
        assert query("SELECT * FROM labels") == []
        assert number_of(pilot) == 1
        await pilot.press("enter")
        assert short_desk.labels() == {1: "claim"}


async def test_enter_does_nothing_at_all_where_nothing_is_shown(short_desk: Desk) -> None:
    suggest(short_desk, "", "rumour", "claim")
    async with short_desk.open() as pilot:
        for keys in (["enter"], ["j", "enter"], ["j", "b", "k", "enter"]):
            await pilot.press(*keys)
            before = await shown(pilot)
            rows = query("SELECT count(*) FROM event")
            await pilot.press("enter")
            assert await shown(pilot) == before
            assert query("SELECT count(*) FROM event") == rows
        assert await notices_in(pilot) == ""


async def test_the_panel_says_what_is_suggested_by_whom(short_desk: Desk) -> None:
    suggest(short_desk, "claim", speaker="the mayor")
    async with short_desk.open() as pilot:
        seen = await shown(pilot)
        assert "suggested  claim?" in seen
        for part in (ACCEPTS, "speaker the mayor", f"by {NAMED}"):
            assert part in seen
        await pilot.press("d", "k")
        assert "suggested" not in await shown(pilot)


async def test_the_folded_panel_says_what_is_suggested(short_desk: Desk) -> None:
    suggest(short_desk, "claim", speaker="the mayor")
    async with short_desk.open((80, 24)) as pilot:
        seen = await shown(pilot)
        assert f"suggested claim?   speaker the mayor?   by {NAMED}" in seen
        await pilot.press("j")
        assert "label –   speaker –" in await shown(pilot)


async def test_the_gutter_marks_what_is_only_suggested(short_desk: Desk) -> None:
    suggest(short_desk, "claim", "denial", "rumour")
    async with short_desk.open() as pilot:
        await pilot.press("b")
        assert [await gutter(pilot, number) for number in (1, 2, 3, 4)] == [
            "  b",
            "  d?",
            "  ·",
            "  ·",
        ]


async def test_the_bar_names_enter_only_where_it_does_something(short_desk: Desk) -> None:
    suggest(short_desk, "", "claim")
    async with short_desk.open((80, 24)) as pilot:
        assert "enter accept" not in await shown(pilot)
        await pilot.press("j")
        assert "enter accept" in await shown(pilot)
        await pilot.press("c", "k")
        assert "enter accept" not in await shown(pilot)


async def test_the_mouse_accepts_too(short_desk: Desk) -> None:
    suggest(short_desk, "claim", "denial")
    async with short_desk.open() as pilot:
        panel = pilot.app.screen.query_one(SidePanel)
        lines = ["".join(part.text for part in line.segments) for line in panel.list_lines()]
        corner = panel.content_region.offset
        row = next(number for number, line in enumerate(lines) if "suggested" in line)
        await pilot.click(offset=(corner.x + 2, corner.y + row - 1))
        assert short_desk.labels() == {}
        await pilot.click(offset=(corner.x + 2, corner.y + row))
        assert short_desk.labels() == {1: "claim"}
        bar = (await shown(pilot)).splitlines()[-1]
        await pilot.click(LabelBar, offset=(bar.index("enter accept") + 1, 0))
        assert short_desk.labels() == {1: "claim", 2: "denial"}


async def test_the_palette_and_the_help_have_it(short_desk: Desk) -> None:
    async with short_desk.open() as pilot:
        await pilot.press("question_mark")
        assert "Accept the suggestion" in await shown(pilot)


async def test_suggestions_cost_no_more_questions_a_key(
    short_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def count(pilot: Pilot[None]) -> int:
        asked.clear()
        await pilot.press("j", "k")
        return len(asked)

    connection = short_desk.store._connection
    connection.set_trace_callback(asked.append)
    async with short_desk.open() as pilot:
        without = await count(pilot)
    suggest(short_desk, "claim", "denial", "claim", "claim")
    async with short_desk.open() as pilot:
        assert 0 < await count(pilot) <= without
    connection.set_trace_callback(None)
