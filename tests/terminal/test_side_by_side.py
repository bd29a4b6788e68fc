"""Two reviewers in two terminals on one database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.sample import read_sample
from tests.terminal.conftest import read_labels, run
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path


def test_two_terminals_label_at_once_and_neither_loses_a_label(folder: Path) -> None:
    (folder / "article.txt").write_text(read_sample(), encoding="utf-8")
    count = int(run("import", "article.txt", cwd=folder).split("\t")[1])
    with (
        Terminal("review", cwd=folder, reviewer="ana") as ana,
        Terminal("review", cwd=folder, reviewer="ben") as ben,
    ):
        ana.wait_for(rf"1 of {count}")
        ben.wait_for(rf"1 of {count}")
        ana.press("c" * count)
        ben.press("d" * count)
        for terminal in (ana, ben):
            screen = terminal.wait_for("every sentence has a label")
            assert "locked" not in screen
            assert "not saved" not in screen
            terminal.press("q")
            assert terminal.wait_for_end() == 0
    assert read_labels(folder, reviewer="ana") == ["claim"] * count
    assert read_labels(folder, reviewer="ben") == ["denial"] * count
    assert "FAILED" not in run("verify", cwd=folder)
