"""Offsets that others counted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.span import Span
from annotator.text.normalize import normalize
from annotator.text.utf16 import (
    find_dropped,
    find_pairs,
    map_offsets,
    shift,
    to_code_points,
    to_utf16,
)

TEXTS = st.text(st.sampled_from("ab 🔥日\u0301\u0627\r\n\x00\x1b\x85\t\ufeff👩"), max_size=30)


@given(text=TEXTS, data=st.data())
def test_units_and_code_points_are_inverse(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    units = len(text[:offset].encode("utf-16-le")) // 2
    pairs = find_pairs(text)
    assert to_utf16(offset, pairs) == units
    assert to_code_points(units, pairs) == offset


def test_half_a_character_is_no_place() -> None:
    assert [to_code_points(units, find_pairs("a🔥b")) for units in range(5)] == [0, 1, None, 2, 3]


@given(text=TEXTS)
def test_what_is_dropped_is_what_normalisation_drops(text: str) -> None:
    dropped = set(find_dropped(text))
    kept = "".join(one for place, one in enumerate(text) if place not in dropped)
    assert kept.replace("\r", "\n") == normalize(text).text


@given(text=TEXTS, data=st.data())
def test_a_span_holds_the_same_text_once_it_is_normalised(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    offsets = map_offsets(text)
    dropped = offsets.dropped
    kept = [text[place] for place in range(start, end) if place not in dropped]
    span = offsets.find_points(start, end)
    assert span == Span(shift(start, dropped), shift(end, dropped))
    assert offsets.stored[span.start : span.end] == "".join(kept).replace("\r", "\n")


def test_what_is_not_within_the_text_has_no_span() -> None:
    offsets = map_offsets("a🔥b")
    assert offsets.find_points(-1, 2) is None
    assert offsets.find_points(0, 4) is None
    assert offsets.find_points(2, 1) is None
    assert offsets.find_units(0, 4) == Span(0, 3)
    assert offsets.find_units(0, 5) is None
    assert offsets.find_units(2, 3) is None
