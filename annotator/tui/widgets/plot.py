"""Numbers as columns of block characters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

HEIGHT: Final = 4
"""Rows of the highest column."""

_EIGHTHS: Final = " ▁▂▃▄▅▆▇█"
_WIDEST: Final = 6


def draw_columns(numbers: Sequence[int], names: Sequence[str], *, width: int) -> list[str]:
    """Rows of at most `width` cells: `HEIGHT` and one above for the columns, each with its number
    on top of it, and a last one for their names. Where there is no room for all, the last ones.

    Any number but 0 has at least an eighth of a row; 0 has nothing, not even its number.
    """
    each = max(min(width // max(len(numbers), 1), _WIDEST), 3)
    fitting = max(width // each, 1)
    shown, named = numbers[-fitting:], names[-fitting:]
    most = max(shown, default=0)
    columns = [_draw_column(number, most, width=each - 1) for number in shown]
    rows = [" ".join(column[row] for column in columns) for row in range(HEIGHT + 1)]
    below = " ".join(name[: each - 1].center(each - 1) for name in named)
    return [row.rstrip() for row in (*rows, below)]


def _draw_column(number: int, most: int, *, width: int) -> list[str]:
    """A column from its top to its foot, its number in the row above it."""
    eighths = -(-number * HEIGHT * 8 // most) if number else 0
    full, rest = divmod(eighths, 8)
    rows = ["█" * width] * full
    if rest:
        rows.append(_EIGHTHS[rest] * width)
    if number:
        rows.append(_shorten(number, width).center(width))
    rows += [" " * width] * (HEIGHT + 1 - len(rows))
    return rows[::-1]


def _shorten(number: int, width: int) -> str:
    """A number in so many cells, thousands as `12k` where it must be."""
    written = str(number)
    for unit in ("", "k", "M", "G"):
        if len(written + unit) <= width:
            return written + unit
        written = written[:-3] or "1"
    return "…"
