"""What was done, in words: an event of a history, a split, a join."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from annotator.model.event import (
    CUTS,
    Assigned,
    EventKind,
    Imported,
    Recut,
    Settled,
    Suggested,
)
from annotator.model.layout import read_layout
from annotator.session.history import tell_history
from annotator.text.display import show_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from annotator.model.annotation import Annotation, Change
    from annotator.model.document import Document, Place
    from annotator.model.span import Span
    from annotator.session.history import Entry
    from annotator.session.labelling import Session
    from annotator.store.base import Store

NOTHING: Final = "–"

UNSURE: Final = "unsure"

QUOTED: Final = 40
"""Code points that are told, at most, of the words at which a sentence was split or joined."""

_OF_ALL: Final = CUTS | {
    EventKind.IMPORT,
    EventKind.DELETE,
    EventKind.RESTORE,
    EventKind.SUGGEST,
    EventKind.ASSIGN,
}
"""What everybody may know of, whoever did it: it says nothing of a label."""

_TAKING_BACK: Final = frozenset({EventKind.UNDO, EventKind.RETRACT})

_LINKING: Final = {EventKind.SPLIT: "before", EventKind.JOIN: "with"}

_EVERY: Final = 500  # events between two looks at whether anybody still waits

Shown: TypeAlias = "str | bool | list[int | None] | None"
FindIndex: TypeAlias = "Callable[[Span], int | None]"
Quote: TypeAlias = "Callable[[Span], str]"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of an annotation that a change touched. Spans stand as sentence indexes."""

    index: int
    field: str
    before: Shown
    after: Shown


@dataclass(frozen=True, slots=True)
class Told:
    """An event in words. `time` is UTC, as the log has it; `indexes` are the sentences that it is
    about; `undone` says that it was taken back and not put back since.
    """

    time: str
    reviewer: str
    indexes: tuple[int, ...]
    kind: EventKind
    what: str
    undone: bool = False


