"""What a real terminal's tests share: a folder, and commands to look at it afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str, cwd: Path) -> str:
    """What a command prints; it must succeed."""
    return subprocess.run(
        [sys.executable, "-m", "annotator", *arguments],
        cwd=cwd,
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout


def read_labels(cwd: Path, *, reviewer: str = "ana") -> list[str | None]:
    """The labels in the export, by sentence."""
    exported = json.loads(run("export", "--reviewer", reviewer, cwd=cwd))
    return [sentence["label"] for sentence in exported["documents"][0]["sentences"]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working folder with a `db/`, like a checkout's."""
    (tmp_path / "db").mkdir()
    return tmp_path
