"""Pictures of what the reviewer looks up, and of a sentence being split."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from annotator.tui.theme import LAMP, PAPER
from tests.tui.test_snapshots import Compare, compare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from tests.tui.conftest import Desk

THIRD = ["g", "3", "enter"]
"""A sentence of three lines."""


@pytest.fixture
def at_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Times as they are in the log, wherever the test runs."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


def test_split_120x40_dark(snap_compare: Compare, desk: Desk) -> None:
    keys = [*THIRD, "c", "k", "f", "S"]
    assert compare(snap_compare, desk, theme=LAMP.name, size="120x40", keys=keys)


def test_guideline_80x24_light(snap_compare: Compare, desk: Desk) -> None:
    keys = [*THIRD, "c", "k", "i"]
    assert compare(snap_compare, desk, theme=PAPER.name, size="80x24", keys=keys)


def test_history_120x40_dark(snap_compare: Compare, desk: Desk, at_greenwich: None) -> None:
    session = desk.library.open(desk.document)
    session.annotate(2, "claim")
    session.annotate(2, "background")
    session.undo()
    session.note(2, "Who says so?")
    session.split(2, session.read_place(2).sentence.text.index("a Western"))
    session.annotate(3, "background")
    session.join(2)

    async def look(pilot: Pilot[None]) -> None:
        await pilot.press(*THIRD, "h")
        await pilot.app.workers.wait_for_complete()

    app = desk.app
    app.theme = LAMP.name
    assert snap_compare(app, terminal_size=(120, 40), run_before=look)
