"""Denials and their claims in a real terminal, their keys typed without waiting."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest

from tests.terminal.conftest import run
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path


def read_said(cwd: Path) -> dict[int, tuple[str | None, list[int]]]:
    """By sentence number: its label and the numbers of those that it denies."""
    sentences = json.loads(run("export", cwd=cwd))["documents"][0]["sentences"]
    numbers = {sentence["id"]: sentence["index"] + 1 for sentence in sentences}
    return {
        sentence["index"] + 1: (said["label"], [numbers[id_] for id_ in said["denies"]])
        for sentence in sentences
        for said in sentence["annotations"]
    }


CLAIMS: Final[dict[int, tuple[str | None, list[int]]]] = {1: ("claim", []), 2: ("claim", [])}


@pytest.mark.parametrize(
    ("keys", "said", "number"),
    [
        pytest.param(
            ["D", "enter", "c"], {3: ("denial", [2]), 4: ("claim", [])}, 5, marks=pytest.mark.long
        ),
        pytest.param(
            ["D", "21", "enter", "c"],
            {3: ("denial", [1, 2]), 4: ("claim", [])},
            5,
            marks=pytest.mark.long,
        ),
        (["D", "j", " ", "enter", "D", "enter"], {3: ("denial", [1]), 4: ("denial", [2])}, 5),
        pytest.param(
            ["D", "down", "enter", "b"],
            {3: ("denial", [1]), 4: ("background", [])},
            5,
            marks=pytest.mark.long,
        ),
        pytest.param(
            ["D", "/part 1", "enter", "enter", "c"],
            {3: ("denial", [1]), 4: ("claim", [])},
            5,
            marks=pytest.mark.long,
        ),
        (["D", "/", "1x\x7f", "enter", "enter", "c"], {3: ("denial", [1]), 4: ("claim", [])}, 5),
        (
            ["d", "k", "l", "1", "enter", "x", "u", "j", "c"],
            {3: ("denial", [2]), 4: ("claim", [])},
            5,
        ),
        pytest.param(
            ["D", "enter", "u", "U", "j", "b"],
            {3: ("denial", [2]), 4: ("background", [])},
            5,
            marks=pytest.mark.long,
        ),
    ],
)
def test_what_is_typed_at_once_is_done_in_its_order(
    folder: Path, keys: list[str], said: dict[int, tuple[str | None, list[int]]], number: int
) -> None:
    text = "\n\n".join(f"Here comes part {n} of it." for n in range(1, 9))
    (folder / "parts.txt").write_text(text, encoding="utf-8")
    with Terminal("parts.txt", cwd=folder) as terminal:
        terminal.wait_for(r"1 of \d+")
        terminal.press("cc", *keys)
        terminal.wait_for(rf"\b{number} of ")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert read_said(folder) == CLAIMS | said


def test_a_whole_session_with_the_picker_on_a_small_screen(folder: Path) -> None:
    with Terminal(cwd=folder, columns=80, rows=24) as terminal:
        terminal.wait_for(r"1/\d+")
        terminal.press("bb", "ccccc")
        terminal.wait_for("8/")
        terminal.press("D")
        terminal.wait_for("What does sentence 8 deny")
        terminal.wait_for("escape changes nothing")
        terminal.press("3")
        terminal.wait_for(r"\[x\] 3")
        terminal.press("escape")
        terminal.wait_for(r"(?m)^ ▶ +8  ·")
        terminal.press("D")
        terminal.wait_for("enter  sentence 8 denies 7")
        terminal.press("5", "1")
        terminal.wait_for("enter  sentence 8 denies 3, 7")
        terminal.press("enter")
        terminal.wait_for(r"↳ denies 3, 7")
        terminal.press("k", "l", "/chlorine", "enter", "1", "enter")
        terminal.wait_for(r"↳ denies 7")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert read_said(folder)[8] == ("denial", [7])
