"""Any history of acts, by several people, over restarts: on SQLite, in memory, and in a sketch.

The sketch is what a textbook would write: for each reviewer and document a stack of states for undo
and one for redo. It shares no code with the package.
"""

from __future__ import annotations

import shutil
import tempfile
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from annotator.errors import ActError, NothingToUndoError
from annotator.model.annotation import Annotation, fold
from annotator.session.verification import verify
from annotator.store.memory import MemoryStore
from annotator.store.sqlite import SqliteStore
from tests.builders import CountingIds, TickingClock, article, make_library, put

if TYPE_CHECKING:
    from annotator.model.annotation import Change
    from annotator.session.labelling import Session
    from annotator.store.base import Store

Said: TypeAlias = dict[str, object]
"""What one reviewer says of one sentence, as far as it is not nothing."""
State: TypeAlias = dict[int, Said]
Exactly: TypeAlias = list[Annotation]
"""The same with times, as the store gives it."""

REVIEWERS = ("ana", "ben")
SIZES = (4, 3)
WHO = st.sampled_from(REVIEWERS)
WHERE = st.integers(0, len(SIZES) - 1)
INDEX = st.integers(0, max(SIZES) - 1)


class Sketch:
    """One reviewer at one document. `exactly` is the store's state by the depth of the past."""

    def __init__(self) -> None:
        self.state: State = {}
        self.past: list[State] = []
        self.future: list[State] = []
        self.exactly: dict[int, Exactly] = {}

    def say(self, index: int, what: str, value: object) -> None:
        before = deepcopy(self.state)
        said = self.state.setdefault(index, {})
        if what == "denial":  # label and links at once
            said["label"] = "denial"
            what = "denies"
        if what == "label" and said.get("label") != value:
            said.pop("denies", None)
        said[what] = value
        if value in (None, False, []):
            del said[what]
        if not said:
            del self.state[index]
        if self.state != before:
            self.past.append(before)
            self.future.clear()

    def undo(self) -> bool:
        return self._move(self.past, self.future)

    def redo(self) -> bool:
        return self._move(self.future, self.past)

    def _move(self, source: list[State], target: list[State]) -> bool:
        if not source:
            return False
        target.append(self.state)
        self.state = source.pop()
        return True


