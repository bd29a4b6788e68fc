"""Something to read that may be longer than the screen: only what is on the screen is laid out."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment

from annotator.tui.widgets.line_widget import Line, LineWidget

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.geometry import Size

ABOVE: Final = "↑ more"
BELOW: Final = "↓ more"

_AROUND: Final = 8
"""Rows of a screen that a dialog keeps for its frame, its title and its keys."""

_KEPT: Final = 500
"""Blocks whose lines are kept: more than any screen shows."""


class Pager(LineWidget):
    """Blocks of lines, scrolled by lines. A subclass overrides `count_blocks` and `lay_out`.

    Where there is more than fits, its last row says on which side.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"pager--more"}

    def __init__(self) -> None:
        super().__init__()
        self._top = (0, 0)  # the first block on the screen, and its rows that are above the top
        self._kept: dict[tuple[int, int], Sequence[Line]] = {}

    def count_blocks(self) -> int:
        """How many blocks there are."""
        raise NotImplementedError

    def lay_out(self, block: int, width: int) -> Sequence[Line]:
        """The lines of a block, at least one, each at most `width` cells wide."""
        raise NotImplementedError

    def show_anew(self) -> None:
        """The blocks are other ones now: draw them from the first."""
        self._top = (0, 0)
        self._kept.clear()
        self.refresh(layout=True)
        self.redraw()

    def scroll_by(self, rows: int) -> None:
        """Scroll down so many rows, up where negative, as far as there is anything."""
        block, skip = self._top
        skip += rows
        while skip < 0 and block > 0:
            block -= 1
            skip += len(self._lines_of(block))
        while skip > 0 and block < self.count_blocks() and skip >= len(self._lines_of(block)):
            skip -= len(self._lines_of(block))
            block += 1
        self._top = (block, max(skip, 0))
        self.redraw()

    def scroll_pages(self, pages: int) -> None:
        """Scroll by screens, of which two rows stay in sight."""
        self.scroll_by(pages * max(self._room - 2, 1))

    def show_block(self, block: int) -> None:
        """Bring a block to the top, or as near to it as there is text below."""
        self._top = (max(block, 0), 0)
        self.redraw()

    def scroll_to_last(self) -> None:
        """Go to the end."""
        self._top = self._last_top()
        self.redraw()

    def list_lines(self) -> list[Line]:
        """See `LineWidget.list_lines`."""
        height = self.size.height
        if not height or not self.count_blocks():
            return []
        whole = list(islice(self._lines_from((0, 0)), height + 1))
        if len(whole) <= height:
            self._top = (0, 0)
            return whole
        self._top = min(self._top, self._last_top())
        lines = list(islice(self._lines_from(self._top), self._room + 1))
        more = [word for word, there in self._list_more(lines) if there]
        mark = Line((Segment("   ".join(more), self.part("pager--more")),))
        return [*lines[: self._room], mark]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """See `Widget.get_content_height`: all lines, as far as the screen has room for them."""
        del container
        most = max(viewport.height - _AROUND, 2)
        found = 0
        for block in range(self.count_blocks()):
            found += len(self._lines_of(block, width))
            if found >= most:
                break
        return max(min(found, most), 1)

    def on_mouse_scroll_down(self) -> None:
        """Scroll down."""
        self.scroll_by(3)

    def on_mouse_scroll_up(self) -> None:
        """Scroll up."""
        self.scroll_by(-3)

    def notify_style_update(self) -> None:
        """See `LineWidget.notify_style_update`: what is kept has the old colours."""
        self._kept.clear()
        super().notify_style_update()

    @property
    def _room(self) -> int:
        """Rows for text where not all of it fits."""
        return max(self.size.height - 1, 1)

    def _list_more(self, lines: list[Line]) -> list[tuple[str, bool]]:
        return [(ABOVE, self._top > (0, 0)), (BELOW, len(lines) > self._room)]

    def _lines_of(self, block: int, width: int | None = None) -> Sequence[Line]:
        key = (block, max(self.size.width if width is None else width, 1))
        if key not in self._kept:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[key] = self.lay_out(*key)
        return self._kept[key]

    def _lines_from(self, top: tuple[int, int]) -> Iterator[Line]:
        first, skip = top
        for block in range(first, self.count_blocks()):
            yield from islice(self._lines_of(block), skip, None)
            skip = 0

    def _last_top(self) -> tuple[int, int]:
        """From where the last lines just fill the screen."""
        block, missing = self.count_blocks(), self._room
        while block > 0 and missing > 0:
            block -= 1
            missing -= len(self._lines_of(block))
        return (block, max(-missing, 0))
