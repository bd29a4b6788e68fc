"""What a search found: a sentence each, under its document's title."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message

from annotator.text.display import show_line
from annotator.text.emphasis import find_words
from annotator.tui.widgets.layout import READABLE
from annotator.tui.widgets.line_widget import Line, LineWidget
from annotator.tui.widgets.shelf import CURSOR
from annotator.tui.widgets.wrapping import shorten, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from annotator.model.document import Found

_MARGIN: Final = 3
_EXCERPT: Final = 2
"""Lines of a sentence that are shown."""


class Findings(LineWidget):
    """Draws the results that fit, and keeps the chosen one in sight."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "findings--current",
        "findings--title",
        "findings--quiet",
        "findings--mark",
        "findings--match",
    }

    class Pointed(Message):
        """Somebody clicked a result; `again` where it was the chosen one already."""

        def __init__(self, index: int, *, again: bool) -> None:
            super().__init__()
            self.index = index
            self.again = again

    def __init__(self) -> None:
        super().__init__()
        self._found: Sequence[Found] = ()
        self._cursor = 0
        self._top = 0
        self._words = ""
        self._empty: tuple[str, ...] = ()
        self._shown: list[int] = []

    def show(
        self, found: Sequence[Found], cursor: int, *, words: str, empty: tuple[str, ...]
    ) -> None:
        """Draw these results, that one as the chosen one; `empty` is said where there are none."""
        self._found, self._cursor, self._words, self._empty = found, cursor, words, empty
        self._keep_in_sight()
        self.redraw()

    def turn_page(self, pages: int) -> int:
        """The result that is a screen further down, or up."""
        step = max(len(set(self._shown)) - 1, 1)
        return max(0, min(self._cursor + pages * step, len(self._found) - 1))

    def list_lines(self) -> list[Line]:
        """See `LineWidget.list_lines`."""
        self._shown = []
        if not self._found:
            quiet = self.part("findings--quiet")
            return [Line((Segment(f"   {text}", quiet),)) for text in self._empty]
        lines: list[Line] = []
        index = self._top
        while index < len(self._found) and len(lines) < self.size.height:
            block = self._draw(index)
            lines += block
            self._shown += [index] * len(block)
            index += 1
        return lines

    def on_resize(self) -> None:
        """Draw for the new size; the chosen result stays in sight."""
        self._keep_in_sight()
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Say which result was clicked: a second click, or a double one, opens it."""
        offset = event.get_content_offset(self)
        if event.button == 1 and offset is not None and offset.y < len(self._shown):
            index = self._shown[offset.y]
            self.post_message(self.Pointed(index, again=index == self._cursor))

    def on_mouse_scroll_down(self) -> None:
        """Look further down; the chosen result stays chosen."""
        self._look(1)

    def on_mouse_scroll_up(self) -> None:
        """Look further up; the chosen result stays chosen."""
        self._look(-1)

    def _look(self, results: int) -> None:
        self._top = max(0, min(self._top + results, len(self._found) - 1))
        self.redraw()

    def _keep_in_sight(self) -> None:
        self._top = min(self._top, self._cursor)
        heights = [len(self._draw(index)) for index in self._list_before()]
        # From the chosen one upwards, as many as fit.
        room, fitting = self.size.height, 0
        for height in reversed(heights):
            room -= height
            if room < 0 and fitting:
                break
            fitting += 1
        self._top = max(self._top, self._cursor - fitting + 1)

    def _list_before(self) -> range:
        """The results that can be on the screen with the chosen one, which is the last of them."""
        first = max(self._top, self._cursor - self.size.height)
        return range(first, min(self._cursor + 1, len(self._found)))

    def _draw(self, index: int) -> list[Line]:
        found, is_current = self._found[index], index == self._cursor
        room = max(min(self.size.width - _MARGIN - 1, READABLE), 1)
        number = f"  sentence {found.index + 1}"
        title = shorten(show_line(found.document.title), max(room - cell_len(number), 1))
        mark = f" {CURSOR} " if is_current else " " * _MARGIN
        head = (
            Segment(mark, self.part("findings--mark")),
            Segment(title, self.part("findings--title")),
            Segment(number, self.part("findings--quiet")),
        )
        base = "findings--current" if is_current else ""
        return [Line(head, base), *self._draw_excerpt(found.text, room, base), Line()]

    def _draw_excerpt(self, text: str, room: int, base: str) -> list[Line]:
        shown = show_line(text)
        ranges = find_words(shown, self._words)
        placed, at = [], 0
        for line in wrap(shown, room):
            at = shown.index(line, at)
            placed.append((at, line))
            at += len(line)
            is_reached = not ranges or ranges[0][0] < at
            if is_reached and len(placed) >= _EXCERPT:
                break
        rest = shown[at:].strip()
        chosen = placed[-_EXCERPT:]
        lines = []
        for number, (start, line) in enumerate(chosen):
            segments = [Segment(" " * _MARGIN), *self._emphasise(line, start, ranges)]
            if number == len(chosen) - 1 and rest:
                segments.append(Segment("…", self.part("findings--quiet")))
            lines.append(Line(tuple(segments), base))
        return lines

    def _emphasise(self, line: str, start: int, ranges: list[tuple[int, int]]) -> list[Segment]:
        match = self.part("findings--match")
        segments, at = [], 0
        for low, high in ranges:
            first, last = max(low - start, at), min(high - start, len(line))
            if first < last:
                segments += [Segment(line[at:first]), Segment(line[first:last], match)]
                at = last
        return [*segments, Segment(line[at:])]
