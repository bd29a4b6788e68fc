"""The terminal app: one reviewer, one library, the screens on it."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from typing import TYPE_CHECKING, ClassVar

from textual.app import SystemCommand, get_system_commands_provider
from textual.screen import ModalScreen

from annotator.errors import AppFailedError
from annotator.tui.bindings import APP_BINDINGS
from annotator.tui.notice import NoticingApp
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


class AnnotatorApp(NoticingApp):
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
        self._session = library.open(document)
        self._cursor = self._session.find_resumption()
        self.register_theme(LAMP)
        self.register_theme(PAPER)
        if "TEXTUAL_THEME" not in os.environ:
            self.theme = LAMP.name

    def get_default_screen(self) -> Screen[None]:
        """The labelling screen, at the document."""
        screen = LabellingScreen.for_scheme(self._session.scheme)
        return screen(self._session, cursor=self._cursor)

    def on_ready(self) -> None:
        """Painted: collect garbage again, and never look at what the start-up left for good."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        if sys.platform != "win32":
            # A terminal that is closed or a program that is ended from outside leaves in order.
            for ending in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(ending, self.exit)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """See `DOMNode.check_action`. The palette is for the screen below, not for a dialog's."""
        if action == "command_palette" and isinstance(self.screen, ModalScreen):
            return False
        return super().check_action(action, parameters)

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
    """Open the app on a document; returns when the reviewer quits.

    `AppFailedError` where it ended by a fault of its own, of which Textual has told.
    """
    app = AnnotatorApp(library, document)
    app.run()
    if app.return_code:
        raise AppFailedError(
            "The app ended by a fault of its own (see above). Whatever it showed as saved is saved:"
            " start it again to go on, and please report the fault."
        )
