"""Every key, by group: generated from the bindings, so it cannot be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from textual.binding import Binding

from annotator.tui.bindings import Key, list_keys
from annotator.tui.keys import GROUPS, LABEL_ID, ONLY_IN_SEARCH
from annotator.tui.screens.reading import ReadingScreen
from annotator.tui.widgets.help_pager import HelpPager

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType
    from textual.screen import Screen

PALETTE: Final = "ctrl+p"
"""How to find what has no key."""

_DIALOGS: Final = (
    "In every dialog enter saves and closes, escape changes nothing;"
    " ↑ ↓ or a number choose an offer."
)
_LABELLING: Final = "With the mouse: click a sentence to go there, a label or a key to use it."
_LIBRARY: Final = "With the mouse: click a document, and once more to open it."

Result = TypeVar("Result")


class HelpScreen(ReadingScreen):
    """Shows the keys of the screen below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "question_mark,f1", "close", "Close", id="help-close", tooltip="Close", priority=True
        )
    ]

    def __init__(self, keys: Sequence[Key]) -> None:
        labels = any(key.id.startswith(LABEL_ID) for key in keys)
        notes = [_DIALOGS, _LABELLING if labels else _LIBRARY]
        super().__init__("Keys", HelpPager(keys, notes=notes), keys="j k scroll   escape closes")


def explain_keys(screen: Screen[Result], table: Sequence[Binding]) -> list[Key]:
    """The keys in force on a screen, and those of its table that are not: since they wait for a
    search, or to its end; or since a label has taken their key, which leaves the palette.
    """
    keys = list_keys(screen)
    known = {key.id for key in keys}
    bound = {binding.id: binding for binding in Binding.make_bindings(screen.BINDINGS)}
    for binding in table:
        if binding.id is None or binding.group is None or binding.id in known:
            continue
        if binding.id in bound:
            shown = screen.app.get_key_display(bound[binding.id])
            does = binding.description
            if binding.id not in ONLY_IN_SEARCH:
                does += " (after the search)"
            elif "search" not in does:
                does += " (in a search)"
        else:
            shown, does = PALETTE, binding.description
        group = binding.group.description
        keys.append(Key(binding.id, (shown,), binding.action, does, group))
    order = [group.description for group in GROUPS]
    places = {binding.id: place for place, binding in enumerate(table)}
    return sorted(keys, key=lambda key: (order.index(key.group), places.get(key.id, -1)))
