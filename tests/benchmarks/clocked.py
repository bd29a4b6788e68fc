"""A real terminal with a stopwatch: from a key that is written to the last of what it paints."""

from __future__ import annotations

import re
from time import perf_counter
from typing import Final

import pexpect

from tests.terminal.screen import Terminal

MINIMAL: Final = "tests.benchmarks.minimal"
WHERE: Final = r"\b{} of \d+"


class ClockedTerminal(Terminal):
    """Takes first and reads later: what pyte needs for a screenful is on nobody's bill."""

    def clock(self, *keys: str, until: str, quiet: float = 0.06) -> float:
        """Milliseconds until all is painted that the keys bring about: the screen shows the
        pattern, and nothing has come for so many seconds since.
        """
        sent = last = perf_counter()
        self.press(*keys)
        while True:
            chunks = []
            while chunk := self._take_raw(quiet):
                last = perf_counter()
                chunks.append(chunk)
            self.show(b"".join(chunks))
            if re.search(until, self.text):
                return 1000 * (last - sent)
            if perf_counter() > sent + 20:
                raise AssertionError(f"{until!r} is not on the screen:\n{self.text}")

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
