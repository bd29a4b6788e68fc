"""One reviewer at one document: what a key press does.

Each act is one transaction, committed when the method returns; what comes back is the change that
it made. A failed commit raises `NotSavedError` and changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.errors import ActError
from annotator.model.annotation import Change
from annotator.model.event import CUTS, Denied, EventKind, Recut
from annotator.model.history import find_redoable, find_undoable
from annotator.model.span import Span
from annotator.session.progress import Progress
from annotator.session.saying import clean, label_of, value_of
from annotator.session.suggesting import expect_shown, list_accepted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from annotator.model.document import Document, Place, Sentence
    from annotator.model.event import Draft, Event, Value
    from annotator.model.scheme import LabelScheme
    from annotator.session.drafting import Drafting
    from annotator.store.base import Store


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
        self._look_again()
        self._looked_at_ms = drafting.clock.steady_ms()
        self._shown: Sentence | None = None
        self._acted_on: Sentence | None = None

    @property
    def store(self) -> Store:
        """Where the labels go, for what reads on the reviewer's behalf."""
        return self._store

    @property
    def drafting(self) -> Drafting:
        """This reviewer's pen, for what writes events on their behalf."""
        return self._drafting

    @property
    def reviewer(self) -> str:
        """Who is working, by the name that they have now."""
        return self._store.resolve_reviewer(self._drafting.reviewer)

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

    def read_these(self, indexes: Sequence[int]) -> list[Place]:
        """These sentences, in this order."""
        return self._store.read_these(self.document.id, reviewer=self.reviewer, indexes=indexes)

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
        self._shown = place.sentence
        return place

    def follow(self, index: int) -> Place:
        """Read the sentence that was looked at, where it stands now; the stopwatch goes on."""
        place = self.read_place(index)
        self._shown = place.sentence
        return place

    def find_index(self, start: int) -> int | None:
        """The sentence that holds this code point of the text."""
        return self._store.find_index(self.document.id, start=start)

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
            self._look_again()
        return Progress(self.document.sentence_count, dict(self._counts))

    def _look_again(self) -> None:
        """Count anew, and how many sentences there are: somebody may have split one."""
        self._counts = self._store.count_labels(self.document.id, reviewer=self.reviewer)
        self.document = self._store.find_documents(self.document.id, limit=1)[0]

    # -- acting

    def annotate(self, index: int, label: str) -> Change:
        """Give the sentence a label of the scheme (`UnknownNameError` for another)."""
        return self._act(index, EventKind.LABEL, label)

    def clear(self, index: int) -> Change:
        """Take the sentence's label away; a note and a flag stay."""
        return self._act(index, EventKind.LABEL, None)

    def flag_unsure(self, index: int, *, unsure: bool) -> Change:
        """Say that the reviewer is unsure of this sentence, or no longer."""
        return self._act(index, EventKind.UNSURE, unsure)

    def note(self, index: int, text: str) -> Change:
        """Write a note beside the sentence; an empty one takes it away."""
        return self._act(index, EventKind.NOTE, clean(text))

    def name_speaker(self, index: int, speaker: str) -> Change:
        """Say who speaks in the sentence; an empty name takes it away."""
        return self._act(index, EventKind.SPEAKER, clean(speaker))

    def link(self, index: int, targets: Sequence[int]) -> Change:
        """Tie a denial to the sentences that it denies, instead of those so far.

        `ActError` where the sentence's label denies nothing, or a target is the sentence itself or
        has a label that cannot be denied. One that is linked already may stay whatever its label.
        """
        place = self.read_place(index)
        label = label_of(place.annotation)
        if label is None or not self.scheme.find(label).denies:
            raise ActError(
                f"Sentence {index + 1} is no denial: only a denial has claims it denies."
            )
        return self._act(index, EventKind.DENIES, self._aim_at(place, label, targets))

    def deny(self, index: int, label: str, targets: Sequence[int]) -> Change:
        """Give the sentence a label that denies, and tie it to these sentences, in one step.

        `ActError` as `link` has it.
        """
        if not self.scheme.find(label).denies:
            raise ActError(f"The label {label} denies nothing: it has no claims to choose.")

        def work() -> Change:
            self._check_label(label)
            place = self._read_shown(index)
            denied = self._aim_at(place, label, targets)
            said = place.annotation
            drafts: list[Draft] = []
            if label_of(said) != label:
                drafts.append(self._draft(EventKind.LABEL, place.sentence.span, label))
            if denied.spans != (said.denies if said and said.label == label else ()):
                drafts.append(
                    self._draft(EventKind.DENIES, place.sentence.span, denied, after=drafts)
                )
            self._store.append(drafts)
            return Change(index, said, self.read_place(index).annotation)

        return self._keep_count(self._store.transact(work))

    def accept(self, index: int) -> Change:
        """Say of the sentence what a program suggests for it: the label, the speaker unless the
        reviewer has named one, the links to what this reviewer has labelled so that it can be
        denied. One step.

        `ActError` where no suggestion is shown (see `suggesting.find_shown`).
        """

        def work() -> Change:
            place = self._read_shown(index)
            self._check_label(expect_shown(place, self.scheme).label)
            drafts: list[Draft] = []
            for kind, value in list_accepted(place, session=self):
                drafts.append(self._draft(kind, place.sentence.span, value, after=drafts))
            self._store.append(drafts)
            return Change(index, place.annotation, self.read_place(index).annotation)

        return self._keep_count(self._store.transact(work))

    def _check_label(self, name: str) -> None:
        """`UnknownNameError` for a label that the scheme does not have; or no longer has, since
        somebody set another while this one was open.
        """
        self.scheme.find(name)
        in_force = self._store.read_scheme()
        if in_force is not None and in_force != self.scheme:
            in_force.find(name)

    def _aim_at(self, place: Place, label: str, targets: Sequence[int]) -> Denied:
        index = place.sentence.index
        if index in targets:
            raise ActError(f"Sentence {index + 1} cannot deny itself.")
        deniable = self.scheme.find(label).denies
        linked = {link.index for link in place.denies}
        spans = []
        for target in sorted(set(targets)):
            aimed_at = self.read_place(target)
            name = label_of(aimed_at.annotation)
            if name not in deniable and target not in linked:
                state = "has no label yet" if name is None else f"is {name}"
                raise ActError(
                    f"Sentence {target + 1} {state}: a {label} can be tied to"
                    f" {' or '.join(deniable)}."
                )
            spans.append(aimed_at.sentence.span)
        return Denied(label, tuple(spans))

    # -- cutting

    def split(self, index: int, at: int) -> Change:
        """Make two sentences of one: the second begins `at` so many code points into it.

        Both have everything that was said of the one, by whomever. `ActError` where a half would be
        empty, or where no word begins.
        """

        def work() -> Change:
            place = self._read_shown(index)
            sentence = place.sentence
            first, second = sentence.text[:at].rstrip(), sentence.text[at:]
            if not (0 < at < len(sentence.text) and first and not second[0].isspace()):
                raise ActError(f"Sentence {index + 1} cannot be split there: no word begins.")
            start = sentence.span.start
            parts = (Span(start, start + len(first)), Span(start + at, sentence.span.end))
            draft = self._draft(EventKind.SPLIT, sentence.span, Recut(parts))
            self._store.append([draft])
            return Change(index, place.annotation, self.read_place(index).annotation, recut=True)

        return self._keep_count(self._store.transact(work))

    def join(self, index: int) -> Change:
        """Make one sentence of this and the next of its paragraph; `ActError` where there is none.

        It has everything that was said of the two. Where their labels differ it has the stronger
        (what denies, then what can be denied, then the rest), and is flagged as unsure.
        """

        def work() -> Change:
            place = self._read_shown(index)
            following = self.read_places(index + 1, count=1)
            if not following or following[0].sentence.paragraph != place.sentence.paragraph:
                raise ActError(
                    f"Sentence {index + 1} is the last of its paragraph: there is none to join it"
                    " with."
                )
            parts = (place.sentence.span, following[0].sentence.span)
            whole = Span(parts[0].start, parts[1].end)
            value = Recut(parts, self.scheme.by_strength())
            self._store.append([self._draft(EventKind.JOIN, whole, value)])
            after = self.read_place(index).annotation
            return Change(
                index, place.annotation, after, recut=True, absorbed=following[0].annotation
            )

        return self._keep_count(self._store.transact(work))

    # -- undo

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
            # In the transaction: nobody sets another scheme in between, and where the database is
            # away the message says that nothing is saved.
            if kind is EventKind.LABEL and isinstance(value, str):
                self._check_label(value)
            place = self._read_shown(index)
            if value_of(place.annotation, kind) == value:
                return Change(index, place.annotation, place.annotation)
            self._store.append([self._draft(kind, place.sentence.span, value)])
            return Change(index, place.annotation, self.read_place(index).annotation)

        return self._keep_count(self._store.transact(work))

    def _read_shown(self, index: int) -> Place:
        """The sentence that an act is about. `ActError`, until it is looked at, where it is not the
        one of that number that was looked at or acted on last, since somebody else has split or
        joined sentences in the meantime.
        """
        place = self.read_place(index)
        known = (seen for seen in (self._shown, self._acted_on) if seen and seen.index == index)
        seen = next(known, place.sentence)
        if seen.span != place.sentence.span:
            raise ActError(
                f"Sentence {index + 1} is another one now: somebody has split or joined sentences."
                " Nothing was changed; look again."
            )
        self._acted_on = place.sentence
        return place

    def _draft(
        self, kind: EventKind, span: Span, value: Value, *, after: Sequence[Draft] = ()
    ) -> Draft:
        """An event about a sentence; of the same step as those that it comes after."""
        return self._drafting.draft(
            kind,
            self.document.id,
            span=span,
            value=value,
            spent_ms=0 if after else self._drafting.clock.steady_ms() - self._looked_at_ms,
            step=after[0].step if after else None,
        )

    def _turn_back(self, kind: EventKind, find_step: Callable[[Iterable[Event]], str]) -> Change:
        def work() -> tuple[Change, bool]:
            newest_first = self._store.read_events_newest_first(
                self.document.id, reviewer=self.reviewer
            )
            step = find_step(newest_first)
            acts = self._store.read_step(step)
            span = next((act.span for act in acts), None)
            before = self._read_holding(step, span)
            draft = self._drafting.draft(kind, self.document.id, span=span, target=step)
            self._store.append([draft])
            after = self._read_holding(step, span)
            recut = any(act.kind in CUTS for act in acts)
            change = Change(after.sentence.index, before.annotation, after.annotation, recut=recut)
            return change, span == after.sentence.span

        change, is_whole = self._store.transact(work)
        self._keep_count(change)
        if not is_whole:  # split or joined since: of its neighbours something else may be said too
            self._look_again()
        return change

    def _read_holding(self, step: str, span: Span | None) -> Place:
        """The sentence that holds the beginning of what a step was about."""
        index = None
        if span is not None:
            index = self._store.find_index(self.document.id, start=span.start)
        if index is None:
            raise ActError(
                f"The sentence of the step {step} is not in the article, or the step is not in"
                " the history: run 'annotator verify'."
            )
        return self.read_place(index)

    def _keep_count(self, change: Change) -> Change:
        """Count what was committed, and start the stopwatch anew: not before, or a failed commit
        would cost the time that the reviewer has spent.
        """
        self._looked_at_ms = self._drafting.clock.steady_ms()
        if change.recut:
            self._shown = self._acted_on = None
            self._look_again()
            return change
        before, after = label_of(change.before), label_of(change.after)
        if before is not None:
            self._counts[before] = self._counts.get(before, 0) - 1
        if after is not None:
            self._counts[after] = self._counts.get(after, 0) + 1
        self._counts = {label: number for label, number in self._counts.items() if number > 0}
        return change
