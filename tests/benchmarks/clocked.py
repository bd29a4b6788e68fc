"""A real terminal with a stopwatch: from a key that is written to the picture that it brings."""

from __future__ import annotations

import re
from itertools import product
from time import perf_counter
from typing import TYPE_CHECKING, Final

import pexpect

from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pyte.screens import Char

MINIMAL: Final = "tests.benchmarks.minimal"
WHERE: Final = r"\b{} of \d+"


class ClockedTerminal(Terminal):
    """Takes first and reads later: what pyte needs for a screenful is on nobody's bill."""

    def clock(self, *keys: str, until: str, quiet: float = 0.06) -> float:
        """Milliseconds until everything on the screen, colours too, is as it then stays: it shows
        the pattern, and nothing has come for so many seconds. What is painted once more as it is
        takes nobody's time.
        """
        painted: list[tuple[float, list[Char]]] = []
        sent = perf_counter()
        self.press(*keys)
        while not (painted and re.search(until, self.text)):
            chunks = []
            while chunk := self._take_raw(quiet):
                chunks.append((perf_counter(), chunk))
            for taken_at, chunk in chunks:
                self.show(chunk)
                painted.append((taken_at, self._list_cells()))
            if perf_counter() > sent + 20:
                raise AssertionError(f"{until!r} is not on the screen:\n{self.text}")
        _, final = painted[-1]
        since = sent
        for taken_at, cells in reversed(painted):
            if cells != final:
                break
            since = taken_at
        return 1000 * (since - sent)

    def settle(self, seconds: float = 0.3) -> None:
        """Let the terminal come to rest."""
        until = perf_counter() + seconds
        while perf_counter() < until:
            self.take()

    def leave(self) -> None:
        """Quit the program, and wait for its end."""
        self.press("q")
        self.wait_for_end()

    def _take_raw(self, seconds: float) -> bytes:
        """What comes within so many seconds; nothing where nothing does."""
        try:
            return self.child.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            return b""

    def _list_cells(self) -> list[Char]:
        buffer = self._screen.buffer
        return [
            buffer[y][x] for y, x in product(range(self._screen.lines), range(self._screen.columns))
        ]
