"""What a damaged database lost of a document, put together from what it says twice.

A text stands in its document and, sentence by sentence, beside it; what lies between sentences is
white space, whose length the import has. A text that has the hash of its id is the one that it was.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from annotator.model.clock import derive_id
from annotator.model.document import Document, derive_document_id, hash_text
from annotator.model.event import Event, EventKind, Imported
from annotator.model.event_value import write_value
from annotator.model.layout import read_layout, write_layout
from annotator.text.segment import find_paragraphs, segment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.model.span import Span

    Sentences = Mapping[int, tuple[int, Span, str]]

RESCUER: Final = "recovered"
"""Whose the imports are that were written anew: nobody knows any more who did it."""

_ENDS: Final = ("\n", "", "\n\n", " ", " \n")
_BETWEEN: Final = (" ", "\n")


def mend_text(
    id_: str, events: Sequence[Event], sentences: Sentences
) -> tuple[Document, str] | None:
    """A document whose row is lost, with its text, from its import and its sentences; `None` where
    one of these is lost as well, or stood apart by something else than spaces and line ends.
    """
    for event in events:
        if not isinstance(event.value, Imported):
            continue
        cut = read_layout(event.value.layout)
        for within, end in product(_BETWEEN, _ENDS):
            text = _join(cut, sentences, within=within, end=end)
            sha256 = hash_text(text)
            if derive_document_id(sha256) == id_:
                return _make_document(id_, event.value, event.time, sha256), text
    return None


def _join(cut: Sequence[tuple[int, Span]], sentences: Sentences, *, within: str, end: str) -> str:
    """The text up to its last sentence, as far as it is known, and an end."""
    blank = "\0"
    text = [blank] * (cut[-1][1].end if cut else 0)
    for start, (_, _, stored) in sentences.items():
        text[start : start + len(stored)] = stored
    at = current = 0
    for paragraph, span in cut:
        inside = paragraph == current and at > 0
        text[at : span.start] = (within if inside else "\n") * (span.start - at)
        # One that was split since has white space between its parts.
        for place in range(span.start, span.end):
            if text[place] == blank:
                text[place] = " "
        at, current = span.end, paragraph
    return "".join(text[:at]) + end


def _make_document(id_: str, origin: Imported, time: str, sha256: str) -> Document:
    return Document(
        id=id_,
        title=origin.title,
        source=origin.source,
        author=origin.author,
        published=origin.published,
        language=origin.language,
        sha256=sha256,
        imported_at=time,
        replaces=origin.replaces,
        sentence_count=0,
        deleted=False,
    )


def mend_import(document: Document, text: str, sentences: Sentences) -> Event:
    """The import of a document whose own is lost, as its row and its sentences have it; cut anew
    where sentences are lost too. It stands first in the log, under the same id each time.
    """
    value = Imported(
        title=document.title,
        source=document.source,
        author=document.author,
        published=document.published,
        language=document.language,
        replaces=document.replaces,
        layout=write_layout(_find_cut(text, sentences, document.language)),
    )
    id_ = derive_id("recovered", document.id, write_value(value) or "")
    return Event(
        id=id_,
        step=id_,
        document_id=document.id,
        span=None,
        reviewer=RESCUER,
        kind=EventKind.IMPORT,
        value=value,
        time=document.imported_at,
        spent_ms=0,
        guideline="",
        counter=1,
    )


def _find_cut(text: str, sentences: Sentences, language: str) -> list[tuple[int, Span]]:
    """The sentences where they are and cover the text, else those that the text is cut into."""
    there = [
        (paragraph, span)
        for paragraph, span, held in (sentences[start] for start in sorted(sentences))
        if text[span.start : span.end] == held
    ]
    if _covers(there, text):
        return there
    spans = segment(text, language=language)
    return list(zip(find_paragraphs(text, spans), spans, strict=True))


def _covers(cut: Sequence[tuple[int, Span]], text: str) -> bool:
    at = current = 0
    for paragraph, span in cut:
        if span.start < at or paragraph < current or text[at : span.start].strip():
            return False
        at, current = span.end, paragraph
    return bool(cut) and not text[at:].strip()
