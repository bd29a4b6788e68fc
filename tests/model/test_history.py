"""Undo and redo over the log, against a stack; and over logs that were merged."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import NothingToUndoError
from annotator.model.event import Event, EventKind, Recut
from annotator.model.history import find_redoable, find_undoable, replay
from annotator.model.span import Span
from tests.builders import event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HERE, THERE = Span(0, 5), Span(6, 9)


@dataclass
class Stack:
    """Undo and redo as a textbook has them."""

    done: list[str] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)

    def act(self, step: str) -> None:
        self.done.append(step)
        self.undone.clear()

    def undo(self) -> str:
        self.undone.append(self.done.pop())
        return self.undone[-1]

    def redo(self) -> str:
        self.done.append(self.undone.pop())
        return self.done[-1]


def find(search: Callable[[Iterable[Event]], str], log: list[Event]) -> str | None:
    newest_first = sorted(log, key=lambda event: event.order, reverse=True)
    try:
        return search(newest_first)
    except NothingToUndoError:
        return None


def turn(kind: EventKind, step: str, number: int) -> Event:
    return replace(event(kind, number=number), target=step)


@given(st.lists(st.sampled_from(["act", "act of two", "undo", "redo"]), max_size=40))
def test_undo_and_redo_find_what_a_stack_would(moves: list[str]) -> None:
    stack, log = Stack(), list[Event]()
    for number, move in enumerate(moves, 1):
        first = number * 2
        if move.startswith("act"):
            log.append(event(EventKind.LABEL, "claim", number=first, span=HERE))
            if move == "act of two":
                log.append(event(EventKind.NOTE, "why", number=first + 1, span=HERE, step=first))
            stack.act(log[-1].step)
        elif move == "undo" and stack.done:
            log.append(turn(EventKind.UNDO, stack.undo(), first))
        elif move == "redo" and stack.undone:
            log.append(turn(EventKind.REDO, stack.redo(), first))
        assert find(find_undoable, log) == (stack.done[-1] if stack.done else None)
        assert find(find_redoable, log) == (stack.undone[-1] if stack.undone else None)
        in_force = list(dict.fromkeys(act.step for act in replay(log)))
        assert in_force == stack.done


@given(st.lists(st.sampled_from(["act", "undo", "redo"]), max_size=30))
def test_undoing_all_and_redoing_all_ends_where_it_began(moves: list[str]) -> None:
    stack, log = Stack(), list[Event]()
    for number, move in enumerate(moves, 1):
        if move == "act":
            log.append(event(EventKind.LABEL, "claim", number=number, span=HERE))
            stack.act(log[-1].step)
        elif move == "undo" and stack.done:
            log.append(turn(EventKind.UNDO, stack.undo(), number))
        elif move == "redo" and stack.undone:
            log.append(turn(EventKind.REDO, stack.redo(), number))
    before, depth = replay(log), len(stack.done)
    number = len(moves)
    for search, kind in ((find_undoable, EventKind.UNDO), (find_redoable, EventKind.REDO)):
        for _ in range(depth):
            number += 1
            step = find(search, log)
            assert step is not None
            log.append(turn(kind, step, number))
        if kind is EventKind.UNDO:
            assert replay(log) == []
            assert find(find_undoable, log) is None
    assert replay(log) == before


def test_nothing_to_turn_back_is_said_in_words() -> None:
    with pytest.raises(NothingToUndoError, match="nothing to undo"):
        find_undoable([])
    with pytest.raises(NothingToUndoError, match="nothing to redo"):
        find_redoable([event(EventKind.LABEL, "claim", number=1, span=HERE)])


def test_events_that_say_nothing_of_a_sentence_do_not_stand_in_the_way() -> None:
    log = [
        event(EventKind.LABEL, "claim", number=1, span=HERE),
        event(EventKind.UNDO, number=2, span=HERE, target=1),
        event(EventKind.DELETE, number=3),
        event(EventKind.RESTORE, number=4),
    ]
    assert find(find_redoable, log) == log[0].id
    assert find(find_undoable, log) is None


def test_a_step_undone_on_two_machines_is_redone_once() -> None:
    # Both machines had the label, both undid it, and only then were the databases merged.
    log = [
        event(EventKind.LABEL, "claim", number=1, span=HERE),
        event(EventKind.UNDO, number=2, span=HERE, target=1),
        event(EventKind.UNDO, number=3, counter=2, span=HERE, target=1),
    ]
    assert find(find_undoable, log) is None
    assert find(find_redoable, log) == log[0].id
    log.append(event(EventKind.REDO, number=4, counter=3, span=HERE, target=1))
    assert replay(log) == log[:1]
    assert find(find_undoable, log) == log[0].id
    assert find(find_redoable, log) is None


def test_a_step_redone_on_two_machines_is_undone_once() -> None:
    log = [
        event(EventKind.LABEL, "claim", number=1, span=HERE),
        event(EventKind.UNDO, number=2, span=HERE, target=1),
        event(EventKind.REDO, number=3, span=HERE, target=1),
        event(EventKind.REDO, number=4, counter=3, span=HERE, target=1),
        event(EventKind.UNDO, number=5, counter=4, span=HERE, target=1),
    ]
    assert find(find_undoable, log) is None
    assert find(find_redoable, log) == log[0].id
    assert replay(log) == []


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(st.sampled_from(["act", "undo", "redo", "merge"]), st.booleans()), max_size=25
    )
)
def test_on_two_machines_that_merge_undo_finds_a_step_in_force_and_redo_one_that_is_not(
    moves: list[tuple[str, bool]],
) -> None:
    logs: list[list[Event]] = [[], []]
    for number, (move, on_second) in enumerate(moves, 1):
        log = logs[on_second]
        counter = max((event.counter for event in log), default=0) + 1
        step = {"undo": find(find_undoable, log), "redo": find(find_redoable, log)}.get(move)
        if move == "act":
            log.append(
                event(EventKind.NOTE, str(number), number=number, counter=counter, span=HERE)
            )
        elif move == "merge":
            log += [event for event in logs[not on_second] if event not in log]
        elif step is not None:
            turned = turn(EventKind(move), step, number)
            log.append(replace(turned, counter=counter))
        _check_that_turning_back_moves(log)


def _check_that_turning_back_moves(log: list[Event]) -> None:
    in_force = [act.step for act in replay(log)]
    undoable, redoable = find(find_undoable, log), find(find_redoable, log)
    assert undoable == (in_force[-1] if in_force else None)
    assert redoable is None or redoable not in in_force


def test_nobody_undoes_what_another_reviewer_did() -> None:
    log = [
        event(EventKind.LABEL, "claim", number=1, span=HERE),
        event(EventKind.UNDO, number=2, span=HERE, target=1, reviewer="ben"),
    ]
    assert replay(log) == log[:1]


def test_acts_apply_in_the_order_of_counters_and_then_of_ids() -> None:
    log = [
        event(EventKind.LABEL, "claim", number=3, counter=2, span=HERE),
        event(EventKind.LABEL, "denial", number=1, counter=2, span=THERE),
        event(EventKind.LABEL, "background", number=9, counter=1, span=HERE),
    ]
    assert [act.value for act in replay(log)] == ["background", "denial", "claim"]


def test_a_redone_step_is_a_newer_word_than_what_was_said_elsewhere_meanwhile() -> None:
    log = [
        event(EventKind.LABEL, "claim", number=1, span=HERE),
        event(EventKind.NOTE, "why", number=2, span=HERE, step=1),
        event(EventKind.UNDO, number=3, span=HERE, target=1),
        event(EventKind.LABEL, "denial", number=4, counter=3, span=HERE),
        event(EventKind.REDO, number=5, counter=4, span=HERE, target=1),
    ]
    assert [act.value for act in replay(log)] == ["denial", "claim", "why"]


def test_a_redone_step_applies_where_it_stood_before_what_was_cut_since() -> None:
    join = Recut((HERE, THERE))
    log = [
        event(EventKind.LABEL, "claim", number=1, span=HERE),
        event(EventKind.JOIN, join, number=2, span=Span(HERE.start, THERE.end), reviewer="ben"),
        event(EventKind.UNDO, number=3, span=HERE, target=1),
        event(EventKind.REDO, number=4, span=HERE, target=1),
    ]
    assert replay(log) == log[:2]
