"""Keys and what they do, group by group; in two columns where there is room."""

from __future__ import annotations

from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment

from annotator.text.display import show_line
from annotator.tui.widgets.line_widget import Line
from annotator.tui.widgets.pager import Pager
from annotator.tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.tui.bindings import Key

ROOMY: Final = 92
"""Cells from which on there are two columns."""

_APART: Final = 3
_WIDEST: Final = 16
"""Cells of an action's keys; where they want more, what it does goes below."""


class HelpPager(Pager):
    """Keys come in the order of their groups; `notes` are lines below all of them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"help--group", "help--key", "help--quiet"}

    def __init__(self, keys: Sequence[Key], *, notes: Sequence[str]) -> None:
        super().__init__()
        self._groups = [list(group) for _, group in groupby(keys, key=lambda key: key.group)]
        self._notes = notes
        widths = [cell_len(_join(key)) for key in keys]
        self._column = min(max(widths, default=0), _WIDEST) + 2

    def count_blocks(self) -> int:
        """See `Pager.count_blocks`: it is short enough to be one."""
        return 1

    def lay_out(self, block: int, width: int) -> Sequence[Line]:
        """See `Pager.lay_out`."""
        del block
        column = (width - _APART) // 2 if width >= ROOMY else width
        blocks = [list(self._draw_group(group, column)) for group in self._groups]
        if width >= ROOMY:
            at = _find_middle([len(lines) for lines in blocks])
            left, right = _stack(blocks[:at]), _stack(blocks[at:])
            lines = [
                _put_beside(one, other, column + _APART)
                for one, other in zip_longest(left, right, fillvalue=Line())
            ]
        else:
            lines = _stack(blocks)
        return [*lines, Line(), *self._draw_notes(width)]

    def _draw_group(self, group: Sequence[Key], width: int) -> Iterator[Line]:
        yield Line((Segment(group[0].group, self.part("help--group")),))
        for key in group:
            yield from self._draw_key(key, width)

    def _draw_key(self, key: Key, width: int) -> Iterator[Line]:
        shown, bold = _join(key), self.part("help--key")
        is_long = cell_len(shown) > _WIDEST
        if is_long:
            yield from (Line((Segment(line, bold),)) for line in wrap(shown, width))
        room = max(width - self._column, 1)
        for number, line in enumerate(wrap(show_line(key.does), room)):
            left = "" if number or is_long else shown
            space = " " * (self._column - cell_len(left))
            yield Line((Segment(left, bold), Segment(f"{space}{line}")))

    def _draw_notes(self, width: int) -> Iterator[Line]:
        for note in self._notes:
            for line in wrap(note, width):
                yield Line((Segment(line, self.part("help--quiet")),))


def _join(key: Key) -> str:
    return "  ".join(key.keys)


def _find_middle(heights: Sequence[int]) -> int:
    """How many groups to put into the first of two columns, so that the higher is lowest."""

    def measure(at: int) -> int:
        return max(sum(heights[:at]) + at, sum(heights[at:]) + len(heights) - at)

    return min(range(1, len(heights) + 1), key=measure)


def _stack(blocks: Sequence[Sequence[Line]]) -> list[Line]:
    lines: list[Line] = []
    for block in blocks:
        lines += [*([Line()] if lines else []), *block]
    return lines


def _put_beside(left: Line, right: Line, column: int) -> Line:
    used = sum(cell_len(segment.text) for segment in left.segments)
    return Line((*left.segments, Segment(" " * (column - used)), *right.segments))
