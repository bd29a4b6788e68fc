"""Layouts and values: written and read back, or refused."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import StoreError
from annotator.model.event import (
    Assigned,
    Denied,
    EventKind,
    Given,
    Imported,
    Recut,
    Renamed,
    Rule,
    Settled,
    Suggested,
    Value,
    commit,
)
from annotator.model.event_value import read_value, write_value
from annotator.model.layout import read_layout, write_layout
from annotator.model.scheme import FACT_CHECK
from annotator.model.span import Span
from tests.builders import draft

SPANS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 99))).map(
    lambda pairs: [
        Span(
            sum(gap + length for gap, length in pairs[:place]) + pair[0],
            sum(gap + length for gap, length in pairs[: place + 1]),
        )
        for place, pair in enumerate(pairs)
    ]
)
CUTS = st.tuples(SPANS, st.lists(st.booleans(), min_size=100, max_size=100)).map(
    lambda drawn: list(zip(accumulate([0, *drawn[1]]), drawn[0], strict=False))
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
IMPORTED = st.builds(
    Imported,
    title=TEXTS,
    source=st.none() | TEXTS,
    author=st.none() | TEXTS,
    published=st.none() | TEXTS,
    language=TEXTS,
    replaces=st.none() | TEXTS,
    layout=CUTS.map(write_layout),
)
SPAN = st.builds(Span, st.integers(0, 99), st.integers(0, 99))
RECUTS = st.builds(Recut, st.tuples(SPAN, SPAN), st.lists(TEXTS, max_size=3).map(tuple))
VALUES: dict[EventKind, st.SearchStrategy[Value]] = {
    EventKind.LABEL: st.none() | TEXTS,
    EventKind.NOTE: st.none() | TEXTS,
    EventKind.SPEAKER: st.none() | TEXTS,
    EventKind.UNSURE: st.booleans(),
    EventKind.DENIES: st.builds(Denied, TEXTS, SPANS.map(tuple)),
    EventKind.GIVEN: st.builds(
        Given,
        label=st.none() | TEXTS,
        speaker=st.none() | TEXTS,
        note=st.none() | TEXTS,
        unsure=st.booleans(),
        denies=SPANS.map(tuple),
        created_at=TEXTS,
        updated_at=TEXTS,
    ),
    EventKind.IMPORT: IMPORTED,
    EventKind.DELETE: st.none(),
    EventKind.RESTORE: st.none(),
    EventKind.SPLIT: RECUTS,
    EventKind.JOIN: RECUTS,
    EventKind.SEEN: st.none(),
    EventKind.SCHEME: st.just(FACT_CHECK),
    EventKind.UNDO: st.none(),
    EventKind.REDO: st.none(),
    EventKind.SUGGEST: st.builds(
        Suggested,
        program=TEXTS,
        label=st.none() | TEXTS,
        speaker=st.none() | TEXTS,
        denies=SPANS.map(tuple),
    ),
    EventKind.SETTLE: st.builds(
        Settled,
        label=st.none() | TEXTS,
        note=st.none() | TEXTS,
        rule=st.none() | st.sampled_from(Rule),
    ),
    EventKind.RETRACT: st.none(),
    EventKind.REINSTATE: st.none(),
    EventKind.ASSIGN: st.builds(Assigned, TEXTS, st.booleans(), st.booleans()),
    EventKind.RENAME: st.builds(Renamed, TEXTS, TEXTS),
}
KINDS_AND_VALUES = st.sampled_from(list(EventKind)).flatmap(
    lambda kind: st.tuples(st.just(kind), VALUES[kind])
)


@given(CUTS)
def test_a_layout_reads_back_as_the_cut_it_was_written_from(cut: list[tuple[int, Span]]) -> None:
    assert read_layout(write_layout(cut)) == cut


def test_a_layout_is_gaps_and_lengths_by_paragraph() -> None:
    cut = [(0, Span(0, 10)), (1, Span(11, 15)), (1, Span(17, 18))]
    assert write_layout(cut) == "0 10 / 1 4 2 1"
    assert write_layout([]) == ""
    assert read_layout("") == []


@pytest.mark.parametrize("layout", ["0", "0 1 2", "0 -1", "-1 5", "a b", "0 1.5", "0,1", "0 / 1"])
def test_a_layout_of_another_form_is_refused(layout: str) -> None:
    with pytest.raises(StoreError, match="layout"):
        read_layout(layout)


@given(TEXTS)
def test_reading_a_layout_fails_in_no_other_way(layout: str) -> None:
    try:
        cut = read_layout(layout)
    except StoreError:
        return
    assert read_layout(write_layout(cut)) == cut


@given(KINDS_AND_VALUES)
def test_a_value_reads_back_as_it_was_written(pair: tuple[EventKind, Value]) -> None:
    kind, value = pair
    assert read_value(kind, write_value(value)) == value


@given(KINDS_AND_VALUES)
def test_a_written_value_is_plain_text_that_utf_8_can_hold(pair: tuple[EventKind, Value]) -> None:
    written = write_value(pair[1])
    assert written is None or written.encode("utf-8")


@pytest.mark.parametrize(
    ("kind", "stored"),
    [
        (EventKind.LABEL, "claim"),
        (EventKind.LABEL, "true"),
        (EventKind.LABEL, "[1]"),
        (EventKind.NOTE, "7"),
        (EventKind.SPEAKER, "{}"),
        (EventKind.UNSURE, "1"),
        (EventKind.UNSURE, '"yes"'),
        (EventKind.DENIES, "{}"),
        (EventKind.DENIES, "[[1, 2]]"),
        (EventKind.DENIES, '{"label": 1, "spans": []}'),
        (EventKind.DENIES, '{"label": "denial", "spans": [1]}'),
        (EventKind.DENIES, '{"label": "denial", "spans": [[1]]}'),
        (EventKind.DENIES, '{"label": "denial", "spans": [[1, "2"]]}'),
        (EventKind.DENIES, '{"label": "denial", "spans": [[true, false]]}'),
        (EventKind.IMPORT, "[]"),
        (EventKind.IMPORT, '{"title": "A"}'),
        (EventKind.UNDO, '"x"'),
        (EventKind.DELETE, "true"),
        pytest.param(EventKind.NOTE, "[" * 200_000, id="deeper than Python's stack"),
        pytest.param(EventKind.DENIES, f"[[{'9' * 5000}, 1]]", id="a number beyond reading"),
    ],
)
def test_a_value_that_does_not_belong_to_its_kind_is_refused(kind: EventKind, stored: str) -> None:
    with pytest.raises(StoreError, match=f"of kind {kind}|span|import"):
        read_value(kind, stored)


@given(st.sampled_from(list(EventKind)), st.text())
def test_reading_a_value_fails_in_no_other_way(kind: EventKind, stored: str) -> None:
    try:
        value = read_value(kind, stored)
    except StoreError:
        return
    assert read_value(kind, write_value(value)) == value


def test_committing_keeps_everything_of_the_draft_and_adds_the_counter() -> None:
    drafted = draft(EventKind.LABEL, "claim", number=3, span=Span(1, 2), step=2, target=1)
    committed = commit(drafted, 9)
    assert committed.counter == 9
    assert committed.order == (9, drafted.id)
    for name in type(drafted).__slots__:
        assert getattr(committed, name) == getattr(drafted, name)
