"""Folding events into what a reviewer has said of a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import StoreError
from annotator.model.annotation import Annotation, apply, fold
from annotator.model.event import ACTS, Denied, Event, EventKind, Value
from annotator.model.span import Span
from tests.builders import event

if TYPE_CHECKING:
    import random

SPANS = [Span(0, 5), Span(6, 9), Span(10, 20)]
ACT_VALUES: dict[EventKind, st.SearchStrategy[Value]] = {
    EventKind.LABEL: st.sampled_from(["claim", "denial", None]),
    EventKind.NOTE: st.sampled_from(["a note", None]),
    EventKind.SPEAKER: st.sampled_from(["the minister", None]),
    EventKind.UNSURE: st.booleans(),
    EventKind.DENIES: st.builds(
        Denied,
        st.just("denial"),
        st.lists(st.sampled_from(SPANS), max_size=3).map(tuple),
    ),
    EventKind.UNDO: st.none(),
    EventKind.REDO: st.none(),
    EventKind.IMPORT: st.none(),
    EventKind.DELETE: st.none(),
}
DRAWN = st.sampled_from(list(ACT_VALUES)).flatmap(
    lambda kind: st.tuples(
        st.just(kind),
        ACT_VALUES[kind],
        st.sampled_from(SPANS),
        st.sampled_from(["ana", "ben"]),
        st.integers(1, 6),
        st.integers(1, 20),
    )
)
LOGS = st.lists(DRAWN, max_size=25).map(
    lambda drawn: [
        event(
            kind,
            value,
            number=number,
            counter=counter,
            span=span if kind in ACTS or kind in (EventKind.UNDO, EventKind.REDO) else None,
            reviewer=reviewer,
            target=target if kind in (EventKind.UNDO, EventKind.REDO) else None,
        )
        for number, (kind, value, span, reviewer, target, counter) in enumerate(drawn, 1)
    ]
)


@given(LOGS, st.randoms(use_true_random=False))
def test_the_fold_does_not_depend_on_the_order_in_which_events_are_given(
    log: list[Event], chance: random.Random
) -> None:
    shuffled = list(log)
    chance.shuffle(shuffled)
    assert fold(shuffled) == fold(log) == fold(iter(log))


@given(LOGS, LOGS)
def test_uniting_logs_is_commutative_and_idempotent(log: list[Event], other: list[Event]) -> None:
    one = {event.id: event for event in log}
    two = {event.id: event for event in other if event.id not in one}
    both = fold([*one.values(), *two.values()])
    assert both == fold([*two.values(), *one.values()])
    again = {**one, **two, **one}
    assert both == fold(again.values())


@given(LOGS)
def test_a_fold_holds_nothing_that_says_nothing(log: list[Event]) -> None:
    for (reviewer, span), annotation in fold(log).items():
        assert not annotation.is_empty
        assert (annotation.reviewer, annotation.span) == (reviewer, span)
        assert span not in annotation.denies
        assert list(annotation.denies) == sorted(set(annotation.denies))


@given(LOGS)
def test_one_reviewers_state_does_not_depend_on_anothers_events(log: list[Event]) -> None:
    alone = fold([event for event in log if event.reviewer == "ana"])
    assert alone == {key: value for key, value in fold(log).items() if key[0] == "ana"}


def test_an_act_keeps_what_it_does_not_set_and_says_when() -> None:
    first = apply(None, event(EventKind.NOTE, "a note", number=1, span=SPANS[0]))
    assert first == Annotation(
        SPANS[0],
        "ana",
        None,
        None,
        "a note",
        False,
        (),
        "2026-11-23T12:01:00Z",
        "2026-11-23T12:01:00Z",
    )
    labelled = apply(first, event(EventKind.LABEL, "claim", number=2, span=SPANS[0]))
    assert labelled is not None
    assert (labelled.label, labelled.note) == ("claim", "a note")
    assert labelled.created_at == "2026-11-23T12:01:00Z"
    assert labelled.updated_at == "2026-11-23T12:02:00Z"


def test_another_label_takes_the_links_away_and_the_same_one_does_not() -> None:
    log = [
        event(EventKind.LABEL, "denial", number=1, span=SPANS[2]),
        event(EventKind.DENIES, Denied("denial", (SPANS[1], SPANS[0])), number=2, span=SPANS[2]),
        event(EventKind.LABEL, "denial", number=3, span=SPANS[2]),
    ]
    key = ("ana", SPANS[2])
    assert fold(log)[key].denies == (SPANS[0], SPANS[1])
    cleared = event(EventKind.LABEL, None, number=4, span=SPANS[2])
    assert fold([*log, cleared]) == {}
    changed = event(EventKind.LABEL, "claim", number=4, span=SPANS[2])
    assert fold([*log, changed])[key].denies == ()
    undone = event(EventKind.UNDO, number=5, span=SPANS[2], target=4)
    assert fold([*log, changed, undone])[key].denies == (SPANS[0], SPANS[1])


def test_links_made_elsewhere_for_a_label_that_changed_meanwhile_say_nothing() -> None:
    # Two machines at once: one made it background, the other tied the denial to its claim.
    log = [
        event(EventKind.LABEL, "denial", number=1, span=SPANS[2]),
        event(EventKind.LABEL, "background", number=2, span=SPANS[2]),
        event(EventKind.DENIES, Denied("denial", (SPANS[0],)), number=3, span=SPANS[2]),
    ]
    assert fold(log) == fold(log[:2])


def test_what_is_said_twice_counts_from_the_first_time() -> None:
    log = [event(EventKind.LABEL, "claim", number=number, span=SPANS[0]) for number in (1, 2)]
    assert fold(log) == fold(log[:1])


def test_an_annotation_that_became_empty_begins_anew() -> None:
    log = [
        event(EventKind.LABEL, "claim", number=1, span=SPANS[0]),
        event(EventKind.LABEL, None, number=2, span=SPANS[0]),
    ]
    assert fold(log) == {}
    again = event(EventKind.LABEL, "claim", number=3, span=SPANS[0])
    assert fold([*log, again])["ana", SPANS[0]].created_at == "2026-11-23T12:03:00Z"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (EventKind.UNSURE, None),
        (EventKind.UNSURE, "yes"),
        (EventKind.LABEL, True),
        (EventKind.DENIES, None),
        (EventKind.NOTE, Denied("denial", (SPANS[1],))),
    ],
)
def test_a_value_of_another_kind_is_refused(kind: EventKind, value: Value) -> None:
    with pytest.raises(StoreError, match="value of another kind"):
        apply(None, event(kind, value, number=1, span=SPANS[0]))


def test_an_event_that_says_nothing_of_a_sentence_is_refused() -> None:
    with pytest.raises(StoreError, match="says nothing of a sentence"):
        apply(None, event(EventKind.DELETE, number=1))
    with pytest.raises(StoreError, match="says nothing of a sentence"):
        apply(None, event(EventKind.LABEL, "claim", number=1))
