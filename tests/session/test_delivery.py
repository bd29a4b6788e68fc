"""A document's labels in a file."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from annotator.errors import OutputError
from annotator.exporters import find_exporter
from annotator.model.row import COLUMNS
from annotator.session.delivery import Choice, deliver, deliver_split
from annotator.session.splitting import split_documents
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


def split(library: Library, folder: Path, *, name: str, documents: int = 10) -> None:
    """Write a split by document in which the speaker is null in all of train, but not in dev."""
    kept = [put(library, article(3, title=f"Article {place}")) for place in range(documents)]
    parts = split_documents(sorted(one.id for one in kept), seed=1)
    for document in kept:
        sheet = library.open(document)
        sheet.annotate(0, "claim")
        if document.id not in parts["train"]:
            sheet.annotate(1, "denial")
            sheet.name_speaker(1, "NA")
            sheet.link(1, [0])
    exporter, choice = find_exporter(name), Choice(tuple(kept))
    with library.store.snapshot():
        deliver_split(library.store, exporter, choice, name=str(folder), shares="80,10,10", seed=1)


@pytest.mark.parametrize(("name", "has"), [("jsonl", True), ("csv", True), ("doccano", False)])
def test_a_split_of_rows_has_a_card_beside_it(
    library: Library, tmp_path: Path, name: str, has: bool
) -> None:
    split(library, tmp_path / "data", name=name)
    names = {path.name for path in (tmp_path / "data").iterdir()}
    card = {"README.md"} if has else set()
    assert names == {f"train.{name}", f"dev.{name}", f"test.{name}", *card}


@pytest.mark.parametrize("name", ["jsonl", "csv"])
def test_the_card_names_the_files_that_have_rows(
    library: Library, tmp_path: Path, name: str
) -> None:
    split(library, tmp_path, name=name, documents=1)
    card = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert f"path: train.{name}" in card
    assert f"path: dev.{name}" not in card


def test_a_card_is_written_anew_and_another_readme_is_left(
    library: Library, tmp_path: Path
) -> None:
    split(library, tmp_path, name="jsonl", documents=1)
    split(library, tmp_path, name="csv")
    assert "test.csv" in (tmp_path / "README.md").read_text(encoding="utf-8")
    (tmp_path / "README.md").write_text("# Mine\n", encoding="utf-8")
    (tmp_path / "train.csv").unlink()
    with pytest.raises(OutputError, match=r"README\.md is there already"):
        split(library, tmp_path, name="csv")
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "# Mine\n"
    assert not (tmp_path / "train.csv").exists()


@pytest.mark.peers
@pytest.mark.skipif(not find_spec("datasets"), reason="datasets, of the extra 'peers', is missing")
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("documents", [10, 2])
@pytest.mark.parametrize("name", ["jsonl", "csv"])
def test_datasets_loads_a_split_as_it_is(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, documents: int
) -> None:
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    from datasets import disable_progress_bars, load_dataset

    disable_progress_bars()
    split(library, tmp_path / "data", name=name, documents=documents)
    loaded = load_dataset(str(tmp_path / "data"), cache_dir=str(tmp_path / "cache"))
    assert set(loaded) == ({"train", "dev", "test"} if documents == 10 else {"train"})
    types = {
        part: {key: str(kind) for key, kind in loaded[part].features.items()} for part in loaded
    }
    assert all(tuple(found) == COLUMNS for found in types.values())
    assert {found["speaker"] for found in types.values()} == {"Value('string')"}
    assert {found["unsure"] for found in types.values()} == {"Value('bool')"}
    assert set(loaded["train"]["speaker"]) == {None}
    if documents == 10:
        denial = loaded["dev"][1]
        assert (denial["label"], denial["speaker"], denial["note"]) == ("denial", "NA", None)
        assert denial["denies"] == ([0] if name == "jsonl" else "[0]")
