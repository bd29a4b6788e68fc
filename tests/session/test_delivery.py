"""A document's labels in a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from annotator.errors import OutputError
from annotator.session.delivery import deliver
from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.session import Library
    from annotator.store.sqlite import SqliteStore


def test_the_file_holds_the_document_with_what_all_have_said(
    library: Library, tmp_path: Path
) -> None:
    document = put(library, article(2))
    put(library, article(3, title="Another"))
    library.open(document).annotate(0, "claim")
    make_library(library.store, "ben").open(document).annotate(0, "denial")
    target, pieces = tmp_path / "out.json", []
    deliver(library, document, name=str(target), report=lambda: pieces.append(1))
    (found,) = json.loads(target.read_bytes())["documents"]
    assert found["id"] == document.id
    said = found["sentences"][0]["annotations"]
    assert [note["reviewer"] for note in said] == ["ana", "ben"]
    assert pieces


def test_an_export_that_is_given_up_leaves_what_was_there(library: Library, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("old", encoding="utf-8")

    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliver(library, put(library, article(2)), name=str(target), report=stop)
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.glob("*.tmp")] == []


def test_the_database_is_never_written_over(sqlite: SqliteStore, path: Path) -> None:
    library = make_library(sqlite)
    with pytest.raises(OutputError, match="database"):
        deliver(library, put(library, article(2)), name=str(path))
