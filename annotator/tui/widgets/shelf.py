"""The library as a list: a line a document, of which only those on the screen are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message

from annotator.session.shelving import DONE, Sort, describe_colleagues
from annotator.text import moment
from annotator.text.display import show_line
from annotator.tui.widgets.line_widget import Line, LineWidget
from annotator.tui.widgets.shelf_columns import Columns, draw_bar, fit_columns
from annotator.tui.widgets.wrapping import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual import events

    from annotator.model.clock import Clock
    from annotator.model.document import Shelved

CURSOR: Final = "▶"
_MARGIN: Final = f" {CURSOR} "
MINE: Final = "•"
"""Stands before what is assigned to the reviewer."""

AGAIN: Final = "again · "
"""Stands before the title of what is to be labelled a second time, blind to the first."""

_HEADER: Final = 1
_NEIGHBOURS: Final = 1
"""Documents that stay in sight above and below the chosen one."""


class ShelfView(LineWidget):
    """Draws the documents that fit, and keeps the chosen one in sight."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "shelf--current",
        "shelf--header",
        "shelf--sorted",
        "shelf--mark",
        "shelf--bar",
        "shelf--quiet",
        "shelf--empty",
    }

    class Pointed(Message):
        """Somebody clicked a document; `again` where it was the chosen one already."""

        def __init__(self, index: int, *, again: bool) -> None:
            super().__init__()
            self.index = index
            self.again = again

    def __init__(self, *, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._listed: Sequence[Shelved] = ()
        self._cursor = 0
        self._top = 0
        self._sort = Sort.TITLE
        self._most = 0
        self._empty: tuple[str, ...] = ()

    @property
    def page(self) -> int:
        """How many documents a screen shows."""
        return max(self.size.height - _HEADER, 1)

    def show(
        self,
        listed: Sequence[Shelved],
        cursor: int,
        *,
        sort: Sort,
        empty: tuple[str, ...],
        scrolls: bool = True,
    ) -> None:
        """Draw these documents, with that one as the chosen one, in sight; or, unless it `scrolls`,
        with the one at the top that was there. `empty` is said where there are none.
        """
        top = None if scrolls else next((row.key for row in self._listed[self._top :]), None)
        if listed is not self._listed:
            self._most = max((shelved.document.sentence_count for shelved in listed), default=0)
        self._listed, self._cursor, self._sort, self._empty = listed, cursor, sort, empty
        if scrolls:
            self._keep_in_sight()
        else:
            found = (place for place, row in enumerate(listed) if row.key == top)
            self._top = min(next(found, self._top), max(len(listed) - self.page, 0))
        self.redraw()

    def list_lines(self) -> list[Line]:
        """See `LineWidget.list_lines`."""
        if not self._listed:
            quiet = self.part("shelf--empty")
            return [Line(), *(Line((Segment(f"   {text}", quiet),)) for text in self._empty)]
        longest = moment.LONGEST
        columns = fit_columns(self.size.width - len(_MARGIN) - 1, most=self._most, changed=longest)
        now_ms = self._clock.wall_ms()
        shown = range(self._top, min(self._top + self.page, len(self._listed)))
        return [
            self._draw_header(columns),
            *(self._draw(index, columns, now_ms) for index in shown),
        ]

    def on_resize(self) -> None:
        """Draw for the new size; the chosen document stays in sight."""
        self._keep_in_sight()
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Say which document was clicked: a second click, or a double one, opens it."""
        offset = event.get_content_offset(self)
        if event.button != 1 or offset is None or offset.y < _HEADER:
            return
        index = self._top + offset.y - _HEADER
        if index < len(self._listed):
            self.post_message(self.Pointed(index, again=index == self._cursor))

    def on_mouse_scroll_down(self) -> None:
        """Look further down; the chosen document stays chosen."""
        self._look(3)

    def on_mouse_scroll_up(self) -> None:
        """Look further up; the chosen document stays chosen."""
        self._look(-3)

    def _look(self, rows: int) -> None:
        self._top = max(min(self._top + rows, len(self._listed) - self.page), 0)
        self.redraw()

    def _keep_in_sight(self) -> None:
        around = min(_NEIGHBOURS, (self.page - 1) // 2)
        lowest = self._cursor + around - self.page + 1
        self._top = max(min(self._top, self._cursor - around), lowest)
        self._top = max(min(self._top, len(self._listed) - self.page), 0)

    def _draw_header(self, columns: Columns) -> Line:
        names = (
            (Sort.TITLE, "title", columns.title, False),
            (Sort.SENTENCES, "sentences", columns.sentences, True),
            (Sort.PROGRESS, "my progress" if columns.bar else "mine", _progress(columns), False),
            (None, "others", columns.others, False),
            (Sort.CHANGED, "changed", columns.changed, False),
        )
        segments = [Segment(" " * len(_MARGIN))]
        for sort, name, width, is_number in names:
            if not width:
                continue
            is_sorted = sort is self._sort
            arrow = " ↓" if self._sort.is_falling else " ↑"
            text = shorten(name + (arrow if is_sorted else ""), width)
            text = text.rjust(width) if is_number else text.ljust(width)
            style = self.part("shelf--sorted" if is_sorted else "shelf--header")
            segments += [Segment(text, style), Segment(" " * columns.gap)]
        return Line(tuple(segments))

    def _draw(self, index: int, columns: Columns, now_ms: int) -> Line:
        shelved = self._listed[index]
        document, is_current = shelved.document, index == self._cursor
        quiet = self.part("shelf--quiet")
        gap = Segment(" " * columns.gap)
        mine, cursor = MINE if shelved.is_mine else " ", CURSOR if is_current else " "
        title = AGAIN * shelved.again + show_line(document.title)
        segments = [
            Segment(f"{mine}{cursor} ", self.part("shelf--mark")),
            _fill(title, columns.title),
            gap,
        ]
        if columns.sentences:
            count = str(document.sentence_count).rjust(columns.sentences)
            segments += [Segment(count, quiet), gap]
        segments += self._draw_progress(shelved, columns)
        if columns.others:
            segments += [gap, _fill(_tell_others(shelved, columns.others), columns.others, quiet)]
        if columns.changed:
            when = moment.describe_moment(shelved.changed_at, now_ms=now_ms)
            segments += [gap, _fill(show_line(when), columns.changed, quiet)]
        return Line(tuple(segments), "shelf--current" if is_current else "")

    def _draw_progress(self, shelved: Shelved, columns: Columns) -> list[Segment]:
        done, total = shelved.labelled_by_me, shelved.document.sentence_count
        quiet, bar = self.part("shelf--quiet"), self.part("shelf--bar")
        segments = []
        if columns.bar:
            filled, left = draw_bar(done, total, width=columns.bar)
            segments += [Segment(filled, bar), Segment(left, quiet), Segment(" ")]
        if columns.count:
            segments.append(Segment(f"{done}/{total}".rjust(columns.count)))
        return segments


def _tell_others(shelved: Shelved, width: int) -> str:
    """Each by name; where there is no room for that, how many of how many have finished."""
    told = describe_colleagues(shelved)
    if cell_len(told) <= width:
        return told
    finished = sum(one.labelled >= shelved.document.sentence_count for one in shelved.colleagues)
    return f"{DONE} {finished} of {len(shelved.colleagues)}"


def _progress(columns: Columns) -> int:
    return columns.count + (columns.bar + 1 if columns.bar else 0)


def _fill(text: str, width: int, style: Style | None = None) -> Segment:
    shown = shorten(text, width)
    return Segment(shown + " " * (width - cell_len(shown)), style)
