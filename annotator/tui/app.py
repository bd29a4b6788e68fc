"""The terminal app: one reviewer, one library, the screens on it."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import SystemCommand, get_system_commands_provider
from textual.command import CommandPalette
from textual.screen import ModalScreen

from annotator.errors import AppFailedError, UnknownNameError
from annotator.model.assignment import is_again
from annotator.model.document import name_row
from annotator.session.shelving import Shelving, list_shelf, sort_documents
from annotator.tui.errands import ErrandApp
from annotator.tui.notice import noticing
from annotator.tui.screens.labelling import LabellingScreen
from annotator.tui.theme import LAMP, PAPER
from annotator.tui.upkeep import Upkeep
from annotator.tui.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.binding import Binding, BindingType
    from textual.command import Provider
    from textual.screen import Screen

    from annotator.config import Settings
    from annotator.model.clock import Clock
    from annotator.model.document import Document
    from annotator.session import Library, Session


def _find_action_commands() -> type[Provider]:
    from annotator.tui.commands import ActionCommands

    return ActionCommands


class AnnotatorApp(ErrandApp):
    """Opens on a document (`again` for a second, blind pass), or without one on the library. Talks
    to the library and its sessions, and to nothing below them.

    `clock` says what today is, where the library shows times.
    """

    TITLE = "annotator"
    DEFAULT_MODE: ClassVar[str] = "first"
    # Textual loads the styles of screens that are pushed, and not those of the first one.
    CSS_PATH = "screens/labelling.tcss"
    # Each screen has all of its keys in its own table.
    BINDINGS: ClassVar[list[BindingType]] = []
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {
        get_system_commands_provider,
        _find_action_commands,
    }

    def __init__(
        self,
        library: Library,
        document: Document | None,
        *,
        settings: Settings | None = None,
        clock: Clock | None = None,
        again: bool = False,
    ) -> None:
        super().__init__()
        from annotator.config import Settings
        from annotator.session import SystemClock

        self.library = library
        self.settings = settings or Settings(path=Path())
        self.clock = clock or SystemClock()
        self.shelving = Shelving()
        self.search_words = ""
        self._order: tuple[str, ...] = ()
        self._first = document
        self._first_again = again
        self._switches = 0
        self._keys_task: asyncio.Task[object] | None = None
        self._upkeep: Upkeep | None = None
        self._labelling = LabellingScreen.for_scheme(library.scheme, keys=self.settings.keys)
        # Nobody should have to wait for a picture to move.
        self.animation_level = "none"
        self._begin_theme()
        if document is None:
            last = library.find_last_document()
            self.chosen_id = last.id if last else None
            self.css_path = [Path(__file__).parent / "screens" / "library.tcss"]
        else:
            self.chosen_id = name_row(document.id, again=again)

    def get_default_screen(self) -> Screen[None]:
        """See `App.get_default_screen`."""
        return self._make_first_screen()

    def _make_first_screen(self) -> Screen[None]:
        """The labelling screen at the document, or the library."""
        if self._first is None:
            return self._make_library_screen()
        return self._make_labelling_screen(self._first, again=self._first_again)

    def on_load(self) -> None:
        """Before anything else happens: remember which task it is that does the keys."""
        self._keys_task = asyncio.current_task()

    def on_ready(self) -> None:
        """Painted: collect garbage again, and never look at what the start-up left for good."""
        tidies = not gc.isenabled()
        if tidies:
            gc.freeze()
            gc.enable()
        self._upkeep = Upkeep(self, tidies=tidies)
        self._upkeep.begin()
        Watch(self, self.library.store).begin()
        if sys.platform != "win32":
            # A terminal that is closed or a program that is ended from outside leaves in order.
            for ending in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(ending, self.exit)
        wanted = self.settings.theme
        if wanted is not None and wanted not in self.available_themes:
            known = ", ".join(sorted(self.available_themes))
            self.tell_error(
                UnknownNameError(
                    f"There is no theme {wanted!a}, which {self.settings.path} asks for; choose"
                    f" one in the palette: {known}."
                )
            )

    # -- from screen to screen

    async def open_document(
        self, document: Document, index: int | None = None, *, again: bool = False
    ) -> None:
        """Go and label a document, at the sentence of that index, else where the reviewer left off;
        `again` for a second pass, which is blind to the first.

        Keys that were typed meanwhile are for the document's screen.
        """
        with noticing(self.screen):
            screen = self._make_labelling_screen(document, index, again=again)
            self.chosen_id = name_row(document.id, again=again)
            await self._switch(screen)

    async def show_library(self) -> None:
        """Go to the library, to the document that was on show."""
        with noticing(self.screen):
            await self._switch(self._make_library_screen())

    async def show_search(self) -> None:
        """Go and search the text of all documents."""
        from annotator.tui.screens.search import SearchScreen

        screen = SearchScreen.for_keys(self.settings.keys)(self.library)
        await self._switch(screen)
        screen.begin()

    async def open_neighbour(self, session: Session, step: int) -> None:
        """Open the next document in the library's present order, or the previous one."""
        with noticing(self.screen):
            key = name_row(session.document.id, again=is_again(session.reviewer))
            order = self._read_order(key)
            at = order.index(key) if key in order else 0
            for beside in order[at + 1 :] if step > 0 else reversed(order[:at]):
                id_ = beside.split()[0]
                found = self._find(id_)
                if found is not None:
                    await self.open_document(found, again=beside != id_)
                    return
            end = "last" if step > 0 else "first"
            shown = f" that the filter “{self.shelving.words}” shows" if self.shelving.words else ""
            self.tell(f"This is the {end} document{shown}.")

    def keep_order(self, order: Iterable[str]) -> None:
        """Remember in which order the library shows its documents, by their rows' keys: labelling
        changes what it sorts by, and should not change what comes next.
        """
        self._order = tuple(order)

    def _read_order(self, key: str) -> tuple[str, ...]:
        if key not in self._order:
            listed = sort_documents(list_shelf(self.library), self.shelving.sort)
            self._order = tuple(shelved.key for shelved in listed)
        return self._order

    def _find(self, id_: str) -> Document | None:
        """The document, unless somebody has deleted it meanwhile."""
        try:
            return self.library.resolve(id_)
        except UnknownNameError:
            return None

    def _make_labelling_screen(
        self, document: Document, index: int | None = None, *, again: bool = False
    ) -> Screen[None]:
        session = self.library.open(document, again=again)
        cursor = session.find_resumption() if index is None else index
        return self._labelling(session, cursor=cursor)

    def _make_library_screen(self) -> Screen[None]:
        from annotator.tui.screens.library import LibraryScreen

        return LibraryScreen.for_keys(self.settings.keys)(self.library)

    async def _switch(self, screen: Screen[None]) -> None:
        """Put another screen in the place of this one.

        Each is a mode of its own: Textual's `switch_screen` cannot replace an app's first screen.
        """
        before = self.current_mode
        self._switches += 1
        mode = f"screen-{self._switches}"
        self.add_mode(mode, lambda: screen)
        switching = self.switch_mode(mode)
        if before == self.DEFAULT_MODE:
            # Named only now: an app that begins in a mode of its own reads all styles twice.
            self.add_mode(before, self._make_first_screen)
        leaving = self.remove_mode(before)
        # Keys are done by the app's own task: it waits, so that the next key finds the new screen.
        # A click is done by the screen's, which cannot wait for its own end.
        if asyncio.current_task() is self._keys_task:
            await switching
            await leaving

    # -- keys, palette, theme

    async def on_event(self, event: events.Event) -> None:
        """See `App.on_event`. What a terminal hands over as `alt` and a letter is `escape` and that
        letter, typed close together: nothing here has a key with `alt`. In a line of text it is
        neither of the two, or a slip would close the line.
        """
        if isinstance(event, events.Key) and self._upkeep is not None:
            self._upkeep.put_off()
        if not isinstance(event, events.Key) or not event.key.startswith("alt+"):
            await super().on_event(event)
            return
        character = event.character or ""
        line = self.focused
        if line is not None and line.check_consume_key(event.key, character):
            await super().on_event(event)
            return
        letter = character if len(character) == 1 else event.key.removeprefix("alt+")
        for key in (events.Key("escape", None), events.Key(letter, event.character)):
            # What was typed while a save failed is told by its time.
            key.time = event.time
            await super().on_event(key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """See `DOMNode.check_action`. The palette is for the screen below, not for a dialog's."""
        if action == "command_palette" and isinstance(self.screen, ModalScreen):
            return False
        return super().check_action(action, parameters)

    def get_key_display(self, binding: Binding) -> str:
        """See `App.get_key_display`; in the words on the keys, `ctrl+r` and `enter`."""
        shown = super().get_key_display(binding)
        if shown == "⏎":
            return "enter"
        return shown.replace("^", "ctrl+") if len(shown) > 1 else shown

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Of Textual's own commands the theme; the rest are in our bindings, by their own words."""
        yield SystemCommand(
            "Theme", "Choose how the app looks, light or dark", self.action_change_theme
        )
        if isinstance(screen, LabellingScreen):
            yield SystemCommand(
                "About this article", "Its author, date and source", screen.tell_origin
            )

    def search_themes(self) -> None:
        """See `App.search_themes`; the one that is chosen is remembered."""
        from annotator.tui.theme_choice import ThemeChoice

        self.push_screen(
            CommandPalette(providers=[ThemeChoice], placeholder="Search for themes…"),
        )

    def _begin_theme(self) -> None:
        self.register_theme(LAMP)
        self.register_theme(PAPER)
        if "TEXTUAL_THEME" not in os.environ:
            wanted = self.settings.theme
            self.theme = wanted if wanted in self.available_themes else LAMP.name


def run_app(
    library: Library,
    document: Document | None,
    *,
    settings: Settings | None = None,
    again: bool = False,
) -> None:
    """Open the app on a document (`again` for a second, blind pass), or without one on the library;
    returns when the reviewer quits.

    `AppFailedError` where it ended by a fault of its own, of which Textual has told.
    """
    run(AnnotatorApp(library, document, settings=settings, again=again))


def run(app: AnnotatorApp) -> None:
    """Run an app until the reviewer quits. `AppFailedError` as `run_app` has it."""
    threshold = gc.get_threshold()
    try:
        app.run()
    finally:
        gc.set_threshold(*threshold)
    if app.return_code:
        raise AppFailedError(
            "The app ended by a fault of its own (see above). Whatever it showed as saved is saved:"
            " start it again to go on, and please report the fault."
        )
