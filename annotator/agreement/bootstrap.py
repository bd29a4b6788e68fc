"""Percentile intervals: the same figures over sentences drawn again, with replacement.

Efron & Tibshirani, An Introduction to the Bootstrap (1993), section 13.3. As the figures follow
from sums, sentences that add the same to them are drawn together: how often each kind comes up is
one multinomial draw. For 100,000 sentences that is some fifty numbers instead of 100,000.
"""

from __future__ import annotations

from math import floor, lgamma, log, sqrt
from operator import mul
from random import Random
from typing import TYPE_CHECKING, Final, TypeAlias

from annotator.agreement.figures import Interval, Undefined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

Row: TypeAlias = tuple[int, ...]
"""What one sentence, or one document, adds to each sum."""

Judge: TypeAlias = "Callable[[Row], Sequence[float | Undefined]]"
"""From the sums to the figures, always as many and in the same order."""

TAIL: Final = 0.025
"""What lies outside a 95 % interval, at each end."""

ENOUGH: Final = 0.95
"""The share of resamples that must have a figure: percentiles of the rest alone would mislead."""

FEW: Final = 10
"""Below this mean, counting up from zero is the quicker way to a binomial number."""


def sum_rows(rows: Mapping[Row, int], width: int) -> Row:
    """Each row as often as it occurs, added up; `width` zeros where there is none."""
    if not rows:
        return (0,) * width
    return tuple(sum(map(mul, column, rows.values())) for column in zip(*rows, strict=True))


def find_intervals(
    rows: Mapping[Row, int], judge: Judge, *, figures: int, resamples: int, seed: int
) -> list[Interval | Undefined]:
    """An interval for each of the judge's figures. `rows` says how often each occurs; the same
    rows and seed give the same intervals, in whatever order they come.
    """
    if not resamples:
        return [Undefined("No resamples were asked for.")] * figures
    if rows and sum(rows.values()) < 2:
        return [Undefined("There is only one to draw: an interval needs two.")] * figures
    drawn: list[list[float]] = [[] for _ in range(figures)]
    for sums in _draw_sums(rows, resamples, seed):
        for values, value in zip(drawn, judge(sums), strict=True):
            if not isinstance(value, Undefined):
                values.append(value)
    return [_cut_tails(values, resamples) for values in drawn]


def _cut_tails(values: list[float], resamples: int) -> Interval | Undefined:
    if len(values) < ENOUGH * resamples:
        return Undefined(
            f"Only {len(values)} of {resamples} resamples have a figure: there is too little to "
            "resample."
        )
    values.sort()
    outside = max(1, floor((len(values) + 1) * TAIL))
    return Interval(values[outside - 1], values[-outside], len(values))


def _draw_sums(rows: Mapping[Row, int], resamples: int, seed: int) -> Iterator[Row]:
    """Most frequent first, so that few are left to draw when the rare ones come; then by value,
    so that the order of the input is nothing to the result.
    """
    ordered = sorted(rows.items(), key=lambda pair: (-pair[1], pair[0]))
    columns = list(zip(*(row for row, _ in ordered), strict=True))
    counts = [count for _, count in ordered]
    source = Random(seed)  # noqa: S311 — statistics, not secrets
    for _ in range(resamples):
        drawn = draw_multinomial(source, counts)
        yield tuple(sum(map(mul, column, drawn)) for column in columns)


def draw_multinomial(source: Random, counts: Sequence[int]) -> list[int]:
    """As many draws as `counts` adds up to, each kind as likely as its count.

    One binomial number after another, each of what the ones before have left.
    """
    left = weight = sum(counts)
    drawn = []
    for count in counts:
        number = draw_binomial(source, left, count / weight) if left else 0
        drawn.append(number)
        left -= number
        weight -= count
    return drawn


def draw_binomial(source: Random, trials: int, chance: float) -> int:
    """How many of `trials` succeed. Our own, as Python has one from 3.12 on only, and intervals
    should be the same on every version.
    """
    if chance >= 1:
        return trials
    if chance > 0.5:
        return trials - draw_binomial(source, trials, 1 - chance)
    if trials * chance < FEW:
        return _draw_by_inversion(source, trials, chance)
    return _draw_by_rejection(source, trials, chance)


def _draw_by_inversion(source: Random, trials: int, chance: float) -> int:
    """Algorithm BINV: Kachitvichyanukul & Schmeiser, CACM 31 (1988) 216-222."""
    odds = chance / (1 - chance)
    likelihood = (1 - chance) ** trials
    point, number = source.random(), 0
    # What rounding leaves above the last one belongs to it.
    while point > likelihood and number < trials:
        point -= likelihood
        number += 1
        likelihood *= odds * (trials - number + 1) / number
    return number


def _draw_by_rejection(source: Random, trials: int, chance: float) -> int:
    """Algorithm BTRS: Hörmann, Journal of Statistical Computation and Simulation 46 (1993) 101-110.

    Names as in the paper. For means of 10 and more.
    """
    spread = sqrt(trials * chance * (1 - chance))
    b = 1.15 + 2.53 * spread
    a = -0.0873 + 0.0248 * b + 0.01 * chance
    c = trials * chance + 0.5
    v_r = 0.92 - 4.2 / b
    draw = source.random
    while True:
        u = draw() - 0.5
        u_s = 0.5 - abs(u)
        v = 1 - draw()  # never 0, of which there is no logarithm
        if not u_s:
            continue
        k = floor((2 * a / u_s + b) * u + c)
        if not 0 <= k <= trials:
            continue
        if u_s >= 0.07 and v <= v_r:
            return k
        height = v * (2.83 + 5.1 / b) * spread / (a / (u_s * u_s) + b)
        if log(height) <= _compare_to_mode(trials, chance, k):
            return k


def _compare_to_mode(trials: int, chance: float, k: int) -> float:
    """The logarithm of how likely k is, beside the likeliest number."""
    mode = floor((trials + 1) * chance)
    return (
        lgamma(mode + 1)
        + lgamma(trials - mode + 1)
        - lgamma(k + 1)
        - lgamma(trials - k + 1)
        + (k - mode) * log(chance / (1 - chance))
    )
