"""Where a sentence comes from and what was said of it, as the flat fields that other tools keep.

Tools that label texts one by one let each text have fields of its own, and give them back as they
were. So a document can be put together again from its sentences: see `gathering`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from annotator.model.document import derive_sentence_id
from annotator.model.span import Span
from annotator.text.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.model.annotation import Annotation
    from annotator.model.document import Document, Sentence

_BLANK_TO_END: Final = re.compile(r"\s+\Z")
_SENTENCE_ID: Final = re.compile(r"(?:.*:)?([0-9]{1,15})-([0-9]{1,15})")
_LARGEST_BLANK: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Origin:
    """What such fields say; `None` where they say nothing, or nothing that could be meant.

    `document` is the document's id, `span` the sentence's place in its text (code points).
    `before` is the white space in front of the sentence, `after` that at the end of the text.
    """

    document: str | None = None
    title: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    replaces: str | None = None
    paragraph: int | None = None
    span: Span | None = None
    before: str | None = None
    after: str | None = None
    reviewer: str | None = None
    speaker: str | None = None
    note: str | None = None
    unsure: bool = False
    denies: tuple[Span, ...] = ()
    created_at: str | None = None
    updated_at: str | None = None


def describe_document(document: Document) -> dict[str, object]:
    """The fields that say from which document a text is."""
    return {
        "document": document.id,
        "title": document.title,
        "source": document.source,
        "author": document.author,
        "published": document.published,
        "language": document.language,
        "replaces": document.replaces,
    }


def describe_place(text: str, sentence: Sentence, *, last_end: int) -> dict[str, object]:
    """The fields that say where a sentence stands in the text of its document.

    `last_end` is the end of the sentence before it, 0 for the first. What is not white space
    between the two, where sentences were left out, is no part of this.
    """
    span = sentence.span
    before = text[last_end : span.start]
    after = _BLANK_TO_END.match(text, span.end)
    return {
        "index": sentence.index,
        "paragraph": sentence.paragraph,
        "start": span.start,
        "end": span.end,
        "before": before if not before or before.isspace() else None,
        "after": after[0] if after else None,
    }


def describe_said(document_id: str, annotation: Annotation | None) -> dict[str, object]:
    """The fields for what a reviewer said of a sentence besides its label; `None`: nothing.

    `denies` holds ids of sentences.
    """
    if annotation is None:
        nothing: dict[str, object] = dict.fromkeys(("speaker", "note"))
        return {**nothing, "unsure": False, "denies": [], "created_at": None, "updated_at": None}
    return {
        "speaker": annotation.speaker,
        "note": annotation.note,
        "unsure": annotation.unsure,
        "denies": [derive_sentence_id(document_id, span) for span in annotation.denies],
        "created_at": annotation.created_at,
        "updated_at": annotation.updated_at,
    }


def read_origin(fields: Mapping[str, object]) -> Origin:
    """Read what the functions above wrote. A field of another kind is another tool's: ignored."""
    denies = fields.get("denies")
    start, end = read_count(fields.get("start")), read_count(fields.get("end"))
    return Origin(
        document=read_name(fields.get("document")),
        title=read_name(fields.get("title")),
        source=read_name(fields.get("source")),
        author=read_name(fields.get("author")),
        published=read_name(fields.get("published")),
        language=read_name(fields.get("language")),
        replaces=read_name(fields.get("replaces")),
        paragraph=read_count(fields.get("paragraph")),
        span=None if start is None or end is None or start >= end else Span(start, end),
        before=_read_blank(fields.get("before")),
        after=_read_blank(fields.get("after")),
        reviewer=read_name(fields.get("reviewer")),
        speaker=read_name(fields.get("speaker")),
        note=_read_note(fields.get("note")),
        unsure=fields.get("unsure") is True,
        denies=tuple(_read_ids(denies)) if isinstance(denies, list) else (),
        created_at=read_time(fields.get("created_at")),
        updated_at=read_time(fields.get("updated_at")),
    )


def read_name(value: object) -> str | None:
    """A text on one line, without control characters; `None` for anything else, or nothing."""
    if not isinstance(value, str):
        return None
    return " ".join(normalize(value).text.splitlines()).strip() or None


def read_count(value: object) -> int | None:
    """A whole number from 0; tools that keep columns give one back as 3.0."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    return None


def read_time(value: object) -> str | None:
    """A time in UTC as it is written; `None` for what is none."""
    if not isinstance(value, str) or not value.endswith("Z"):
        return None
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return None
    return value


def _read_note(value: object) -> str | None:
    return (normalize(value).text.strip() or None) if isinstance(value, str) else None


def _read_blank(value: object) -> str | None:
    if not isinstance(value, str) or len(value) > _LARGEST_BLANK:
        return None
    return value if not value or value.isspace() else None


def _read_ids(values: list[object]) -> list[Span]:
    matches = [_SENTENCE_ID.fullmatch(value) for value in values if isinstance(value, str)]
    return [Span(int(match[1]), int(match[2])) for match in matches if match]
