"""The line mode where a program has suggested something: it is read out, and a word takes it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.cli.answers import Asking, read_answer
from annotator.model.scheme import FACT_CHECK

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Command, Result

TEXT = "The mine is safe. The ministry denies that. It rained.\n"


def region(text: str, label: str, id_: str) -> dict[str, object]:
    start = TEXT.index(text)
    value = {"start": start, "end": start + len(text), "text": text, "labels": [label]}
    return {"id": id_, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


TASK = {
    "data": {"text": TEXT},
    "predictions": [
        {
            "model_version": "x",
            "result": [
                region("The mine is safe.", "claim", "1"),
                region("The ministry denies that.", "denial", "2"),
                {"type": "relation", "from_id": "2", "to_id": "1", "labels": ["denies"]},
            ],
        }
    ],
}


@pytest.fixture
def plain(
    folder: Path, annotator: Command, type_in: Callable[[bytes], None]
) -> Callable[[str], Result]:
    """The line mode at an article that a model has labelled."""
    (folder / "tasks.json").write_text(json.dumps([TASK]), encoding="utf-8")
    assert annotator("import", "tasks.json").status == 0

    def run(lines: str) -> Result:
        type_in(lines.encode())
        return annotator("review", "--plain")

    return run


def rows() -> list[tuple[object, ...]]:
    with closing(sqlite3.connect("db/annotator.db")) as connection:
        return connection.execute(
            "SELECT sentence_index + 1, label, denies FROM labels ORDER BY sentence_index"
        ).fetchall()


def test_the_import_says_how_many_came(folder: Path, annotator: Command) -> None:
    (folder / "tasks.json").write_text(json.dumps([TASK]), encoding="utf-8")
    assert "tasks.json: 2 suggestions came with it\n" in annotator("import", "tasks.json").err
    assert "came with it" not in annotator("import", "tasks.json").err


def test_a_suggestion_is_read_out_with_the_sentence(plain: Callable[[str], Result]) -> None:
    lines = plain("j\nj\nb\nk\n").out.splitlines()
    assert "  suggested: claim (by model:x); 'accept' takes it" in lines
    assert "  suggested: denial (by model:x); 'accept' takes it" in lines
    assert sum("suggested" in line for line in lines) == 2


def test_accept_labels_and_goes_on(plain: Callable[[str], Result]) -> None:
    result = plain("accept\nACCEPT\n")
    assert (result.status, result.err) == (0, "")
    assert rows() == [(1, "claim", "[]"), (2, "denial", "[0]")]
    assert "Sentence 2: denial, denies 1" in result.out
    assert "3 of 3: It rained." in result.out


def test_accept_is_one_undo(plain: Callable[[str], Result]) -> None:
    plain("accept\naccept\nundo\n")
    assert rows() == [(1, "claim", "[]")]


def test_accept_with_nothing_suggested_is_an_error(plain: Callable[[str], Result]) -> None:
    result = plain("go 3\naccept\nb\naccept\n")
    assert result.status == 1
    nothing, end = result.err.splitlines()
    assert "Nothing is suggested for sentence 3" in nothing
    assert "end of the article" in end
    assert rows() == [(3, "background", "[]")]


def test_accept_takes_nothing_behind_it() -> None:
    assert read_answer("accept", scheme=FACT_CHECK) == Asking("accept")
