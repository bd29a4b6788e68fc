"""Medians, tails and rows of a table."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, the figure, the floor, and what was promised."""

    what: str
    figure: str
    floor: str
    ratio: str
    promise: str


def find_tail(values: list[float], percent: int = 99) -> float:
    """The nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def compare(what: str, ours: list[float], floors: list[float], *, unit: str, promise: str) -> Row:
    """Medians side by side, from runs that took turns."""
    mine, floor = median(ours), median(floors)
    return Row(what, f"{mine:.0f} {unit}", f"{floor:.0f} {unit}", f"{mine / floor:.2f} x", promise)


def compare_tails(
    what: str, ours: list[float], floors: list[float], *, promise: str, first: bool = False
) -> Row:
    """Median and tail of milliseconds side by side; with `first`, what the first time took too,
    which a percentile of many hides.
    """
    figure = _describe(ours) + (f", first {ours[0]:.1f} ms" if first else "")
    ratio = f"{median(ours) / median(floors):.2f} x"
    return Row(what, figure, _describe(floors), ratio, promise)


def _describe(milliseconds: list[float]) -> str:
    return f"p50 {median(milliseconds):.1f} ms, p99 {find_tail(milliseconds):.1f} ms"


def write_table(rows: list[Row]) -> str:
    """The table in Markdown."""
    lines = ["| | measured | floor | ratio | promised |", "|---|---|---|---|---|"]
    return "\n".join([*lines, *map(write_row, rows)])


def write_row(row: Row) -> str:
    """A line of the table."""
    return f"| {row.what} | {row.figure} | {row.floor} | {row.ratio} | {row.promise} |"
