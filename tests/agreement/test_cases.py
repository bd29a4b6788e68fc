"""Figures that others published or worked out, to three decimals (two where they gave two)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.agreement import Undefined
from tests.agreement.builders import (
    measure_whole,
    units_of_counts,
    units_of_rows,
    units_of_table,
    value_of,
)

ALL = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))
BY_ID = {case["id"]: case for case in ALL}


def cases_of(metric: str) -> list[str]:
    return [case["id"] for case in ALL if case["metric"] == metric]


def test_every_case_is_tested_somewhere_here() -> None:
    metrics = ("krippendorff_alpha", "fleiss_kappa", "cohen_kappa", "all")
    covered = {name for metric in metrics for name in cases_of(metric)}
    assert set(BY_ID) == covered | {"real_polnear_6x127"}
    assert len(BY_ID) == 17


@pytest.mark.parametrize("name", cases_of("krippendorff_alpha"))
def test_alpha_is_as_published(name: str) -> None:
    case = BY_ID[name]
    agreement = measure_whole(units_of_rows(list(zip(*case["data"], strict=True))))
    alpha = value_of(agreement.scores.alpha)
    assert round(alpha, 3) == case["published"]["nominal"]
    assert alpha == pytest.approx(case["computed"]["nominal"], abs=1e-12)


def test_a_value_alone_on_its_unit_is_not_counted() -> None:
    rows = list(zip(*BY_ID["krippendorff_2011_4x12"]["data"], strict=True))
    agreement = measure_whole(units_of_rows(rows))
    assert (agreement.sentences, agreement.shared, agreement.values) == (12, 11, 40)


@pytest.mark.parametrize("name", cases_of("fleiss_kappa"))
def test_fleiss_is_as_published(name: str) -> None:
    case = BY_ID[name]
    fleiss = value_of(measure_whole(units_of_counts(case["counts"])).scores.fleiss)
    assert round(fleiss, 2) == case["published"]
    assert fleiss == pytest.approx(case["computed"], abs=1e-12)


def test_fleiss_for_each_category_is_as_he_published_it() -> None:
    case = BY_ID["fleiss_1971_psychiatric_30x5_6raters"]
    by_label = measure_whole(units_of_counts(case["counts"])).by_label
    figures = [value_of(one.scores.fleiss) for one in by_label]
    assert [round(figure, 3) for figure in figures] == case["published_per_category"]
    assert figures == pytest.approx(case["computed_per_category"], abs=1e-12)


@pytest.mark.parametrize("name", cases_of("cohen_kappa"))
def test_cohen_is_as_published(name: str) -> None:
    case = BY_ID[name]
    agreement = measure_whole(units_of_table(case["confusion"], sorted(case["labels"])))
    cohen = value_of(agreement.scores.cohen)
    if "published" in case:
        digits = len(str(case["published"]).partition(".")[2])
        assert round(cohen, digits) == case["published"]
    assert cohen == pytest.approx(case["computed"], abs=1e-12)
    (pair,) = agreement.pairs
    assert [list(row) for row in pair.counts] == case["confusion"]
    assert pair.cohen == cohen


def test_six_reviewers_of_one_corpus_are_as_worked_out() -> None:
    case = BY_ID["real_polnear_6x127"]
    scores = measure_whole(units_of_rows(case["rows"])).scores
    assert value_of(scores.fleiss) == pytest.approx(case["computed"]["fleiss"], abs=1e-12)
    assert value_of(scores.alpha) == pytest.approx(case["computed"]["alpha"], abs=1e-12)


@pytest.mark.parametrize(
    ("name", "cohen", "alpha", "fleiss"),
    [
        ("edge_identical", "cohen_sklearn", "krippendorff", "fleiss_statsmodels"),
        ("edge_chance_total_disagree", "cohen_sklearn", "krippendorff", "fleiss_statsmodels"),
    ],
)
def test_the_edges_are_where_libraries_see_them(
    name: str, cohen: str, alpha: str, fleiss: str
) -> None:
    case = BY_ID[name]
    scores = measure_whole(units_of_rows(list(zip(*case["raters"], strict=True)))).scores
    theirs = case["library_behaviour"]
    assert value_of(scores.cohen) == theirs[cohen]
    assert value_of(scores.fleiss) == theirs[fleiss]
    assert value_of(scores.alpha) == pytest.approx(theirs[alpha], abs=1e-12)


@pytest.mark.parametrize("name", ["edge_all_one_label", "edge_single_unit"])
def test_where_libraries_fail_or_say_one_the_coefficient_is_undefined(name: str) -> None:
    case = BY_ID[name]
    scores = measure_whole(units_of_rows(list(zip(*case["raters"], strict=True)))).scores
    assert value_of(scores.raw) == 1
    reason = "Everybody gave these sentences the one label claim: agreement by chance alone is 1."
    assert scores.cohen == scores.fleiss == scores.alpha == Undefined(reason)
