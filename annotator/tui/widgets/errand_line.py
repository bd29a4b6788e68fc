"""How far a long errand is: a line that is there only while one is under way."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment

from annotator.text.display import show_line
from annotator.tui.widgets.line_widget import Line, LineWidget
from annotator.tui.widgets.wrapping import shorten


class ErrandLine(LineWidget):
    """Says what is being done beside the screen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"errand--state"}

    def __init__(self, state: str) -> None:
        super().__init__()
        self._state = state
        self.display = bool(state)

    def show(self, state: str) -> None:
        """Say how far it is; nothing where `state` is empty."""
        self._state = state
        self.display = bool(state)
        self.redraw()

    def list_lines(self) -> list[Line]:
        """See `LineWidget.list_lines`."""
        text = shorten(show_line(self._state), max(self.size.width - 4, 0))
        return [Line((Segment(f" … {text}", self.part("errand--state")),))]
