"""Keys that come faster than screens open and close: pasted, over a slow line, or behind a backlog.

In one write, so that the program finds them all waiting at once; a pilot waits between keys and
cannot see this.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.sample import read_sample
from tests.terminal.conftest import read_labels, run
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path


BACK, LEFT = "\x7f", "\x1b[D"


def read_said(cwd: Path) -> dict[int, tuple[str | None, str | None]]:
    """By sentence number: its label and its note."""
    exported = json.loads(run("export", cwd=cwd))["documents"][0]["sentences"]
    return {
        sentence["index"] + 1: (said["label"], said["note"])
        for sentence in exported
        for said in sentence["annotations"]
    }


@pytest.mark.parametrize(
    ("keys", "said", "number"),
    [
        (["n", "hi", "enter", "c"], {1: ("claim", "hi")}, 2),
        (["n", "x", "enter", "jj", "c"], {1: (None, "x"), 3: ("claim", None)}, 4),
        (["g", "7", "enter", "c"], {7: ("claim", None)}, 8),
        pytest.param(
            ["g", "7", "enter", "enter", "d"], {7: ("denial", None)}, 8, marks=pytest.mark.long
        ),
        (["??", "c"], {1: ("claim", None)}, 2),
        pytest.param(["?", "q", "c"], {1: ("claim", None)}, 2, marks=pytest.mark.long),
        (["n", "enter", "enter", "enter", "b"], {1: ("background", None)}, 2),
        (
            ["n", "one", "enter", "j", "n", "two", "enter", "c"],
            {1: (None, "one"), 2: ("claim", "two")},
            3,
        ),
        pytest.param(
            ["n", "abc", BACK, BACK, "X", "enter", "c"],
            {1: ("claim", "aX")},
            2,
            marks=pytest.mark.long,
        ),
        pytest.param(
            ["n", "abc", LEFT, LEFT, "Z", "enter", "c"],
            {1: ("claim", "aZbc")},
            2,
            marks=pytest.mark.long,
        ),
        (["n", "abc", "home", "X", "delete", "end", "Y", "enter", "c"], {1: ("claim", "XbcY")}, 2),
        (["g", "99", BACK, BACK, "7", "enter", "c"], {7: ("claim", None)}, 8),
        (["n", "ab", "ctrl+p", "c", "enter", "c"], {1: ("claim", "abc")}, 2),
        (["c" * 10, "u" * 4, "U"], dict.fromkeys(range(1, 8), ("claim", None)), 7),
    ],
)
def test_keys_are_done_in_the_order_in_which_they_were_typed(
    folder: Path, keys: list[str], said: dict[int, tuple[str | None, str | None]], number: int
) -> None:
    with Terminal(cwd=folder) as terminal:
        terminal.wait_for(r"1 of \d+")
        terminal.press(*keys)
        terminal.wait_for(rf"\b{number} of ")
        terminal.wait_for("saved ✓")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert read_said(folder) == said


def test_two_hundred_keys_at_once_are_two_hundred_labels(folder: Path) -> None:
    lines = [f"Sentence {number} of the report." for number in range(1, 221)]
    (folder / "long.txt").write_text("\n\n".join(lines), encoding="utf-8")
    with Terminal("long.txt", cwd=folder) as terminal:
        terminal.wait_for(r"1 of \d+")
        terminal.press("cdb" * 66 + "cd")
        terminal.wait_for(r"\b201 of ")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    labels = read_labels(folder)
    assert labels[:3] == ["claim", "denial", "background"]
    assert sum(label is not None for label in labels) == 200


def test_what_was_typed_while_a_save_failed_is_not_done_to_another_sentence(folder: Path) -> None:
    (folder / "article.txt").write_text(read_sample(), encoding="utf-8")
    run("import", "article.txt", cwd=folder)
    with Terminal("review", cwd=folder) as terminal:
        terminal.wait_for(r"1 of \d+")
        database = folder / "db" / "annotator.db"
        with closing(sqlite3.connect(database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            terminal.press("c", "d", "b")
            terminal.wait_for("not saved")
            other.execute("ROLLBACK")
        terminal.press("c")
        terminal.wait_for("2 of")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert read_said(folder) == {1: ("claim", None)}


def test_a_paste_of_several_lines_is_a_note_of_one(folder: Path) -> None:
    with Terminal(cwd=folder) as terminal:
        terminal.wait_for(r"1 of \d+")
        terminal.press("n")
        terminal.wait_for("Note on sentence 1")
        terminal.press("\x1b[200~first [b]\nsecond\n\x1b[201~", "enter")
        terminal.wait_for(r"note +first \[b\] second")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert read_said(folder) == {1: (None, "first [b] second")}


def test_ended_from_outside_it_leaves_the_terminal_as_it_found_it(folder: Path) -> None:
    import signal

    with Terminal(cwd=folder) as terminal:
        terminal.wait_for(r"1 of \d+")
        terminal.press("c")
        terminal.wait_for("saved ✓")
        terminal.child.kill(signal.SIGTERM)
        terminal.wait_for_end()
        assert terminal.raw.rindex(b"\x1b[?1049l") > terminal.raw.rindex(b"\x1b[?1049h")
    assert read_said(folder) == {1: ("claim", None)}
