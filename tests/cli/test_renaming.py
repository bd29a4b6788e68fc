"""`annotator rename-reviewer`, and `export --pseudonyms`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Command


@pytest.fixture
def worked(article: str, label: Callable[..., None]) -> str:
    """Anna has labelled two sentences of four, Ana one of these, later and otherwise."""
    label(article, lambda session: session.annotate(0, "claim"), reviewer="anna")
    label(article, lambda session: session.annotate(1, "claim"), reviewer="anna")
    label(article, lambda session: session.annotate(1, "denial"))
    return article


def test_a_dry_run_says_what_would_be_and_writes_nothing(annotator: Command, worked: str) -> None:
    before = annotator("export", "--history").out
    result = annotator("rename-reviewer", "anna", "ana", "--dry-run")
    assert (result.status, result.out) == (0, "")
    assert result.message == (
        "anna would be ana now: 2 sentences in 1 document; of 1 both have said something, 1 with"
        " another label: the newer counts"
    )
    assert annotator("export", "--history").out == before
    assert worked in before


def test_two_become_one_everywhere(
    annotator: Command, worked: str, label: Callable[..., None]
) -> None:
    assert annotator("rename-reviewer", "anna", "ana", "--json").json["renamed"] is True
    expected = ["claim", "denial", "", ""]
    for whose in ("ana", "anna"):
        assert [row[1] for row in annotator("show", worked, "--reviewer", whose).rows] == expected
        assert len(annotator("history", worked, "--reviewer", whose).rows) == 4
        (status,) = annotator("status", "--reviewer", whose).rows
        assert (status[2], status[4]) == ("ana", "2")
        sentences = annotator("export", "--reviewer", whose).json["documents"][0]["sentences"]
        assert sentences[1]["annotations"][0]["reviewer"] == "ana"
        (row,) = annotator("documents", "--reviewer", whose).rows
        assert row[3] == "2"
    label(worked, lambda session: session.annotate(2, "background"), reviewer="anna")
    assert annotator("show", worked).rows[2][1] == "background"
    assert annotator("verify").status == 0


@pytest.mark.parametrize(
    ("arguments", "status", "named"),
    [
        (["cleo", "ana"], 1, "ana, anna"),
        (["ana", "ana"], 2, "the name already"),
        (["ana", " "], 2, "empty"),
        (["ana"], 2, "NEW"),
    ],
)
def test_what_cannot_be_says_so(
    annotator: Command, worked: str, arguments: list[str], status: int, named: str
) -> None:
    result = annotator("rename-reviewer", *arguments)
    assert (result.status, result.out) == (status, "")
    assert named in result.message
    assert worked


@pytest.mark.parametrize("name", ["json", "jsonl", "csv"])
def test_pseudonyms_tell_nobody(annotator: Command, worked: str, name: str) -> None:
    out = annotator("export", "--pseudonyms", "--format", name).out
    assert "reviewer-1" in out
    assert "reviewer-2" in out
    assert "ana" not in out.replace("anna", "ana").replace(worked, "")
