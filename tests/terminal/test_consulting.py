"""Split, guideline, history and others' labels in a real terminal of 80 columns and 24 rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.terminal.conftest import run
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path

RIGHT = "\x1b[C"
ARTICLE = (
    "The dam broke, they said. Nobody had\n\nlooked at it. It is closed; the owner denies it.\n"
)


@pytest.fixture
def article(folder: Path) -> str:
    """The id of an article of three sentences or more."""
    (folder / "dam.txt").write_text(ARTICLE, encoding="utf-8")
    return run("import", "dam.txt", cwd=folder).split()[0]


def open_small(folder: Path, article: str, *, reviewer: str = "ana") -> Terminal:
    return Terminal("review", article, cwd=folder, columns=80, rows=24, reviewer=reviewer)


def read_sentences(folder: Path) -> list[tuple[str, str | None]]:
    found = json.loads(run("export", cwd=folder))["documents"][0]
    for sentence in found["sentences"]:
        assert found["text"][sentence["start"] : sentence["end"]] == sentence["text"]
    return [(sentence["text"], sentence["label"]) for sentence in found["sentences"]]


@pytest.mark.parametrize(
    ("keys", "sentences"),
    [
        (
            ["c", "k", "S", "enter", "d"],
            [("The dam broke,", "denial"), ("they said.", "claim")],
        ),
        (
            ["S", RIGHT, "enter", "j", "b"],
            [("The dam broke, they", None), ("said.", "background")],
        ),
        (["S", "home", "l", "l", "escape", "c"], [("The dam broke, they said.", "claim")]),
        (["S", "enter", "J", "c"], [("The dam broke, they said.", "claim")]),
        (["S", "enter", "u", "c"], [("The dam broke, they said.", "claim")]),
        (["i", "d", "q", "c"], [("The dam broke, they said.", "claim")]),
        (["h", "a", "d", "h", "c"], [("The dam broke, they said.", "claim")]),
        (["h", "escape", "v", "c"], [("The dam broke, they said.", "claim")]),
    ],
)
def test_keys_in_one_burst_are_done_in_their_order(
    folder: Path, article: str, keys: list[str], sentences: list[tuple[str, str | None]]
) -> None:
    # What a terminal makes of `escape` and a letter close together is neither of the two.
    at = keys.index("escape") + 1 if "escape" in keys else len(keys)
    with open_small(folder, article) as terminal:
        terminal.wait_for(r"1/\d")
        terminal.press(*keys[:at])
        if keys[at:]:
            terminal.wait_for("background")
            while "escape c" in terminal.text:
                terminal.take()
            terminal.press(*keys[at:])
        terminal.wait_for("saved ✓")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert read_sentences(folder)[: len(sentences)] == sentences


def test_a_split_is_seen_and_told(folder: Path, article: str) -> None:
    with open_small(folder, article) as terminal:
        terminal.wait_for(r"1/\d")
        terminal.press("c", "k", "S")
        terminal.wait_for("Split sentence 1")
        terminal.wait_for("broke, ¦ they said.")
        terminal.wait_for("Both halves keep what it has: claim")
        terminal.press(RIGHT)
        terminal.wait_for("they ¦ said.")
        terminal.press("enter")
        terminal.wait_for("Split into 1 and 2: both claim")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert read_sentences(folder)[:2] == [("The dam broke, they", "claim"), ("said.", "claim")]
    told = run("history", article, "--reviewer", "ana", cwd=folder)
    assert "before “said.”; claim" in told


def test_guideline_and_history_are_read_and_closed(folder: Path, article: str) -> None:
    with open_small(folder, article) as terminal:
        terminal.wait_for(r"1/\d")
        terminal.press("d", "k", "i")
        assert "Labelling guideline" not in terminal.wait_for("denial: someone in the sentence")
        terminal.press("home")
        terminal.wait_for("Labelling guideline")
        terminal.press("end")
        terminal.wait_for("those corpora.")
        terminal.press("i", "h")
        terminal.wait_for("2 events, newest first")
        terminal.wait_for("label – → denial")
        terminal.press("a")
        terminal.wait_for("History of the document")
        terminal.press("h", "q")
        assert terminal.wait_for_end() == 0


def test_others_labels_come_after_ones_own(folder: Path, article: str) -> None:
    with open_small(folder, article, reviewer="ben") as terminal:
        terminal.wait_for(r"1/\d")
        terminal.press("d")
        terminal.wait_for("saved ✓")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    with open_small(folder, article) as terminal:
        terminal.wait_for(r"1/\d")
        terminal.press("v")
        assert "ben" not in terminal.wait_for("Label sentence 1 first")
        terminal.press("c", "k", "v")
        terminal.wait_for(r"ben +denial")
        terminal.press("v", "q")
        assert terminal.wait_for_end() == 0
    assert "\tseen\t" in run("history", article, "--reviewer", "ana", cwd=folder)
