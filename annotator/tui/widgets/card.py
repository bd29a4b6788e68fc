"""What is known of one document: who wrote it, when it came in, what I have labelled in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment

from annotator.session.shelving import describe_colleagues
from annotator.text.display import show_line
from annotator.text.moment import describe_time
from annotator.tui.widgets.label_style import style_label
from annotator.tui.widgets.line_widget import Line, LineWidget
from annotator.tui.widgets.wrapping import shorten, wrap

if TYPE_CHECKING:
    from annotator.model.document import Shelved
    from annotator.model.scheme import LabelScheme
    from annotator.session import Progress

NOTHING: Final = "–"
PAIRED: Final = 68
"""Cells from which on short fields stand two in a line."""

_NAME: Final = 10
_WIDEST: Final = 120


@dataclass(frozen=True, slots=True)
class Card:
    """A document, and how far the reviewer is in it: their own labels only, for reviewers are blind
    to one another's.
    """

    shelved: Shelved
    progress: Progress


class DocumentCard(LineWidget):
    """Draws a card: in two columns where it is wide, in one where it is high."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"card--title", "card--quiet", "card--rule"}

    def __init__(self, scheme: LabelScheme) -> None:
        super().__init__()
        self._scheme = scheme
        self._card: Card | None = None

    def show(self, card: Card | None) -> None:
        """Draw this card, or none."""
        self._card = card
        self.redraw()

    def list_lines(self) -> list[Line]:
        """See `LineWidget.list_lines`."""
        if self._card is None:
            return []
        if self.size.width >= PAIRED:
            return self._draw_wide(self._card, min(self.size.width - 4, _WIDEST))
        return self._draw_high(self._card, max(self.size.width - 4, 1))

    def _draw_wide(self, card: Card, room: int) -> list[Line]:
        fields = _describe(card)
        half = (room - 3) // 2

        def pair(left: str, right: str) -> list[Segment]:
            first = self._draw_field(left, fields[left], half)
            used = sum(segment.cell_length for segment in first)
            gap = Segment(" " * (half + 3 - used))
            return [*first, gap, *self._draw_field(right, fields[right], half)]

        title = shorten(show_line(card.shelved.document.title), max(room - 8, 1))
        rule = "─" * max(self.size.width - cell_len(title) - 6, 0)
        quiet = self.part("card--rule")
        lines = [
            pair("author", "date"),
            self._draw_field("source", fields["source"], room),
            pair("id", "language"),
            pair("imported", "others"),
            [*self._draw_name("labels"), *self._draw_counts(card.progress)],
        ]
        head = Line(
            (
                Segment(" ── ", quiet),
                Segment(title, self.part("card--title")),
                Segment(f" {rule}", quiet),
            )
        )
        return [head, *(Line((Segment("   "), *segments)) for segments in lines)]

    def _draw_high(self, card: Card, room: int) -> list[Line]:
        fields, quiet = _describe(card), self.part("card--quiet")
        title = wrap(show_line(card.shelved.document.title), room)
        lines = [[Segment(line, self.part("card--title"))] for line in title]
        lines.append([])
        for name, value in fields.items():
            first, *others = list(wrap(value or NOTHING, max(room - _NAME, 1))) or [""]
            style = None if value else quiet
            lines.append([*self._draw_name(name), Segment(first, style)])
            lines += ([Segment(" " * _NAME), Segment(line)] for line in others)
        lines.append([])
        lines += self._list_counts(card.progress, room)
        return [Line((Segment("  "), *segments)) for segments in lines]

    def _draw_name(self, name: str) -> list[Segment]:
        return [Segment(name.ljust(_NAME), self.part("card--quiet"))]

    def _draw_field(self, name: str, value: str, room: int) -> list[Segment]:
        style = None if value else self.part("card--quiet")
        shown = shorten(value or NOTHING, max(room - _NAME, 1))
        return [*self._draw_name(name), Segment(shown, style)]

    def _draw_counts(self, progress: Progress) -> list[Segment]:
        segments = []
        for label in self._scheme.labels:
            colour = style_label(self.app, label.name, scheme=self._scheme)
            count = progress.counts.get(label.name, 0)
            segments += [Segment(f"{show_line(label.name)} {count}", colour), Segment("   ")]
        return [*segments, Segment(f"{progress.open} open", self.part("card--quiet"))]

    def _list_counts(self, progress: Progress, room: int) -> list[list[Segment]]:
        width = max(len(str(progress.total)), 1)
        lines = []
        for label in self._scheme.labels:
            colour = style_label(self.app, label.name, scheme=self._scheme)
            name = shorten(show_line(label.name), max(room - width - 2, 1))
            count = str(progress.counts.get(label.name, 0)).rjust(width)
            gap = " " * max(14 - cell_len(name), 2)
            lines.append([Segment(name + gap, colour), Segment(count)])
        quiet = self.part("card--quiet")
        lines.append([Segment("open".ljust(14), quiet), Segment(str(progress.open).rjust(width))])
        return lines


def _describe(card: Card) -> dict[str, str]:
    """Each field's text, empty where nothing is known."""
    document = card.shelved.document
    known = {
        "author": document.author,
        "date": document.published,
        "source": document.source,
        "id": document.id,
        "language": document.language,
        "imported": describe_time(document.imported_at),
        "others": describe_colleagues(card.shelved),
    }
    return {name: show_line(value or "") for name, value in known.items()}
