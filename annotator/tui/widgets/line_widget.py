"""A widget that is drawn line by line, and of which only the lines that changed are drawn again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events
    from textual.geometry import Offset, Size


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the screen: its segments, on the component class `base` (empty: on the widget)."""

    segments: tuple[Segment, ...] = ()
    base: str = ""


class LineWidget(Widget):
    """Keeps its lines as values, so that it can tell which ones a key press changed.

    Repainting a whole screen takes ten milliseconds, four lines of it one. A subclass overrides
    `list_lines`, and calls `redraw` when what it shows is no longer so.
    """

    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self._drawn_for: Size | None = None

    def list_lines(self) -> list[Line]:
        """What is to be seen, from the top; lines beyond the last are blank."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Put the lines together anew, and paint those that changed."""
        before, self._lines = self._lines, self.list_lines()
        if self._drawn_for != self.size:
            self._drawn_for = self.size
            self.refresh()
            return
        width, blank = self.size.width, Line()
        before += [blank] * (len(self._lines) - len(before))
        after = self._lines + [blank] * (len(before) - len(self._lines))
        changed = [
            y for y, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]
        ]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def on_resize(self) -> None:
        """Put the lines together for the new size."""
        self.redraw()

    def notify_style_update(self) -> None:
        """See `Widget.notify_style_update`: colours are part of the lines."""
        super().notify_style_update()
        self._drawn_for = None
        if self.is_mounted:
            self.redraw()

    def part(self, name: str) -> Style:
        """The style of a component class, without the background that it stands on."""
        return self.get_component_rich_style(name, partial=True)

    def find_line(self, event: events.Click) -> Offset | None:
        """Where in the content a plain click was; `None` on padding or border, for another button,
        and for the second click of a double one, which would act twice.
        """
        plain = event.button == 1 and event.chain == 1
        return event.get_content_offset(self) if plain else None

    def render_line(self, y: int) -> Strip:
        """See `Widget.render_line`. What a dialog shows has its size, and is painted, before it is
        told so: with its lines already there, that picture is the one that stays.
        """
        if self._drawn_for != self.size:
            self._lines, self._drawn_for = self.list_lines(), self.size
        line = self._lines[y] if y < len(self._lines) else Line()
        base = self.get_component_rich_style(line.base) if line.base else self.plain
        strip = Strip(Segment.apply_style(line.segments, base))
        return strip.adjust_cell_length(self.size.width, base)

    @property
    def plain(self) -> Style:
        """The widget's own style."""
        return self.visual_style.rich_style
