"""`guideline`, `verify` and `info`."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from annotator import __version__
from annotator.config import read_guideline

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.cli.conftest import Command


def damage(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(folder / "db" / "annotator.db")
    with connection:
        connection.execute(statement)
    connection.close()


def test_the_guideline_is_printed(annotator: Command) -> None:
    assert annotator("guideline").out == read_guideline()


def test_verify_prints_a_line_for_each_thing_proved(
    annotator: Command, article: str, label: Callable[..., None]
) -> None:
    label(article, lambda session: session.annotate(0, "claim"))
    result = annotator("verify")
    assert (result.status, result.err) == (0, "")
    assert [row[:2] for row in result.rows] == [
        ["ok", name] for name in ("integrity", "hashes", "offsets", "replay")
    ]
    assert all(proof["holds"] for proof in annotator("verify", "--json").json)


def test_verify_is_1_where_a_label_does_not_follow_from_the_history(
    annotator: Command, article: str, folder: Path, label: Callable[..., None]
) -> None:
    label(article, lambda session: session.annotate(0, "claim"))
    damage(folder, "UPDATE annotation SET label = 'denial'")
    result = annotator("verify")
    assert result.status == 1
    assert ["FAILED", "replay", "1 document"] in result.rows
    assert any(article in row[2] for row in result.rows)
    proofs = {proof["name"]: proof for proof in annotator("verify", "--json").json}
    assert not proofs["replay"]["holds"]
    assert proofs["hashes"]["holds"]


def test_verify_is_1_where_an_offset_is_wrong(
    annotator: Command, article: str, folder: Path
) -> None:
    damage(folder, "UPDATE sentence SET text = 'something else' WHERE sentence_index = 2")
    result = annotator("verify")
    assert result.status == 1
    assert ["FAILED", "offsets"] in [row[:2] for row in result.rows]
    assert "sentence 3" in result.out


def test_info_names_the_database_and_why(
    annotator: Command, article: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(*arguments: str) -> dict[str, str]:
        return {row[0]: row[1] for row in annotator("info", *arguments).rows}

    here = told()
    assert here["version"] == __version__
    assert here["reviewer"] == "ana"
    assert Path(here["database"]) == Path("db/annotator.db")
    assert (here["documents"], here["sentences"], here["events"]) == ("1", "4", "1")
    monkeypatch.setenv("ANNOTATOR_DB", str(folder / "other.db"))
    assert "ANNOTATOR_DB" in told()["reason"]
    assert "--db" in told("--db", "third.db")["reason"]
    assert annotator("info", "--json", "--db", "third.db").json["database"] == "third.db"


def test_info_names_a_database_that_cannot_be_opened(annotator: Command, folder: Path) -> None:
    (folder / "broken.db").write_bytes(b"no database at all, and long enough to be read as one")
    result = annotator("info", "--db", "broken.db")
    assert result.status == 1
    assert ["database", "broken.db"] in result.rows
    assert "not a database" in result.message
