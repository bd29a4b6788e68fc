"""The report as a whole: who, what, in which order, and within each document."""

from __future__ import annotations

import pytest

from annotator.agreement import Bootstrap, Undefined, Unit, measure
from annotator.errors import UnknownNameError
from tests.agreement.builders import LABELS, NO_INTERVALS, reason_of, units_of_rows, value_of

UNITS = [
    Unit("two", 0, {"chi": "claim", "ana": "claim"}),
    Unit("two", 1, {"chi": "denial", "ana": "denial"}),
    Unit("one", 0, {"ben": "claim", "ana": "denial"}),
    Unit("one", 1, {"ana": "claim"}),
    Unit("one", 2, {}),
]


def test_reviewers_are_sorted_and_labels_are_in_the_order_of_the_scheme() -> None:
    whole = measure(UNITS, LABELS, bootstrap=NO_INTERVALS).whole
    assert whole.reviewers == ("ana", "ben", "chi")
    assert [one.label for one in whole.by_label] == list(LABELS)
    assert [(pair.first, pair.second) for pair in whole.pairs] == [
        ("ana", "ben"),
        ("ana", "chi"),
        ("ben", "chi"),
    ]


def test_what_the_figures_rest_on_is_counted() -> None:
    whole = measure(UNITS, LABELS, bootstrap=NO_INTERVALS).whole
    assert (whole.sentences, whole.shared, whole.values) == (4, 3, 6)


def test_each_document_is_between_those_who_labelled_in_it() -> None:
    report = measure(UNITS, LABELS, bootstrap=NO_INTERVALS)
    one, two = report.documents
    assert (one.document_id, one.agreement.reviewers) == ("one", ("ana", "ben"))
    assert (two.document_id, two.agreement.reviewers) == ("two", ("ana", "chi"))
    assert value_of(two.agreement.scores.cohen) == 1
    assert value_of(two.agreement.scores.fleiss) == 1
    assert "exactly two" in reason_of(report.whole.scores.cohen)


def test_a_document_alone_is_as_in_the_whole() -> None:
    units = units_of_rows([("claim", "denial"), ("claim", "claim"), ("denial", "denial")] * 5)
    report = measure(units, LABELS, bootstrap=Bootstrap(200, document_resamples=200))
    (alone,) = report.documents
    assert alone.agreement == report.whole


def test_only_the_reviewers_asked_for_take_part() -> None:
    whole = measure(UNITS, LABELS, reviewers={"ana", "chi", "zoe"}, bootstrap=NO_INTERVALS).whole
    assert whole.reviewers == ("ana", "chi")
    assert whole.sentences == 4
    assert value_of(whole.scores.cohen) == 1


def test_two_who_share_nothing_are_named_in_their_table() -> None:
    *_, last = measure(UNITS, LABELS, bootstrap=NO_INTERVALS).whole.pairs
    reason = "No sentence was labelled by both ben and chi."
    assert (last.sentences, last.raw, last.cohen) == (0, Undefined(reason), Undefined(reason))


def test_somebody_can_be_measured_against_themselves() -> None:
    units = [
        Unit("d", index, {"ana": first, "ana again": second})
        for index, (first, second) in enumerate(
            [("claim", "claim"), ("denial", "denial"), ("claim", "denial"), ("claim", "claim")]
        )
    ]
    whole = measure(units, LABELS, bootstrap=NO_INTERVALS).whole
    assert whole.reviewers == ("ana", "ana again")
    assert value_of(whole.scores.cohen) == 0.5


def test_a_label_outside_the_scheme_is_named_with_those_inside() -> None:
    with pytest.raises(UnknownNameError, match=r"'rumour'.*claim, denial, background"):
        measure([Unit("d", 0, {"ana": "rumour"})], LABELS)


def test_nothing_in_nothing_out() -> None:
    report = measure([], LABELS, denying=["denial"])
    assert report.whole.sentences == 0
    assert report.documents == ()
    assert reason_of(report.whole.scores.raw) == "Nobody has labelled a sentence here."
    assert reason_of(report.whole.links.f1) == "Nobody has labelled a sentence here."


def test_a_pair_has_its_table_its_raw_agreement_and_its_kappa() -> None:
    rows = [("claim", "claim")] * 3 + [("claim", "denial"), ("denial", "denial")]
    (pair,) = measure(units_of_rows(rows), LABELS, bootstrap=NO_INTERVALS).whole.pairs
    assert pair.counts == ((3, 1, 0), (0, 1, 0), (0, 0, 0))
    assert (pair.sentences, pair.raw) == (5, 0.8)
    assert pair.cohen == pytest.approx((0.8 - 0.56) / 0.44)
