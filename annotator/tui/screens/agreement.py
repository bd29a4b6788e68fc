"""How far reviewers agree: figures with their intervals, confusion tables, document by document."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding

from annotator.session.agreement_sheet import lay_out_sheet
from annotator.tui.notice import noticing
from annotator.tui.screens.reading import ReadingScreen
from annotator.tui.widgets.agreement_pager import AgreementPager

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import BindingType

    from annotator.agreement import Report
    from annotator.session.agreement import AgreementSurvey

PATIENCE: Final = 0.15
"""Seconds that the screen waits for the figures before it shows itself without."""

KEYS: Final = "j k scroll   space a screen   escape closes"


class AgreementScreen(ReadingScreen):
    """Shows a report, and nothing of what anybody said of which sentence.

    `titles` are the documents' by id.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,A", "close", "Close", id="agreement-close", tooltip="Close", priority=True),
    ]

    def __init__(
        self, report: Report | None, title: str, *, titles: Mapping[str, str] | None = None
    ) -> None:
        self._sheet = AgreementPager()
        if report is not None:
            self._sheet = AgreementPager(lay_out_sheet(report, titles=titles, ids=False))
        super().__init__(title, self._sheet, keys=KEYS)

    def show(self, report: Report, title: str, *, titles: Mapping[str, str]) -> None:
        """Show another report."""
        self.show_title(title, keys=KEYS)
        self._sheet.show(lay_out_sheet(report, titles=titles, ids=False))


class LibraryAgreementScreen(AgreementScreen):
    """Measures a whole library in a thread: a hundred thousand sentences take seconds."""

    def __init__(self, survey: AgreementSurvey) -> None:
        super().__init__(None, "Agreement · measuring …")
        self._survey = survey

    async def on_mount(self) -> None:
        """Show what is measured by the time that a person would notice waiting."""
        measuring = asyncio.create_task(asyncio.to_thread(self._survey.measure))
        await asyncio.wait([measuring], timeout=PATIENCE)
        if measuring.done():
            await self._show_measured(measuring)
        else:
            self.run_worker(self._show_measured(measuring))

    async def _show_measured(
        self, measuring: asyncio.Task[tuple[Report, Mapping[str, str]]]
    ) -> None:
        with noticing(self):
            report, titles = await measuring
            self.show(report, "Agreement in the library", titles=titles)
