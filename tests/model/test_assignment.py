"""Assignments, folded from the log."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.assignment import (
    Assignment,
    fold_assignments,
    is_again,
    name_again,
    name_person,
)
from annotator.model.event import Assigned, EventKind, commit
from tests.builders import draft, event

DOCUMENT = "d" * 16


def test_the_newest_word_counts_for_each_reviewer_and_pass() -> None:
    log = [
        event(EventKind.ASSIGN, Assigned("ben", again=False, withdrawn=False), number=1),
        event(EventKind.ASSIGN, Assigned("ana", again=False, withdrawn=False), number=2),
        event(EventKind.ASSIGN, Assigned("ana", again=True, withdrawn=False), number=3),
        event(EventKind.ASSIGN, Assigned("ben", again=False, withdrawn=True), number=4),
        event(EventKind.LABEL, "claim", number=5),
    ]
    for shuffled in permutations(log):
        assert fold_assignments(shuffled) == [
            Assignment(DOCUMENT, "ana", again=False),
            Assignment(DOCUMENT, "ana", again=True),
        ]


def test_whoever_has_a_new_name_is_meant_by_the_old_one() -> None:
    log = [
        event(EventKind.ASSIGN, Assigned("ben", again=False, withdrawn=False), number=1),
        event(EventKind.ASSIGN, Assigned("ana", again=False, withdrawn=False), number=2),
        event(EventKind.ASSIGN, Assigned("Ana B.", again=False, withdrawn=True), number=3),
    ]
    assert fold_assignments(log, names={"ana": "Ana B."}) == [Assignment(DOCUMENT, "ben")]
    assert fold_assignments(log[:2], names={"ana": "Ana B."}) == [
        Assignment(DOCUMENT, "Ana B."),
        Assignment(DOCUMENT, "ben"),
    ]


def test_an_assignment_of_no_document_is_none() -> None:
    value = Assigned("ana", again=False, withdrawn=False)
    whole = commit(draft(EventKind.ASSIGN, value, number=1, document_id=""), 1)
    assert fold_assignments([whole]) == []


@given(st.text())
def test_a_second_pass_has_a_name_that_leads_back_to_the_person(name: str) -> None:
    again = name_again(name)
    assert is_again(again)
    assert name_again(again) == again
    if not is_again(name):
        assert name_person(again) == name
        assert name_person(name) == name


def test_labels_are_kept_under_the_name_of_the_pass() -> None:
    assert Assignment(DOCUMENT, "ana").writes_as == "ana"
    assert Assignment(DOCUMENT, "ana", again=True).writes_as == "ana (again)"
    assert name_person("ana (again)") == "ana"
    assert not is_again("ana")
