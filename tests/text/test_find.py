"""Folding keeps offsets, and finds what a person would say is the same."""

from __future__ import annotations

import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.find import find_all, find_ranges, fold

TEXTS = st.text(
    st.sampled_from("aAbBéÉİiΣσς“”\"’' \u00a0\n\tßẞŉǰДд日") | st.characters(), max_size=40
)


@given(TEXTS)
def test_folding_keeps_the_length_and_folds_once_for_all(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(TEXTS, TEXTS)
def test_folding_goes_character_by_character(first: str, second: str) -> None:
    assert fold(first + second) == fold(first) + fold(second)


def test_every_character_folds_to_one() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert len(fold(every)) == len(every)
    assert all(len(fold(character)) == 1 for character in every)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("“Terrorist groups”", '"terrorist GROUPS"'),
        ("Damascus’s ally", "damascus's"),
        ("it's", "IT’S"),
        ("1,300\u00a0tons", "1,300 tons"),
        ("gas\nattacks", "gas attacks"),
        ("ΟΔΟΣ", "οδος"),
        ("İstanbul", "istanbul"),
        ("ДОКЛАД", "доклад"),
    ],
)
def test_what_is_the_same_to_a_person_is_found(text: str, typed: str) -> None:
    assert fold(typed) in fold(text)


def test_an_accent_counts_as_it_is_typed() -> None:
    assert fold("cafe") not in fold("Café")
    assert fold("café") in fold("CAFÉ")


@given(st.text("ab ", max_size=30), st.text("ab ", max_size=4))
def test_every_occurrence_is_found(text: str, words: str) -> None:
    expected = [at for at in range(len(text)) if words and text.startswith(words, at)]
    assert list(find_all(text, words)) == expected


@given(st.text("aB’'", max_size=30), st.text("ab'", max_size=4), st.data())
def test_ranges_are_what_the_occurrences_cover(text: str, words: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    covered = {
        offset
        for found in find_all(fold(text), words)
        for offset in range(found, found + len(words))
        if start <= offset < end
    }
    ranges = find_ranges(text, words, start=start, end=end)
    assert {offset for low, high in ranges for offset in range(low, high)} == covered
    assert ranges == sorted(ranges)
    assert all(low < high for low, high in ranges)
    assert all(before[1] < after[0] for before, after in pairwise(ranges))
