"""What happened, one event at a time: never changed, never removed.

Everything else in a database can be folded from its events. Their order is (counter, id): the
counter is greater than any in the database when the event was written (Lamport, "Time, Clocks, and
the Ordering of Events in a Distributed System", 1978), so that an event always follows those that
its writer had seen, on whichever machine; ids settle what no one had seen, the clock nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from annotator.errors import StoreError
from annotator.model.scheme import LabelScheme, describe_scheme, read_scheme
from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable


class EventKind(StrEnum):
    """What an event may be about.

    A program refuses to read a kind that it does not know: a new one comes with a migration, so
    that an older program calls the database newer and not damaged.
    """

    IMPORT = "import"
    DELETE = "delete"
    RESTORE = "restore"
    LABEL = "label"
    UNSURE = "unsure"
    NOTE = "note"
    SPEAKER = "speaker"
    DENIES = "denies"
    GIVEN = "given"
    SPLIT = "split"
    JOIN = "join"
    SEEN = "seen"
    SCHEME = "scheme"
    UNDO = "undo"
    REDO = "redo"


REMARKS: Final = frozenset(
    {
        EventKind.LABEL,
        EventKind.UNSURE,
        EventKind.NOTE,
        EventKind.SPEAKER,
        EventKind.DENIES,
        EventKind.GIVEN,
    }
)
"""The kinds that say something of a sentence."""

CUTS: Final = frozenset({EventKind.SPLIT, EventKind.JOIN})
"""The kinds that change what the sentences are, for everybody."""

ACTS: Final = REMARKS | CUTS
"""The kinds that undo acts on."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The value of an import: what the source said, and how the text was cut.

    It belongs to the log, so that two databases that cut the same text differently agree after a
    merge. `layout` is the sentences' paragraphs and spans in a string: see `write_layout`.
    """

    title: str
    source: str | None
    author: str | None
    published: str | None
    language: str
    replaces: str | None
    layout: str


@dataclass(frozen=True, slots=True)
class Denied:
    """The value of a denial's links: the sentences that it denies, and the label that it had.

    The label makes it mean the same after a merge: where another machine has changed the label in
    the meantime, the links have nothing to belong to, and say nothing.
    """

    label: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """The value of an annotation that came in whole, from a file or an older text: all that the
    reviewer has said of the sentence, and when (UTC). It takes the place of what they said before.
    """

    label: str | None
    speaker: str | None
    note: str | None
    unsure: bool
    denies: tuple[Span, ...]
    created_at: str
    updated_at: str


@dataclass(frozen=True, slots=True)
class Recut:
    """The value of a split or a join: the two parts, in the text's order.

    The event's span is the whole. `strength` names labels, the strongest first: which of two a
    joined sentence keeps. It belongs to the log, since a scheme may change.
    """

    parts: tuple[Span, Span]
    strength: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effort:
    """A label given, and how long its sentence had been before the reviewer, in milliseconds."""

    document_id: str
    reviewer: str
    time: str
    spent_ms: int


Value: TypeAlias = str | bool | Denied | Given | Imported | Recut | LabelScheme | None
"""By kind: label, note, speaker `str | None`; unsure `bool`; denies `Denied`; given `Given`;
import `Imported`; split and join `Recut`; scheme `LabelScheme`.
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that has not been committed: it has no counter yet.

    `step` is the id of the first event of the same key press or dialog: what one undo takes back.
    `target` is, in an undo or redo, the step that it speaks of. `spent_ms` is how long the reviewer
    had the sentence before them. `guideline` is the hash of the guideline in force. An event about
    the whole library has no document.
    """

    id: str
    step: str
    document_id: str | None
    span: Span | None
    reviewer: str
    kind: EventKind
    value: Value
    time: str
    spent_ms: int
    guideline: str
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Event(Draft):
    """A committed event."""

    counter: int = field(kw_only=True)

    @property
    def order(self) -> tuple[int, str]:
        """Where the event stands among all others."""
        return (self.counter, self.id)


def commit(draft: Draft, counter: int) -> Event:
    """The event that a draft becomes once it has its place in the log."""
    fields = {name: getattr(draft, name) for name in Draft.__slots__}
    return Event(**fields, counter=counter)


def write_layout(cut: Iterable[tuple[int, Span]]) -> str:
    """Write sentences, each a paragraph and a span, as `gap length gap length / gap length …`.

    Small numbers, since sentences follow closely; a slash is where the next paragraph begins.
    """
    written: list[str] = []
    at = current = 0
    for paragraph, span in cut:
        written += ["/"] * (paragraph - current)
        written += (str(span.start - at), str(span.end - span.start))
        at, current = span.end, paragraph
    return " ".join(written)


def read_layout(layout: str) -> list[tuple[int, Span]]:
    """Read what `write_layout` wrote. `StoreError` where it is not of that form."""
    cut: list[tuple[int, Span]] = []
    at = 0
    for paragraph, written in enumerate(layout.split("/")):
        numbers = _read_numbers(written)
        for gap, length in zip(numbers[::2], numbers[1::2], strict=True):
            cut.append((paragraph, Span(at + gap, at + gap + length)))
            at += gap + length
    return cut


def _read_numbers(written: str) -> list[int]:
    try:
        numbers = [int(number) for number in written.split()]
    except ValueError as error:
        raise StoreError("The layout of a document's sentences is not made of numbers.") from error
    if len(numbers) % 2 or any(number < 0 for number in numbers):
        raise StoreError("The layout of a document's sentences is cut short or runs backwards.")
    return numbers


def write_value(value: Value) -> str | None:
    """Write a value as JSON, for storing; `None` stays `None`."""
    if value is None:
        return None
    if isinstance(value, Imported):
        fields = {name: getattr(value, name) for name in Imported.__slots__}
        return json.dumps(fields, ensure_ascii=False)
    if isinstance(value, Denied):
        spans = [[span.start, span.end] for span in value.spans]
        return json.dumps({"label": value.label, "spans": spans}, ensure_ascii=False)
    if isinstance(value, Given):
        given = {name: getattr(value, name) for name in Given.__slots__}
        given["denies"] = [[span.start, span.end] for span in value.denies]
        return json.dumps(given, ensure_ascii=False)
    if isinstance(value, Recut):
        parts = [[span.start, span.end] for span in value.parts]
        written = {"parts": parts, "strength": value.strength}
        return json.dumps(written, ensure_ascii=False)
    if isinstance(value, LabelScheme):
        return json.dumps(describe_scheme(value), ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False)


def read_value(kind: EventKind, stored: str | None) -> Value:
    """Read what `write_value` wrote for an event of this kind; `StoreError` for anything else."""
    if stored is None:
        return None
    try:
        found: object = json.loads(stored)
    except (ValueError, RecursionError) as error:
        raise StoreError(f"An event of kind {kind} holds a value that is not JSON.") from error
    match kind:
        case EventKind.LABEL | EventKind.NOTE | EventKind.SPEAKER if isinstance(found, str):
            return found
        case EventKind.UNSURE if isinstance(found, bool):
            return found
        case EventKind.DENIES if isinstance(found, dict):
            return _read_denied(found)
        case EventKind.GIVEN if isinstance(found, dict):
            return _read_given(found)
        case EventKind.IMPORT if isinstance(found, dict):
            return _read_imported(found)
        case EventKind.SPLIT | EventKind.JOIN if isinstance(found, dict):
            return _read_recut(found)
        case EventKind.SCHEME:
            return read_scheme(found)
    raise StoreError(f"An event of kind {kind} holds a value that does not belong to it.")


def _read_denied(found: dict[str, object]) -> Denied:
    match found:
        case {"label": str(label), "spans": list(pairs)}:
            return Denied(label, tuple(_read_span(pair) for pair in pairs))
    raise StoreError(
        "An event of kind denies holds a value that does not belong to it: no label and spans."
    )


def _read_given(found: dict[str, object]) -> Given:
    match found:
        case {
            "label": str() | None as label,
            "speaker": str() | None as speaker,
            "note": str() | None as note,
            "unsure": bool(unsure),
            "denies": list(pairs),
            "created_at": str(created_at),
            "updated_at": str(updated_at),
        }:
            spans = tuple(_read_span(pair) for pair in pairs)
            return Given(label, speaker, note, unsure, spans, created_at, updated_at)
    raise StoreError("An annotation that came in whole does not say what it must.")


def _read_recut(found: dict[str, object]) -> Recut:
    match found:
        case {"parts": [first, second], "strength": list(names)}:
            strength = tuple(name for name in names if isinstance(name, str))
            return Recut((_read_span(first), _read_span(second)), strength)
    raise StoreError("A split or a join does not say which two parts it is about.")


def _read_span(pair: object) -> Span:
    match pair:
        # To Python true and false are numbers too.
        case [int(start), int(end)] if not isinstance(start, bool) and not isinstance(end, bool):
            return Span(start, end)
    raise StoreError("An event names a span that is not two numbers.")


def _read_imported(found: dict[str, object]) -> Imported:
    texts = {name: found.get(name) for name in Imported.__slots__}
    match texts:
        case {
            "title": str(title),
            "source": str() | None as source,
            "author": str() | None as author,
            "published": str() | None as published,
            "language": str(language),
            "replaces": str() | None as replaces,
            "layout": str(layout),
        }:
            return Imported(title, source, author, published, language, replaces, layout)
    raise StoreError("A document's import does not say what it must.")
