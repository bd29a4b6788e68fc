"""Search, filter and speakers in a real terminal: a session at 80×24, and keys typed at once."""

from __future__ import annotations

import base64
import json
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.terminal.conftest import run
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path

REPORT = """\
The harbour wall

A Northern diplomat told the Herald that the wall was thin. The mill denied it.

“The wall’s been thin for years. Nobody looked,” the mayor said. It rained.
"""
# 1 The harbour wall · 2 A Northern diplomat … · 3 The mill … · 4 “The wall’s … · 5 Nobody …
# 6 It rained.

Said = tuple[str | None, str | None, str | None]


def read_said(cwd: Path) -> dict[int, Said]:
    """By sentence number: its label, its speaker, its note."""
    exported = json.loads(run("export", cwd=cwd))["documents"][0]["sentences"]
    return {
        sentence["index"] + 1: (said["label"], said["speaker"], said["note"])
        for sentence in exported
        for said in sentence["annotations"]
    }


@pytest.fixture
def report(folder: Path) -> Path:
    """A folder with the report in its database."""
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    run("import", "report.txt", cwd=folder)
    return folder


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        pytest.param(
            ["/", "mill", "enter", "c"], {3: ("claim", None, None)}, marks=pytest.mark.long
        ),
        pytest.param(
            ["/", "wall", "enter", "n", "n", "c"],
            {4: ("claim", None, None)},
            marks=pytest.mark.long,
        ),
        (
            ["/", "wall", "enter", "nn", "c", "n", "hi", "enter"],
            {4: ("claim", None, None), 5: (None, None, "hi")},
        ),
        pytest.param(
            ["/", "walx", "\x7f", "l", "enter", "N", "d"],
            {4: ("denial", None, None)},
            marks=pytest.mark.long,
        ),
        (["/", "zebra", "enter", "c"], {1: ("claim", None, None)}),
        pytest.param(
            ["/", "mill", "enter", "n", "f", "c"],
            {3: ("claim", None, None)},
            marks=pytest.mark.long,
        ),
        pytest.param(
            ["s", "Ana", "enter", "c"], {1: ("claim", "Ana", None)}, marks=pytest.mark.long
        ),
        pytest.param(
            ["j", "s", "enter", "c"],
            {2: ("claim", "Northern diplomat", None)},
            marks=pytest.mark.long,
        ),
        (["j", "s", "down", "enter", "d"], {2: ("denial", "mill", None)}),
        pytest.param(
            ["j", "s", "mi", "tab", "ers", "enter", "d"],
            {2: ("denial", "millers", None)},
            marks=pytest.mark.long,
        ),
        (["s", "Ana", "enter", "s", "\x15", "enter", "b"], {1: ("background", None, None)}),
        (
            ["b", "k", "ss", "Ana", "enter", "j", "c"],
            {1: ("background", "Ana", None), 2: ("claim", None, None)},
        ),
        (
            ["cdc", "k", "F", "c", "d"],
            {1: ("claim", None, None), 2: ("denial", None, None), 3: ("denial", None, None)},
        ),
        (["F", "o", "end", "c"], {6: ("claim", None, None)}),
        (["F", "\x1b[B\x1b[B\x1b[B", "enter", "j", "c"], {2: ("claim", None, None)}),
    ],
)
def test_keys_are_done_in_the_order_in_which_they_were_typed(
    report: Path, keys: list[str], said: dict[int, Said]
) -> None:
    with Terminal("review", cwd=report) as terminal:
        terminal.wait_for("1 of 6")
        terminal.press(*keys)
        terminal.wait_for("saved ✓")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert read_said(report) == said


def test_a_session_of_finding_and_filtering_at_80_columns(report: Path) -> None:
    with Terminal("review", cwd=report, columns=80, rows=24) as terminal:
        terminal.wait_for(r"(?m)^ 1/6 ")
        terminal.press("/", "wall")
        terminal.wait_for("1 of 3 sentences")
        terminal.wait_for(r"(?m)^ find:  ?wall")
        terminal.press("enter")
        terminal.wait_for("find: wall · 1 of 3 sentences · n N next, previous")
        terminal.press("n", "n")
        terminal.wait_for(r"(?m)^ 4/6 ")
        terminal.press("c")
        terminal.wait_for("saved ✓")
        assert "find:" not in terminal.text
        terminal.press("k", "s")
        terminal.wait_for("▶ mayor")
        terminal.press("enter")
        terminal.wait_for(r"(?m)^ 4/6 .*speaker mayor")
        terminal.press("F")
        terminal.wait_for(r"no label +5\b")
        terminal.press("o")
        terminal.wait_for("filter: no label · ")
        assert not re.search(r"(?m)^\W+4  c", terminal.text)
        terminal.press("home", "b")
        terminal.wait_for("2 of 5")
        terminal.press("\x1b")
        terminal.wait_for(r"(?m)^\W+4  c")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert read_said(report) == {1: ("background", None, None), 4: ("claim", "mayor", None)}


def test_copying_tells_the_terminal_and_the_reviewer(report: Path) -> None:
    with Terminal("review", cwd=report) as terminal:
        terminal.wait_for("1 of 6")
        terminal.press("j", "y")
        terminal.wait_for("Copied with its source")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    sent = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", terminal.raw)
    assert [base64.b64decode(one).decode("utf-8") for one in sent] == [
        "“A Northern diplomat told the Herald that the wall was thin.” — The harbour wall,"
        " report.txt, sentence 2"
    ]


def test_what_was_typed_while_a_name_could_not_be_saved_is_dropped(report: Path) -> None:
    with Terminal("review", cwd=report) as terminal:
        terminal.wait_for("1 of 6")
        database = report / "db" / "annotator.db"
        with closing(sqlite3.connect(database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            terminal.press("s", "Ana", "enter", "c")
            terminal.wait_for("not saved")
            other.execute("ROLLBACK")
        terminal.wait_for("Who speaks in sentence 1")
        terminal.press("enter")
        terminal.wait_for("saved ✓")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert read_said(report) == {1: (None, "Ana", None)}
