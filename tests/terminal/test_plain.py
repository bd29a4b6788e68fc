"""The line mode in a real terminal: a prompt, plain lines, nothing that moves the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.terminal.conftest import read_labels, run
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path

CTRL_C, CTRL_D = "\x03", "\x04"


def begin(folder: Path) -> Terminal:
    (folder / "a.txt").write_text("It is one. It is two. It is three.\n", encoding="utf-8")
    run("import", "a.txt", cwd=folder)
    return Terminal("review", "--plain", cwd=folder, columns=80, rows=24)


def test_answers_are_asked_for_and_nothing_steers_the_terminal(folder: Path) -> None:
    with begin(folder) as terminal:
        terminal.wait_for(r"1 of 3: It is one\.\n>")
        terminal.press("c\r")
        terminal.wait_for(r"> c\nSentence 1: claim\n2 of 3: It is two\.\n>")
        terminal.press("nonsense\r")
        terminal.wait_for(r"annotator: 'nonsense' is no answer[^>]*\n>")
        terminal.press("D 1\rundo\rb\r")
        terminal.wait_for(r"Sentence 2: background\n3 of 3: It is three\.\n>")
        terminal.press("q\r")
        assert terminal.wait_for_end() == 1
        assert b"\x1b" not in terminal.raw
        assert b"\x07" not in terminal.raw
    assert read_labels(folder) == ["claim", "background", None]


def test_ctrl_d_ends_it_as_quit_does(folder: Path) -> None:
    with begin(folder) as terminal:
        terminal.wait_for("\n>")
        terminal.press("d\r", CTRL_D)
        screen = terminal.wait_for("3 sentences, 1 labelled, 2 open")
        assert "> 3 sentences" not in screen
        assert terminal.wait_for_end() == 0
    assert read_labels(folder) == ["denial", None, None]


def test_ctrl_c_at_the_prompt_is_130_and_what_was_labelled_stays(folder: Path) -> None:
    with begin(folder) as terminal:
        terminal.wait_for("\n>")
        terminal.press("d\r")
        terminal.wait_for("2 of 3")
        terminal.press(CTRL_C)
        assert terminal.wait_for_end() == 130
        assert b"Traceback" not in terminal.raw
    assert read_labels(folder) == ["denial", None, None]
