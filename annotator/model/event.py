"""What happened, one event at a time: never changed, never removed.

Everything else in a database can be folded from its events. Their order is (counter, id): the
counter is greater than any in the database when the event was written (Lamport, "Time, Clocks, and
the Ordering of Events in a Distributed System", 1978), so that an event always follows those that
its writer had seen, on whichever machine; ids settle what no one had seen, the clock nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from annotator.model.scheme import LabelScheme

if TYPE_CHECKING:
    from annotator.model.span import Span


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
    SUGGEST = "suggest"
    SETTLE = "settle"
    RETRACT = "retract"
    REINSTATE = "reinstate"
    ASSIGN = "assign"
    RENAME = "rename"


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
class Suggested:
    """What a program suggests to say of a sentence, until a reviewer says it.

    The event's reviewer is who brought it in; `program` names what made it up, and its version.
    """

    program: str
    label: str | None
    speaker: str | None
    denies: tuple[Span, ...]


class Rule(StrEnum):
    """By what a label was settled where nobody looked at the sentence."""

    UNANIMOUS = "unanimous"
    MAJORITY = "majority"


@dataclass(frozen=True, slots=True)
class Settled:
    """The value of a settlement: the label that a sentence has for everybody, and why.

    `rule` is `None` where the lead settled it by hand. No label: it is open again.
    """

    label: str | None
    note: str | None
    rule: Rule | None


@dataclass(frozen=True, slots=True)
class Assigned:
    """The value of an assignment: whose the document is to label, or no longer (`withdrawn`).

    `again` is a second blind pass of somebody who has labelled it before.
    """

    reviewer: str
    again: bool
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Renamed:
    """The value of a renaming: what `old` has done and will do is `new`'s."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Effort:
    """A label given, and how long its sentence had been before the reviewer, in milliseconds."""

    document_id: str
    reviewer: str
    time: str
    spent_ms: int


Value: TypeAlias = (
    str
    | bool
    | Denied
    | Given
    | Imported
    | Recut
    | LabelScheme
    | Suggested
    | Settled
    | Assigned
    | Renamed
    | None
)
"""By kind: label, note, speaker `str | None`; unsure `bool`; denies `Denied`; given `Given`;
import `Imported`; split and join `Recut`; scheme `LabelScheme`; suggest `Suggested`; settle
`Settled`; assign `Assigned`; rename `Renamed`.
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
