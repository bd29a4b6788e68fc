"""The two single lines around the text: what is open, and the panel folded for a narrow screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment

from annotator.session.suggesting import find_shown
from annotator.text.display import show_line
from annotator.tui.widgets.label_style import style_label
from annotator.tui.widgets.line_widget import Line, LineWidget
from annotator.tui.widgets.link_words import list_denied, list_denying
from annotator.tui.widgets.side_panel import NOTHING
from annotator.tui.widgets.wrapping import shorten

if TYPE_CHECKING:
    from rich.style import Style

    from annotator.model.document import Place
    from annotator.session import Progress, Session


PROGRAM: Final = " annotator   "

_ORIGIN_ROOM: Final = 16
"""Cells that must be left beside a title for its author, date and source to say anything."""

_LEAST: Final = 6
"""Cells of a value that are worth showing when it does not fit."""


class TitleLine(LineWidget):
    """The program, the article, the reviewer and the database."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"title--program", "title--article", "title--quiet"}

    def __init__(self, title: str, *, reviewer: str, location: str, origin: str = "") -> None:
        super().__init__()
        self._title = title
        self._reviewer = reviewer
        self._location = location
        self._origin = origin

    def show(self, title: str) -> None:
        """Say what is open now."""
        self._title = title
        self.redraw()

    def list_lines(self) -> list[Line]:
        """See `LineWidget.list_lines`; where the article comes from gives way first, then its
        title, then the database's path.
        """
        width = self.size.width
        who = shorten(show_line(self._reviewer), max(width // 4, 1))
        where = _shorten_path(show_line(self._location), max(width // 3, 1))
        right = f"{who} · {where} "
        room = width - len(PROGRAM) - cell_len(right) - 2
        title = shorten(show_line(self._title), max(room, 0))
        origin = self._shorten_origin(room - cell_len(title))
        gap = width - len(PROGRAM) - cell_len(title) - cell_len(origin) - cell_len(right)
        segments = (
            Segment(PROGRAM, self.part("title--program")),
            Segment(title, self.part("title--article")),
            Segment(origin, self.part("title--quiet")),
            Segment(" " * max(gap, 1)),
            Segment(right, self.part("title--quiet")),
        )
        return [Line(segments)]

    def _shorten_origin(self, room: int) -> str:
        if not self._origin or room < _ORIGIN_ROOM:
            return ""
        return shorten(f"   {show_line(self._origin)}", room - 2)


class FoldedPanel(LineWidget):
    """`6/31  c3 d1 b1  label –  speaker –`: the side panel where there is no side."""

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
        room = self.size.width - sum(segment.cell_length for segment in segments)
        return [Line((*segments, *self._draw_annotation(place, room)))]

    def _draw_annotation(self, place: Place, room: int) -> list[Segment]:
        """As many of the fields as there is room for, the last of them shortened."""
        quiet = self.part("panel--quiet")
        segments: list[Segment] = []
        for name, value, style in self._list_fields(place):
            front = f"   {name} " if name else "   "
            room -= len(front)
            shown = shorten(show_line(value), room)
            if room < min(cell_len(value), _LEAST):
                break
            segments += [Segment(front, quiet), Segment(shown, style)]
            room -= cell_len(shown)
        return segments

    def _list_fields(self, place: Place) -> list[tuple[str, str, Style]]:
        """What there is to say of the sentence, the most wanted first: name, value, style."""
        quiet, strong = self.part("panel--quiet"), self.part("panel--strong")
        scheme, said = self._session.scheme, place.annotation
        label = None if said is None else said.label
        speaker = None if said is None else said.speaker
        colour = quiet if label is None else style_label(self.app, label, scheme=scheme)
        shown = find_shown(place, scheme)
        if shown is None:
            fields = [("label", label or NOTHING, colour)]
        else:
            style = style_label(self.app, shown.label, scheme=scheme)
            fields = [("suggested", f"{shown.label}?", style)]
        if said is not None and said.unsure:
            fields.append(("", "⚑ unsure", strong))
        if place.denies:
            fields.append(("denies", list_denied(place, scheme), strong))
        if place.denied_by:
            fields.append(("denied by", list_denying(place), strong))
        # After the links, which are short, and before a note.
        if shown is None or speaker or not shown.suggestion.speaker:
            fields.append(("speaker", speaker or NOTHING, strong if speaker else quiet))
        else:
            fields.append(("speaker", f"{shown.suggestion.speaker}?", quiet))
        if said is not None and said.note is not None:
            fields.append(("note", said.note, strong))
        if shown is not None:
            fields.append(("by", shown.suggestion.program, quiet))
        return fields


def _shorten_path(path: str, width: int) -> str:
    """The end of a path says most: what does not fit goes at its beginning."""
    if cell_len(path) <= width:
        return path
    while path and cell_len(path) > width - 1:
        path = path[1:]
    return "…" + path
