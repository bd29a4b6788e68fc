"""Sentences that were labelled alike, counted together: thousands become a few dozen."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

from annotator.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from annotator.agreement.figures import Unit

Pattern: TypeAlias = tuple[str | None, ...]
"""One label a reviewer, in the reviewers' order; `None` where one gave none."""

Patterns: TypeAlias = "Mapping[Pattern, int]"
"""How many sentences have each pattern."""


def find_reviewers(units: Iterable[Unit], *, among: Collection[str] | None) -> tuple[str, ...]:
    """Those who labelled at least one sentence, sorted; only these of them, where `among` says."""
    found: set[str] = set()
    for unit in units:
        found.update(unit.labels)
    return tuple(sorted(found if among is None else found.intersection(among)))


def count_patterns(units: Iterable[Unit], reviewers: Sequence[str]) -> dict[str, Counter[Pattern]]:
    """For each document the patterns of the sentences that any of the reviewers labelled."""
    blank = (None,) * len(reviewers)
    documents: dict[str, Counter[Pattern]] = {}
    for unit in units:
        pattern = tuple(map(unit.labels.get, reviewers))
        if pattern != blank:
            if unit.document_id not in documents:
                documents[unit.document_id] = Counter()
            documents[unit.document_id][pattern] += 1
    return documents


def add_up(documents: Iterable[Mapping[Pattern, int]]) -> Counter[Pattern]:
    """The patterns of several documents as those of one."""
    total: Counter[Pattern] = Counter()
    for patterns in documents:
        total.update(patterns)
    return total


def narrow(patterns: Patterns, reviewers: Sequence[str]) -> tuple[tuple[str, ...], Patterns]:
    """Those of the reviewers who gave any label in these patterns, and the patterns of them."""
    there = [
        place
        for place in range(len(reviewers))
        if any(pattern[place] is not None for pattern in patterns)
    ]
    if len(there) == len(reviewers):
        return tuple(reviewers), patterns
    # Whoever is left out gave nothing here, so no two patterns become one.
    kept = {tuple(pattern[place] for place in there): count for pattern, count in patterns.items()}
    return tuple(reviewers[place] for place in there), kept


def check_labels(patterns: Patterns, labels: Sequence[str]) -> None:
    """`UnknownNameError` where one was given that is none of `labels`."""
    given = {label for pattern in patterns for label in pattern if label is not None}
    strange = sorted(given.difference(labels))
    if strange:
        raise UnknownNameError(
            f"Sentences have the label {strange[0]!r}, which is not in the scheme; its labels are "
            f"{', '.join(labels)}. Measure with the scheme that the labels are from."
        )


def count_gaps(patterns: Patterns) -> int:
    """The sentences that somebody labelled and somebody else did not."""
    return sum(count for pattern, count in patterns.items() if None in pattern)
