"""How far reviewers agree, as tables one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment

from annotator.text.display import show_line
from annotator.tui.widgets.line_widget import Line
from annotator.tui.widgets.pager import Pager
from annotator.tui.widgets.wrapping import shorten, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.session.agreement_sheet import Field, Grid, Part

_GAP: Final = 2
_NARROWEST: Final = 8
"""Cells that a column keeps, however narrow the screen is."""


class AgreementPager(Pager):
    """One block a part: its heading, its table, what is to be said below it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"agreement--heading", "agreement--quiet"}

    def __init__(self, parts: Sequence[Part] = ()) -> None:
        super().__init__()
        self._parts = parts

    def show(self, parts: Sequence[Part]) -> None:
        """Show these parts, from the first."""
        self._parts = parts
        self.show_anew()

    def count_blocks(self) -> int:
        """See `Pager.count_blocks`."""
        return len(self._parts)

    def lay_out(self, block: int, width: int) -> Sequence[Line]:
        """See `Pager.lay_out`."""
        part = self._parts[block]
        lines = [
            Line((Segment(line, self.part("agreement--heading")),))
            for line in wrap(show_line(part.heading), width)
        ]
        if part.grid is not None:
            lines += self._draw_grid(part.grid, width)
        for note in part.notes:
            lines += [self._quiet(line) for line in wrap(show_line(note), width)]
        return [*lines, Line()] if block < len(self._parts) - 1 else lines

    def _draw_grid(self, grid: Grid, width: int) -> Iterator[Line]:
        rows = [[show_line(cell) for cell in row] for row in grid.rows]
        titles = [show_line(field.title) for field in grid.fields]
        room = _share(grid.fields, [titles, *rows], width)
        for line in _lay_row(grid.fields, titles, room):
            yield self._quiet(shorten(line, width))
        for row in rows:
            for line in _lay_row(grid.fields, row, room):
                yield Line((Segment(shorten(line, width)),))

    def _quiet(self, text: str) -> Line:
        return Line((Segment(text, self.part("agreement--quiet")),))


def _share(fields: Sequence[Field], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """The cells of each column; those that give way have what the others leave."""
    widest = [max(cell_len(row[place]) for row in rows) for place in range(len(fields))]
    fixed = sum(
        cells for cells, field in zip(widest, fields, strict=True) if field.gives_way is None
    )
    loose = sum(field.gives_way is not None for field in fields)
    left = max(width - fixed - _GAP * (len(fields) - 1), 0) // max(loose, 1)
    return [
        cells if field.gives_way is None else min(cells, max(left, _NARROWEST))
        for cells, field in zip(widest, fields, strict=True)
    ]


def _lay_row(fields: Sequence[Field], row: Sequence[str], room: Sequence[int]) -> Iterator[str]:
    """The row's line, or its lines where a cell is wrapped."""
    cells = [
        list(wrap(cell, cells)) if field.gives_way == "wrap" else [shorten(cell, cells)]
        for field, cell, cells in zip(fields, row, room, strict=True)
    ]
    for number in range(max(map(len, cells))):
        pieces = [
            _fit(lines[number] if number < len(lines) else "", cells, right=field.number)
            for field, lines, cells in zip(fields, cells, room, strict=True)
        ]
        yield (" " * _GAP).join(pieces).rstrip()


def _fit(text: str, cells: int, *, right: bool) -> str:
    space = " " * (cells - cell_len(text))
    return space + text if right else text + space
