"""What was done, an event a row."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment

from annotator.model.event import REMARKS
from annotator.text.display import show_line
from annotator.tui.widgets.line_widget import Line
from annotator.tui.widgets.pager import Pager
from annotator.tui.widgets.wrapping import shorten, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.session.telling import Told

_WHEN: Final = 18
"""Cells of a date and a time, with two after it."""

_WIDEST: Final = 16
"""Cells of a reviewer's name."""

_LEAST: Final = 24
"""Cells that what was done wants at least; where there are fewer it goes below."""


class HistoryPager(Pager):
    """When, who, the sentence's number where there are several, what: in local time."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"history--quiet", "history--undone"}

    def __init__(self) -> None:
        super().__init__()
        self._told: Sequence[Told] = ()
        self._who = 0
        self._number = 0

    def show(self, told: Sequence[Told], *, numbered: bool) -> None:
        """Show these events, from the first."""
        self._told = told
        names = {show_line(line.reviewer) for line in told}
        self._who = min(max(map(cell_len, names), default=0), _WIDEST) + 2
        last = max((index + 1 for line in told for index in line.indexes), default=0)
        self._number = len(str(last)) + 2 if numbered and last else 0
        self.show_anew()

    def count_blocks(self) -> int:
        """See `Pager.count_blocks`."""
        return len(self._told)

    def lay_out(self, block: int, width: int) -> Sequence[Line]:
        """See `Pager.lay_out`."""
        told = self._told[block]
        left = self._write_left(told)
        quiet = self.part("history--quiet")
        text = self.part("history--undone") if told.undone else self.plain
        what = f"{_describe(told)}{' (undone)' if told.undone else ''}"
        if width - cell_len(left) < _LEAST:
            lines = [Line((Segment(shorten(left, width), quiet),))]
            rows = wrap(what, max(width - 2, 1))
            return [*lines, *(Line((Segment(f"  {row}", text),)) for row in rows)]
        rows = list(wrap(what, width - cell_len(left))) or [""]
        margin = " " * cell_len(left)
        return [
            Line((Segment(margin if number else left, quiet), Segment(row, text)))
            for number, row in enumerate(rows)
        ]

    def _write_left(self, told: Told) -> str:
        who = shorten(show_line(told.reviewer), self._who - 2)
        number = str(told.indexes[0] + 1) if told.indexes else ""
        return "".join(
            (
                _show_time(told.time).ljust(_WHEN),
                who + " " * (self._who - cell_len(who)),
                f"{number.rjust(self._number - 2)}  " if self._number else "",
            )
        )


def _show_time(time: str) -> str:
    """A UTC time of the log on the reviewer's own clock, to the minute."""
    return datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%d %H:%M")


def _describe(told: Told) -> str:
    what = show_line(told.what)
    return what if told.kind in REMARKS else f"{told.kind.value}: {what}"
