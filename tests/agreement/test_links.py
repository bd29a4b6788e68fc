"""Agreement on which claims a denial denies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import krippendorff
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import Bootstrap, Coefficient, Interval, Unit, measure
from tests.agreement.builders import LABELS, NO_INTERVALS, reason_of, units_of_links, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.agreement import LinkAgreement

TARGETS = st.sets(st.integers(0, 3), max_size=4)
DENIALS = st.lists(
    st.dictionaries(st.sampled_from(["ana", "ben", "chi"]), TARGETS, min_size=2),
    min_size=1,
    max_size=12,
)


def links_of(units: Sequence[Unit], *, denying: Sequence[str] = ("denial",)) -> LinkAgreement:
    report = measure(units, LABELS, denying=denying, deniable=["claim"], bootstrap=NO_INTERVALS)
    return report.whole.links


@given(DENIALS)
def test_f1_is_that_of_all_pairs_of_sets_together(denials: list[dict[str, set[int]]]) -> None:
    equal = compared = 0
    for links in denials:
        for one in links:
            for other in links:
                if one < other:
                    equal += 2 * len(links[one] & links[other])
                    compared += len(links[one]) + len(links[other])
    found = links_of(units_of_links(*denials))
    if compared:
        assert value_of(found.f1) == pytest.approx(equal / compared)
    else:
        assert reason_of(found.f1) == "Nobody tied any of these denials to a sentence."


@given(DENIALS)
def test_alpha_is_that_of_yes_and_no_for_each_claim(denials: list[dict[str, set[int]]]) -> None:
    counts = []
    for links in denials:
        for claim in range(4):
            yes = sum(claim in targets for targets in links.values())
            counts.append([yes, len(links) - yes])
    found = links_of(units_of_links(*denials))
    if isinstance(found.alpha, Coefficient):
        theirs = krippendorff.alpha(value_counts=counts, level_of_measurement="nominal")
        assert found.alpha.value == pytest.approx(theirs, abs=1e-9)
    else:
        assert not all(map(sum, zip(*counts, strict=True)))


@given(DENIALS)
def test_links_are_counted_once_and_shared_by_all_or_not(
    denials: list[dict[str, set[int]]],
) -> None:
    found = links_of(units_of_links(*denials))
    assert found.denials == len(denials)
    assert found.links == sum(len(set().union(*links.values())) for links in denials)
    assert found.shared == sum(len(set.intersection(*links.values())) for links in denials)


def test_the_same_links_are_perfect_agreement() -> None:
    found = links_of(units_of_links({"ana": {0, 2}, "ben": {0, 2}}, {"ana": set(), "ben": set()}))
    assert (value_of(found.f1), value_of(found.alpha)) == (1, 1)


def test_a_link_to_what_nobody_calls_a_claim_is_a_candidate_too() -> None:
    units = [
        Unit("d", 0, {"ana": "background", "ben": "background"}),
        Unit("d", 1, {"ana": "denial", "ben": "denial"}, {"ana": {0}}),
    ]
    assert links_of(units).links == 1
    assert value_of(links_of(units).f1) == 0
    assert value_of(links_of(units).alpha) == 0


def test_a_sentence_is_no_candidate_of_itself() -> None:
    units = [
        Unit("d", 0, {"ana": "claim", "ben": "claim"}),
        Unit(
            "d",
            1,
            {"ana": "denial", "ben": "denial", "chi": "claim"},
            {"ana": {0}, "ben": {0}},
        ),
    ]
    assert "every sentence that it could deny" in reason_of(links_of(units).alpha)


def test_links_of_a_sentence_that_only_one_calls_a_denial_are_left_out() -> None:
    units = [
        Unit("d", 0, {"ana": "claim", "ben": "claim"}),
        Unit("d", 1, {"ana": "denial", "ben": "claim"}, {"ana": {0}}),
    ]
    assert reason_of(links_of(units).f1) == "No sentence was called a denial by two reviewers."


def test_a_scheme_in_which_nothing_denies_has_no_links() -> None:
    found = links_of(units_of_links({"ana": {0}, "ben": {0}}), denying=())
    assert reason_of(found.alpha) == "No label of the scheme denies another."


def test_indexes_are_of_their_own_document() -> None:
    units = [
        Unit(name, index, dict.fromkeys(("ana", "ben"), label), links)
        for name, target in (("one", {0}), ("two", {1}))
        for index, label, links in (
            (0, "claim", {}),
            (1, "claim", {}),
            (2, "denial", {"ana": target, "ben": {0}}),
        )
    ]
    report = measure(units, LABELS, denying=["denial"], deniable=["claim"], bootstrap=NO_INTERVALS)
    assert value_of(report.whole.links.f1) == 0.5
    assert [value_of(one.agreement.links.f1) for one in report.documents] == [1, 0]


def test_where_there_are_no_denials_all_counts_are_zero() -> None:
    found = links_of([Unit("d", 0, {"ana": "claim", "ben": "claim"})])
    assert (found.denials, found.links, found.shared) == (0, 0, 0)
    assert reason_of(found.f1) == "No sentence was called a denial by two reviewers."
    assert reason_of(found.alpha) == reason_of(found.f1)


def test_links_have_intervals_over_denials_or_over_documents() -> None:
    units = [
        Unit(document, index, labels, links)
        for number, document in enumerate(("one", "two", "three", "four"))
        for index, labels, links in (
            (0, {"ana": "claim", "ben": "claim"}, {}),
            (1, {"ana": "claim", "ben": "claim"}, {}),
            (2, {"ana": "denial", "ben": "denial"}, {"ana": {0}, "ben": {number % 2}}),
            (3, {"ana": "denial", "ben": "denial"}, {"ana": {0, 1}, "ben": {0}}),
        )
    ]
    f1s = []
    for over in ("sentences", "documents"):
        bootstrap = Bootstrap(resamples=400, over=over)
        report = measure(units, LABELS, denying=["denial"], deniable=["claim"], bootstrap=bootstrap)
        f1 = report.whole.links.f1
        assert isinstance(f1, Coefficient)
        assert isinstance(f1.interval, Interval)
        assert f1.interval.low < f1.value < f1.interval.high
        f1s.append(f1)
    assert f1s[0].value == f1s[1].value
    assert f1s[0].interval != f1s[1].interval


def test_what_the_figures_of_links_rest_on_is_counted() -> None:
    found = links_of(units_of_links({"ana": {0, 1}, "ben": {0}}, {"ana": {2}, "ben": {3}}))
    assert isinstance(found.f1, Coefficient)
    assert isinstance(found.alpha, Coefficient)
    # Three links and two; four claims, each with two answers, for two denials.
    assert (found.f1.sentences, found.f1.values) == (2, 5)
    assert (found.alpha.sentences, found.alpha.values) == (2, 16)
