"""A list in a dialog of which one is taken: each on a line, with its key and its number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message

from annotator.text.display import show_line
from annotator.tui.widgets.article import CURSOR
from annotator.tui.widgets.line_widget import Line, LineWidget
from annotator.tui.widgets.wrapping import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.geometry import Size

_KEY_COLUMN: Final = 2
_GAP: Final = "  "


@dataclass(frozen=True, slots=True)
class Option:
    """One of them: what it is, the key that takes it at once, what stands at its right end."""

    text: str
    key: str = ""
    count: str = ""


class ChoiceList(LineWidget):
    """Draws the options that fit, and keeps the one at the cursor in sight, if there is one.

    It is as high as the list it began with, `most` lines at most, so that nothing moves while the
    list grows shorter.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choice--current",
        "choice--key",
        "choice--mark",
        "choice--quiet",
    }

    class Picked(Message):
        """Somebody clicked an option; `position` is its place in the list."""

        def __init__(self, position: int) -> None:
            super().__init__()
            self.position = position

    def __init__(self, options: Sequence[Option], *, most: int, cursor: int | None = None) -> None:
        super().__init__()
        self._options = tuple(options)
        self._cursor = cursor
        self._top = 0
        self._height = min(len(options), most)

    def show(self, options: Sequence[Option], *, cursor: int | None) -> None:
        """Draw these, with the cursor on one of them or on none."""
        self._options, self._cursor = tuple(options), cursor
        self.redraw()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """See `Widget.get_content_height`."""
        del container, viewport, width
        return self._height

    def list_lines(self) -> list[Line]:
        """See `LineWidget.list_lines`."""
        at, height = self._cursor or 0, max(self.size.height, 1)
        self._top = min(max(self._top, at - height + 1), at)
        shown = range(self._top, min(self._top + self.size.height, len(self._options)))
        return [self._draw(position) for position in shown]

    def on_click(self, event: events.Click) -> None:
        """Say which option was clicked."""
        offset = self.find_line(event)
        if offset and self._top + offset.y < len(self._options):
            self.post_message(self.Picked(self._top + offset.y))

    def _draw(self, position: int) -> Line:
        option, current = self._options[position], position == self._cursor
        keyed = any(one.key for one in self._options)
        front = [Segment(f"{CURSOR if current else ' '} ", self.part("choice--mark"))]
        if keyed:
            key = option.key.ljust(_KEY_COLUMN)
            front.append(Segment(key + " ", self.part("choice--key")))
        used = sum(cell_len(segment.text) for segment in front)
        room = self.size.width - used - cell_len(option.count) - 1
        text = shorten(show_line(option.text), max(room - len(_GAP), 1))
        gap = max(room - cell_len(text), 1) if option.count else 0
        more = self._hint_more(position) if not option.count else ""
        segments = [
            *front,
            Segment(text),
            Segment(" " * gap + option.count + more, self.part("choice--quiet")),
        ]
        return Line(tuple(segments), "choice--current" if current else "")

    def _hint_more(self, position: int) -> str:
        """On the last line that is seen: how many there are below it."""
        below = len(self._options) - position - 1
        is_last = position == self._top + self.size.height - 1
        return f"  … {below} more" if is_last and below else ""
