"""How far the reviewer is, how fast, and about how long the rest will take."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from textual import getters
from textual.binding import Binding

from annotator.session.status import Survey
from annotator.text.display import show_line
from annotator.tui.app import AnnotatorApp
from annotator.tui.notice import noticing
from annotator.tui.screens.reading import ReadingScreen
from annotator.tui.widgets.status_pager import StatusPager

if TYPE_CHECKING:
    from textual.binding import BindingType

    from annotator.session import Library
    from annotator.session.status import Status

PATIENCE: Final = 0.15
"""Seconds that the screen waits for the counts before it shows itself without."""

KEYS: Final = "j k scroll   space a screen   escape closes"


class StatusScreen(ReadingScreen):
    """Counts in a thread: in a library of many thousand documents it may take seconds.

    Of the others it says only how many sentences they have labelled, and nothing of how.
    """

    app = getters.app(AnnotatorApp)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "close", "Close", id="status-close", tooltip="Close", priority=True),
    ]

    def __init__(self, library: Library) -> None:
        self._board = StatusPager(library.scheme, reviewer=library.reviewer)
        super().__init__("Status · counting …", self._board, keys=KEYS)
        self._location = library.location
        self._reviewer = library.reviewer

    async def on_mount(self) -> None:
        """Show what is counted by the time that a person would notice waiting."""
        survey = Survey(self._location, self._reviewer, self.app.clock)
        counting = asyncio.create_task(asyncio.to_thread(survey.measure))
        await asyncio.wait([counting], timeout=PATIENCE)
        if counting.done():
            await self._show(counting)
        else:
            self.run_worker(self._show(counting))

    async def _show(self, counting: asyncio.Task[Status]) -> None:
        with noticing(self):
            status = await counting
            self.show_title(f"Status of {show_line(self._reviewer)}", keys=KEYS)
            self._board.show(status)
