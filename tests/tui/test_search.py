"""Search over the whole library: what is found as it is typed, and where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator.tui.screens.search import SearchScreen
from annotator.tui.widgets.findings import Findings
from tests.builders import article, put
from tests.tui.conftest import screen_of, shown
from tests.tui.shelves import Shelf, chosen_in, notices_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot


@pytest.fixture
def shelf(folder: Path) -> Iterator[Shelf]:
    del folder
    made = Shelf()
    yield made
    made.store.close()


def search_of(pilot: Pilot[None]) -> SearchScreen:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, SearchScreen)
    return screen


async def test_each_letter_narrows_and_enter_opens_the_document_at_the_sentence(
    shelf: Shelf,
) -> None:
    async with shelf.open() as pilot:
        await pilot.press("f", *"witness 1")
        assert "Search: 38 sentences" in await shown(pilot)
        await pilot.press(*"9 dam")
        picture = await shown(pilot)
        assert "Search: 1 sentence" in picture
        assert "Dam inspectors “never asked” about cracks  sentence 20" in picture
        await pilot.press("enter")
        assert screen_of(pilot).session.document == shelf.documents[2]
        assert screen_of(pilot).cursor == 19
        await pilot.press("escape")
        assert chosen_in(pilot) == "Dam"


async def test_arrows_choose_and_what_is_chosen_is_in_sight(shelf: Shelf) -> None:
    async with shelf.open((80, 24)) as pilot:
        await pilot.press("f", *"witness", "down", "down", "up")
        chosen = search_of(pilot).chosen
        assert chosen is not None
        for key in ("up", "up", "pagedown", "pagedown", *["down"] * 30, "pageup", *["up"] * 9):
            await pilot.press(key)
            chosen = search_of(pilot).chosen
            assert chosen is not None
            assert "▶" in await shown(pilot)
            mark = next(line for line in (await shown(pilot)).splitlines() if "▶" in line)
            assert f"sentence {chosen.index + 1}" in mark
        for size in ((30, 8), (200, 60), (12, 3), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert search_of(pilot).chosen == chosen
        assert "▶" in await shown(pilot)


async def test_the_words_are_remembered_and_give_way_to_new_ones(shelf: Shelf) -> None:
    async with shelf.open() as pilot:
        await pilot.press("f", *"harbour.txt", "escape", "f")
        assert "Search: 5 sentences" in await shown(pilot)
        await pilot.press(*"port")
        assert "Search: 26 sentences" not in await shown(pilot)
        assert "words  port" in await shown(pilot)


async def test_letters_that_are_keys_elsewhere_are_words_here(shelf: Shelf) -> None:
    async with shelf.open() as pilot:
        await pilot.press("f", *"qxd?/[j")
        assert "words  qxd?/[j" in await shown(pilot)
        assert "holds “qxd?/[j”" in await shown(pilot)
        await pilot.press("enter", "down", "pageup")
        assert isinstance(pilot.app.screen, SearchScreen)
        await pilot.press("f1")
        assert "Open the document at the sentence" in await shown(pilot)
        await pilot.press("escape", "escape")
        assert chosen_in(pilot) == "Ferry"


async def test_deleted_documents_are_not_found(shelf: Shelf) -> None:
    async with shelf.open() as pilot:
        await pilot.press("x", "f", *"ferry")
        assert search_of(pilot).chosen is None


async def test_a_match_far_down_a_long_sentence_is_shown(shelf: Shelf) -> None:
    put(shelf.library, article(1, title="word " * 400 + "needle " + "word " * 400))
    async with shelf.open() as pilot:
        await pilot.press("f", *"needle")
        assert "word needle" in await shown(pilot)


async def test_a_click_chooses_and_a_second_one_opens(shelf: Shelf) -> None:
    async with shelf.open() as pilot:
        await pilot.press("f", *"harbour.txt")
        await pilot.click(Findings, offset=(10, 4))
        chosen = search_of(pilot).chosen
        assert chosen is not None
        await pilot.click(Findings, offset=(12, 4))
        await pilot.pause()
        assert screen_of(pilot).cursor == chosen.index


async def test_what_cannot_be_searched_is_a_notice(shelf: Shelf) -> None:
    async with shelf.open() as pilot:
        await pilot.press("f")
        shelf.store.close()
        await pilot.press("a", "enter", "escape")
        assert "closed" in await notices_in(pilot)
