"""The numbers of sentences after splits and joins: every question answers with the same ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator.model.sieve import Sieve
from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from annotator.session import Session
    from annotator.store.base import Store

LABELS = ("claim", "denial", None, "background", "claim", None, "denial", "claim", None)


@pytest.fixture
def session(store: Store) -> Session:
    """Eight sentences, of which the second was split in three and the fifth and sixth were joined;
    then each has a label of `LABELS`.
    """
    library = make_library(store)
    session = library.open(put(library, article(8)))
    session.split(1, len("The harbour, "))
    session.split(2, len("part "))
    session.join(6)
    for index, label in enumerate(LABELS):
        if label is not None:
            session.annotate(index, label)
    return session


def where(label: str | None) -> list[int]:
    return [index for index, given in enumerate(LABELS) if given == label]


def test_sentences_are_numbered_from_the_first_on(session: Session) -> None:
    store, id_ = session.store, session.document.id
    sentences = list(store.read_sentences(id_))
    assert [one.index for one in sentences] == list(range(9))
    assert [one.text for one in sentences[1:4]] == ["The harbour,", "part", "2 of it."]
    places = store.read_places(id_, reviewer="ana", first=0, count=99)
    assert [place.sentence for place in places] == sentences
    assert [place.annotation and place.annotation.label for place in places] == list(LABELS)
    assert store.count_rows()["sentences"] == 9
    assert store.find_documents(id_, limit=1)[0].sentence_count == 9
    for one in sentences:
        assert store.read_places(id_, reviewer="ana", first=one.index, count=1) == [
            places[one.index]
        ]
        assert store.find_index(id_, start=one.span.start) == one.index
    starts = [one.span.start for one in sentences]
    assert store.find_stretches(id_, starts=starts) == [(one.index, one.span) for one in sentences]
    assert store.read_these(id_, reviewer="ana", indexes=[8, 3, 4, 0]) == [
        places[index] for index in (8, 3, 4, 0)
    ]


@pytest.mark.parametrize("label", ["claim", "denial", "background"])
def test_sieves_and_the_nearest_labels_count_alike(session: Session, label: str) -> None:
    store, id_ = session.store, session.document.id
    sieve = Sieve("", labels=(label,))
    assert store.find_matching(id_, reviewer="ana", sieve=sieve) == where(label)
    assert store.count_matching(id_, reviewer="ana", sieve=sieve) == len(where(label))
    for around in range(9):
        places = store.find_labelled(
            id_, reviewer="ana", labels=[label], around=around, before=1, after=2
        )
        before = [index for index in where(label) if index < around][-1:]
        after = [index for index in where(label) if index > around][:2]
        assert [place.sentence.index for place in places] == [*before, *after]


def test_what_is_open_counts_alike(session: Session) -> None:
    store, id_ = session.store, session.document.id
    sieve = Sieve("", unlabelled=True)
    assert store.find_matching(id_, reviewer="ana", sieve=sieve) == where(None)
    for start in range(9):
        ahead = [index for index in where(None) if index >= start]
        behind = [index for index in where(None) if index <= start]
        assert store.find_open(id_, reviewer="ana", start=start) == next(iter(ahead), None)
        assert store.find_open(id_, reviewer="ana", start=start, backwards=True) == next(
            iter(behind[::-1]), None
        )


def test_links_and_what_was_found_count_alike(session: Session) -> None:
    session.link(6, [0, 7])
    places = session.read_places(0, count=9)
    assert [link.index for link in places[6].denies] == [0, 7]
    assert [place.denied_by for place in places] == [(6,), *[()] * 6, (6,), ()]
    assert [hit.index for hit in session.store.search("part 8", limit=9)] == [8]
    assert session.store.find_last_act(session.document.id, reviewer="ana") == 6


def test_taking_it_all_back_brings_the_first_numbers_back(session: Session) -> None:
    store, id_ = session.store, session.document.id
    for _ in range(len(LABELS) - LABELS.count(None) + 3):
        session.undo()
    sentences = list(store.read_sentences(id_))
    assert [one.index for one in sentences] == list(range(8))
    assert [one.text for one in sentences] == article(8).text.splitlines()
    assert list(store.read_annotations(id_)) == []
    assert store.find_matching(id_, reviewer="ana", sieve=Sieve("", unlabelled=True)) == list(
        range(8)
    )
