"""A lead at one document: what reviewers disagree on, and which label is to stand.

What is settled is the lead's own event: nobody's label is touched. A label that a lead gave by hand
stands until a lead changes it. One that a rule gave is open again as soon as the rule would not
give it any more: nobody has looked at it.
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from annotator.errors import ActError
from annotator.model.adjudication import Adjudication
from annotator.model.event import EventKind, Settled
from annotator.model.history import SETTLING, find_redoable, find_undoable
from annotator.model.span import Span
from annotator.session.rules import group_labels, is_stale
from annotator.session.saying import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from annotator.model.document import Document, Place, Sentence
    from annotator.model.event import Draft, Event
    from annotator.model.scheme import LabelScheme
    from annotator.session.drafting import Drafting
    from annotator.store.base import Store


_FEW: Final = 50
"""Up to so many settlements that are undone at once are looked at one by one."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A sentence, what each reviewer has said of it, and what it is settled as (`None`: it is not).

    `opinions` stand in the order of their letters, which tells nothing of the names. `is_stale`:
    a rule settled it, and would not do so any more.
    """

    sentence: Sentence
    opinions: tuple[Place, ...]
    adjudication: Adjudication | None
    is_stale: bool = False

    @property
    def is_open(self) -> bool:
        """Whether a lead has still to look at it."""
        return self.adjudication is None or self.is_stale


@dataclass(frozen=True, slots=True)
class Settlement:
    """What an act came to: the sentence that it was about, and how many sentences it changed."""

    index: int
    sentences: int = 1


class Adjudicating:
    """A lead and a document. Sentences go by index, from 0.

    `disputes` are the sentences that reviewers label differently, and those that a lead has settled
    by hand, in the text's order; settled or not.
    """

    def __init__(
        self, store: Store, document: Document, *, scheme: LabelScheme, drafting: Drafting
    ) -> None:
        self._store = store
        self._drafting = drafting
        self._letters: dict[str, str] = {}
        self._shown: Sentence | None = None
        self._looked_at_ms = drafting.clock.steady_ms()
        self.document = document
        self.scheme = scheme
        self.disputes: list[int] = []
        self.look_again()
        self._give_letters({who for _, who, _ in store.read_given_labels(document.id)})

    @property
    def store(self) -> Store:
        """Where the settlements go, for what reads on the lead's behalf."""
        return self._store

    @property
    def reviewer(self) -> str:
        """The lead."""
        return self._drafting.reviewer

    @property
    def location(self) -> str:
        """Which database the settlements go to."""
        return self._store.location

    # -- looking

    def has_news(self) -> bool:
        """Whether somebody else has written since this was last looked at."""
        return self._store.read_generation() != self._generation

    def look_again(self) -> None:
        """Read anew what is disputed and what is settled."""
        store, id_ = self._store, self.document.id
        self._generation = store.read_generation()
        self.document = store.find_documents(id_, limit=1)[0]
        by_start = {one.span.start: one for one in store.read_adjudications(id_)}
        stretches = store.find_stretches(id_, starts=sorted(by_start)) if by_start else []
        self._settled = {index: by_start[span.start] for index, span in stretches}
        given = group_labels(store, id_) if any(one.rule for one in by_start.values()) else {}
        self._stale = {
            index
            for index, one in self._settled.items()
            if is_stale(one, given.get(one.span.start, {}))
        }
        by_hand = {index for index, one in self._settled.items() if one.rule is None}
        self.disputes = sorted({*store.find_disputed(id_), *by_hand, *self._stale})
        self._reviewers = store.list_reviewers()

    @property
    def open(self) -> int:
        """How many disputes are not settled."""
        return sum(map(self.is_open, self.disputes))

    def is_open(self, index: int) -> bool:
        """Whether a lead has still to look at the sentence."""
        return index not in self._settled or index in self._stale

    def label_of(self, index: int) -> str | None:
        """What the sentence is settled as."""
        found = self._settled.get(index)
        return None if found is None else found.label

    def find_open(self, start: int, *, backwards: bool = False) -> int | None:
        """The nearest open dispute from the sentence `start` on, itself included."""
        if backwards:
            found = (i for i in reversed(self.disputes) if i <= start and self.is_open(i))
        else:
            found = (i for i in self.disputes if i >= start and self.is_open(i))
        return next(found, None)

    def find_resumption(self) -> int | None:
        """Where to go on: the first open dispute from the one that this lead settled last, else the
        first anywhere; where all are settled, the last one. `None`: there is no dispute.
        """
        mine = [(one.created_at, i) for i, one in self._settled.items() if self._is_mine(one)]
        last = max(mine)[1] if mine else 0
        for start in (last, 0):
            found = self.find_open(start)
            if found is not None:
                return found
        return self.disputes[-1] if self.disputes else None

    def _is_mine(self, one: Adjudication) -> bool:
        return one.reviewer == self.reviewer and one.rule is None

    def look_at(self, index: int) -> Dispute:
        """Read a sentence with all that was said of it, and start the stopwatch."""
        dispute = self.read(index)
        self._looked_at_ms = self._drafting.clock.steady_ms()
        self._shown = dispute.sentence
        return dispute

    def read(self, index: int) -> Dispute:
        """A sentence with all that was said of it; `ActError` where there is none of that index."""
        found = [
            place
            for reviewer in self._reviewers
            for place in self._read_places(index, reviewer=reviewer)
            if place.annotation is not None
        ]
        sentence = self.read_sentence(index)
        opinions = sorted(found, key=lambda place: _rank(self.letter_of(_name(place))))
        adjudication = self._settled.get(index)
        return Dispute(sentence, tuple(opinions), adjudication, index in self._stale)

    def read_sentence(self, index: int) -> Sentence:
        """One sentence; `ActError` where the article has none of that index."""
        found = self.read_sentences(index, count=1) if index >= 0 else []
        if not found:
            raise ActError(
                f"There is no sentence {index + 1}: the article has {self.document.sentence_count}."
            )
        return found[0]

    def read_sentences(self, first: int, *, count: int) -> list[Sentence]:
        """`count` sentences from `first` on, as far as there are any."""
        places = self._store.read_places(
            self.document.id, reviewer=self.reviewer, first=max(first, 0), count=count
        )
        return [place.sentence for place in places]

    def _read_places(self, index: int, *, reviewer: str) -> list[Place]:
        return self._store.read_places(self.document.id, reviewer=reviewer, first=index, count=1)

    def letter_of(self, reviewer: str) -> str:
        """What a reviewer is called while names are hidden: the same at every sentence."""
        self._give_letters({reviewer})
        return self._letters[reviewer]

    def _give_letters(self, reviewers: set[str]) -> None:
        for name in sorted(reviewers - self._letters.keys(), key=self._shuffle):
            self._letters[name] = _make_letter(len(self._letters))

    def _shuffle(self, reviewer: str) -> str:
        return sha256(f"{self.document.id} {reviewer}".encode()).hexdigest()

    # -- acting

    def settle(self, index: int, label: str, *, note: str | None = None) -> Settlement:
        """Say what the sentence is for everybody, and why. Without a note, one that the lead gave
        it by hand stays. `UnknownNameError` for a label that the scheme does not have.
        """
        self._check_label(label)
        before = self._settled.get(index)
        kept = before.note if before is not None and before.rule is None else None
        return self._settle(index, label, kept if note is None else clean(note))

    def explain(self, index: int, note: str) -> Settlement:
        """Say why the sentence is settled as it is; an empty note takes the reason away.
        `ActError` where it is open.
        """
        before = self._settled.get(index)
        if before is None:
            raise ActError(
                f"Sentence {index + 1} is not settled yet: the reason goes with a label."
            )
        return self._settle(index, before.label, clean(note))

    def reopen(self, index: int) -> Settlement:
        """Take away what the sentence is settled as, whoever did it."""
        if index not in self._settled:
            return Settlement(index, 0)
        return self._settle(index, None, None)

    def undo(self) -> Settlement:
        """Take back this lead's newest settlement in this document, or all that one rule settled at
        a stroke. `NothingToUndoError` where there is none left.
        """
        return self._turn_back(EventKind.RETRACT, find_undoable)

    def redo(self) -> Settlement:
        """Put back what was undone last, unless something was settled since."""
        return self._turn_back(EventKind.REINSTATE, find_redoable)

    def _settle(self, index: int, label: str | None, note: str | None) -> Settlement:
        def work() -> Draft | None:
            sentence = self._read_shown(index)
            before = self._settled.get(index)
            by_hand = before is not None and before.rule is None and not self.has_news()
            if by_hand and before and (before.label, before.note) == (label, note):
                return None
            draft = self._drafting.draft(
                EventKind.SETTLE,
                self.document.id,
                span=sentence.span,
                value=Settled(label, note, None),
                spent_ms=self._drafting.clock.steady_ms() - self._looked_at_ms,
            )
            self._store.append([draft])
            return draft

        draft = self._store.transact(work)
        if draft is None or draft.span is None:
            return Settlement(index, 0)
        self._stale.discard(index)
        self._settled.pop(index, None)
        if label is not None:
            self._settled[index] = Adjudication(
                draft.span, self.reviewer, label, note, None, draft.time
            )
        return Settlement(index)

    def _read_shown(self, index: int) -> Sentence:
        """`ActError` where it is not the sentence that was looked at: somebody has cut it anew."""
        sentence, shown = self.read_sentence(index), self._shown
        if shown is not None and shown.index == index and shown.span != sentence.span:
            raise ActError(
                f"Sentence {index + 1} is another one now: somebody has split or joined sentences."
                " Nothing was changed; look again."
            )
        return sentence

    def _check_label(self, name: str) -> None:
        self.scheme.find(name)
        in_force = self._store.read_scheme()
        if in_force is not None and in_force != self.scheme:
            in_force.find(name)

    def _turn_back(self, kind: EventKind, find_step: Callable[..., str]) -> Settlement:
        def work() -> tuple[Sequence[Event], int]:
            step = find_step(
                self._store.read_events_newest_first(self.document.id, reviewer=self.reviewer),
                trail=SETTLING,
            )
            acts = [act for act in self._store.read_step(step) if act.kind is EventKind.SETTLE]
            span = next((act.span for act in acts), None)
            index = None
            if span is not None:
                index = self._store.find_index(self.document.id, start=span.start)
            if index is None:
                raise ActError(
                    f"The sentence of the step {step} is not in the article, or the step is not in"
                    " the history: run 'annotator verify'."
                )
            draft = self._drafting.draft(kind, self.document.id, span=span, target=step)
            self._store.append([draft])
            return acts, index

        acts, index = self._store.transact(work)
        if len(acts) > _FEW or not all(self._look_again_at(act.span) for act in acts if act.span):
            self.look_again()
        return Settlement(index, len({act.span for act in acts}))

    def _look_again_at(self, span: Span) -> bool:
        """Read anew what is settled of this text alone: all of a document of 100,000 sentences is
        three seconds. Whether that is enough.
        """
        store, id_ = self._store, self.document.id
        first = store.find_index(id_, start=span.start)
        last = store.find_index(id_, start=span.end - 1)
        if self.has_news() or first is None or last is None:
            return False
        sentences = self.read_sentences(first, count=last - first + 1)
        region = Span(sentences[0].span.start, sentences[-1].span.end)
        found = {one.span: one for one in store.read_adjudications(id_, within=region)}
        for sentence in sentences:
            one = found.get(sentence.span)
            if one is not None and one.rule is not None:
                return False
            self._settled.pop(sentence.index, None)
            self._stale.discard(sentence.index)
            if one is not None:
                self._settled[sentence.index] = one
                if sentence.index not in self.disputes:
                    insort(self.disputes, sentence.index)
        return True


def find_next(
    documents: Iterable[Document], sit_down: Callable[[Document], Adjudicating], store: Store
) -> Adjudicating | None:
    """The first of these documents in which something is disputed and open."""
    for document in documents:
        if store.find_disputed(document.id) or any(store.read_adjudications(document.id)):
            found = sit_down(document)
            if found.open:
                return found
    return None


def _name(place: Place) -> str:
    return "" if place.annotation is None else place.annotation.reviewer


def _make_letter(number: int) -> str:
    """A to Z, then AA, AB …"""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _rank(letter: str) -> tuple[int, str]:
    return len(letter), letter
