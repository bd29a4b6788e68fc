"""The library screen: every document, how far I am in it, and what can be done with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container

from annotator.tui.bindings import bind_screen, list_keys
from annotator.tui.errands import ErrandDone
from annotator.tui.hall.browsing import Browsing
from annotator.tui.hall.clearing import Clearing
from annotator.tui.hall.trading import Trading
from annotator.tui.keys import LIBRARY_KEYS
from annotator.tui.widgets.card import DocumentCard
from annotator.tui.widgets.errand_line import ErrandLine
from annotator.tui.widgets.label_bar import LabelBar
from annotator.tui.widgets.lines import TitleLine
from annotator.tui.widgets.shelf import ShelfView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType


class LibraryScreen(Browsing, Clearing, Trading, inherit_bindings=False):
    """A reviewer before the shelves. The user's own keys come from `for_keys`."""

    BINDINGS: ClassVar[list[BindingType]] = [*LIBRARY_KEYS]
    CSS_PATH = "library.tcss"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it on instances
        (0, "-narrow"),
        (144, "-roomy"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-low"),
        (16, "-high"),
    ]

    @classmethod
    def for_keys(cls, keys: Mapping[str, str]) -> type[LibraryScreen]:
        """The screen with the user's own keys."""
        bindings = bind_screen(LIBRARY_KEYS, keys=keys)
        # Textual looks for the styles beside the module, which for a class made so is its own.
        namespace = {"BINDINGS": bindings, "__module__": cls.__module__}
        screen: type[LibraryScreen] = type(
            "UserLibraryScreen", (cls,), namespace, inherit_bindings=False
        )
        return screen

    def compose(self) -> ComposeResult:
        """Title, list beside or above the chosen document's card, bar."""
        library = self._library
        yield TitleLine("Library", reviewer=library.reviewer, location=library.location)
        with Container(id="hall"):
            yield ShelfView(clock=self.app.clock)
            yield DocumentCard(library.scheme)
        yield ErrandLine(self.app.errand)
        yield LabelBar(library.scheme, hints=self.list_hints())

    def on_mount(self) -> None:
        """List the documents, with the one that was on show as the chosen one."""
        self.read_documents()

    async def action_show_keys(self) -> None:
        """Show every key."""
        from annotator.tui.screens.help import HelpScreen

        await HelpScreen(list_keys(self)).open(self.app)

    async def action_show_guideline(self) -> None:
        """Show the guideline."""
        from annotator.session.schemes import read_guideline_in_force
        from annotator.tui.screens.guideline import GuidelineScreen

        scheme = self._library.scheme
        text = read_guideline_in_force(scheme)
        await GuidelineScreen(text, scheme=scheme).open(self.app)

    async def action_show_status(self) -> None:
        """Show progress and pace."""
        from annotator.tui.screens.status import StatusScreen

        await StatusScreen(self._library).open(self.app)

    async def action_show_agreement(self) -> None:
        """Show how far reviewers agree."""
        from annotator.session.agreement import AgreementSurvey
        from annotator.tui.screens.agreement import LibraryAgreementScreen

        await LibraryAgreementScreen(AgreementSurvey(self._library.location)).open(self.app)

    @on(ErrandDone)
    def show_what_came_in(self, message: ErrandDone) -> None:
        """List what is there now, with a document that came in as the chosen one."""
        self.read_documents(choose=message.document_id)

    @on(ShelfView.Pointed)
    def choose_or_open(self, message: ShelfView.Pointed) -> None:
        """A click chooses a document, a second one opens it."""
        self.choose(message.index)
        if message.again:
            self._act("open")

    @on(LabelBar.Chosen)
    def do_what_was_chosen(self, message: LabelBar.Chosen) -> None:
        """A click on a key does what the key does."""
        self._act(message.action)

    def _act(self, action: str) -> None:
        # In the app's own task, as a key does it: this screen's cannot wait for its own end.
        self.app.call_later(partial(self.run_action, action))
