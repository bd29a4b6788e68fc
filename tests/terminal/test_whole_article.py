"""The main job in a real terminal: from the first sentence to the export."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from time import monotonic
from typing import Final

import jsonschema
import pytest

from tests.terminal.conftest import read_labels, run
from tests.terminal.screen import Terminal

CORPUS: Final = os.environ.get("ANNOTATOR_CORPUS")
KEYS: Final = {"claim": "c", "denial": "d", "background": "b"}


@pytest.fixture
def source(origin: str, folder: Path) -> str:
    """An article's file."""
    if origin == "sample":
        from annotator.sample import read_sample

        (folder / "sample.txt").write_text(read_sample(), encoding="utf-8")
        return "sample.txt"
    if CORPUS is None:
        pytest.skip("ANNOTATOR_CORPUS does not say where the corpus is")
    return str(Path(CORPUS) / "article.txt")


@pytest.mark.parametrize(
    ("origin", "columns", "rows"),
    [
        ("sample", 80, 24),
        ("article", 120, 40),
        pytest.param("sample", 120, 40, marks=pytest.mark.long),
        pytest.param("article", 80, 24, marks=pytest.mark.long),
    ],
)
def test_an_article_is_labelled_from_the_first_sentence_to_the_last(
    folder: Path, source: str, columns: int, rows: int
) -> None:
    imported = run("import", source, "--db", "db/annotator.db", cwd=folder)
    count = int(imported.split("\t")[1])
    labels = [list(KEYS)[number * number % 3] for number in range(count)]
    where = r"\b{} of {}\b" if columns >= 100 else r"(?m)^ {}/{} "
    with Terminal("review", cwd=folder, columns=columns, rows=rows) as terminal:
        for number, label in enumerate(labels, 1):
            terminal.wait_for(where.format(number, count))
            terminal.press(KEYS[label])
        terminal.wait_for("every sentence has a label")
        terminal.wait_for("saved ✓")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert read_labels(folder) == labels

    exported = run("export", cwd=folder)
    assert run("export", cwd=folder) == exported
    parsed = json.loads(exported)
    jsonschema.validate(parsed, json.loads(run("schema", cwd=folder)))
    document = parsed["documents"][0]
    for sentence in document["sentences"]:
        assert document["text"][sentence["start"] : sentence["end"]] == sentence["text"]
    assert "FAILED" not in run("verify", cwd=folder)


def test_labels_agree_with_a_careful_reading_of_the_article(folder: Path) -> None:
    if CORPUS is None:
        pytest.skip("ANNOTATOR_CORPUS does not say where the corpus is")
    gold = json.loads((Path(CORPUS) / "article_labels.json").read_text(encoding="utf-8"))
    with Terminal(str(Path(CORPUS) / "article.txt"), cwd=folder) as terminal:
        for number, sentence in enumerate(gold, 1):
            terminal.wait_for(rf"\b{number} of {len(gold)}\b")
            terminal.press(KEYS[sentence["label"]])
        terminal.wait_for("every sentence has a label")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    exported = json.loads(run("export", cwd=folder))["documents"][0]["sentences"]
    assert [(found["text"], found["label"]) for found in exported] == [
        (sentence["text"], sentence["label"]) for sentence in gold
    ]


def test_a_newcomer_gets_the_sample_and_comes_back_to_where_they_were(folder: Path) -> None:
    with Terminal(cwd=folder) as terminal:
        terminal.wait_for(r"1 of \d+")
        terminal.press("b", "b", "c")
        terminal.wait_for("4 of")
        terminal.press("n", "Who says so?", "enter")
        terminal.wait_for("Who says so")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    with Terminal(cwd=folder) as terminal:
        terminal.wait_for("Library: 1 document")
        terminal.press("enter")
        terminal.wait_for("4 of")
        terminal.press("u")
        terminal.wait_for("undone · saved ✓")
        terminal.press("u")
        terminal.wait_for("3 of")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert read_labels(folder)[:4] == ["background", "background", None, None]


def test_the_terminal_is_left_as_it_was_found(folder: Path) -> None:
    with Terminal(cwd=folder) as terminal:
        terminal.wait_for(r"1 of \d+")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        switched_on = terminal.raw.rindex(b"\x1b[?1049h")
        assert terminal.raw.rindex(b"\x1b[?1049l") > switched_on
        assert terminal.raw.rindex(b"\x1b[?25h") > switched_on


def test_help_and_palette_in_a_real_terminal(folder: Path) -> None:
    with Terminal(cwd=folder, columns=80, rows=24) as terminal:
        terminal.wait_for(r"1/\d+")
        terminal.press("f1")
        terminal.wait_for("Clear the label")
        terminal.press("q")
        terminal.wait_for(r"(?m)^ ▶   1  ·")
        terminal.press("ctrl+p")
        terminal.wait_for("Search for commands")
        terminal.press("label claim")
        terminal.wait_for("Label claim ")
        terminal.press("enter")
        terminal.wait_for("saved ✓")
        terminal.press("q")
        assert terminal.wait_for_end() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="job control is checked where /proc is")
def test_ctrl_z_suspends_and_fg_comes_back(folder: Path) -> None:
    import signal

    with Terminal(cwd=folder) as terminal:
        terminal.wait_for(r"1 of \d+")
        terminal.press("c")
        terminal.wait_for("saved ✓")
        terminal.press("ctrl+z")
        status = Path(f"/proc/{terminal.child.pid}/status")
        until = monotonic() + 20
        while "T (stopped)" not in status.read_text(encoding="utf-8"):
            assert monotonic() < until, "it was not suspended"
            terminal.take()
        terminal.child.kill(signal.SIGCONT)
        terminal.press("d")
        terminal.wait_for("3 of")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert read_labels(folder)[:2] == ["claim", "denial"]
