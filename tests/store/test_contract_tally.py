"""What every store counts of all documents at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model.tally import Tally
from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from annotator.store.base import Store


def test_a_tally_for_each_document_and_reviewer_that_said_anything(store: Store) -> None:
    ana, ben = make_library(store, "ana"), make_library(store, "ben")
    documents = [put(ana, article(4, title=title)) for title in ("A", "B", "C")]
    first = ana.open(documents[0])
    for index, label in enumerate(["claim", "denial", "claim"]):
        first.annotate(index, label)
    first.flag_unsure(0, unsure=True)
    first.flag_unsure(3, unsure=True)
    ben.open(documents[0]).note(2, "only a note")
    ben.open(documents[1]).annotate(0, "background")
    ben.open(documents[1]).clear(0)
    ben.open(documents[2]).annotate(1, "claim")
    ana.delete(documents[2])
    expected = [
        Tally(documents[0].id, "ana", {"claim": 2, "denial": 1}, 2),
        Tally(documents[0].id, "ben", {}, 0),
        Tally(documents[2].id, "ben", {"claim": 1}, 0),
    ]
    assert list(store.tally()) == sorted(expected, key=lambda tally: tally.document_id)
    for document in documents:
        alone = [tally for tally in expected if tally.document_id == document.id]
        assert list(store.tally(document.id)) == alone
    assert list(store.tally("none")) == []
    counted = {(one.document_id, one.reviewer): sum(one.labels.values()) for one in expected}
    assert store.count_labelled() == {key: count for key, count in counted.items() if count}


def test_an_empty_store_tallies_nothing(store: Store) -> None:
    assert list(store.tally()) == []
    assert store.count_labelled() == {}


def test_efforts_of_one_document_and_of_one_reviewer(store: Store) -> None:
    for who, count in (("ana", 2), ("ben", 3)):
        library = make_library(store, who)
        for title in ("A", "B"):
            session = library.open(put(library, article(4, title=title)))
            for index in range(count):
                session.annotate(index, "claim")
            session.clear(0)
            session.note(1, "no label")
    documents = store.find_documents("", limit=9)
    assert len(list(store.read_efforts())) == 10
    assert [effort.reviewer for effort in store.read_efforts(documents[0].id)] == (
        ["ana"] * 2 + ["ben"] * 3
    )
    assert len(list(store.read_efforts(reviewer="ben"))) == 6
    assert len(list(store.read_efforts(documents[1].id, reviewer="ana"))) == 2
    assert list(store.read_efforts("none", reviewer="ana")) == []
