"""Labelled stretches and their ties, carried to the stored text: kept, or named."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.span import Span
from annotator.text.carrying import carry_over
from annotator.text.marking import Mark, Relation, settle

TEXT = "\ufeff🔥 Up.\r\n\r\nNot so\x00, no. "
UP, NOT_SO = Span(1, 6), Span(10, 22)

spans = st.none() | st.builds(Span, st.integers(-1, 24), st.integers(-1, 24))
marks = st.lists(
    st.builds(Mark, st.just("entity"), spans, st.sampled_from([None, "claim", "denial"])),
    max_size=6,
)
relations = st.lists(
    st.builds(
        Relation, st.just("tie"), st.sampled_from(["denies", "DENIES", "says"]), spans, spans
    ),
    max_size=6,
)


@given(marks, relations)
def test_what_is_kept_is_a_labelled_stretch_and_what_is_not_is_named(
    found: list[Mark], ties: list[Relation]
) -> None:
    carried = carry_over(TEXT)
    marked = settle(carried, found, ties)
    for span in marked.labels:
        stretch = carried.text[span.start : span.end]
        assert stretch
        assert stretch == stretch.strip()
    for source, targets in marked.denies.items():
        assert source not in targets
        assert {source, *targets} <= set(marked.labels)
        assert list(targets) == sorted(set(targets))
    stands = [(carried.carry(mark.span or Span(0, 0)), mark.label) for mark in found]
    kept = sum(pair in marked.labels.items() for pair in stands)
    assert marked.labels.items() <= set(stands)
    assert sum(remark.startswith("entity ") for remark in marked.remarks) == len(found) - kept


def test_a_stretch_is_carried_with_its_label_and_its_tie() -> None:
    carried = carry_over(TEXT)
    marked = settle(
        carried,
        [Mark("entity 1", UP, "claim"), Mark("entity 2", NOT_SO, "denial")],
        [Relation("relation 1", "Denies", NOT_SO, UP)],
    )
    first, second = sorted(marked.labels)
    assert [carried.text[span.start : span.end] for span in (first, second)] == [
        "🔥 Up.",
        "Not so, no.",
    ]
    assert marked.denies == {second: (first,)}
    assert marked.remarks == ()


def test_each_that_is_left_out_is_named_with_its_reason() -> None:
    marked = settle(
        carry_over(TEXT),
        [
            Mark("entity 1", UP, "claim"),
            Mark("entity 2", UP, "denial"),
            Mark("entity 3", UP, "claim"),
            Mark("entity 4", NOT_SO, None),
            Mark("entity 5", Span(7, 10), "claim"),
            Mark("entity 6", Span(0, 999), "claim"),
        ],
        [
            Relation("relation 1", "denies", UP, UP),
            Relation("relation 2", "denies", UP, None),
            Relation("relation 3", "says", NOT_SO, UP),
            Relation("relation 4", "says", NOT_SO, UP),
        ],
    )
    assert list(marked.labels.values()) == ["claim"]
    assert marked.denies == {}
    assert marked.remarks == (
        "entity 2 left out: its stretch has the label 'claim'",
        "entity 4 left out: it has no label",
        "entity 5 left out: it is no stretch of the text",
        "entity 6 left out: it is no stretch of the text",
        "relation 1 left out: it does not tie two labelled stretches",
        "relation 2 left out: it does not tie two labelled stretches",
        "2 of the relations left out: 'says' is not 'denies'",
    )
