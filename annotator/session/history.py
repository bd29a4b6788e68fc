"""A document's history told event by event: what each one changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.errors import StoreError
from annotator.model.annotation import Change, apply, fold
from annotator.model.event import ACTS, EventKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.model.annotation import Annotation
    from annotator.model.document import Document
    from annotator.model.event import Event
    from annotator.model.span import Span
    from annotator.store.base import Store


@dataclass(frozen=True, slots=True)
class Entry:
    """An event and what it changed, sentence by sentence.

    `undone` holds, for an undo or a redo, the kinds of the acts that it takes back or puts back.
    """

    event: Event
    changes: tuple[Change, ...]
    undone: tuple[EventKind, ...] = ()


def tell_history(store: Store, document: Document) -> Iterator[Entry]:
    """Every event of the document, oldest first. To be read inside `Store.snapshot`."""
    steps: dict[str, list[Event]] = defaultdict(list)
    logs: dict[tuple[str, Span], list[Event]] = defaultdict(list)
    state: dict[tuple[str, Span], Annotation | None] = {}
    for event in store.read_events(document.id):
        if event.kind in ACTS:
            steps[event.step].append(event)
        acts = [event] if event.kind in ACTS else steps.get(event.target or "", [])
        changes = []
        for key in sorted({(act.reviewer, act.span) for act in acts if act.span is not None}):
            logs[key].append(event)
            before = state.get(key)
            # An act is the newest there is, so it applies to what stands; the rest is folded anew.
            after = apply(before, event) if event.kind in ACTS else fold(logs[key]).get(key)
            state[key] = after
            changes.append(Change(_find_index(store, document, key[1]), before, after))
        undone = () if event.kind in ACTS else tuple(act.kind for act in acts)
        yield Entry(event, tuple(changes), undone)


def _find_index(store: Store, document: Document, span: Span) -> int:
    index = store.find_index(document.id, start=span.start)
    if index is None:
        raise StoreError(
            f"The history of document {document.id} speaks of {span.start}-{span.end}, which is no"
            " sentence: run 'annotator verify'."
        )
    return index
