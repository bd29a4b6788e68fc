"""How the two halves of a split begin and end, each after its number."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment

from annotator.text.display import show_line
from annotator.tui.widgets.line_widget import Line, LineWidget
from annotator.tui.widgets.wrapping import shorten


class Halves(LineWidget):
    """Shows where the first half ends and the second begins; `cut` is in code points."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"halves--number"}

    def __init__(self, number: int, text: str, *, cut: int) -> None:
        super().__init__()
        self._number = number
        self._text = text
        self._cut = cut

    def show(self, cut: int) -> None:
        """The cut stands here now."""
        self._cut = cut
        self.redraw()

    def list_lines(self) -> list[Line]:
        """See `LineWidget.list_lines`."""
        digits = len(str(self._number + 1))
        room = self.size.width - digits - 2
        if room <= 0:
            return []
        cut, many = self._cut, 4 * room
        first = show_line(self._text[max(cut - many, 0) : cut].strip())
        second = show_line(self._text[cut : cut + many].strip())
        style = self.part("halves--number")
        return [
            Line((Segment(str(number).rjust(digits), style), Segment(f"  {text}")))
            for number, text in (
                (self._number, shorten_start(first, room)),
                (self._number + 1, shorten(second, room)),
            )
        ]


def shorten_start(text: str, width: int) -> str:
    """The end of a text in so many cells: what does not fit goes at its beginning."""
    if cell_len(text) <= width:
        return text
    words = text.split(" ")
    while len(words) > 1 and cell_len(" ".join(words)) > width - 2:
        del words[0]
    end = " ".join(words)
    return "… " + (end if cell_len(end) <= width - 2 else end[-max(width // 2 - 2, 1) :])
