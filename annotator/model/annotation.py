"""What a reviewer has said of a sentence, folded from the events."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from annotator.errors import StoreError
from annotator.model.cut import Cutting
from annotator.model.event import REMARKS, Denied, Event, EventKind, Given, Recut
from annotator.model.history import replay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
    """What an act did to one sentence. `before == after`: nothing, and no event was written.

    Where sentences were split or joined, `recut` says so, and `index` is the first of those that
    were or are; `absorbed` is what was said of the second half before the two became one.
    """

    index: int
    before: Annotation | None
    after: Annotation | None
    recut: bool = False
    absorbed: Annotation | None = None


def apply(annotation: Annotation | None, event: Event) -> Annotation | None:
    """The annotation after one more act on its sentence; `None` where nothing is said any more.

    An annotation that became empty begins anew: its `created_at` is that of the next act.
    """
    if event.span is None or event.kind not in REMARKS:
        raise StoreError(f"The event {event.id} of kind {event.kind} says nothing of a sentence.")
    if isinstance(event.value, Given):
        given = _receive(event.value, event.span, event.reviewer)
        return None if given.is_empty else given
    time = event.time
    if annotation is None and event.kind is EventKind.LABEL and isinstance(event.value, str):
        # As most of a log is; the long way comes to the same, in three times as long.
        return Annotation(
            event.span, event.reviewer, event.value, None, None, False, (), time, time
        )
    current = annotation or Annotation(
        event.span, event.reviewer, None, None, None, False, (), time, time
    )
    after = _set(current, event)
    if after == current:  # said before, or of a label that is no longer there
        return annotation
    if after.is_empty:
        return None
    return after if after.updated_at == time else replace(after, updated_at=time)


def _receive(given: Given, span: Span, reviewer: str) -> Annotation:
    denies = {target for target in given.denies if target != span}
    return Annotation(
        span=span,
        reviewer=reviewer,
        label=given.label,
        speaker=given.speaker,
        note=given.note,
        unsure=given.unsure,
        denies=tuple(sorted(denies)),
        created_at=given.created_at,
        updated_at=given.updated_at,
    )


def _set(current: Annotation, event: Event) -> Annotation:
    match event.kind, event.value:
        case EventKind.LABEL, str() | None as label:
            # Links belong to the denial that made them: another label takes them away.
            denies = current.denies if label == current.label else ()
            # Most of a log is labels, of which `replace` would take twice as long.
            return Annotation(
                current.span,
                current.reviewer,
                label,
                current.speaker,
                current.note,
                current.unsure,
                denies,
                current.created_at,
                current.updated_at,
            )
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


State: TypeAlias = dict[tuple[str, "Span"], Annotation]
"""What is said in a document: (reviewer, span) → annotation."""

_Said: TypeAlias = "dict[Span, Annotation | None]"
_Parts: TypeAlias = "dict[tuple[str, Span], tuple[Annotation | None, _Said]]"
"""(reviewer, sentence) → what was said of it as a whole, and then of each part of it."""


def fold(
    events: Iterable[Event], *, cut: Iterable[tuple[int, Span]] | None = None
) -> dict[tuple[str, Span], Annotation]:
    """The state of a document: (reviewer, span) → annotation, from its events in any order.

    Undone steps count for nothing (see `replay`). It depends on the set of events alone, so merging
    databases is the union of their events. `cut` is how the text was cut at its import (paragraph
    and span of each sentence); without it every span is a sentence.
    """
    cutting, state = fold_cut(events, cut=cut)
    if cutting is None:
        return state
    return {key: aim(annotation, cutting.find) for key, annotation in state.items()}


def fold_cut(
    events: Iterable[Event], *, cut: Iterable[tuple[int, Span]] | None
) -> tuple[Cutting | None, State]:
    """How the text is cut after these events, and what is said of each sentence; links still name
    the spans that they were made to (see `aim`).

    A boundary that is there already is not put a second time, and one that is gone is not taken
    away: two machines may have cut alike before a merge. What is said of a span that is no sentence
    (any more) goes to the sentences that share text with it: of a part, it counts for the whole and
    takes nothing away from it.
    """
    cutting = None if cut is None else Cutting(cut)
    state: State = {}
    parts: _Parts = {}
    for event in replay(events):
        if event.span is None:
            continue
        if isinstance(event.value, Recut):
            _recut(state, cutting, event, event.value, parts=parts)
            continue
        if not parts and (cutting is None or event.span in cutting):
            _say_whole(state, event, (event.reviewer, event.span))  # as nearly always
            continue
        for span in [event.span] if cutting is None else cutting.find(event.span):
            _say(state, event, span, parts=parts)
    return cutting, state


def aim(annotation: Annotation, find: Callable[[Span], list[Span]]) -> Annotation:
    """The annotation with its links to the sentences that now hold what they were made to."""
    if not annotation.denies:
        return annotation
    found = {span for target in annotation.denies for span in find(target)} - {annotation.span}
    return replace(annotation, denies=tuple(sorted(found)))


def _say_whole(state: State, event: Event, key: tuple[str, Span]) -> None:
    after = apply(state.get(key), event)
    if after is None:
        state.pop(key, None)
    else:
        state[key] = after


def _say(state: State, event: Event, span: Span, *, parts: _Parts) -> None:
    key = (event.reviewer, span)
    before = state.get(key)
    if event.span is not None and (event.span.start > span.start or event.span.end < span.end):
        whole, said = parts.setdefault(key, (before, {}))
        said[event.span] = apply(said.get(event.span), event)
        after = _put_together(whole, said.values(), span)
    else:
        if parts:
            parts.pop(key, None)
        after = apply(before, replace(event, span=span) if span != event.span else event)
    if after is None:
        state.pop(key, None)
    else:
        state[key] = after


def _put_together(
    whole: Annotation | None, parts: Iterable[Annotation | None], span: Span
) -> Annotation | None:
    """What was said of a sentence, and the last that was said of each of its parts."""
    for part in parts:
        if part is not None:
            said = replace(part, span=span)
            whole = said if whole is None else _combine(whole, said, strength=())
    return whole


def _recut(
    state: State, cutting: Cutting | None, event: Event, recut: Recut, *, parts: _Parts
) -> None:
    if event.span is None:
        return
    found: tuple[Span, tuple[Span, Span]] | None = (event.span, recut.parts)
    split = event.kind is EventKind.SPLIT
    if cutting is not None:
        found = cutting.split(recut.parts) if split else cutting.join(recut.parts)
    if found is None:
        return
    whole, halves = found
    for reviewer in {reviewer for reviewer, _ in state}:
        for span in (whole, *halves):
            parts.pop((reviewer, span), None)  # what was put together stays so
        if split:
            _hand_down(state, reviewer, whole, halves)
        else:
            _bring_together(state, reviewer, whole, halves, strength=recut.strength)


def _hand_down(state: State, reviewer: str, whole: Span, parts: tuple[Span, Span]) -> None:
    said = state.pop((reviewer, whole), None)
    if said is not None:
        for part in parts:
            state[reviewer, part] = replace(said, span=part)


def _bring_together(
    state: State,
    reviewer: str,
    whole: Span,
    parts: tuple[Span, Span],
    *,
    strength: tuple[str, ...],
) -> None:
    halves = [state.pop((reviewer, part), None) for part in parts]
    said = [replace(half, span=whole) for half in halves if half is not None]
    if said:
        state[reviewer, whole] = _combine(said[0], said[-1], strength=strength)


def _combine(first: Annotation, second: Annotation, *, strength: tuple[str, ...]) -> Annotation:
    """What is said of two sentences that became one. Nothing goes without a trace: the stronger
    label stays, and where there were two the whole is flagged as unsure.
    """
    labels = [said.label for said in (first, second) if said.label is not None]
    ranked = sorted(labels, key=lambda name: strength.index(name) if name in strength else 99)
    label = ranked[0] if ranked else None
    denies = {span for said in (first, second) if said.label == label for span in said.denies}
    return Annotation(
        span=first.span,
        reviewer=first.reviewer,
        label=label,
        speaker=_join_texts(first.speaker, second.speaker),
        note=_join_texts(first.note, second.note),
        unsure=first.unsure or second.unsure or len(set(labels)) > 1,
        denies=tuple(sorted(denies)),
        created_at=min(first.created_at, second.created_at),
        updated_at=max(first.updated_at, second.updated_at),
    )


def _join_texts(first: str | None, second: str | None) -> str | None:
    texts = list(dict.fromkeys(text for text in (first, second) if text is not None))
    return " / ".join(texts) or None
