"""Where the app meets the program's errors: a notice, and on it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import events
from textual.app import App
from textual.message import Message

from annotator.errors import AnnotatorError, NothingToUndoError, NotSavedError
from annotator.tui.widgets.label_bar import NOT_SAVED, LabelBar

if TYPE_CHECKING:
    from types import TracebackType

    from textual.notifications import Notify
    from textual.widget import Widget

MOST: Final = 3
"""Notices on the screen at once."""

_SHORT: Final = 4.0
_LONG: Final = 12.0


class NoticingApp(App[None]):
    """An app that tells of errors, and stays deaf to what was typed before they could be read."""

    def __init__(self) -> None:
        super().__init__()
        self._deaf_until = 0.0

    async def on_event(self, event: events.Event) -> None:
        """See `App.on_event`. Keys that were typed while a save was failing are dropped: they were
        meant for the sentences after it, and the cursor has not moved.
        """
        if not (isinstance(event, events.Key) and event.time <= self._deaf_until):
            await super().on_event(event)

    def drop_typed(self) -> None:
        """Drop the keys that were typed so far and are not done yet."""
        self._deaf_until = Message().time

    def on_notify(self, message: Notify) -> None:
        """A notice takes the place of one that says the same, and of the oldest where there would
        be too many: what is below them is the article.
        """
        told = [old for old in self._notifications if old.message != message.notification.message]
        self._notifications.clear()
        for old in told[1 - MOST :]:
            self._notifications.add(old)

    def tell(self, message: str) -> None:
        """Say something that is no error, for a few seconds."""
        self.notify(message, markup=False, timeout=_SHORT)

    def tell_error(self, error: AnnotatorError) -> None:
        """Say what went wrong and what to do."""
        if isinstance(error, NothingToUndoError):
            self.tell(str(error))
            return
        if isinstance(error, NotSavedError):
            self.drop_typed()
            for bar in self.screen_stack[0].query(LabelBar):
                bar.show_state(NOT_SAVED, failed=True)
        self.notify(str(error), severity="error", markup=False, timeout=_LONG)


class noticing:  # noqa: N801 - reads as a statement
    """Turn any error of ours inside the block into a notice; what comes after it goes on."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        _type: type[BaseException] | None,
        error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> bool:
        app = self._widget.app
        if isinstance(error, AnnotatorError) and isinstance(app, NoticingApp):
            app.tell_error(error)
            return True
        return False
