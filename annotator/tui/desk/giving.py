"""Labels and flags given and taken, and what was done taken back."""

from __future__ import annotations

from annotator.errors import NotSavedError, StoreError
from annotator.session.suggesting import find_shown
from annotator.tui.desk.base import Desk
from annotator.tui.notice import noticing
from annotator.tui.widgets.label_bar import REDONE, UNDONE


class Giving(Desk):
    """One key a label; undo and redo."""

    def action_annotate(self, label: str) -> None:
        """Label, save, go on."""
        with noticing(self):
            self.show_saved(self._session.annotate(self._find_seen(), label), then=1)

    def action_accept(self) -> None:
        """Say what is suggested for the sentence, and go on; nothing where nothing is shown."""
        with noticing(self):
            place = self.read_seen()
            if find_shown(place, self._session.scheme) is not None:
                self.show_saved(self._session.accept(place.sentence.index), then=1)

    def action_clear(self) -> None:
        """Take the label away."""
        with noticing(self):
            self.show_saved(self._session.clear(self._find_seen()))

    def action_flag_unsure(self) -> None:
        """Flag the sentence as unsure, or no longer."""
        with noticing(self):
            place = self.read_seen()
            unsure = place.annotation is None or not place.annotation.unsure
            self.show_saved(self._session.flag_unsure(place.sentence.index, unsure=unsure))

    def action_undo(self) -> None:
        """Take back the newest step, and go to the sentence that it changed."""
        with noticing(self):
            self.show_saved(self._session.undo(), did=UNDONE)

    def action_redo(self) -> None:
        """Put the last undone step back, and go to the sentence that it changed."""
        with noticing(self):
            self.show_saved(self._session.redo(), did=REDONE)

    def _find_seen(self) -> int:
        try:
            return self.read_seen().sentence.index
        except StoreError as error:
            # A server that is away is noticed here first, in the middle of an act.
            raise NotSavedError(f"The last change was not saved. {error}") from error
