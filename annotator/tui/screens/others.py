"""What other reviewers have said of a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding

from annotator.text.display import show_line
from annotator.tui.screens.reading import ReadingScreen
from annotator.tui.widgets.label_style import style_label
from annotator.tui.widgets.line_widget import Line
from annotator.tui.widgets.pager import Pager
from annotator.tui.widgets.wrapping import shorten, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.binding import BindingType

    from annotator.model.annotation import Annotation
    from annotator.model.document import Place
    from annotator.model.scheme import LabelScheme

_WIDEST: Final = 24
"""Cells of a reviewer's name."""

_NAMES: Final = 9
"""Cells of `speaker`, `denies` and `note`, with two after the longest."""


class OthersScreen(ReadingScreen):
    """One block a reviewer, the reviewer's own first, to compare with."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "close", "Close", id="others-close", tooltip="Close", priority=True),
    ]

    def __init__(self, mine: Place, others: Sequence[Place], *, scheme: LabelScheme) -> None:
        reviewers = "1 other" if len(others) == 1 else f"{len(others)} others"
        super().__init__(
            f"Sentence {mine.sentence.index + 1}, as you and {reviewers} labelled it",
            OthersPager([mine, *others], scheme=scheme),
            keys="j k scroll   escape closes",
        )


class OthersPager(Pager):
    """A reviewer's name and label on one line, the rest below it. The first is the one looking."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"others--name", "others--quiet", "others--strong"}

    def __init__(self, places: Sequence[Place], *, scheme: LabelScheme) -> None:
        super().__init__()
        self._places = places
        self._scheme = scheme

    def count_blocks(self) -> int:
        """See `Pager.count_blocks`."""
        return len(self._places)

    def lay_out(self, block: int, width: int) -> Sequence[Line]:
        """See `Pager.lay_out`."""
        place = self._places[block]
        annotation = place.annotation
        if annotation is None:
            return [Line()]
        names = [show_line(each.annotation.reviewer) for each in self._places if each.annotation]
        column = min(max(map(cell_len, names)), _WIDEST, max(width // 3, 1)) + 2
        name = shorten(names[block], column - 2)
        space = " " * (column - cell_len(name))
        first = [Segment(name, self.part("others--name")), Segment(space), *self._draw(annotation)]
        lines = [Line(tuple(first))]
        for word, value in _list_fields(place):
            room = max(width - column - _NAMES, 1)
            for number, line in enumerate(wrap(show_line(value), room)):
                shown = word if number == 0 else ""
                left = f"{' ' * column}{shown.ljust(_NAMES)}"
                lines.append(Line((Segment(left, self.part("others--quiet")), Segment(line))))
        return [*lines, Line()] if block < len(self._places) - 1 else lines

    def _draw(self, annotation: Annotation) -> Iterator[Segment]:
        if annotation.label is None:
            yield Segment("no label", self.part("others--quiet"))
        else:
            style = style_label(self.app, annotation.label, scheme=self._scheme)
            yield Segment(show_line(annotation.label), style)
        if annotation.unsure:
            yield Segment("   ⚑ unsure", self.part("others--strong"))


def _list_fields(place: Place) -> Iterator[tuple[str, str]]:
    annotation = place.annotation
    if annotation is not None and annotation.speaker is not None:
        yield "speaker", annotation.speaker
    if place.denies:
        yield "denies", ", ".join(str(link.index + 1) for link in place.denies)
    if annotation is not None and annotation.note is not None:
        yield "note", annotation.note
