"""Small things that many tests need: articles, a clock that ticks, ids that count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from annotator.model.clock import make_uuid7
from annotator.model.document import Article, Document, Sentence, derive_document_id, hash_text
from annotator.model.event import Draft, Event, EventKind, commit
from annotator.model.scheme import FACT_CHECK
from annotator.model.span import Span
from annotator.session.library import Library

if TYPE_CHECKING:
    from annotator.model.clock import Clock, EventIds
    from annotator.model.event import Value
    from annotator.store.base import Store

NOON_MS: Final = 1_795_435_200_000
"""2026-11-23T12:00:00Z."""


class TickingClock:
    """A second later each time that somebody asks, unless a test turns its hands."""

    def __init__(self, wall_ms: int = NOON_MS) -> None:
        self.now_ms = wall_ms
        self.tick_ms = 1000
        self.steady = 0

    def wall_ms(self) -> int:
        self.now_ms += self.tick_ms
        return self.now_ms

    def steady_ms(self) -> int:
        self.steady += 250
        return self.steady


class CountingIds:
    """UUIDs whose random bits are 1, 2, 3 … from `first` on."""

    def __init__(self, first: int = 0) -> None:
        self.number = first

    def next_id(self, wall_ms: int) -> str:
        self.number += 1
        return make_uuid7(wall_ms, self.number)


def article(
    sentences: int = 5, *, title: str = "The harbour", source: str | None = "harbour.txt"
) -> Article:
    """An article of so many sentences, one a line, its title the first of them."""
    lines = [f"{title}, part {number} of it." for number in range(1, sentences + 1)]
    return Article(text="\n".join(lines) + "\n", title=lines[0], source=source)


def cut_lines(article: Article) -> list[Span]:
    """The spans of the article's lines."""
    spans, at = [], 0
    for line in article.text.splitlines(keepends=True):
        if line.strip():
            spans.append(Span(at, at + len(line.rstrip())))
        at += len(line)
    return spans


def put(library: Library, article: Article) -> Document:
    """Put an article on the shelf, a sentence a line, all of one paragraph."""
    spans = cut_lines(article)
    return library.add(article, spans=spans, paragraphs=[0] * len(spans)).document


def make_library(
    store: Store,
    reviewer: str = "ana",
    *,
    clock: Clock | None = None,
    ids: EventIds | None = None,
) -> Library:
    """A library with the built-in scheme, at a clock and with ids of its own unless given."""
    # Reviewers count from places far apart, so that two of them never make the same id.
    first = int.from_bytes(reviewer.encode()[:4]) << 32
    return Library(
        store,
        reviewer,
        scheme=FACT_CHECK,
        guideline="0123456789abcdef",
        clock=clock or TickingClock(),
        ids=ids or CountingIds(first),
    )


def shelve(store: Store, article: Article) -> tuple[Document, list[Sentence]]:
    """Put an article on the shelf past the library, without an event."""
    text_hash = hash_text(article.text)
    spans = cut_lines(article)
    document = Document(
        id=derive_document_id(text_hash),
        title=article.title,
        source=article.source,
        author=article.author,
        published=article.published,
        language=article.language,
        sha256=text_hash,
        imported_at="2026-11-23T12:00:00Z",
        replaces=article.replaces,
        sentence_count=len(spans),
        deleted=False,
    )
    sentences = [
        Sentence(index, 0, span, article.text[span.start : span.end])
        for index, span in enumerate(spans)
    ]
    store.transact(lambda: store.add_document(document, article.text, sentences=sentences))
    return document, sentences


def draft(
    kind: EventKind,
    value: Value = None,
    *,
    number: int,
    span: Span | None = None,
    reviewer: str = "ana",
    document_id: str = "d" * 16,
    step: int | None = None,
    target: int | None = None,
) -> Draft:
    """A draft whose ids come from numbers, a minute after the one before."""
    return Draft(
        id=make_uuid7(NOON_MS, number),
        step=make_uuid7(NOON_MS, number if step is None else step),
        document_id=document_id,
        span=span,
        reviewer=reviewer,
        kind=kind,
        value=value,
        time=f"2026-11-23T{12 + number // 60 % 12:02}:{number % 60:02}:00Z",
        spent_ms=0,
        guideline="0123456789abcdef",
        target=None if target is None else make_uuid7(NOON_MS, target),
    )


def event(
    kind: EventKind,
    value: Value = None,
    *,
    number: int,
    counter: int | None = None,
    span: Span | None = None,
    reviewer: str = "ana",
    step: int | None = None,
    target: int | None = None,
) -> Event:
    """An event whose counter is its number unless given."""
    drafted = draft(
        kind, value, number=number, span=span, reviewer=reviewer, step=step, target=target
    )
    return commit(drafted, number if counter is None else counter)
