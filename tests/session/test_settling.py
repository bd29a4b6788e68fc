"""What a file says that leads have settled, put into the log."""

from __future__ import annotations

from dataclasses import replace

from annotator.model.adjudication import Adjudication
from annotator.model.event import EventKind, Rule, Settled
from annotator.session.settling import add_settled
from annotator.store.memory import MemoryStore
from tests.builders import article, make_library, put

THEN, LATER = "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"


def test_settlements_come_in_once_with_their_time_and_under_an_id_of_their_own() -> None:
    library = make_library(MemoryStore(), "ana")
    document = put(library, article())
    spans = [sentence.span for sentence in library.store.read_sentences(document.id)]
    settled = [
        Adjudication(spans[0], "lea", "claim", "as he says", None, THEN),
        Adjudication(spans[1], "lea", "denial", None, Rule.MAJORITY, THEN),
        Adjudication(spans[2], "max", "claim", None, Rule.UNANIMOUS, LATER),
    ]
    assert add_settled(library, document.id, settled) == 3
    assert list(library.store.read_adjudications(document.id)) == settled
    events = [one for one in library.store.read_log() if one.kind is EventKind.SETTLE]
    assert [one.value for one in events] == [
        Settled("claim", "as he says", None),
        Settled("denial", None, Rule.MAJORITY),
        Settled("claim", None, Rule.UNANIMOUS),
    ]
    assert [(one.reviewer, one.time, one.spent_ms) for one in events] == [
        ("lea", THEN, 0),
        ("lea", THEN, 0),
        ("max", LATER, 0),
    ]
    # One step a reviewer: what one word takes back.
    assert [one.step for one in events] == [events[0].id, events[0].id, events[2].id]
    assert {one.document_id for one in events} == {document.id}
    assert {one.guideline for one in events} == {library.drafting.guideline}
    assert add_settled(library, document.id, settled) == 0
    elsewhere = make_library(MemoryStore(), "ben")
    put(elsewhere, article())
    assert add_settled(elsewhere, document.id, settled) == 3
    there = [one.id for one in elsewhere.store.read_log() if one.kind is EventKind.SETTLE]
    assert there == [one.id for one in events]


def test_what_was_settled_here_at_that_time_or_later_stays_and_an_older_word_gives_way() -> None:
    library = make_library(MemoryStore(), "ana")
    document = put(library, article())
    span = next(iter(library.store.read_sentences(document.id))).span
    here = Adjudication(span, "lea", "claim", None, None, LATER)
    assert add_settled(library, document.id, [here]) == 1
    other = replace(here, label="denial", reviewer="max")
    assert add_settled(library, document.id, [replace(other, created_at=THEN), other]) == 0
    assert list(library.store.read_adjudications(document.id)) == [here]
    newer = replace(other, created_at="2026-01-03T00:00:00Z")
    assert add_settled(library, document.id, [newer]) == 1
    assert list(library.store.read_adjudications(document.id)) == [newer]


def test_two_words_at_one_time_that_differ_are_two_events() -> None:
    ids = set()
    for label, note in (("claim", None), ("denial", None), ("claim", "why")):
        library = make_library(MemoryStore(), "ana")
        document = put(library, article())
        span = next(iter(library.store.read_sentences(document.id))).span
        add_settled(library, document.id, [Adjudication(span, "lea", label, note, None, THEN)])
        ids |= {one.id for one in library.store.read_log() if one.kind is EventKind.SETTLE}
    assert len(ids) == 3
