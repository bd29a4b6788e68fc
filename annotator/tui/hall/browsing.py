"""From document to document, in this order or that, and into one of them."""

from __future__ import annotations

from dataclasses import replace

from annotator.tui.hall.base import Hall
from annotator.tui.widgets.shelf import ShelfView


class Browsing(Hall):
    """Choose, sort, filter, open."""

    def action_move(self, step: int) -> None:
        """Choose the next document, or the previous one."""
        self.choose(self._cursor + step)

    def action_go_to_first(self) -> None:
        """Choose the first document."""
        self.choose(0)

    def action_go_to_last(self) -> None:
        """Choose the last document."""
        self.choose(len(self._listed) - 1)

    def action_turn_page(self, pages: int) -> None:
        """Choose a document a screen further down, or up."""
        self.choose(self._cursor + pages * max(self.query_one(ShelfView).page - 1, 1))

    def action_sort(self) -> None:
        """Sort by the next of the columns."""
        self.sort_by(self.app.shelving.sort.following)

    async def action_filter(self) -> None:
        """Filter as it is typed."""
        from annotator.tui.screens.live_line import LiveLine

        await LiveLine("filter", value=self.app.shelving.words, change=self.filter_by).open(
            self.app
        )

    def action_go_back(self) -> None:
        """End the filter; else leave what was deleted."""
        if self.app.shelving.words:
            self.filter_by("")
        elif self.app.shelving.deleted:
            self.app.shelving = replace(self.app.shelving, deleted=False)
            self.read_documents()

    async def action_open(self) -> None:
        """Open the document, where the reviewer left off."""
        document = self.find_chosen()
        if document is None:
            return
        if document.deleted:
            self.app.tell(f"It is deleted: {self.name_key('restore')} brings it back.")
            return
        again = self.chosen is not None and self.chosen.again
        await self.app.open_document(document, again=again)

    async def action_search(self) -> None:
        """Search the text of all documents."""
        await self.app.show_search()
