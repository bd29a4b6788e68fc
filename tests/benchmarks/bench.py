"""What a reviewer does all day beside labelling: find, filter, split, undo, tie a denial."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

from tests.benchmarks.clocked import MINIMAL, WHERE, ClockedTerminal
from tests.benchmarks.figures import Row, compare_tails
from tests.benchmarks.places import label, locate, make_database
from tests.benchmarks.texts import write_prose

if TYPE_CHECKING:
    from pathlib import Path

ACTS: Final = {
    "letter": "`/`: a letter typed, what it finds painted",
    "filter": "`F`: the dialog painted",
    "sift": "a key of the filter: the article painted",
    "split": "`S`: the dialog painted",
    "cut": "`enter`: the split article painted",
    "undo": "`u`: the split undone and painted",
    "deny": "`D`: the picker painted",
}
"""What is timed, in the order in which it is told."""

_LETTERS: Final = 10
"""Letters of what is looked for at a time."""

_REST: Final = 4.0
"""Seconds before the first key: a reviewer reads the first sentence."""

_NOTICE: Final = 5.5
"""Seconds until a notice of what was split has gone: a reviewer does not split twice a second."""

_SHOWN: Final = {
    "c": "claim",
    "d": "denial",
    "o": "no label",
    "l": "denial without a claim",
    "w": "claim that nobody denies",
}
"""The filter's keys, and what it then says that it shows."""


def measure_bench(folder: Path, times: int) -> list[Row]:
    """Each act in an article of which a third is claims and denials, in turn."""
    floor = _time_floor(folder, times)
    rows = []
    for size, promise in ((10_000, "p99 50 ms"), (100_000, "")):
        place = make_database(folder / "bench", size)
        label(locate(place), ("claim", "denial"), step=3)
        taken = _time_acts(place, size, times)
        rows += [
            compare_tails(
                f"{what}, {size:,} sentences", taken[act], floor, promise=promise, first=True
            )
            for act, what in ACTS.items()
        ]
    return rows


def _time_floor(place: Path, times: int) -> list[float]:
    with ClockedTerminal(cwd=place, module=MINIMAL) as terminal:
        terminal.wait_for(WHERE.format(1))
        terminal.settle()
        taken = [terminal.clock("j", until=WHERE.format(n + 2)) for n in range(times)]
        terminal.leave()
    return taken


def _time_acts(place: Path, size: int, times: int) -> dict[str, list[float]]:
    """Milliseconds of each act, each time somewhere else in the article: so many letters, half as
    many dialogs, a quarter as many splits.
    """
    with ClockedTerminal("review", cwd=place) as terminal:
        terminal.wait_for(rf"\d+ of {size}")
        terminal.settle(_REST)
        reviewer = _Reviewer(terminal, size)
        for _ in range(-(-times // _LETTERS)):
            reviewer.find()
        for _ in range(times // 2):
            reviewer.filter()
        for _ in range(times // 2):
            reviewer.deny()
        for _ in range(times // 4):
            reviewer.split()
            terminal.settle(_NOTICE)
        terminal.leave()
    return reviewer.taken


class _Reviewer:
    """Somebody who does one thing after another, with a stopwatch."""

    def __init__(self, terminal: ClockedTerminal, size: int) -> None:
        self.taken: dict[str, list[float]] = {act: [] for act in ACTS}
        self._terminal = terminal
        self._size = size
        self._sentences = write_prose(size).split(".")
        self._chance = random.Random(1)

    def find(self) -> None:
        """Type some letters of a sentence into the search's line, and go back."""
        begun = self._go_anywhere()
        words = self._sentences[self._chance.randrange(self._size)].split()[1:]
        self._terminal.clock("/", until="find:")
        typed = ""
        for letter in " ".join(words)[:_LETTERS]:
            typed += letter
            self._clock(
                "letter", letter, until=rf"find: +{typed.rstrip()}\b.* (\d|no match).*enter stays"
            )
        self._terminal.clock("escape", until=self._at(begun))

    def filter(self) -> None:
        """Show only some sentences, and then all again."""
        self._go_anywhere()
        self._clock("filter", "F", until=_SHOWN["w"])
        key = self._chance.choice("".join(_SHOWN))
        self._clock("sift", key, until=rf"filter: {_SHOWN[key]} · [\d,]+ of ")
        self._terminal.clock("escape", until=r"(?s)\A(?!.* filter: )")

    def deny(self) -> None:
        """Open the picker, and close it."""
        number = self._go_anywhere()
        self._clock("deny", "D", until=f"enter +sentence {number} denies")
        self._terminal.clock("escape", until=self._at(number))

    def split(self) -> None:
        """Split a sentence, and undo it."""
        number = self._go_anywhere()
        self._clock("split", "S", until=rf"▌ +{number} .*\n.*▌ +{number + 1} ")
        self._clock("cut", "enter", until=self._at(number, more=1))
        self._clock("undo", "u", until=self._at(number))

    def _clock(self, act: str, key: str, *, until: str) -> None:
        self.taken[act].append(self._terminal.clock(key, until=until))

    def _go_anywhere(self) -> int:
        """Go to some sentence; its number."""
        number = self._chance.randrange(2, self._size)
        self._terminal.clock("g", until="Go to sentence")
        self._terminal.clock(str(number), "enter", until=self._at(number))
        return number

    def _at(self, number: int, *, more: int = 0) -> str:
        return rf"\b{number} of {self._size + more}\b"
