"""A terminal that goes away, is put aside, or changes its size: what was painted is saved."""

from __future__ import annotations

import os
import resource
import signal
from random import Random
from time import monotonic, sleep
from typing import TYPE_CHECKING

import pytest

from tests.terminal.conftest import read_labels, run
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path

LABELS = {"c": "claim", "d": "denial", "b": "background"}


def check_saved(folder: Path, keys: str) -> None:
    found = read_labels(folder)
    assert found[: len(keys)] == [LABELS[key] for key in keys]
    assert "FAILED" not in run("verify", cwd=folder)


def resize(terminal: Terminal, columns: int, rows: int) -> None:
    terminal.child.setwinsize(rows, columns)
    terminal._screen.resize(rows, columns)


def test_a_terminal_that_is_closed_ends_the_program_and_loses_nothing(folder: Path) -> None:
    # Not the signal alone: the window is gone, and nobody reads what the program writes.
    with Terminal(cwd=folder) as terminal:
        terminal.wait_for(r"1 of \d+")
        terminal.press("c", "d")
        terminal.wait_for(r"\b3 of ")
        pid = find_pid(terminal)
        terminal.child.close(force=False)
        until = monotonic() + 10
        while is_running(pid) and monotonic() < until:
            sleep(0.05)
        assert not is_running(pid)
    check_saved(folder, "cd")


def find_pid(terminal: Terminal) -> int:
    pid = terminal.child.pid
    assert pid is not None
    return pid


def is_running(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG) == (0, 0)
    except ChildProcessError:
        return False


def test_on_a_full_disk_nothing_counts_as_saved_until_there_is_room(folder: Path) -> None:
    with Terminal(cwd=folder) as terminal:
        terminal.wait_for(r"1 of \d+")
        terminal.press("c")
        terminal.wait_for(r"\b2 of ")
        pid = find_pid(terminal)
        _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, most))
        terminal.press("d")
        terminal.wait_for("not saved")
        assert read_labels(folder)[1] is None
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))
        terminal.press("b")
        terminal.wait_for(r"\b3 of ")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    check_saved(folder, "cb")


def test_a_database_deleted_under_the_app_is_told_and_nothing_counts_as_saved(
    folder: Path,
) -> None:
    with Terminal(cwd=folder) as terminal:
        terminal.wait_for(r"1 of \d+")
        terminal.press("c")
        terminal.wait_for(r"\b2 of ")
        database = folder / "db" / "annotator.db"
        database.rename(folder / "away.db")
        terminal.press("d")
        terminal.wait_for("not saved")
        (folder / "away.db").rename(database)
        terminal.press("b")
        terminal.wait_for(r"\b3 of ")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    check_saved(folder, "cb")


def test_suspended_and_resumed_again_and_again_it_goes_on_labelling(folder: Path) -> None:
    with Terminal(cwd=folder) as terminal:
        terminal.wait_for(r"1 of \d+")
        for number, key in enumerate("cdb"):
            terminal.press("ctrl+z")
            until = monotonic() + 10
            while not is_stopped(find_pid(terminal)):
                assert monotonic() < until, "it was not suspended"
                terminal.take()
            terminal.child.kill(signal.SIGCONT)
            terminal.wait_for(rf"\b{number + 1} of ")
            terminal.press(key)
            terminal.wait_for(rf"\b{number + 2} of ")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    check_saved(folder, "cdb")


def is_stopped(pid: int) -> bool:
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:  # noqa: PTH123
        return file.read().rsplit(") ", 1)[1].startswith("T")


@pytest.mark.parametrize("times", [100, pytest.param(1000, marks=pytest.mark.long)])
def test_resized_again_and_again_it_goes_on_labelling(folder: Path, times: int) -> None:
    random, keys = Random(6), "cdbcd"
    with Terminal(cwd=folder) as terminal:
        terminal.wait_for(r"1 of \d+")
        for number in range(times):
            resize(terminal, random.randrange(1, 200), random.randrange(1, 60))
            if number % (times // len(keys)) == 0:
                terminal.press(keys[number // (times // len(keys))])
            terminal.take()
        resize(terminal, 120, 40)
        terminal.wait_for(rf"\b{len(keys) + 1} of ")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    check_saved(folder, keys)


@pytest.mark.parametrize(("columns", "rows"), [(80, 1), (80, 2), (1, 24), (1, 1), (20, 5)])
def test_in_a_terminal_with_next_to_no_room_every_key_does_what_it_does(
    folder: Path, columns: int, rows: int
) -> None:
    with Terminal(cwd=folder) as terminal:
        terminal.wait_for(r"1 of \d+")
        resize(terminal, columns, rows)
        terminal.press(*"cdb", "?", "escape", "/", "escape", "n", "escape", "c")
        resize(terminal, 120, 40)
        terminal.wait_for(r"\b5 of ")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    check_saved(folder, "cdbc")


def test_it_begins_in_a_terminal_one_row_high(folder: Path) -> None:
    with Terminal(cwd=folder, rows=1) as terminal:
        terminal.wait_for(r"\S")
        resize(terminal, 120, 40)
        terminal.wait_for(r"1 of \d+")
        terminal.press("c")
        terminal.wait_for(r"\b2 of ")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    check_saved(folder, "c")
