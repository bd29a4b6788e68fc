"""Documents taken out of the library, and brought back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from annotator.text.display import show_line
from annotator.tui.hall.base import Hall
from annotator.tui.notice import noticing
from annotator.tui.widgets.label_bar import SAVED, LabelBar
from annotator.tui.widgets.wrapping import shorten

if TYPE_CHECKING:
    from annotator.model.document import Document

TITLE_IN_NOTICE: Final = 40
"""Cells of a title that a notice shows."""


class Clearing(Hall):
    """Delete, restore, and look at what was deleted."""

    def action_delete(self) -> None:
        """Take the document out of the library; nothing is erased."""
        document = self.find_chosen()
        if document is None:
            return
        if document.deleted:
            self.app.tell(f"It is deleted already: {self.name_key('restore')} brings it back.")
            return
        with noticing(self):
            self._library.delete(document)
            self._read_after_removal()
            self._say(
                document,
                f"is deleted. {self.name_key('deleted')}, then {self.name_key('restore')} brings"
                " it back.",
            )

    def action_restore(self) -> None:
        """Bring a deleted document back."""
        if not self.app.shelving.deleted:
            self.app.tell(
                f"This is the library: {self.name_key('deleted')} shows what was deleted, and"
                f" {self.name_key('restore')} there brings it back."
            )
            return
        document = self.find_chosen()
        if document is None:
            return
        with noticing(self):
            self._library.restore(document)
            self._read_after_removal()
            self._say(document, "is back in the library.")

    def action_show_deleted(self) -> None:
        """Show what was deleted, or the library again."""
        shelving = self.app.shelving
        self.app.shelving = replace(shelving, deleted=not shelving.deleted, words="")
        self.read_documents()

    def _say(self, document: Document, became: str) -> None:
        # Of several in a row the last counts, and a pile of them would hide the card.
        self.app.clear_notifications()
        self.app.tell(f"“{shorten(show_line(document.title), TITLE_IN_NOTICE)}” {became}")

    def _read_after_removal(self) -> None:
        """Go on with the document that stands where the one was that is gone."""
        others = [*self._listed[self._cursor + 1 :], *reversed(self._listed[: self._cursor])]
        self.read_documents(choose=others[0].key if others else None)
        self.query_one(LabelBar).show_state(SAVED)
