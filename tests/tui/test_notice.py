"""Notices: below them is the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.tui.notice import MOST
from tests.tui.shelves import notices_in

if TYPE_CHECKING:
    from tests.tui.conftest import Desk


async def test_what_is_said_again_and_again_is_on_the_screen_once(desk: Desk) -> None:
    async with desk.open() as pilot:
        await pilot.press(*["u"] * 5)
        notices = await notices_in(pilot)
        assert notices.count("nothing to undo") == 1


async def test_the_oldest_notice_goes_where_there_would_be_too_many(desk: Desk) -> None:
    async with desk.open() as pilot:
        await pilot.press("u", "U", "l", "D")
        notices = (await notices_in(pilot)).splitlines()
        assert len(notices) == MOST
        assert "nothing to undo" not in notices[0]
        assert "no claim yet" in notices[-1]
