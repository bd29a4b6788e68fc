"""The line mode and its streams: bytes, pipes, databases and readers that fail."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from annotator.cli import command_line
from tests.cli.test_plain import answer, rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import Command


def test_control_characters_from_outside_never_reach_the_terminal(
    annotator: Command, folder: Path
) -> None:
    id_ = annotator.import_(folder / "a.txt", "It is \u202ereversed\u202c. Two\tcells.\n")
    result = answer(id_, lines="c\nnote \x1b[31mred\x07\nspeaker \u202eeman\n\x1b]0;x\x07\n")
    assert result.status == 1
    for text in (result.out, result.err):
        assert text.replace("\n", "").isprintable()


@pytest.mark.parametrize("lines", [b"c\r\nd\r\n", b"\xef\xbb\xbfc\nd", b"c\nd\n"])
def test_line_ends_and_a_byte_order_mark_of_any_system(article: str, lines: bytes) -> None:
    result = answer(article, lines=lines)
    assert (result.status, result.err) == (0, "")
    assert rows() == [(1, "claim"), (2, "denial")]


def test_bytes_that_are_no_text_are_no_answer(article: str) -> None:
    result = answer(article, lines=b"\xff\xfe\nc\nnote \xff\n")
    assert result.status == 1
    assert rows("label, note") == [(1, "claim", "\ufffd")]


def test_a_dumb_terminal_and_an_ascii_system_will_do(annotator: Command, folder: Path) -> None:
    id_ = annotator.import_(folder / "a.txt", "“Café” – naïve.\n")
    environment = {"TERM": "dumb", "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    result = answer(id_, lines="note “é”\n", environment=environment)
    assert (result.status, result.err) == (0, "")
    assert "Sentence 1: note “é”" in result.out
    assert rows("note") == [(1, "“é”")]


@pytest.mark.usefixtures("impatient")
def test_a_label_that_could_not_be_saved_is_said_and_the_next_one_is_for_the_same_sentence(
    annotator: Command, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sqlite3.connect("db/annotator.db", isolation_level=None)

    def read_lines() -> Iterator[str]:
        yield "c\n"
        other.execute("BEGIN IMMEDIATE")
        yield "c\n"
        other.execute("ROLLBACK")
        yield "d\n"

    monkeypatch.setattr("annotator.cli.plain._read_lines", read_lines)
    result = annotator("review", "--plain", article)
    other.close()
    assert result.status == 1
    assert "not saved" in result.message
    assert rows() == [(1, "claim"), (2, "denial")]


@pytest.mark.usefixtures("impatient")
def test_a_database_that_cannot_be_written_is_said_before_the_first_answer(
    annotator: Command, article: str
) -> None:
    other = sqlite3.connect("db/annotator.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    result = annotator("review", "--plain", article)
    other.close()
    assert (result.status, result.out) == (1, "")
    assert "locked" in result.message


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end differently on Windows")
def test_a_reader_that_goes_away_ends_it_quietly(article: str) -> None:
    read, write = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-m", "annotator", "review", "--plain", article],
        stdin=subprocess.PIPE,
        stdout=write,
        stderr=subprocess.PIPE,
    ) as child:
        os.close(write)
        os.read(read, 1)
        os.close(read)
        assert child.communicate(b"c\n" * 4, timeout=60)[1] == b""
    assert child.returncode == 141


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such redirection")
def test_a_standard_input_that_was_closed_is_1(article: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m annotator review --plain {article} <&-"],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(b"annotator: There is no standard input")


def test_a_program_can_answer_what_it_reads(article: str) -> None:
    """Every line is out before the next answer is read."""
    with subprocess.Popen(
        [sys.executable, "-m", "annotator", "review", "--plain", article],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as child:
        assert child.stdin
        assert child.stdout
        for number in range(1, 5):
            while not (line := child.stdout.readline()).startswith(f"{number} of 4".encode()):
                assert line
            child.stdin.write(b"c\n")
            child.stdin.flush()
        child.stdin.close()
        child.stdout.read()
    assert child.returncode == 0
    assert len(rows()) == 4


def test_in_clicks_own_runner(article: str) -> None:
    result = CliRunner().invoke(command_line, ["review", article, "--plain"], input="c\nd\nq\n")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert rows() == [(1, "claim"), (2, "denial")]


def test_nothing_of_the_terminal_app_is_loaded(article: str) -> None:
    code = (
        "import sys\nfrom annotator.cli import main\n"
        f"main(['review', '--plain', {article!r}])\n"
        "sys.exit('textual' in sys.modules or 'readline' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=b"c\n", capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
