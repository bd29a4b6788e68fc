"""The two single lines around the text: what is open, and the panel folded for a narrow screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment

from annotator.text.display import show_line
from annotator.tui.widgets.label_style import style_label
from annotator.tui.widgets.line_widget import Line, LineWidget
from annotator.tui.widgets.wrapping import shorten

if TYPE_CHECKING:
    from annotator.model.document import Place
    from annotator.session import Progress, Session


PROGRAM: Final = " annotator   "


class TitleLine(LineWidget):
    """The program, the article, the reviewer and the database."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"title--program", "title--article", "title--quiet"}

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def list_lines(self) -> list[Line]:
        """See `LineWidget.list_lines`; the title gives way first, then the database's path."""
        width = self.size.width
        who = shorten(show_line(self._session.reviewer), max(width // 4, 1))
        where = _shorten_path(show_line(self._session.location), max(width // 3, 1))
        right = f"{who} · {where} "
        room = width - len(PROGRAM) - cell_len(right) - 2
        title = shorten(show_line(self._session.document.title), max(room, 0))
        gap = width - len(PROGRAM) - cell_len(title) - cell_len(right)
        segments = (
            Segment(PROGRAM, self.part("title--program")),
            Segment(title, self.part("title--article")),
            Segment(" " * max(gap, 1)),
            Segment(right, self.part("title--quiet")),
        )
        return [Line(segments)]


class FoldedPanel(LineWidget):
    """`6/31  c3 d1 b1  label –`: the side panel where there is no side."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"panel--quiet", "panel--strong"}

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: tuple[Place, Progress] | None = None

    def show(self, place: Place, progress: Progress) -> None:
        """Draw this sentence and this progress."""
        self._shown = place, progress
        self.redraw()

    def list_lines(self) -> list[Line]:
        """See `LineWidget.list_lines`."""
        if self._shown is None:
            return []
        place, progress = self._shown
        position = f" {place.sentence.index + 1}/{progress.total} "
        segments = [Segment(position, self.part("panel--strong"))]
        scheme = self._session.scheme
        for label in scheme.labels:
            count = progress.counts.get(label.name, 0)
            style = style_label(self.app, label.name, scheme=scheme)
            segments.append(Segment(f" {label.key}{count}", style))
        return [Line((*segments, *self._draw_annotation(place)))]

    def _draw_annotation(self, place: Place) -> list[Segment]:
        quiet, strong = self.part("panel--quiet"), self.part("panel--strong")
        annotation = place.annotation
        if annotation is None or annotation.label is None:
            segments = [Segment("   label –", quiet)]
        else:
            colour = style_label(self.app, annotation.label, scheme=self._session.scheme)
            segments = [Segment("   label ", quiet), Segment(show_line(annotation.label), colour)]
        if annotation is not None and annotation.unsure:
            segments.append(Segment("   ⚑ unsure", strong))
        if annotation is not None and annotation.note is not None:
            segments += [Segment("   note ", quiet), Segment(show_line(annotation.note), strong)]
        return segments


def _shorten_path(path: str, width: int) -> str:
    """The end of a path says most: what does not fit goes at its beginning."""
    if cell_len(path) <= width:
        return path
    while path and cell_len(path) > width - 1:
        path = path[1:]
    return "…" + path
