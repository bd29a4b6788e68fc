"""Resampling: what is drawn, and the intervals that come of it."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import comb, sqrt
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import Bootstrap, Coefficient, Interval, Undefined, Unit, measure
from annotator.agreement.bootstrap import (
    draw_binomial,
    draw_multinomial,
    find_intervals,
)
from tests.agreement.builders import LABELS, reason_of, units_of_rows

if TYPE_CHECKING:
    from annotator.agreement.bootstrap import Row

DRAWS = 4_000


@given(st.lists(st.integers(1, 500), min_size=1, max_size=30), st.integers())
def test_as_many_are_drawn_as_there_were(counts: list[int], seed: int) -> None:
    drawn = draw_multinomial(Random(seed), counts)
    assert sum(drawn) == sum(counts)
    assert len(drawn) == len(counts)
    assert min(drawn) >= 0


@given(st.integers(0, 5_000), st.floats(0, 1), st.integers())
def test_no_more_succeed_than_try(trials: int, chance: float, seed: int) -> None:
    assert 0 <= draw_binomial(Random(seed), trials, chance) <= trials


@pytest.mark.parametrize(
    ("trials", "chance"),
    [(1, 0.5), (12, 0.3), (40, 0.9), (25, 0.4), (60, 0.5), (400, 0.03), (900, 0.7)],
)
def test_binomial_numbers_come_as_often_as_they_should(trials: int, chance: float) -> None:
    """Pearson's chi-squared over the numbers that are expected five times or more."""
    source = Random(7)
    found = Counter(draw_binomial(source, trials, chance) for _ in range(DRAWS))
    expected = {
        k: DRAWS * comb(trials, k) * chance**k * (1 - chance) ** (trials - k)
        for k in range(trials + 1)
    }
    usual = [k for k, number in expected.items() if number >= 5]
    distance = sum((found[k] - expected[k]) ** 2 / expected[k] for k in usual)
    # Five standard deviations above its mean; the seed is fixed, so that this never wavers.
    assert distance < len(usual) + 5 * sqrt(2 * len(usual))


def judge_share(row: Row) -> list[float | Undefined]:
    """Of (all, some): the share."""
    return [row[1] / row[0]]


def test_the_interval_of_a_share_is_that_of_theory() -> None:
    rows: dict[Row, int] = {(1, 1): 3_000, (1, 0): 7_000}
    (interval,) = find_intervals(rows, judge_share, figures=1, resamples=4_000, seed=1)
    assert isinstance(interval, Interval)
    wide = 1.96 * sqrt(0.3 * 0.7 / 10_000)
    assert interval.low == pytest.approx(0.3 - wide, abs=wide / 10)
    assert interval.high == pytest.approx(0.3 + wide, abs=wide / 10)


def test_rows_in_another_order_give_the_same_interval() -> None:
    rows: dict[Row, int] = {(1, 1): 30, (1, 0): 30, (2, 1): 5}
    turned = dict(reversed(rows.items()))
    one, other = (
        find_intervals(given_rows, judge_share, figures=1, resamples=100, seed=3)
        for given_rows in (rows, turned)
    )
    assert one == other


def test_a_figure_that_few_resamples_have_has_no_interval() -> None:
    def judge(row: Row) -> list[float | Undefined]:
        return [1.0 if row[1] else Undefined("none")]

    rows: dict[Row, int] = {(1, 1): 1, (1, 0): 99}
    (interval,) = find_intervals(rows, judge, figures=1, resamples=500, seed=1)
    assert "of 500 resamples have a figure" in reason_of(interval)


def sample(size: int, *, seed: int = 5) -> list[Unit]:
    source = Random(seed)
    rows = []
    for _ in range(size):
        usual = source.choice(LABELS)
        rows.append([usual if source.random() < 0.7 else source.choice(LABELS) for _ in "abc"])
    return units_of_rows(rows)


def alpha_of(units: list[Unit], bootstrap: Bootstrap) -> Coefficient:
    alpha = measure(units, LABELS, bootstrap=bootstrap).whole.scores.alpha
    assert isinstance(alpha, Coefficient)
    return alpha


def interval_of(units: list[Unit], bootstrap: Bootstrap) -> Interval:
    interval = alpha_of(units, bootstrap).interval
    assert isinstance(interval, Interval)
    return interval


@given(st.integers(), st.randoms(use_true_random=False))
def test_the_same_seed_gives_the_same_report_whatever_the_order(seed: int, chance: Random) -> None:
    units = sample(40)
    shuffled = list(units)
    chance.shuffle(shuffled)
    bootstrap = Bootstrap(50, seed)
    assert measure(units, LABELS, bootstrap=bootstrap) == measure(
        shuffled, LABELS, bootstrap=bootstrap
    )


def test_another_seed_gives_another_interval() -> None:
    units = sample(80)
    assert interval_of(units, Bootstrap(seed=1)) != interval_of(units, Bootstrap(seed=2))


def test_the_figure_lies_within_its_interval_which_narrows_with_more_sentences() -> None:
    widths = []
    for size in (50, 200, 800, 3_200):
        alpha = alpha_of(sample(size), Bootstrap())
        assert isinstance(alpha.interval, Interval)
        assert alpha.interval.low < alpha.value < alpha.interval.high
        widths.append(alpha.interval.high - alpha.interval.low)
    for wide, narrow in pairwise(widths):
        assert narrow == pytest.approx(wide / 2, rel=0.35)


def test_about_nineteen_intervals_in_twenty_hold_the_truth() -> None:
    truth = alpha_of(sample(50_000, seed=0), Bootstrap(0)).value
    intervals = [interval_of(sample(150, seed=seed), Bootstrap(200)) for seed in range(1, 101)]
    assert 88 <= sum(one.low <= truth <= one.high for one in intervals) <= 100


def test_whole_documents_are_drawn_where_that_is_asked_for() -> None:
    """In half of the documents all agree, in the others few do: articles differ, and so the
    interval is wider than one of sentences on their own.
    """
    agreed = [("claim", "claim"), ("denial", "denial")] * 10
    at_odds = [("claim", "denial"), ("denial", "claim")] * 10
    units = [
        unit
        for number in range(20)
        for unit in units_of_rows(at_odds if number % 2 else agreed, document_id=str(number))
    ]
    by_sentence = interval_of(units, Bootstrap())
    by_document = interval_of(units, Bootstrap(over="documents"))
    assert by_document.high - by_document.low > 3 * (by_sentence.high - by_sentence.low)


def test_one_document_cannot_be_drawn_from() -> None:
    interval = alpha_of(sample(30), Bootstrap(over="documents")).interval
    assert "only one to draw" in reason_of(interval)


def test_one_sentence_cannot_be_drawn_from() -> None:
    units = units_of_rows([("claim", "denial")])
    assert "only one to draw" in reason_of(alpha_of(units, Bootstrap()).interval)


def test_no_resamples_no_intervals() -> None:
    assert "asked for" in reason_of(alpha_of(sample(30), Bootstrap(0)).interval)
