"""From a document to the library and to its neighbours, in the library's present order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator.tui.screens.library import LibraryScreen
from annotator.tui.widgets.label_bar import LabelBar
from tests.builders import make_library
from tests.tui.conftest import query, screen_of, shown
from tests.tui.shelves import Shelf, chosen_in, notices_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

HARBOUR, MINISTER, DAM, PORT, FERRY = range(5)


@pytest.fixture
def shelf(folder: Path) -> Iterator[Shelf]:
    del folder
    made = Shelf()
    made.work()
    yield made
    made.store.close()


def document_of(pilot: Pilot[None], shelf: Shelf) -> int:
    return shelf.documents.index(screen_of(pilot).session.document)


@pytest.mark.parametrize("key", ["escape", "L"])
async def test_a_document_that_was_opened_directly_leads_to_the_library(
    shelf: Shelf, key: str
) -> None:
    async with shelf.open(document=PORT) as pilot:
        await pilot.press("c", key)
        assert chosen_in(pilot) == "Port"
        assert "1/27" in await shown(pilot)
        await pilot.press("enter", "u")
        assert query("SELECT count(*) FROM labels WHERE title LIKE 'Port%'") == [(0,)]


async def test_brackets_walk_the_documents_by_title_with_a_line_at_either_end(
    shelf: Shelf,
) -> None:
    async with shelf.open(document=MINISTER) as pilot:
        await pilot.press("right_square_bracket")
        assert document_of(pilot, shelf) == PORT
        await pilot.press("right_square_bracket")
        assert document_of(pilot, shelf) == PORT
        assert "This is the last document." in await notices_in(pilot)
        for number in (MINISTER, HARBOUR, FERRY, DAM, DAM):
            await pilot.press("left_square_bracket")
            assert document_of(pilot, shelf) == number
        assert "This is the first document." in await notices_in(pilot)
        await pilot.press("escape")
        assert chosen_in(pilot) == "Dam"


async def test_brackets_keep_to_the_filter_and_to_the_order_that_was_shown(shelf: Shelf) -> None:
    async with shelf.open() as pilot:
        # By the last change: what is labelled now would come first the next time.
        await pilot.press("s", "s", "slash", *"i", "enter", "end", "enter", "c")
        assert document_of(pilot, shelf) == HARBOUR
        order = []
        for _ in range(5):
            await pilot.press("left_square_bracket", "c")
            order.append(document_of(pilot, shelf))
        assert order == [PORT, MINISTER, DAM, FERRY, FERRY]
        assert "the filter “i” shows" in await notices_in(pilot)


async def test_what_somebody_deleted_meanwhile_is_passed_over(shelf: Shelf) -> None:
    async with shelf.open() as pilot:
        await pilot.press("home", "enter")
        make_library(shelf.store, "ben").delete(shelf.documents[FERRY])
        await pilot.press("right_square_bracket")
        assert document_of(pilot, shelf) == HARBOUR


async def test_escape_ends_a_search_first(shelf: Shelf) -> None:
    async with shelf.open(document=PORT) as pilot:
        await pilot.press("slash", *"witness", "enter", "escape")
        assert document_of(pilot, shelf) == PORT
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_the_palette_and_the_mouse_leave_too(shelf: Shelf) -> None:
    async with shelf.open((220, 40), document=PORT) as pilot:
        await pilot.press("ctrl+p", *"back to the lib")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert chosen_in(pilot) == "Port"
        await pilot.press("enter")
        bar = (await shown(pilot)).splitlines()[-1]
        await pilot.click(LabelBar, offset=(bar.index("esc library"), 0))
        await pilot.pause()
        assert chosen_in(pilot) == "Port"


async def test_the_title_line_and_the_palette_say_where_an_article_comes_from(
    shelf: Shelf,
) -> None:
    async with shelf.open(document=DAM) as pilot:
        assert "B. Olsen · wire/dam.txt" in (await shown(pilot)).splitlines()[0]
    async with shelf.open((80, 24), document=DAM) as pilot:
        await pilot.press("ctrl+p", *"about this")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert "author B. Olsen, source wire/dam.txt" in await notices_in(pilot)


async def test_alt_and_a_letter_is_escape_and_that_letter(shelf: Shelf) -> None:
    """As a terminal hands over the two, typed close together."""
    async with shelf.open(document=DAM) as pilot:
        await pilot.press("alt+j", "enter", "c")
        assert document_of(pilot, shelf) == FERRY
        await pilot.press("n", *"why", "alt+b", "enter")
        assert query("SELECT note FROM labels WHERE note IS NOT NULL") == [("why",)]
