"""Where the words of a search stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.emphasis import find_words


def mark(text: str, words: str) -> str:
    for start, end in reversed(find_words(text, words)):
        text = f"{text[:start]}<{text[start:end]}>{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("The dam broke.", "dam", "The <dam> broke."),
        ("Dams and a dam.", "DAM", "<Dam>s and a <dam>."),
        ("Dams and a dam.", "dam a", "Dams <a>nd <a> <dam>."),
        ("A madam", "dam", "A ma<dam>"),
        ("The Café, cafe\u0301", "cafe", "The <Café>, <cafe>\u0301"),
        ("新聞は今日も休み", "今日", "新聞は<今日>も休み"),
        ("c++ (x)", "x)", "c++ (<x>)"),
        ("nothing", "", "nothing"),
        ("nothing", ".*", "nothing"),
        ("harbour harbour", "harbour harb", "<harbour> <harbour>"),
    ],
)
def test_words_are_found_as_the_search_finds_them(text: str, words: str, marked: str) -> None:
    assert mark(text, words) == marked


@given(st.text(max_size=40), st.text(max_size=10))
def test_ranges_are_in_order_and_apart(text: str, words: str) -> None:
    at = -1
    for start, end in find_words(text, words):
        assert at < start < end <= len(text)
        at = end


@given(st.text("ab ", max_size=20), st.text("ab", min_size=1, max_size=3))
def test_a_word_that_is_there_is_found(text: str, word: str) -> None:
    assert bool(find_words(text, word)) is (word in text)