# -- a history


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A history that is to be told, of a document or of one span of it, to one reviewer."""

    location: str
    document: Document
    reviewer: str
    span: Span | None

    def answer(self, *, is_wanted: Callable[[], bool] = lambda: True) -> list[Told]:
        """See `tell`. Opens the database anew, so that any thread may ask."""
        from annotator.store import open_store

        with closing(open_store(self.location, must_exist=True)) as store:
            return tell(
                store,
                self.document,
                reviewer=self.reviewer,
                span=self.span,
                is_wanted=is_wanted,
            )


def inquire(session: Session, index: int | None = None) -> Inquiry:
    """The history of a sentence; of the whole document without an index."""
    span = None if index is None else session.read_place(index).sentence.span
    return Inquiry(session.location, session.document, session.reviewer, span)


def tell(
    store: Store,
    document: Document,
    *,
    reviewer: str,
    span: Span | None = None,
    is_wanted: Callable[[], bool] = lambda: True,
) -> list[Told]:
    """What this reviewer did, newest first, and what befell the document or its sentences, whoever
    did it; of one span alone where there is one. Others' labels are not told, nor what they said.

    Stops half-way, with nothing, once it is not wanted any more.
    """
    told: list[tuple[str | None, Told]] = []
    undone: dict[tuple[str, str], bool] = {}

    def find_index(target: Span) -> int | None:
        return store.find_index(document.id, start=target.start)

    with store.snapshot():
        quote = quote_from(store.read_text(document.id))
        for number, entry in enumerate(tell_history(store, document, touching=span)):
            if number % _EVERY == 0 and not is_wanted():
                return []
            event = entry.event
            if event.target is not None:
                undone[event.reviewer, event.target] = event.kind in _TAKING_BACK
            if _may_know(entry, reviewer) and touches(event.span, span):
                step = None if event.target is not None else event.step
                known = entry if event.reviewer == reviewer else _blind(entry)
                told.append((step, _put(entry, tell_entry(known, find_index, quote=quote))))
    return [
        replace(line, undone=undone.get((line.reviewer, step or ""), False))
        for step, line in reversed(told)
    ]


def tell_entry(entry: Entry, find_index: FindIndex, *, quote: Quote) -> str:
    """What an event was, from what to what."""
    event, value = entry.event, entry.event.value
    differences = "; ".join(
        f"{found.field} {show(found.before)} → {show(found.after)}"
        for change in entry.changes
        for found in compare(change, find_index)
    )
    match event.kind:
        case EventKind.IMPORT if isinstance(value, Imported):
            sentences = len(read_layout(value.layout))
            return f"{sentences} sentences from {value.source or 'standard input'}"
        case EventKind.DELETE:
            return "taken out of the library"
        case EventKind.RESTORE:
            return "back in the library"
        case EventKind.SUGGEST if isinstance(value, Suggested) and event.span is not None:
            index = find_index(event.span)
            where = "" if index is None else f" for sentence {index + 1}"
            return show_line(f"{value.label or 'no label'}{where}, by {value.program}")
        case EventKind.SETTLE if isinstance(value, Settled) and event.span is not None:
            return _tell_settled(value, find_index(event.span))
        case EventKind.RETRACT | EventKind.REINSTATE:
            return _tell_turned_settlements(entry, find_index)
        case EventKind.ASSIGN if isinstance(value, Assigned):
            what = "taken away from" if value.withdrawn else "assigned to"
            return f"{what} {show_line(value.reviewer)}{', a second time' * value.again}"
        case EventKind.SEEN:
            return "others' labels for it"
        case EventKind.SPLIT | EventKind.JOIN if isinstance(value, Recut):
            words = f"{_LINKING[event.kind]} {quote(value.parts[1])}"
            halves = (name_labels(change) for change in entry.changes)
            return "; ".join([words, *filter(None, halves)])
        case EventKind.UNDO | EventKind.REDO if CUTS.intersection(entry.undone):
            return _tell_turned_cut(entry)
    return differences


def _tell_settled(value: Settled, index: int | None) -> str:
    where = "" if index is None else f"sentence {index + 1}: "
    rule = "" if value.rule is None else f", by rule ({value.rule.value})"
    note = "" if value.note is None else f", {value.note}"
    return show_line(f"{where}{value.label or 'open again'}{rule}{note}")


def _tell_turned_settlements(entry: Entry, find_index: FindIndex) -> str:
    verb = "taken back" if entry.event.kind is EventKind.RETRACT else "put back"
    told = [
        _tell_settled(event.value, find_index(event.span))
        for event in entry.settlements
        if isinstance(event.value, Settled) and event.span is not None
    ]
    more = f" and {len(told) - 1} more" if len(told) > 1 else ""
    return f"{verb}: {told[0]}{more}" if told else verb


def compare(change: Change, find_index: FindIndex) -> Iterator[Difference]:
    """The fields of an annotation that a change touched."""
    before, after = _list_fields(change.before, find_index), _list_fields(change.after, find_index)
    for field, value in before.items():
        if value != after[field]:
            yield Difference(change.index, field, value, after[field])


def show(value: Shown) -> str:
    """A field's value as a person reads it: numbers from 1, a dash for nothing."""
    match value:
        case bool():
            return "yes" if value else "no"
        case list():
            numbers = (NOTHING if index is None else str(index + 1) for index in value)
            return ", ".join(numbers) or NOTHING
    return value or NOTHING


def _tell_turned_cut(entry: Entry) -> str:
    """A split or a join taken back, or put back."""
    was = next(kind for kind in entry.undone if kind in CUTS)
    is_whole = (was is EventKind.SPLIT) is (entry.event.kind is EventKind.UNDO)
    return f"the {was.value}: {'one sentence' if is_whole else 'two sentences'} again"


def _put(entry: Entry, what: str) -> Told:
    event = entry.event
    indexes = tuple(dict.fromkeys(change.index for change in entry.changes))
    return Told(event.time, event.reviewer, indexes, event.kind, what)


