"""What a reviewer has said of a sentence, folded from the events."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.errors import StoreError
from annotator.model.event import ACTS, Denied, Event, EventKind
from annotator.model.history import replay

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.model.span import Span


@dataclass(frozen=True, slots=True)
class Annotation:
    """One reviewer's label on one sentence, with its attributes.

    `denies` holds the spans of the sentences that this one denies, in the text's order.
    """

    span: Span
    reviewer: str
    label: str | None
    speaker: str | None
    note: str | None
    unsure: bool
    denies: tuple[Span, ...]
    created_at: str
    updated_at: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said at all; then there is no annotation."""
        return (
            self.label is None
            and self.speaker is None
            and self.note is None
            and not self.unsure
            and not self.denies
        )


@dataclass(frozen=True, slots=True)
class Change:
    """What an act did to one sentence. `before == after`: nothing, and no event was written."""

    index: int
    before: Annotation | None
    after: Annotation | None


def apply(annotation: Annotation | None, event: Event) -> Annotation | None:
    """The annotation after one more act on its sentence; `None` where nothing is said any more.

    An annotation that became empty begins anew: its `created_at` is that of the next act.
    """
    if event.span is None or event.kind not in ACTS:
        raise StoreError(f"The event {event.id} of kind {event.kind} says nothing of a sentence.")
    current = annotation or Annotation(
        event.span, event.reviewer, None, None, None, False, (), event.time, event.time
    )
    after = _set(current, event)
    if after == current:  # said before, or of a label that is no longer there
        return annotation
    return None if after.is_empty else replace(after, updated_at=event.time)


def _set(current: Annotation, event: Event) -> Annotation:
    match event.kind, event.value:
        case EventKind.LABEL, str() | None as label:
            # Links belong to the denial that made them: another label takes them away.
            denies = current.denies if label == current.label else ()
            return replace(current, label=label, denies=denies)
        case EventKind.NOTE, str() | None as note:
            return replace(current, note=note)
        case EventKind.SPEAKER, str() | None as speaker:
            return replace(current, speaker=speaker)
        case EventKind.UNSURE, bool(unsure):
            return replace(current, unsure=unsure)
        case EventKind.DENIES, Denied(label, spans):
            if label != current.label:
                return current
            others = {span for span in spans if span != current.span}
            return replace(current, denies=tuple(sorted(others)))
    raise StoreError(f"The event {event.id} of kind {event.kind} holds a value of another kind.")


def fold(events: Iterable[Event]) -> dict[tuple[str, Span], Annotation]:
    """The state of a document: (reviewer, span) → annotation, from its events in any order.

    Undone steps count for nothing, redone ones from the moment of the redo. It depends on the set
    of events alone, so merging databases is the union of their events.
    """
    state: dict[tuple[str, Span], Annotation] = {}
    for event in replay(events):
        if event.span is None:
            continue
        key = (event.reviewer, event.span)
        after = apply(state.get(key), event)
        if after is None:
            state.pop(key, None)
        else:
            state[key] = after
    return state
