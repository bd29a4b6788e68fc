"""A sentence in which a word is chosen: the cut stands before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message

from annotator.session.words import find_cuts, find_likeliest, is_likely
from annotator.text.display import show_line
from annotator.tui.widgets.line_widget import Line, LineWidget
from annotator.tui.widgets.wrapping import shorten, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.geometry import Size

MARK: Final = "¦"

_GUTTER: Final = 2
_SPARE: Final = 3  # cells at the end of a line for the mark, so that no word jumps when it comes
_AROUND: Final = 14  # rows of the screen that the dialog keeps for all but the sentence
_PAGE: Final = 200
"""Words that are laid out at a time, and as many before them and after: more than a screen."""
_LONGEST: Final = 400
"""Cells of a word that are shown: there are web addresses, and there is worse."""
_READ: Final = 4 * _LONGEST
"""Code points of a word that are looked at for that."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a line's part of a long one: its number, where it stands, whether it begins here.

    `gap` is the white space before it: one cell or none.
    """

    number: int
    column: int
    text: str
    gap: int
    begins: bool = True


class WordPicker(LineWidget):
    """Shows the two halves as they will be. The cut is at the likeliest place first."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"picker--first", "picker--mark", "picker--second"}

    class Moved(Message):
        """The cut stands elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self._cuts = find_cuts(text)
        self._place = find_likeliest(text, self._cuts) if self._cuts else 0
        self._top = 0
        self._column: int | None = None
        self._rows: list[list[Word]] = []
        self._rows_of: tuple[int, int] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the sentence has no word before which it could be split."""
        return not self._cuts

    @property
    def cut(self) -> int:
        """Where the second half begins: code points from the sentence's start."""
        return self._cuts[self._place]

    def move(self, words: int) -> None:
        """Move the cut so many words on, back where negative."""
        self._move_to(self._place + words)

    def move_to_mark(self, step: int) -> None:
        """Move the cut on (or back) to the next place after a full stop, a comma and the like."""
        place = self._place + step
        while 0 <= place < len(self._cuts):
            if is_likely(self._text, self._cuts[place]):
                self._move_to(place)
                return
            place += step

    def move_to_first(self) -> None:
        """Move the cut as far to the beginning as it goes."""
        self._move_to(0)

    def move_to_last(self) -> None:
        """Move the cut as far to the end as it goes."""
        self._move_to(len(self._cuts) - 1)

    def move_lines(self, lines: int) -> None:
        """Move the cut a line down (or up), to the word that stands nearest in the column."""
        rows = self._lay_out(self.size.width)
        at, here = self._find_row(rows)
        goal = here.column if self._column is None else self._column
        at += lines
        while 0 <= at < len(rows):
            words = [word for word in rows[at] if word.begins and word.number > 0]
            if words:
                nearest = min(words, key=lambda word: abs(word.column - goal))
                self._move_to(nearest.number - 1)
                self._column = goal
                return
            at += lines

    def list_lines(self) -> list[Line]:
        """See `LineWidget.list_lines`."""
        if not self.size or self.is_empty:
            return []
        rows = self._lay_out(self.size.width)
        at, height = self._find_row(rows)[0], self.size.height
        above = min(2, height // 3)
        lowest = max(len(rows) - height, 0)
        self._top = max(min(self._top, at - above, lowest), at + above + 1 - height, 0)
        self._top = min(self._top, lowest)
        return [self._draw(row) for row in rows[self._top : self._top + height]]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """See `Widget.get_content_height`: the whole sentence, as far as there is room."""
        del container
        return max(min(len(self._lay_out(width)), viewport.height - _AROUND), 1)

    def on_click(self, event: events.Click) -> None:
        """Put the cut before the word that was clicked."""
        offset = self.find_line(event)
        rows = self._lay_out(self.size.width)
        if offset is None or self._top + offset.y >= len(rows):
            return
        row = rows[self._top + offset.y]
        here = [word for word, at in self._place_words(row) if at <= offset.x]
        if here and here[-1].number > 0:
            self._move_to(here[-1].number - 1)

    def _move_to(self, place: int) -> None:
        self._column = None
        self._place = max(0, min(place, len(self._cuts) - 1))
        self.redraw()
        self.post_message(self.Moved())

    def _find_row(self, rows: Sequence[Sequence[Word]]) -> tuple[int, Word]:
        """The row and the word before which the cut stands."""
        return next(
            (at, word)
            for at, row in enumerate(rows)
            for word in row
            if word.number == self._place + 1
        )

    def _draw(self, row: list[Word]) -> Line:
        first, second = self.part("picker--first"), self.part("picker--second")
        segments: list[Segment] = []
        used = 0
        for word, at in self._place_words(row):
            style = second if word.number > self._place else first
            space = " " * (at - used)
            if self._is_cut_before(word):
                space = space[:-2] + MARK + " "
                segments += [Segment(space[:-2]), Segment(MARK, self.part("picker--mark"))]
                space = " "
            segments += [Segment(space), Segment(word.text, style)]
            used = at + cell_len(word.text)
        return Line(tuple(segments))

    def _place_words(self, row: list[Word]) -> list[tuple[Word, int]]:
        """The words of a row with the columns that they are drawn at: the mark moves some."""
        placed, shift = [], _GUTTER
        for word in row:
            if self._is_cut_before(word) and word.column:
                shift += _SPARE - word.gap
            placed.append((word, word.column + shift))
        return placed

    def _is_cut_before(self, word: Word) -> bool:
        return word.begins and word.number == self._place + 1

    def _lay_out(self, width: int) -> list[list[Word]]:
        """The rows of the words around the cut, the same ones until it leaves their page."""
        page = (self._place + 1) // _PAGE
        if self._rows_of != (page, width):
            first = max(page - 1, 0) * _PAGE
            last = min((page + 2) * _PAGE, len(self._cuts) + 1)
            room = max(width - _GUTTER - _SPARE, 1)
            self._rows = self._flow(range(first, last), room)
            self._rows_of = (page, width)
        return self._rows

    def _flow(self, numbers: range, room: int) -> list[list[Word]]:
        rows: list[list[Word]] = [[]]
        end = 0
        for number in numbers:
            start, text = self._read_word(number)
            gap = int(bool(rows[-1]) and self._text[start - 1].isspace())
            *full, rest = wrap(text, room) if text else [""]
            if rows[-1] and (full or end + gap + cell_len(rest) > room):
                rows.append([])
                end = gap = 0
            for piece in full:
                rows[-1].append(Word(number, 0, piece, 0, begins=piece is full[0]))
                rows.append([])
            column = 0 if full else end + gap
            rows[-1].append(Word(number, column, rest, gap, begins=not full))
            end = column + cell_len(rest)
        return rows

    def _read_word(self, number: int) -> tuple[int, str]:
        """Where a word starts, and its text as it is shown."""
        start = self._cuts[number - 1] if number else 0
        end = self._cuts[number] if number < len(self._cuts) else len(self._text)
        text = self._text[start:end].strip()
        return start, shorten(show_line(text[:_READ]), _LONGEST)
