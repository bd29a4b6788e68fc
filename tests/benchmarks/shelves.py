"""Whole libraries of any size, made past the keyboard: labelled articles in one transaction."""

from __future__ import annotations

import random
from contextlib import closing
from itertools import count
from typing import TYPE_CHECKING, Final

from annotator.model.clock import make_uuid7
from annotator.model.document import Document, Sentence, derive_document_id, hash_text
from annotator.model.event import Event, EventKind, Imported
from annotator.model.layout import write_layout
from annotator.model.span import Span
from annotator.store.sqlite import SqliteStore
from tests.benchmarks.texts import write_sentences
from tests.builders import NOON_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from annotator.model.event import Value

TIME: Final = "2026-11-23T12:00:00Z"
LABELS: Final = ("claim", "background", "denial")
LENGTH: Final = 30
"""Sentences of an article of a library, where nothing else is said."""

_POOL: Final = 2000
"""Sentences that articles are put together from, each with a number of its own behind it."""


def fill_library(
    path: Path, sentences: int, *, length: int = LENGTH, reviewer: str = "ana", first: int = 0
) -> Path:
    """A database of so many sentences, in articles of `length`, each labelled once by `reviewer`.

    What is there already stays as it is. `first` turns the labels and sets the events' ids apart,
    so that two databases of the same articles are two machines'.
    """
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.draft")  # what was interrupted is not there
    draft.unlink(missing_ok=True)
    pool = write_sentences(_POOL, seed=length)
    chance, numbers = random.Random(length), count(1)
    with closing(SqliteStore.open(str(draft))) as store:

        def work() -> None:
            for begun in range(0, sentences, length):
                size = min(length, sentences - begun)
                cut = _cut(
                    [f"{text} {begun + n}." for n, text in enumerate(_choose(chance, pool, size))]
                )
                _shelve(store, *cut, reviewer=reviewer, first=first, numbers=numbers)

        store.transact(work)
    return draft.rename(path)


def _choose(chance: random.Random, pool: Sequence[str], size: int) -> list[str]:
    return chance.choices(pool, k=size)


def _cut(written: Sequence[str]) -> tuple[str, list[Sentence]]:
    """A text of these sentences, four a paragraph."""
    text, at, sentences = [], 0, []
    for index, one in enumerate(written):
        sentences.append(Sentence(index, index // 4, Span(at, at + len(one)), one))
        gap = "\n\n" if index % 4 == 3 else " "
        text += [one, gap]
        at += len(one) + len(gap)
    return "".join(text), sentences


def _shelve(
    store: SqliteStore,
    text: str,
    sentences: list[Sentence],
    *,
    reviewer: str,
    first: int,
    numbers: Iterator[int],
) -> None:
    text_hash = hash_text(text)
    title = sentences[0].text[:60]
    id_ = derive_document_id(text_hash)
    document = Document(
        id=id_,
        title=title,
        source=None,
        author=None,
        published=None,
        language="en",
        sha256=text_hash,
        imported_at=TIME,
        replaces=None,
        sentence_count=len(sentences),
        deleted=False,
    )
    layout = write_layout((one.paragraph, one.span) for one in sentences)
    value = Imported(title, None, None, None, "en", None, layout)
    said: list[tuple[EventKind, Span | None, Value]] = [(EventKind.IMPORT, None, value)]
    said += [
        (EventKind.LABEL, one.span, LABELS[(one.index + first) % len(LABELS)]) for one in sentences
    ]
    events = []
    for kind, span, value_ in said:
        counter = next(numbers)
        event_id = make_uuid7(NOON_MS + counter, counter + (first << 40))
        events.append(
            Event(
                id=event_id,
                step=event_id,
                document_id=id_,
                span=span,
                reviewer=reviewer,
                kind=kind,
                value=value_,
                time=TIME,
                spent_ms=2500,
                guideline="0123456789abcdef",
                target=None,
                counter=counter,
            )
        )
    store.add_document(document, text, sentences=sentences)
    store.take_in(events)
    store.refold(id_)
