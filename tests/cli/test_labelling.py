"""`annotator`, `annotator FILE` and `annotator review`: which document opens, and what stops it."""

from __future__ import annotations

import os
import sqlite3
import sys
from typing import TYPE_CHECKING

import pytest

from annotator.model.document import derive_document_id, hash_text
from annotator.sample import read_sample
from tests.cli.conftest import ARTICLE, run_apart

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.config import Settings
    from annotator.model.document import Document
    from annotator.session import Library
    from tests.cli.conftest import Command


@pytest.fixture
def opened(on_terminal: None, monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The ids of the documents that the terminal app was opened on, `None` for the library; the
    app itself stays shut.
    """
    ids: list[str | None] = []

    def note_down(
        _library: Library, document: Document | None, *, settings: Settings, again: bool
    ) -> None:
        assert not again
        ids.append(None if document is None else document.id)

    monkeypatch.setattr("annotator.tui.app.run_app", note_down)
    return ids


def test_an_empty_database_opens_on_the_sample(
    annotator: Command, opened: list[str | None]
) -> None:
    result = annotator()
    assert (result.status, result.out, result.err) == (0, "", "")
    sample = derive_document_id(hash_text(read_sample()))
    assert opened == [sample]
    annotator()
    assert opened == [sample, None], "and the second time on the library"
    assert [found["source"] for found in annotator("documents", "--json").json] == ["sample"]


def test_the_document_worked_on_last_opens(
    annotator: Command,
    article: str,
    folder: Path,
    opened: list[str | None],
    label: Callable[..., None],
) -> None:
    other = annotator.import_(folder / "other.txt", "Another one. It is newer.")
    annotator("review")
    label(article, lambda session: session.annotate(0, "claim"))
    annotator("review")
    annotator("review", "--reviewer", "ben")
    assert opened == [other, article, other]


@pytest.mark.parametrize("command", [(), ("review",)])
def test_a_file_is_imported_once_and_opened(
    annotator: Command, folder: Path, opened: list[str | None], command: tuple[str, ...]
) -> None:
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    for _ in range(2):
        result = annotator(*command, "article.txt", "--db", "x.db", "--reviewer", "ben")
        assert (result.status, result.err) == (0, "")
    assert opened == [derive_document_id(hash_text(ARTICLE))] * 2
    assert len(annotator("documents", "--db", "x.db", "--json").json) == 1


def test_a_document_goes_by_the_beginning_of_its_id(
    annotator: Command, article: str, opened: list[str | None]
) -> None:
    assert annotator("review", article[:5]).status == 0
    assert opened == [article]


def test_a_file_never_hides_a_document(
    annotator: Command, article: str, folder: Path, opened: list[str | None]
) -> None:
    (folder / article).write_text("Something else.", encoding="utf-8")
    annotator("review", article)
    annotator("review", f"./{article}")
    assert opened[0] == article != opened[1]


def test_what_reading_a_file_had_to_tell_is_told(
    annotator: Command, folder: Path, opened: list[str | None]
) -> None:
    (folder / "a.txt").write_bytes(b"One.\x07 Two.")
    assert "1 control character" in annotator("a.txt").message
    assert len(opened) == 1


def test_a_deleted_document_that_is_reviewed_as_a_file_comes_back(
    annotator: Command, article: str, opened: list[str | None]
) -> None:
    annotator("delete", article)
    assert annotator("article.txt").status == 0
    assert opened == [article]
    assert annotator("documents", "--json").json[0]["id"] == article


def test_an_empty_library_says_what_to_do(annotator: Command, opened: list[str | None]) -> None:
    result = annotator("review")
    assert result.status == 1
    assert "annotator import" in result.message
    assert opened == []


def test_where_all_is_deleted_no_document_opens_but_the_library(
    annotator: Command, article: str, opened: list[str | None]
) -> None:
    annotator("delete", article)
    result = annotator("review")
    assert result.status == 1
    assert "annotator restore" in result.message
    assert opened == []
    assert annotator().status == 0
    assert opened == [None]


def test_the_settings_come_with_the_app_and_keys_that_clash_stop_it(
    annotator: Command,
    article: str,
    opened: list[str | None],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(folder / "config.toml"))
    (folder / "config.toml").write_text('[keys]\nundo = "z"\n', encoding="utf-8")
    assert annotator("review").status == 0
    (folder / "config.toml").write_text('[keys]\nundo = "c"\n', encoding="utf-8")
    result = annotator("review")
    assert result.status == 1
    assert "undo" in result.message
    assert "label-claim" in result.message
    assert opened == [article]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing.txt", ["missing.txt", "document", "file"]),
        (".", ["folder", "annotator import"]),
        ("-", ["annotator import -"]),
    ],
)
def test_what_cannot_be_reviewed_is_1(
    annotator: Command, article: str, opened: list[str | None], name: str, words: list[str]
) -> None:
    result = annotator("review", name)
    assert result.status == 1
    assert all(word in result.message for word in words)
    assert opened == []


@pytest.mark.usefixtures("impatient")
def test_a_database_that_cannot_be_written_is_said_before_the_app_opens(
    annotator: Command, article: str, folder: Path, opened: list[str | None]
) -> None:
    other = sqlite3.connect(folder / "db" / "annotator.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    result = annotator("review", article)
    other.execute("ROLLBACK")
    other.close()
    assert result.status == 1
    assert "locked" in result.message
    assert opened == []


@pytest.mark.parametrize("arguments", [[], ["article.txt"], ["review"], ["review", "article.txt"]])
def test_without_a_terminal_nothing_is_imported_or_made(folder: Path, arguments: list[str]) -> None:
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    done = run_apart(*arguments)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.count(b"\n") == 1
    assert b"terminal" in done.stderr
    assert list((folder / "db").iterdir()) == []


@pytest.mark.usefixtures("on_terminal")
def test_a_dumb_terminal_is_none(annotator: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    result = annotator()
    assert result.status == 1
    assert "terminal" in result.message


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_in_a_real_terminal_the_sample_opens_and_q_ends_it(folder: Path) -> None:
    import pexpect

    child = pexpect.spawn(
        sys.executable,
        ["-m", "annotator"],
        env={**os.environ, "TERM": "xterm-256color"},
        dimensions=(24, 80),
        timeout=30,
    )
    child.expect("chlorine")
    child.send("q")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert (folder / "db" / "annotator.db").exists()
