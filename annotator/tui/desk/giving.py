"""Labels and flags given and taken, and what was done taken back."""

from __future__ import annotations

from annotator.tui.desk.base import Desk
from annotator.tui.notice import noticing
from annotator.tui.widgets.label_bar import REDONE, UNDONE


class Giving(Desk):
    """One key a label; undo and redo."""

    def action_annotate(self, label: str) -> None:
        """Label, save, go on."""
        with noticing(self):
            self.show_saved(self._session.annotate(self._cursor, label), then=1)

    def action_clear(self) -> None:
        """Take the label away."""
        with noticing(self):
            self.show_saved(self._session.clear(self._cursor))

    def action_flag_unsure(self) -> None:
        """Flag the sentence as unsure, or no longer."""
        with noticing(self):
            annotation = self._session.read_place(self._cursor).annotation
            unsure = annotation is None or not annotation.unsure
            self.show_saved(self._session.flag_unsure(self._cursor, unsure=unsure))

    def action_undo(self) -> None:
        """Take back the newest step, and go to the sentence that it changed."""
        with noticing(self):
            self.show_saved(self._session.undo(), did=UNDONE)

    def action_redo(self) -> None:
        """Put the last undone step back, and go to the sentence that it changed."""
        with noticing(self):
            self.show_saved(self._session.redo(), did=REDONE)
