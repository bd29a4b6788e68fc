"""Splitting and joining sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.cut import Cutting
from annotator.model.span import Span, overlap

ONE, TWO, THREE = Span(0, 5), Span(6, 12), Span(14, 20)
CUT = [(0, ONE), (0, TWO), (1, THREE)]
SPANS = st.tuples(st.integers(0, 25), st.integers(1, 25)).map(
    lambda pair: Span(pair[0], pair[0] + pair[1])
)


def test_sentences_stand_in_the_order_of_the_text() -> None:
    cutting = Cutting([CUT[2], CUT[0], CUT[1]])
    assert list(cutting) == CUT
    assert len(cutting) == 3
    assert TWO in cutting
    assert Span(0, 12) not in cutting
    assert cutting.find(Span(0, 20)) == [ONE, TWO, THREE]


@given(SPANS)
def test_those_that_share_text_with_a_span_are_found(span: Span) -> None:
    assert Cutting(CUT).find(span) == [one for one in (ONE, TWO, THREE) if overlap(one, span)]


@pytest.mark.parametrize(
    ("parts", "whole", "halves"),
    [
        ((Span(0, 2), Span(2, 5)), ONE, (Span(0, 2), Span(2, 5))),
        ((Span(0, 1), Span(1, 5)), ONE, (Span(0, 1), Span(1, 5))),
        ((Span(0, 4), Span(4, 5)), ONE, (Span(0, 4), Span(4, 5))),
        ((Span(6, 8), Span(9, 12)), TWO, (Span(6, 8), Span(9, 12))),
        ((Span(15, 16), Span(17, 18)), THREE, (Span(14, 16), Span(17, 20))),
        ((Span(0, 8), Span(9, 20)), TWO, (Span(6, 8), Span(9, 12))),
    ],
)
def test_a_boundary_goes_into_the_sentence_that_holds_it(
    parts: tuple[Span, Span], whole: Span, halves: tuple[Span, Span]
) -> None:
    cutting = Cutting(CUT)
    paragraph = next(paragraph for paragraph, span in CUT if span == whole)
    assert cutting.split(parts) == (whole, halves)
    at = CUT.index((paragraph, whole))
    expected = CUT[:at] + [(paragraph, half) for half in halves] + CUT[at + 1 :]
    assert list(cutting) == expected
    assert len(cutting) == 4
    assert whole not in cutting
    assert cutting.find(halves[1]) == [halves[1]]
    assert cutting.find(whole) == list(halves)
    assert cutting.split(parts) is None
    assert cutting.join(halves) == (whole, halves)
    assert list(cutting) == CUT
    assert whole in cutting
    assert cutting.find(halves[0]) == [whole]


@pytest.mark.parametrize(
    "parts",
    [
        (ONE, TWO),
        (Span(0, 6), Span(6, 12)),
        (Span(3, 5), Span(5, 12)),
        (Span(4, 6), Span(8, 12)),
        (Span(0, 20), Span(20, 25)),
        (Span(0, 30), Span(31, 40)),
    ],
)
def test_a_boundary_that_is_there_or_lies_outside_is_not_put(parts: tuple[Span, Span]) -> None:
    cutting = Cutting(CUT)
    assert cutting.split(parts) is None
    assert list(cutting) == CUT


def test_a_boundary_is_taken_away_whatever_stands_around_it() -> None:
    cutting = Cutting(CUT)
    assert cutting.join((Span(3, 5), Span(6, 7))) == (Span(0, 12), (ONE, TWO))
    assert list(cutting) == [(0, Span(0, 12)), (1, THREE)]
    assert len(cutting) == 2
    assert ONE not in cutting
    assert TWO not in cutting
    assert cutting.split((ONE, TWO)) == (Span(0, 12), (ONE, TWO))
    assert list(cutting) == CUT


@pytest.mark.parametrize(
    "parts",
    [
        (TWO, THREE),
        (Span(0, 2), Span(2, 5)),
        (Span(0, 4), Span(6, 12)),
        (Span(0, 5), Span(7, 12)),
        (Span(-3, 0), Span(0, 5)),
        (Span(14, 20), Span(21, 25)),
    ],
)
def test_no_boundary_is_taken_away_where_none_is_or_a_paragraph_ends(
    parts: tuple[Span, Span],
) -> None:
    cutting = Cutting(CUT)
    assert cutting.join(parts) is None
    assert list(cutting) == CUT
