"""Runs of indexes, words to search for, and how many sentences were added before a place."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.store.asking import (
    add_up,
    count_shift,
    fold_word,
    group_runs,
    has_no_spaces,
    split_words,
    write_search,
)


@given(st.lists(st.integers(0, 12), max_size=20))
def test_runs_written_out_are_the_indexes_in_their_order(indexes: list[int]) -> None:
    runs = list(group_runs(indexes))
    assert [first + step for first, count in runs for step in range(count)] == indexes


@given(st.lists(st.integers(0, 12), max_size=20))
def test_there_are_no_more_runs_than_there_must_be(indexes: list[int]) -> None:
    breaks = sum(after != before + 1 for before, after in pairwise(indexes))
    assert len(list(group_runs(indexes))) == (breaks + 1 if indexes else 0)


@pytest.mark.parametrize(
    ("indexes", "runs"),
    [
        ([], []),
        ([0], [(0, 1)]),
        ([7, 8, 9], [(7, 3)]),
        ([0, 1, 3], [(0, 2), (3, 1)]),
        ([5, 4, 3], [(5, 1), (4, 1), (3, 1)]),
        ([2, 2], [(2, 1), (2, 1)]),
        ([4, 5, 3, 4], [(4, 2), (3, 2)]),
    ],
)
def test_neighbours_are_one_run(indexes: list[int], runs: list[tuple[int, int]]) -> None:
    assert list(group_runs(iter(indexes))) == runs


@pytest.mark.parametrize(
    "words",
    ["ไทย", "ລາວ", "မြန်မာ", "ខ្មែរ", "かな", "カナ", "漢字", "㐀", "\U00020000", "a 漢 b"],
)
def test_scripts_without_spaces_are_known(words: str) -> None:
    assert has_no_spaces(words)


@pytest.mark.parametrize("words", ["", "harbour", "гавань", "λιμάνι", "항구", "ميناء", "é ü"])
def test_scripts_with_spaces_are_known(words: str) -> None:
    assert not has_no_spaces(words)


def test_words_are_what_stands_between_signs() -> None:
    assert split_words('The "Mayor\'s" café, no. 7_b') == [
        "The",
        "Mayor",
        "s",
        "café",
        "no",
        "7_b",
    ]
    assert split_words(' *"- ') == []


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("", ""),
        ('"* (', ""),
        ("harbour", '"harbour"*'),
        ("the old harbour", '"the" "old" "harbour"*'),
        ("NEAR(a) OR b*", '"NEAR" "a" "OR" "b"*'),
    ],
)
def test_each_word_is_quoted_and_the_last_is_a_beginning(words: str, query: str) -> None:
    assert write_search(words) == query


@pytest.mark.parametrize(
    ("word", "folded"),
    [("Café", "cafe"), ("STRASSE", "strasse"), ("Ångström", "angstrom"), ("e\u0301", "e")],
)
def test_capitals_and_accents_count_for_nothing(word: str, folded: str) -> None:
    assert fold_word(word) == folded


def test_shifts_are_added_up_along_the_text() -> None:
    assert add_up([]) == []
    assert add_up(iter([(10, 2), (30, -1), (50, 4)])) == [(10, 2), (30, 1), (50, 5)]


@pytest.mark.parametrize(
    ("start", "moved"), [(0, 0), (9, 0), (10, 2), (29, 2), (30, 1), (49, 1), (50, 5), (99, 5)]
)
def test_a_shift_counts_from_its_place_on(start: int, moved: int) -> None:
    assert count_shift([(10, 2), (30, 1), (50, 5)], start) == moved
    assert count_shift([], start) == 0
