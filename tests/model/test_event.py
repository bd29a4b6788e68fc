"""Layouts and values: written and read back, or refused."""

from __future__ import annotations

from dataclasses import replace
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


WHOLE: dict[EventKind, tuple[Value, str]] = {
    EventKind.LABEL: ("démenti", '"démenti"'),
    EventKind.UNSURE: (True, "true"),
    EventKind.DENIES: (
        Denied("démenti", (Span(1, 2), Span(3, 4))),
        '{"label": "démenti", "spans": [[1, 2], [3, 4]]}',
    ),
    EventKind.GIVEN: (
        Given("claim", "Zoë", "why", True, (Span(1, 2),), "then", "later"),
        '{"label": "claim", "speaker": "Zoë", "note": "why", "unsure": true,'
        ' "denies": [[1, 2]], "created_at": "then", "updated_at": "later"}',
    ),
    EventKind.IMPORT: (
        Imported("Title", "a.txt", "Zoë", "2026", "en", "d" * 16, "0 5"),
        '{"title": "Title", "source": "a.txt", "author": "Zoë", "published": "2026",'
        f' "language": "en", "replaces": "{"d" * 16}", "layout": "0 5"}}',
    ),
    EventKind.SPLIT: (
        Recut((Span(0, 4), Span(5, 9)), ("denial", "claim")),
        '{"parts": [[0, 4], [5, 9]], "strength": ["denial", "claim"]}',
    ),
    EventKind.SUGGEST: (
        Suggested("spotter 1", "claim", "Zoë", (Span(1, 2),)),
        '{"program": "spotter 1", "label": "claim", "speaker": "Zoë", "denies": [[1, 2]]}',
    ),
    EventKind.SETTLE: (
        Settled("claim", "Zoë's", Rule.MAJORITY),
        '{"label": "claim", "note": "Zoë\'s", "rule": "majority"}',
    ),
    EventKind.ASSIGN: (
        Assigned("Zoë", again=True, withdrawn=False),
        '{"reviewer": "Zoë", "again": true, "withdrawn": false}',
    ),
    EventKind.RENAME: (Renamed("Zoë", "ana"), '{"old": "Zoë", "new": "ana"}'),
}
REFUSED = {
    EventKind.GIVEN: "An annotation that came in whole does not say what it must.",
    EventKind.IMPORT: "A document's import does not say what it must.",
    EventKind.SPLIT: "A split or a join does not say which two parts it is about.",
    EventKind.JOIN: "A split or a join does not say which two parts it is about.",
    EventKind.SUGGEST: "A suggestion does not say what it must.",
    EventKind.SETTLE: "A settlement does not say what it must.",
    EventKind.ASSIGN: "An assignment does not say what it must.",
    EventKind.RENAME: "A renaming does not say what it must.",
    EventKind.DENIES: (
        "An event of kind denies holds a value that does not belong to it: no label and spans."
    ),
    EventKind.LABEL: "An event of kind label holds a value that does not belong to it.",
}


@pytest.mark.parametrize("kind", list(WHOLE))
def test_a_value_is_stored_as_other_machines_read_it(kind: EventKind) -> None:
    value, stored = WHOLE[kind]
    assert write_value(value) == stored
    assert read_value(kind, stored) == value


def test_a_scheme_is_stored_in_its_own_letters() -> None:
    stored = write_value(FACT_CHECK)
    assert read_value(EventKind.SCHEME, stored) == FACT_CHECK
    first, *others = FACT_CHECK.labels
    told = replace(FACT_CHECK, labels=(replace(first, guideline="Zoë's guideline."), *others))
    assert "Zoë's" in (write_value(told) or "")


@pytest.mark.parametrize("kind", list(REFUSED))
def test_a_value_that_lacks_its_fields_is_refused_in_a_sentence(kind: EventKind) -> None:
    with pytest.raises(StoreError) as refused:
        read_value(kind, "{}")
    assert str(refused.value) == REFUSED[kind]


def test_what_is_no_json_is_refused_in_a_sentence() -> None:
    with pytest.raises(StoreError) as refused:
        read_value(EventKind.NOTE, "no")
    assert str(refused.value) == "An event of kind note holds a value that is not JSON."
    with pytest.raises(StoreError) as refused:
        read_value(EventKind.DENIES, '{"label": "denial", "spans": [[1, 2, 3]]}')
    assert str(refused.value) == "An event names a span that is not two numbers."


@pytest.mark.parametrize("layout", ["1 2 3", "-1 5", "0 -5"])
def test_a_layout_that_is_cut_short_is_refused_in_a_sentence(layout: str) -> None:
    with pytest.raises(StoreError) as refused:
        read_layout(layout)
    message = "The layout of a document's sentences is cut short or runs backwards."
    assert str(refused.value) == message
    with pytest.raises(StoreError) as refused:
        read_layout("a b")
    assert str(refused.value) == "The layout of a document's sentences is not made of numbers."
