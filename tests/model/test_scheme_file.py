"""Label schemes as TOML: written and read back, and every error with its line."""

from __future__ import annotations

import pytest
from hypothesis import given

from annotator.errors import SchemeError
from annotator.model.scheme import FACT_CHECK, LabelScheme
from annotator.model.scheme_file import parse_scheme, write_scheme
from tests.schemes import STANCE, schemes

TEXT = '''name = "stance"

[[labels]]
name = "for"
key = "a"
definition = "Speaks for the measure."
colour = "success"
guideline = """
Only the **speaker's** own view."""

[[labels]]
name = "against"
key = "r"
definition = "Speaks against it."
colour = "error"
denies = ["for"]

[[labels]]
name = "neither"
key = "y"
definition = "Neither of both."
'''


def test_a_scheme_is_read_from_toml() -> None:
    assert parse_scheme(TEXT, "s.toml") == STANCE


def test_a_scheme_is_written_as_people_write_it() -> None:
    assert write_scheme(STANCE) == TEXT


@given(schemes())
def test_what_was_written_is_read_back(scheme: LabelScheme) -> None:
    assert parse_scheme(write_scheme(scheme), "s.toml") == scheme


@given(schemes())
def test_a_scheme_may_stand_in_a_table_of_its_own(scheme: LabelScheme) -> None:
    text = write_scheme(scheme).replace("\n[[labels]]\n", "\n[[scheme.labels]]\n")
    assert parse_scheme(f"[scheme]\n{text}", "s.toml") == scheme


def test_line_ends_may_be_those_of_windows() -> None:
    assert parse_scheme(TEXT.replace("\n", "\r\n"), "s.toml") == STANCE


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('key = "a"\n', "", 3, ["'for'", "key"]),
        ('definition = "Speaks against it."\n', "", 11, ["'against'", "definition"]),
        ('key = "y"', 'key = "a"', 20, ["'neither'", "'a'", "for"]),
        ('key = "y"', 'key = "u"', 20, ["'neither'", "'u'", "undo"]),
        ('key = "y"', 'key = "R"', 13, ["'against'", "neither"]),
        ('key = "y"', 'key = "yy"', 20, ["'neither'", "'yy'"]),
        ('key = "y"', "key = 7", 20, ["'neither'", "quotes"]),
        ('name = "neither"', 'name = "quit"', 19, ["'quit'", "line mode"]),
        ('name = "neither"', 'name = "a"', 19, ["'a'", "for"]),
        ('name = "neither"', 'name = "for"', 19, ["'for'", "already"]),
        ('name = "neither"', 'nom = "neither"', 19, ["label 3", "'nom'", "definition"]),
        ('colour = "error"', 'colour = "pink"', 15, ["'against'", "'pink'", "warning"]),
        ('denies = ["for"]', 'denies = ["four"]', 16, ["'against'", "'four'", "neither"]),
        ('denies = ["for"]', 'denies = "for"', 16, ["'against'", "list"]),
        ('denies = ["for"]', 'denys = ["for"]', 16, ["'against'", "'denys'", "denies"]),
        ('name = "stance"', 'named = "stance"', 1, ["'named'"]),
        ('name = "stance"', 'name = ""', 1, ["name", "empty"]),
        ('name = "stance"', "name = stance", 1, ["TOML"]),
    ],
)
def test_an_error_names_the_line_the_label_and_the_field(
    old: str, new: str, line: int, words: list[str]
) -> None:
    assert TEXT.count(old) == 1
    with pytest.raises(SchemeError) as caught:
        parse_scheme(TEXT.replace(old, new), "s.toml")
    message = str(caught.value)
    assert message.startswith(f"s.toml, line {line}: ")
    assert all(word in message for word in words), message


def test_lines_are_told_in_a_table_of_its_own_as_well() -> None:
    text = "# mine\n[scheme]\n" + TEXT.replace("[[labels]]", "[[scheme.labels]]")
    with pytest.raises(SchemeError, match=r"^s.toml, line 22: .*'neither'"):
        parse_scheme(text.replace('key = "y"', 'key = "u"'), "s.toml")


def test_a_guideline_that_looks_like_a_label_leads_no_line_astray() -> None:
    text = TEXT.replace("Only the", '[[labels]]\nkey = "u"\nOnly the').replace(
        'key = "y"', 'key = "u"'
    )
    with pytest.raises(SchemeError, match=r"^s.toml, line 22: .*'neither'"):
        parse_scheme(text, "s.toml")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "labels = []",
        'name = "x"',
        'name = "x"\nlabels = []',
        'name = "x"\nlabels = 3',
        'name = "x"\nlabels = [3]',
        'name = "x"\n[labels]\nclaim = "c"',
        "scheme = 3",
        "[scheme]",
        '[scheme]\nname = "x"\n[other]\nname = "y"',
        "name = 1\n[[labels]]",
        "a = " + "[" * 5000,
    ],
)
def test_what_is_no_scheme_is_one_clear_error(text: str) -> None:
    with pytest.raises(SchemeError, match=r"^s\.toml") as caught:
        parse_scheme(text, "s.toml")
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ('name = "s"\n', "[[labels]]"),
        ('[scheme]\nname = "s"\n', "[[scheme.labels]]"),
    ],
)
def test_a_scheme_without_labels_is_told_the_form_that_will_be_read(text: str, form: str) -> None:
    with pytest.raises(SchemeError) as caught:
        parse_scheme(text, "s.toml")
    assert f"add {form}" in str(caught.value)


def test_the_built_in_scheme_can_be_written_and_changed() -> None:
    text = write_scheme(FACT_CHECK).replace('key = "b"', 'key = "o"')
    assert [label.key for label in parse_scheme(text, "s.toml").labels] == ["c", "d", "o"]


def test_labels_may_stand_beside_a_scheme_table() -> None:
    table = """[scheme]
name = "sourcing"
[[labels]]
name = "quoted"
key = "o"
definition = "Somebody's words."
"""
    assert parse_scheme(table, "s.toml") == parse_scheme(table.removeprefix("[scheme]\n"), "s.toml")
    with pytest.raises(SchemeError, match="the scheme"):
        parse_scheme(table.replace('name = "sourcing"\n', "nome = 3\n"), "s.toml")
