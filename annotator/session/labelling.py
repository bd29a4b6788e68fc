"""One reviewer at one document: what a key press does.

Each act is one transaction, committed when the method returns; what comes back is the change that
it made. A failed commit raises `NotSavedError` and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.errors import ActError
from annotator.model.annotation import Change
from annotator.model.event import Denied, EventKind
from annotator.model.history import find_redoable, find_undoable
from annotator.text.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from annotator.model.annotation import Annotation
    from annotator.model.document import Document, Place
    from annotator.model.event import Event, Value
    from annotator.model.scheme import LabelScheme
    from annotator.session.drafting import Drafting
    from annotator.store.base import Store


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one reviewer is in one document: sentences in all, and how many of each label."""

    total: int
    counts: dict[str, int]

    @property
    def labelled(self) -> int:
        """How many sentences have a label."""
        return sum(self.counts.values())

    @property
    def open(self) -> int:
        """How many sentences have none."""
        return self.total - self.labelled


class Session:
    """A reviewer, a document, and what they do with it. Sentences go by index, from 0."""

    def __init__(
        self, store: Store, document: Document, *, scheme: LabelScheme, drafting: Drafting
    ) -> None:
        self._store = store
        self._drafting = drafting
        self.document = document
        self.scheme = scheme
        self._generation = store.read_generation()
        self._counts = store.count_labels(document.id, reviewer=drafting.reviewer)
        self._looked_at_ms = drafting.clock.steady_ms()

    @property
    def reviewer(self) -> str:
        """Who is working."""
        return self._drafting.reviewer

    @property
    def location(self) -> str:
        """Which database the labels go to."""
        return self._store.location

    # -- looking

    def read_places(self, first: int, *, count: int) -> list[Place]:
        """`count` sentences from `first` on, as far as there are any."""
        return self._store.read_places(
            self.document.id, reviewer=self.reviewer, first=max(first, 0), count=count
        )

    def read_place(self, index: int) -> Place:
        """One sentence; `ActError` where the article has none of that index."""
        places = self.read_places(index, count=1) if index >= 0 else []
        if not places:
            raise ActError(
                f"There is no sentence {index + 1}: the article has {self.document.sentence_count}."
            )
        return places[0]

    def look_at(self, index: int) -> Place:
        """Read a sentence and start the stopwatch: the reviewer has it before them."""
        place = self.read_place(index)
        self._looked_at_ms = self._drafting.clock.steady_ms()
        return place

    def find_resumption(self) -> int:
        """Where to go on: the first sentence without a label, from the one worked on last.

        After that the first one anywhere; where all have labels, the last sentence.
        """
        last = self._store.find_last_act(self.document.id, reviewer=self.reviewer)
        for start in (last or 0, 0):
            found = self.find_open(start)
            if found is not None:
                return found
        return max(self.document.sentence_count - 1, 0)

    def find_open(self, start: int, *, backwards: bool = False) -> int | None:
        """The nearest sentence without a label, from `start` on, itself included."""
        return self._store.find_open(
            self.document.id, reviewer=self.reviewer, start=start, backwards=backwards
        )

    def measure_progress(self) -> Progress:
        """How far this reviewer is: counted change by change, and anew once somebody else has
        written.
        """
        generation = self._store.read_generation()
        if generation != self._generation:
            self._generation = generation
            self._counts = self._store.count_labels(self.document.id, reviewer=self.reviewer)
        return Progress(self.document.sentence_count, dict(self._counts))

    # -- acting

    def annotate(self, index: int, label: str) -> Change:
        """Give the sentence a label of the scheme (`UnknownNameError` for another)."""
        self.scheme.find(label)
        return self._act(index, EventKind.LABEL, label)

    def clear(self, index: int) -> Change:
        """Take the sentence's label away; a note and a flag stay."""
        return self._act(index, EventKind.LABEL, None)

    def flag_unsure(self, index: int, *, unsure: bool) -> Change:
        """Say that the reviewer is unsure of this sentence, or no longer."""
        return self._act(index, EventKind.UNSURE, unsure)

    def note(self, index: int, text: str) -> Change:
        """Write a note beside the sentence; an empty one takes it away."""
        return self._act(index, EventKind.NOTE, _clean(text))

    def name_speaker(self, index: int, speaker: str) -> Change:
        """Say who speaks in the sentence; an empty name takes it away."""
        return self._act(index, EventKind.SPEAKER, _clean(speaker))

    def link(self, index: int, targets: Sequence[int]) -> Change:
        """Tie a denial to the sentences that it denies, instead of those so far.

        `ActError` where the sentence's label denies nothing, or a target is the sentence itself.
        """
        label = _label_of(self.read_place(index).annotation)
        if label is None or not self.scheme.find(label).denies:
            raise ActError(
                f"Sentence {index + 1} is no denial: only a denial has claims it denies."
            )
        if index in targets:
            raise ActError(f"Sentence {index + 1} cannot deny itself.")
        spans = sorted(self.read_place(target).sentence.span for target in set(targets))
        return self._act(index, EventKind.DENIES, Denied(label, tuple(spans)))

    def undo(self) -> Change:
        """Take back this reviewer's newest step in this document.

        `NothingToUndoError` where there is none left.
        """
        return self._turn_back(EventKind.UNDO, find_undoable)

    def redo(self) -> Change:
        """Put back the step that was undone last, unless another was made since."""
        return self._turn_back(EventKind.REDO, find_redoable)

    def _act(self, index: int, kind: EventKind, value: Value) -> Change:
        def work() -> Change:
            place = self.read_place(index)
            if _value_of(place.annotation, kind) == value:
                return Change(index, place.annotation, place.annotation)
            draft = self._drafting.draft(
                kind,
                self.document.id,
                span=place.sentence.span,
                value=value,
                spent_ms=self._drafting.clock.steady_ms() - self._looked_at_ms,
            )
            self._store.append([draft])
            return Change(index, place.annotation, self.read_place(index).annotation)

        return self._keep_count(self._store.transact(work))

    def _turn_back(self, kind: EventKind, find_step: Callable[[Iterable[Event]], str]) -> Change:
        def work() -> Change:
            newest_first = self._store.read_events_newest_first(
                self.document.id, reviewer=self.reviewer
            )
            step = find_step(newest_first)
            span = next((act.span for act in self._store.read_step(step)), None)
            index = None
            if span is not None:
                index = self._store.find_index(self.document.id, start=span.start)
            if index is None:
                raise ActError(
                    f"The sentence of the step {step} is not in the article, or the step is not in"
                    " the history: run 'annotator verify'."
                )
            before = self.read_place(index).annotation
            draft = self._drafting.draft(kind, self.document.id, span=span, target=step)
            self._store.append([draft])
            return Change(index, before, self.read_place(index).annotation)

        return self._keep_count(self._store.transact(work))

    def _keep_count(self, change: Change) -> Change:
        """Count what was committed, and start the stopwatch anew: not before, or a failed commit
        would cost the time that the reviewer has spent.
        """
        self._looked_at_ms = self._drafting.clock.steady_ms()
        before, after = _label_of(change.before), _label_of(change.after)
        if before is not None:
            self._counts[before] = self._counts.get(before, 0) - 1
        if after is not None:
            self._counts[after] = self._counts.get(after, 0) + 1
        self._counts = {label: number for label, number in self._counts.items() if number > 0}
        return change


def _label_of(annotation: Annotation | None) -> str | None:
    return None if annotation is None else annotation.label


def _value_of(annotation: Annotation | None, kind: EventKind) -> Value:
    """What the annotation holds of the kind that an act would set."""
    if annotation is None:
        return False if kind is EventKind.UNSURE else None
    match kind:
        case EventKind.LABEL:
            return annotation.label
        case EventKind.NOTE:
            return annotation.note
        case EventKind.SPEAKER:
            return annotation.speaker
        case EventKind.UNSURE:
            return annotation.unsure
        case EventKind.DENIES:
            return Denied(annotation.label or "", annotation.denies)
    raise ActError(f"An event of kind {kind} sets nothing of an annotation.")


def _clean(text: str) -> str | None:
    """One line without control characters; `None` where nothing is left."""
    # A terminal may hand over half of a character, which no database holds.
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(normalize(whole).text.split()) or None
