"""Rows that do not fit together, and bytes that are no text, are one clear line each."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Command

DAMAGES = [
    "UPDATE document SET text = substr(text, 1, 9)",
    'DELETE FROM sentence WHERE "start" > 9',
    "DELETE FROM sentence",
    'UPDATE annotation SET "start" = "start" + 1',
]
WORDS = [
    ["export", "--format", "html"],
    ["export", "--format", "json"],
    ["export", "--format", "label-studio"],
    ["update", "DOCUMENT", "newer.txt"],
    ["show", "DOCUMENT"],
    ["status"],
    ["history", "DOCUMENT"],
    ["agreement"],
]


@pytest.fixture
def damaged(annotator: Command, folder: Path, type_in: Callable[[bytes], None]) -> str:
    """A database with labels in it that is about to be damaged; its document's id."""
    text = "The dam broke at dawn. The mayor denied it. Nobody came.\n\nIt was in May.\n"
    id_ = annotator.import_(folder / "dam.txt", text)
    (folder / "newer.txt").write_text(text.replace("dawn", "night"), encoding="utf-8")
    type_in(b"c\nd\nc\nb\n")
    assert annotator("review", "--plain", id_).status == 0
    return id_


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_rows_that_do_not_fit_together_are_one_line(
    annotator: Command, damaged: str, damage: str, words: list[str]
) -> None:
    with closing(sqlite3.connect("db/annotator.db", isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(damage)
    result = annotator(*(damaged if word == "DOCUMENT" else word for word in words))
    assert result.status in (0, 1)
    assert result.status == 0 or result.message.count("\n") <= 1
    assert annotator("verify").status == 1


@pytest.mark.parametrize(
    "words",
    [["backup", "copy.db"], ["copy", "odd.db", "copy.db"], ["merge", "odd.db"], ["verify"]],
    ids=" ".join,
)
def test_a_schema_that_is_no_text_is_one_line(
    annotator: Command, damaged: str, words: list[str]
) -> None:
    with closing(sqlite3.connect("db/annotator.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(Path("db/annotator.db").read_bytes())
    content[content.find(b"tabledocument") + 7] = 0xA1
    Path("odd.db").write_bytes(content)
    database = [] if "odd.db" in words else ["--db", "odd.db"]
    result = annotator(*words, *database)
    assert result.status == 1
    assert result.message.count("\n") <= 1
    assert not Path("copy.db").exists()
