"""A reviewer's desk at any store: drafts with few words."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from annotator.model.event import EventKind
from annotator.store.sqlite import SqliteStore
from tests.builders import article, draft, make_library, put, shelve

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.model.event import Draft, Event, Value
    from annotator.store.base import Store


class Desk:
    """A store with one document, and a short way of writing events about its sentences."""

    def __init__(self, store: Store, sentences: int = 5) -> None:
        self.store = store
        self.document, self.sentences = shelve(store, article(sentences))
        self.id = self.document.id
        self.number = 0

    def draft(
        self,
        kind: EventKind,
        value: Value = None,
        *,
        index: int | None = None,
        reviewer: str = "ana",
        step: int | None = None,
        target: int | None = None,
    ) -> Draft:
        self.number += 1
        span = None if index is None else self.sentences[index].span
        return draft(
            kind,
            value,
            number=self.number,
            span=span,
            reviewer=reviewer,
            document_id=self.id,
            step=step,
            target=target,
        )

    def append(self, *drafts: Draft) -> list[Event]:
        return self.store.transact(lambda: self.store.append(drafts))

    def label(self, index: int, label: str | None, reviewer: str = "ana") -> Event:
        made = self.draft(EventKind.LABEL, label, index=index, reviewer=reviewer)
        return self.append(made)[0]


def make(path: Path) -> None:
    """A database with one label in it."""
    with closing(SqliteStore.open(str(path))) as store:
        library = make_library(store)
        library.open(put(library, article())).annotate(0, "claim")
