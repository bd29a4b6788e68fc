"""Ended by the system, the program leaves nothing half-done behind."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.store.faults import ROOT
from tests.terminal.screen import take_signals

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    pytest.skip("there are no signals to send", allow_module_level=True)

ENDINGS = pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])


def begin(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=take_signals,  # noqa: PLW1509 - nothing else runs here
    )


def end(program: subprocess.Popen[str], ending: signal.Signals) -> tuple[int, str]:
    """Once it has said that it has begun; the exit status and what else it said on stderr."""
    with program:
        assert program.stdout is not None
        assert program.stdout.readline()
        program.send_signal(ending)
        said = program.communicate(timeout=30)[1]
    return program.returncode, said


@ENDINGS
def test_what_was_begun_is_cleared_away(tmp_path: Path, ending: signal.Signals) -> None:
    code = (
        "import sys, time\n"
        "from tempfile import TemporaryDirectory\n"
        "from annotator.cli.ending import clearing_away\n"
        "with clearing_away(), TemporaryDirectory(dir=sys.argv[1]) as folder:\n"
        "    print(folder, flush=True)\n"
        "    time.sleep(60)\n"
    )
    place = tmp_path / "copies"
    place.mkdir()
    assert end(begin(code, str(place)), ending) == (128 + ending, "")
    assert list(place.iterdir()) == []


@ENDINGS
def test_a_command_that_waits_for_an_answer_ends_without_a_word_more(
    tmp_path: Path, ending: signal.Signals
) -> None:
    code = "import sys; from annotator.cli import main; sys.exit(main(sys.argv[1:]))"
    article = tmp_path / "article.txt"
    article.write_text("The dam broke. Nobody was hurt.\n", encoding="utf-8")
    database = str(tmp_path / "annotator.db")
    program = begin(code, "review", "--plain", str(article), "--db", database)
    status, said = end(program, ending)
    assert status == 128 + ending
    assert "Traceback" not in said


def test_what_is_ignored_stays_so(tmp_path: Path) -> None:
    code = (
        "import os, signal\n"
        "from annotator.cli.ending import clearing_away\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "with clearing_away():\n"
        "    os.kill(os.getpid(), signal.SIGHUP)\n"
        "print(signal.getsignal(signal.SIGTERM) is signal.SIG_DFL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout == b"True\n"
