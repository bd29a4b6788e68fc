"""Beside the text: how far the reviewer is, and what they said of the current sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message

from annotator.session.suggesting import find_shown
from annotator.text.display import show_line
from annotator.tui.widgets.label_style import style_label
from annotator.tui.widgets.line_widget import Line, LineWidget
from annotator.tui.widgets.link_words import explain_stale, list_denied, list_denying
from annotator.tui.widgets.wrapping import shorten, wrap

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events

    from annotator.model.document import Place
    from annotator.session import Progress, Session

NOTHING: Final = "–"
ACCEPTS: Final = "enter accepts"
"""What stands beside a suggestion: its key cannot be moved."""

WIDEST: Final = 46
"""Cells of the panel's content at most, however much room there is."""

_NAME_WIDTH: Final = 12
_FIELD_WIDTH: Final = 11


class SidePanel(LineWidget):
    """Position, progress by label, and the current sentence's annotation."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "panel--bar",
        "panel--quiet",
        "panel--stale",
        "panel--strong",
    }

    class Picked(Message):
        """Somebody clicked a label."""

        def __init__(self, label: str) -> None:
            super().__init__()
            self.label = label

    class Accepted(Message):
        """Somebody clicked the suggestion."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._suggested_from: int | None = None
        self._shown: tuple[Place, Progress] | None = None
        self._label_lines: dict[int, str] = {}

    def show(self, place: Place, progress: Progress) -> None:
        """Draw this sentence and this progress."""
        self._shown = place, progress
        self.redraw()

    def list_lines(self) -> list[Line]:
        """See `LineWidget.list_lines`."""
        if self._shown is None:
            return []
        place, progress = self._shown
        lines = [
            [
                Segment(
                    f"{place.sentence.index + 1} of {progress.total}", self.part("panel--strong")
                ),
                Segment(
                    f"   {progress.labelled} labelled · {progress.open} open",
                    self.part("panel--quiet"),
                ),
            ],
            self._draw_bar(progress.labelled, progress.total),
            [],
        ]
        self._label_lines = {}
        for label in self._session.scheme.labels:
            self._label_lines[len(lines)] = label.name
            lines.append(self._draw_count(label.key, label.name, progress))
        lines += [[], self._draw_rule(f"sentence {place.sentence.index + 1}")]
        lines += self._draw_annotation(place)
        suggested = self._draw_suggestion(place)
        self._suggested_from = len(lines) + 1 if suggested else None
        if suggested:
            lines += [[], *suggested]
        return [Line((Segment(" "), *segments)) for segments in lines]

    def on_click(self, event: events.Click) -> None:
        """Give the label that was clicked, or the one that is suggested."""
        offset = self.find_line(event)
        if offset and self._suggested_from is not None and offset.y >= self._suggested_from:
            self.post_message(self.Accepted())
            return
        label = self._label_lines.get(offset.y) if offset else None
        if label is not None:
            self.post_message(self.Picked(label))

    @property
    def _room(self) -> int:
        return max(min(self.size.width - 2, WIDEST), 1)

    def _draw_bar(self, done: int, total: int) -> list[Segment]:
        filled = done * self._room // total if total else 0
        return [
            Segment("━" * filled, self.part("panel--bar")),
            Segment("─" * (self._room - filled), self.part("panel--quiet")),
        ]

    def _draw_count(self, key: str, name: str, progress: Progress) -> list[Segment]:
        count = progress.counts.get(name, 0)
        colour = style_label(self.app, name, scheme=self._session.scheme)
        shown = shorten(show_line(name), _NAME_WIDTH - 1)
        padding = " " * (_NAME_WIDTH - cell_len(shown))
        number = str(count).rjust(len(str(progress.total)))
        room = self._room - _NAME_WIDTH - len(number) - 5
        # A label that was given at all shows at least one block.
        blocks = -(-count * room // progress.total) if progress.total and room > 0 else 0
        return [
            Segment(f"{key}  {shown}{padding}", colour),
            Segment(f"{number}  "),
            Segment("▇" * blocks, colour),
        ]

    def _draw_rule(self, title: str) -> list[Segment]:
        line = f"── {title} "
        return [Segment(line + "─" * (self._room - len(line)), self.part("panel--quiet"))]

    def _draw_annotation(self, place: Place) -> list[list[Segment]]:
        annotation = place.annotation
        label = None if annotation is None else annotation.label
        note = None if annotation is None else annotation.note
        unsure = annotation is not None and annotation.unsure
        speaker = None if annotation is None else annotation.speaker
        strong = self.part("panel--strong")
        colour = strong
        if label is not None:
            colour = style_label(self.app, label, scheme=self._session.scheme)
        return [
            *self._draw_field("label", label, colour),
            *self._draw_field("unsure", "⚑ yes" if unsure else None, strong),
            *self._draw_field("speaker", speaker, strong),
            *self._draw_links(place),
            *self._draw_field("note", note, strong),
        ]

    def _draw_suggestion(self, place: Place) -> list[list[Segment]]:
        """What a program suggests, which program, and the key that takes it; or nothing."""
        scheme, quiet = self._session.scheme, self.part("panel--quiet")
        shown = find_shown(place, scheme)
        if shown is None:
            return []
        suggestion = shown.suggestion
        colour = style_label(self.app, shown.label, scheme=scheme)
        lines = self._draw_field("suggested", f"{shown.label}?", colour)
        if cell_len(lines[-1][-1].text) + len(ACCEPTS) + 3 <= self._room - _FIELD_WIDTH:
            lines[-1].append(Segment(f"   {ACCEPTS}", quiet))
        else:
            lines += self._draw_field("", ACCEPTS, quiet)
        if suggestion.speaker:
            lines += self._draw_field("", f"speaker {suggestion.speaker}", quiet)
        return [*lines, *self._draw_field("", f"by {suggestion.program}", quiet)]

    def _draw_links(self, place: Place) -> list[list[Segment]]:
        scheme = self._session.scheme
        if not any(label.denies for label in scheme.labels):
            return []
        strong, stale = self.part("panel--strong"), explain_stale(place, scheme)
        lines = self._draw_field("denies", list_denied(place, scheme), strong)
        if stale:
            lines += self._draw_field("", stale, self.part("panel--stale"))
        return [*lines, *self._draw_field("denied by", list_denying(place), strong)]

    def _draw_field(self, name: str, value: str | None, style: Style) -> list[list[Segment]]:
        quiet = self.part("panel--quiet")
        room = max(self._room - _FIELD_WIDTH, 1)
        first, *others = list(wrap(show_line(value or NOTHING), room)) or [""]
        front = Segment(name.ljust(_FIELD_WIDTH), quiet)
        lines = [[front, Segment(first, style if value else quiet)]]
        return [*lines, *([Segment(" " * _FIELD_WIDTH), Segment(line, style)] for line in others)]
