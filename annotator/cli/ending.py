"""How the program ends when the system ends it: what was begun is cleared away, as by ctrl+c."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_NAMES: Final = ("SIGTERM", "SIGHUP")
"""What a system sends that shuts down, and a terminal that is closed; Windows has no SIGHUP."""


@contextmanager
def clearing_away() -> Iterator[None]:
    """End by an exception, `SystemExit` with the status that shells report of a signal: copies and
    half-written files go. What was told to be ignored, as by `nohup`, still is.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only there can a signal be asked for
        return
    known = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    ours = [number for number in known if signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _end(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
