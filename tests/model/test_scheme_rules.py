"""What a label scheme must keep to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.model.scheme import FACT_CHECK, LabelScheme
from annotator.model.scheme_rules import (
    COLOURS,
    LINE_WORDS,
    LONGEST_NAME,
    MOST_LABELS,
    RESERVED_KEYS,
    find_faults,
)
from annotator.tui.keys import LABELLING_KEYS, YIELDING
from annotator.tui.theme import LAMP, PAPER
from tests.schemes import STANCE


def change(place: int, **fields: object) -> LabelScheme:
    """The built-in scheme with one of its labels changed."""
    labels = list(FACT_CHECK.labels)
    labels[place] = replace(labels[place], **fields)  # type: ignore[arg-type]
    return replace(FACT_CHECK, labels=tuple(labels))


def tell(scheme: LabelScheme) -> list[tuple[int | None, str]]:
    return [(fault.label, fault.field) for fault in find_faults(scheme)]


def problem(scheme: LabelScheme) -> str:
    return next(iter(find_faults(scheme))).problem


def test_the_built_in_scheme_keeps_to_the_rules() -> None:
    assert tell(FACT_CHECK) == []
    assert tell(STANCE) == []


def test_the_reserved_keys_are_those_of_the_labelling_screen_but_for_those_that_give_way() -> None:
    shown = {"slash": "/", "question_mark": "?"}
    shown |= {"left_square_bracket": "[", "right_square_bracket": "]"}
    bound = {
        shown.get(key, key): binding.id
        for binding in LABELLING_KEYS
        # While a search is on, `n` is its own; what people know it as is the note's.
        if binding.id not in YIELDING and binding.id != "next-match"
        for key in binding.key.split(",")
        if len(shown.get(key, key)) == 1
    }
    assert bound == RESERVED_KEYS


@pytest.mark.parametrize("key", [*RESERVED_KEYS, "D"])
def test_a_key_of_the_apps_is_no_labels(key: str) -> None:
    faults = [fault for fault in find_faults(change(2, key=key)) if fault.label == 2]
    assert [fault.field for fault in faults] == ["key"]
    assert RESERVED_KEYS.get(key, "denial") in faults[0].problem


@pytest.mark.parametrize("key", ["y", "v", "h", "i", "F", "e", "é", "ж", "!", ",", ";", "B", "文"])
def test_a_key_that_gives_way_or_is_free_may_be_taken(key: str) -> None:
    assert tell(change(2, key=key)) == []


@pytest.mark.parametrize(
    "key", ["", "bb", " ", "\t", "\n", "\x1b", "\u0301", "\u202e", "1", "0", "٣"]
)
def test_a_key_is_one_character_to_be_seen_and_no_digit(key: str) -> None:
    assert (2, "key") in tell(change(2, key=key))


def test_a_key_that_is_taken_twice_names_the_other_label() -> None:
    assert "claim" in problem(change(2, key="c"))


@pytest.mark.parametrize("key", ["D", "É", "!", "ß", "文"])
def test_what_denies_needs_a_key_that_has_another_in_upper_case(key: str) -> None:
    assert (1, "key") in tell(change(1, key=key))


def test_the_key_of_a_denial_in_upper_case_is_no_other_labels() -> None:
    scheme = replace(
        STANCE, labels=(STANCE.labels[0], STANCE.labels[1], replace(STANCE.labels[2], key="R"))
    )
    assert "neither" in problem(scheme)


@pytest.mark.parametrize("word", [*LINE_WORDS, "Undo", "note taking"])
def test_a_word_of_the_line_mode_is_no_name(word: str) -> None:
    assert "line mode" in problem(change(2, name=word))


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        " x",
        "x ",
        "a\nb",
        "a\x1b[31m",
        "a\u202eb",
        "7",
        "c",
        "Claim",
        "x" * (LONGEST_NAME + 1),
    ],
)
def test_a_name_is_a_word_that_can_be_told_from_all_others(name: str) -> None:
    assert (2, "name") in tell(change(2, name=name))


@pytest.mark.parametrize("name", ["x", "hörensagen", "not sure", "o'clock", "[bold]", "می‌خواهم"])
def test_a_name_may_be_of_any_language(name: str) -> None:
    assert tell(change(2, name=name)) == []


def test_a_colour_is_a_role_that_every_theme_has() -> None:
    assert tell(change(2, colour="orange")) == [(2, "colour")]
    assert all(role in problem(change(2, colour="orange")) for role in COLOURS)
    for role in COLOURS:
        assert tell(change(2, colour=role)) == []
        for theme in (LAMP, PAPER):
            assert f"text-{role}" in theme.variables


def test_what_is_denied_is_a_label_of_the_scheme() -> None:
    assert "'claims'" in problem(change(1, denies=("claims",)))
    assert (1, "denies") in tell(change(1, denies=("claim", "claim")))


@pytest.mark.parametrize("text", ["", "a\nb", "a\x00", "x" * 1000])
def test_a_definition_is_a_line(text: str) -> None:
    assert tell(change(0, definition=text)) == [(0, "definition")]


def test_a_guideline_has_as_many_lines_as_it_likes_and_no_control_character() -> None:
    assert tell(change(0, guideline="One.\n\n\tTwo.\n")) == []
    assert tell(change(0, guideline="One.\x1b[2J")) == [(0, "guideline")]
    assert tell(change(0, guideline="\n")) == [(0, "guideline")]


def test_a_scheme_has_labels_and_not_too_many() -> None:
    assert tell(replace(FACT_CHECK, labels=())) == [(None, "labels")]
    crowd = tuple(
        replace(FACT_CHECK.labels[0], name=f"label {number}", key=chr(0x4E00 + number))
        for number in range(MOST_LABELS + 1)
    )
    assert tell(replace(FACT_CHECK, labels=crowd[:-1])) == []
    assert tell(replace(FACT_CHECK, labels=crowd)) == [(None, "labels")]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"key": "bb"}, "a key is one character, and here are 2"),
        ({"key": " "}, "a key is a character that can be typed and seen alone"),
        ({"key": "1"}, "digits are the labels' numbers"),
        ({"key": "c"}, "the label claim has it already"),
        ({"name": "7"}, "a name of digits could not be told from a label's number"),
        ({"name": "c"}, "that is the key of the label claim"),
        ({"name": "Claim"}, "there is a label claim already"),
        ({"name": ""}, "it is empty"),
        ({"name": " x"}, "it begins or ends with white space"),
        ({"name": "a\x1bb"}, "it holds the control character U+001B, which cannot be shown"),
        ({"colour": "pink"}, "a theme has no such colour; it has "),
        ({"definition": ""}, "it is empty"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(fields: dict[str, object], words: str) -> None:
    assert problem(change(2, **fields)).startswith(words)
    assert problem(change(2, **fields)) == words or words.endswith(" ")
