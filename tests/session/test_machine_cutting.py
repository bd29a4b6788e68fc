"""Sentences split and joined by two people who also label: on SQLite, in memory, and as snapshots.

A snapshot is what a reviewer saw before an act: undo must bring it back to the letter, unless the
other one has cut the text in the meantime, since the sentences are everybody's.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from annotator.errors import ActError, NothingToUndoError
from annotator.session.verification import verify
from annotator.store.memory import MemoryStore
from annotator.store.sqlite import SqliteStore
from tests.builders import CountingIds, TickingClock, article, make_library, put

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.model.annotation import Annotation, Change
    from annotator.model.document import Sentence
    from annotator.session.labelling import Session
    from annotator.store.base import Store

Snapshot: TypeAlias = "tuple[list[Sentence], list[Annotation]]"

REVIEWERS = ("ana", "ben")
WHO = st.sampled_from(REVIEWERS)
INDEX = st.integers(0, 11)


@dataclass
class Stacks:
    past: list[Snapshot | None] = field(default_factory=list)
    future: list[Snapshot | None] = field(default_factory=list)

    def forget(self) -> None:
        """What was seen cannot come back to the letter; that there was something stays known."""
        self.past = [None] * len(self.past)
        self.future = [None] * len(self.future)


class Cutting(RuleBasedStateMachine):
    """Labels, remarks and links on sentences that do not hold still."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp(prefix="annotator-")
        self.path = str(Path(self.folder) / "annotator.db")
        self.sqlite = SqliteStore.open(self.path)
        self.memory = MemoryStore()
        self.clocks = [TickingClock(), TickingClock()]
        self.ids = [CountingIds(), CountingIds()]
        self.stacks = {who: Stacks() for who in REVIEWERS}

    @property
    def stores(self) -> tuple[Store, Store]:
        return self.sqlite, self.memory

    @initialize()
    def shelve(self) -> None:
        for store, clock, ids in zip(self.stores, self.clocks, self.ids, strict=True):
            self.document = put(make_library(store, "lee", clock=clock, ids=ids), article(4))
        self.sit_down()

    def sit_down(self) -> None:
        self.sessions = {
            who: [
                make_library(store, who, clock=clock, ids=ids).open(self.document)
                for store, clock, ids in zip(self.stores, self.clocks, self.ids, strict=True)
            ]
            for who in REVIEWERS
        }

    def teardown(self) -> None:
        self.sqlite.close()
        shutil.rmtree(self.folder)

    # -- acts

    def see(self, who: str) -> Snapshot:
        id_ = self.document.id
        sentences = list(self.memory.read_sentences(id_))
        return sentences, list(self.memory.read_annotations(id_, reviewer=who))

    def both(self, who: str, do: Callable[[Session], Change]) -> Change | None:
        """Do it in both stores, which must answer alike; `None` where both refuse."""
        answers: list[Change | str] = []
        for session in self.sessions[who]:
            session.measure_progress()  # as the screen does: it hears of others' acts
            try:
                answers.append(do(session))
            except (ActError, NothingToUndoError) as error:
                answers.append(str(error))
        assert answers[0] == answers[1]
        return None if isinstance(answers[0], str) else answers[0]

    def act(self, who: str, do: Callable[[Session], Change]) -> Change | None:
        before = self.see(who)
        change = self.both(who, do)
        if change is not None and self.see(who) != before:
            self.stacks[who].past.append(before)
            self.stacks[who].future.clear()
        if change is not None and change.recut:
            self.forget_others(who)
        return change

    def forget_others(self, who: str) -> None:
        for other in set(REVIEWERS) - {who}:
            self.stacks[other].forget()
        # Sessions of one connection are not told of each other's acts, as programs are.
        self.sit_down()

    def place(self, index: int) -> int:
        return index % len(list(self.memory.read_sentences(self.document.id)))

    @rule(who=WHO, index=INDEX, label=st.sampled_from(["claim", "denial", "background"]))
    def label(self, who: str, index: int, label: str) -> None:
        self.act(who, lambda session: session.annotate(self.place(index), label))

    @rule(who=WHO, index=INDEX)
    def clear(self, who: str, index: int) -> None:
        self.act(who, lambda session: session.clear(self.place(index)))

    @rule(who=WHO, index=INDEX, text=st.sampled_from(["why", "ô 🧿", ""]))
    def note(self, who: str, index: int, text: str) -> None:
        self.act(who, lambda session: session.note(self.place(index), text))

    @rule(who=WHO, index=INDEX, name=st.sampled_from(["the minister", "she", ""]))
    def speaker(self, who: str, index: int, name: str) -> None:
        self.act(who, lambda session: session.name_speaker(self.place(index), name))

    @rule(who=WHO, index=INDEX, unsure=st.booleans())
    def flag(self, who: str, index: int, unsure: bool) -> None:
        self.act(who, lambda session: session.flag_unsure(self.place(index), unsure=unsure))

    @rule(who=WHO, index=INDEX, denied=st.sets(INDEX, max_size=3))
    def deny(self, who: str, index: int, denied: set[int]) -> None:
        aimed = [self.place(target) for target in denied]
        self.act(who, lambda session: session.deny(self.place(index), "denial", aimed))

    @rule(who=WHO, index=INDEX, denied=st.sets(INDEX, max_size=3))
    def link(self, who: str, index: int, denied: set[int]) -> None:
        aimed = [self.place(target) for target in denied]
        self.act(who, lambda session: session.link(self.place(index), aimed))

    @rule(who=WHO, index=INDEX, word=st.integers(1, 5))
    def split(self, who: str, index: int, word: int) -> None:
        aim = self.place(index)
        sentence = list(self.memory.read_sentences(self.document.id))[aim]
        at = len(" ".join(sentence.text.split()[:word])) + 1
        before = self.said_by_all()
        change = self.act(who, lambda session: session.split(aim, at))
        if change is None:
            return
        halves = list(self.memory.read_sentences(self.document.id))[aim : aim + 2]
        assert [half.text for half in halves] == [
            sentence.text[:at].rstrip(),
            sentence.text[at:],
        ]
        for reviewer, said in before.items():
            if said.get(sentence.span):
                assert {said[sentence.span]} == {
                    self.said_by_all()[reviewer].get(half.span) for half in halves
                }

    @rule(who=WHO, index=INDEX)
    def join(self, who: str, index: int) -> None:
        aim = self.place(index)
        parts = list(self.memory.read_sentences(self.document.id))[aim : aim + 2]
        before = self.said_by_all()
        change = self.act(who, lambda session: session.join(aim))
        if change is None:
            return
        whole = list(self.memory.read_sentences(self.document.id))[aim]
        assert (whole.span.start, whole.span.end) == (parts[0].span.start, parts[1].span.end)
        for reviewer, said in before.items():
            labels = {said.get(part.span) for part in parts} - {None}
            assert self.said_by_all()[reviewer].get(whole.span) in (labels or {None})
            notes = {note.span: note for note in self.see(reviewer)[1]}
            assert len(labels) < 2 or notes[whole.span].unsure

    def said_by_all(self) -> dict[str, dict[object, str | None]]:
        return {who: {note.span: note.label for note in self.see(who)[1]} for who in REVIEWERS}

    # -- turning back

    @rule(who=WHO)
    def undo(self, who: str) -> None:
        self.turn(who, self.stacks[who].past, self.stacks[who].future, lambda s: s.undo())

    @rule(who=WHO)
    def redo(self, who: str) -> None:
        self.turn(who, self.stacks[who].future, self.stacks[who].past, lambda s: s.redo())

    @rule(who=WHO)
    def undo_everything_and_redo_it(self, who: str) -> None:
        before, steps = [self.see(each) for each in REVIEWERS], len(self.stacks[who].past)
        for _ in range(steps):
            self.undo(who)
        for _ in range(steps):
            self.redo(who)
        assert [self.see(each) for each in REVIEWERS] == before

    def turn(
        self,
        who: str,
        source: list[Snapshot | None],
        target: list[Snapshot | None],
        do: Callable[[Session], Change],
    ) -> None:
        before = self.see(who)
        change = self.both(who, do)
        if change is None:
            assert not source or None in source
            return
        if change.recut:
            self.forget_others(who)
        # Where the other has cut in between, an act may have changed nothing that can be seen.
        expected = source.pop() if source else None
        target.append(before if expected is not None else None)
        if expected is not None:
            assert self.see(who) == expected

    # -- restarts, and what always holds

    @rule()
    def restart(self) -> None:
        self.sqlite.close()
        self.sqlite = SqliteStore.open(self.path)
        self.sit_down()

    @invariant()
    def the_stores_agree(self) -> None:
        if not hasattr(self, "document"):
            return
        id_ = self.document.id
        assert list(self.sqlite.read_sentences(id_)) == list(self.memory.read_sentences(id_))
        assert list(self.sqlite.read_annotations(id_)) == list(self.memory.read_annotations(id_))
        assert list(self.sqlite.read_events(id_)) == list(self.memory.read_events(id_))
        text = self.memory.read_text(id_)
        for sentence in self.sqlite.read_sentences(id_):
            assert text[sentence.span.start : sentence.span.end] == sentence.text
        for who in REVIEWERS:
            on_disk, in_memory = (s.read_places(0, count=99) for s in self.sessions[who])
            assert on_disk == in_memory
            counts = [session.measure_progress() for session in self.sessions[who]]
            assert counts[0].counts == counts[1].counts
            assert counts[0].total == len(on_disk)

    @rule()
    def prove(self) -> None:
        assert [proof for proof in verify(self.sqlite) if not proof.holds] == []


@pytest.mark.parametrize("histories", [10, pytest.param(400, marks=pytest.mark.long)])
def test_any_history_of_splits_and_joins_ends_alike_and_can_be_undone(
    histories: int,
) -> None:
    run_state_machine_as_test(
        Cutting, settings=settings(max_examples=histories, stateful_step_count=30, deadline=None)
    )
