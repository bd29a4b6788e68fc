"""What takes long, done in a thread beside the screen, with a library of its own: a connection to a
database belongs to the thread that made it.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Final, Protocol

from textual.message import Message
from textual.worker import get_current_worker

from annotator.errors import AnnotatorError
from annotator.tui.notice import NoticingApp
from annotator.tui.widgets.errand_line import ErrandLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.session import Library

BETWEEN_REPORTS_S: Final = 0.1
"""Seconds between two reports that are shown."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an errand came to: what to tell, what went wrong, the document it brought if any."""

    told: str = ""
    errors: tuple[AnnotatorError, ...] = ()
    document_id: str | None = None


class Errand(Protocol):
    """The work itself. What `report` raises must go through it."""

    def __call__(self, library: Library, report: Callable[[str], None]) -> Outcome:
        """Do it, with a library of this thread, and say now and then how far it is."""
        ...


class ErrandDone(Message):
    """The library may hold other documents now; `document_id` is one that came in."""

    def __init__(self, document_id: str | None) -> None:
        super().__init__()
        self.document_id = document_id


class _AbandonedError(Exception):
    """The app is closing, and nobody waits for the errand."""


class ErrandApp(NoticingApp):
    """An app that goes on while one errand is done."""

    def __init__(self) -> None:
        super().__init__()
        self._errand = ""

    @property
    def errand(self) -> str:
        """How far the errand under way is; empty where there is none."""
        return self._errand

    def start_errand(self, work: Errand, *, library: Library, title: str) -> None:
        """Begin an errand, unless one is under way; `library` is the screens' own, to be opened
        once more.
        """
        if self._errand:
            self.tell(f"One thing at a time: {self._errand} is not done yet.")
            return
        self._show(title)
        reopen = partial(_reopen, library.location, library.reviewer)
        self.run_worker(partial(self._do, work, reopen), thread=True, group="errand")

    def _do(self, work: Errand, reopen: Callable[[], Library]) -> None:
        """In the thread."""
        try:
            with closing(reopen()) as library:
                outcome = work(library, _Reports(self._show_later))
        except AnnotatorError as error:
            outcome = Outcome(errors=(error,))
        except _AbandonedError:
            return
        self.call_later(self._finish, outcome)

    def _show_later(self, state: str) -> None:
        self.call_later(self._show, state)

    def _show(self, state: str) -> None:
        self._errand = state
        for line in self.screen_stack[0].query(ErrandLine):
            line.show(state)

    def _finish(self, outcome: Outcome) -> None:
        self._show("")
        self.screen_stack[0].post_message(ErrandDone(outcome.document_id))
        if outcome.told:
            self.tell(outcome.told)
        for error in outcome.errors:
            self.tell_error(error)


class _Reports:
    """Hands on as many reports as a person can read, and ends the work once nobody waits."""

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self._worker = get_current_worker()
        self._shown_at = monotonic()

    def __call__(self, state: str) -> None:
        if self._worker.is_cancelled:
            raise _AbandonedError
        if monotonic() - self._shown_at >= BETWEEN_REPORTS_S:
            self._shown_at = monotonic()
            self._show(state)


def _reopen(location: str, reviewer: str) -> Library:
    from annotator.session import open_library

    return open_library(location, reviewer=reviewer)
