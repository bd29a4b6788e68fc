"""Pictures of the picker: a denial, the claims that it may answer, and some of them chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from annotator.tui.theme import LAMP, PAPER
from tests.tui.test_snapshots import Compare, compare

if TYPE_CHECKING:
    from tests.tui.conftest import Desk

PICKING: Final = [*"bbccccc", "D", "1", "down", "down", "space"]
STALE: Final = [
    *"bbccccc",
    "D",
    "1",
    "3",
    "enter",
    "g",
    "5",
    "enter",
    "b",
    *"g8",
    "enter",
    "l",
    "3",
]


def test_picker_120x40_dark(snap_compare: Compare, desk: Desk) -> None:
    assert compare(snap_compare, desk, theme=LAMP.name, size="120x40", keys=PICKING)


def test_picker_80x24_light(snap_compare: Compare, desk: Desk) -> None:
    """One of the two claims that the denial was tied to is none any more."""
    assert compare(snap_compare, desk, theme=PAPER.name, size="80x24", keys=STALE)
