"""From a path to documents: a file, a folder, and what cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator.errors import SourceError
from annotator.session.sources import bring_in, find_files, list_suffixes

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.session import Library


def ignore(_name: str, _done: int, _whole: int) -> None:
    pass


def test_a_folder_comes_in_but_for_the_files_that_cannot_be_read(
    library: Library, tmp_path: Path
) -> None:
    (tmp_path / "b.txt").write_text("Two. Three.\n", encoding="utf-8")
    (tmp_path / "a.txt").write_bytes(b"One.\x07\n")
    (tmp_path / "empty.txt").write_bytes(b"\n")
    (tmp_path / ".hidden.txt").write_text("Not this.\n", encoding="utf-8")
    incoming = list(bring_in(library, str(tmp_path), report=ignore))
    assert [file.name.rpartition("/")[2] for file in incoming] == ["a.txt", "b.txt", "empty.txt"]
    assert [len(file.arrivals) for file in incoming] == [1, 1, 0]
    assert [len(file.remarks) for file in incoming] == [1, 0, 0]
    assert [file.error is not None for file in incoming] == [False, False, True]
    assert len(library.list_documents()) == 2


def test_how_far_it_is_never_goes_back_and_ends_at_the_whole(
    library: Library, tmp_path: Path
) -> None:
    for number in range(3):
        text = f"Sentence {number}.\n" * 30_000
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    parts: list[float] = []

    def report(_name: str, done: int, whole: int) -> None:
        parts.append(done / whole)

    list(bring_in(library, str(tmp_path), report=report))
    assert parts == sorted(parts)
    assert (parts[0], parts[-1]) == (0, 1)
    assert len(parts) > 6


def test_what_the_report_raises_ends_it_and_keeps_what_is_in(
    library: Library, tmp_path: Path
) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"Text {number}.\n", encoding="utf-8")

    def stop(name: str, done: int, whole: int) -> None:
        if name.endswith("1.txt"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(bring_in(library, str(tmp_path), report=stop))
    assert [found.document.title for found in library.list_documents()] == ["Text 0."]


def test_a_folder_without_a_file_to_import_is_an_error(library: Library, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no file to import"):
        list(bring_in(library, str(tmp_path), report=ignore))


def test_a_name_that_is_no_folder_is_itself() -> None:
    assert list(find_files("gone.txt", suffixes=list_suffixes())) == ["gone.txt"]
