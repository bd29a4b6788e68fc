"""One person under two names becomes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator.errors import UnknownNameError, UsageError
from annotator.model.event import EventKind
from annotator.session.assigning import Deal, assign
from annotator.session.renaming import Renaming, foresee_renaming, rename_reviewer
from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from annotator.model.document import Document
    from annotator.session import Library


@pytest.fixture
def document(library: Library) -> Document:
    found = put(library, article(4))
    anna = make_library(library.store, "anna").open(found)
    for index in range(3):
        anna.annotate(index, "claim")
    ana = library.open(found)
    ana.annotate(1, "claim")
    ana.annotate(2, "denial")
    return found


def list_renamings(library: Library) -> list[object]:
    return [event.value for event in library.store.read_log() if event.kind is EventKind.RENAME]


def test_it_says_what_both_have_said(library: Library, document: Document) -> None:
    del document
    expected = Renaming("anna", "ana", documents=1, sentences=3, shared=2, differing=1)
    assert foresee_renaming(library.store, "anna", "ana") == expected
    assert list_renamings(library) == []
    assert rename_reviewer(library, "anna", "ana") == expected
    assert len(list_renamings(library)) == 1
    assert library.store.list_reviewers() == ["ana"]


def test_a_second_pass_goes_along(library: Library, document: Document) -> None:
    anna = make_library(library.store, "anna", ids=library.drafting.ids)
    anna.open(document, again=True).annotate(0, "denial")
    rename_reviewer(library, "anna", "ana")
    assert library.store.list_reviewers() == ["ana", "ana (again)"]
    place = library.open(document, again=True).read_place(0)
    assert place.annotation is not None
    assert place.annotation.label == "denial"


def test_the_one_working_may_be_renamed_and_goes_on(library: Library, document: Document) -> None:
    rename_reviewer(library, "ana", "anna")
    assert library.reviewer == "anna"
    assert library.open(document).measure_progress().labelled == 3


@pytest.mark.parametrize(
    ("old", "new"), [("ana", "ana"), ("ana", " "), ("ana", "x (again)"), ("anna", "anna ")]
)
def test_what_is_no_new_name_is_refused(
    library: Library, document: Document, old: str, new: str
) -> None:
    del document
    with pytest.raises(UsageError):
        rename_reviewer(library, old, new)
    assert list_renamings(library) == []


def test_the_same_twice_is_refused_and_the_way_back_is_not(
    library: Library, document: Document
) -> None:
    del document
    rename_reviewer(library, "anna", "ana")
    with pytest.raises(UsageError, match="is the name already"):
        rename_reviewer(library, "anna", "ana")
    rename_reviewer(library, "ana", "anna")
    assert library.store.list_reviewers() == ["anna"]


def test_whoever_is_not_there_is_told_who_is(library: Library, document: Document) -> None:
    with pytest.raises(UnknownNameError, match="ana, anna"):
        rename_reviewer(library, "cleo", "ana")
    assign(library, [document], ("cleo",), deal=Deal())
    rename_reviewer(library, "cleo", "dora")
    assert [one.reviewer for one in library.store.list_assignments()] == ["dora"]
