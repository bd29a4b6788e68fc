"""A dialog for a path: `tab` completes it from what is in the folders."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from annotator.session.paths import complete_path
from annotator.text.display import show_line
from annotator.tui.screens.prompt import QUOTED, Line, Prompt
from annotator.tui.widgets.wrapping import shorten

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.types import CSSPathType

_SHOWN: Final = 200
"""Cells of the names that go on as typed: three lines of them."""


class PathPrompt(Prompt):
    """Asks for a path and gives it to `accept`, which says why the dialog stays open, or nothing
    where all is well and it closes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "tab", "complete", "Complete", id="path-complete", tooltip="Complete", priority=True
        ),
    ]
    CSS_PATH: ClassVar[CSSPathType | None] = ["prompt.tcss", "path_prompt.tcss"]

    def __init__(
        self,
        title: str,
        *,
        accept: Callable[[str], str],
        does: str,
        text: str = "",
        value: str = "",
    ) -> None:
        super().__init__(title, save=self._try, text=text, value=value)
        self._accept = accept
        self._does = does

    def compose(self) -> ComposeResult:
        """Title, the line, what there is that goes on so, what the keys do."""
        with Vertical(id="dialog"):
            yield Static(Content(self._title), id="dialog-title")
            if self._text:
                yield Static(Content(shorten(show_line(self._text), QUOTED)), id="dialog-text")
            yield Line(self._value, id="dialog-answer", select_on_focus=False)
            yield Static(Content(""), id="dialog-remark")
            keys = f"tab completes · enter {self._does} · escape changes nothing"
            yield Static(Content(keys), id="dialog-keys")

    @on(Input.Changed)
    def show_matches(self, message: Input.Changed) -> None:
        """Show which names go on as typed."""
        names = complete_path(message.value).names
        self._remark("   ".join(show_line(name) for name in names))

    async def action_complete(self) -> None:
        """Complete the path as far as it is certain."""
        line, typed = self.query_one(Input), asyncio.Event()
        # The line has a queue of its own: this waits behind all that was typed before `tab`.
        line.call_later(typed.set)
        await typed.wait()
        line.value = complete_path(line.value).typed
        line.cursor_position = len(line.value)

    def _try(self, typed: str) -> bool:
        reason = self._accept(typed)
        if reason:
            self._remark(reason, warning=True)
        return not reason

    def _remark(self, text: str, *, warning: bool = False) -> None:
        remark = self.query_one("#dialog-remark", Static)
        remark.set_class(warning, "-warning")
        remark.update(Content(shorten(text, _SHOWN)))
