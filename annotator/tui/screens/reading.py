"""A dialog to read and close: a title, a text that scrolls, what the keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from annotator.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from annotator.tui.widgets.pager import Pager


def _bind(id_: str, keys: str, action: str, does: str) -> Binding:
    return Binding(keys, action, does, id=f"reading-{id_}", tooltip=does, priority=True)


class ReadingScreen(Dialog):
    """Shows a pager under a title. A subclass adds the key that opened it to those that close."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _bind("close", "escape,q,enter", "close", "Close"),
        _bind("down", "j,down", "scroll(1)", "A line further down"),
        _bind("up", "k,up", "scroll(-1)", "A line further up"),
        _bind("page-down", "pagedown,space", "scroll_pages(1)", "A screen further down"),
        _bind("page-up", "pageup", "scroll_pages(-1)", "A screen further up"),
        _bind("first", "home", "scroll_to_first", "To the beginning"),
        _bind("last", "end", "scroll_to_last", "To the end"),
    ]
    CSS_PATH = "reading.tcss"

    def __init__(self, title: str, pager: Pager, *, keys: str) -> None:
        super().__init__()
        self._title = title
        self._pager = pager
        self._keys = keys

    def compose(self) -> ComposeResult:
        """Title, text, keys."""
        with Vertical(id="reading"):
            yield Static(Content(self._title), id="reading-title")
            yield self._pager
            yield Static(Content(self._keys), id="reading-keys")

    def show_title(self, title: str, *, keys: str) -> None:
        """Put another title above, other keys below."""
        self.query_one("#reading-title", Static).update(Content(title))
        self.query_one("#reading-keys", Static).update(Content(keys))

    def action_close(self) -> None:
        """Back to work."""
        self.dismiss()

    def action_scroll(self, rows: int) -> None:
        """Scroll by lines."""
        self._pager.scroll_by(rows)

    def action_scroll_pages(self, pages: int) -> None:
        """Scroll by screens."""
        self._pager.scroll_pages(pages)

    def action_scroll_to_first(self) -> None:
        """Scroll to the beginning."""
        self._pager.show_block(0)

    def action_scroll_to_last(self) -> None:
        """Scroll to the end."""
        self._pager.scroll_to_last()
