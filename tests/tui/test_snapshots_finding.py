"""Pictures of naming a speaker, of a search and of the filter's dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.tui.theme import LAMP, PAPER
from tests.tui.test_snapshots import FIRST_SIX, Compare, compare

if TYPE_CHECKING:
    from tests.tui.conftest import Desk


def test_speaker_120x40_light(snap_compare: Compare, desk: Desk) -> None:
    keys = [*FIRST_SIX[:5], "k", "s"]
    assert compare(snap_compare, desk, theme=PAPER.name, size="120x40", keys=keys)


def test_find_120x40_dark(snap_compare: Compare, desk: Desk) -> None:
    keys = [*FIRST_SIX, "slash", *"report"]
    assert compare(snap_compare, desk, theme=LAMP.name, size="120x40", keys=keys)


def test_filter_80x24_dark(snap_compare: Compare, desk: Desk) -> None:
    keys = [*FIRST_SIX, "f", "d", "F", "down", "down"]
    assert compare(snap_compare, desk, theme=LAMP.name, size="80x24", keys=keys)
