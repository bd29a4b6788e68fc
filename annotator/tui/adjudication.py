"""The app as a lead opens it: on a document's disagreements."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from annotator.tui.app import AnnotatorApp, run
from annotator.tui.screens.adjudicating import AdjudicationScreen

if TYPE_CHECKING:
    from textual.screen import Screen

    from annotator.config import Settings
    from annotator.model.document import Document
    from annotator.session import Library


class AdjudicationApp(AnnotatorApp):
    """Begins with the disagreements; from there to the library, and to all else."""

    def __init__(
        self, library: Library, document: Document, *, settings: Settings | None = None
    ) -> None:
        super().__init__(library, document, settings=settings)
        self._disputed = document
        self.css_path = [Path(__file__).parent / "screens" / "adjudicating.tcss"]

    def _make_first_screen(self) -> Screen[None]:
        screen = AdjudicationScreen.for_scheme(self.library.scheme, keys=self.settings.keys)
        return screen(self.library, self._disputed)


def run_adjudication(library: Library, document: Document, *, settings: Settings) -> None:
    """Open the app on a document's disagreements; returns when the lead quits. `AppFailedError` as
    `run_app` has it.
    """
    run(AdjudicationApp(library, document, settings=settings))
