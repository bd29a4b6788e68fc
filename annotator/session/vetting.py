"""Whether documents and events from elsewhere are what an honest database holds.

Nothing of another database is believed: neither that a text is the one of its hash, nor that a span
lies in the text, nor that an event says what its kind may say. Each check raises `StoreError`,
which names the document or the event and what is wrong with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from annotator.errors import StoreError
from annotator.model.document import derive_document_id, hash_text
from annotator.model.event import (
    ACTS,
    CUTS,
    REMARKS,
    Denied,
    Event,
    EventKind,
    Given,
    Imported,
    Recut,
    Suggested,
)
from annotator.model.history import LABELLING, SETTLING
from annotator.model.layout import read_layout
from annotator.model.span import Span
from annotator.text.display import show_line
from annotator.text.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.model.document import Document
    from annotator.model.event import Draft

_OF_THE_LIBRARY: Final = frozenset({EventKind.SCHEME, EventKind.RENAME})
_TURNING: Final = frozenset(
    {EventKind.UNDO, EventKind.REDO, EventKind.RETRACT, EventKind.REINSTATE}
)
_OF_A_SPAN: Final = ACTS | {EventKind.SUGGEST, EventKind.SETTLE, EventKind.SEEN}
_MAY_BE_EMPTY: Final = frozenset({EventKind.LABEL, EventKind.NOTE, EventKind.SPEAKER})
_WITHOUT_VALUE: Final = _TURNING | {EventKind.DELETE, EventKind.RESTORE, EventKind.SEEN}

_GREATEST: Final = 2**53
"""Above any counter or stretch of milliseconds that comes about; any database can count on."""

_LONGEST_ID: Final = 200


def check_document(document: Document, text: str) -> None:
    """A document's text is in the form in which texts are stored, and its id is that text's."""
    named = f"the document {show_line(document.id)}"
    if hash_text(text) != document.sha256:
        raise StoreError(f"the text of {named} is not the one of its hash")
    if derive_document_id(document.sha256) != document.id:
        raise StoreError(f"the id of {named} does not come from its hash")
    if normalize(text).text != text or not text.strip():
        raise StoreError(f"the text of {named} holds control characters, or nothing at all")


def check_log(events: Sequence[Draft], text: str | None) -> None:
    """The events of one document, whose text this is; of the library where there is none. They may
    be on their way into the log, and have no counter yet.
    """
    for event in events:
        fault = next(_find_faults(event, text), None)
        if fault is not None:
            kind = event.kind.value
            raise StoreError(f"the event {show_line(event.id)} of kind {kind} {fault}")
    if text is None:
        return
    if not any(event.kind is EventKind.IMPORT for event in events):
        raise StoreError("a document has no import in its history")
    for trail in (LABELLING, SETTLING):
        steps = {event.step for event in events if event.kind in trail.acts}
        for event in events:
            if event.kind in (trail.undo, trail.redo) and event.target not in steps:
                raise StoreError(f"the event {event.id} takes back what is not in the history")


def is_believable(event: Draft, text: str | None) -> bool:
    """Whether an event by itself could be of this text; of the library where there is none."""
    return next(_find_faults(event, text), None) is None


def _find_faults(event: Draft, text: str | None) -> Iterator[str]:
    if isinstance(event, Event) and not 0 < event.counter < _GREATEST:
        yield "has a counter out of all bounds"
    if not 0 <= event.spent_ms < _GREATEST:
        yield "took a time out of all bounds"
    if not all(0 < len(id_) <= _LONGEST_ID for id_ in (event.id, event.step)):
        yield "has no id, or one that is too long"
    if not event.reviewer.strip():
        yield "has no reviewer"
    if (event.kind in _OF_THE_LIBRARY) is not (text is None):
        yield "is of a document that it cannot be of"
    if (event.kind in _TURNING) is not (event.target is not None):
        yield "has the wrong kind of target"
    is_empty = event.value is None
    if event.kind in _WITHOUT_VALUE and not is_empty:
        yield "holds a value, which it cannot"
    if is_empty and event.kind not in _WITHOUT_VALUE | _MAY_BE_EMPTY:
        yield "holds no value"
    if event.span is None and event.kind in _OF_A_SPAN:
        yield "speaks of no sentence"
    if text is not None:
        yield from _find_strays(event, text)


def _find_strays(event: Draft, text: str) -> Iterator[str]:
    """Spans that the text does not have, and cuts that would lose some of it."""
    length = len(text)
    for span in _list_spans(event):
        if not 0 <= span.start < span.end <= length:
            yield f"names the span {span.start}-{span.end} in a text of {length} code points"
            return
    if isinstance(event.value, Imported):
        fault = _check_cut(event.value.layout, text)
        if fault is not None:
            yield fault
    if isinstance(event.value, Recut) and event.kind in CUTS:
        first, second = event.value.parts
        is_whole = event.span == Span(first.start, second.end) and first.end <= second.start
        if not is_whole or text[first.end : second.start].strip():
            yield "cuts a sentence in a way that would lose some of it"
        if not (text[first.start : first.end].strip() and text[second.start : second.end].strip()):
            yield "cuts off a sentence without a word"


def _list_spans(event: Draft) -> Iterator[Span]:
    if event.span is not None:
        yield event.span
    match event.value:
        case Denied(_, spans):
            yield from spans
        case Given() | Suggested():
            yield from event.value.denies
        case Recut(parts):
            yield from parts


def _check_cut(layout: str, text: str) -> str | None:
    try:
        cut = read_layout(layout)
    except (StoreError, ValueError):
        return "cuts the text in a way that cannot be read"
    at = 0
    for _, span in cut:
        if span.end > len(text) or not text[span.start : span.end].strip():
            return f"cuts a sentence {span.start}-{span.end} that the text does not have"
        if text[at : span.start].strip():
            return f"leaves out text before {span.start}"
        at = span.end
    return "leaves out the end of the text" if not cut or text[at:].strip() else None


def is_remark(event: Event) -> bool:
    """Whether an event says something of a sentence, or takes it back."""
    return event.kind in REMARKS or event.kind in (EventKind.UNDO, EventKind.REDO)
