"""Stretches of text: united, and whether they share text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.span import Span, overlap, unite

SPANS = st.tuples(st.integers(0, 20), st.integers(1, 8)).map(
    lambda pair: Span(pair[0], pair[0] + pair[1])
)


def cover(spans: list[Span]) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}


@given(st.lists(SPANS))
def test_what_is_united_covers_the_same_text_in_order_and_shares_none(spans: list[Span]) -> None:
    united = unite(spans)
    assert cover(united) == cover(spans)
    assert united == sorted(united)
    assert sum(span.end - span.start for span in united) == len(cover(spans))


def test_spans_that_only_touch_stay_two() -> None:
    assert unite([Span(5, 9), Span(0, 5)]) == [Span(0, 5), Span(5, 9)]
    assert unite([Span(0, 9), Span(2, 4), Span(8, 12)]) == [Span(0, 12)]
    assert unite([]) == []


@given(SPANS, SPANS)
def test_spans_overlap_where_a_code_point_is_in_both(one: Span, other: Span) -> None:
    assert overlap(one, other) == bool(cover([one]) & cover([other]))
