"""The article, sentence by sentence: the one thing on the screen that matters."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.message import Message

from annotator.session.suggesting import find_shown
from annotator.text.display import show_line
from annotator.tui.notice import noticing
from annotator.tui.widgets.label_style import find_letter, style_label
from annotator.tui.widgets.layout import READABLE, Anchor, Page, Row, Window
from annotator.tui.widgets.line_widget import Line, LineWidget
from annotator.tui.widgets.link_words import describe_links

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style
    from textual import events

    from annotator.model.document import Place
    from annotator.session import Session

CURSOR: Final = "▶"
FLAG: Final = "⚑"
NOTE: Final = "✎"
OPEN: Final = "·"
SUGGESTED: Final = "?"
"""After the letter of a label that a program suggests and nobody has given."""

_MARGIN: Final = 3  # the cursor's mark, with a cell of air on both sides
_MARKS: Final = 7  # two cells, the label, its "?", the flag, the note's mark, a cell; then the text


class ArticleView(LineWidget):
    """Draws the sentences that fit, and keeps the current one in sight."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "article--current",
        "article--ending",
        "article--gutter",
        "article--link",
        "article--mark",
        "article--match",
        "article--match-here",
        "article--remark",
    }

    class Pointed(Message):
        """Somebody clicked a sentence."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, session: Session, *, cursor: int) -> None:
        super().__init__()
        self._session = session
        self._cursor = cursor
        self._anchor = Anchor()
        self._rows: list[Row] = []
        self._ending: tuple[str, ...] = ()
        self._sifted: Sequence[int] | None = None
        self._words = ""
        self._laid_out_for = 0

    @property
    def rows(self) -> list[Row]:
        """What is on the screen, from the top."""
        return self._rows

    def show(self, cursor: int, *, ending: tuple[str, ...]) -> None:
        """Draw what the database holds now, with this sentence as the current one.

        `ending` is what stands below the last sentence.
        """
        self._cursor, self._ending = cursor, ending
        if not self.size:
            return  # not laid out yet: `on_resize` comes next
        page = self._page()
        page.read(self._anchor.position, page.height + 1)
        self._anchor = page.settle(self._anchor, self._find_position(cursor))
        self._rows = page.lay_out(self._anchor)
        self.redraw()

    def hold(self, find_index: Callable[[int], int | None]) -> None:
        """Keep what is at the top there, where sentences have other numbers than when it was drawn.
        `find_index` says which sentence holds a code point. `show_anew` comes next.
        """
        top = next((row.place for row in self._rows if row.place is not None), None)
        if top is not None and self._sifted is None:
            index = find_index(top.sentence.span.start)
            if index is not None:
                self._anchor = replace(self._anchor, position=index)

    def show_anew(self, cursor: int, *, ending: tuple[str, ...]) -> None:
        """Draw what the database holds now, as `show` does, and scroll nowhere."""
        self._cursor, self._ending = cursor, ending
        if self.size:
            self._rows = self._page().lay_out(self._anchor)
            self.redraw()

    def sift(self, indexes: Sequence[int] | None) -> None:
        """Show only these sentences, in the text's order; `None`: all. `show` comes next."""
        cursor, self._sifted = self._cursor, indexes
        if self.size:
            self._anchor = self._page().hang(self._find_position(cursor))

    def mark(self, words: str) -> None:
        """Mark these words (folded) wherever they are seen; none, where empty."""
        self._words = words
        self.redraw()

    def look(self, pages: int) -> None:
        """Look a screen further down, or up where negative; the cursor stays where it is."""
        self._look(pages * max(self.size.height - 2, 1))

    def list_lines(self) -> list[Line]:
        """See `LineWidget.list_lines`."""
        return [self._draw(row) for row in self._rows]

    def on_resize(self) -> None:
        """Wrap anew for the new size; the current sentence stays in sight. Where only the height is
        another, the text stays where it is, unless there would be empty rows.
        """
        if self.size:
            with noticing(self):
                page, before = self._page(), self._laid_out_for
                self._laid_out_for = self.size.width
                empty = len(page.lay_out(self._anchor)) < page.height
                if self.size.width != before or empty:
                    self._anchor = page.hang(self._find_position(self._cursor))
                self.show(self._cursor, ending=self._ending)

    def on_click(self, event: events.Click) -> None:
        """Say which sentence was clicked."""
        offset = self.find_line(event)
        place = self._rows[offset.y].place if offset and offset.y < len(self._rows) else None
        if place is not None:
            self.post_message(self.Pointed(place.sentence.index))

    def on_mouse_scroll_down(self) -> None:
        """Look further down; the cursor stays where it is."""
        self._look(3)

    def on_mouse_scroll_up(self) -> None:
        """Look further up; the cursor stays where it is."""
        self._look(-3)

    def _draw(self, row: Row) -> Line:
        if row.place is None:
            margin = Segment(" " * self._text_column())
            return Line((margin, Segment(row.text, self.part("article--ending"))))
        current = row.place.sentence.index == self._cursor
        remark = Segment(row.remark, self.part("article--link"))
        text = self._draw_text(row, row.place, current=current)
        segments = (*self._draw_gutter(row, row.place), *text, remark)
        return Line(segments, "article--current" if current else "")

    def _draw_text(self, row: Row, place: Place, *, current: bool) -> list[Segment]:
        """The row's text, with the words looked for marked in it, even where a line breaks them."""
        if not self._words:
            return [Segment(row.text)]
        from annotator.text.find import find_ranges

        end = row.start + len(row.text)
        shown, style = (
            _show(place.sentence.text),
            self.part("article--match-here" if current else "article--match"),
        )
        segments, at = [], row.start
        for low, high in find_ranges(shown, self._words, start=row.start, end=end):
            segments += [Segment(shown[at:low]), Segment(shown[low:high], style)]
            at = high
        return [*segments, Segment(shown[at:end])]

    def _look(self, rows: int) -> None:
        with noticing(self):
            page = self._page()
            self._anchor = page.scroll(self._anchor, rows)
            self._rows = page.lay_out(self._anchor)
            self.redraw()

    def _page(self) -> Page:
        session, sifted = self._session, self._sifted
        total = session.document.sentence_count if sifted is None else len(sifted)

        def read_places(first: int, count: int) -> list[Place]:
            if sifted is None:
                return session.read_places(first, count=count)
            return session.read_these(sifted[first : first + count])

        width = self.size.width - self._text_column() - 1
        return Page(
            width=max(min(width, READABLE), 1),
            height=max(self.size.height, 1),
            total=total,
            read=Window(read_places, total).read,
            ending=self._ending,
            describe=partial(describe_links, scheme=session.scheme),
        )

    def _find_position(self, index: int) -> int:
        """Where a sentence stands among those that are shown."""
        if self._sifted is None:
            return index
        return min(bisect_left(self._sifted, index), len(self._sifted) - 1)

    def _text_column(self) -> int:
        return _MARGIN + self._digits() + _MARKS

    def _digits(self) -> int:
        return max(len(str(self._session.document.sentence_count)), 3)

    def _draw_gutter(self, row: Row, place: Place) -> list[Segment]:
        if row.line:
            return [Segment(" " * self._text_column())]
        current = place.sentence.index == self._cursor
        mark = self.part("article--mark")
        gutter = self.part("article--gutter")
        remark = self.part("article--remark")
        unsure = place.annotation is not None and place.annotation.unsure
        noted = place.annotation is not None and place.annotation.note is not None
        letter, colour = self._draw_label(place)
        beside = " " * (2 - len(letter))
        return [
            Segment(f" {CURSOR if current else ' '} ", mark),
            Segment(
                str(place.sentence.index + 1).rjust(self._digits()), mark if current else gutter
            ),
            Segment("  "),
            Segment(letter, colour),
            Segment(f"{beside}{FLAG if unsure else ' '}{NOTE if noted else ' '} ", remark),
        ]

    def _draw_label(self, place: Place) -> tuple[str, Style]:
        scheme = self._session.scheme
        name = None if place.annotation is None else place.annotation.label
        if name is None:
            shown = find_shown(place, scheme)
            letter = OPEN if shown is None else find_letter(scheme, shown.label) + SUGGESTED
            return letter, self.part("article--gutter")
        return find_letter(scheme, name), style_label(self.app, name, scheme=scheme)


@lru_cache(maxsize=64)
def _show(text: str) -> str:
    """A sentence as it is shown: of a long one each row asks again."""
    return show_line(text)
