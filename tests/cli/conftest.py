"""A working folder with a `db/`, someone called ana in it, and the commands that she types."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from annotator.cli import main
from annotator.session import open_library
from annotator.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.session import Session

ARTICLE = "The bridge closed\n\nThe mayor said it was safe. An engineer denied that. It rained.\n"
"""Four sentences in two paragraphs."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a command came to."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[list[str]]:
        """A table's cells."""
        return [line.split("\t") for line in self.out.splitlines()]

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def message(self) -> str:
        """The one line on stderr of a command that failed."""
        assert self.err.endswith("\n")
        lines = self.err.removesuffix("\n").split("\n")
        assert len(lines) == 1, lines
        assert lines[0].startswith("annotator: ")
        return lines[0].removeprefix("annotator: ")


class Command:
    """Types commands: here, or in a program of its own."""

    def __init__(self, capture: pytest.CaptureFixture[bytes]) -> None:
        self._capture = capture
        self.on_terminal = False

    def __call__(self, *arguments: str) -> Result:
        self._capture.readouterr()
        with pytest.MonkeyPatch.context() as patch:
            if self.on_terminal:
                for stream in (sys.stdin, sys.stdout, sys.stderr):
                    patch.setattr(stream, "isatty", lambda: True)
            status = main(arguments)
        out, err = self._capture.readouterr()
        return Result(status, out.decode("utf-8"), err.decode("utf-8"))

    def import_(self, path: Path, text: str = ARTICLE) -> str:
        """Write an article to a file and bring it in; returns its id."""
        path.write_text(text, encoding="utf-8", newline="")
        result = self("import", path.name)
        assert result.status == 0, result.err
        return result.out.split()[0]


def run_apart(
    *arguments: str, environment: dict[str, str] | None = None, through: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[bytes]:
    """`annotator` as a program of its own; `through` is a program that starts it."""
    return subprocess.run(
        [*through, sys.executable, "-m", "annotator", *arguments],
        capture_output=True,
        check=False,
        env=os.environ | (environment or {}),
        timeout=60,
    )


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder; nothing outside of it is read or written."""
    for name in ("ANNOTATOR_DB", "ANNOTATOR_REVIEWER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LOGNAME", "ana")
    monkeypatch.setenv("TERM", "xterm-256color")
    (tmp_path / "db").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def annotator(capsysbinary: pytest.CaptureFixture[bytes]) -> Command:
    return Command(capsysbinary)


@pytest.fixture
def article(annotator: Command, folder: Path) -> str:
    """The id of an article of four sentences in the library."""
    return annotator.import_(folder / "article.txt")


@pytest.fixture
def label() -> Callable[..., None]:
    """Do something in a document as a reviewer."""

    def act(document_id: str, work: Callable[[Session], object], *, reviewer: str = "ana") -> None:
        with closing(open_library(reviewer=reviewer)) as library:
            work(library.open(library.resolve(document_id)))

    return act


@pytest.fixture
def on_terminal(annotator: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """stdin, stdout and stderr say that they are a terminal of 60 columns."""
    monkeypatch.setenv("COLUMNS", "60")
    annotator.on_terminal = True


@pytest.fixture
def type_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Put bytes on stdin."""

    def put(content: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    return put


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Writes wait for another program's for 50 milliseconds, not for 5 seconds."""
    monkeypatch.setattr(SqliteStore, "open", partial(SqliteStore.open, patience_ms=50))
