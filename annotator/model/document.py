"""An article on its way in, and what it is once it is here."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.model.annotation import Annotation
    from annotator.model.span import Span


@dataclass(frozen=True, slots=True)
class Article:
    """What a reader found in a source, its text already normalised.

    `published` is a date or time as the source gives it; `language` a BCP 47 code;
    `replaces` the id of the document whose newer text this is.
    """

    text: str
    title: str
    source: str | None = None
    author: str | None = None
    published: str | None = None
    language: str = "en"
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """An imported article, without its text (which may be large)."""

    id: str
    title: str
    source: str | None
    author: str | None
    published: str | None
    language: str
    sha256: str
    imported_at: str
    replaces: str | None
    sentence_count: int
    deleted: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit that a reviewer walks. `index` and `paragraph` count from 0."""

    index: int
    paragraph: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence and what one reviewer has said of it (`None`: nothing)."""

    sentence: Sentence
    annotation: Annotation | None


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document as the library lists it: how many sentences I and anyone have labelled."""

    document: Document
    labelled_by_me: int
    labelled_by_anyone: int


def hash_text(text: str) -> str:
    """SHA-256 of the text in UTF-8, 64 hexadecimal digits."""
    return sha256(text.encode("utf-8")).hexdigest()


def derive_document_id(text_hash: str) -> str:
    """The document's id: the first 16 digits of its text's hash.

    The same article is the same document on every machine, which is what makes databases mergeable.
    """
    return text_hash[:16]


def derive_sentence_id(document_id: str, span: Span) -> str:
    """The sentence's id in files: `<document id>:<start>-<end>`."""
    return f"{document_id}:{span.start}-{span.end}"
