"""What every store answers about links, filters, speakers, searches and schemes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.model.document import Article, Link
from annotator.model.event import EventKind
from annotator.model.scheme import FACT_CHECK
from annotator.model.sieve import Sieve
from annotator.session.importing import add_article
from tests.builders import article, draft, make_library, put

if TYPE_CHECKING:
    from annotator.session import Session
    from annotator.store.base import Store


@pytest.fixture
def session(store: Store) -> Session:
    """Six sentences: claim, claim unsure, nothing, denial of the first, denial, background."""
    library = make_library(store)
    session = library.open(put(library, article(6)))
    session.annotate(0, "claim")
    session.annotate(1, "claim")
    session.flag_unsure(1, unsure=True)
    session.deny(3, "denial", [0])
    session.annotate(4, "denial")
    session.note(4, "of what?")
    session.annotate(5, "background")
    other = make_library(store, "ben").open(session.document)
    other.annotate(2, "claim")
    other.name_speaker(2, "Ben's own")
    return session


def test_links_stand_at_both_ends(session: Session) -> None:
    places = session.read_places(0, count=9)
    assert [place.denies for place in places] == [(), (), (), (Link(0, "claim"),), (), ()]
    assert [place.denied_by for place in places] == [(3,), (), (), (), (), ()]
    session.clear(0)
    assert session.read_place(3).denies == (Link(0, None),)


@pytest.mark.parametrize(
    ("sieve", "found"),
    [
        (Sieve("claim", labels=("claim",)), [0, 1]),
        (Sieve("claims and denials", labels=("denial", "claim")), [0, 1, 3, 4]),
        (Sieve("unlabelled", unlabelled=True), [2]),
        (Sieve("unsure", unsure=True), [1]),
        (Sieve("has a note", noted=True), [4]),
        (Sieve("denial without a claim", unlinked=("denial",)), [4]),
        (Sieve("claims nobody denies", undenied=("claim",)), [1]),
    ],
    ids=lambda value: value.name if isinstance(value, Sieve) else "",
)
def test_a_sieve_lets_through_what_this_reviewer_said(
    session: Session, sieve: Sieve, found: list[int]
) -> None:
    store, id_ = session.store, session.document.id
    assert store.find_matching(id_, reviewer="ana", sieve=sieve) == found
    assert store.count_matching(id_, reviewer="ana", sieve=sieve) == len(found)


def test_these_sentences_come_in_the_order_in_which_they_were_asked_for(session: Session) -> None:
    places = session.read_these([4, 0, 1, 5, 99])
    assert [place.sentence.index for place in places] == [4, 0, 1, 5]
    assert places == [session.read_place(index) for index in (4, 0, 1, 5)]


def test_labelled_sentences_come_nearest_first_and_earlier_ones_before_later(
    session: Session,
) -> None:
    def find(around: int, before: int = 9, after: int = 9) -> list[int]:
        places = session.store.find_labelled(
            session.document.id,
            reviewer="ana",
            labels=["claim", "denial"],
            around=around,
            before=before,
            after=after,
        )
        assert places == [session.read_place(place.sentence.index) for place in places]
        return [place.sentence.index for place in places]

    assert find(3) == [1, 0, 4]
    assert find(5) == [4, 3, 1, 0]
    assert find(5, before=2) == [4, 3]
    assert find(0, after=1) == [1]


def test_speakers_come_most_used_first_and_are_this_reviewers(session: Session) -> None:
    for index, name in ((0, "the mayor"), (1, "a diplomat"), (3, "the mayor")):
        session.name_speaker(index, name)
    speakers = session.store.list_speakers(session.document.id, reviewer="ana")
    assert speakers == ["the mayor", "a diplomat"]


def test_the_library_says_who_else_has_labelled_and_when_something_changed(
    session: Session, store: Store
) -> None:
    newest = list(store.read_events(session.document.id))[-1].time
    (shelved,) = store.list_documents("ana")
    assert (shelved.others, shelved.changed_at) == (("ben",), newest)
    assert shelved.labelled_by_me == 5
    (shelved,) = store.list_documents("ben")
    assert shelved.others == ("ana",)


def test_a_search_finds_all_words_the_last_as_a_beginning(store: Store) -> None:
    library = make_library(store)
    texts = {
        "Gas": "The inquiry named two squadrons.\nThe Mayor's café denied it.",
        "Sea": "A squadron of gulls.\n調査団は化学兵器を確認した。",
        "Gone": "Two squadrons more.",
    }
    documents = {
        title: add_article(library, Article(text=text, title=title)).document
        for title, text in texts.items()
    }
    library.delete(documents["Gone"])

    def find(words: str) -> list[tuple[str, int]]:
        return sorted(
            (found.document.title, found.index) for found in library.search(words, limit=9)
        )

    assert find("squadron") == [("Gas", 0), ("Sea", 0)]
    assert find("SQUADRONS two") == [("Gas", 0)]
    assert find("squadron two") == []
    assert find("two squad") == [("Gas", 0)]
    assert find("cafe") == [("Gas", 1)]
    assert find("mayor") == [("Gas", 1)]
    assert find("化学兵器") == [("Sea", 1)]
    assert find("") == find(' "* ') == find("nowhere") == []
    assert len(library.search("squadron", limit=1)) == 1
    found = library.search("gulls", limit=1)[0]
    assert (found.document, found.text) == (documents["Sea"], "A squadron of gulls.")


def test_a_deleted_document_hides_nothing_however_often_it_holds_the_words(store: Store) -> None:
    library = make_library(store)
    library.delete(put(library, article(2500, title="The old harbour")))
    document = put(library, article(3))
    found = library.search("harbour", limit=9)
    assert [(hit.document.id, hit.index) for hit in found] == [
        (document.id, index) for index in range(3)
    ]


@given(st.text(max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_words_and_no_query_language(store: Store, words: str) -> None:
    store.search(words.encode("utf-8", "replace").decode(), limit=3)


def test_a_search_follows_splits_and_joins(session: Session) -> None:
    session.split(0, len("The harbour, "))
    found = session.store.search("part 1 of", limit=9)
    assert [(hit.index, hit.text) for hit in found] == [(1, "part 1 of it.")]
    assert session.store.count_rows()["sentences"] == 7
    session.undo()
    (hit,) = session.store.search("part 1 of", limit=9)
    assert (hit.index, hit.text) == (0, "The harbour, part 1 of it.")


def test_the_scheme_set_last_is_in_force(store: Store) -> None:
    assert store.read_scheme() is None
    other = replace(FACT_CHECK, name="other")
    for number, scheme in enumerate((FACT_CHECK, other), 1):
        event = replace(draft(EventKind.SCHEME, scheme, number=number), document_id=None)
        store.transact(lambda event=event: store.append([event]))  # type: ignore[misc]
    assert store.read_scheme() == other


def test_given_labels_are_counted_over_everybody_and_everything(
    session: Session, store: Store
) -> None:
    assert store.count_given_labels() == {"background": 1, "claim": 3, "denial": 2}
    make_library(store, "cem").delete(session.document)
    assert store.count_given_labels() == {"background": 1, "claim": 3, "denial": 2}


def test_efforts_are_the_labels_given_and_what_they_took(session: Session) -> None:
    session.clear(0)
    efforts = list(session.store.read_efforts(session.document.id))
    assert [effort.reviewer for effort in efforts] == ["ana"] * 5 + ["ben"]
    assert all(effort.spent_ms > 0 for effort in efforts)
    assert list(session.store.read_efforts()) == efforts
    assert list(session.store.read_efforts("0" * 16)) == []


def test_having_seen_others_labels_is_no_work(session: Session, store: Store) -> None:
    span = session.read_place(0).sentence.span
    changed = store.list_documents("ana")[0].changed_at
    seen = draft(
        EventKind.SEEN, number=999, span=span, reviewer="ana", document_id=session.document.id
    )
    store.transact(lambda: store.append([seen]))
    assert store.find_last_act(session.document.id, reviewer="ana") == 5
    assert store.list_documents("ana")[0].changed_at == changed
    assert session.undo().index == 5
