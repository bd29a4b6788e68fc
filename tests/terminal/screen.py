"""A real terminal for a real program: pexpect holds the pseudo-terminal, pyte its screen."""

from __future__ import annotations

import os
import re
import signal
import sys
from codecs import getincrementaldecoder
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Final

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminal of this kind", allow_module_level=True)

import pexpect
import pyte

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

KEYS: Final = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "delete": "\x1b[3~",
    "f1": "\x1bOP",
    "ctrl+p": "\x10",
    "ctrl+r": "\x12",
    "ctrl+z": "\x1a",
}

# What pyte 0.8 takes for text or does not know: private modes, queries, strings to the terminal.
_UNKNOWN: Final = re.compile(
    r"\x1b\[[<>=?][0-9;:]*\$?[a-gi-km-zA-Z]|\x1b\[[0-9;]*t|\x1b[P_^X\]][^\x07\x1b]*(?:\x07|\x1b\\)"
)
_CUT_SHORT: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[P_^X\]][^\x07\x1b]*\x1b?)?$")


def take_signals() -> None:
    """As a shell starts a program: whoever runs the tests, in the background or under nohup, may
    have these ignored, and a program inherits that.
    """
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


class Terminal:
    """`annotator` (or another module) in a terminal of so many columns and rows."""

    def __init__(
        self,
        *arguments: str,
        cwd: Path,
        columns: int = 120,
        rows: int = 40,
        reviewer: str = "ana",
        module: str = "annotator",
    ) -> None:
        # pytest tells its workers a size, and Textual believes it before the terminal's own.
        unwanted = {"NO_COLOR", "COLUMNS", "LINES"}
        environment = {name: os.environ[name] for name in os.environ.keys() - unwanted}
        environment |= {
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "ANNOTATOR_REVIEWER": reviewer,
        }
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self._pending = ""
        self.raw = b""
        self.taken_at = perf_counter()
        self.child: pexpect.spawn[bytes] = pexpect.spawn(
            sys.executable,
            ["-m", module, *arguments],
            dimensions=(rows, columns),
            env=environment,
            cwd=str(cwd),
            timeout=None,
            preexec_fn=take_signals,
        )
        self.child.delaybeforesend = None

    def press(self, *keys: str) -> None:
        """Keys by name, or text."""
        self.child.send("".join(KEYS.get(key, key) for key in keys))

    def wait_for(self, pattern: str, *, seconds: float = 20) -> str:
        """The screen once it shows the pattern; fails with the screen where it never does."""
        until = monotonic() + seconds
        while not re.search(pattern, self.text):
            if monotonic() > until or not self.take():
                raise AssertionError(f"{pattern!r} is not on the screen:\n{self.text}")
        return self.text

    def wait_for_end(self, *, seconds: float = 20) -> int:
        """The exit status, or the negative number of the signal that ended the program."""
        until = monotonic() + seconds
        while monotonic() < until and self.take():
            pass
        self.child.wait()
        if self.child.exitstatus is not None:
            return self.child.exitstatus
        assert self.child.signalstatus is not None
        return -self.child.signalstatus

    def kill(self) -> None:
        """SIGKILL: no farewell."""
        self.child.kill(signal.SIGKILL)
        self.child.wait()

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def take(self) -> bool:
        """Take what the program wrote, for a tenth of a second at most; False once it has ended."""
        try:
            chunk = self.child.read_nonblocking(65536, timeout=0.1)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.taken_at = perf_counter()  # before pyte has its say, which takes as long as the key
        self.show(chunk)
        return True

    def show(self, chunk: bytes) -> None:
        """Put on the screen what the program wrote."""
        self.raw += chunk
        text = self._pending + self._decoder.decode(chunk)
        rest = _CUT_SHORT.search(text)
        self._pending = rest.group() if rest else ""
        self._stream.feed(_UNKNOWN.sub("", text[: len(text) - len(self._pending)]))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.child.close(force=True)
