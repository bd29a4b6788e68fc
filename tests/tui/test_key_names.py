"""Keys by name: every way to write one, and what is none."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import ConfigError
from annotator.tui.key_names import name_character, read_key, read_keys, write_key
from annotator.tui.keys import LABELLING_KEYS, LIBRARY_KEYS, SEARCH_KEYS


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("z", "z"),
        ("Z", "Z"),
        ("é", "é"),
        ("?", "question_mark"),
        ("/", "slash"),
        ("[", "left_square_bracket"),
        ("-", "minus"),
        ("_", "underscore"),
        ("\\", "backslash"),
        ("+", "plus"),
        ("comma", "comma"),
        ("question_mark", "question_mark"),
        ("solidus", "slash"),
        ("F5", "f5"),
        ("Space", "space"),
        ("PageDown", "pagedown"),
        ("shift+tab", "shift+tab"),
        ("Ctrl+R", "ctrl+r"),
        ("ctrl + r", "ctrl+r"),
        ("ctrl++", "ctrl+plus"),
        ("shift+ctrl+left", "ctrl+shift+left"),
        ("ctrl+alt+x", "alt+ctrl+x"),
        ("alt+R", "alt+R"),
        ("shift+a", "A"),
    ],
)
def test_a_key_is_read_however_it_is_written(written: str, read: str) -> None:
    assert read_key(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "ctrl+",
        "+x",
        "esc",
        "pgdn",
        "return",
        "newline",
        "f25",
        "zz",
        "strg+x",
        "++",
        "<any>",
        "ignore",
        "shift+1",
        "\x1b",
        "ctrl+\t",
        "nul",
        "ctrl-a",
    ],
)
def test_what_is_no_key_is_an_error_that_says_so(written: str) -> None:
    with pytest.raises(ConfigError, match="there is no key"):
        read_key(written)


@pytest.mark.parametrize(
    ("written", "sent"), [("ctrl+i", "tab"), ("ctrl+m", "enter"), ("ctrl+[", "escape")]
)
def test_a_key_that_terminals_send_as_another_names_that(written: str, sent: str) -> None:
    with pytest.raises(ConfigError, match=f"'{sent}'"):
        read_key(written)


def test_a_near_miss_names_what_may_be_meant() -> None:
    with pytest.raises(ConfigError, match="'pagedown'"):
        read_key("page_down")


def test_several_keys_stand_apart_by_commas_and_none_twice() -> None:
    assert read_keys("j, down,J,j") == ("j", "down", "J")
    with pytest.raises(ConfigError):
        read_keys("j,,k")


@given(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]))
def test_every_character_that_can_be_typed_is_a_key(char: str) -> None:
    if not unicodedata.name(char, ""):
        return
    key = name_character(char)
    # Textual's names of some characters, as of "±", cannot be read back: those stay as they are.
    assert write_key(key) in (char, key)
    if char != ",":
        assert read_key(char) == key


def test_every_key_of_the_tables_is_read_back_from_how_it_is_shown() -> None:
    for binding in (*LABELLING_KEYS, *LIBRARY_KEYS, *SEARCH_KEYS):
        for key in binding.key.split(","):
            assert read_key(key) == key
            assert read_key(write_key(key)) == key
