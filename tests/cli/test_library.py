"""`documents`, `delete` and `restore`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Command


def test_an_empty_library_says_what_to_do_on_stderr(annotator: Command) -> None:
    result = annotator("documents")
    assert (result.status, result.out) == (0, "")
    assert "annotator import" in result.message
    assert annotator("documents", "--json").json == []


def test_documents_counts_what_i_and_anyone_have_labelled(
    annotator: Command, article: str, label: Callable[..., None]
) -> None:
    label(article, lambda session: session.annotate(0, "claim"))
    label(article, lambda session: session.annotate(0, "denial"), reviewer="ben")
    label(article, lambda session: session.annotate(2, "denial"), reviewer="ben")
    assert annotator("documents").rows == [[article, "The bridge closed", "4", "1", "2"]]
    (found,) = annotator("documents", "--reviewer", "ben", "--json").json
    assert (found["labelled_by_me"], found["labelled_by_anyone"]) == (2, 2)


@pytest.mark.usefixtures("on_terminal")
def test_on_a_terminal_there_is_a_header_and_the_title_is_cut(
    annotator: Command, folder: Path
) -> None:
    annotator.import_(folder / "a.txt", "A very long title that goes on " * 5)
    header, row = annotator("documents").out.splitlines()
    assert header.split()[:3] == ["id", "title", "sentences"]
    assert len(row) <= 60
    assert "…" in row


def test_in_a_pipe_nothing_is_cut(
    annotator: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    title = "A very long title that goes on and on"
    id_ = annotator.import_(folder / "a.txt", title)
    assert annotator("documents").rows == [[id_, title, "1", "0", "0"]]


def test_deleted_documents_leave_and_come_back_with_their_labels(
    annotator: Command, article: str, label: Callable[..., None]
) -> None:
    label(article, lambda session: session.annotate(0, "claim"))
    before = annotator("export").out
    result = annotator("delete", article[:6])
    assert (result.status, result.out) == (0, "")
    assert article in result.message
    assert annotator("documents").rows == []
    assert annotator("documents", "--deleted").rows[0][0] == article
    assert annotator("export").json["documents"] == []
    assert annotator("restore", article[:6]).status == 0
    assert annotator("documents", "--deleted").rows == []
    assert annotator("export").out == before


def test_deleting_twice_is_1_and_says_how_to_bring_it_back(
    annotator: Command, article: str
) -> None:
    annotator("delete", article)
    for command in ("delete", "show", "export", "review"):
        if command == "review":
            continue
        result = annotator(command, article)
        assert result.status == 1
        assert f"annotator restore {article}" in result.message


def test_restoring_what_is_there_is_1(annotator: Command, article: str) -> None:
    assert annotator("restore", article).status == 1


def test_one_unknown_document_deletes_none(annotator: Command, article: str) -> None:
    result = annotator("delete", article, "zzz")
    assert result.status == 1
    assert "zzz" in result.message
    assert len(annotator("documents").rows) == 1


def test_a_document_named_twice_is_deleted_once(annotator: Command, article: str) -> None:
    annotator("delete", article, article[:4])
    kinds = [row[3] for row in annotator("history", article).rows]
    assert kinds == ["import", "delete"]


@pytest.mark.parametrize("command", ["delete", "restore", "show", "history", "export"])
def test_an_unknown_document_is_1_and_lists_the_known(
    annotator: Command, article: str, command: str
) -> None:
    result = annotator(command, "zzz[bold]\x1b")
    assert result.status == 1
    assert "zzz[bold]␛" in result.message
    assert article in result.message or command == "restore"


def test_an_ambiguous_beginning_is_1_and_names_both(annotator: Command, folder: Path) -> None:
    by_digit: dict[str, str] = {}
    for number in range(20):
        id_ = annotator.import_(folder / "a.txt", f"Article number {number}.")
        if id_[0] in by_digit:
            result = annotator("show", id_[0])
            assert result.status == 1
            assert id_ in result.message
            assert by_digit[id_[0]] in result.message
            return
        by_digit[id_[0]] = id_
    pytest.fail("twenty ids begin with more than sixteen digits")


def test_titles_are_shown_literally(annotator: Command, folder: Path) -> None:
    annotator.import_(folder / "a.txt", "[bold]News[/] \u202eflipped :smile: 👩‍👩‍👧 e\u0301\n")
    assert annotator("documents").rows[0][1] == "[bold]News[/] ⟦RLO⟧flipped :smile: 👩‍👩‍👧 e\u0301"
    annotator.on_terminal = True
    assert "[bold]News[/]" in annotator("documents").out
