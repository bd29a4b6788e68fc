"""Every key, by group: generated from the bindings, so it cannot be wrong."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from annotator.tui.bindings import Key

_KEYS_WIDTH = 16


class HelpScreen(ModalScreen[None]):
    """Shows the keys of the screen below; any of its own keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,question_mark,f1,q,enter",
            "close",
            "Close",
            id="help-close",
            tooltip="Close",
            priority=True,
        ),
        Binding(
            "j,down", "scroll(1)", "Down", id="help-down", tooltip="Scroll down", priority=True
        ),
        Binding("k,up", "scroll(-1)", "Up", id="help-up", tooltip="Scroll up", priority=True),
    ]
    CSS_PATH = "help.tcss"

    def __init__(self, keys: list[Key]) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """A heading, then a block a group."""
        with VerticalScroll(id="keys"):
            yield Static(Content("Keys · escape closes"), id="keys-title")
            for group, keys in groupby(self._keys, key=lambda key: key.group):
                yield Static(Content(group), classes="keys-group")
                yield Static(Content("\n").join(_write_line(key) for key in keys))
            yield Static(
                Content("Click a sentence to go there, a label to set it."),
                id="keys-foot",
            )

    def action_close(self) -> None:
        """Back to work."""
        self.dismiss()

    def action_scroll(self, rows: int) -> None:
        """Scroll where the screen is too low for all."""
        self.query_one("#keys", VerticalScroll).scroll_relative(y=rows, animate=False)


def _write_line(key: Key) -> Content:
    shown = "  ".join(key.keys)
    return Content.assemble((shown.ljust(_KEYS_WIDTH), "$text-accent bold"), "  ", key.does)
