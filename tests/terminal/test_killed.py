"""What was painted as saved is there after the program was killed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator.sample import read_sample
from tests.terminal.conftest import read_labels, run
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path

KEYS = "cdb"
LABELS = ("claim", "denial", "background")


@pytest.mark.parametrize("kills", [4, pytest.param(30, marks=pytest.mark.long)])
def test_labels_each_painted_then_killed_are_all_there(folder: Path, kills: int) -> None:
    (folder / "article.txt").write_text(read_sample(), encoding="utf-8")
    run("import", "article.txt", cwd=folder)
    for number in range(kills):
        with Terminal("review", cwd=folder) as terminal:
            terminal.wait_for(rf"\b{number + 1} of ")
            terminal.press(KEYS[number % 3])
            terminal.wait_for(rf"\b{number + 2} of ")
            terminal.kill()
    labels = read_labels(folder)
    assert labels[:kills] == [LABELS[number % 3] for number in range(kills)]
    assert set(labels[kills:]) <= {None}
    assert "FAILED" not in run("verify", cwd=folder)


def test_killed_in_the_middle_of_a_run_nothing_painted_is_lost(folder: Path) -> None:
    with Terminal(cwd=folder) as terminal:
        terminal.wait_for(r"1 of \d+")
        terminal.press(*"cdbcdbcdbcdb")
        screen = terminal.wait_for(r"\b(?:9|1\d) of ")
        terminal.kill()
    found = read_labels(folder)
    painted = next(number for number in range(13, 8, -1) if f" {number} of " in screen) - 1
    assert found[:painted] == [LABELS[number % 3] for number in range(painted)]
    assert "FAILED" not in run("verify", cwd=folder)


def test_a_closed_terminal_loses_nothing(folder: Path) -> None:
    import signal

    with Terminal(cwd=folder) as terminal:
        terminal.wait_for(r"1 of \d+")
        terminal.press("c", "d")
        terminal.wait_for(r"\b3 of ")
        terminal.child.kill(signal.SIGHUP)
        terminal.wait_for_end()
    assert read_labels(folder)[:3] == ["claim", "denial", None]
    assert "FAILED" not in run("verify", cwd=folder)
