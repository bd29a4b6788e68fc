"""The log in memory, and the documents that it is about."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from annotator.errors import NotSavedError, StoreError
from annotator.model.annotation import fold_cut
from annotator.model.document import Document, Sentence
from annotator.model.event import CUTS, Draft, Event, EventKind, Imported, commit
from annotator.model.naming import fold_names
from annotator.model.origin import fold_origin
from annotator.model.span import overlap, unite
from annotator.model.twin import choose_twin
from annotator.store.version import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from annotator.model.span import Span

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Shelf:
    """A document as it came in: its sentences are those of its import."""

    document: Document
    text: str
    sentences: tuple[Sentence, ...]


class MemoryLog:
    """Documents as they came, and all that happened since."""

    def __init__(self) -> None:
        self._shelves: dict[str, Shelf] = {}
        self._events: list[Event] = []

    @property
    def location(self) -> str:
        """Says that there is no file."""
        return "memory"

    @property
    def version(self) -> int:
        """See `Store.version`; a store without a file has no older shapes."""
        return SCHEMA_VERSION

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
            if draft.document_id is not None:
                self._shelf(draft.document_id)
        if {draft.id for draft in drafts} & {event.id for event in self._events}:
            raise StoreError("An event of this id is in the log already.")
        newest = max((event.counter for event in self._events), default=0)
        events = [commit(draft, counter) for counter, draft in enumerate(drafts, newest + 1)]
        self._events += events
        for event in events:
            if event.document_id is not None:
                self._follow(event, event.document_id)
        return events

    def _follow(self, event: Event, document_id: str) -> None:
        shelf = self._shelves[document_id]
        document = shelf.document
        if event.kind in (EventKind.DELETE, EventKind.RESTORE):
            document = replace(document, deleted=event.kind is EventKind.DELETE)
        document = replace(document, sentence_count=len(self._sentences(document_id)))
        self._shelves[document_id] = replace(shelf, document=document)

    def read_log(self) -> Iterator[Event]:
        """See `Store.read_log`."""
        return iter(sorted(self._events, key=lambda event: event.order))

    def read_library_log(self) -> Iterator[Event]:
        """See `Store.read_library_log`."""
        return (
            event
            for event in self.read_log()
            if event.document_id is None or event.kind is EventKind.ASSIGN
        )

    def take_in(self, events: Sequence[Event]) -> int:
        """See `Store.take_in`."""
        known = {event.id: event for event in self._events}
        before = len(known)
        for event in events:
            if event.document_id is not None:
                self._shelf(event.document_id)
            here = known.get(event.id)
            known[event.id] = event if here is None else choose_twin(here, event)
        self._events = list(known.values())
        return len(known) - before

    def refold(self, document_id: str) -> None:
        """See `Store.refold`; all else is folded whenever it is asked for."""
        shelf = self._shelf(document_id)
        document, cut = fold_origin(shelf.document, self.read_events(document_id))
        sentences = tuple(
            Sentence(index, paragraph, span, shelf.text[span.start : span.end])
            for index, (paragraph, span) in enumerate(cut)
        )
        self._shelves[document_id] = replace(shelf, document=document, sentences=sentences)
        document = replace(document, sentence_count=len(self._sentences(document_id)))
        self._shelves[document_id] = replace(self._shelf(document_id), document=document)

    def refold_names(self) -> set[str]:
        """See `Store.refold_names`."""
        names = self._names()
        renamed = {*names, *names.values()}
        return {e.document_id for e in self._events if e.document_id and e.reviewer in renamed}

    def resolve_reviewer(self, name: str) -> str:
        """See `Store.resolve_reviewer`."""
        return self._names().get(name, name)

    def read_events(self, document_id: str, *, touching: Span | None = None) -> Iterator[Event]:
        """See `Store.read_events`."""
        found = [event for event in self._known() if event.document_id == document_id]
        if touching is not None:
            cuts = [event.span for event in found if event.kind in CUTS and event.span]
            regions = [region for region in unite(cuts) if overlap(region, touching)]
            wanted = unite([touching, *regions])[0]
            found = [e for e in found if e.span is None or overlap(e.span, wanted)]
        return iter(sorted(found, key=lambda event: event.order))

    def read_events_newest_first(self, document_id: str, *, reviewer: str) -> Iterator[Event]:
        """See `Store.read_events_newest_first`."""
        for event in reversed(list(self.read_events(document_id))):
            if event.reviewer == reviewer:
                yield replace(event, value=None) if isinstance(event.value, Imported) else event

    def read_step(self, step: str) -> list[Event]:
        """See `Store.read_step`."""
        found = (event for event in self._known() if step in (event.id, event.step))
        return sorted(found, key=lambda event: event.order)

    def _names(self) -> dict[str, str]:
        return fold_names(self._events)

    def _known(self) -> list[Event]:
        """The events under the names that reviewers have now."""
        names = self._names()
        return [
            replace(event, reviewer=names[event.reviewer]) if event.reviewer in names else event
            for event in self._events
        ]

    # -- what follows

    def _shelf(self, document_id: str) -> Shelf:
        try:
            return self._shelves[document_id]
        except KeyError as error:
            raise StoreError(f"The text of document {document_id} is not in memory.") from error

    def _sentences(self, document_id: str) -> tuple[Sentence, ...]:
        shelf = self._shelves.get(document_id)
        if shelf is None:
            return ()
        events = [event for event in self._known() if event.document_id == document_id]
        if not any(event.kind in CUTS for event in events):
            return shelf.sentences
        cut = [(sentence.paragraph, sentence.span) for sentence in shelf.sentences]
        cutting, _ = fold_cut(events, cut=cut)
        return tuple(
            Sentence(index, paragraph, span, shelf.text[span.start : span.end])
            for index, (paragraph, span) in enumerate(cutting or ())
        )