def _may_know(entry: Entry, reviewer: str) -> bool:
    event = entry.event
    return (
        event.reviewer == reviewer or event.kind in _OF_ALL or bool(CUTS.intersection(entry.undone))
    )


def _blind(entry: Entry) -> Entry:
    """The event without what its reviewer had said of the sentences."""
    blank = tuple(
        replace(change, before=None, after=None, absorbed=None) for change in entry.changes
    )
    return replace(entry, changes=blank)


def touches(about: Span | None, span: Span | None) -> bool:
    """Whether an event's span shares text with the one in question; what has none is about all.

    A half has the history of the sentence that it was a part of, a whole that of both its halves.
    """
    if about is None or span is None:
        return True
    return about.start < span.end and about.end > span.start


def quote_from(text: str) -> Quote:
    """Quotes the beginning of a stretch of the text."""

    def quote(span: Span) -> str:
        words = text[span.start : span.end]
        if len(words) > QUOTED:
            first, _, _ = words[: QUOTED + 1].rpartition(" ")
            words = f"{first or words[:QUOTED]} …"
        return f"“{show_line(words)}”"

    return quote


def _list_fields(annotation: Annotation | None, find_index: FindIndex) -> dict[str, Shown]:
    if annotation is None:
        return {"label": None, "speaker": None, "denies": [], "note": None, "unsure": False}
    return {
        "label": annotation.label,
        "speaker": annotation.speaker,
        "denies": [find_index(span) for span in annotation.denies],
        "note": annotation.note,
        "unsure": annotation.unsure,
    }


# -- a split, a join


def tell_inheritance(place: Place) -> str:
    """What the halves of a sentence would have of it, before it is split."""
    said = _list_said(place.annotation)
    if place.denies:
        said.append(f"denying {_number(link.index for link in place.denies)}")
    if place.denied_by:
        said.append(f"denied by {_number(place.denied_by)}")
    if not said:
        return "The sentence has no label, and neither half will have one."
    return f"Both halves keep what it has: {', '.join(said)}. Change either afterwards."


def tell_split(change: Change) -> str:
    """What a split came to."""
    number = change.index + 1
    said = _list_said(change.after)
    told = f"both {', '.join(said)}" if said else "neither has a label"
    return f"Split into {number} and {number + 1}: {told}"


def tell_join(change: Change) -> str:
    """What a join came to."""
    number = change.index + 1
    halves = [half for half in (change.before, change.absorbed) if half is not None]
    # A flag that the join itself set is told with the labels.
    known = {_label_of(change.after), *([] if any(half.unsure for half in halves) else [UNSURE])}
    rest = [said for said in _list_said(change.after) if said not in known]
    told = ", ".join(filter(None, [name_labels(change), *rest]))
    return f"Joined {number} and {number + 1}: {told or 'neither had a label'}"


def name_labels(change: Change) -> str:
    """What labels a split or a join found and what came of them; empty where there were none."""
    halves = [half for half in (change.before, change.absorbed) if half is not None]
    labels = [label for label in map(_label_of, halves) if label]
    now = _label_of(change.after)
    is_unsure = change.after is not None and change.after.unsure
    unsure = ", marked unsure" if is_unsure and not any(half.unsure for half in halves) else ""
    if not labels or set(labels) == {now}:
        return f"{now}{unsure}"
    return f"{' and '.join(labels)}, now {now or 'none'}{unsure}"


def _list_said(annotation: Annotation | None) -> list[str]:
    """What is said of a sentence, but for its links: label, speaker, flag, note."""
    if annotation is None:
        return []
    said = [_label_of(annotation)]
    if annotation.speaker is not None:
        said.append(f"speaker {show_line(annotation.speaker)}")
    said += [UNSURE] * annotation.unsure
    said += ["with a note"] * (annotation.note is not None)
    return [part for part in said if part]


def _label_of(annotation: Annotation | None) -> str:
    return "" if annotation is None else show_line(annotation.label or "")


def _number(indexes: Iterable[int]) -> str:
    return ", ".join(str(index + 1) for index in indexes)
