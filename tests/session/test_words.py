"""Where a sentence can be split, and where it most likely should be."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.session.words import find_cuts, find_likeliest, is_likely

TEXTS = st.text(
    st.one_of(
        st.sampled_from(" \t\n.,—…”“\u200d\u0301日本語。「」っーกำเ์ကျប្ដ🇺🇳👩\U0001f3fd\u00a0\u3000"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


def words_at(text: str) -> list[str]:
    return [text[cut:] for cut in find_cuts(text)]


@given(TEXTS)
@example("  a b")
@example("a  ")
def test_every_cut_leaves_two_halves_that_hold_something(text: str) -> None:
    cuts = find_cuts(text)
    assert cuts == sorted(set(cuts))
    for cut in cuts:
        assert text[:cut].strip()
        assert text[cut:].strip()
        assert not text[cut].isspace()


@given(TEXTS)
def test_no_cut_stands_before_a_mark_that_belongs_to_the_letter_before_it(text: str) -> None:
    for cut in find_cuts(text):
        assert not unicodedata.category(text[cut]).startswith("M")
        assert "\u200d" not in text[cut - 1 : cut + 1]


@given(st.lists(st.from_regex(r"[a-z]{1,5}[.,;]?", fullmatch=True), min_size=1, max_size=12))
def test_words_with_spaces_between_them_can_be_parted_before_each_but_the_first(
    words: list[str],
) -> None:
    text = "  ".join(words)
    parted = [text[cut:].split()[0] for cut in find_cuts(text)]
    assert parted == words[1:]


@given(TEXTS.filter(find_cuts))
def test_the_likeliest_cut_is_one_of_the_cuts(text: str) -> None:
    cuts = find_cuts(text)
    assert 0 <= find_likeliest(text, cuts) < len(cuts)


@pytest.mark.parametrize(
    "text", ["", " ", "Word", " Word ", "Wörd.", "Hy-phen", "é", "👩‍🚀", "한국어"]
)
def test_one_word_cannot_be_split(text: str) -> None:
    assert find_cuts(text) == []


@pytest.mark.parametrize(
    ("text", "rests"),
    [
        ("He left — they say.", ["left — they say.", "— they say.", "they say.", "say."]),
        ("“No—never,” he said.", ["never,” he said.", "he said.", "said."]),
        (
            "水は青い。「はい」",
            ["は青い。「はい」", "青い。「はい」", "い。「はい」", "「はい」", "い」"],
        ),
        ("がっこう", ["こう", "う"]),
        ("カ\u3099キ", ["キ"]),
        ("ทำไม", ["ไม"]),
        ("日本 a", ["本 a", "a"]),
        ("a \u0301b", []),
    ],
)
def test_where_words_begin(text: str, rests: list[str]) -> None:
    assert words_at(text) == rests


@pytest.mark.parametrize(
    ("text", "second"),
    [
        (
            "The dam, they said, broke. Nobody had looked at it, ever.",
            "Nobody had looked at it, ever.",
        ),
        ("“It broke.” We asked, and they knew", "We asked, and they knew"),
        ("It broke; nobody, they said, knew", "nobody, they said, knew"),
        ("“It broke” they said, and left", "they said, and left"),
        ('"It broke" they said, and left', "they said, and left"),
        ("When it broke, nobody knew", "nobody knew"),
        ("one two three four", "three four"),
        ("One. Two three four. Five.", "Two three four. Five."),
        ("水は青い。空も青い", "空も青い"),
    ],
)
def test_the_likeliest_place_is_where_two_sentences_were_run_together(
    text: str, second: str
) -> None:
    cuts = find_cuts(text)
    assert text[cuts[find_likeliest(text, cuts)] :] == second


def test_places_after_a_mark_are_likely_ones() -> None:
    text = "He said: no, it broke there."
    assert [is_likely(text, cut) for cut in find_cuts(text)] == [False, True, True, False, False]
