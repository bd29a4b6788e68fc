"""Rows there and back; and each column of a row that is not what it must be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotator.errors import StoreError
from annotator.model.adjudication import Adjudication
from annotator.model.annotation import Annotation
from annotator.model.document import Document, Found, Place, Sentence, Shelved
from annotator.model.event import Effort, EventKind, Rule
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion
from annotator.store import rows
from tests.builders import event

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DOCUMENT = Document(
    id="d" * 16,
    title="The harbour",
    source="harbour.txt",
    author="Zoë",
    published="2026",
    language="en",
    sha256="s",
    imported_at="2026-11-23T12:00:00Z",
    replaces="e" * 16,
    sentence_count=5,
    deleted=True,
)
ANNOTATION = Annotation(
    span=Span(3, 9),
    reviewer="ana",
    label="claim",
    speaker="the mayor",
    note="why",
    unsure=True,
    denies=(Span(0, 2), Span(10, 14)),
    created_at="2026-11-23T12:00:00Z",
    updated_at="2026-11-23T12:05:00Z",
)
EVENT = replace(
    event(EventKind.LABEL, "claim", number=7, span=Span(3, 9), target=2), spent_ms=40, counter=9
)
SUGGESTION = Suggestion(
    Span(3, 9), "model 1", "claim", "the mayor", (Span(0, 2), Span(10, 14)), "2026-11-23T12:00:00Z"
)
ADJUDICATION = Adjudication(
    Span(3, 9), "lea", "claim", "why", Rule.MAJORITY, "2026-11-23T12:00:00Z"
)
SENTENCE_ROW = (2, 1, 3, 9, "harbour")
DOCUMENT_ROW = rows.write_document(DOCUMENT, "text")[:-1]
ANNOTATION_ROW = (*rows.write_annotation("d", ANNOTATION)[1:], "0,2 10,14")
EVENT_ROW = rows.write_event(EVENT)
SUGGESTION_ROW = rows.write_suggestion("d", SUGGESTION)[1:]
ADJUDICATION_ROW = rows.write_adjudication("d", ADJUDICATION)[1:]


# -- there and back


def test_a_document_comes_back_whole() -> None:
    assert rows.write_document(DOCUMENT, "text")[-1] == "text"
    assert rows.read_document(DOCUMENT_ROW) == DOCUMENT
    bare = replace(DOCUMENT, source=None, author=None, published=None, replaces=None, deleted=False)
    assert rows.read_document(rows.write_document(bare, "text")[:-1]) == bare


def test_an_annotation_comes_back_whole() -> None:
    assert rows.write_annotation("d", ANNOTATION)[0] == "d"
    assert rows.read_annotation(ANNOTATION_ROW) == ANNOTATION
    bare = replace(ANNOTATION, label=None, speaker=None, note=None, unsure=False, denies=())
    for nothing in (None, ""):
        assert rows.read_annotation((*rows.write_annotation("d", bare)[1:], nothing)) == bare


def test_an_event_comes_back_whole() -> None:
    assert rows.read_event(EVENT_ROW) == EVENT
    bare = replace(EVENT, span=None, document_id=None, target=None, value=None)
    assert rows.read_event(rows.write_event(bare)) == bare


def test_a_suggestion_comes_back_whole() -> None:
    assert rows.write_suggestion("d", SUGGESTION)[0] == "d"
    assert rows.read_suggestion(SUGGESTION_ROW) == SUGGESTION
    bare = replace(SUGGESTION, label=None, speaker=None, denies=())
    assert rows.read_suggestion(rows.write_suggestion("d", bare)[1:]) == bare


def test_an_adjudication_comes_back_whole() -> None:
    assert rows.write_adjudication("d", ADJUDICATION)[0] == "d"
    assert rows.read_adjudication(ADJUDICATION_ROW) == ADJUDICATION
    for rule in (Rule.UNANIMOUS, None):
        bare = replace(ADJUDICATION, note=None, rule=rule)
        assert rows.read_adjudication(rows.write_adjudication("d", bare)[1:]) == bare


def test_a_place_is_a_sentence_with_or_without_an_annotation() -> None:
    sentence = Sentence(2, 1, Span(3, 9), "harbour")
    assert rows.read_sentence(SENTENCE_ROW) == sentence
    assert rows.read_place((*SENTENCE_ROW, *[None] * 10)) == Place(sentence, None)
    assert rows.read_place((*SENTENCE_ROW, *ANNOTATION_ROW)) == Place(sentence, ANNOTATION)


@pytest.mark.parametrize(
    ("others", "changed_at", "names", "changed"),
    [
        ("ben\ncem", "2026-11-23T12:00:00Z", ("ben", "cem"), "2026-11-23T12:00:00Z"),
        ("ben", None, ("ben",), ""),
        (None, None, (), ""),
    ],
)
def test_a_shelved_document_is_itself_and_four_columns(
    others: str | None, changed_at: str | None, names: tuple[str, ...], changed: str
) -> None:
    row = (*DOCUMENT_ROW, 2, 3, others, changed_at)
    assert rows.read_shelved(row) == Shelved(DOCUMENT, 2, 3, names, changed)


def test_small_rows_are_what_stands_in_them() -> None:
    assert rows.read_found((*DOCUMENT_ROW, 4, "text")) == Found(DOCUMENT, 4, "text")
    assert rows.read_count(("d", "ana", None, 2)) == ("d", "ana", None, 2)
    assert rows.read_count(("d", "ana", "claim", 2)) == ("d", "ana", "claim", 2)
    assert rows.read_effort(("d", "ana", "now", 7)) == Effort("d", "ana", "now", 7)
    assert rows.read_given((3, "ana", "claim")) == (3, "ana", "claim")
    assert rows.read_tie((3, "ana", 9)) == (3, "ana", 9)


# -- columns of another type

SHAPES: dict[str, tuple[str, Callable[[Sequence[object]], object], tuple[object, ...]]] = {
    "document": ("document", rows.read_document, DOCUMENT_ROW),
    "shelved": ("document", rows.read_shelved, (*DOCUMENT_ROW, 2, 3, "ben", "now")),
    "found": ("sentence", rows.read_found, (*DOCUMENT_ROW, 4, "text")),
    "count": ("annotation", rows.read_count, ("d", "ana", "claim", 2)),
    "effort": ("event", rows.read_effort, ("d", "ana", "now", 7)),
    "sentence": ("sentence", rows.read_sentence, SENTENCE_ROW),
    "annotation": ("annotation", rows.read_annotation, ANNOTATION_ROW),
    "event": ("event", rows.read_event, EVENT_ROW),
    "suggestion": ("suggestion", rows.read_suggestion, SUGGESTION_ROW),
    "adjudication": ("adjudication", rows.read_adjudication, ADJUDICATION_ROW),
    "given": ("annotation", rows.read_given, (3, "ana", "claim")),
    "tie": ("link", rows.read_tie, (3, "ana", 9)),
}
COLUMNS = [(name, at) for name, (_, _, row) in SHAPES.items() for at in range(len(row))]


@pytest.mark.parametrize(("name", "at"), COLUMNS)
def test_no_column_may_hold_bytes(name: str, at: int) -> None:
    table, read, row = SHAPES[name]
    # Of a document that is part of a row, the row of the document is the one that is damaged.
    table = "document" if at < len(DOCUMENT_ROW) < len(row) and name != "event" else table
    damaged = [*row[:at], b"\xff", *row[at + 1 :]]
    with pytest.raises(StoreError) as refused:
        read(damaged)
    assert str(refused.value) == (
        f"A row of the table for {table}s is damaged (it begins {str(damaged[0])[:40]!a});"
        " run 'annotator verify' to see how far."
    )


def test_a_rule_that_there_is_not_is_damage() -> None:
    damaged = [*ADJUDICATION_ROW]
    damaged[damaged.index("majority")] = "by lot"
    with pytest.raises(StoreError, match="the table for adjudications is damaged"):
        rows.read_adjudication(damaged)


def test_an_event_of_an_unknown_kind_is_named_with_all_that_are_known() -> None:
    damaged = ["guess" if cell == "label" else cell for cell in EVENT_ROW]
    with pytest.raises(StoreError) as refused:
        rows.read_event(damaged)
    assert str(refused.value) == (
        f"The event {EVENT.id} is of the unknown kind 'guess'; known are {', '.join(EventKind)}."
    )
