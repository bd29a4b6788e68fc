"""The filter's dialog: which sentences to show. One key takes one; `escape` changes nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from annotator.tui.screens.dialog import Dialog
from annotator.tui.widgets.choice_list import ChoiceList, Option

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from annotator.model.sieve import Sieve

MOST: Final = 16
_DIGITS: Final = 9
_ALL: Final = "every sentence: end the filter"
_KEYS: Final = "a key takes one · ↑ ↓ and enter too · escape changes nothing"


def _bind(id_: str, keys: str, action: str, *, does: str) -> Binding:
    return Binding(keys, action, does, id=f"filter-{id_}", tooltip=does, show=False, priority=True)


_MOVING: Final = (
    _bind("take", "enter", "take", does="Show these"),
    _bind("cancel", "escape", "cancel", does="Change nothing"),
    _bind("down", "down,j", "move(1)", does="Next"),
    _bind("up", "up,k", "move(-1)", does="Previous"),
)


class FilterScreen(Dialog):
    """Lists sieves, each with how many sentences it lets through now. Its keys come from
    `for_sieves`, with priority, so that what is typed without waiting is done in its turn.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*_MOVING]
    CSS_PATH = "filter.tcss"

    choices: ClassVar[tuple[tuple[Sieve | None, Option], ...]] = ()
    """In their order: a sieve, or `None` for every sentence, and how it reads."""

    begin: ClassVar[int] = 0
    """The place of the one at which the cursor begins."""

    def __init__(self, *, choose: Callable[[Sieve | None], None]) -> None:
        super().__init__()
        self._choose = choose
        self._cursor = self.begin

    @classmethod
    def for_sieves(
        cls,
        counts: Sequence[tuple[Sieve, int]],
        *,
        keys: Mapping[str, str],
        now: Sieve | None,
    ) -> type[FilterScreen]:
        """The dialog for these sieves and how many sentences each lets through. `keys` is a sieve's
        name → its key; `now` is the sieve in force, if one is: it can be taken anew, or ended.
        """
        choices: list[tuple[Sieve | None, Option]] = [
            (sieve, Option(sieve.name, keys.get(sieve.name, ""), f"{count:,}"))
            for sieve, count in counts
        ]
        if now is not None:
            choices.append((None, Option(_ALL, "a" if "a" not in keys.values() else "")))
        sieves = [sieve for sieve, _ in choices]
        namespace = {
            "BINDINGS": [*_MOVING, *_bind_choices([option for _, option in choices])],
            "choices": tuple(choices),
            "begin": sieves.index(now) if now in sieves else 0,
            # Textual looks for the styles beside the module, which for a class made so is its own.
            "__module__": cls.__module__,
        }
        screen: type[FilterScreen] = type(
            "SieveFilterScreen", (cls,), namespace, inherit_bindings=False
        )
        return screen

    def compose(self) -> ComposeResult:
        """Title, the list, what the keys do."""
        with Vertical(id="filter"):
            yield Static(Content("Show only these sentences"), id="filter-title")
            options = [option for _, option in self.choices]
            yield ChoiceList(options, most=MOST, cursor=self._cursor)
            yield Static(Content(_KEYS), id="filter-keys")

    async def action_take(self) -> None:
        """Show what is at the cursor, and close."""
        await self.action_choose(self._cursor)

    async def action_choose(self, position: int) -> None:
        """Show these, and close: once the screen below knows that a line of it comes or goes, or
        it would be painted without it first.
        """
        self._choose(self.choices[position][0])
        choices = self.query_one(ChoiceList)
        for _ in range(2):
            done = asyncio.Event()
            choices.call_later(done.set)
            await done.wait()
        self.dismiss()

    def action_cancel(self) -> None:
        """Close, and change nothing."""
        self.dismiss()

    def action_move(self, step: int) -> None:
        """Go so many further down, or up."""
        self._move_to(max(0, min(self._cursor + step, len(self.choices) - 1)))

    @on(ChoiceList.Picked)
    async def choose_what_was_picked(self, message: ChoiceList.Picked) -> None:
        """A click takes one."""
        await self.action_choose(message.position)

    def _move_to(self, position: int) -> None:
        self._cursor = position
        options = [option for _, option in self.choices]
        self.query_one(ChoiceList).show(options, cursor=position)


def _bind_choices(options: Sequence[Option]) -> list[Binding]:
    bindings = []
    for position, option in enumerate(options):
        digit = str(position + 1) if position < _DIGITS else ""
        keys = ",".join(key for key in (option.key, digit) if key)
        if keys:
            choose = f"choose({position})"
            bindings.append(_bind(f"choose-{position + 1}", keys, choose, does=option.text))
    return bindings
