"""What is said where labels cannot be written, and what is written where they can."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from annotator.errors import OutputError, UnknownNameError
from annotator.exporters import find_exporter, list_exporters
from annotator.model.document import Article
from annotator.session import importing
from annotator.session.crew import AHEAD_BYTES, AHEAD_FILES, CHUNK_FILES, _chunk
from annotator.session.delivery import (
    Choice,
    deliver_corpus,
    deliver_split,
    write_config,
    write_corpus,
)
from annotator.session.importing import cut
from annotator.store.memory import MemoryStore
from tests.builders import article, make_library, put
from tests.session.refusals import refuse

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.model.document import Document
    from annotator.session.library import Library


@pytest.fixture
def library() -> Library:
    return make_library(MemoryStore())


@pytest.fixture
def document(library: Library) -> Document:
    made = put(library, article(2))
    library.open(made).annotate(0, "claim")
    return made


def test_a_format_of_a_folder_is_told_how_to_name_one(
    library: Library, document: Document, tmp_path: Path
) -> None:
    brat, choice = find_exporter("brat"), Choice((document,))
    needed = "This writes a folder of files: '-o FOLDER' with --format brat names it."
    store = library.store
    assert refuse(OutputError, lambda: list(write_corpus(store, brat, choice))) == needed
    assert refuse(OutputError, lambda: deliver_corpus(store, brat, choice, name="-")) == needed
    assert (
        refuse(
            OutputError,
            lambda: deliver_split(
                store, brat, choice, name=str(tmp_path), shares="80,10,10", seed=1
            ),
        )
        == "The format brat is a folder of files: it has no --split."
    )
    jsonl = find_exporter("jsonl")
    assert refuse(
        OutputError,
        lambda: deliver_split(store, jsonl, choice, name="-", shares="80,10,10", seed=1),
    ) == ("This writes a folder of files: '-o FOLDER' with --format jsonl names it.")


def test_a_folder_that_cannot_be_is_told(
    library: Library, document: Document, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    name = str(tmp_path / "file" / "folder")
    brat = find_exporter("brat")
    assert refuse(
        OutputError,
        lambda: deliver_corpus(library.store, brat, Choice((document,)), name=name),
    ) == (f"{name} cannot be a folder: Not a directory.")


def test_a_folder_gets_each_file_and_every_piece_is_told(
    library: Library, document: Document, tmp_path: Path
) -> None:
    folder, told = tmp_path / "new" / "folder", []
    with library.store.snapshot():
        deliver_corpus(
            library.store,
            find_exporter("brat"),
            Choice((document,)),
            name=str(folder),
            report=lambda: told.append(1),
        )
    written = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.suffix for path in written} >= {".ann", ".txt"}
    assert all(path.stat().st_size for path in written if path.suffix == ".txt")
    assert len(told) >= len(written) - 1


def test_a_readme_that_is_no_card_is_told(
    library: Library, document: Document, tmp_path: Path
) -> None:
    (tmp_path / "README.md").write_bytes(b"\xff")
    store, jsonl = library.store, find_exporter("jsonl")
    assert refuse(
        OutputError,
        lambda: deliver_split(
            store, jsonl, Choice((document,)), name=str(tmp_path), shares="80,10,10", seed=1
        ),
    ) == (
        f"{tmp_path / 'README.md'} is there already, and is not the card that belongs beside these"
        " files: name another folder with -o."
    )


def test_a_format_without_a_config_is_told(library: Library) -> None:
    for name in list_exporters():
        exporter = find_exporter(name)
        if name == "label-studio":
            assert "<View>" in write_config(library.store, exporter)
        else:
            assert refuse(UnknownNameError, partial(write_config, library.store, exporter)) == (
                f"The format {name} needs no config; --config is for label-studio."
            )


def test_what_is_chosen_is_all_that_is_written(library: Library, document: Document) -> None:
    other = make_library(library.store, "ben").open(document)
    other.annotate(0, "denial")
    other.annotate(1, "denial")

    def write(choice: Choice) -> str:
        with library.store.snapshot():
            return "".join(write_corpus(library.store, find_exporter("json"), choice))

    assert '"ben"' in write(Choice((document,)))
    assert '"ben"' not in write(Choice((document,), reviewer="ana"))
    assert write(Choice((document,), labels=("claim",))).count('"paragraph"') == 1
    assert write(Choice((document,))).count('"paragraph"') == 2
    assert write(Choice((document,), settled=True)).count('"paragraph"') == 1
    assert '"events"' in write(Choice((document,), history=True))
    assert '"events"' not in write(Choice((document,)))
    hidden = write(Choice((document,), pseudonyms=True))
    assert '"ana"' not in hidden
    assert '"ben"' not in hidden
    with pytest.raises(UnknownNameError):
        write(Choice((document,), labels=("rumour",)))


# -- cutting in blocks


def test_how_far_cutting_is_counts_code_points_at_the_ends_of_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importing, "BLOCK", 3)
    text = "One.\nTwo.\n\nThree"
    told: list[tuple[int, int]] = []
    spans = cut(Article(text, "One."), report=lambda done, of: told.append((done, of)))
    assert told == [(5, 16), (10, 16), (16, 16)]
    assert [text[span.start : span.end] for span in spans] == ["One.", "Two.", "Three"]


# -- files for other processes


def test_files_are_handed_out_in_chunks_of_so_many_or_so_many_bytes() -> None:
    files = [(f"f{number}", 1) for number in range(2 * CHUNK_FILES + 1)]
    assert [(len(chunk), length) for chunk, length in _chunk(files)] == [
        (CHUNK_FILES, CHUNK_FILES),
        (CHUNK_FILES, CHUNK_FILES),
        (1, 1),
    ]
    most = AHEAD_BYTES * CHUNK_FILES // AHEAD_FILES
    assert list(_chunk([("a", most - 1), ("b", 1), ("c", most), ("d", 0)])) == [
        (["a", "b"], most),
        (["c"], most),
        (["d"], 0),
    ]
    assert list(_chunk([])) == []
