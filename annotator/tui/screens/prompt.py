"""A dialog of one line: `enter` saves and closes, `escape` changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from annotator.text.display import show_line
from annotator.tui.widgets.wrapping import shorten

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

QUOTED = 240
"""Cells of the sentence that are shown above the line."""


class Prompt(ModalScreen[str | None]):
    """Asks for a line of text; answers with it, or with `None` where nothing is to change."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Close, change nothing", id="prompt-cancel", tooltip="Close")
    ]
    CSS_PATH = "prompt.tcss"

    def __init__(self, title: str, *, text: str = "", value: str = "") -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._value = value

    def compose(self) -> ComposeResult:
        """Title, the sentence in question, the line, what the keys do."""
        with Vertical(id="dialog"):
            yield Static(Content(self._title), id="dialog-title")
            if self._text:
                yield Static(Content(shorten(show_line(self._text), QUOTED)), id="dialog-text")
            yield Input(self._value, id="dialog-answer", select_on_focus=False)
            yield Static(Content("enter saves · escape changes nothing"), id="dialog-keys")

    def take_keys(self) -> None:
        """Let the next key go to the line, at once: Textual's own focus comes a moment later."""
        self.set_focus(self.query_one(Input))

    @on(Input.Submitted, "#dialog-answer")
    def answer(self, message: Input.Submitted) -> None:
        """Close with the line as the answer."""
        self.dismiss(message.value)

    def action_cancel(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
