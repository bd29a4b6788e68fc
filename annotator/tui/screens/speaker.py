"""Who speaks: a line of free text, and below it who may be meant, the likeliest first."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from annotator.text.display import show_line
from annotator.tui.naming import Naming
from annotator.tui.screens.dialog import Dialog
from annotator.tui.screens.prompt import QUOTED, Line
from annotator.tui.widgets.choice_list import ChoiceList, Option
from annotator.tui.widgets.wrapping import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import App, ComposeResult
    from textual.binding import BindingType

    from annotator.model.document import Sentence

MOST: Final = 7
"""Offers that are seen at once."""

_KEYS: Final = "↑ ↓ choose · tab completes · escape changes nothing"


def _bind(id_: str, key: str, action: str, *, does: str) -> Binding:
    return Binding(key, action, does, id=f"speaker-{id_}", tooltip=does, show=False, priority=True)


class SpeakerScreen(Dialog):
    """Gives the name to `save`; stays open where that says that it failed.

    What is typed wins; with nothing typed, the first offer. The line begins with the name that the
    sentence has: `enter` keeps it, and an emptied line takes it away. All keys have priority, so
    that what is typed without waiting is done in its turn.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        _bind("save", "enter", "save", does="Save and close"),
        _bind("cancel", "escape", "cancel", does="Change nothing"),
        _bind("next", "down", "choose(1)", does="Next offer"),
        _bind("previous", "up", "choose(-1)", does="Previous offer"),
        _bind("complete", "tab", "complete", does="Complete the name"),
    ]
    CSS_PATH = "speaker.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-wide")]  # noqa: RUF012 - as Textual has it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]  # noqa: RUF012

    def __init__(
        self,
        sentence: Sentence,
        offers: Sequence[str],
        *,
        name: str,
        save: Callable[[str], bool],
    ) -> None:
        super().__init__()
        self._sentence = sentence
        self._naming = Naming(tuple(offers), had=name, typed=name)
        self._save = save

    def compose(self) -> ComposeResult:
        """Title, the sentence, the line, the offers, what `enter` does, the other keys."""
        text = shorten(show_line(self._sentence.text), QUOTED)
        with Vertical(id="speaker"):
            title = f"Who speaks in sentence {self._sentence.index + 1}?"
            yield Static(Content(title), id="speaker-title")
            yield Static(Content(text), id="speaker-text")
            yield Line(self._naming.typed, id="speaker-name", select_on_focus=False)
            yield ChoiceList([Option(name) for name in self._naming.offers], most=MOST)
            yield Static(id="speaker-decision")
            yield Static(Content(_KEYS), id="speaker-keys")

    def on_mount(self) -> None:
        """Say what `enter` would do."""
        self._show()

    async def open(self, app: App[None]) -> None:
        """Show the dialog; the next key goes to its line at once."""
        await super().open(app)
        self.set_focus(self.query_one(Input))

    @on(Input.Changed)
    def narrow(self) -> None:
        """List the offers that have what is typed."""
        self._naming = self._naming.type(self.query_one(Input).value)
        self._show()

    @on(ChoiceList.Picked)
    def save_what_was_picked(self, message: ChoiceList.Picked) -> None:
        """A click on an offer takes it."""
        self._naming = self._naming.choose(message.position)
        self._finish()

    async def action_save(self) -> None:
        """Save the name, and close."""
        await self._catch_up()
        self._finish()

    def action_cancel(self) -> None:
        """Close, and change nothing."""
        self.dismiss()

    async def action_choose(self, step: int) -> None:
        """Choose the next offer, or the previous one."""
        await self._catch_up()
        self._naming = self._naming.step(step)
        self._show()

    async def action_complete(self) -> None:
        """Write the chosen offer, or the first, into the line."""
        await self._catch_up()
        completed = self._naming.complete()
        line = self.query_one(Input)
        line.value = completed.typed
        line.cursor_position = len(line.value)
        self._naming = completed
        self._show()

    async def _catch_up(self) -> None:
        """Wait until the line has all that was typed before this key."""
        line, typed = self.query_one(Input), asyncio.Event()
        line.call_later(typed.set)
        await typed.wait()
        self.narrow()

    def _finish(self) -> None:
        if self._save(self._naming.decision):
            self.dismiss()

    def _show(self) -> None:
        naming = self._naming
        options = [Option(name) for name in naming.listed]
        self.query_one(ChoiceList).show(options, cursor=naming.cursor)
        does = Content.from_markup("[b]enter[/b]  $what", what=_describe(naming))
        self.query_one("#speaker-decision", Static).update(does)


def _describe(naming: Naming) -> str:
    """What `enter` does."""
    name = show_line(naming.decision)
    if not name:
        return "takes the name away" if naming.had else "names nobody: no name was found nearby"
    return f"keeps {name}" if naming.decision == naming.had else f"names {name}"
