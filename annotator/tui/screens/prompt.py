"""A dialog of one line: `enter` saves and closes, `escape` changes nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Input, Static

from annotator.text.display import show_each, show_line
from annotator.tui.screens.dialog import Dialog
from annotator.tui.widgets.wrapping import shorten

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import App, ComposeResult
    from textual.binding import BindingType
    from textual.types import CSSPathType

_EDITING: Final = {
    binding.key: binding.action
    for binding in Binding.make_bindings(Input.BINDINGS)
    if binding.key != "enter"
}
"""What a line of text does with its keys, but for `enter`: that one is the dialog's."""

QUOTED: Final = 240
"""Cells of the sentence that are shown above the line."""


class Line(Input):
    """An input that does its keys in the order in which they were typed.

    Textual's inserts letters at once and lets `backspace` and the like go round by the app first,
    so that they come after letters that were typed later. It takes only the first line of a paste;
    this one takes all of it, as one line.
    """

    def on_mount(self) -> None:
        """Nothing blinks here."""
        self.cursor_blink = False

    def render_line(self, y: int) -> Strip:
        """See `Widget.render_line`. What would steer the terminal is shown in its place."""
        strip = super().render_line(y)
        if not any(show_each(segment.text) != segment.text for segment in strip):
            return strip
        shown = [Segment(show_each(segment.text), segment.style) for segment in strip]
        return Strip(shown).adjust_cell_length(strip.cell_length)

    async def on_key(self, event: events.Key) -> None:
        """Do an editing key here and now, in its turn."""
        action = _EDITING.get(event.key)
        if action is not None:
            event.stop()
            event.prevent_default()
            await self.run_action(action)
        elif event.key.startswith("alt+"):
            # What a terminal makes of `escape` and a letter close together is neither of the two.
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Put the paste in at the cursor, its line ends as spaces."""
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor(" ".join(event.text.split()))


class Prompt(Dialog):
    """Asks for a line of text and gives it to `save`; stays open where that says that it failed.

    Its keys have priority like those of the screen below, so that what is typed without waiting is
    done in the order in which it was typed: `n`, a note, `enter`, and the next sentence's label.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "answer", "Save and close", id="prompt-save", tooltip="Save", priority=True
        ),
        Binding(
            "escape", "cancel", "Change nothing", id="prompt-cancel", tooltip="Close", priority=True
        ),
    ]
    CSS_PATH: ClassVar[CSSPathType | None] = "prompt.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-wide")]  # noqa: RUF012 - as Textual has it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]  # noqa: RUF012

    def __init__(
        self,
        title: str,
        *,
        save: Callable[[str], bool],
        text: str = "",
        value: str = "",
        longest: int = 0,
    ) -> None:
        super().__init__()
        self._title = title
        self._save = save
        self._text = text
        self._value = value
        self._longest = longest

    def compose(self) -> ComposeResult:
        """Title, the sentence in question, the line, what the keys do."""
        with Vertical(id="dialog"):
            yield Static(Content(self._title), id="dialog-title")
            if self._text:
                yield Static(Content(shorten(show_line(self._text), QUOTED)), id="dialog-text")
            yield Line(
                self._value,
                id="dialog-answer",
                select_on_focus=False,
                max_length=self._longest,
            )
            yield Static(Content("enter saves · escape changes nothing"), id="dialog-keys")

    async def open(self, app: App[None]) -> None:
        """Show the dialog; the next key goes to its line at once, where Textual's own focus would
        come a moment later.
        """
        await super().open(app)
        self.set_focus(self.query_one(Input))

    async def action_answer(self) -> None:
        """Save what is in the line, and close."""
        line, typed = self.query_one(Input), asyncio.Event()
        # The line has a queue of its own: this waits behind all that was typed before `enter`.
        line.call_later(typed.set)
        await typed.wait()
        if self._save(line.value):
            self.dismiss()

    def action_cancel(self) -> None:
        """Close, and change nothing."""
        self.dismiss()
