"""`scheme show` and `scheme set`; the guideline and the export of a scheme of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator.config import read_guideline
from annotator.model.scheme import FACT_CHECK, describe_scheme
from annotator.model.scheme_file import parse_scheme, write_scheme
from tests.schemes import STANCE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Command


@pytest.fixture
def stance(folder: Path) -> str:
    """The name of a scheme's file."""
    (folder / "stance.toml").write_text(write_scheme(STANCE), encoding="utf-8")
    return "stance.toml"


def test_the_built_in_scheme_is_shown_and_no_database_made(
    annotator: Command, folder: Path
) -> None:
    result = annotator("scheme", "show")
    assert (result.status, result.err) == (0, "")
    assert parse_scheme(result.out, "out") == FACT_CHECK
    assert annotator("scheme", "show", "--json").json == describe_scheme(FACT_CHECK)
    assert list((folder / "db").iterdir()) == []


def test_a_scheme_that_was_set_is_shown_as_toml_that_sets_it(
    annotator: Command, stance: str
) -> None:
    result = annotator("scheme", "set", stance)
    assert (result.status, result.out) == (0, "")
    assert "stance" in result.err
    assert parse_scheme(annotator("scheme", "show").out, "out") == STANCE
    assert "already" in annotator("scheme", "set", stance).err


def test_a_scheme_comes_from_a_pipe(annotator: Command, type_in: Callable[[bytes], None]) -> None:
    type_in(write_scheme(STANCE).encode())
    assert annotator("scheme", "set", "-").status == 0
    assert annotator("scheme", "show", "--json").json["name"] == "stance"


def test_each_database_has_its_own(annotator: Command, stance: str) -> None:
    annotator("scheme", "set", stance, "--db", "other.db")
    assert annotator("scheme", "show", "--db", "other.db", "--json").json["name"] == "stance"
    assert annotator("--db", "other.db", "scheme", "show", "--json").json["name"] == "stance"
    assert annotator("scheme", "--db", "other.db", "show", "--json").json["name"] == "stance"
    assert annotator("scheme", "show", "--json").json["name"] == "fact-check"


def test_a_database_that_is_not_there_is_told(annotator: Command, folder: Path) -> None:
    result = annotator("scheme", "show", "--db", "none.db")
    assert result.status == 0
    assert "none.db" in result.err
    assert not (folder / "none.db").exists()


def test_the_export_holds_the_scheme_and_labels_of_it(
    annotator: Command, stance: str, article: str, label: Callable[..., None]
) -> None:
    annotator("scheme", "set", stance)
    label(article, lambda session: session.annotate(0, "neither"))
    exported = annotator("export").json
    assert exported["scheme"] == describe_scheme(STANCE)
    assert exported["documents"][0]["sentences"][0]["label"] == "neither"


def test_a_scheme_does_not_change_under_labels(
    annotator: Command, stance: str, article: str, label: Callable[..., None]
) -> None:
    label(article, lambda session: session.annotate(0, "claim"))
    label(article, lambda session: session.annotate(0, "denial"), reviewer="ben")
    result = annotator("scheme", "set", stance)
    assert result.status == 1
    assert "2 labels" in result.message
    assert annotator("scheme", "show", "--json").json["name"] == "fact-check"
    assert annotator("verify").status == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (write_scheme(STANCE).replace('key = "a"', 'key = "u"'), ["line 5", "'u'", "undo"]),
        ("name = ", ["line 1", "TOML"]),
        ("", ["name"]),
    ],
)
def test_what_is_wrong_in_the_file_is_one_line(
    annotator: Command, folder: Path, text: str, words: list[str]
) -> None:
    (folder / "s.toml").write_text(text, encoding="utf-8")
    result = annotator("scheme", "set", "s.toml")
    assert result.status == 1
    assert "s.toml" in result.message
    assert all(word in result.message for word in words)
    assert list((folder / "db").iterdir()) == []


@pytest.mark.parametrize("name", ["none.toml", "db"])
def test_a_file_that_is_none_is_1(annotator: Command, name: str) -> None:
    result = annotator("scheme", "set", name)
    assert result.status == 1
    assert name in result.message


@pytest.mark.parametrize("arguments", [["scheme"], ["scheme", "set"], ["scheme", "print"]])
def test_wrong_usage_is_2(annotator: Command, arguments: list[str]) -> None:
    result = annotator(*arguments)
    assert result.status == 2
    assert "--help" in result.message


def test_the_guideline_is_that_of_the_scheme(annotator: Command, stance: str, folder: Path) -> None:
    assert annotator("guideline").out == read_guideline()
    assert annotator("guideline", "--db", "none.db").out == read_guideline()
    assert list((folder / "db").iterdir()) == []
    annotator("scheme", "set", stance)
    printed = annotator("guideline").out
    assert "**against**: Speaks against it." in printed
    assert "claim" not in printed
