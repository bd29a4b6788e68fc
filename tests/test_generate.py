"""Generated files hold what they are generated from."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.generate import PARTS, ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_generated_file_is_not_stale(path: Path) -> None:
    found = path.read_text(encoding="utf-8") if path.is_file() else ""
    assert found == PARTS[path](), "run: python -m tests.generate"


def test_the_schema_file_makes_the_schema() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript((ROOT / "db" / "schema.sql").read_text(encoding="utf-8"))
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert {"document", "sentence", "event", "annotation", "link", "labels", "sentences"} <= names
