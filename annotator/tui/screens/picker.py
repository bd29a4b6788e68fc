"""The picker: which claims a denial denies. `enter` saves and closes, `escape` changes nothing."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from annotator.errors import ActError
from annotator.text.display import show_line
from annotator.tui.choice import DIGITS, Choice
from annotator.tui.notice import noticing
from annotator.tui.screens.dialog import Dialog
from annotator.tui.screens.prompt import Line
from annotator.tui.widgets.offer_list import OfferList
from annotator.tui.widgets.wrapping import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from textual.app import App, ComposeResult
    from textual.binding import BindingType

    from annotator.model.document import Sentence
    from annotator.model.scheme import LabelScheme
    from annotator.session.offers import Offer

QUOTED: Final = 200
"""Cells of the denial that are shown above the offers."""

LONGEST: Final = 100
"""Code points of the words that narrow the list at most."""

_TYPED_IN_LINE: Final = frozenset({"choose", "choose_here", "step", "go_to_end", "narrow"})
"""Actions whose keys are letters, or the line's own, while words are typed into it."""


def _bind(id_: str, keys: str, action: str, *, does: str) -> Binding:
    return Binding(keys, action, does, id=f"picker-{id_}", tooltip=does, show=False, priority=True)


class Picker(Dialog):
    """Shows what a denial may be tied to, and gives what was decided to `save`; stays open where
    that says that it failed. `find` gets a sentence that is not among the offers, and raises
    `ActError` where it can be none.

    Its keys have priority like those of the screen below, so that what is typed without waiting is
    done in the order in which it was typed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        _bind("save", "enter", "save", does="Save and close"),
        _bind("cancel", "escape", "cancel", does="Change nothing"),
        *(
            _bind(f"choose-{digit}", str(digit), f"choose({digit - 1})", does=f"Choose {digit}")
            for digit in range(1, DIGITS + 1)
        ),
        _bind("choose", "space", "choose_here", does="Choose the offer at the cursor"),
        _bind("next", "down", "move(1)", does="Next offer"),
        _bind("previous", "up", "move(-1)", does="Previous offer"),
        _bind("step", "j", "step(1)", does="Next offer"),
        _bind("step-back", "k", "step(-1)", does="Previous offer"),
        _bind("first", "home", "go_to_end(-1)", does="First offer"),
        _bind("last", "end", "go_to_end(1)", does="Last offer"),
        _bind("page-down", "pagedown", "turn_page(1)", does="A list further down"),
        _bind("page-up", "pageup", "turn_page(-1)", does="A list further up"),
        _bind("narrow", "slash", "narrow", does="List only offers with these words"),
    ]
    AUTO_FOCUS = ""
    CSS_PATH = "picker.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-wide")]  # noqa: RUF012 - as Textual has it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]  # noqa: RUF012

    def __init__(
        self,
        denial: Sentence,
        choice: Choice,
        *,
        scheme: LabelScheme,
        denies: Collection[str],
        find: Callable[[int], Offer],
        save: Callable[[tuple[Offer, ...]], bool],
    ) -> None:
        super().__init__()
        self._denial = denial
        self._choice = choice
        self._scheme = scheme
        self._denies = denies
        self._find = find
        self._save = save
        self._narrowing = False

    def compose(self) -> ComposeResult:
        """The denial, the line for words, the offers, what `enter` does, the other keys."""
        with Vertical(id="picker"):
            yield Static(self._describe_denial(), id="picker-denial")
            # The line itself comes when it is asked for: it would take a sixth of the opening.
            yield Horizontal(id="picker-words")
            yield OfferList(self._choice, scheme=self._scheme, denies=self._denies)
            yield Static(self._describe_decision(), id="picker-decision")
            yield Static(Content.from_markup(_KEYS), id="picker-keys")

    async def open(self, app: App[None]) -> None:
        """Show the dialog; the next key is its own."""
        await super().open(app)
        self.set_focus(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """See `DOMNode.check_action`: while words are typed, letters and digits are the line's."""
        if self._narrowing and action in _TYPED_IN_LINE:
            return False
        return super().check_action(action, parameters)

    async def action_save(self) -> None:
        """Save and close; or, while words are typed, keep the list as they narrowed it."""
        if self._narrowing:
            await self._catch_up()
            self._fetch()
            self._stop_narrowing()
        elif self._choice.can_save and self._save(self._choice.decided):
            self.dismiss()

    async def action_cancel(self) -> None:
        """Close, and change nothing; or, while words are typed, list everything again."""
        if not self._narrowing:
            self.dismiss()
            return
        await self._catch_up()
        self._choice = self._choice.widen()
        self._stop_narrowing()
        self.query_one(Line).value = ""

    def action_choose(self, position: int) -> None:
        """Choose the offer with this digit, or no longer."""
        self._choice = self._choice.toggle(position)
        self._show()

    def action_choose_here(self) -> None:
        """Choose the offer at the cursor, or no longer."""
        self.action_choose(self._choice.cursor)

    async def action_move(self, step: int) -> None:
        """Go so many offers on, or back; the arrows do so while words are typed, too."""
        await self._catch_up()
        self._go_to(self._choice.cursor + step)

    def action_step(self, step: int) -> None:
        """Go so many offers on, or back."""
        self._go_to(self._choice.cursor + step)

    def action_go_to_end(self, way: int) -> None:
        """Go to the first offer, or the last."""
        self._go_to(0 if way < 0 else len(self._choice.listed) - 1)

    async def action_turn_page(self, pages: int) -> None:
        """Go so many lists further down, or up."""
        await self._catch_up()
        self._go_to(self._choice.cursor + pages * self.query_one(OfferList).page)

    async def action_narrow(self) -> None:
        """Type words that the offers must have."""
        line = await self._find_line()
        line.visible = True
        self.set_focus(line)
        self._narrowing = True
        self._show()

    @on(Input.Changed)
    def narrow(self) -> None:
        """List what has the words in the line."""
        self._choice = self._choice.narrow(self.query_one(Line).value.strip())
        self._show()

    @on(OfferList.Picked)
    def choose_what_was_picked(self, message: OfferList.Picked) -> None:
        """A click on an offer chooses it, or no longer."""
        self.action_choose(message.position)

    async def _find_line(self) -> Line:
        for line in self.query(Line):
            return line
        line = Line(
            placeholder="words, or a sentence's number",
            select_on_focus=False,
            max_length=LONGEST,
        )
        await self.query_one("#picker-words").mount(line)
        return line

    @property
    def _number(self) -> int:
        return self._denial.index + 1

    async def _catch_up(self) -> None:
        """Wait until the line has all that was typed before this key, and narrow the list by it."""
        if self._narrowing:
            line, typed = self.query_one(Line), asyncio.Event()
            line.call_later(typed.set)
            await typed.wait()
            self.narrow()

    def _fetch(self) -> None:
        """Offer the sentence whose number was typed, however far away it is."""
        choice = self._choice
        if not choice.names_another:
            return
        # Where the number stands in a text that is listed, it need not be meant for a sentence's.
        with suppress(ActError) if choice.listed else noticing(self):
            self._choice = choice.add(self._find(int(choice.words) - 1))

    def _stop_narrowing(self) -> None:
        self._narrowing = False
        self.set_focus(None)
        self.query_one(Line).visible = bool(self._choice.words)
        self._show()

    def _go_to(self, position: int) -> None:
        self._choice = self._choice.go_to(position)
        self._show()

    def _show(self) -> None:
        """Draw what is chosen, and say what `enter` would do."""
        self.query_one(OfferList).show(self._choice)
        # Both always take one row, so nothing has to be laid out anew.
        decision = self.query_one("#picker-decision", Static)
        decision.update(self._describe_decision(), layout=False)
        keys = Content.from_markup(_TYPING if self._narrowing else _KEYS)
        self.query_one("#picker-keys", Static).update(keys, layout=False)

    def _describe_denial(self) -> Content:
        title = f"What does sentence {self._number} deny?"
        text = shorten(show_line(self._denial.text), QUOTED)
        return Content.assemble((title, "$text-accent bold"), "\n\n", text)

    def _describe_decision(self) -> Content:
        """What `enter` would save, if that is what it does now."""
        choice = self._choice
        if not choice.can_save or (self._narrowing and not choice.listed):
            return Content("no offer has these words")
        if self._narrowing:
            return Content("")
        what = "takes the links away"
        if choice.decision:
            numbers = ", ".join(str(index + 1) for index in choice.decision)
            what = f"sentence {self._number} denies {numbers}"
        return Content.from_markup(_DECISION, what=what)


_DECISION: Final = "[@click=screen.save][b]enter[/b]  $what[/]"
_KEYS: Final = "1–9 or space chooses · / narrows · [@click=screen.cancel]escape changes nothing[/]"
_TYPING: Final = "enter keeps the narrowed list · escape lists all offers again"
