"""The terminal app: one reviewer, one library, the screens on it."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand, get_system_commands_provider

from annotator.tui.bindings import APP_BINDINGS
from annotator.tui.screens.labelling import LabellingScreen
from annotator.tui.theme import LAMP, PAPER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.binding import Binding, BindingType
    from textual.command import Provider
    from textual.screen import Screen

    from annotator.model.document import Document
    from annotator.session import Library


def _find_action_commands() -> type[Provider]:
    from annotator.tui.commands import ActionCommands

    return ActionCommands


class AnnotatorApp(App[None]):
    """Opens on a document. Talks to the library and its sessions, and to nothing below them."""

    TITLE = "annotator"
    # Textual loads the styles of screens that are pushed, and not those of the first one.
    CSS_PATH = "screens/labelling.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*APP_BINDINGS]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {
        get_system_commands_provider,
        _find_action_commands,
    }

    def __init__(self, library: Library, document: Document) -> None:
        super().__init__()
        self._library = library
        self._document = document
        self.register_theme(LAMP)
        self.register_theme(PAPER)
        if "TEXTUAL_THEME" not in os.environ:
            self.theme = LAMP.name

    def get_default_screen(self) -> Screen[None]:
        """The labelling screen, at the document."""
        session = self._library.open(self._document)
        return LabellingScreen.for_scheme(session.scheme)(session)

    def on_ready(self) -> None:
        """Painted: collect garbage again, and never look at what the start-up left for good."""
        gc.freeze()
        gc.enable()

    def get_key_display(self, binding: Binding) -> str:
        """See `App.get_key_display`; in the words on the keys, `ctrl+r` and not `^r`."""
        shown = super().get_key_display(binding)
        return shown.replace("^", "ctrl+") if len(shown) > 1 else shown

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Of Textual's own commands the theme; the rest are in our bindings, by their own words."""
        del screen
        yield SystemCommand(
            "Theme", "Choose how the app looks, light or dark", self.action_change_theme
        )


def run_app(library: Library, document: Document) -> None:
    """Open the app on a document; returns when the reviewer quits."""
    AnnotatorApp(library, document).run()
