"""The picker's list: a sentence that may be denied on each row or two, as far as there is room."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message

from annotator.text.display import show_line
from annotator.text.sharing import find_places
from annotator.tui.choice import DIGITS
from annotator.tui.widgets.article import CURSOR, OPEN
from annotator.tui.widgets.label_style import find_letter, style_label
from annotator.tui.widgets.line_widget import Line, LineWidget
from annotator.tui.widgets.wrapping import shorten, wrap

if TYPE_CHECKING:
    from collections.abc import Collection

    from rich.style import Style
    from textual import events
    from textual.geometry import Size

    from annotator.model.scheme import LabelScheme
    from annotator.session.offers import Offer
    from annotator.tui.choice import Choice

TEXT_ROWS: Final = 2
"""Rows of a claim's text at most; the reviewer has read it already."""

AROUND: Final = 13
"""Rows of the screen that stay free above and below the list."""

_KEY_COLUMN: Final = 6  # where the digits stand: mark, box, a cell


class OfferList(LineWidget):
    """Draws the offers that fit, and keeps the one at the cursor in sight."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "offers--current",
        "offers--key",
        "offers--mark",
        "offers--quiet",
        "offers--shared",
        "offers--stale",
    }

    class Picked(Message):
        """Somebody clicked an offer; `position` is its place in the list."""

        def __init__(self, position: int) -> None:
            super().__init__()
            self.position = position

    def __init__(self, choice: Choice, *, scheme: LabelScheme, denies: Collection[str]) -> None:
        super().__init__()
        self._choice = choice
        self._digits = _count_digits(choice)
        self._scheme = scheme
        self._denies = denies
        self._top = 0
        self._positions: list[int] = []

    @property
    def page(self) -> int:
        """How many offers the list shows, one at least."""
        return max(len(set(self._positions)), 1)

    def show(self, choice: Choice) -> None:
        """Draw this choice, its cursor in sight."""
        if choice.offers != self._choice.offers:
            self._digits = _count_digits(choice)
        self._choice = choice
        if not self.size:
            return  # not laid out yet: `on_resize` comes next
        self._top = min(self._top, choice.cursor)
        while self._top < choice.cursor and not self._shows(choice.cursor):
            self._top += 1
        self.redraw()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """See `Widget.get_content_height`: all the offers where the screen has room for them."""
        del container
        most = max(viewport.height - AROUND, TEXT_ROWS + 1)
        rows = 1
        for offer in self._choice.offers[:most]:
            rows += len(self._rows_of(offer, width))
        return min(rows, most)

    def list_lines(self) -> list[Line]:
        """See `LineWidget.list_lines`."""
        lines, positions = [self._draw_head()], []
        listed = self._choice.listed
        for position, offer in enumerate(listed[self._top :], self._top):
            for row, text in enumerate(self._rows_of(offer, self.size.width)):
                lines.append(self._draw(offer, position, row, text))
                positions.append(position)
            if len(lines) >= self.size.height:
                break
        self._positions = positions[: max(self.size.height - 1, 0)]
        return lines[: self.size.height]

    def on_resize(self) -> None:
        """Wrap anew; the offer at the cursor stays in sight."""
        self.show(self._choice)

    def on_click(self, event: events.Click) -> None:
        """Say which offer was clicked."""
        offset = self.find_line(event)
        row = offset.y - 1 if offset else -1
        if 0 <= row < len(self._positions):
            self.post_message(self.Picked(self._positions[row]))

    def on_mouse_scroll_down(self) -> None:
        """Look further down; the cursor stays where it is."""
        if not self._shows(len(self._choice.listed) - 1):
            self._top += 1
            self.redraw()

    def on_mouse_scroll_up(self) -> None:
        """Look further up; the cursor stays where it is."""
        self._top = max(self._top - 1, 0)
        self.redraw()

    def _shows(self, position: int) -> bool:
        """Whether an offer at or after the top would be seen whole."""
        listed = self._choice.listed[self._top : position + 1]
        rows = sum(len(self._rows_of(offer, self.size.width)) for offer in listed)
        return rows <= self.size.height - 1

    def _rows_of(self, offer: Offer, width: int) -> list[str]:
        """Its text on as many rows as it may take, then who speaks, if that is known."""
        room = max(width - self._text_column() - 1, 1)
        lines = [*islice(wrap(show_line(offer.text), room), TEXT_ROWS + 1)]
        rows = lines[: TEXT_ROWS - 1]
        rows.append(shorten(" ".join(lines[TEXT_ROWS - 1 :]), room))
        remark = self._describe(offer)
        if remark:
            rows.append(shorten(remark, room))
        return [row for row in rows if row] or [""]

    def _describe(self, offer: Offer) -> str:
        said = show_line(offer.speaker) if offer.speaker is not None else ""
        if offer.same_speaker:
            said += " (speaks here too)"
        stale = "" if offer.label in self._denies else "no claim any more"
        return " · ".join(part for part in (said, stale) if part)

    def _draw_head(self) -> Line:
        quiet = self.part("offers--quiet")
        head = " " * (_KEY_COLUMN - 1) + "key  sentence"
        choice = self._choice
        listed, total = len(choice.listed), len(choice.offers)
        where = f"{choice.cursor + 1} of {listed}" if listed else "none"
        if listed < total:
            where += f", {total} in all"
        gap = self.size.width - cell_len(head) - len(where) - 1
        return Line((Segment(head + " " * max(gap, 1) + where, quiet),))

    def _draw(self, offer: Offer, position: int, row: int, text: str) -> Line:
        base = "offers--current" if position == self._choice.cursor else ""
        last = row and row == len(self._rows_of(offer, self.size.width)) - 1
        if last and self._describe(offer):
            style = "offers--quiet" if offer.label in self._denies else "offers--stale"
            margin = Segment(" " * self._text_column())
            return Line((margin, Segment(text, self.part(style))), base)
        prefix = [Segment(" " * self._text_column())] if row else self._draw_front(offer, position)
        return Line((*prefix, *self._mark_shared(text, offer.shared)), base)

    def _draw_front(self, offer: Offer, position: int) -> list[Segment]:
        mark, key, quiet = (self.part(f"offers--{name}") for name in ("mark", "key", "quiet"))
        chosen = offer.index in self._choice.chosen
        letter, colour = self._draw_label(offer)
        return [
            Segment(f"{CURSOR if position == self._choice.cursor else ' '} ", mark),
            Segment("[x]" if chosen else "[ ]", mark if chosen else quiet),
            Segment(" "),
            Segment(str(position + 1) if position < DIGITS else " ", key),
            Segment("  "),
            Segment(str(offer.index + 1).rjust(self._digits), mark if chosen else quiet),
            Segment("  "),
            Segment(letter, colour),
            Segment("  "),
        ]

    def _draw_label(self, offer: Offer) -> tuple[str, Style]:
        if offer.label is None:
            return OPEN, self.part("offers--quiet")
        return find_letter(self._scheme, offer.label), style_label(
            self.app, offer.label, scheme=self._scheme
        )

    def _mark_shared(self, text: str, shared: Collection[str]) -> list[Segment]:
        style = self.part("offers--shared")
        segments, at = [], 0
        for start, end in find_places(text, shared):
            segments += [Segment(text[at:start]), Segment(text[start:end], style)]
            at = end
        return [*segments, Segment(text[at:])]

    def _text_column(self) -> int:
        return _KEY_COLUMN + 1 + 2 + self._digits + 2 + 1 + 2


def _count_digits(choice: Choice) -> int:
    """Cells for the sentences' numbers."""
    return max(len(str(max(offer.index for offer in choice.offers) + 1)), 3)
