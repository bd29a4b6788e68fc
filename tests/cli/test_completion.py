"""What the shell is offered."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


def complete(*words: str) -> list[tuple[str, str, str]]:
    """Kind, word and help of each offer, by zsh's protocol."""
    done = subprocess.run(
        [sys.executable, "-m", "annotator"],
        env={
            **os.environ,
            "_ANNOTATOR_COMPLETE": "zsh_complete",
            "COMP_WORDS": " ".join(["annotator", *words]),
            "COMP_CWORD": str(len(words)),
        },
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    assert done.stderr == ""
    lines = done.stdout.strip().splitlines()
    return list(zip(lines[::3], lines[1::3], lines[2::3], strict=True))


@pytest.mark.parametrize("command", ["review", "show", "history", "delete", "export"])
def test_ids_are_offered_with_their_titles(article: str, command: str) -> None:
    assert ("plain", article, "The bridge closed") in complete(command, article[:3])


def test_deleted_documents_are_offered_to_restore_alone(annotator: Command, article: str) -> None:
    annotator("delete", article)
    assert complete("show", article[:3]) == []
    assert complete("restore", article[:3]) == [("plain", article, "The bridge closed")]


def test_the_database_on_the_line_is_asked(annotator: Command, folder: Path) -> None:
    (folder / "a.txt").write_text("One.", encoding="utf-8")
    (row,) = annotator("import", "a.txt", "--db", "x.db").rows
    assert complete("show", row[0][:2]) == []
    assert [offer[1] for offer in complete("show", "--db", "x.db", row[0][:2])] == [row[0]]
    assert [offer[1] for offer in complete("--db", "x.db", "show", row[0][:2])] == [row[0]]


def test_commands_and_files_are_offered_in_a_commands_place() -> None:
    offers = complete("ex")
    assert offers[0][:2] == ("file", "ex")
    assert ("plain", "export") in [offer[:2] for offer in offers]


def test_completion_makes_no_database_and_says_nothing_of_a_broken_one(folder: Path) -> None:
    assert complete("show", "") == []
    assert list((folder / "db").iterdir()) == []
    (folder / "db" / "annotator.db").write_bytes(b"no database, but long enough to look like one")
    assert complete("show", "") == []
