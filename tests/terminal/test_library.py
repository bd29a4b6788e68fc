"""The library and its search in a real terminal of 80 by 24, typed without waiting."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.terminal.conftest import run
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path

TITLES = ("Alder", "Birch", "Cedar")


@pytest.fixture
def shelf(folder: Path) -> Path:
    """A folder with three articles of five sentences in the library; the newest is the last."""
    for title in TITLES:
        lines = [f"{title} sentence {number} speaks of {title.lower()}s." for number in range(1, 5)]
        text = "\n\n".join([title, *lines])
        (folder / f"{title.lower()}.txt").write_text(text, encoding="utf-8")
    run("import", *(f"{title.lower()}.txt" for title in TITLES), cwd=folder)
    return folder


def read_labels_by_title(cwd: Path) -> dict[str, list[str | None]]:
    """What was labelled: title → labels, of the documents that have any."""
    labels = {
        document["title"]: [sentence["label"] for sentence in document["sentences"]]
        for document in json.loads(run("export", cwd=cwd))["documents"]
    }
    return {title: found for title, found in labels.items() if any(found)}


FIRST, FOURTH = ["claim", None, None, None, None], [None, None, None, "claim", None]
NONE_BUT_SECOND = [None, "claim", None, None, None]


@pytest.mark.parametrize(
    ("keys", "labelled", "number"),
    [
        (
            ["home", "enter", "c", "escape", "j", "enter", "c", "L", "x", "enter", "c"],
            {"Alder": FIRST, "Cedar": FIRST},
            2,
        ),
        (
            ["home", "enter", "c", "]", "]", "]", "c", "[", "c"],
            {"Alder": FIRST, "Birch": FIRST, "Cedar": FIRST},
            2,
        ),
        pytest.param(
            ["/", "bir", "enter", "enter", "c"], {"Birch": FIRST}, 2, marks=pytest.mark.long
        ),
        (["/", "bir", "escape", "home", "?", "q", "enter", "c"], {"Alder": FIRST}, 2),
        pytest.param(
            ["f", "cedars", "enter", "c"], {"Cedar": NONE_BUT_SECOND}, 3, marks=pytest.mark.long
        ),
        (
            ["f", "birchs 3", "\x7f" * 8, "alders 3", "down", "up", "enter", "c"],
            {"Alder": FOURTH},
            5,
        ),
        (["home", "x", "t", "r", "t", "home", "enter", "c"], {"Alder": FIRST}, 2),
    ],
)
def test_keys_are_done_in_order_from_screen_to_screen(
    shelf: Path, keys: list[str], labelled: dict[str, list[str | None]], number: int
) -> None:
    with Terminal(cwd=shelf, columns=80, rows=24) as terminal:
        terminal.wait_for("3 documents")
        terminal.press(*keys)
        terminal.wait_for(rf"(?m)^ {number}/5 ")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert read_labels_by_title(shelf) == labelled


def test_a_whole_session_in_the_library(folder: Path) -> None:
    """From nothing: the sample, an import with completion, an export that asks twice."""
    (folder / "articles").mkdir()
    (folder / "articles" / "dam.txt").write_text("The dam\n\nIt broke.\n", encoding="utf-8")
    with Terminal(cwd=folder, columns=80, rows=24) as terminal:
        terminal.wait_for(r"1/\d+")
        terminal.press("b", "escape")
        terminal.wait_for("Library: 1 document")
        terminal.press("o", "art", "tab", "d", "tab", "enter")
        terminal.wait_for("Library: 2 documents")
        terminal.wait_for("▶ The dam")
        terminal.press("enter", "c", "c", "escape")
        terminal.wait_for("━+ +2/2")
        for asked in (1, 2):
            terminal.press("e")
            terminal.wait_for("the-dam.json")
            terminal.press("enter", *(["enter"] if asked == 2 else []))
            terminal.wait_for("The labels are in the-dam.json")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    exported = json.loads((folder / "the-dam.json").read_text(encoding="utf-8"))
    document = exported["documents"][0]
    assert [found["label"] for found in document["sentences"]] == ["claim", "claim"]
    assert (
        run("export", document["id"], cwd=folder).encode() == (folder / "the-dam.json").read_bytes()
    )
