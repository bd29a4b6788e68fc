"""Documents that several reviewers label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import TickingClock, article, make_library, put

if TYPE_CHECKING:
    from annotator.model.document import Document
    from annotator.session import Library
    from annotator.store.base import Store

LABELS = {"c": "claim", "d": "denial", "b": "background"}


class Room:
    """A store, and what reviewers do at it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = TickingClock()
        self.libraries: dict[str, Library] = {}
        self._library = make_library(store, "zz importer", clock=self.clock)

    def shelve(self, title: str, sentences: int = 6) -> Document:
        return put(self._library, article(sentences, title=title))

    def label(self, document: Document, reviewer: str, keys: str) -> None:
        """Give labels by their keys, from the first sentence on; a dot leaves one out."""
        session = self.library(reviewer).open(document)
        for index, key in enumerate(keys):
            if key != ".":
                session.annotate(index, LABELS[key])

    def tie(self, document: Document, reviewer: str, index: int, *targets: int) -> None:
        self.library(reviewer).open(document).link(index, targets)

    def library(self, reviewer: str) -> Library:
        if reviewer not in self.libraries:
            made = make_library(self.store, reviewer, clock=self.clock, ids=None)
            self.libraries[reviewer] = made
        return self.libraries[reviewer]
