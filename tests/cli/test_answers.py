"""What a line of the line mode means."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.cli.answers import WORDS, Asking, Labelling, read_answer
from annotator.errors import UnknownNameError
from annotator.model.scheme import FACT_CHECK, Label, LabelScheme
from annotator.model.scheme_rules import LINE_WORDS

SCHEME = LabelScheme(
    "letters",
    (
        Label("quote", "y", "Somebody's words."),
        Label("counter claim", "F", "Against another.", denies=("quote",)),
        Label("Reply", "r", "An answer.", denies=("quote", "Reply")),
    ),
)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("c", Labelling("claim")),
        (" c \r\n", Labelling("claim")),
        ("claim", Labelling("claim")),
        ("3", Labelling("background")),
        ("d", Labelling("denial")),
        ("D", Labelling("denial", asks=True)),
        ("D 2 5", Labelling("denial", denies=(1, 4))),
        ("D\t2,5", Labelling("denial", denies=(1, 4))),
        ("d 2", Labelling("denial", denies=(1,))),
        ("denial 2, 5\n", Labelling("denial", denies=(1, 4))),
        ("undo", Asking("undo")),
        ("u", Asking("undo")),
        ("U", Asking("redo")),
        ("QUIT", Asking("quit")),
        ("q", Asking("quit")),
        ("?", Asking("help")),
        ("go 7", Asking("go", indexes=(6,))),
        ("g 7", Asking("go", indexes=(6,))),
        ("go 0", Asking("go", indexes=(-1,))),
        ("note", Asking("note")),
        ("note  Who says so? ", Asking("note", text="Who says so?")),
        ("n 2 5", Asking("note", text="2 5")),
        ("Speaker a military source", Asking("speaker", text="a military source")),
        ("denies", Asking("denies")),
        ("l 2, 5", Asking("denies", indexes=(1, 4))),
    ],
)
def test_an_answer(line: str, answer: object) -> None:
    assert read_answer(line, scheme=FACT_CHECK) == answer


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("C", "'C'"),
        ("4", "'4'"),
        ("0", "'0'"),
        ("c 2", "'c 2'"),
        ("D two", "'D two'"),
        ("claims", "'claims'"),
        ("Q", "'Q'"),
        ("x 3", "'clear' takes nothing"),
        ("go", "go 2"),
        ("go 2 3", "go 2"),
        ("go " + "9" * 5000, "go 2"),
        ("denies two", "denies 2 5"),
        ("x" * 5000, "…"),
    ],
)
def test_what_is_no_answer_is_named_with_what_would_be(line: str, word: str) -> None:
    with pytest.raises(UnknownNameError) as raised:
        read_answer(line, scheme=FACT_CHECK)
    assert word in str(raised.value)
    assert len(str(raised.value)) < 300


def test_an_unknown_answer_is_told_every_label_and_word() -> None:
    with pytest.raises(UnknownNameError) as raised:
        read_answer("hello", scheme=SCHEME)
    for name in (*(word.name for word in WORDS), *(label.name for label in SCHEME.labels)):
        assert name in str(raised.value)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("y", Labelling("quote")),
        ("F", Labelling("counter claim")),
        ("F 1", Labelling("counter claim", denies=(0,))),
        ("counter claim", Labelling("counter claim")),
        ("counter claim 1", Labelling("counter claim", denies=(0,))),
        ("Reply", Labelling("Reply")),
        ("R", Labelling("Reply", asks=True)),
        ("f", Asking("unsure")),
        ("3", Labelling("Reply")),
    ],
)
def test_a_schemes_own_keys_and_names(line: str, answer: object) -> None:
    assert read_answer(line, scheme=SCHEME) == answer


def test_no_label_can_have_the_name_of_a_word() -> None:
    assert {*LINE_WORDS} == {"q", *(word.name for word in WORDS)}


def test_words_and_their_keys_are_told_apart() -> None:
    names = [name for word in WORDS for name in (word.name, word.key) if name]
    assert len(set(names)) == len(names)


@given(st.text(min_size=1).filter(str.strip))
def test_any_line_is_an_answer_or_is_called_none(line: str) -> None:
    for scheme in (FACT_CHECK, SCHEME, replace(FACT_CHECK, labels=SCHEME.labels)):
        with suppress(UnknownNameError):
            answer = read_answer(line, scheme=scheme)
            if isinstance(answer, Labelling):
                assert scheme.find(answer.label).name == answer.label


@given(st.text(alphabet="0123456789 ,\t", min_size=1), st.sampled_from(["D", "denies", "go"]))
def test_numbers_count_from_1_for_people_and_from_0_within(numbers: str, word: str) -> None:
    try:
        answer = read_answer(f"{word} {numbers}", scheme=FACT_CHECK)
    except UnknownNameError:
        return
    written = [int(number) - 1 for number in numbers.replace(",", " ").split()]
    found = answer.denies if isinstance(answer, Labelling) else answer.indexes
    assert list(found) == written
