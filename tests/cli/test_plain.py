"""`annotator review --plain`: answers go in, lines come out, labels are in the database."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.cli.answers import WORDS
from annotator.session import open_library
from tests.cli.conftest import Result

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Command

SENTENCES = (
    "The bridge closed",
    "The mayor said it was safe.",
    "An engineer denied that.",
    "It rained.",
)


def answer(
    *arguments: str, lines: str | bytes, environment: dict[str, str] | None = None
) -> Result:
    """The line mode as a program of its own, its answers from a pipe."""
    done = subprocess.run(
        [sys.executable, "-m", "annotator", "review", "--plain", *arguments],
        input=lines.encode() if isinstance(lines, str) else lines,
        capture_output=True,
        check=False,
        env=os.environ | (environment or {}),
        timeout=60,
    )
    return Result(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


@pytest.fixture
def plain(
    annotator: Command, article: str, type_in: Callable[[bytes], None]
) -> Callable[[str], Result]:
    """The line mode at the article, in this process."""

    def run(lines: str) -> Result:
        type_in(lines.encode())
        return annotator("review", "--plain", article)

    return run


def rows(columns: str = "label") -> list[tuple[object, ...]]:
    """What another program reads in the file, in the order of the sentences."""
    with closing(sqlite3.connect("db/annotator.db")) as connection:
        found: list[tuple[object, ...]] = connection.execute(
            f"SELECT sentence_index + 1, {columns} FROM labels ORDER BY sentence_index"
        ).fetchall()
    return found


def test_answers_from_a_pipe_are_labels_in_the_database(article: str) -> None:
    result = answer(article, lines="b\nclaim\nD 2\n3\nq\n")
    assert (result.status, result.err) == (0, "")
    assert rows("label, denies") == [
        (1, "background", "[]"),
        (2, "claim", "[]"),
        (3, "denial", "[1]"),
        (4, "background", "[]"),
    ]
    told = [line for line in result.out.splitlines() if line.startswith("Sentence")]
    assert told == [
        "Sentence 1: background",
        "Sentence 2: claim",
        "Sentence 3: denial, denies 2",
        "Sentence 4: background",
    ]
    for number, sentence in enumerate(SENTENCES, 1):
        assert f"{number} of 4: {sentence}\n" in result.out


def test_it_begins_with_the_title_and_where_the_reviewer_left_off(
    plain: Callable[[str], Result],
) -> None:
    plain("c\nc\n")
    lines = plain("").out.splitlines()
    assert lines[:2] == ["The bridge closed", "4 sentences, 2 labelled, 2 open."]
    assert "3 of 4: An engineer denied that." in lines
    assert lines[-1] == "4 sentences, 2 labelled, 2 open."


def test_each_answer_is_printed_back_as_what_it_did(plain: Callable[[str], Result]) -> None:
    out = plain(
        "c\nnote Who  says so?\nspeaker the mayor\nunsure\nunsure\nclear\nnote\nspeaker\nclear\n"
    ).out
    assert [line for line in out.splitlines() if line.startswith("Sentence")] == [
        "Sentence 1: claim",
        "Sentence 1: note Who says so?",
        "Sentence 1: speaker the mayor",
        "Sentence 1: unsure",
        "Sentence 1: no longer unsure",
        "Sentence 1: no label (was claim)",
        "Sentence 1: no note any more",
        "Sentence 1: no speaker any more",
        "Sentence 1: no label, as before",
    ]


def test_a_label_that_seldom_has_a_speaker_takes_one_and_says_so(
    plain: Callable[[str], Result],
) -> None:
    result = plain("b\nspeaker nobody\nc\nspeaker the mayor\n")
    assert result.status == 0
    assert "Sentence 1: speaker nobody, though background seldom has one" in result.out
    assert "Sentence 2: speaker the mayor" in result.out
    assert rows("speaker") == [(1, "nobody"), (2, "the mayor")]


def test_what_is_said_of_a_sentence_is_read_out_with_it(plain: Callable[[str], Result]) -> None:
    plain("b\nc\nD 2\nspeaker an engineer\nnote hm\nf\n")
    out = plain("go 3\ngo 2\nc\nb\ngo 2\nb\ngo 3\n").out
    assert (
        "3 of 4: An engineer denied that.\n  label: denial\n  speaker: an engineer\n"
        "  note: hm\n  unsure: yes\n  denies: 2\n" in out
    )
    assert "2 of 4: The mayor said it was safe.\n  label: claim\n  denied by: 3\n" in out
    assert "  denies: 2 (now background)\n" not in out  # sentence 3 became background itself


def test_a_link_to_what_is_no_claim_any_more_is_marked(plain: Callable[[str], Result]) -> None:
    out = plain("go 2\nc\nD 2\ngo 2\nb\ngo 3\n").out
    assert out.rstrip().splitlines()[-2] == "  denies: 2 (now background)"


@pytest.mark.parametrize("lines", ["go 2\nc\nD 2\nc\ngo 3\nclear\n", "go 2\nc\nD 2\ndenies\n"])
def test_links_that_are_gone_are_told(plain: Callable[[str], Result], lines: str) -> None:
    assert "denies nothing any more" in plain(lines).out
    assert all(row[1] == "[]" for row in rows("denies"))


def test_d_alone_labels_and_names_what_could_be_denied(plain: Callable[[str], Result]) -> None:
    out = plain("b\nc\nD\ndenies 2\n").out
    assert "Sentence 3: denial\nWhat does it deny?" in out
    assert "\n  2: The mayor said it was safe.\n4 of 4: It rained.\n" in out
    assert out.splitlines()[-2] == "Sentence 3: denies 2"
    assert rows("label, denies")[2] == (3, "denial", "[1]")


def test_d_alone_where_nothing_could_be_denied_says_so(plain: Callable[[str], Result]) -> None:
    result = plain("D\n")
    assert "Nothing is labelled yet that it could deny" in result.out
    assert (result.status, rows()) == (0, [(1, "denial")])


def test_a_label_and_its_links_are_one_step(plain: Callable[[str], Result]) -> None:
    out = plain("b\nc\nD 2\nundo\nredo\nundo\n").out
    assert "Undone. Sentence 3: no label (was denial), denies nothing any more" in out
    assert "Redone. Sentence 3: denial, denies 2" in out
    assert rows() == [(1, "background"), (2, "claim")]


def test_undo_goes_to_the_sentence_that_it_changed(plain: Callable[[str], Result]) -> None:
    out = plain("c\nc\nc\nu\nu\nd\n").out
    assert "Undone. Sentence 2: no label (was claim)\n2 of 4: " in out
    assert rows() == [(1, "claim"), (2, "denial")]


@pytest.mark.parametrize(
    ("lines", "noted"),
    [
        ("note first", 1),
        ("c\nnote labelled last", 1),
        ("c\nnote a\nnote still", 1),
        ("c\nnext\nnote current", 3),
        ("c\nback\nnote current", 1),
        ("c\ngo 2\nnote current", 2),
        ("c\nopen\nnote current", 3),
        ("c\nc\nundo\nnote current", 2),
        ("c\nc\nundo\nredo\nnote current", 2),
        ("c\n\nnote a blank line is no move", 1),
        ("c\nhelp\nnote nor is help", 1),
        ("c\nclear\nnote nor is this", 1),
    ],
)
def test_remarks_are_about_the_sentence_labelled_last_unless_the_reviewer_moved(
    plain: Callable[[str], Result], lines: str, noted: int
) -> None:
    result = plain(lines)
    assert (result.status, result.err) == (0, "")
    assert [row[0] for row in rows("note") if row[1]] == [noted]


def test_open_goes_round_and_to_the_end_once_all_have_labels(
    plain: Callable[[str], Result],
) -> None:
    result = plain("go 3\nc\nc\nopen\nc\nopen\nc\nopen\n")
    assert (result.status, result.err) == (0, "")
    assert rows() == [(number, "claim") for number in range(1, 5)]
    assert "End of the article. 2 sentences have no label yet" in result.out
    assert result.out.splitlines()[-2].startswith("End of the article: every sentence has a label")


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ("hello", "'hello'"),
        ("c 2", "'c 2'"),
        ("go 5", "There is no sentence 5"),
        ("go 0", "There is no sentence 0"),
        ("D 9", "There is no sentence 9"),
        ("D 1", "itself"),
        ("D 2", "2"),
        ("denies 2", "no denial"),
        ("undo", "nothing to undo"),
        ("redo", "nothing to redo"),
        ("back", "first sentence"),
        ("undo 3", "takes nothing"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    plain: Callable[[str], Result], lines: str, word: str
) -> None:
    result = plain(f"{lines}\n")
    assert result.status == 1
    assert word in result.message
    assert rows() == []
    assert [line for line in result.out.splitlines() if " of 4: " in line] == [
        "1 of 4: The bridge closed"
    ]


def test_a_label_past_the_end_is_one_line_each_and_what_follows_counts(
    plain: Callable[[str], Result],
) -> None:
    result = plain("c\nc\nc\nc\nd\nd\nnext\nunsure\nback\nb\nq\nc\n")
    assert result.status == 1
    assert result.err.count("end of the article") == 3
    assert result.err.count("\n") == 3
    # A remark is still about the sentence labelled last.
    assert rows("label, unsure") == [
        (1, "claim", 0),
        (2, "claim", 0),
        (3, "claim", 0),
        (4, "background", 1),
    ]


def test_a_remark_at_the_end_after_moving_there_is_about_nothing(
    plain: Callable[[str], Result],
) -> None:
    result = plain("go 4\nnext\nnote lost\n")
    assert result.status == 1
    assert "'note'" in result.message
    assert rows() == []


def test_where_all_is_labelled_it_starts_at_the_last_sentence_as_the_app_does(
    plain: Callable[[str], Result],
) -> None:
    plain("c\nc\nc\nc\n")
    assert plain("d\n").status == 0
    assert rows()[-1] == (4, "denial")


def test_what_follows_quit_is_not_read(plain: Callable[[str], Result]) -> None:
    assert plain("c\nquit\nhello\nc\n").status == 0
    assert rows() == [(1, "claim")]


def test_the_help_names_every_word_its_key_and_every_label(plain: Callable[[str], Result]) -> None:
    out = plain("help\n?\n").out
    lines = out.splitlines()
    for word in WORDS:
        listed = [
            line for line in lines if line.startswith(f"{word.name} ") or word.name + ":" in line
        ]
        assert len([line for line in listed if word.does in line]) == 2
        if word.key:
            assert any(f" or {word.key}" in line for line in listed)
    for names in ("c, claim or 1: ", "d, denial or 2: ", "D N…: ", "D: ", "b, background or 3: "):
        assert sum(line.startswith(names) for line in lines) == 2


def test_a_reviewer_a_file_and_the_last_document(annotator: Command, folder: Path) -> None:
    (folder / "new.txt").write_text("One is here. Two is there.", encoding="utf-8")
    assert answer("new.txt", "--reviewer", "ben", lines="c\n").status == 0
    assert answer("--reviewer", "ben", lines="d\n").status == 0
    with closing(open_library(reviewer="ben")) as library:
        (shelved,) = library.list_documents()
    assert shelved.labelled_by_me == 2


def test_an_empty_library_says_what_to_do(annotator: Command) -> None:
    result = annotator("review", "--plain")
    assert (result.status, result.out) == (1, "")
    assert "annotator import" in result.message


def test_the_article_cannot_come_from_where_the_answers_do(
    annotator: Command, folder: Path
) -> None:
    result = annotator("review", "--plain", "-")
    assert result.status == 1
    assert "answers" in result.message
    assert "annotator import -" in result.message
    assert list((folder / "db").iterdir()) == []
