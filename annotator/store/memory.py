"""The store in memory: every answer folded from the log anew, so plainly right, for small sets."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from annotator.errors import NotSavedError, StoreError
from annotator.model.annotation import Annotation, fold
from annotator.model.document import Document, Place, Sentence, Shelved
from annotator.model.event import Draft, Event, EventKind, Imported, commit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Shelf:
    document: Document
    text: str
    sentences: tuple[Sentence, ...]


class MemoryStore:
    """A `Store` that lives as long as the program."""

    def __init__(self) -> None:
        self._shelves: dict[str, _Shelf] = {}
        self._events: list[Event] = []

    @property
    def location(self) -> str:
        """Says that there is no file."""
        return "memory"

    @property
    def version(self) -> int:
        """See `Store.version`; a store without a file has no older shapes."""
        return 1

    @property
    def engine(self) -> str:
        """See `Store.engine`."""
        return "memory"

    def close(self) -> None:
        """Nothing to let go of."""

    # -- transactions

    def transact(self, work: Callable[[], Result]) -> Result:
        """See `Store.transact`; what `work` did is taken back where it fails."""
        shelves, events = dict(self._shelves), list(self._events)
        done = False
        try:
            result = work()
            done = True
        except StoreError as error:
            raise NotSavedError(f"The last change was not saved. {error}") from error
        finally:
            if not done:
                self._shelves, self._events = shelves, events
        return result

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See `Store.snapshot`; nobody else writes here."""
        yield

    # -- the log

    def append(self, drafts: Sequence[Draft]) -> list[Event]:
        """See `Store.append`."""
        for draft in drafts:
            self._shelf(draft.document_id)
        if {draft.id for draft in drafts} & {event.id for event in self._events}:
            raise StoreError("An event of this id is in the log already.")
        newest = max((event.counter for event in self._events), default=0)
        events = [commit(draft, counter) for counter, draft in enumerate(drafts, newest + 1)]
        self._events += events
        for event in events:
            if event.kind in (EventKind.DELETE, EventKind.RESTORE):
                shelf = self._shelves[event.document_id]
                deleted = event.kind is EventKind.DELETE
                document = replace(shelf.document, deleted=deleted)
                self._shelves[event.document_id] = replace(shelf, document=document)
        return events

    def read_events(self, document_id: str) -> Iterator[Event]:
        """See `Store.read_events`."""
        found = (event for event in self._events if event.document_id == document_id)
        return iter(sorted(found, key=lambda event: event.order))

    def read_events_newest_first(self, document_id: str, *, reviewer: str) -> Iterator[Event]:
        """See `Store.read_events_newest_first`."""
        for event in reversed(list(self.read_events(document_id))):
            if event.reviewer == reviewer:
                yield replace(event, value=None) if isinstance(event.value, Imported) else event

    def read_step(self, step: str) -> list[Event]:
        """See `Store.read_step`."""
        found = (event for event in self._events if step in (event.id, event.step))
        return sorted(found, key=lambda event: event.order)

    # -- the library

    def add_document(self, document: Document, text: str, *, sentences: Iterable[Sentence]) -> None:
        """See `Store.add_document`."""
        if document.id in self._shelves:
            raise StoreError(f"The document {document.id} is here already.")
        self._shelves[document.id] = _Shelf(document, text, tuple(sentences))

    def find_documents(self, prefix: str, *, limit: int) -> list[Document]:
        """See `Store.find_documents`."""
        found = sorted(id_ for id_ in self._shelves if id_.startswith(prefix))
        return [self._shelves[id_].document for id_ in found[:limit]]

    def list_documents(self, reviewer: str, *, deleted: bool = False) -> list[Shelved]:
        """See `Store.list_documents`."""
        documents = [shelf.document for shelf in self._shelves.values()]
        listed = []
        for document in documents:
            if document.deleted is deleted:
                labelled = [note for note in self.read_annotations(document.id) if note.label]
                mine = sum(annotation.reviewer == reviewer for annotation in labelled)
                anyone = len({annotation.span for annotation in labelled})
                listed.append(Shelved(document, mine, anyone))
        return sorted(listed, key=lambda shelved: (shelved.document.title, shelved.document.id))

    def find_last_document(self, reviewer: str) -> Document | None:
        """See `Store.find_last_document`."""
        newest_first = sorted(self._events, key=lambda event: event.order, reverse=True)
        worked = (event for event in newest_first if event.reviewer == reviewer and event.span)
        imported = (event for event in newest_first if event.kind is EventKind.IMPORT)
        for event in (*worked, *imported):
            document = self._shelves[event.document_id].document
            if not document.deleted:
                return document
        return None

    def list_reviewers(self) -> list[str]:
        """See `Store.list_reviewers`."""
        return sorted({event.reviewer for event in self._events})

    def count_rows(self) -> Mapping[str, int]:
        """See `Store.count_rows`."""
        return {
            "documents": len(self._shelves),
            "sentences": sum(len(shelf.sentences) for shelf in self._shelves.values()),
            "annotations": sum(len(list(self.read_annotations(id_))) for id_ in self._shelves),
            "events": len(self._events),
        }

    # -- one document

    def read_text(self, document_id: str) -> str:
        """See `Store.read_text`."""
        return self._shelf(document_id).text

    def read_places(
        self, document_id: str, *, reviewer: str, first: int, count: int
    ) -> list[Place]:
        """See `Store.read_places`."""
        mine = {note.span: note for note in self.read_annotations(document_id, reviewer=reviewer)}
        return [
            Place(sentence, mine.get(sentence.span))
            for sentence in self._sentences(document_id)
            if first <= sentence.index < first + count
        ]

    def read_sentences(self, document_id: str) -> Iterator[Sentence]:
        """See `Store.read_sentences`."""
        return iter(self._sentences(document_id))

    def read_annotations(
        self, document_id: str, *, reviewer: str | None = None
    ) -> Iterator[Annotation]:
        """See `Store.read_annotations`."""
        state = fold(self.read_events(document_id))
        found = sorted(state.values(), key=lambda note: (note.span, note.reviewer))
        return (note for note in found if reviewer in (None, note.reviewer))

    def find_open(
        self, document_id: str, *, reviewer: str, start: int, backwards: bool = False
    ) -> int | None:
        """See `Store.find_open`."""
        count = len(self._sentences(document_id))
        places = self.read_places(document_id, reviewer=reviewer, first=0, count=count)
        unlabelled = [
            place.sentence.index
            for place in places
            if place.annotation is None or place.annotation.label is None
        ]
        if backwards:
            return max((index for index in unlabelled if index <= start), default=None)
        return min((index for index in unlabelled if index >= start), default=None)

    def find_index(self, document_id: str, *, start: int) -> int | None:
        """See `Store.find_index`."""
        for sentence in self._sentences(document_id):
            if sentence.span.start == start:
                return sentence.index
        return None

    def find_last_act(self, document_id: str, *, reviewer: str) -> int | None:
        """See `Store.find_last_act`."""
        for event in self.read_events_newest_first(document_id, reviewer=reviewer):
            if event.span is not None:
                return self.find_index(document_id, start=event.span.start)
        return None

    def count_labels(self, document_id: str, *, reviewer: str) -> dict[str, int]:
        """See `Store.count_labels`."""
        counts: dict[str, int] = {}
        for annotation in self.read_annotations(document_id, reviewer=reviewer):
            if annotation.label is not None:
                counts[annotation.label] = counts.get(annotation.label, 0) + 1
        return dict(sorted(counts.items()))

    def read_generation(self) -> int:
        """See `Store.read_generation`; nobody else writes here."""
        return 0

    def check_integrity(self) -> list[str]:
        """See `Store.check_integrity`."""
        return []

    def _shelf(self, document_id: str) -> _Shelf:
        try:
            return self._shelves[document_id]
        except KeyError as error:
            raise StoreError(f"The text of document {document_id} is not in memory.") from error

    def _sentences(self, document_id: str) -> tuple[Sentence, ...]:
        shelf = self._shelves.get(document_id)
        return () if shelf is None else shelf.sentences
