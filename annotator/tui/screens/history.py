"""What was done to a sentence, or to the whole document."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding

from annotator.tui.notice import noticing
from annotator.tui.screens.reading import ReadingScreen
from annotator.tui.widgets.history_pager import HistoryPager

if TYPE_CHECKING:
    from textual.app import App
    from textual.binding import BindingType

    from annotator.session.telling import Inquiry, Told

PATIENCE: Final = 0.15
"""Seconds that the screen waits for its text before it opens without."""


class HistoryScreen(ReadingScreen):
    """Reads in a thread, newest first: a long history may take seconds, and the app goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "close", "Close", id="history-close", tooltip="Close", priority=True),
        Binding(
            "a,tab",
            "turn",
            "The whole document, or the sentence alone",
            id="history-turn",
            tooltip="The whole document, or the sentence alone",
            priority=True,
        ),
    ]

    def __init__(self, number: int, *, sentence: Inquiry, document: Inquiry) -> None:
        self._history = HistoryPager()
        super().__init__("", self._history, keys="")
        self._number = number
        self._inquiries = {False: sentence, True: document}
        self._is_whole = False
        self._asked: Inquiry | None = None
        self._told: list[Told] | None = None

    async def open(self, app: App[None]) -> None:
        """Show the screen, with its text where that comes soon."""
        reading = asyncio.create_task(self._read())
        await asyncio.wait([reading], timeout=PATIENCE)
        if reading.done():
            self._told = reading.result()
        await super().open(app)
        if not reading.done():
            self.run_worker(self._show_once(reading), exclusive=True)

    def on_mount(self) -> None:
        """Show what there is by now."""
        self._show()

    def on_unmount(self) -> None:
        """Nobody waits any more."""
        self._asked = None

    def action_turn(self) -> None:
        """The whole document, or the sentence alone again."""
        self._is_whole, self._told = not self._is_whole, None
        reading = asyncio.create_task(self._read())
        self.run_worker(self._show_once(reading), exclusive=True)

    async def _read(self) -> list[Told]:
        inquiry = self._inquiries[self._is_whole]
        self._asked = inquiry
        return await asyncio.to_thread(inquiry.answer, is_wanted=lambda: self._asked is inquiry)

    async def _show_once(self, reading: asyncio.Task[list[Told]]) -> None:
        await asyncio.wait([reading], timeout=PATIENCE)
        if not reading.done():
            self._show()
        with noticing(self):
            self._told = await reading
            self._show()

    def _show(self) -> None:
        what = "the document" if self._is_whole else f"sentence {self._number}"
        other = "this sentence alone" if self._is_whole else "the whole document"
        if self._told is None:
            state = "reading …"
        else:
            events = "1 event" if len(self._told) == 1 else f"{len(self._told):,} events"
            state = f"{events}, newest first"
        self.show_title(
            f"History of {what} · {state}", keys=f"a {other}   j k scroll   escape closes"
        )
        self._history.show(self._told or (), numbered=self._is_whole)
