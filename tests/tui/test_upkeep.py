"""What the app does while nobody types."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING

import pytest
from textual.app import App

from annotator.tui import upkeep
from annotator.tui.upkeep import Upkeep

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The generations that were collected, with pauses that are short."""
    generations: list[int] = []
    monkeypatch.setattr(upkeep, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(upkeep, "PAUSE", 0.001)
    monkeypatch.setattr(gc, "collect", lambda generation=2: generations.append(generation))
    monkeypatch.setattr(gc, "freeze", lambda: None)
    thresholds = gc.get_threshold()
    yield generations
    gc.set_threshold(*thresholds)


async def test_what_is_young_goes_in_a_pause_and_nothing_more_until_a_key(
    collected: list[int],
) -> None:
    app: App[None] = App()
    async with app.run_test():
        work = Upkeep(app, tidies=True)
        work.begin()
        while 0 not in collected:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.2)
        assert collected.count(0) == 1
        work.put_off()
        while collected.count(0) < 2:
            await asyncio.sleep(0.01)


async def test_a_collector_that_is_not_ours_is_left_alone(collected: list[int]) -> None:
    app: App[None] = App()
    before = gc.get_threshold()
    async with app.run_test():
        Upkeep(app, tidies=False).begin()
        await asyncio.sleep(0.2)
    assert not collected
    assert gc.get_threshold() == before
