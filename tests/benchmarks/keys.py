"""A label's key, from the press to the next sentence, the label committed in between."""

from __future__ import annotations

import re
from time import perf_counter
from typing import TYPE_CHECKING

from tests.benchmarks.clocked import MINIMAL, WHERE, ClockedTerminal
from tests.benchmarks.figures import Row, compare_tails
from tests.benchmarks.places import SAMPLE, make_database

if TYPE_CHECKING:
    from pathlib import Path


def measure_keys(folder: Path, times: int) -> list[Row]:
    """Key written to next sentence painted, in a short article and a long one."""
    floor = time_keys(folder, "j", times, module=MINIMAL)
    return [
        compare_tails(
            f"key, saved, painted, {size:,} sentences",
            time_keys(make_database(folder, size), "cb", times),
            floor,
            promise="12 and 35 ms, idle",
        )
        for size in (SAMPLE, 100_000)
    ]


def time_keys(
    place: Path, keys: str, times: int, *, module: str = "annotator", reviewer: str = "ana"
) -> list[float]:
    """Milliseconds of each key press, one after another; at the end of the article, back home and
    on with the next of these keys: a label that is there already would not be saved again.
    """
    others = [*keys]
    key = others.pop(0)
    taken: list[float] = []
    with ClockedTerminal("review", cwd=place, module=module, reviewer=reviewer) as terminal:
        terminal.wait_for(WHERE.format(1))
        terminal.settle()
        shown = re.search(r"\b1 of (\d+)", terminal.text)
        last = min(SAMPLE, int(shown[1])) if shown else SAMPLE
        number = 1
        while len(taken) < times:
            sent = perf_counter()
            terminal.press(key)
            terminal.wait_for(WHERE.format(number + 1))
            taken.append(1000 * (terminal.taken_at - sent))
            number += 1
            terminal.settle(0.05)
            if module != MINIMAL and number == last - 1:
                terminal.press("home")
                terminal.wait_for(WHERE.format(1))
                number = 1
                others.append(key)
                key = others.pop(0)
                terminal.settle()
        terminal.leave()
    return taken
