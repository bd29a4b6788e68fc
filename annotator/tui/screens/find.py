"""The line at the bottom in which words to find are typed, while the article goes to them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from annotator.tui.screens.live_line import LiveLine
from annotator.tui.screens.prompt import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.types import CSSPathType

COUNTED: Final = 20
"""Cells that the count has; where it takes more, its last word goes."""


class FindLine(LiveLine):
    """Covers nothing but the bar of keys, which are not in force as long as words are typed.

    `look` goes to the words as they are so far and says how many sentences have them; `step` goes
    to the next of these or the previous one; `keep` stays there, `drop` goes back to where it all
    began.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", "Next", id="find-next", tooltip="Next match", priority=True),
        Binding("up", "step(-1)", "Back", id="find-back", tooltip="Previous match", priority=True),
    ]
    CSS_PATH: ClassVar[CSSPathType | None] = ["live_line.tcss", "find.tcss"]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-wide")]  # noqa: RUF012 - as Textual has it

    def __init__(
        self,
        *,
        look: Callable[[str], str],
        step: Callable[[str, int], str],
        keep: Callable[[str], None],
        drop: Callable[[], None],
    ) -> None:
        super().__init__("find:", change=self._follow)
        self._look = look
        self._step = step
        self._keep = keep
        self._drop = drop
        self._looked_for = ""

    def compose(self) -> ComposeResult:
        """What it is, the line, how many sentences have the words, what the keys do."""
        with Horizontal(id="live"):
            yield Static(Content(f" {self._title} "), id="live-title")
            yield Line(id="live-answer", select_on_focus=False)
            yield Static(id="find-count")
            yield Static(Content(" enter stays · escape goes back "), id="live-keys")

    async def action_keep(self) -> None:
        """Close, and stay."""
        await self._catch_up()
        self.dismiss()
        self._keep(self._looked_for)

    def action_end(self) -> None:
        """Close, and go back to where it began."""
        self.dismiss()
        self._drop()

    async def action_step(self, step: int) -> None:
        """Go to the next sentence with the words, or the previous one, and type on."""
        await self._catch_up()
        if self._looked_for:
            self._count(self._step(self._looked_for, step))

    async def on_click(self, event: events.Click) -> None:
        """A click on the text closes the line, like `enter`."""
        if event.widget is self:
            await self.action_keep()

    async def _catch_up(self) -> None:
        """Wait until the line has all that was typed before this key, and go there."""
        line, typed = self.query_one(Input), asyncio.Event()
        line.call_later(typed.set)
        await typed.wait()
        self._follow(line.value)

    def _follow(self, words: str) -> None:
        if words != self._looked_for:
            self._looked_for = words
            self._count(self._look(words))

    def _count(self, count: str) -> None:
        """Say how many, in the room that it always has: nothing is laid out anew for a letter."""
        shown = count if cell_len(count) <= COUNTED else count.rpartition(" ")[0]
        self.query_one("#find-count", Static).update(Content(shown), layout=False)
