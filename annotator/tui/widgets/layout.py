"""Which sentence stands on which line: only for what is on the screen.

The view hangs from an anchor, a sentence and a number of its rows that are scrolled out at the top.
Everything below follows from wrapping the sentences from there until the screen is full; the other
hundred thousand are never measured.

Sentences go by position here, from 0, in what is shown: the article, or what a filter left of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from annotator.text.display import show_line
from annotator.tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from annotator.model.document import Place

READABLE: Final = 88
"""Cells in a line of text at most: longer lines are hard to read."""

AHEAD: Final = 4
"""Rows that stay in sight below the current sentence, so that what comes next can be read."""


_BEFORE_REMARK: Final = "  "


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the view hangs: the first sentence, and how many of its rows are above the top."""

    position: int = 0
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the screen: a sentence's `line`-th line (from 0), a gap, or the article's end.

    `place` is `None` on what is no sentence. `remark` stands after the text, and is no part of it.
    `start` is where the text begins in the sentence as it is shown, in code points.
    """

    place: Place | None
    line: int
    text: str
    remark: str = ""
    start: int = 0


class Window:
    """The sentences around the screen, asked for once a drawing. `read` gets them by the position
    of the first and their number.
    """

    def __init__(self, read: Callable[[int, int], list[Place]], total: int) -> None:
        self._read = read
        self._total = total
        self._known: dict[int, Place] = {}

    def read(self, first: int, count: int) -> list[Place]:
        """`count` sentences from `first` on, as far as there are any."""
        wanted = range(max(first, 0), min(first + count, self._total))
        missing = [position for position in wanted if position not in self._known]
        if missing:
            found = self._read(missing[0], missing[-1] - missing[0] + 1)
            self._known.update(enumerate(found, missing[0]))
        return [self._known[position] for position in wanted if position in self._known]


def _say_nothing(_place: Place) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Page:
    """A size, and the sentences to lay out in it, `total` in all. `read` gets them by the position
    of the first and their number. `describe` says what stands after a sentence's text, or nothing.
    """

    width: int
    height: int
    total: int
    read: Callable[[int, int], list[Place]]
    ending: tuple[str, ...]
    describe: Callable[[Place], str] = _say_nothing

    def lay_out(self, anchor: Anchor) -> list[Row]:
        """The rows from the anchor on, at most a screen of them."""
        return list(islice(self._rows_from(anchor), self.height))

    def settle(self, anchor: Anchor, cursor: int) -> Anchor:
        """The anchor nearest to this one from which the cursor's sentence can be seen.

        Moves no further than it must; a sentence far away comes to stand in the upper third.
        """
        first = anchor.position
        if abs(cursor - first) > self.height:
            return self.hang(cursor)
        if cursor == first and anchor.skip and self._fills(anchor):
            return anchor
        if cursor < first or (cursor == first and anchor.skip):
            return self._hang(cursor, above=min(AHEAD, self.height // 4, self._spare(cursor)))
        if self._measure_to(anchor, cursor) <= self.height:
            return anchor
        return self._hang(cursor, above=self._spare(cursor))

    def hang(self, cursor: int) -> Anchor:
        """The anchor from which the cursor's sentence stands in the upper third; further down near
        the article's end, so that no rows stay empty.
        """
        above, spare = self.height // 3, self._spare(cursor)
        anchor = self._hang(cursor, above=min(above, spare))
        empty = self.height - len(self.lay_out(anchor))
        return self._hang(cursor, above=min(above + empty, spare)) if empty else anchor

    def scroll(self, anchor: Anchor, rows: int) -> Anchor:
        """The anchor so many rows further down (up where negative), not beyond the text."""
        if rows < 0:
            above = -rows - anchor.skip
            if above > 0:
                return self._hang(anchor.position, above=above)
            return Anchor(anchor.position, -above)
        skip = anchor.skip + rows
        for position, place in self._read_from(anchor.position, rows + 1):
            height = self._height_of(place, skip + 1)
            if skip < height or position == self.total - 1:
                return Anchor(position, min(skip, height - 1))
            skip -= height
        return anchor

    def _rows_from(self, anchor: Anchor) -> Iterator[Row]:
        skip = anchor.skip
        paragraph = None
        for position, place in self._read_from(anchor.position, self.height + 1):
            if paragraph not in (None, place.sentence.paragraph):
                yield Row(None, 0, "")
            paragraph = place.sentence.paragraph
            yield from islice(self._lines_of(place), skip, None)
            skip = 0
            if position == self.total - 1:
                yield Row(None, 0, "")
                yield from (Row(None, 0, line) for line in self._wrap_ending())

    def _read_from(self, first: int, count: int) -> Iterator[tuple[int, Place]]:
        """Sentences, each with its position."""
        yield from enumerate(self.read(first, count), max(first, 0))

    def _lines_of(self, place: Place) -> Iterator[Row]:
        remark = self.describe(place)
        shown = show_line(place.sentence.text)
        number, held, start = 0, "", 0
        for number, text in enumerate(wrap(shown, self.width)):
            if number:
                yield Row(place, number - 1, held, start=start)
            # Nothing but white space is between one line and the next.
            held, start = text, shown.find(text, start + len(held))
        beside = _BEFORE_REMARK + remark
        if remark and cell_len(held + beside) <= self.width:
            yield Row(place, number, held, beside, start)
            return
        yield Row(place, number, held, start=start)
        for row, text in enumerate(wrap(remark, self.width), number + 1):
            yield Row(place, row, "", text)

    def _wrap_ending(self) -> Iterator[str]:
        for line in self.ending:
            yield from wrap(line, self.width)

    def _height_of(self, place: Place, most: int) -> int:
        """How many lines a sentence takes, counted no further than `most`."""
        return sum(1 for _ in islice(self._lines_of(place), most))

    def _room_for(self, cursor: int) -> int:
        """Rows that the current sentence wants: its own, and what must stay in sight below it."""
        height = sum(self._height_of(place, self.height) for place in self.read(cursor, 1))
        at_end = cursor == self.total - 1
        below = 1 + sum(1 for _ in self._wrap_ending()) if at_end else AHEAD
        return min(height + min(below, max(self.height // 4, 1)), self.height)

    def _spare(self, cursor: int) -> int:
        """Rows that may stand above the current sentence."""
        return self.height - self._room_for(cursor)

    def _fills(self, anchor: Anchor) -> bool:
        """Whether the first sentence of the view is all that there is room for."""
        rows = anchor.skip + self.height
        return all(self._height_of(place, rows) >= rows for place in self.read(anchor.position, 1))

    def _measure_to(self, anchor: Anchor, cursor: int) -> int:
        """Rows from the anchor to the end of what the cursor's sentence wants."""
        rows = -anchor.skip
        paragraph = None
        for place in self.read(anchor.position, cursor - anchor.position):
            gap = paragraph not in (None, place.sentence.paragraph)
            rows += gap + self._height_of(place, self.height + anchor.skip)
            paragraph = place.sentence.paragraph
            if rows > self.height:
                break
        gap = any(place.sentence.paragraph != paragraph for place in self.read(cursor, 1))
        return rows + (gap and cursor > anchor.position) + self._room_for(cursor)

    def _hang(self, cursor: int, *, above: int) -> Anchor:
        """The anchor with about so many rows between the top and the cursor's sentence."""
        first = max(0, cursor - max(above, 0))
        before = self.read(first, cursor - first + 1)
        if not before:
            return Anchor()
        rows, paragraph = 0, before[-1].sentence.paragraph
        position = cursor
        for place in reversed(before[:-1]):
            gap = place.sentence.paragraph != paragraph
            height = self._height_of(place, above + 1) + gap
            if rows + height > above:
                break
            rows += height
            paragraph = place.sentence.paragraph
            position -= 1
        return Anchor(position)
