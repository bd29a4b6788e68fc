"""Label schemes: the built-in one, what labels are to one another, which guideline is in force."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given

from annotator.errors import StoreError, UnknownNameError
from annotator.model.scheme import (
    FACT_CHECK,
    Label,
    LabelScheme,
    describe_scheme,
    hash_guideline,
    read_scheme,
)
from tests.schemes import STANCE, schemes

DESCRIBED: Final[dict[str, object]] = {
    "name": "claim",
    "key": "c",
    "definition": "An assertion.",
    "colour": None,
    "guideline": None,
    "denies": [],
}


def test_the_built_in_scheme_has_a_key_and_a_definition_for_each_label() -> None:
    assert {label.name: label.key for label in FACT_CHECK.labels} == {
        "claim": "c",
        "denial": "d",
        "background": "b",
    }
    assert all(label.definition for label in FACT_CHECK.labels)
    assert FACT_CHECK.find("denial").denies == ("claim", "denial")
    for label in FACT_CHECK.labels:
        for denied in label.denies:
            assert FACT_CHECK.find(denied).name == denied


def test_an_unknown_label_lists_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match=r"'opinion'.*claim, denial, background"):
        FACT_CHECK.find("opinion")


def test_the_guideline_changes_with_what_reviewers_read_and_not_with_a_key() -> None:
    before = hash_guideline(FACT_CHECK, "Read this.")
    assert len(before) == 16
    first, *others = FACT_CHECK.labels
    for changed in (
        replace(first, definition="Another."),
        replace(first, guideline="More."),
        replace(first, denies=("claim",)),
        replace(first, name="assertion"),
    ):
        scheme = replace(FACT_CHECK, labels=(changed, *others))
        assert hash_guideline(scheme, "Read this.") != before
    other_key = replace(FACT_CHECK, labels=(replace(first, key="k", colour=None), *others))
    assert hash_guideline(other_key, "Read this.") == before
    assert hash_guideline(FACT_CHECK, "Read that.") != before


# -- what labels are to one another


def test_what_denies_and_what_can_be_denied_is_as_the_scheme_says() -> None:
    assert FACT_CHECK.labels_that_deny() == ("denial",)
    assert FACT_CHECK.labels_denied() == ("claim", "denial")
    assert STANCE.labels_that_deny() == ("against",)
    assert STANCE.labels_denied() == ("for",)


def test_a_label_that_asserts_nothing_has_no_speaker() -> None:
    assert [label.name for label in FACT_CHECK.labels if FACT_CHECK.takes_speaker(label.name)] == [
        "claim",
        "denial",
    ]


def test_where_nothing_denies_every_label_has_a_speaker() -> None:
    flat = LabelScheme("flat", (Label("fact", "a", "A fact."), Label("view", "w", "A view.")))
    assert all(flat.takes_speaker(label.name) for label in flat.labels)


def test_denial_is_stronger_than_claim_and_claim_than_the_rest() -> None:
    assert FACT_CHECK.by_strength() == ("denial", "claim", "background")
    assert STANCE.by_strength() == ("against", "for", "neither")


@given(schemes())
def test_strength_orders_all_labels_and_ranks_one_that_is_none_of_them_last(
    scheme: LabelScheme,
) -> None:
    ordered = scheme.by_strength()
    assert sorted(ordered) == sorted(label.name for label in scheme.labels)
    assert [scheme.rank(name) for name in ordered] == list(range(len(ordered)))
    assert scheme.rank("never heard of") == len(ordered)


# -- as JSON


@given(schemes())
def test_what_was_described_is_read_back(scheme: LabelScheme) -> None:
    stored = json.loads(json.dumps(describe_scheme(scheme)))
    assert read_scheme(stored) == scheme


@pytest.mark.parametrize(
    "change",
    [
        {"name": None},
        {"labels": []},
        {"labels": {}},
        {"labels": [None]},
        {"labels": [{"name": "claim"}]},
        {"labels": [{**DESCRIBED, "denies": [1]}]},
        {"labels": [{**DESCRIBED, "colour": 1}]},
        {"labels": [DESCRIBED, DESCRIBED]},
    ],
)
def test_what_is_no_scheme_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(StoreError, match="label scheme"):
        read_scheme({**describe_scheme(FACT_CHECK), **change})


@pytest.mark.parametrize("found", [None, [], "fact-check", 3, {}])
def test_other_json_is_no_scheme(found: object) -> None:
    with pytest.raises(StoreError, match="label scheme"):
        read_scheme(found)


def test_the_guideline_of_the_built_in_scheme_is_named_alike_by_every_version() -> None:
    assert hash_guideline(FACT_CHECK, "Read this.") == "1a0312a5361935e7"
