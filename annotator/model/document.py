"""An article on its way in, and what it is once it is here."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.model.annotation import Annotation
    from annotator.model.span import Span
    from annotator.model.suggestion import Suggestion


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
class Link:
    """A sentence at the other end of a link: its index, and the label that the reviewer gave it.

    A denial's target may have lost the label that made it one: the link stays, and is marked.
    """

    index: int
    label: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence and what one reviewer has said of it (`None`: nothing).

    `denies` and `denied_by` are this reviewer's links from it and to it, by index. `suggestion` is
    what a program would say of it.
    """

    sentence: Sentence
    annotation: Annotation | None
    denies: tuple[Link, ...] = ()
    denied_by: tuple[int, ...] = ()
    suggestion: Suggestion | None = None


@dataclass(frozen=True, slots=True)
class Colleague:
    """Another reviewer of a document, and how many of its sentences they have labelled.
    `is_assigned`: it is theirs to label, whether they have begun or not.
    """

    reviewer: str
    labelled: int
    is_assigned: bool = False


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document as the library lists it: how many sentences I and anyone have labelled.

    `others` are the other reviewers who have labelled here, by name; `changed_at` is the time of
    the newest event, an import at least. `is_mine`: it is assigned to me. `again`: the row is for
    my second blind pass, whose labels are counted apart. `colleagues` are the others with what they
    have done, and those whom it is assigned to.
    """

    document: Document
    labelled_by_me: int
    labelled_by_anyone: int
    others: tuple[str, ...] = ()
    changed_at: str = ""
    is_mine: bool = False
    again: bool = False
    colleagues: tuple[Colleague, ...] = ()

    @property
    def key(self) -> str:
        """What tells this row from all others: the document's id, and which pass it is."""
        return name_row(self.document.id, again=self.again)

    @property
    def is_finished(self) -> bool:
        """Whether I have labelled every sentence."""
        return self.labelled_by_me >= self.document.sentence_count


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence that a search of the library found. `index` counts from 0."""

    document: Document
    index: int
    text: str


def name_row(document_id: str, *, again: bool) -> str:
    """See `Shelved.key`."""
    return f"{document_id} again" if again else document_id


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
