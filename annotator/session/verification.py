"""Proving a database: that what it says now follows from what happened, to the last offset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from annotator.errors import StoreError
from annotator.model.adjudication import fold_settled
from annotator.model.annotation import aim, fold_cut
from annotator.model.assignment import fold_assignments
from annotator.model.document import derive_document_id, hash_text
from annotator.model.event import ACTS, EventKind, Imported
from annotator.model.history import SETTLING
from annotator.model.layout import read_layout
from annotator.model.naming import fold_names
from annotator.model.suggestion import fold_suggestions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from annotator.model.document import Document
    from annotator.model.event import Event
    from annotator.store.base import Store


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing proved of a database, or the ways in which it failed."""

    name: str
    looked_at: str
    failures: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing failed."""
        return not self.failures


def verify(store: Store) -> Iterator[Proof]:
    """Prove integrity, hashes, offsets and the replay of the history, each over all documents.

    Reads one moment of the database, while others write. Holds one document at a time.
    """
    with store.snapshot():
        yield Proof("integrity", "the file", _check_integrity(store))
        documents, unread = _list_documents(store)
        for name, check in _CHECKS.items():
            failures = unread + [
                f"{document.id}: {failure}"
                for document in documents
                for failure in _attempt(check, store, document)
            ]
            if check is _check_replay:
                # A damaged event of a document fails there too, and is said once.
                told = _attempt_team(store)
                failures += [one for one in told if not any(f.endswith(one) for f in failures)]
            some = "document" if len(documents) == 1 else "documents"
            yield Proof(name, f"{len(documents)} {some}", tuple(failures))


EVERY: Final = 2**62


def _check_integrity(store: Store) -> tuple[str, ...]:
    try:
        faults = store.check_integrity()
        store.read_scheme()  # of no document, so no other proof would come upon it
        return tuple(faults)
    except StoreError as error:
        return (str(error),)


def _list_documents(store: Store) -> tuple[list[Document], list[str]]:
    """All documents; or none, and why the table of them cannot be read."""
    try:
        return store.find_documents("", limit=EVERY), []
    except StoreError as error:
        return [], [str(error)]


def _attempt(
    check: Callable[[Store, Document], Iterator[str]], store: Store, document: Document
) -> Iterator[str]:
    """A row too damaged to read is a failure of what was being proved, and the rest goes on."""
    try:
        yield from check(store, document)
    except StoreError as error:
        yield str(error)


def _attempt_team(store: Store) -> list[str]:
    try:
        return list(_check_assignments(store))
    except StoreError as error:
        return [str(error)]


def _check_hash(store: Store, document: Document) -> Iterator[str]:
    found = hash_text(store.read_text(document.id))
    if found != document.sha256:
        yield f"its text has the hash {found}, not {document.sha256}"
    if derive_document_id(document.sha256) != document.id:
        yield f"its id does not come from its hash {document.sha256}"


def _check_offsets(store: Store, document: Document) -> Iterator[str]:
    text = store.read_text(document.id)
    at = 0
    count = 0
    for index, sentence in enumerate(store.read_sentences(document.id)):
        span = sentence.span
        count += 1
        if sentence.index != index:
            yield f"sentence {index + 1} is numbered {sentence.index + 1}"
        if text[span.start : span.end] != sentence.text:
            yield f"sentence {index + 1} is not what stands at {span.start}-{span.end}"
        if span.start < at:
            yield f"sentence {index + 1} overlaps the one before it"
        elif text[at : span.start].strip():
            yield f"there is text before sentence {index + 1} that no sentence holds"
        at = span.end
    if text[at:].strip():
        yield "there is text after the last sentence that no sentence holds"
    if count != document.sentence_count:
        yield f"it has {count} sentences, and says {document.sentence_count}"


def _check_replay(store: Store, document: Document) -> Iterator[str]:
    events = list(store.read_events(document.id))
    origin = next((event.value for event in events if isinstance(event.value, Imported)), None)
    cut = None if origin is None else read_layout(origin.layout)
    cutting, raw = fold_cut(events, cut=cut)
    folded = raw if cutting is None else {k: aim(said, cutting.find) for k, said in raw.items()}
    if cutting is not None:
        standing = [(found.paragraph, found.span) for found in store.read_sentences(document.id)]
        if list(cutting) != standing:
            yield "its sentences are not those of its import and its history"
    found = {(note.reviewer, note.span): note for note in store.read_annotations(document.id)}
    for reviewer, span in sorted(folded.keys() | found.keys()):
        if folded.get((reviewer, span)) != found.get((reviewer, span)):
            yield f"what {reviewer} said of {span.start}-{span.end} is not what the history says"
    deleted = False
    for event in events:
        if event.kind in (EventKind.DELETE, EventKind.RESTORE):
            deleted = event.kind is EventKind.DELETE
    if deleted is not document.deleted:
        yield "whether it is deleted is not what the history says"
    yield from _check_team(store, document, events)
    steps = {event.step for event in events if event.kind in ACTS | SETTLING.acts}
    for event in events:
        if event.target is not None and event.target not in steps:
            yield f"the event {event.id} ({event.kind}) speaks of a step that is not in the history"
    yield from _check_import(document, events)


def _check_team(store: Store, document: Document, events: list[Event]) -> Iterator[str]:
    """What leads have settled, and programs suggest."""
    spans = [sentence.span for sentence in store.read_sentences(document.id)]
    settled = fold_settled(events, spans)
    if list(store.read_adjudications(document.id)) != list(settled.values()):
        yield "what is settled is not what the history says"
    suggested = fold_suggestions(events)
    if list(store.read_suggestions(document.id)) != [suggested[key] for key in sorted(suggested)]:
        yield "what is suggested is not what the history says"


def _check_assignments(store: Store) -> Iterator[str]:
    """Who is to label what, and which names are one person's: of no document alone."""
    kinds = (EventKind.ASSIGN, EventKind.RENAME)
    events = [event for event in store.read_log() if event.kind in kinds]
    names = fold_names(events)
    reviewers = {event.reviewer for event in events} | {*store.list_reviewers()}
    for name in sorted(names.keys() | reviewers):
        if store.resolve_reviewer(name) != names.get(name, name):
            yield f"whose the name {name} is now is not what the history says"
    if store.list_assignments() != fold_assignments(events, names=names):
        yield "who is to label what is not what the history says"


def _check_import(document: Document, events: list[Event]) -> Iterator[str]:
    origins = [(event.time, event.value) for event in events if isinstance(event.value, Imported)]
    if not origins:
        yield "its import is not in the history"
        return
    imported_at, origin = origins[0]
    if document.imported_at != imported_at:
        yield "its imported_at is not what the history says"
    for name in ("title", "source", "author", "published", "language", "replaces"):
        if getattr(document, name) != getattr(origin, name):
            yield f"its {name} is not what the history says"


_CHECKS: Final = {
    "hashes": _check_hash,
    "offsets": _check_offsets,
    "replay": _check_replay,
}
