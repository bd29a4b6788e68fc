"""What dealing out comes to, exactly, and what is said of shares and names that cannot be."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from annotator.errors import UsageError
from annotator.model.assignment import Assignment
from annotator.model.event import Assigned, EventKind
from annotator.session.assigning import (
    Assigning,
    Deal,
    assign,
    assign_again,
    deal_out,
    draw_again,
    parse_names,
    parse_share,
    withdraw,
)
from annotator.store.memory import MemoryStore
from tests.builders import CountingIds, article, make_library, put
from tests.session.refusals import refuse

if TYPE_CHECKING:
    from annotator.session.library import Library


@pytest.fixture
def library() -> Library:
    return make_library(MemoryStore())


def test_shares_and_names_that_cannot_be_are_told() -> None:
    assert refuse(UsageError, lambda: parse_share("a\x1b fifth")).endswith(
        " fifth' is no share: give a number from 0 to 1, as in 0.2."
    )
    assert refuse(UsageError, lambda: parse_share("1.1")) == (
        "'1.1' is no share: give a number from 0 to 1, as in 0.2."
    )
    assert [parse_share(text) for text in ("0", "1", " 1/3 ")] == [0, 1, Fraction(1, 3)]
    assert refuse(UsageError, lambda: parse_names(" ,")) == (
        "Name at least one reviewer: '--to ana,ben'."
    )
    assert refuse(UsageError, lambda: parse_names("ben,ana (again)")) == (
        "'ana (again)' is a second pass: name the reviewer, and --again."
    )


def test_what_is_dealt_out_is_this() -> None:
    ids = [f"{number}" for number in range(8)]
    assert deal_out(ids, ["b", "a"], deal=Deal()) == {"a": ids, "b": ids}
    assert deal_out(ids, ["b", "a"], deal=Deal(each=2, seed=3)) == {
        "a": ["3", "6"],
        "b": ["1", "4"],
    }
    assert deal_out(ids, ["a", "b"], deal=Deal(overlap=Fraction(1, 4), seed=3)) == {
        "a": ["2", "3", "4", "5", "6"],
        "b": ["0", "1", "3", "4", "7"],
    }
    assert deal_out(ids, ["a", "b"], deal=Deal(overlap=Fraction(1, 3), each=3, seed=3)) == {
        "a": ["1", "3", "4"],
        "b": ["2", "3", "6"],
    }
    assert draw_again({"ben": ids[:3], "ana": ids}, share=Fraction(1, 4), seed=3) == {
        "ana": ["1", "7"],
        "ben": ["2"],
    }


def test_assigning_and_taking_away_say_what_they_came_to(library: Library) -> None:
    documents = [put(library, article(2, title=f"Article {number}")) for number in range(2)]
    first, second = sorted(document.id for document in documents)
    assign(library, documents[:1], ("cleo",), deal=Deal())
    one = documents[0].id
    done = assign(library, documents, ("cleo", "ana", "cleo"), deal=Deal())
    everything = [Assignment(id_, who) for id_ in (first, second) for who in ("ana", "cleo")]
    stood = Assignment(one, "cleo")
    assert done == Assigning(
        given=tuple(each for each in everything if each != stood), kept=(stood,)
    )
    assigned = [
        event.value
        for document in documents
        for event in library.store.read_events(document.id)
        if event.kind is EventKind.ASSIGN
    ]
    assert Assigned("ana", again=False, withdrawn=False) in assigned
    gone = withdraw(library, documents, ("cleo",))
    assert gone == Assigning(withdrawn=(Assignment(first, "cleo"), Assignment(second, "cleo")))
    events = [event for event in library.store.read_log() if event.kind is EventKind.ASSIGN]
    assert len({event.step for event in events[-2:]}) == 1
    assert {str(event.value) for event in events[-2:]} == {
        str(Assigned("cleo", again=False, withdrawn=True))
    }


def test_a_second_pass_that_stands_already_is_kept(library: Library) -> None:
    document = put(library, article(2))
    ben = make_library(library.store, "ben", ids=CountingIds(9 << 40)).open(document)
    for index in range(2):
        ben.annotate(index, "claim")
    twice = [
        assign_again(library, [document], ("ben", "eve"), share=Fraction(1, 2), seed=1)
        for _ in range(2)
    ]
    again = (Assignment(document.id, "ben", again=True),)
    assert twice == [Assigning(given=again), Assigning(kept=again)]
