"""`annotator update`, and `annotator show --version`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import ARTICLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.session import Session
    from tests.cli.conftest import Command

NEWER = (
    "The bridge closed\n\nPolice came.\n\nThe mayor said today that it was safe."
    " An engineer denied that.\n"
)
"""One new, one changed, the last gone."""

GROUPS = ("kept", "moved", "changed", "lost")


@pytest.fixture
def labelled(article: str, label: Callable[..., None]) -> str:
    """Ana has labelled all but the title, Ben the last."""

    def anas(session: Session) -> None:
        session.annotate(1, "claim")
        session.annotate(3, "claim")
        session.deny(2, "denial", [1, 3])

    label(article, anas)
    label(article, lambda session: session.annotate(3, "background"), reviewer="ben")
    return article


@pytest.fixture
def newer(folder: Path) -> str:
    """The name of a file with the newer text."""
    (folder / "newer.txt").write_text(NEWER, encoding="utf-8")
    return "newer.txt"


def test_json_tells_what_became_of_each_label(
    annotator: Command, labelled: str, newer: str
) -> None:
    result = annotator("update", labelled, newer, "--json")
    assert result.status == 0
    assert list(result.json) == ["document", *GROUPS]
    assert result.json["moved"] == []
    assert result.json["kept"] == [
        {
            "old": 2,
            "new": 3,
            "label": "denial",
            "reviewer": "ana",
            "old_text": "An engineer denied that.",
            "new_text": "An engineer denied that.",
            "links_lost": [3],
        }
    ]
    (changed,) = result.json["changed"]
    assert (changed["old"], changed["new"], changed["label"]) == (1, 2, "claim")
    assert changed["new_text"] == "The mayor said today that it was safe."
    assert [(lost["reviewer"], lost["old"], lost["new"]) for lost in result.json["lost"]] == [
        ("ana", 3, None),
        ("ben", 3, None),
    ]


def test_the_table_counts_from_1_and_one_line_sums_it_up(
    annotator: Command, labelled: str, newer: str
) -> None:
    result = annotator("update", labelled, newer)
    assert [row[:5] for row in result.rows] == [
        ["kept", "3", "4", "ana", "denial"],
        ["changed", "2", "3", "ana", "claim"],
        ["lost", "4", "", "ana", "claim"],
        ["lost", "4", "", "ben", "background"],
    ]
    assert result.rows[0][6] == "4"
    assert result.rows[1][5] == (
        "The mayor said it was safe. → The mayor said today that it was safe."
    )
    assert result.message.startswith(f"{labelled} is replaced by ")
    assert "1 kept, 0 moved, 1 changed, 2 lost; 1 link lost; 1 sentence had none" in result.message


def test_the_new_document_has_the_labels_and_the_changed_one_is_flagged(
    annotator: Command, labelled: str, newer: str
) -> None:
    id_ = annotator("update", labelled, newer, "--json").json["document"]
    rows = annotator("show", id_).rows
    assert [(row[1], row[2]) for row in rows] == [
        ("", ""),
        ("", ""),
        ("claim", "⚑"),
        ("denial", ""),
    ]
    assert annotator("verify").status == 0


def test_a_dry_run_prints_the_same_and_writes_nothing(
    annotator: Command, labelled: str, newer: str
) -> None:
    before = annotator("info", "--json").json
    foreseen = annotator("update", labelled, newer, "--dry-run", "--json")
    plain = annotator("update", labelled, newer, "--dry-run")
    assert annotator("info", "--json").json == before
    assert "would be replaced by" in foreseen.message
    assert annotator("update", labelled, newer, "--json").out == foreseen.out
    annotator("delete", foreseen.json["document"])
    assert [row[0] for row in plain.rows] == ["kept", "changed", "lost", "lost"]


def test_the_older_text_stays_readable_by_its_number(
    annotator: Command, labelled: str, newer: str
) -> None:
    before = annotator("show", labelled).out
    id_ = annotator("update", labelled, newer, "--json").json["document"]
    assert annotator("show", id_, "--version", "1").out == before
    assert annotator("show", labelled, "--version", "1").out == before
    newest = annotator("show", id_).out
    assert annotator("show", labelled, "--version", "2").out == newest
    result = annotator("show", id_, "--version", "3")
    assert result.status == 1
    assert all(name in result.message for name in (labelled, id_))


def test_the_newer_text_may_come_from_standard_input(
    annotator: Command, labelled: str, type_in: Callable[[bytes], None]
) -> None:
    type_in(NEWER.encode())
    assert annotator("update", labelled, "-", "--json").json["kept"] != []


def test_the_same_text_changes_nothing_and_says_so(
    annotator: Command, labelled: str, folder: Path
) -> None:
    (folder / "same.txt").write_text(ARTICLE, encoding="utf-8")
    before = annotator("history", labelled).out
    result = annotator("update", labelled, "same.txt", "--json")
    assert result.status == 0
    assert result.json["document"] == labelled
    assert [len(result.json[name]) for name in GROUPS] == [4, 0, 0, 0]
    assert "nothing was changed" in result.message
    assert annotator("history", labelled).out == before


def test_twice_is_once_and_an_older_text_is_refused(
    annotator: Command, labelled: str, newer: str, folder: Path
) -> None:
    id_ = annotator("update", labelled, newer, "--json").json["document"]
    again = annotator("update", labelled, newer, "--json")
    assert (again.status, again.json) == (0, {"document": id_, **{name: [] for name in GROUPS}})
    assert "here already" in again.message
    (folder / "third.txt").write_text("Something else.\n", encoding="utf-8")
    refused = annotator("update", labelled, "third.txt")
    assert refused.status == 1
    assert id_ in refused.message


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("zzz", "newer.txt"), "zzz"),
        (("{id}", "none.txt"), "none.txt"),
        (("{id}", "newer.txt", "--format", "papyrus"), "papyrus"),
        (("{id}", "."), "folder"),
    ],
)
def test_what_cannot_be_is_1_and_named(
    annotator: Command, labelled: str, newer: str, arguments: tuple[str, ...], named: str
) -> None:
    result = annotator("update", *(argument.format(id=labelled) for argument in arguments))
    assert result.status == 1
    assert named in result.message


def test_a_file_of_several_articles_is_refused(
    annotator: Command, labelled: str, folder: Path
) -> None:
    (folder / "two.jsonl").write_text('{"text": "One."}\n{"text": "Two."}\n', encoding="utf-8")
    result = annotator("update", labelled, "two.jsonl")
    assert result.status == 1
    assert "several articles" in result.message


def test_each_line_may_be_a_sentence(annotator: Command, labelled: str, newer: str) -> None:
    result = annotator("update", labelled, newer, "--sentence-per-line", "--json")
    id_ = result.json["document"]
    assert len(annotator("show", id_).rows) == 3


def test_the_language_is_the_older_texts(annotator: Command, folder: Path, newer: str) -> None:
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    old = annotator("import", "a.txt", "--language", "de").out.split()[0]
    id_ = annotator("update", old, newer, "--json").json["document"]
    listed = {one["id"]: one["language"] for one in annotator("documents", "--json").json}
    assert listed[id_] == "de"


@pytest.mark.usefixtures("on_terminal")
def test_on_a_terminal_sentences_wrap_and_are_never_cut(
    annotator: Command, labelled: str, newer: str
) -> None:
    out = " ".join(annotator("update", labelled, newer).out.split())
    assert "…" not in out
    assert "An engineer denied that. (links lost: 4)" in out
