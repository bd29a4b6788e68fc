"""What got worse since the table was last committed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MARK: Final = "<!-- benchmark -->"
END: Final = "<!-- end -->"
"""What the README has before its table, and behind it."""

WORSE: Final = 1.2
"""So many times as much is worse; less is the weather on a shared machine."""

_FIGURE: Final = re.compile(r"([\d,.]*\d) ?(ms|s|MB)\b")
_RATIO: Final = re.compile(r"([\d,.]*\d) x")
_IN_BASE: Final = {"ms": 0.001, "s": 1.0, "MB": 1.0}
_PART: Final = "— "


@dataclass(frozen=True, slots=True)
class Measured:
    """A row of the table: its first figure, in seconds or megabytes, and how many times the floor
    that is; `None` where it says none.
    """

    figure: float | None
    ratio: float | None


def read_committed(readme: str) -> dict[str, Measured]:
    """The rows of the table in a README, by name. `ValueError` where there is no table."""
    _, mark, rest = readme.partition(MARK)
    table, end, _ = rest.partition(END)
    if not mark or not end:
        raise ValueError(f"The README has no table between {MARK} and {END}.")
    return read_table(table)


def read_table(table: str) -> dict[str, Measured]:
    """The rows of a table by name, in order. A part (`— peak memory`) has the name of what it is a
    part of before its own, and a name that comes again its number behind.
    """
    found: dict[str, Measured] = {}
    whole = ""
    for cells in _split(table):
        if not cells[0].startswith(_PART):
            whole = cells[0]
        name = cells[0] if cells[0] == whole else f"{whole} {cells[0]}"
        again = sum(known == name or known.startswith(f"{name} (") for known in found)
        found[f"{name} ({again + 1})" if again else name] = Measured(
            _read_figure(cells[1]), _read_ratio(cells[3])
        )
    return found


def _split(table: str) -> Iterator[list[str]]:
    """The cells of each row, without the head."""
    lines = [line for line in table.splitlines() if line.startswith("|")]
    for line in lines[2:]:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        yield [*cells, *[""] * (5 - len(cells))]


def _read_figure(cell: str) -> float | None:
    match = _FIGURE.search(cell)
    return float(match[1].replace(",", "")) * _IN_BASE[match[2]] if match else None


def _read_ratio(cell: str) -> float | None:
    match = _RATIO.search(cell)
    return float(match[1].replace(",", "")) if match else None


def tell_changes(before: dict[str, Measured], now: dict[str, Measured]) -> list[str]:
    """A line for each row that is more than a fifth worse than before, by its ratio to the floor,
    or by its figure where either has none; and one that names the new rows.
    """
    worse = [
        line for name in now if name in before for line in _tell(name, before[name], now[name])
    ]
    new = [name for name in now if name not in before]
    told = worse or ["Nothing got worse by more than a fifth."]
    return told + ([_count_new(new)] if new else [])


def _tell(name: str, before: Measured, now: Measured) -> Iterable[str]:
    if before.ratio is not None and now.ratio is not None:
        if now.ratio > WORSE * before.ratio:
            yield f"Worse: {name}: {before.ratio:.2f} x → {now.ratio:.2f} x"
    elif (
        before.figure is not None and now.figure is not None and now.figure > WORSE * before.figure
    ):
        yield f"Worse: {name}: {before.figure:g} → {now.figure:g}"


def _count_new(names: list[str]) -> str:
    return f"New: {'; '.join(names)}"
