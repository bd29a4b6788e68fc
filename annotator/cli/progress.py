"""A progress bar for what takes over a second, on stderr, where that is a terminal."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from rich.progress import Progress, TaskID

PATIENCE_S: Final = 1.0
"""Seconds that pass without a bar."""


class Gauge:
    """How many of a number of equal steps are done, with the part of the present one."""

    def __init__(self, total: int, what: str = "importing") -> None:
        self._what = what
        self._total = total
        self._done = 0
        self._begun = time.monotonic()
        self._bar: tuple[Progress, TaskID] | None = None
        self._shown = sys.stderr is not None and sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.hide()

    def report(self, part: int, whole: int) -> None:
        """So much of the present step is done."""
        if not self._shown or time.monotonic() - self._begun < PATIENCE_S:
            return
        progress, task = self._bar or self._draw()
        progress.update(task, completed=self._done + part / max(whole, 1))

    def advance(self) -> None:
        """The present step is done."""
        self._done += 1

    def hide(self) -> None:
        """Take the bar away, to write something in its place; a report draws it again."""
        if self._bar is not None:
            self._bar[0].stop()
            self._bar = None

    def _draw(self) -> tuple[Progress, TaskID]:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TimeRemainingColumn

        progress = Progress(
            self._what,
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._bar = (progress, progress.add_task(self._what, total=self._total))
        progress.start()
        return self._bar
