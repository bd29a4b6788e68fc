"""The line under the text that says what is looked for and what is shown, while either is so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message

from annotator.text.display import show_line
from annotator.tui.widgets.line_widget import Line, LineWidget
from annotator.tui.widgets.wrapping import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

BETWEEN: Final = " · "
_APART: Final = "   "
_SHORTEST: Final = 8
"""Cells to which what is looked for, and a filter's name, are shortened at most."""


@dataclass(frozen=True, slots=True)
class Notice:
    """`kind: subject · count`: what is on, of what, and where among how many the cursor is."""

    kind: str
    subject: str
    count: str


@dataclass(frozen=True, slots=True)
class Way:
    """A key and what it does about it; `action` is what a click does."""

    keys: str
    word: str
    action: str


class FindingLine(LineWidget):
    """One line; no line at all while there is nothing to say."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "finding--kind",
        "finding--subject",
        "finding--quiet",
        "finding--key",
    }

    class Chosen(Message):
        """Somebody clicked a key."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self) -> None:
        super().__init__()
        self._notices: tuple[Notice, ...] = ()
        self._ways: tuple[Way, ...] = ()

    def show(self, notices: Sequence[Notice], ways: Sequence[Way]) -> None:
        """Say this; nothing takes the line away."""
        self._notices, self._ways = tuple(notices), tuple(ways)
        self.display = bool(notices)
        self.redraw()

    def on_mount(self) -> None:
        """Nothing is on to begin with."""
        self.display = bool(self._notices)

    def list_lines(self) -> list[Line]:
        """See `LineWidget.list_lines`; what is looked for gives way first."""
        quiet = self.part("finding--quiet")
        segments: list[Segment] = []
        for notice, subject in zip(self._notices, self._shorten_subjects(), strict=True):
            segments += [
                Segment(_APART if segments else " "),
                Segment(f"{notice.kind}: ", self.part("finding--kind")),
                Segment(subject, self.part("finding--subject")),
                Segment(BETWEEN + notice.count, quiet),
            ]
        for way in self._list_ways():
            segments += [
                Segment(BETWEEN, quiet),
                Segment(way.keys, self.part("finding--key")),
                Segment(f" {way.word}", quiet),
            ]
        return [Line(tuple(segments))]

    def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        offset = self.find_line(event)
        at = sum(cell_len(segment.text) for segment in self.list_lines()[0].segments)
        for way in reversed(self._list_ways()):
            end, at = at, at - cell_len(f"{way.keys} {way.word}")
            if offset and at <= offset.x < end:
                self.post_message(self.Chosen(way.action))
            at -= cell_len(BETWEEN)

    def _list_ways(self) -> tuple[Way, ...]:
        """The keys that there is room for beside what is on; the last one always."""
        ways = self._ways
        while len(ways) > 1 and self._measure(ways) > self.size.width:
            ways = ways[1:]
        return ways

    def _measure(self, ways: Sequence[Way]) -> int:
        """Cells that all of it takes, the subjects as short as may be."""
        wanted = sum(min(cell_len(one.subject), _SHORTEST) for one in self._notices)
        rest = sum(cell_len(f"{_APART}{one.kind}: {BETWEEN}{one.count}") for one in self._notices)
        return wanted + rest + sum(cell_len(f"{BETWEEN}{way.keys} {way.word}") for way in ways)

    def _shorten_subjects(self) -> list[str]:
        """The subjects as they are shown, as long as there is room for."""
        shown = [show_line(notice.subject) for notice in self._notices]
        wanted = sum(min(cell_len(one.subject), _SHORTEST) for one in self._notices)
        spare = self.size.width - self._measure(self._list_ways()) + wanted
        rooms: dict[str, int] = {}
        # The shortest takes what it needs, and leaves more to the others.
        for left, subject in zip(
            range(len(shown), 0, -1), sorted(shown, key=cell_len), strict=True
        ):
            rooms[subject] = max(min(spare // left, cell_len(subject)), _SHORTEST)
            spare -= min(rooms[subject], cell_len(subject))
        return [shorten(subject, rooms[subject]) for subject in shown]
