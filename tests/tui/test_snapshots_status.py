"""A picture of the status screen, compared on every run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.tui.theme import LAMP
from tests.tui.test_status import Hall, busy_hall, hall

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.test_snapshots import Compare

__all__ = ["busy_hall", "hall"]


async def wait(pilot: Pilot[None]) -> None:
    await pilot.press("p")
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def test_status_120x40_dark(snap_compare: Compare, busy_hall: Hall) -> None:
    app = busy_hall.app
    app.theme = LAMP.name
    assert snap_compare(app, terminal_size=(120, 40), run_before=wait)
