"""The label scheme of a database: set, read back, refused where it would orphan labels."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from annotator.config import read_guideline
from annotator.errors import SchemeError
from annotator.model.event import EventKind
from annotator.model.scheme import FACT_CHECK, LabelScheme, hash_guideline
from annotator.session.schemes import (
    hash_guideline_in_force,
    read_guideline_in_force,
    read_scheme_in_force,
)
from annotator.store.memory import MemoryStore
from tests.builders import article, make_library, put
from tests.schemes import STANCE, schemes

if TYPE_CHECKING:
    from annotator.session.library import Library
    from annotator.store.base import Store


def drop(scheme: LabelScheme, name: str) -> LabelScheme:
    """The scheme without one of its labels."""
    labels = tuple(
        replace(label, denies=tuple(denied for denied in label.denies if denied != name))
        for label in scheme.labels
        if label.name != name
    )
    return replace(scheme, labels=labels)


def test_without_one_of_its_own_a_database_has_the_built_in_scheme(store: Store) -> None:
    assert read_scheme_in_force(store) == FACT_CHECK


def test_the_scheme_that_was_set_last_is_in_force(store: Store, library: Library) -> None:
    assert library.set_scheme(STANCE)
    assert read_scheme_in_force(store) == STANCE
    assert library.scheme == STANCE
    assert library.set_scheme(FACT_CHECK)
    assert read_scheme_in_force(store) == FACT_CHECK


def test_the_scheme_that_is_in_force_already_changes_nothing(
    store: Store, library: Library
) -> None:
    assert not library.set_scheme(FACT_CHECK)
    before = store.count_rows()["events"]
    assert library.set_scheme(STANCE)
    assert not library.set_scheme(STANCE)
    assert store.count_rows()["events"] == before + 1


@given(schemes(), schemes())
def test_any_scheme_is_read_back_as_it_was_set(one: LabelScheme, other: LabelScheme) -> None:
    store = MemoryStore()
    library = make_library(store)
    for scheme in (one, other):
        library.set_scheme(scheme)
        assert read_scheme_in_force(store) == scheme


def test_labels_are_given_and_refused_by_the_new_scheme(store: Store, library: Library) -> None:
    library.set_scheme(STANCE)
    session = library.open(put(library, article()))
    session.annotate(0, "neither")
    events = list(store.read_events(session.document.id))
    assert events[-1].kind is EventKind.LABEL
    assert events[-1].guideline == hash_guideline_in_force(STANCE)


def test_a_scheme_that_would_orphan_labels_is_refused_with_how_many(
    store: Store, library: Library
) -> None:
    session = library.open(put(library, article()))
    session.annotate(0, "claim")
    session.annotate(1, "claim")
    session.annotate(2, "background")
    with pytest.raises(SchemeError) as refused:
        library.set_scheme(STANCE)
    assert str(refused.value) == (
        f"The scheme {STANCE.name} would orphan 3 labels (1 background, 2 claim), and the scheme"
        f" {FACT_CHECK.name} stays: keep background and claim in the new one, or label those"
        " sentences otherwise first."
    )
    assert read_scheme_in_force(store) == FACT_CHECK
    assert library.scheme == FACT_CHECK
    assert library.set_scheme(drop(FACT_CHECK, "denial"))


def test_other_reviewers_labels_count_and_those_in_deleted_documents(
    store: Store, library: Library
) -> None:
    document = put(library, article())
    make_library(store, "ben").open(document).annotate(0, "denial")
    library.delete(document)
    with pytest.raises(SchemeError, match=r"1 label \(1 denial\)"):
        library.set_scheme(drop(FACT_CHECK, "denial"))


def test_a_label_that_was_cleared_is_no_orphan(library: Library) -> None:
    session = library.open(put(library, article()))
    session.annotate(0, "claim")
    session.clear(0)
    assert library.set_scheme(STANCE)


def test_a_scheme_that_breaks_a_rule_is_refused(store: Store, library: Library) -> None:
    labels = (replace(FACT_CHECK.labels[0], key="u"), *FACT_CHECK.labels[1:])
    with pytest.raises(SchemeError, match=r"'claim'.*undo"):
        library.set_scheme(replace(FACT_CHECK, labels=labels))
    assert read_scheme_in_force(store) == FACT_CHECK


# -- the guideline


def test_the_built_in_scheme_has_the_guideline_that_is_shipped_whatever_its_keys() -> None:
    assert read_guideline_in_force(FACT_CHECK) == read_guideline()
    labels = (replace(FACT_CHECK.labels[0], key="o", colour=None), *FACT_CHECK.labels[1:])
    assert read_guideline_in_force(replace(FACT_CHECK, labels=labels)) == read_guideline()
    assert hash_guideline_in_force(FACT_CHECK) == hash_guideline(FACT_CHECK, read_guideline())


def test_another_schemes_guideline_is_its_definitions_and_texts() -> None:
    assert read_guideline_in_force(STANCE) == (
        "# Labelling guideline: stance\n\n"
        "**for**: Speaks for the measure.\n\n"
        "Only the **speaker's** own view.\n\n"
        "**against**: Speaks against it.\n\n"
        "**neither**: Neither of both.\n"
    )


@given(schemes())
def test_every_label_has_its_paragraph(scheme: LabelScheme) -> None:
    text = read_guideline_in_force(scheme)
    paragraphs = text.split("\n\n")
    for label in scheme.labels:
        assert f"**{label.name}**: {label.definition}" in [part.rstrip("\n") for part in paragraphs]
    assert text.endswith("\n")
