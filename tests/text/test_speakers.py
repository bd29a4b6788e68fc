"""Names before and after verbs of saying, in invented sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text import saying
from annotator.text.speakers import find_speakers, is_variant, names_by_pronoun

WORDS = sorted(
    saying.SAYING
    | saying.PRONOUNS
    | saying.DETERMINERS
    | saying.PREPOSITIONS
    | saying.AUXILIARIES
    | saying.RELATIVES
    | {"Ana", "Ruiz", "mayor", "according", "and", "by", ",", ".", '"', "“", "”", "—", "45", "U.S."}
)


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Ana Ruiz said the dam was safe.", ["Ana Ruiz"]),
        ("“The dam is safe,” said Ana Ruiz, head of the union.", ["Ana Ruiz"]),
        ('"The dam is safe," the mayor said.', ["mayor"]),
        ("“Nobody looked,” the mayor of Port Ansel told reporters.", ["mayor of Port Ansel"]),
        ("The dam had been safe, the inquiry said.", ["inquiry"]),
        ("The wall was thin, noted the Harbour Post.", ["Harbour Post"]),
        ("According to the harbour master, nobody looked.", ["harbour master"]),
        ("Nobody looked, according to Ana Ruiz.", ["Ana Ruiz"]),
        (
            "Ana Ruiz, a spokeswoman for the mill, said the dam was safe.",
            ["Ana Ruiz", "spokeswoman for the mill"],
        ),
        (
            "The mill's lawyer, Jane Roe, told the court it was false.",
            ["Jane Roe", "mill's lawyer"],
        ),
        ("The diplomat, who asked not to be named, said it was late.", ["diplomat"]),
        ("The man who saw it said it was late.", ["man"]),
        ("A Western diplomat told the Reuters news agency on Friday.", ["Western diplomat"]),
        ("The ministry on Friday denied the report.", ["ministry"]),
        ("The ministry has repeatedly denied the report.", ["ministry"]),
        ("On Friday the minister said the report was wrong.", ["minister"]),
        ("In July OSCE inspectors concluded that it leaked.", ["OSCE inspectors"]),
        ("The dam broke, and the mayor said nobody had looked.", ["mayor"]),
        ("Farid Haddad and Ana Ruiz said no.", ["Farid Haddad and Ana Ruiz"]),
        ("Farmers accuse the mill of poisoning the river.", ["Farmers"]),
        ("The mill was accused by the union of lying.", ["union"]),
        ("Two officials told the Herald the dam had been inspected.", ["Two officials"]),
        ("Police found no evidence of a leak.", ["Police"]),
        ("The union says 40 were dismissed, which the company denies.", ["union", "company"]),
        ("The mill's own staff wrote it,” the mayor said.", ["mayor"]),
        ("The army had said so before, the source told the Herald.", ["source", "army"]),
        ("The mill denied the leak, the mayor said.", ["mill", "mayor"]),
        ("A military source called the finding “void of truth”.", ["military source"]),
        ("A recent inquiry blamed the mill.", ["inquiry"]),
        ("The U.S. State Department said it knew.", ["U.S. State Department"]),
    ],
)
def test_who_says_it_is_found(sentence: str, names: list[str]) -> None:
    assert find_speakers(sentence) == names


@pytest.mark.parametrize(
    "sentence",
    [
        "He said it was closed.",
        "“It is false,” she said.",
        "It is said that the dam was thin.",
        "The dam broke on Friday.",
        "The claims of the union were false.",
        "She was told to leave.",
        "The judge was expected to deny bail.",
        "“The mayor said so.",
        "The mill has not responded.",
        "",
    ],
)
def test_where_nobody_is_named_there_is_no_name(sentence: str) -> None:
    assert find_speakers(sentence) == []


def test_what_is_quoted_names_nobody() -> None:
    assert find_speakers("“The mayor said so,” Ana Ruiz said.") == ["Ana Ruiz"]


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_a_name_is_made_of_the_sentences_words_and_is_no_pronoun(sentence: str) -> None:
    names = find_speakers(sentence)
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert set(name.split()) <= {word.rstrip(".") for word in sentence.split()} | {"U.S."}
        assert name.lower() not in saying.PRONOUNS


@given(st.text(max_size=80))
def test_any_text_at_all_can_be_asked(text: str) -> None:
    find_speakers(text)
    names_by_pronoun(text)


def test_a_sentence_of_a_megabyte_is_looked_at_where_a_name_would_stand() -> None:
    assert find_speakers(f"“{'word ' * 200_000},” Ana Ruiz said.") == ["Ana Ruiz"]


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("diplomat", "Western diplomat (via Reuters)", True),
        ("envoy", "Western diplomat (via Reuters)", True),
        ("Ruiz", "Ana Ruiz", True),
        ("President Ruiz's government", "Ruiz government", True),
        ("Reuters", "Western diplomat (via Reuters)", False),
        ("Syrian envoy", "Western diplomat", False),
        ("union", "company", False),
        ("(via Reuters)", "Reuters", False),
    ],
)
def test_variants_of_a_name_are_told(name: str, other: str, same: bool) -> None:
    assert is_variant(name, other) is same
    assert is_variant(other, name) is same


def test_a_pronoun_is_told_from_a_name() -> None:
    assert names_by_pronoun("“It is false,” he said.")
    assert names_by_pronoun("“It is false,” said she.")
    assert not names_by_pronoun("Ana said that he said so.")
    assert not names_by_pronoun("It is false.")


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        (
            "The veteran deputy chief spokeswoman and press officer for the northern regional"
            " harbour authority said no.",
            ["veteran deputy chief spokeswoman and press officer"],
        ),
        ("Ana Ruiz, Mayor of Port Ansel, said no.", ["Mayor of Port Ansel", "Ana Ruiz"]),
        ("It was right to say the mayor lied.", []),
        ("Nobody, according to the mayor and, said no.", ["mayor"]),
        ("Yet on Friday the mayor said no.", ["mayor"]),
    ],
)
def test_a_name_ends_where_it_is_long_enough_and_begins_behind_what_opens(
    sentence: str, names: list[str]
) -> None:
    assert find_speakers(sentence) == names


@pytest.mark.parametrize(
    "name", ["The mill’s lawyer", "the mill's lawyer (of Dunmore)", "mill lawyer"]
)
def test_apostrophes_articles_and_asides_make_no_other_name(name: str) -> None:
    assert is_variant(name, "mill's lawyer")
    assert is_variant("mill's lawyer", name)
