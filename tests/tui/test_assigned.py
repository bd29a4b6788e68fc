"""What is assigned to a reviewer, in the library."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from annotator.session.assigning import Deal, assign, assign_again
from tests.tui.conftest import screen_of, shown
from tests.tui.shelves import Shelf, titles_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shelf(folder: Path) -> Iterator[Shelf]:
    """Dam and Harbour are Ana's and Dora's, and Minister is Ana's for a second time."""
    del folder
    made = Shelf()
    made.work()
    assign(made.library, [made.documents[0], made.documents[2]], ("ana", "dora"), deal=Deal())
    assign_again(made.library, made.documents, ("ana",), share=Fraction(1), seed=0)
    yield made
    made.store.close()


async def test_mine_come_first_and_are_marked(shelf: Shelf) -> None:
    async with shelf.open() as pilot:
        assert titles_of(pilot) == ["Dam", "Harbour", "Minister", "Ferry", "Minister", "Port"]
        picture = await shown(pilot)
        assert "Library: 5 documents, • 3 yours, 3 to do" in picture
        rows = [line for line in picture.splitlines() if line.lstrip().startswith("•")]
        assert ["again ·" in row for row in rows] == [False, False, True]
        assert "dora 0 %" in rows[0]


async def test_a_second_time_is_blind_to_the_first(shelf: Shelf) -> None:
    async with shelf.open() as pilot:
        await pilot.press("home", "j", "j", "enter")
        session = screen_of(pilot).session
        assert session.reviewer == "ana (again)"
        assert session.document.id == shelf.documents[1].id
        assert "0 labelled" in await shown(pilot)
        await pilot.press("b", "L")
        row = next(line for line in (await shown(pilot)).splitlines() if "again ·" in line)
        assert "1/13" in row
        assert "▶" in row, "it is the chosen one, as it was"
        await pilot.press("enter", "[")
        assert screen_of(pilot).session.document.id == shelf.documents[0].id
        assert screen_of(pilot).session.reviewer == "ana"
        await pilot.press("]")
        assert screen_of(pilot).session.reviewer == "ana (again)"
