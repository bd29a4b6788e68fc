from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.errors import SourceError
from annotator.text import normalize as module
from annotator.text.normalize import check_holds_text, check_line_length, normalize, title_of

TEXTS = st.text(
    st.one_of(
        st.sampled_from("\r\n\t\x00\x0c\x1b\x7f\x85\x9f\ufeff \u2028"), st.characters(codec="utf-8")
    )
)


def is_dropped(character: str) -> bool:
    return unicodedata.category(character) == "Cc" and character not in "\n\t"


@given(TEXTS)
@example("\ufeff\ufeffa")
@example("\x00\ufeff\x00\ufeffa")
@example("\r\x00\n")
def test_a_second_time_changes_nothing(text: str) -> None:
    once = normalize(text)
    twice = normalize(once.text)
    assert (twice.text, twice.dropped) == (once.text, 0)


@given(TEXTS)
def test_only_line_ends_controls_and_leading_marks_change(text: str) -> None:
    ended = re.sub("\r\n?", "\n", text)
    kept = "".join(character for character in ended if not is_dropped(character))
    normalized = normalize(text)
    assert normalized.text == re.sub("^\ufeff+", "", kept)
    assert normalized.dropped == sum(map(is_dropped, ended))


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff")))
def test_clean_text_stays_as_it_is(text: str) -> None:
    assert normalize(text).text == text


def test_carriage_returns_that_end_lines_are_not_counted() -> None:
    normalized = normalize("one\r\ntwo\rthree\x00\x1b\n")
    assert (normalized.text, normalized.dropped) == ("one\ntwo\nthree\n", 2)


def test_letters_are_not_composed_and_white_space_stays() -> None:
    text = "  e\u0301 \u00a0\t\u3000 ﬁ Å\n\n\n"
    assert normalize(text).text == text


@pytest.mark.parametrize("text", ["", " ", "\n\t\u00a0\u3000\n"])
def test_blank_text_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match=r"^a␛b\.txt holds no text"):
        check_holds_text(text, "a\x1bb.txt")


def test_a_single_letter_is_text() -> None:
    check_holds_text("\n a\n", "a.txt")


@given(st.lists(st.integers(0, 8), min_size=1, max_size=30))
def test_the_first_line_over_the_limit_is_named(lengths: list[int]) -> None:
    text = "\n".join("x" * length for length in lengths)
    over = [number for number, length in enumerate(lengths, start=1) if length > 4]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LONGEST_LINE", 4)
        if not over:
            check_line_length(text, "a.txt")
            return
        with pytest.raises(SourceError, match=rf"^Line {over[0]} of a\.txt is longer than 4 "):
            check_line_length(text, "a.txt")


def test_the_limit_itself_is_allowed() -> None:
    check_line_length("a\n" + "x" * 20_000_000 + "\nb", "a.txt")
    with pytest.raises(SourceError, match=r"^Line 2 of a\.txt is longer than 20,000,000 bytes"):
        check_line_length("a\n" + "x" * 20_000_001, "a.txt")


def test_the_limit_is_of_bytes_whatever_the_script() -> None:
    check_line_length("a\n" + "é" * 10_000_000 + "\nb", "a.txt")
    with pytest.raises(SourceError, match=r"^Line 2 of a\.txt"):
        check_line_length("é\n" + "é" * 10_000_001, "a.txt")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Title\n\nText.", "Title"),
        ("\n \u00a0\n\t A title \u3000\nText.", "A title"),
        ("Alone", "Alone"),
        ("x" * 200 + "   \nText.", "x" * 200),
        ("x" * 201, "x" * 199 + "…"),
        ("x" * 198 + " " + "y" * 50, "x" * 198 + "…"),
        (" \n\t\n", ""),
        ("", ""),
    ],
)
def test_the_title_is_the_first_line_that_says_anything(text: str, title: str) -> None:
    assert title_of(text) == title


@given(TEXTS)
def test_a_title_is_short_and_stripped(text: str) -> None:
    title = title_of(text)
    assert len(title) <= 200
    assert title == title.strip()
    assert bool(title) == bool(text.strip())
