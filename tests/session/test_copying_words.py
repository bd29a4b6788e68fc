"""What a copy says of itself: how far it is, what it refuses, and where it is not the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator.errors import StoreError
from annotator.session.copying import _compare, check_empty, copy
from annotator.session.merging import read_foreign
from annotator.session.verification import Proof
from annotator.store.memory import MemoryStore
from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from annotator.store.base import Store


def fill(store: Store, *titles: str) -> None:
    library = make_library(store)
    for title in titles:
        put(library, article(2, title=title))


@pytest.mark.parametrize(
    ("documents", "events", "holds"),
    [
        (1, 1, "1 document and 1 event"),
        (0, 1, "0 documents and 1 event"),
        (1, 0, "1 document and 0 events"),
        (2, 1001, "2 documents and 1,001 events"),
    ],
)
def test_a_target_that_is_not_empty_is_named_with_what_it_holds(
    monkeypatch: pytest.MonkeyPatch, documents: int, events: int, holds: str
) -> None:
    store = MemoryStore()
    monkeypatch.setattr(store, "count_rows", lambda: {"documents": documents, "events": events})
    with pytest.raises(StoreError) as refused:
        check_empty(store)
    assert str(refused.value) == (
        f"{store.location} is not empty: it holds {holds}. Copy into a new database, or bring both"
        " together with 'annotator merge'."
    )


def test_an_empty_target_is_not_refused() -> None:
    check_empty(MemoryStore())


def test_how_far_a_copy_is_counts_reading_and_writing_as_halves() -> None:
    source, told = MemoryStore(), list[tuple[int, int]]()
    fill(source, "One", "Two", "Three")
    list(copy(source, MemoryStore(), report=lambda done, of: told.append((done, of))))
    assert told == [(number, 6) for number in range(1, 7)]


@pytest.mark.parametrize(
    ("titles", "documents", "events"),
    [(("One",), "1 document", "1 events"), (("One", "Two"), "2 documents", "2 events")],
)
def test_a_copy_is_proved_in_these_words(
    titles: tuple[str, ...], documents: str, events: str
) -> None:
    source = MemoryStore()
    fill(source, *titles)
    assert list(copy(source, MemoryStore())) == [
        Proof("documents", documents, ()),
        Proof("history", events, ()),
        Proof("integrity", "the file", ()),
        Proof("hashes", documents, ()),
        Proof("offsets", documents, ()),
        Proof("replay", documents, ()),
    ]


def test_a_document_that_the_copy_lacks_and_events_that_differ_are_told() -> None:
    source, target = MemoryStore(), MemoryStore()
    fill(source, "One", "Two")
    fill(target, "One")
    events = list(source.read_log())
    documents, history = _compare(read_foreign(source), target)
    assert documents == Proof("documents", "1 document", ("the copy has 1, not 2",))
    assert history == Proof(
        "history", "1 events", (f"the event {events[1].id} is another or not there",)
    )


def test_an_event_that_the_copy_has_and_the_source_lacks_is_told() -> None:
    source, target = MemoryStore(), MemoryStore()
    fill(source, "One")
    fill(target, "One", "Two")
    events = list(target.read_log())
    *_, history = _compare_log(source, target)
    assert history == Proof(
        "history", "2 events", (f"the event {events[1].id} is another or not there",)
    )


def _compare_log(source: MemoryStore, target: MemoryStore) -> list[Proof]:
    """The proofs as if the source had the texts of the target."""
    foreign = read_foreign(source)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "read_text", target.read_text)
        return list(_compare(foreign, target))


def test_a_text_that_is_another_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = MemoryStore(), MemoryStore()
    fill(source, "One")
    list(copy(source, target))
    foreign = read_foreign(source)
    monkeypatch.setattr(target, "read_text", lambda _id: "another")
    (id_,) = foreign.documents
    documents, history = _compare(foreign, target)
    assert documents == Proof("documents", "1 document", (f"{id_}: its text is another",))
    assert history.holds
