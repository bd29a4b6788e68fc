"""From the document to the library, and to its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.text.display import show_line
from annotator.tui.desk.base import Desk

if TYPE_CHECKING:
    from annotator.tui.app import AnnotatorApp


class Leaving(Desk):
    """Library, previous and next document."""

    async def action_leave(self) -> None:
        """End a search or a filter; else back to the library."""
        if not self.end_search():
            await self._annotator.show_library()

    async def action_open_neighbour(self, step: int) -> None:
        """Open the next document of the library, or the previous one."""
        await self._annotator.open_neighbour(self._session, step)

    def tell_origin(self) -> None:
        """Say who wrote the article, when, and where it comes from."""
        document = self._session.document
        parts = {
            "author": document.author,
            "date": document.published,
            "source": document.source,
        }
        known = ", ".join(f"{name} {show_line(part)}" for name, part in parts.items() if part)
        self.tell(f"{show_line(document.title)}: {known or 'no author, date or source is known'}")

    @property
    def _annotator(self) -> AnnotatorApp:
        from annotator.tui.app import AnnotatorApp

        if not isinstance(self.app, AnnotatorApp):
            raise TypeError(f"A desk stands in the annotator, and not in {self.app!r}.")
        return self.app
