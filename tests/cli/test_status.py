"""`annotator status`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.session import Session
    from tests.cli.conftest import Command


def label_two(session: Session) -> None:
    session.annotate(0, "background")
    session.annotate(1, "claim")
    session.flag_unsure(1, unsure=True)


@pytest.fixture
def worked(article: str, label: Callable[..., None]) -> str:
    """Ana has labelled two sentences of four, Ben one."""
    label(article, label_two)
    label(article, lambda session: session.annotate(2, "denial"), reviewer="ben")
    return article


def test_a_row_for_each_document_and_reviewer(
    annotator: Command, worked: str, folder: Path
) -> None:
    other = annotator.import_(folder / "other.txt", "Another one. It is newer.")
    result = annotator("status")
    assert (result.status, result.err) == (0, "")
    assert [row[:8] for row in result.rows] == [
        [other, "Another one. It is newer.", "", "2", "0", "2", "", "0"],
        [worked, "The bridge closed", "ana", "4", "2", "2", "claim 1, background 1", "1"],
        [worked, "The bridge closed", "ben", "4", "1", "3", "denial 1", "0"],
    ]
    medians = [row[8:10] for row in result.rows]
    assert medians[0] == ["–", "0"]
    assert [found[1] for found in medians[1:]] == ["2", "1"]
    assert result.rows[0][12] == "–"
    assert result.rows[1][12] == "under a minute"


@pytest.mark.parametrize(("option", "names"), [("ben", ["ben"]), ("all", ["ana", "ben"])])
def test_the_reviewer_is_a_filter(
    annotator: Command, worked: str, monkeypatch: pytest.MonkeyPatch, option: str, names: list[str]
) -> None:
    monkeypatch.setenv("ANNOTATOR_REVIEWER", "ben")
    assert [row[2] for row in annotator("status", "--reviewer", option).rows] == names
    assert [row[2] for row in annotator("status").rows] == ["ana", "ben"]


def test_only_these_documents(annotator: Command, worked: str, folder: Path) -> None:
    other = annotator.import_(folder / "other.txt", "Another one.")
    assert [row[0] for row in annotator("status", other[:6], other).rows] == [other]


@pytest.mark.parametrize("arguments", [["nothing"], ["--reviewer", "cleo"]])
def test_what_is_not_there_is_1(annotator: Command, worked: str, arguments: list[str]) -> None:
    result = annotator("status", *arguments)
    assert (result.status, result.out) == (1, "")
    assert arguments[-1] in result.message


def test_json_has_numbers_and_null_and_never_nan(annotator: Command, worked: str) -> None:
    result = annotator("status", "--json")
    ana, ben = result.json
    assert ana["labels"] == {"background": 1, "claim": 1}
    assert (ana["document"], ana["labelled"], ana["open"], ana["unsure"]) == (worked, 2, 2, 1)
    assert (ben["reviewer"], ben["labels_measured"], ben["labels_today"]) == ("ben", 1, 1)
    assert isinstance(ana["median_seconds"], float)
    assert ana["labels_an_hour_today"] is None
    assert len(ana["labels_a_day"]) == 14
    assert ana["labels_a_day"][-1]["labels"] == 2
    json.loads(result.out, parse_constant=pytest.fail)


def test_a_document_without_labels_has_no_median(annotator: Command, article: str) -> None:
    (found,) = annotator("status", "--json").json
    assert (found["reviewer"], found["median_seconds"], found["seconds_left"]) == (None, None, None)


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_an_empty_library_says_what_to_do_and_is_no_error(
    annotator: Command, arguments: list[str]
) -> None:
    result = annotator("status", *arguments)
    assert result.status == 0
    assert (result.out.strip(), result.message) == ("[]" if arguments else "", result.message)
    assert "annotator import" in result.message


@pytest.mark.usefixtures("on_terminal")
def test_on_a_terminal_two_tables_fit_80_columns(
    annotator: Command, worked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    result = annotator("status")
    lines = result.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].split() == ["id", "title", "reviewer", "labelled", "labels", "median"]
    assert "2 of 4" in lines[1]
    assert "c 1  b 1  ⚑ 1" in lines[1]
    blank = lines.index("")
    assert "last 14 days" in lines[blank + 1]
    assert lines[blank + 2].split()[:4] == ["ana", "2", "of", "4"]
    assert lines[blank + 2].endswith("·············█")


def test_a_label_that_the_scheme_lost_is_still_counted(
    annotator: Command, article: str, label: Callable[..., None], folder: Path
) -> None:
    (folder / "scheme.toml").write_text(
        'name = "two"\n[[labels]]\nname = "fact"\nkey = "a"\ndefinition = "So."\n',
        encoding="utf-8",
    )
    label(article, lambda session: session.annotate(0, "claim"))
    label(article, lambda session: session.undo())
    assert annotator("scheme", "set", "scheme.toml").status == 0
    label(article, lambda session: session.redo())
    assert annotator("status").rows[0][6] == "claim 1"
