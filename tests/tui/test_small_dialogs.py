"""Dialogs where there is little room: what is typed, chosen and saved can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.conftest import shown

if TYPE_CHECKING:
    from tests.tui.conftest import Desk


@pytest.mark.parametrize("size", [(40, 10), (40, 24), (80, 16), (80, 24)])
async def test_every_dialog_shows_what_enter_would_save(desk: Desk, size: tuple[int, int]) -> None:
    async with desk.open(size) as pilot:
        await pilot.press("c", "c", "c", "D", "enter", "g", "4", "enter")
        for key, wanted in (
            ("l", ["What does sentence 4 deny?", "[x] 1", "enter  sentence 4 denies"]),
            ("s", ["Who speaks in sentence 4?", "▌   Zed", "enter  names Zed"]),
            ("n", ["Note on sentence 4", "▌   Zed", "enter saves"]),
        ):
            await pilot.press(key)
            if key != "l":
                await pilot.press(*"Zed")
            screen = await shown(pilot)
            assert [part for part in wanted if part not in screen] == [], screen
            await pilot.press("escape")
