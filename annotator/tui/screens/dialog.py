"""What all dialogs share: what they cover is dimmed, and they are painted once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType
    from rich.style import Style
    from textual.app import App
    from textual.color import Color
    from textual.geometry import Size


class Dialog(ModalScreen[None]):
    """A screen above another one, which it leaves in sight."""

    _is_opening = True

    async def open(self, app: App[None]) -> None:
        """Show the dialog; the next key is its own."""
        self._class_by_size(app.size)
        await app.push_screen(self)
        self._is_opening = False

    def update_node_styles(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002 - Textual's
        """See `DOMNode.update_node_styles`.

        A screen on its way to the top (Textual 8.2) is told to style itself and all that is in it,
        which was styled a moment before as it was made. Only the screen itself was not: it is made
        before its styles are read.
        """
        if self._is_opening:
            self.app.stylesheet.apply(self, animate=animate)
        else:
            super().update_node_styles(animate)

    def _class_by_size(self, size: Size) -> None:
        """Have the classes of its breakpoints before there is a widget to style, and not after."""
        for cells, breakpoints in (
            (size.width, self.HORIZONTAL_BREAKPOINTS),
            (size.height, self.VERTICAL_BREAKPOINTS),
        ):
            reached = [point for point in breakpoints or () if point[0] <= cells]
            if reached:
                self.add_class(max(reached)[1], update=False)

    def render(self) -> RenderableType:
        """See `Screen.render`."""
        below = super().render()
        if isinstance(below, BackgroundScreen):
            return _Backdrop(below.screen, below.color)
        return below


class _Backdrop(BackgroundScreen):
    """The screen below, dimmed as Textual's own is, without mixing the same few colours anew for
    every stretch of text: a fifth of the time that a dialog took to open.
    """

    @classmethod
    def process_segments(cls, segments: Iterable[Segment], color: Color) -> Iterable[Segment]:
        """See `BackgroundScreen.process_segments`."""
        for segment in segments:
            text, style, control = segment
            yield segment if control else Segment(text, _dim(style, color), control)


@lru_cache(maxsize=4096)
def _dim(style: Style | None, colour: Color) -> Style | None:
    (dimmed,) = BackgroundScreen.process_segments([Segment("", style)], colour)
    return dimmed.style
