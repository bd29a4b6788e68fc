"""Who said what where another said what: the confusion tables."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from annotator.agreement.coefficients import Margins, cohen_kappa
from annotator.agreement.figures import Undefined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.agreement.patterns import Patterns

Table: TypeAlias = tuple[tuple[int, ...], ...]
"""Label by label, in the scheme's order, both ways."""


@dataclass(frozen=True, slots=True)
class PairTable:
    """Two reviewers on the sentences that both labelled.

    `counts[i][j]` is how many the first gave label i and the second label j. `raw` and `cohen` are
    of these two alone, without intervals.
    """

    first: str
    second: str
    counts: Table
    sentences: int
    raw: float | Undefined
    cohen: float | Undefined


def tabulate_pairs(
    patterns: Patterns, reviewers: Sequence[str], labels: Sequence[str]
) -> tuple[PairTable, ...]:
    """One for every two reviewers, in the reviewers' order."""
    order: dict[str | None, int] = {label: place for place, label in enumerate(labels)}
    size = len(labels)
    # `size` stands for no label: what is counted there is left out of the table.
    coded = [([order.get(label, size) for label in one], n) for one, n in patterns.items()]
    tables = []
    for one, other in combinations(range(len(reviewers)), 2):
        counts = [[0] * (size + 1) for _ in range(size + 1)]
        for pattern, count in coded:
            counts[pattern[one]][pattern[other]] += count
        table = tuple(tuple(row[:size]) for row in counts[:size])
        tables.append(_compare(reviewers[one], reviewers[other], table, labels))
    return tuple(tables)


def _compare(first: str, second: str, counts: Table, labels: Sequence[str]) -> PairTable:
    same = tuple(counts[place][place] for place in range(len(labels)))
    columns = tuple(map(sum, zip(*counts, strict=True)))
    sentences = sum(columns)
    if not sentences:
        nothing = Undefined(f"No sentence was labelled by both {first} and {second}.")
        return PairTable(first, second, counts, 0, nothing, nothing)
    margins = Margins(tuple(labels), same, tuple(map(sum, counts)), columns)
    return PairTable(first, second, counts, sentences, sum(same) / sentences, cohen_kappa(margins))


def sum_tables(tables: Sequence[PairTable], size: int) -> Table:
    """All pairs of reviewers together, each in both orders, so that the table is symmetric and
    favours no reviewer: its sum is twice the number of pairs of labels.
    """
    return tuple(
        tuple(
            sum(table.counts[row][column] + table.counts[column][row] for table in tables)
            for column in range(size)
        )
        for row in range(size)
    )
