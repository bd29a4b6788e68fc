from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.display import show_line, show_literal

ANY = st.text(st.characters(exclude_categories=()))
UNSAFE = st.characters(
    categories=("Cc", "Cs", "Zl", "Zp"), include_characters="\u202a\u202e\u2066\u2069"
)
MOSTLY_UNSAFE = st.text(st.one_of(UNSAFE, st.characters()))
OVERRIDING = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}


def is_unsafe(character: str) -> bool:
    return (
        unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} and character not in "\n\t"
    ) or unicodedata.bidirectional(character) in OVERRIDING


@given(st.one_of(ANY, MOSTLY_UNSAFE))
def test_nothing_unsafe_is_shown(text: str) -> None:
    shown = show_literal(text)
    assert not any(map(is_unsafe, shown))
    shown.encode("utf-8")


@given(st.one_of(ANY, MOSTLY_UNSAFE))
def test_each_character_is_shown_by_itself(text: str) -> None:
    assert show_literal(text) == "".join(map(show_literal, text))


@given(st.one_of(UNSAFE, st.characters(exclude_categories=())))
def test_safe_characters_and_no_others_stay(character: str) -> None:
    assert (show_literal(character) == character) == (not is_unsafe(character))


@given(st.one_of(ANY, MOSTLY_UNSAFE))
def test_what_is_shown_is_shown_the_same_again(text: str) -> None:
    assert show_literal(show_literal(text)) == show_literal(text)
    assert show_line(show_line(text)) == show_line(text)


@given(st.one_of(ANY, MOSTLY_UNSAFE))
def test_a_line_is_one_line(text: str) -> None:
    assert show_line(text) == show_literal(text).replace("\n", " ").replace("\t", " ")
    assert len(show_line(text).splitlines()) <= 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x07", "␛[31mred␇"),
        ("a\x00b\x7f", "a␀b␡"),
        ("\x9b31m\x85", "\\x9b31m\\x85"),
        ("one\r\ntwo\tthree", "one␍\ntwo\tthree"),
        ("caf\udce9", "caf\\udce9"),
        ("\u202eevil\u202c", "⟦RLO⟧evil⟦PDF⟧"),
        ("\u2067שלום\u2069", "⟦RLI⟧שלום⟦PDI⟧"),
        ("a\u2028b\u2029c", "a⟦LS⟧b⟦PS⟧c"),
    ],
)
def test_unsafe_characters_become_visible(text: str, shown: str) -> None:
    assert show_literal(text) == shown


@pytest.mark.parametrize(
    "text",
    ["[bold]not markup[/bold]", "👩‍👩‍👧 e\u0301", "שלום\u200f!", "“quoted” – and more\n\ttabbed"],
)
def test_clean_text_is_unchanged(text: str) -> None:
    assert show_literal(text) == text
