"""From the command to the first sentence, and to the help."""

from __future__ import annotations

import subprocess
import sys
from time import perf_counter
from typing import TYPE_CHECKING, Final

import psutil

from tests.benchmarks.clocked import MINIMAL, WHERE, ClockedTerminal
from tests.benchmarks.figures import Row, compare
from tests.benchmarks.places import SAMPLE, make_database

if TYPE_CHECKING:
    from pathlib import Path

LIBRARY: Final = r"Library: \d+ document"


def measure_starts(folder: Path, times: int) -> list[Row]:
    """Start to first sentence painted, and memory then: the two programs in turn."""
    rows = []
    for size, promised in ((SAMPLE, "1.7 x"), (100_000, "2.2 x")):
        place = make_database(folder, size)
        ours, floors = [], []
        for _ in range(times):
            floors.append(start(place, module=MINIMAL))
            ours.append(start(place))
        name = f"{size:,} sentences"
        rows.append(
            compare(
                f"start to first sentence painted, {name}",
                [1000 * seconds for seconds, _ in ours],
                [1000 * seconds for seconds, _ in floors],
                unit="ms",
                promise="1.7 x",
            )
        )
        rows.append(
            compare(
                f"memory, {name}",
                [memory for _, memory in ours],
                [memory for _, memory in floors],
                unit="MB",
                promise=promised,
            )
        )
    return rows


def measure_help(times: int) -> Row:
    """`annotator --help` beside importing click."""
    ours, floors = [], []
    for _ in range(times):
        floors.append(_time_command("-c", "import click"))
        ours.append(_time_command("-m", "annotator", "--help"))
    return compare(
        "annotator --help, beside import click", ours, floors, unit="ms", promise="2.5 x"
    )


def start(place: Path, *, module: str = "annotator", reviewer: str = "ana") -> tuple[float, float]:
    """Seconds until the first sentence is painted, and MB of resident memory once at rest."""
    begun = perf_counter()
    with ClockedTerminal("review", cwd=place, module=module, reviewer=reviewer) as terminal:
        terminal.wait_for(WHERE.format(1))
        seconds = terminal.taken_at - begun
        terminal.settle(3)  # as much as is brought in while nobody types, too
        memory = psutil.Process(terminal.child.pid).memory_info().rss / 1e6
        terminal.leave()
    return seconds, memory


def list_library(place: Path, *, reviewer: str) -> float:
    """Seconds from the start until the library is painted."""
    begun = perf_counter()
    with ClockedTerminal(cwd=place, reviewer=reviewer) as terminal:
        terminal.wait_for(LIBRARY)
        seconds = terminal.taken_at - begun
        terminal.settle()
        terminal.leave()
    return seconds


def _time_command(*arguments: str) -> float:
    """Milliseconds of a whole Python program."""
    begun = perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return 1000 * (perf_counter() - begun)
