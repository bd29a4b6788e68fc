"""What is proved of one document: its hash, its offsets, and the replay of its history."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from annotator.errors import StoreError
from annotator.model.adjudication import fold_settled
from annotator.model.annotation import aim, fold_cut
from annotator.model.document import derive_document_id, hash_text
from annotator.model.event import ACTS, EventKind, Imported
from annotator.model.history import SETTLING
from annotator.model.layout import read_layout
from annotator.model.suggestion import fold_suggestions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from annotator.model.annotation import State
    from annotator.model.cut import Cutting
    from annotator.model.document import Document, Sentence
    from annotator.model.event import Event
    from annotator.model.span import Span
    from annotator.store.base import Store

    Failures: TypeAlias = list[list[str]]
    """Of each of `CHECKS` in their order, what failed."""


def prove_documents(store: Store, documents: Sequence[Document]) -> Failures:
    """Check each of these documents in every way. Holds one of them at a time."""
    failures: Failures = [[] for _ in CHECKS]
    for document in documents:
        reading = _Reading(store, document)
        for found, check in zip(failures, CHECKS.values(), strict=True):
            found += [f"{document.id}: {failure}" for failure in _attempt(check, reading)]
    return failures


class _Reading:
    """A document as the store has it. Each thing is read once, however many checks ask for it; what
    cannot be read is an error to each of them.
    """

    def __init__(self, store: Store, document: Document) -> None:
        self.store = store
        self.document = document

    @cached_property
    def text(self) -> str:
        return self.store.read_text(self.document.id)

    @cached_property
    def sentences(self) -> list[Sentence]:
        return list(self.store.read_sentences(self.document.id))


def _attempt(check: Callable[[_Reading], Iterator[str]], reading: _Reading) -> Iterator[str]:
    """A row too damaged to read is a failure of what was being proved, and the rest goes on."""
    try:
        yield from check(reading)
    except StoreError as error:
        yield str(error)


def _check_hash(reading: _Reading) -> Iterator[str]:
    document = reading.document
    found = hash_text(reading.text)
    if found != document.sha256:
        yield f"its text has the hash {found}, not {document.sha256}"
    if derive_document_id(document.sha256) != document.id:
        yield f"its id does not come from its hash {document.sha256}"


def _check_offsets(reading: _Reading) -> Iterator[str]:
    text, stated = reading.text, reading.document.sentence_count
    at = 0
    for index, sentence in enumerate(reading.sentences):
        span = sentence.span
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
    count = len(reading.sentences)
    if count != stated:
        yield f"it has {count} sentences, and says {stated}"


def _check_replay(reading: _Reading) -> Iterator[str]:
    store, document = reading.store, reading.document
    events = list(store.read_events(document.id))
    origin = next((event.value for event in events if isinstance(event.value, Imported)), None)
    cut = None if origin is None else read_layout(origin.layout)
    cutting, folded = fold_cut(events, cut=cut)
    if cutting is not None:
        standing = [(found.paragraph, found.span) for found in reading.sentences]
        if list(cutting) != standing:
            yield "its sentences are not those of its import and its history"
    for reviewer, span in sorted(_find_changed(reading, cutting, folded)):
        yield f"what {reviewer} said of {span.start}-{span.end} is not what the history says"
    deleted = False
    for event in events:
        if event.kind in (EventKind.DELETE, EventKind.RESTORE):
            deleted = event.kind is EventKind.DELETE
    if deleted is not document.deleted:
        yield "whether it is deleted is not what the history says"
    yield from _check_team(reading, events)
    yield from _check_steps(events)
    yield from _check_import(document, events)


def _find_changed(
    reading: _Reading, cutting: Cutting | None, folded: State
) -> set[tuple[str, Span]]:
    """What stands of whom otherwise than the history has it, or only in one of the two."""
    changed, waiting = set(), dict(folded)
    for standing in reading.store.read_annotations(reading.document.id):
        key = (standing.reviewer, standing.span)
        said = waiting.pop(key, None)
        if said is not None and said.denies and cutting is not None:
            said = aim(said, cutting.find)
        if said != standing:
            changed.add(key)
    return changed.union(waiting)


def _check_team(reading: _Reading, events: list[Event]) -> Iterator[str]:
    """What leads have settled, and programs suggest."""
    store, id_ = reading.store, reading.document.id
    settled = fold_settled(events, [sentence.span for sentence in reading.sentences])
    if list(store.read_adjudications(id_)) != list(settled.values()):
        yield "what is settled is not what the history says"
    suggested = fold_suggestions(events)
    if list(store.read_suggestions(id_)) != [suggested[key] for key in sorted(suggested)]:
        yield "what is suggested is not what the history says"


def _check_steps(events: list[Event]) -> Iterator[str]:
    """Whether each undo and redo speaks of something that was done."""
    if all(event.target is None for event in events):
        return
    acts = ACTS | SETTLING.acts
    steps = {event.step for event in events if event.kind in acts}
    for event in events:
        if event.target is not None and event.target not in steps:
            yield f"the event {event.id} ({event.kind}) speaks of a step that is not in the history"


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


CHECKS: Final = {
    "hashes": _check_hash,
    "offsets": _check_offsets,
    "replay": _check_replay,
}
