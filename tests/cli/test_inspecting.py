"""`annotator show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.session import Session
    from tests.cli.conftest import Command

TEXTS = [
    "The bridge closed",
    "The mayor said it was safe.",
    "An engineer denied that.",
    "It rained.",
]


@pytest.fixture
def labelled(article: str, label: Callable[..., None]) -> str:
    """Ana and Ben have labelled some of it."""

    def anas(session: Session) -> None:
        session.annotate(1, "claim")
        session.annotate(2, "denial")
        session.flag_unsure(2, unsure=True)
        session.note(2, "which engineer?")

    label(article, anas)
    label(article, lambda session: session.annotate(1, "background"), reviewer="ben")
    return article


def test_sentences_are_numbered_from_1(annotator: Command, article: str) -> None:
    rows = annotator("show", article).rows
    assert rows == [[str(number), "", "", text, ""] for number, text in enumerate(TEXTS, 1)]


def test_my_labels_flags_and_notes_are_shown(annotator: Command, labelled: str) -> None:
    rows = annotator("show", labelled).rows
    assert [row[1] for row in rows] == ["", "claim", "denial", ""]
    assert rows[2][2:] == ["⚑✎", TEXTS[2], "which engineer?"]


def test_the_reviewer_is_a_filter(annotator: Command, labelled: str) -> None:
    def labels(*arguments: str) -> list[str]:
        return [row[1] for row in annotator("show", labelled, *arguments).rows]

    assert labels("--reviewer", "ben") == ["", "background", "", ""]
    assert labels("--reviewer", "all") == ["", "ana: claim, ben: background", "ana: denial", ""]


def test_the_one_working_comes_from_the_environment(
    annotator: Command, labelled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANNOTATOR_REVIEWER", "ben")
    assert annotator("show", labelled).rows[1][1] == "background"


@pytest.mark.parametrize("command", ["show", "history"])
def test_an_unknown_reviewer_is_1_and_lists_the_known(
    annotator: Command, labelled: str, command: str
) -> None:
    result = annotator(command, labelled, "--reviewer", "zoe")
    assert result.status == 1
    assert all(name in result.message for name in ("zoe", "ana", "ben"))


def test_json_gives_the_sentences_of_the_export(annotator: Command, labelled: str) -> None:
    exported = annotator("export").json["documents"][0]["sentences"]
    assert annotator("show", labelled, "--reviewer", "all", "--json").json == exported
    mine = annotator("show", labelled, "--json").json
    assert [len(sentence["annotations"]) for sentence in mine] == [0, 1, 1, 0]


@pytest.mark.usefixtures("on_terminal")
def test_on_a_terminal_sentences_wrap_and_are_never_cut(annotator: Command, folder: Path) -> None:
    text = "word " * 40 + "end."
    id_ = annotator.import_(folder / "a.txt", text)
    lines = annotator("show", id_).out.splitlines()
    assert max(map(len, lines)) <= 60
    assert " ".join(lines[1:]).split()[1:] == text.split()


@pytest.mark.usefixtures("on_terminal")
def test_on_a_terminal_a_note_follows_its_sentence(annotator: Command, labelled: str) -> None:
    out = " ".join(annotator("show", labelled).out.split())
    assert "denial ⚑✎ An engineer denied that. ✎ which engineer?" in out
