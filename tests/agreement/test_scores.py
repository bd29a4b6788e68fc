"""Laws of the coefficients, and what other libraries make of the same labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import krippendorff
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from annotator.agreement import Coefficient, Scores, Undefined, measure
from tests.agreement.builders import (
    LABELS,
    NO_INTERVALS,
    measure_whole,
    reason_of,
    units_of_rows,
    value_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

Rows = list[tuple[str | None, ...]]


@st.composite
def rows_of_labels(
    draw: st.DrawFn, *, gaps: bool = True, reviewers: int | None = None, least: int = 1
) -> Rows:
    size = reviewers or draw(st.integers(2, 5))
    label = st.sampled_from([*LABELS, None] if gaps else LABELS)
    return draw(st.lists(st.tuples(*[label] * size), min_size=least, max_size=25))


def plain(scores: Scores) -> list[float | str]:
    """Figures, or why there is none."""
    return [
        one.value if isinstance(one, Coefficient) else one.reason
        for one in (scores.raw, scores.cohen, scores.fleiss, scores.alpha)
    ]


def scores_of(rows: Sequence[Sequence[str | None]]) -> Scores:
    return measure(units_of_rows(rows), LABELS, bootstrap=NO_INTERVALS).whole.scores


def task_of(rows: Rows) -> AnnotationTask:
    return AnnotationTask(
        data=[
            (place, index, label)
            for index, row in enumerate(rows)
            for place, label in enumerate(row)
            if label is not None
        ]
    )


@given(rows_of_labels())
def test_alpha_is_that_of_the_package_krippendorff(rows: Rows) -> None:
    alpha = scores_of(rows).alpha
    assume(isinstance(alpha, Coefficient))
    counts = [[row.count(label) for label in LABELS] for row in rows]
    theirs = krippendorff.alpha(value_counts=counts, level_of_measurement="nominal")
    assert value_of(alpha) == pytest.approx(theirs, abs=1e-9)


@given(rows_of_labels())
def test_alpha_of_a_label_is_that_of_the_package_krippendorff(rows: Rows) -> None:
    agreement = measure(units_of_rows(rows), LABELS, bootstrap=NO_INTERVALS).whole
    for one in agreement.by_label:
        counts = [
            [row.count(one.label), len(row) - row.count(None) - row.count(one.label)]
            for row in rows
        ]
        if isinstance(one.scores.alpha, Coefficient):
            theirs = krippendorff.alpha(value_counts=counts, level_of_measurement="nominal")
            assert one.scores.alpha.value == pytest.approx(theirs, abs=1e-9)


@given(rows_of_labels(gaps=False, reviewers=2))
def test_cohen_is_that_of_nltk(rows: Rows) -> None:
    scores = scores_of(rows)
    assume(isinstance(scores.cohen, Coefficient))
    assert value_of(scores.cohen) == pytest.approx(task_of(rows).kappa(), abs=1e-9)
    assert value_of(scores.raw) == pytest.approx(task_of(rows).avg_Ao(), abs=1e-9)


@given(rows_of_labels(gaps=False, reviewers=2))
def test_fleiss_of_two_is_the_pi_of_nltk(rows: Rows) -> None:
    fleiss = scores_of(rows).fleiss
    assume(isinstance(fleiss, Coefficient))
    assert value_of(fleiss) == pytest.approx(task_of(rows).pi(), abs=1e-9)


@given(rows_of_labels(gaps=False))
def test_fleiss_of_any_number_is_the_formula_of_his_paper(rows: Rows) -> None:
    fleiss = scores_of(rows).fleiss
    assume(isinstance(fleiss, Coefficient))
    size, raters = len(rows), len(rows[0])
    squares = sum(row.count(label) ** 2 for row in rows for label in LABELS)
    observed = (squares - size * raters) / (size * raters * (raters - 1))
    shares = [sum(row.count(label) for row in rows) / (size * raters) for label in LABELS]
    expected = sum(share**2 for share in shares)
    assert value_of(fleiss) == pytest.approx((observed - expected) / (1 - expected), abs=1e-9)


@given(rows_of_labels(), st.randoms(use_true_random=False))
def test_neither_the_order_nor_the_names_of_reviewers_matter(rows: Rows, chance: object) -> None:
    assert hasattr(chance, "shuffle")
    before = measure_whole(units_of_rows(rows))
    order = list(range(len(rows[0])))
    chance.shuffle(order)
    after = measure_whole(units_of_rows([tuple(row[place] for place in order) for row in rows]))
    assert figures_of(before.scores) == figures_of(after.scores)
    assert before.confusion == after.confusion


@given(rows_of_labels(), st.permutations(LABELS))
def test_the_names_of_labels_do_not_matter(rows: Rows, names: list[str]) -> None:
    new = dict(zip(LABELS, names, strict=True))
    renamed = [tuple(label and new[label] for label in row) for row in rows]
    assert figures_of(scores_of(rows)) == figures_of(scores_of(renamed))
    before = measure(units_of_rows(rows), LABELS, bootstrap=NO_INTERVALS).whole.by_label
    after = measure(units_of_rows(renamed), LABELS, bootstrap=NO_INTERVALS).whole.by_label
    assert {new[one.label]: figures_of(one.scores) for one in before} == {
        one.label: figures_of(one.scores) for one in after
    }


def figures_of(scores: Scores) -> list[float | None]:
    return [one if isinstance(one, float) else None for one in plain(scores)]


@given(rows_of_labels(), st.randoms(use_true_random=False))
def test_the_order_of_sentences_does_not_matter(rows: Rows, chance: object) -> None:
    assert hasattr(chance, "shuffle")
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert plain(scores_of(rows)) == plain(scores_of(shuffled))


@given(rows_of_labels(), st.integers(2, 4))
def test_every_sentence_again_changes_no_kappa_and_brings_alpha_to_fleiss(
    rows: Rows, times: int
) -> None:
    before, after = scores_of(rows), scores_of(rows * times)
    assert figures_of(before)[:3] == pytest.approx(figures_of(after)[:3], abs=1e-12)
    if isinstance(before.alpha, Coefficient):
        # 1 - alpha carries (n - 1) / n, and n is now so many times as great.
        n = before.alpha.values
        limit = (1 - before.alpha.value) * n / (n - 1)
        expected = 1 - limit * (n * times - 1) / (n * times)
        assert value_of(after.alpha) == pytest.approx(expected, abs=1e-9)


@given(st.lists(st.sampled_from(LABELS), min_size=1, max_size=20), st.integers(2, 5))
def test_perfect_agreement_is_one_wherever_there_is_chance_to_beat(
    labels: list[str], reviewers: int
) -> None:
    scores = scores_of([(label,) * reviewers for label in labels])
    assert value_of(scores.raw) == 1
    for one in (scores.cohen, scores.fleiss, scores.alpha):
        if isinstance(one, Coefficient):
            assert one.value == 1
    assert isinstance(scores.alpha, Undefined) is (len(set(labels)) == 1)


@given(rows_of_labels())
def test_a_coefficient_is_one_at_most_and_one_only_where_all_agree(rows: Rows) -> None:
    scores = scores_of(rows)
    for one in (scores.cohen, scores.fleiss, scores.alpha):
        if isinstance(one, Coefficient):
            assert -1 <= one.value <= 1
            assert (one.value == 1) is (value_of(scores.raw) == 1)


@given(rows_of_labels(), st.lists(st.sampled_from(LABELS), max_size=10))
def test_sentences_that_one_reviewer_labelled_change_no_alpha(rows: Rows, alone: list[str]) -> None:
    more = [(label, *(None,) * (len(rows[0]) - 1)) for label in alone]
    before, after = scores_of(rows), scores_of(rows + more)
    if isinstance(before.alpha, Coefficient):
        assert before.alpha == after.alpha
        assert before.raw == after.raw


@given(rows_of_labels())
def test_raw_agreement_is_the_diagonal_of_the_confusion_table(rows: Rows) -> None:
    agreement = measure(units_of_rows(rows), LABELS, bootstrap=NO_INTERVALS).whole
    table = agreement.confusion
    assert [list(row) for row in table] == [list(row) for row in zip(*table, strict=True)]
    if isinstance(agreement.scores.raw, Coefficient):
        diagonal = sum(table[place][place] for place in range(len(LABELS)))
        assert agreement.scores.raw.value == pytest.approx(diagonal / sum(map(sum, table)))
    else:
        assert sum(map(sum, table)) == 0


@given(rows_of_labels(gaps=False, reviewers=2))
def test_with_two_labels_in_use_each_against_the_rest_is_the_whole(rows: Rows) -> None:
    rows = [tuple("denial" if label == "background" else label for label in row) for row in rows]
    agreement = measure(units_of_rows(rows), LABELS, bootstrap=NO_INTERVALS).whole
    for one in agreement.by_label[:2]:
        assert figures_of(one.scores) == figures_of(agreement.scores)


def test_cohen_is_of_two_and_names_how_many_there_are() -> None:
    scores = scores_of([("claim", "claim", "denial")])
    assert "exactly two reviewers, and here are 3" in reason_of(scores.cohen)


def test_fleiss_counts_the_sentences_that_lack_a_label() -> None:
    scores = scores_of([("claim", "denial"), ("claim", None), (None, None)])
    assert "1 of 2 lack a label" in reason_of(scores.fleiss)
    assert isinstance(scores.cohen, Coefficient)


def test_one_reviewer_alone_is_named() -> None:
    scores = scores_of([("claim",), ("denial",)])
    assert set(plain(scores)) == {"Only r00 has labelled here: agreement is between two."}


def test_nobody_at_all_is_a_reason_too() -> None:
    assert set(plain(scores_of([]))) == {"Nobody has labelled a sentence here."}


def test_reviewers_who_share_no_sentence_are_told_so() -> None:
    scores = scores_of([("claim", None), (None, "denial")])
    assert set(plain(scores)) == {"No sentence was labelled by two reviewers."}


def test_a_label_that_nobody_gave_has_no_coefficient() -> None:
    report = measure(
        units_of_rows([("claim", "denial"), ("claim", "claim")]), LABELS, bootstrap=NO_INTERVALS
    )
    scores = report.whole.by_label[2].scores
    assert value_of(scores.raw) == 1
    assert reason_of(scores.alpha).startswith("Nobody gave the label background")


def test_a_reviewer_who_never_varies_has_a_kappa_of_zero() -> None:
    scores = scores_of([("claim", "claim"), ("claim", "denial")])
    assert value_of(scores.cohen) == 0
