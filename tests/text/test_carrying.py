"""Spans carried to the stored text: what they cover stays the same but for what the text loses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.span import Span
from annotator.text.carrying import carry_over
from annotator.text.fitting import trim
from annotator.text.normalize import normalize

texts = st.text(st.sampled_from("ab 🔥\u0301\r\n\t\x00\x85\ufeff"), max_size=30) | st.text()
spans = st.builds(Span, st.integers(-2, 34), st.integers(-2, 34))


@given(texts, spans)
def test_a_carried_span_covers_what_the_stretch_is_by_itself_once_stored(
    text: str, span: Span
) -> None:
    carried = carry_over(text)
    assert carried.text == normalize(text).text
    found = carried.carry(span)
    assert 0 <= found.start <= found.end <= len(carried.text)
    stretch = carried.text[found.start : found.end]
    if not 0 <= span.start < span.end <= len(text):
        assert found == Span(0, 0)
        return
    # A byte order mark is lost at the start of a text, and of a stretch only where that is one.
    alone = normalize(text[span.start : span.end]).text
    assert stretch == stretch.strip()
    assert stretch.replace("\ufeff", "").strip() == alone.replace("\ufeff", "").strip()


@given(texts)
def test_neighbours_stay_neighbours_and_in_order(text: str) -> None:
    carried = carry_over(text)
    last = 0
    for at in range(len(text)):
        found = carried.carry(Span(at, at + 1))
        if found.start < found.end:
            assert last <= found.start
            last = found.end


@given(texts, spans)
def test_a_text_that_is_stored_already_changes_no_span_but_at_its_edges(
    text: str, span: Span
) -> None:
    stored = normalize(text).text
    carried = carry_over(stored)
    assert (carried.text, len(carried.gone)) == (stored, 0)
    if 0 <= span.start < span.end <= len(stored):
        assert carried.carry(span) == trim(stored, span)


@pytest.mark.parametrize(
    ("text", "span", "found"),
    [
        ("One.\r\nTwo.", Span(6, 10), Span(5, 9)),
        ("One.\rTwo.", Span(5, 9), Span(5, 9)),
        ("\ufeff\x00\ufeffOne.", Span(3, 7), Span(0, 4)),
        ("O\x07ne. 🔥", Span(0, 7), Span(0, 6)),
        ("One.", Span(2, 5), Span(0, 0)),
        ("One.", Span(3, 2), Span(0, 0)),
    ],
)
def test_a_span_goes_where_its_words_go(text: str, span: Span, found: Span) -> None:
    assert carry_over(text).carry(span) == found


def test_a_span_of_white_space_or_of_what_is_lost_is_empty() -> None:
    carried = carry_over("One. \r\n \x00Two.")
    for span in (Span(4, 8), Span(8, 9), Span(5, 6)):
        found = carried.carry(span)
        assert found.start == found.end