class Labelling(RuleBasedStateMachine):
    """The same acts on a SQLite file, in memory and on sketches."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp(prefix="annotator-")
        self.path = str(Path(self.folder) / "annotator.db")
        self.memory = MemoryStore()
        self.sqlite = SqliteStore.open(self.path)
        self.clocks = {id(store): TickingClock() for store in self.stores}
        self.ids = {id(store): CountingIds() for store in self.stores}
        self.sketches = {(who, where): Sketch() for who in REVIEWERS for where in range(len(SIZES))}

    @property
    def stores(self) -> tuple[Store, Store]:
        return self.memory, self.sqlite

    @initialize()
    def shelve(self) -> None:
        for store in self.stores:
            library = make_library(
                store, "lee", clock=self.clocks[id(store)], ids=self.ids[id(store)]
            )
            self.documents = [put(library, article(size)) for size in SIZES]
        self.sit_down()

    def sit_down(self) -> None:
        self.sessions = {
            (who, where): [
                make_library(
                    store, who, clock=self.clocks[id(store)], ids=self.ids[id(store)]
                ).open(document)
                for store in self.stores
            ]
            for who in REVIEWERS
            for where, document in enumerate(self.documents)
        }

    def teardown(self) -> None:
        self.sqlite.close()
        shutil.rmtree(self.folder)

    # -- acts

    def _act(self, who: str, where: int, index: int, what: str, value: object) -> None:
        index %= SIZES[where]
        sketch = self.sketches[who, where]
        before = deepcopy(sketch.state.get(index, {}))
        sketch.exactly[len(sketch.past)] = self._state(self.sessions[who, where][0])
        sketch.say(index, what, value)
        after = sketch.state.get(index, {})
        for session in self.sessions[who, where]:
            change = _say(session, index, what, value)
            assert change.index == index
            assert described(session, change.before) == before
            assert described(session, change.after) == after

    @rule(
        who=WHO, where=WHERE, index=INDEX, label=st.sampled_from(["claim", "denial", "background"])
    )
    def label(self, who: str, where: int, index: int, label: str) -> None:
        self._act(who, where, index, "label", label)

    @rule(who=WHO, where=WHERE, index=INDEX)
    def clear(self, who: str, where: int, index: int) -> None:
        self._act(who, where, index, "label", None)

    @rule(who=WHO, where=WHERE, index=INDEX, unsure=st.booleans())
    def flag(self, who: str, where: int, index: int, unsure: bool) -> None:
        self._act(who, where, index, "unsure", unsure)

    @rule(who=WHO, where=WHERE, index=INDEX, text=st.sampled_from(["why", "où ? 🧿", None]))
    def note(self, who: str, where: int, index: int, text: str | None) -> None:
        self._act(who, where, index, "note", text)

    @rule(who=WHO, where=WHERE, index=INDEX, name=st.sampled_from(["the minister", None]))
    def speaker(self, who: str, where: int, index: int, name: str | None) -> None:
        self._act(who, where, index, "speaker", name)

    @rule(who=WHO, where=WHERE, index=INDEX, chosen=st.sets(INDEX))
    def link(self, who: str, where: int, index: int, chosen: set[int]) -> None:
        index %= SIZES[where]
        state = self.sketches[who, where].state
        linked = state.get(index, {}).get("denies", [])
        assert isinstance(linked, list)
        denied = sorted(
            target
            for target in {target % SIZES[where] for target in chosen} - {index}
            if state.get(target, {}).get("label") in ("claim", "denial") or target in linked
        )
        if state.get(index, {}).get("label") == "denial":
            self._act(who, where, index, "denies", denied)
            return
        for session in self.sessions[who, where]:
            try:
                session.link(index, denied)
            except ActError:
                continue
            raise AssertionError("only a denial is tied to claims")

    @rule(who=WHO, where=WHERE, index=INDEX, chosen=st.sets(INDEX))
    def deny(self, who: str, where: int, index: int, chosen: set[int]) -> None:
        index %= SIZES[where]
        state = self.sketches[who, where].state
        linked = state.get(index, {}).get("denies", [])
        assert isinstance(linked, list)
        denied = sorted(
            target
            for target in {target % SIZES[where] for target in chosen} - {index}
            if state.get(target, {}).get("label") in ("claim", "denial") or target in linked
        )
        self._act(who, where, index, "denial", denied)

    # -- turning back

    def _turn(self, who: str, where: int, move: str) -> bool:
        sketch = self.sketches[who, where]
        before = deepcopy(sketch.state)
        sketch.exactly[len(sketch.past)] = self._state(self.sessions[who, where][0])
        moved = sketch.undo() if move == "undo" else sketch.redo()
        for session in self.sessions[who, where]:
            try:
                change = session.undo() if move == "undo" else session.redo()
            except NothingToUndoError:
                assert not moved
                continue
            assert moved
            assert described(session, change.before) == before.get(change.index, {})
            assert described(session, change.after) == sketch.state.get(change.index, {})
            assert self._state(session) == sketch.exactly[len(sketch.past)]
        return moved

    @rule(who=WHO, where=WHERE)
    def undo(self, who: str, where: int) -> None:
        self._turn(who, where, "undo")

    @rule(who=WHO, where=WHERE)
    def redo(self, who: str, where: int) -> None:
        self._turn(who, where, "redo")

    @rule(who=WHO, where=WHERE)
    def undo_all_and_redo_all(self, who: str, where: int) -> None:
        annotations = [self._state(session) for session in self.sessions[who, where]]
        undone = 0
        while self._turn(who, where, "undo"):
            undone += 1
        for session in self.sessions[who, where]:
            assert self._state(session) == []
            assert session.measure_progress().labelled == 0
        for _ in range(undone):
            assert self._turn(who, where, "redo")
        again = [self._state(session) for session in self.sessions[who, where]]
        assert again == annotations

    # -- restarts and other disturbances

    @rule()
    def restart(self) -> None:
        clock, ids = self.clocks.pop(id(self.sqlite)), self.ids.pop(id(self.sqlite))
        self.sqlite.close()
        self.sqlite = SqliteStore.open(self.path)
        self.clocks[id(self.sqlite)], self.ids[id(self.sqlite)] = clock, ids
        self.sit_down()

    @rule(seconds=st.integers(-100_000, 100_000))
    def turn_the_clock(self, seconds: int) -> None:
        for clock in self.clocks.values():
            clock.now_ms += seconds * 1000

    # -- what always holds

    def _state(self, session: Session) -> list[Annotation]:
        store = session._store
        return list(store.read_annotations(session.document.id, reviewer=session.reviewer))

    @invariant()
    def every_view_agrees(self) -> None:
        for (who, where), sessions in getattr(self, "sessions", {}).items():
            state = self.sketches[who, where].state
            counts: dict[object, int] = {}
            for said in state.values():
                if "label" in said:
                    counts[said["label"]] = counts.get(said["label"], 0) + 1
            for session in sessions:
                places = session.read_places(0, count=SIZES[where])
                found = {p.sentence.index: described(session, p.annotation) for p in places}
                assert {index: said for index, said in found.items() if said} == state
                progress = session.measure_progress()
                assert progress.counts == counts
                assert progress.open == SIZES[where] - sum(counts.values())
                unlabelled = [i for i in range(SIZES[where]) if "label" not in state.get(i, {})]
                assert session.find_open(0) == (unlabelled[0] if unlabelled else None)
            assert self._state(sessions[0]) == self._state(sessions[1])

    @invariant()
    def the_log_says_the_same(self) -> None:
        for document in getattr(self, "documents", []):
            in_memory, on_disk = (list(store.read_events(document.id)) for store in self.stores)
            assert in_memory == on_disk
            assert [event.counter for event in on_disk] == sorted(
                {event.counter for event in on_disk}
            )
            state = fold(on_disk)
            for store in self.stores:
                found = list(store.read_annotations(document.id))
                assert {(note.reviewer, note.span): note for note in found} == state

    @precondition(lambda self: hasattr(self, "documents"))
    @rule()
    def prove(self) -> None:
        # The texts of these articles have no blank line, and one paragraph.
        assert [proof for proof in verify(self.sqlite) if not proof.holds] == []


def _say(session: Session, index: int, what: str, value: object) -> Change:
    match what, value:
        case "label", str(label):
            return session.annotate(index, label)
        case "label", None:
            return session.clear(index)
        case "unsure", bool(unsure):
            return session.flag_unsure(index, unsure=unsure)
        case "note", str() | None as text:
            return session.note(index, text or "")
        case "speaker", str() | None as name:
            return session.name_speaker(index, name or " ")
        case "denies", list(targets):
            return session.link(index, targets)
        case "denial", list(targets):
            return session.deny(index, "denial", targets)
    raise AssertionError(what)


def described(session: Session, annotation: Annotation | None) -> Said:
    """An annotation in the sketch's terms."""
    if annotation is None:
        return {}
    places = session.read_places(0, count=99)
    indexes = {place.sentence.span: place.sentence.index for place in places}
    assert annotation.reviewer == session.reviewer
    said: Said = {
        "label": annotation.label,
        "speaker": annotation.speaker,
        "note": annotation.note,
        "unsure": annotation.unsure,
        "denies": [indexes[span] for span in annotation.denies],
    }
    return {what: value for what, value in said.items() if value not in (None, False, [])}


@pytest.mark.parametrize("histories", [8, pytest.param(250, marks=pytest.mark.long)])
def test_any_history_ends_alike_on_sqlite_in_memory_and_on_paper(
    histories: int,
) -> None:
    run_state_machine_as_test(
        Labelling, settings=settings(max_examples=histories, stateful_step_count=30, deadline=None)
    )
