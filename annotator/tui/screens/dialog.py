"""What all dialogs share: what they cover is dimmed, and they are painted once."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.visual import Visual

if TYPE_CHECKING:
    from typing import Self

    from rich.console import RenderableType
    from rich.style import Style as RichStyle
    from textual.app import App
    from textual.color import Color
    from textual.css.styles import RulesMap
    from textual.geometry import Region, Size
    from textual.style import Style
    from textual.visual import RenderOptions


class Dialog(ModalScreen[None]):
    """A screen above another one, which it leaves in sight."""

    _is_opening = False

    async def open(self, app: App[None]) -> None:
        """Show the dialog; the next key is its own.

        Textual (8.2) paints a screen that is pushed three times over: laid out, told of its size,
        told that it is the one on top; and what its widgets then have to say, once more. Each time
        takes as long as all the rest of it, so that there is one picture only, at the end.
        """
        self._is_opening = True
        self._class_by_size(app.size)
        with app.batch_update():
            await app.push_screen(self)
            # Its size comes behind what the first of these comes behind, and so on.
            for _ in range(3):
                done = asyncio.Event()
                self.call_later(done.set)
                await done.wait()
        self._is_opening = False
        self._on_timer_update()  # now, and not at the next tick
        self._compositor_refresh()

    def _class_by_size(self, size: Size) -> None:
        """Have the classes of its breakpoints before there is a widget to style, and not after."""
        for cells, breakpoints in (
            (size.width, self.HORIZONTAL_BREAKPOINTS),
            (size.height, self.VERTICAL_BREAKPOINTS),
        ):
            reached = [point for point in breakpoints or () if point[0] <= cells]
            if reached:
                self.add_class(max(reached)[1])

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """See `Widget.refresh`. All of it is painted at the end of its opening anyway."""
        wanted = repaint and not self._is_opening
        return super().refresh(*regions, repaint=wanted, layout=layout, recompose=recompose)

    def _compositor_refresh(self) -> None:
        if not self._is_opening:
            super()._compositor_refresh()

    def render(self) -> RenderableType:
        """See `Screen.render`."""
        below = super().render()
        if isinstance(below, BackgroundScreen):
            return _Backdrop(below.screen, below.color)
        return below


class _Backdrop(BackgroundScreen, Visual):
    """The screen below, dimmed: what Textual's own shows, without taking the long way through Rich
    and without mixing the same few colours for every stretch of text. A third of the time that a
    dialog took to open was spent there.
    """

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """See `Visual.render_strips`."""
        del style, options
        strips = [
            Strip(
                [
                    Segment(text, _dim(rich_style, self.color), control)
                    for text, rich_style, control in strip
                ],
                strip.cell_length,
            ).crop(0, width)
            for strip in self.screen._compositor.render_strips()
        ]
        return strips[:height]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """See `Visual.get_optimal_width`."""
        del rules
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """See `Visual.get_height`."""
        del rules, width
        return self.screen.size.height


@lru_cache(maxsize=4096)
def _dim(style: RichStyle | None, colour: Color) -> RichStyle | None:
    (dimmed,) = BackgroundScreen.process_segments([Segment("", style)], colour)
    return dimmed.style
