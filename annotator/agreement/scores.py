"""All coefficients of a set of sentences, over all labels and for each label against the rest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import lcm
from typing import TYPE_CHECKING

from annotator.agreement.bootstrap import find_intervals, sum_rows
from annotator.agreement.coefficients import (
    Margins,
    Sums,
    cohen_kappa,
    fleiss_kappa,
    krippendorff_alpha,
    raw_agreement,
)
from annotator.agreement.figures import Coefficient, Undefined
from annotator.agreement.patterns import count_gaps

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotator.agreement.bootstrap import Row
    from annotator.agreement.figures import Bootstrap, Score
    from annotator.agreement.patterns import Pattern, Patterns

KINDS = 4
"""Coefficients: raw, Cohen, Fleiss, Krippendorff."""

PER_LABEL = 5
"""Numbers a label in a row, after the two that stand first; see `_Reading.read`."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The four coefficients. Which of them exist, and why another does not, each says itself."""

    raw: Score
    cohen: Score
    fleiss: Score
    alpha: Score


@dataclass(frozen=True, slots=True)
class LabelScores:
    """The coefficients of one label against all others taken as one."""

    label: str
    scores: Scores


def score(
    patterns: Patterns,
    reviewers: Sequence[str],
    labels: Sequence[str],
    *,
    groups: Iterable[Patterns],
    bootstrap: Bootstrap,
    resamples: int,
) -> tuple[Scores, tuple[LabelScores, ...]]:
    """The coefficients over all labels and, in the labels' order, for each label.

    `groups` are the same sentences, document by document: what is drawn where the bootstrap is
    over documents. Only sentences with two labels or more take part.
    """
    reading = _Reading.prepare(patterns, reviewers, labels)
    rows: Mapping[Row, int] = reading.count(patterns)
    sums = sum_rows(rows, 2 + PER_LABEL * len(labels))
    if bootstrap.over == "documents":
        rows = reading.count_groups(groups)
    values = reading.judge(sums)
    intervals = find_intervals(
        rows, reading.judge, figures=len(values), resamples=resamples, seed=bootstrap.seed
    )
    given = sum(sums[2 : 2 + len(labels)])
    scores: list[Score] = [
        value if isinstance(value, Undefined) else Coefficient(value, interval, sums[0], given)
        for value, interval in zip(values, intervals, strict=True)
    ]
    sets = [Scores(*scores[start : start + KINDS]) for start in range(0, len(scores), KINDS)]
    return sets[0], tuple(map(LabelScores, labels, sets[1:]))


@dataclass(frozen=True, slots=True)
class _Reading:
    """How patterns become rows of numbers, and sums of rows coefficients."""

    labels: tuple[str, ...]
    scale: int
    missing: Undefined | None
    no_cohen: Undefined | None
    no_fleiss: Undefined | None

    @classmethod
    def prepare(
        cls, patterns: Patterns, reviewers: Sequence[str], labels: Sequence[str]
    ) -> _Reading:
        sizes = {len(pattern) - pattern.count(None) for pattern in patterns}
        return cls(
            tuple(labels),
            lcm(*(size - 1 for size in sizes if size > 1)),
            explain_too_few(reviewers, max(sizes, default=0)),
            _explain_cohen(len(reviewers)),
            _explain_fleiss(count_gaps(patterns), sum(patterns.values())),
        )

    def count(self, patterns: Patterns) -> dict[Row, int]:
        """How often each row occurs; patterns that add the same to every sum become one."""
        rows: Counter[Row] = Counter()
        for pattern, count in patterns.items():
            if len(pattern) - pattern.count(None) > 1:
                rows[self.read(pattern)] += count
        return rows

    def count_groups(self, groups: Iterable[Patterns]) -> Mapping[Row, int]:
        """The same, where a row is a whole document's."""
        width = 2 + PER_LABEL * len(self.labels)
        counted = (self.count(patterns) for patterns in groups)
        return Counter(sum_rows(rows, width) for rows in counted if rows)

    def read(self, pattern: Pattern) -> Row:
        """1 sentence; its pairs; and label by label: given, differing, weighted, both, first."""
        given = [pattern.count(label) for label in self.labels]
        size = sum(given)
        differing = [count * (size - count) for count in given]
        weight = self.scale // (size - 1)
        both = [0] * len(given)
        first = both
        if len(pattern) == 2:
            both = [count // 2 for count in given]
            first = [int(pattern[0] == label) for label in self.labels]
        weighted = [count * weight for count in differing]
        return (1, size * (size - 1), *given, *differing, *weighted, *both, *first)

    def judge(self, row: Row) -> list[float | Undefined]:
        """The four coefficients over all labels, then the four for each label."""
        if self.missing:
            return [self.missing] * (KINDS * (1 + len(self.labels)))
        size = len(self.labels)
        given, differing, weighted, both, first = (
            row[2 + size * part : 2 + size * (part + 1)] for part in range(PER_LABEL)
        )
        second = tuple(map(int.__sub__, given, first))
        sums = Sums(self.labels, given, row[1], differing, weighted, self.scale)
        margins = Margins(self.labels, both, first, second)
        values = self._judge_one(sums, margins)
        for place in range(size):
            values += self._judge_one(sums.set_against_rest(place), margins.set_against_rest(place))
        return values

    def _judge_one(self, sums: Sums, margins: Margins) -> list[float | Undefined]:
        return [
            raw_agreement(sums),
            self.no_cohen or cohen_kappa(margins),
            self.no_fleiss or fleiss_kappa(sums),
            krippendorff_alpha(sums),
        ]


def explain_too_few(reviewers: Sequence[str], most: int) -> Undefined | None:
    """Why nothing can be compared, where that is so; `most` is the most labels on a sentence."""
    if not reviewers:
        return Undefined("Nobody has labelled a sentence here.")
    if len(reviewers) == 1:
        return Undefined(f"Only {reviewers[0]} has labelled here: agreement is between two.")
    if most < 2:
        return Undefined("No sentence was labelled by two reviewers.")
    return None


def _explain_cohen(reviewers: int) -> Undefined | None:
    if reviewers == 2:
        return None
    return Undefined(f"Cohen's kappa is of exactly two reviewers, and here are {reviewers}.")


def _explain_fleiss(gaps: int, sentences: int) -> Undefined | None:
    if not gaps:
        return None
    return Undefined(
        "Fleiss' kappa wants every sentence labelled by every reviewer, and "
        f"{gaps:,} of {sentences:,} lack a label; Krippendorff's alpha allows for gaps."
    )
