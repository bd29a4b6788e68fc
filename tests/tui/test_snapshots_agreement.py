"""A picture of the agreement screen, compared on every run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.tui.theme import LAMP
from tests.tui.test_agreement import app_of, room

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.session.agreeing import Room
    from tests.tui.test_snapshots import Compare

__all__ = ["room"]


async def wait(pilot: Pilot[None]) -> None:
    await pilot.press("A")
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def test_agreement_120x40_dark(snap_compare: Compare, room: Room) -> None:
    app = app_of(room)
    app.theme = LAMP.name
    assert snap_compare(app, terminal_size=(120, 40), run_before=wait)
