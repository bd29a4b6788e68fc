"""What others do in the same database appears without a restart, and without a key."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from annotator.errors import AnnotatorError

if TYPE_CHECKING:
    from annotator.store.base import Store
    from annotator.tui.notice import NoticingApp

PERIOD: Final = 1.0
"""Seconds between two looks at whether anybody else has written: one question, of microseconds."""

REST: Final = 20
"""How many times as long as it took to show what is new nothing more is shown: in a library of many
thousand documents a busy colleague costs one part in twenty of the time, and no more.
"""


@runtime_checkable
class Following(Protocol):
    """A screen that can show what others have done, and leaves cursor and scroll where they are."""

    def follow_others(self) -> None:
        """Somebody else has committed something."""
        ...


class Watch:
    """Asks the store, and tells the screen. While a dialog is open it waits: what the dialog is
    about stays as it is below it.
    """

    def __init__(self, app: NoticingApp, store: Store) -> None:
        self._app = app
        self._store = store
        self._seen: int | None = None
        self._rest_until = 0.0
        self._has_failed = False

    def begin(self) -> None:
        """Look every now and then, from now on."""
        self.look()
        self._app.set_interval(PERIOD, self.look)

    def look(self) -> None:
        """Show what is new, if anything is. That the database is away is said once."""
        began = monotonic()
        if len(self._app.screen_stack) > 1 or began < self._rest_until:
            return
        try:
            generation = self._store.read_generation()
            screen = self._app.screen
            if self._seen not in (None, generation) and isinstance(screen, Following):
                screen.follow_others()
                self._rest_until = monotonic() + REST * (monotonic() - began)
            self._seen, self._has_failed = generation, False
        except AnnotatorError as error:
            if not self._has_failed:
                self._app.tell_error(error)
            self._has_failed = True
