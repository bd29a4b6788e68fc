"""Documents dealt out to reviewers."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import UsageError
from annotator.model.assignment import Assignment, is_again, name_again, name_person
from annotator.model.event import EventKind
from annotator.session.assigning import (
    Deal,
    assign,
    assign_again,
    deal_out,
    draw_again,
    parse_names,
    parse_share,
    withdraw,
)
from annotator.session.others import see_others
from annotator.session.shelving import list_shelf
from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from annotator.model.document import Document
    from annotator.session import Library

IDS = st.sets(st.text("abcdef0123456789", min_size=4, max_size=4), max_size=30)
NAMES = st.sets(st.sampled_from(["ana", "ben", "cleo", "dev"]), min_size=1)
SHARES = st.fractions(0, 1, max_denominator=20)
SEEDS = st.integers(0, 50)


@given(IDS, NAMES, SHARES, SEEDS)
def test_the_overlap_is_everybodys_and_the_rest_one_persons(
    ids: set[str], names: set[str], share: Fraction, seed: int
) -> None:
    dealt = deal_out(ids, names, deal=Deal(overlap=share, seed=seed))
    held = Counter(id_ for hand in dealt.values() for id_ in hand)
    assert held.keys() == ids
    if len(names) > 1:
        assert sum(many == len(names) for many in held.values()) == ceil(len(ids) * share)
        assert set(held.values()) <= {1, len(names)}
    sizes = [len(hand) for hand in dealt.values()]
    assert max(sizes) - min(sizes) <= 1


@given(IDS, NAMES, st.none() | SHARES, st.integers(1, 12), SEEDS)
def test_nobody_gets_more_than_n_and_nobody_fewer_while_there_are_any(
    ids: set[str], names: set[str], share: Fraction | None, each: int, seed: int
) -> None:
    dealt = deal_out(ids, names, deal=Deal(overlap=share, each=each, seed=seed))
    sizes = [len(hand) for hand in dealt.values()]
    assert max(sizes) <= each
    given_out = {id_ for hand in dealt.values() for id_ in hand}
    assert given_out == ids or set(sizes) == {each}
    if share is None:
        assert sum(sizes) == len(given_out)


@given(IDS, st.permutations(["ana", "ben", "cleo"]), SHARES, SEEDS)
def test_a_deal_depends_on_the_sets_and_the_seed_alone(
    ids: set[str], names: list[str], share: Fraction, seed: int
) -> None:
    deal = Deal(overlap=share, seed=seed)
    assert deal_out(sorted(ids, reverse=True), names, deal=deal) == deal_out(
        sorted(ids), sorted(names), deal=deal
    )


def test_another_seed_draws_others() -> None:
    ids = [f"{number:04}" for number in range(40)]
    draws = {
        tuple(deal_out(ids, ["ana", "ben"], deal=Deal(overlap=Fraction(1, 5), seed=seed))["ana"])
        for seed in range(5)
    }
    assert len(draws) == 5


@given(IDS, SHARES, SEEDS)
def test_a_share_of_what_is_finished_is_drawn_at_least_one(
    ids: set[str], share: Fraction, seed: int
) -> None:
    (drawn,) = draw_again({"ana": ids}, share=share, seed=seed).values()
    assert set(drawn) <= ids
    assert len(drawn) == ceil(len(ids) * share)
    assert bool(drawn) is bool(ids and share)


def test_shares_are_read_exactly() -> None:
    assert parse_share("0.1") * 30 == 3
    assert parse_share("1/5") == Fraction(1, 5)
    for wrong in ("", "2", "-0.1", "a fifth", "1/0", "nan", "inf"):
        with pytest.raises(UsageError):
            parse_share(wrong)


@given(st.text(max_size=8).filter(lambda name: not is_again(name)))
def test_a_second_pass_has_a_name_of_its_own_and_the_same_person(name: str) -> None:
    again = name_again(name)
    assert name_person(name) == name
    if name:
        assert again != name
        assert name_person(again) == name
        assert name_again(again) == again


def test_names_are_read_each_once() -> None:
    assert parse_names(" ana, ben,ana,") == ("ana", "ben")
    for wrong in ("", " , ", "ana (again)"):
        with pytest.raises(UsageError):
            parse_names(wrong)


@pytest.fixture
def documents(library: Library) -> list[Document]:
    return [put(library, article(3, title=f"Title {number}")) for number in range(4)]


EVERYTHING = Deal()


def count_events(library: Library, documents: list[Document]) -> int:
    return sum(
        event.kind is EventKind.ASSIGN
        for document in documents
        for event in library.store.read_events(document.id)
    )


def test_the_same_twice_changes_nothing(library: Library, documents: list[Document]) -> None:
    first = assign(library, documents, ("ana", "ben"), deal=EVERYTHING)
    assert (len(first.given), first.kept, first.newcomers) == (8, (), ("ben",))
    again = assign(library, documents, ("ben", "ana"), deal=EVERYTHING)
    assert (again.given, len(again.kept), again.newcomers) == ((), 8, ())
    assert count_events(library, documents) == 8


def test_what_is_taken_away_is_gone_and_can_come_back(
    library: Library, documents: list[Document]
) -> None:
    assign(library, documents, ("ana", "ben"), deal=EVERYTHING)
    gone = withdraw(library, documents[:1], ("ben",))
    assert gone.withdrawn == (Assignment(documents[0].id, "ben"),)
    assert Assignment(documents[0].id, "ben") not in library.store.list_assignments()
    assert withdraw(library, documents[:1], ("ben",)).withdrawn == ()
    assign(library, documents, ("ben",), deal=EVERYTHING)
    assert Assignment(documents[0].id, "ben") in library.store.list_assignments()


def label_all(library: Library, document: Document, *, again: bool = False) -> None:
    session = library.open(document, again=again)
    for index in range(document.sentence_count):
        session.annotate(index, "claim")


def test_only_what_is_finished_comes_again_and_blind(
    library: Library, documents: list[Document]
) -> None:
    label_all(library, documents[1])
    library.open(documents[2]).annotate(0, "claim")
    found = assign_again(library, documents, ("ana", "ben"), share=Fraction(1, 10), seed=0)
    assert found.given == (Assignment(documents[1].id, "ana", again=True),)
    session = library.open(documents[1], again=True)
    assert session.reviewer == "ana (again)"
    assert all(place.annotation is None for place in session.read_places(0, count=3))
    session.annotate(0, "denial")
    assert see_others(session, 0) == [], "the first label is no other's"
    first = library.open(documents[1]).read_place(0).annotation
    assert first is not None
    assert first.label == "claim"


def test_a_document_to_be_labelled_again_is_a_row_of_its_own(
    library: Library, documents: list[Document]
) -> None:
    label_all(library, documents[1])
    make_library(library.store, "ben").open(documents[1]).annotate(0, "claim")
    assign_again(library, documents, ("ana",), share=Fraction(1), seed=0)
    library.open(documents[1], again=True).annotate(0, "denial")
    rows = [row for row in list_shelf(library) if row.document == documents[1]]
    assert [(row.again, row.is_mine, row.labelled_by_me) for row in rows] == [
        (False, False, 3),
        (True, True, 1),
    ]
    assert len({row.key for row in rows}) == 2
    assert [one.reviewer for one in rows[0].colleagues] == ["ben"]


def test_without_an_assignment_the_shelf_is_the_list_of_documents(
    library: Library, documents: list[Document]
) -> None:
    del documents
    assert list_shelf(library) == library.list_documents()


def test_those_who_have_not_begun_are_colleagues_too(
    library: Library, documents: list[Document]
) -> None:
    assign(library, documents[:1], ("ana", "ben"), deal=EVERYTHING)
    (row,) = [row for row in list_shelf(library) if row.is_mine]
    assert [(one.reviewer, one.labelled, one.is_assigned) for one in row.colleagues] == [
        ("ben", 0, True)
    ]
