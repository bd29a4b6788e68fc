"""The built-in label scheme, and which guideline was in force."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.errors import UnknownNameError
from annotator.model.scheme import FACT_CHECK, hash_guideline


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
