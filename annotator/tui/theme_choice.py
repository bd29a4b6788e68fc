"""The palette of themes: the one that is chosen is remembered."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.theme import ThemeProvider

from annotator.config.theme import save_theme
from annotator.tui.notice import noticing

if TYPE_CHECKING:
    from collections.abc import Callable


class ThemeChoice(ThemeProvider):
    """All themes by name, Textual's and the app's own."""

    @property
    def commands(self) -> list[tuple[str, Callable[[], None]]]:
        """See `ThemeProvider.commands`."""
        return [(name, partial(self._choose, name)) for name in sorted(self.app.available_themes)]

    def _choose(self, name: str) -> None:
        self.app.theme = name
        with noticing(self.screen):
            save_theme(name)
