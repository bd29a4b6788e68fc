"""What is said of files and folders that cannot be read, and how far an import is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotator.errors import SourceError
from annotator.readers import Source
from annotator.session import bulk, fetching
from annotator.session.bulk import Ended, Terms, _describe_death, prepare, prepare_all
from annotator.session.sources import Incoming, bring_in, find_files, list_suffixes, read_file
from annotator.session.verification import _prove_share
from annotator.store.memory import MemoryStore
from tests.builders import make_library
from tests.session.refusals import refuse

if TYPE_CHECKING:
    from annotator.session.library import Library


@pytest.fixture
def library() -> Library:
    return make_library(MemoryStore())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_cannot_be_read_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refuse(SourceError, lambda: read_file("gone.txt")) == (
        "There is no file gone.txt: check the path."
    )
    (folder / "articles").mkdir()
    assert refuse(SourceError, lambda: read_file("articles")) == (
        "articles is a folder: 'annotator import articles' brings in the files in it."
    )

    def fail(_path: Path) -> bytes:
        raise OSError(5, "Input/output error")

    def fail_without_words(_path: Path) -> bytes:
        raise OSError("it broke")

    monkeypatch.setattr(Path, "read_bytes", fail)
    assert refuse(SourceError, lambda: read_file("a.txt")) == (
        "a.txt cannot be read: Input/output error."
    )
    monkeypatch.setattr(Path, "read_bytes", fail_without_words)
    assert refuse(SourceError, lambda: read_file("a.txt")) == "a.txt cannot be read: it broke."


def test_a_file_is_read_with_what_is_known_of_it(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"One.")
    (folder / "a.ann").write_bytes(b"T1")
    source = read_file("a.txt", encoding="latin-1", language="fr", fields={"text": "body"})
    assert (source.name, source.content, source.origin) == ("a.txt", b"One.", "a.txt")
    assert (source.encoding, source.language, source.fields) == (
        "latin-1",
        "fr",
        {"text": "body"},
    )
    assert source.companion is not None
    assert source.companion(".ann") == b"T1"
    assert source.companion(".conf") is None
    assert read_file("a.txt").fields == {}


def test_a_page_is_read_with_what_is_known_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(url: str) -> fetching.Fetched:
        return fetching.Fetched(url.encode(), "text/html", "http://there/")

    monkeypatch.setattr(fetching, "fetch", fetch)
    for url in ("http://x/", "HTTPS://x/"):
        page = read_file(url, encoding="latin-1", language="fr", fields={"a": "b"})
        assert (page.name, page.content, page.origin) == (url, url.encode(), "http://there/")
        assert (page.encoding, page.language, page.fields) == ("latin-1", "fr", {"a": "b"})
        assert page.content_type == "text/html"


def test_a_folder_without_files_is_told_with_the_suffixes(folder: Path) -> None:
    (folder / "articles").mkdir()
    (folder / "articles" / "a.exe").touch()
    (folder / "articles" / ".b.txt").touch()
    assert refuse(SourceError, lambda: list(find_files("articles", suffixes=(".txt", ".md")))) == (
        "The folder articles holds no file to import: the suffixes known are .txt, .md (a file of"
        " another is imported by its own name)."
    )


def test_a_folder_gives_its_files_sorted_without_hidden_ones_and_texts_of_annotations(
    folder: Path,
) -> None:
    for name in ("b.TXT", "a.txt", "c.ann", "c.txt", ".d.txt", "sub/e.md", ".git/f.txt", "g.exe"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
    found = list(find_files(".", suffixes=(".txt", ".md", ".ann")))
    assert [Path(name).as_posix() for name in found] == ["a.txt", "b.TXT", "c.ann", "sub/e.md"]
    assert set(list_suffixes("text")) < set(list_suffixes())


def test_how_far_an_import_is_counts_files_and_their_parts(library: Library, folder: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(f"{name} came. It rained.\n", encoding="utf-8")
    (folder / "c.txt").write_text("\n", encoding="utf-8")
    told: list[tuple[str, int, int]] = []
    brought = list(bring_in(library, ".", report=lambda *steps: told.append(steps)))
    size = len("a.txt came. It rained.\n")
    assert told[:4] == [
        ("a.txt", 0, 3),
        ("a.txt", size, 3 * size),
        ("b.txt", 1, 3),
        ("b.txt", 2 * size, 3 * size),
    ]
    assert [(one.name, len(one.arrivals), one.error is None) for one in brought] == [
        ("a.txt", 1, True),
        ("b.txt", 1, True),
        ("c.txt", 0, False),
    ]
    assert Incoming("x") == Incoming("x", (), (), None)


def test_a_file_too_large_and_one_that_ends_its_process_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_file: object, _terms: object) -> None:
        raise MemoryError

    monkeypatch.setattr("annotator.session.bulk._read", fail)
    assert list(prepare("large.txt", Terms())) == [
        Ended("large.txt", "large.txt does not fit into memory: split it into several.")
    ]
    assert next(iter(prepare(Source("pipe", b"x"), Terms()))).name == "pipe"
    assert _describe_death("large.txt") == (
        "large.txt ended the process that read it (out of memory, it may be): split the file, or"
        " import it by itself."
    )


def test_how_far_an_article_is_is_told_of_every_file_that_is_read_here(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("It rained.\n", encoding="utf-8")
    files: list[str | Source] = ["a.txt", Source("pipe", b"It rained. More."), "b.txt"]

    def read_all() -> list[tuple[int, int]]:
        told: list[tuple[int, int]] = []
        prepared = prepare_all(
            files, Terms(), workers=2, report=lambda done, of: told.append((done, of))
        )
        ends = [one.name for one in prepared if isinstance(one, Ended)]
        assert ends == ["a.txt", "pipe", "b.txt"]
        return told

    expected = [(11, 11), (16, 16), (11, 11)]
    assert read_all() == expected
    monkeypatch.setattr(bulk, "FEW", 0)
    monkeypatch.setattr(bulk, "LITTLE", 0)
    monkeypatch.setattr(bulk, "LARGE", -1)
    assert read_all() == expected


def test_a_share_of_a_database_that_is_gone_is_not_proved_and_makes_none(folder: Path) -> None:
    assert _prove_share("0" * 16, "gone.db") is None
    assert not (folder / "gone.db").exists()
