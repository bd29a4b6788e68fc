"""`annotator history`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.session import Session
    from tests.cli.conftest import Command


@pytest.fixture
def lived(article: str, label: Callable[..., None]) -> str:
    """Ana and Ben have done things to it."""

    def anas(session: Session) -> None:
        session.annotate(1, "claim")
        session.annotate(2, "claim")
        session.annotate(2, "denial")
        session.link(2, [1])
        session.undo()
        session.undo()
        session.redo()
        session.flag_unsure(1, unsure=True)
        session.note(1, "who says so?")
        session.clear(1)

    label(article, anas)
    label(article, lambda session: session.annotate(0, "background"), reviewer="ben")
    return article


def test_the_import_comes_first_and_then_what_i_did(annotator: Command, lived: str) -> None:
    rows = annotator("history", lived).rows
    assert [row[1:] for row in rows] == [
        ["ana", "", "import", "4 sentences from article.txt"],
        ["ana", "2", "label", "label – → claim"],
        ["ana", "3", "label", "label – → claim"],
        ["ana", "3", "label", "label claim → denial"],
        ["ana", "3", "denies", "denies – → 2"],
        ["ana", "3", "undo", "denies 2 → –"],
        ["ana", "3", "undo", "label denial → claim"],
        ["ana", "3", "redo", "label claim → denial"],
        ["ana", "2", "unsure", "unsure no → yes"],
        ["ana", "2", "note", "note – → who says so?"],
        ["ana", "2", "label", "label claim → –"],
    ]
    assert all(row[0].endswith("Z") for row in rows)


def test_the_reviewer_is_a_filter_and_the_import_always_shown(
    annotator: Command, lived: str
) -> None:
    assert [row[3] for row in annotator("history", lived, "--reviewer", "ben").rows] == [
        "import",
        "label",
    ]
    assert len(annotator("history", lived, "--reviewer", "all").rows) == 12


def test_one_sentences_history(annotator: Command, lived: str) -> None:
    rows = annotator("history", lived, "--sentence", "2").rows
    assert [row[3] for row in rows] == ["import", "label", "unsure", "note", "label"]


@pytest.mark.parametrize("number", ["0", "5", "-1"])
def test_a_sentence_that_is_not_there_is_1(annotator: Command, lived: str, number: str) -> None:
    result = annotator("history", lived, "--sentence", number)
    assert result.status == 1
    assert number in result.message


def test_json_counts_from_0(annotator: Command, lived: str) -> None:
    events = annotator("history", lived, "--json").json
    assert events[0]["import"] == {"sentences": 4, "source": "article.txt"}
    assert events[4]["kind"] == "denies"
    assert events[4]["changes"] == [
        {"sentence_index": 2, "field": "denies", "before": [], "after": [1]}
    ]
    assert (events[5]["kind"], events[5]["undone"]) == ("undo", ["denies"])


def test_a_deleted_document_keeps_its_history(annotator: Command, lived: str) -> None:
    annotator("delete", lived)
    annotator("restore", lived)
    annotator("delete", lived)
    kinds = [row[3] for row in annotator("history", lived).rows]
    assert kinds[-3:] == ["delete", "restore", "delete"]


def test_splits_and_joins_are_told_in_words(
    annotator: Command, article: str, label: Callable[..., None]
) -> None:
    def anas(session: Session) -> None:
        session.annotate(1, "claim")
        text = session.read_place(1).sentence.text
        session.split(1, text.index(" ") + 1)
        session.annotate(2, "denial")
        session.join(1)
        session.undo()
        session.undo()
        session.undo()

    label(article, anas)
    rows = annotator("history", article, "--sentence", "2").rows
    assert [row[3] for row in rows] == [
        "import",
        "label",
        "split",
        "label",
        "join",
        "undo",
        "undo",
        "undo",
    ]
    told = [row[4] for row in rows]
    assert told[2].startswith("before “")
    assert told[2].endswith("; claim")
    assert told[4].endswith("claim and denial, now denial, marked unsure")
    assert told[5:] == [
        "the join: two sentences again",
        "label denial → claim",
        "the split: one sentence again",
    ]
    events = annotator("history", article, "--json").json
    assert events[2]["kind"] == "split"
    assert [len(part) for part in events[2]["parts"]] == [2, 2]
    assert events[1]["parts"] is None
