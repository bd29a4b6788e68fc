"""What every store refuses, word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator.errors import NotSavedError, StoreError
from annotator.model.event import EventKind
from annotator.model.span import Span
from annotator.store.memory import MemoryStore
from annotator.store.version import SCHEMA_VERSION
from tests.builders import article, draft, shelve

if TYPE_CHECKING:
    from annotator.store.base import Store
    from tests.store.desk import Desk

MISSING = "0" * 16
NOT_SAVED = "The last change was not saved."


def test_a_store_in_memory_says_what_it_is() -> None:
    store = MemoryStore()
    assert (store.location, store.engine, store.version) == ("memory", "memory", SCHEMA_VERSION)
    assert store.read_generation() == 0
    assert store.check_integrity() == []


def test_the_text_of_a_document_that_is_not_here_is_told(store: Store) -> None:
    with pytest.raises(StoreError) as caught:
        store.read_text(MISSING)
    assert str(caught.value) == f"The text of document {MISSING} is not in {store.location}."


def test_what_fails_inside_a_transaction_is_told_as_not_saved(desk: Desk) -> None:
    with pytest.raises(NotSavedError) as caught:
        desk.store.transact(lambda: desk.store.read_text(MISSING))
    assert isinstance(caught.value.__cause__, StoreError)
    assert str(caught.value) == (
        f"{NOT_SAVED} The text of document {MISSING} is not in {desk.store.location}."
    )


def test_a_store_in_memory_says_why_it_takes_nothing_twice() -> None:
    store = MemoryStore()
    document, _ = shelve(store, article())
    with pytest.raises(NotSavedError) as caught:
        shelve(store, article())
    assert str(caught.value) == f"{NOT_SAVED} The document {document.id} is here already."
    made = draft(EventKind.LABEL, "claim", number=1, span=Span(0, 5), document_id=document.id)
    store.transact(lambda: store.append([made]))
    with pytest.raises(NotSavedError) as caught:
        store.transact(lambda: store.append([made]))
    assert str(caught.value) == f"{NOT_SAVED} An event of this id is in the log already."
    stray = draft(EventKind.LABEL, "claim", number=2, span=Span(0, 5))
    with pytest.raises(NotSavedError) as caught:
        store.transact(lambda: store.append([stray]))
    assert str(caught.value) == f"{NOT_SAVED} The text of document {'d' * 16} is not in memory."


def test_of_a_document_that_is_not_here_there_is_nothing(desk: Desk) -> None:
    store = desk.store
    desk.label(0, "claim")
    assert list(store.read_sentences(MISSING)) == []
    assert list(store.read_annotations(MISSING)) == []
    assert list(store.read_annotations(MISSING, reviewer="ana")) == []
    assert list(store.read_events(MISSING)) == []
    assert list(store.read_events(MISSING, touching=Span(0, 9))) == []
    assert list(store.read_suggestions(MISSING)) == []
    assert list(store.read_adjudications(MISSING)) == []
    assert list(store.read_given_labels(MISSING)) == []
    assert store.find_documents(MISSING, limit=9) == []
    assert store.find_disputed(MISSING) == []
    assert store.find_stretches(MISSING, starts=[0]) == []
    assert store.find_last_act(MISSING, reviewer="ana") is None
    assert store.list_speakers(MISSING, reviewer="ana") == []
    assert store.count_labels(MISSING, reviewer="ana") == {}
    assert store.read_places(MISSING, reviewer="ana", first=0, count=9) == []


def test_what_a_transaction_gives_back_is_what_the_work_gave(desk: Desk) -> None:
    assert desk.store.transact(lambda: ("a", 1)) == ("a", 1)


def test_events_of_a_step_come_oldest_first_with_the_one_that_names_it(desk: Desk) -> None:
    first = desk.append(desk.draft(EventKind.LABEL, "claim", index=0))[0]
    more = [
        desk.append(desk.draft(EventKind.NOTE, "why", index=1, step=1))[0],
        desk.append(desk.draft(EventKind.NOTE, "so", index=2, step=1, reviewer="ben"))[0],
    ]
    desk.label(3, "claim")
    assert desk.store.read_step(first.step) == [first, *more]


def test_known_events_are_those_that_are_in_the_log(desk: Desk) -> None:
    ids = [desk.label(index, "claim").id for index in range(3)]
    assert desk.store.list_known([ids[0], "nothing", ids[2], ids[0]]) == {ids[0], ids[2]}
    assert desk.store.list_known([]) == set()
    assert desk.store.list_known(['it\'s "one"']) == set()
