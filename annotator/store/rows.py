"""From rows to values and back; a row that is not what it must be is an error, not a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from annotator.errors import StoreError
from annotator.model.adjudication import Adjudication
from annotator.model.annotation import Annotation
from annotator.model.document import Document, Found, Place, Sentence, Shelved
from annotator.model.event import Effort, Event, EventKind, Rule
from annotator.model.event_value import read_value, write_value
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell: TypeAlias = str | int | None

_KINDS: Final = {kind.value: kind for kind in EventKind}


def read_document(row: Sequence[object]) -> Document:
    """From `DOCUMENT_COLUMNS`."""
    # Asked of every document of a library, where patterns would take four times as long.
    (
        id_,
        title,
        source,
        author,
        published,
        language,
        sha256,
        imported_at,
        replaces,
        sentence_count,
        deleted,
    ) = row
    if not (
        isinstance(id_, str)
        and isinstance(title, str)
        and (source is None or isinstance(source, str))
        and (author is None or isinstance(author, str))
        and (published is None or isinstance(published, str))
        and isinstance(language, str)
        and isinstance(sha256, str)
        and isinstance(imported_at, str)
        and (replaces is None or isinstance(replaces, str))
        and isinstance(sentence_count, int)
        and isinstance(deleted, int)
    ):
        raise _misshapen("document", row)
    return Document(
        id=id_,
        title=title,
        source=source,
        author=author,
        published=published,
        language=language,
        sha256=sha256,
        imported_at=imported_at,
        replaces=replaces,
        sentence_count=sentence_count,
        deleted=bool(deleted),
    )


def read_shelved(row: Sequence[object]) -> Shelved:
    """From `LIST_DOCUMENTS`."""
    by_me, by_anyone, others, changed_at = row[-4:]
    if not (
        isinstance(by_me, int)
        and isinstance(by_anyone, int)
        and (others is None or isinstance(others, str))
        and (changed_at is None or isinstance(changed_at, str))
    ):
        raise _misshapen("document", row)
    names = tuple(others.split("\n")) if others else ()
    return Shelved(read_document(row[:-4]), by_me, by_anyone, names, changed_at or "")


def read_found(row: Sequence[object]) -> Found:
    """From `SEARCH`."""
    match row[-2:]:
        case (int(index), str(text)):
            return Found(read_document(row[:-2]), index, text)
    raise _misshapen("sentence", row)


def read_count(row: Sequence[object]) -> tuple[str, str, str | None, int]:
    """From `TALLY_…` or `COUNT_LABELLED`: document, reviewer, label, how many."""
    document_id, reviewer, label, number = row
    if not (
        isinstance(document_id, str)
        and isinstance(reviewer, str)
        and (label is None or isinstance(label, str))
        and isinstance(number, int)
    ):
        raise _misshapen("annotation", row)
    return document_id, reviewer, label, number


def read_effort(row: Sequence[object]) -> Effort:
    """From `READ_EFFORTS`."""
    # Asked of every label ever given, where patterns would take four times as long.
    document_id, reviewer, time, spent_ms = row
    if not (
        isinstance(document_id, str)
        and isinstance(reviewer, str)
        and isinstance(time, str)
        and isinstance(spent_ms, int)
    ):
        raise _misshapen("event", row)
    return Effort(document_id, reviewer, time, spent_ms)


def read_sentence(row: Sequence[object]) -> Sentence:
    """From index, paragraph, start, end, text."""
    # Asked of every row of an export, where patterns would take four times as long.
    index, paragraph, start, end, text = row
    if not (
        isinstance(index, int)
        and isinstance(paragraph, int)
        and isinstance(start, int)
        and isinstance(end, int)
        and isinstance(text, str)
    ):
        raise _misshapen("sentence", row)
    return Sentence(index, paragraph, Span(start, end), text)


def read_place(row: Sequence[object]) -> Place:
    """From `READ_PLACES`: a sentence, and an annotation whose start is null where there is none."""
    annotation = None if row[5] is None else read_annotation(row[5:])
    return Place(read_sentence(row[:5]), annotation)


def read_annotation(row: Sequence[object]) -> Annotation:
    """From `ANNOTATION_COLUMNS` and `DENIES_COLUMN`."""
    start, end, reviewer, label, speaker, note, unsure, created_at, updated_at, denies = row
    if not (
        isinstance(start, int)
        and isinstance(end, int)
        and isinstance(reviewer, str)
        and (label is None or isinstance(label, str))
        and (speaker is None or isinstance(speaker, str))
        and (note is None or isinstance(note, str))
        and isinstance(unsure, int)
        and isinstance(created_at, str)
        and isinstance(updated_at, str)
        and (denies is None or isinstance(denies, str))
    ):
        raise _misshapen("annotation", row)
    return Annotation(
        span=Span(start, end),
        reviewer=reviewer,
        label=label,
        speaker=speaker,
        note=note,
        unsure=bool(unsure),
        denies=_read_spans(denies),
        created_at=created_at,
        updated_at=updated_at,
    )


def read_event(row: Sequence[object]) -> Event:
    """From `EVENT_COLUMNS`, or `ACT_COLUMNS` with its value left out."""
    # Asked of every event in a merge, where patterns would take four times as long.
    (
        id_,
        step,
        document_id,
        start,
        end,
        reviewer,
        kind,
        value,
        time,
        spent_ms,
        guideline,
        target,
        counter,
    ) = row
    if not (
        isinstance(id_, str)
        and isinstance(step, str)
        and (document_id is None or isinstance(document_id, str))
        and (start is None or isinstance(start, int))
        and (end is None or isinstance(end, int))
        and isinstance(reviewer, str)
        and isinstance(kind, str)
        and (value is None or isinstance(value, str))
        and isinstance(time, str)
        and isinstance(spent_ms, int)
        and isinstance(guideline, str)
        and (target is None or isinstance(target, str))
        and isinstance(counter, int)
    ):
        raise _misshapen("event", row)
    known_kind = _read_kind(kind, id_)
    return Event(
        id=id_,
        step=step,
        document_id=document_id,
        span=None if start is None or end is None else Span(start, end),
        reviewer=reviewer,
        kind=known_kind,
        value=read_value(known_kind, value),
        time=time,
        spent_ms=spent_ms,
        guideline=guideline,
        target=target,
        counter=counter,
    )


def read_suggestion(row: Sequence[object]) -> Suggestion:
    """From `READ_SUGGESTIONS`."""
    match row:
        case (
            int(start),
            int(end),
            str(program),
            str() | None as label,
            str() | None as speaker,
            str(denies),
            str(suggested_at),
        ):
            targets = _read_spans(denies)
            return Suggestion(Span(start, end), program, label, speaker, targets, suggested_at)
    raise _misshapen("suggestion", row)


def write_suggestion(document_id: str, suggestion: Suggestion) -> tuple[Cell, ...]:
    """To the columns of `PUT_SUGGESTION`."""
    return (
        document_id,
        suggestion.span.start,
        suggestion.span.end,
        suggestion.program,
        suggestion.label,
        suggestion.speaker,
        " ".join(f"{target.start},{target.end}" for target in suggestion.denies),
        suggestion.suggested_at,
    )


def read_adjudication(row: Sequence[object]) -> Adjudication:
    """From `READ_ADJUDICATIONS`."""
    match row:
        case (
            int(start),
            int(end),
            str(reviewer),
            str(label),
            str() | None as note,
            "unanimous" | "majority" | None as rule,
            str(created_at),
        ):
            by = None if rule is None else Rule(rule)
            return Adjudication(Span(start, end), reviewer, label, note, by, created_at)
    raise _misshapen("adjudication", row)


def write_adjudication(document_id: str, adjudication: Adjudication) -> tuple[Cell, ...]:
    """To the columns of `PUT_ADJUDICATION`."""
    return (
        document_id,
        adjudication.span.start,
        adjudication.span.end,
        adjudication.reviewer,
        adjudication.label,
        adjudication.note,
        None if adjudication.rule is None else adjudication.rule.value,
        adjudication.created_at,
    )


def read_given(row: Sequence[object]) -> tuple[int, str, str]:
    """From `READ_GIVEN_LABELS`: start, reviewer, label."""
    # Asked of every label in a database, where patterns would take four times as long.
    start, reviewer, label = row
    if isinstance(start, int) and isinstance(reviewer, str) and isinstance(label, str):
        return start, reviewer, label
    raise _misshapen("annotation", row)


def read_tie(row: Sequence[object]) -> tuple[int, str, int]:
    """From `READ_GIVEN_LINKS`: start, reviewer, start of what is denied."""
    start, reviewer, target = row
    if isinstance(start, int) and isinstance(reviewer, str) and isinstance(target, int):
        return start, reviewer, target
    raise _misshapen("link", row)


def write_event(event: Event) -> tuple[Cell, ...]:
    """To `EVENT_COLUMNS`."""
    return (
        event.id,
        event.step,
        event.document_id,
        None if event.span is None else event.span.start,
        None if event.span is None else event.span.end,
        event.reviewer,
        event.kind.value,
        write_value(event.value),
        event.time,
        event.spent_ms,
        event.guideline,
        event.target,
        event.counter,
    )


def write_document(document: Document, text: str) -> tuple[Cell, ...]:
    """To the columns of `ADD_DOCUMENT`."""
    return (
        document.id,
        document.title,
        document.source,
        document.author,
        document.published,
        document.language,
        document.sha256,
        document.imported_at,
        document.replaces,
        document.sentence_count,
        int(document.deleted),
        text,
    )


def write_annotation(document_id: str, annotation: Annotation) -> tuple[Cell, ...]:
    """To the columns of `PUT_ANNOTATION`."""
    return (
        document_id,
        annotation.span.start,
        annotation.span.end,
        annotation.reviewer,
        annotation.label,
        annotation.speaker,
        annotation.note,
        int(annotation.unsure),
        annotation.created_at,
        annotation.updated_at,
    )


def _read_kind(kind: str, event_id: str) -> EventKind:
    found = _KINDS.get(kind)
    if found is None:
        known = ", ".join(EventKind)
        raise StoreError(
            f"The event {event_id} is of the unknown kind {kind!r}; known are {known}."
        )
    return found


def _read_spans(stored: str | None) -> tuple[Span, ...]:
    if not stored:
        return ()
    pairs = [pair.split(",") for pair in stored.split()]
    return tuple(Span(int(start), int(end)) for start, end in pairs)


def _misshapen(what: str, row: Sequence[object]) -> StoreError:
    return StoreError(
        f"A row of the table for {what}s is damaged (it begins {str(row[0])[:40]!a});"
        " run 'annotator verify' to see how far."
    )
