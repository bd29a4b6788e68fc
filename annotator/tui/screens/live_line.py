"""A line at the foot of the screen that acts with each letter: `enter` keeps, `escape` ends it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from annotator.tui.screens.dialog import Dialog
from annotator.tui.screens.prompt import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App, ComposeResult
    from textual.binding import BindingType
    from textual.types import CSSPathType


class LiveLine(Dialog):
    """Gives what is typed to `change`, letter by letter; an empty line where it is ended.

    Its keys have priority, so that what is typed without waiting is done in its turn.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "Keep it", id="live-keep", tooltip="Keep it", priority=True),
        Binding("escape", "end", "End it", id="live-end", tooltip="End it", priority=True),
    ]
    CSS_PATH: ClassVar[CSSPathType | None] = "live_line.tcss"

    def __init__(self, title: str, *, change: Callable[[str], None], value: str = "") -> None:
        super().__init__()
        self._title = title
        self._change = change
        self._value = value

    def compose(self) -> ComposeResult:
        """What it is for, the line, what the keys do."""
        with Horizontal(id="live"):
            yield Static(Content(f" {self._title} "), id="live-title")
            yield Line(self._value, id="live-answer", select_on_focus=False)
            yield Static(Content(" enter keeps · escape ends "), id="live-keys")

    async def open(self, app: App[None]) -> None:
        """Show it; the next key goes to its line at once."""
        await super().open(app)
        self.set_focus(self.query_one(Input))

    @on(Input.Changed)
    def change_as_typed(self, message: Input.Changed) -> None:
        """Act on what is typed so far."""
        if self.is_current:
            self._change(message.value)

    async def action_keep(self) -> None:
        """Close, and leave what was typed in force."""
        line, typed = self.query_one(Input), asyncio.Event()
        # The line has a queue of its own: this waits behind all that was typed before `enter`.
        line.call_later(typed.set)
        await typed.wait()
        self._change(line.value)
        self.dismiss()

    def action_end(self) -> None:
        """Close, and take back what was typed."""
        self._change("")
        self.dismiss()
