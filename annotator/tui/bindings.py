"""Every key of the labelling screen: one table, for the screen, the help, the palette, the README.

A key has an id, so that it can be moved, and a group, under which the help lists it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from textual.binding import Binding

if TYPE_CHECKING:
    from textual.screen import Screen

    from annotator.model.scheme import LabelScheme

Result = TypeVar("Result")

LABELLING: Final = Binding.Group("Labelling")
MOVING: Final = Binding.Group("Moving")
REMARKS: Final = Binding.Group("Remarks")
HISTORY: Final = Binding.Group("History")
PROGRAM: Final = Binding.Group("Program")

LABEL_ID: Final = "label-"
"""How the id of a label's key begins."""

GROUPS: Final = (LABELLING, MOVING, REMARKS, HISTORY, PROGRAM)
"""In the order in which the help shows them."""


def _bind(id_: str, keys: str, action: str, *, group: Binding.Group, does: str) -> Binding:
    """`does` is what the help and the palette say; a comma in `keys` means "or".

    With priority, keys are done strictly one after another: without it Textual hands all that were
    typed to the screen first, and what follows an `n` would be lost before the note's line is open.
    """
    return Binding(keys, action, does, id=id_, group=group, tooltip=does, show=False, priority=True)


ACTION_BINDINGS: Final = (
    _bind("clear", "x,delete", "clear", group=LABELLING, does="Clear the label"),
    _bind("unsure", "f", "flag_unsure", group=REMARKS, does="Unsure: flag on or off"),
    _bind("note", "n", "note", group=REMARKS, does="Write a note"),
    _bind("next", "j,down", "move(1)", group=MOVING, does="Next sentence"),
    _bind("previous", "k,up", "move(-1)", group=MOVING, does="Previous sentence"),
    _bind("first", "home", "go_to_first", group=MOVING, does="First sentence"),
    _bind("last", "end", "go_to_last", group=MOVING, does="Last sentence"),
    _bind("go-to", "g", "ask_where", group=MOVING, does="Go to a sentence by its number"),
    _bind("page-down", "pagedown", "look(1)", group=MOVING, does="Look a screen further down"),
    _bind("page-up", "pageup", "look(-1)", group=MOVING, does="Look a screen further up"),
    _bind("next-open", "tab", "go_to_open(1)", group=MOVING, does="Next sentence without a label"),
    _bind(
        "previous-open",
        "shift+tab",
        "go_to_open(-1)",
        group=MOVING,
        does="Previous sentence without a label",
    ),
    _bind("undo", "u", "undo", group=HISTORY, does="Undo, without limit"),
    _bind("redo", "U,ctrl+r", "redo", group=HISTORY, does="Redo"),
    _bind("keys", "question_mark,f1", "show_keys", group=PROGRAM, does="Show all keys"),
    _bind("quit", "q", "app.quit", group=PROGRAM, does="Quit; everything is saved"),
)

APP_BINDINGS: Final = (
    _bind(
        "palette",
        "ctrl+p",
        "app.command_palette",
        group=PROGRAM,
        does="Find any action by its name",
    ),
    _bind("suspend", "ctrl+z", "app.suspend_process", group=PROGRAM, does="Suspend, back with fg"),
)


@dataclass(frozen=True, slots=True)
class Key:
    """An action as the help lists it: its real keys as a person reads them, and what it does."""

    id: str
    keys: tuple[str, ...]
    action: str
    does: str
    group: str


def list_keys(screen: Screen[Result]) -> list[Key]:
    """The keys that are in force on a screen, in the help's order."""
    found: dict[str, Key] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.id is None or binding.group is None:
            continue
        shown = screen.app.get_key_display(binding)
        known = found.get(binding.id)
        keys = (*known.keys, shown) if known else (shown,)
        found[binding.id] = Key(
            binding.id, keys, binding.action, binding.description, binding.group.description
        )
    order = [group.description for group in GROUPS]
    # Labels first: the sort is stable, and the rest stays in the order of the tables above.
    return sorted(
        found.values(), key=lambda key: (order.index(key.group), not key.id.startswith(LABEL_ID))
    )


def bind_labels(scheme: LabelScheme) -> list[Binding]:
    """A key for each label of the scheme: its own, and its number."""
    return [
        _bind(
            f"{LABEL_ID}{label.name}",
            f"{label.key},{number}" if number < 10 else label.key,
            f"annotate({label.name!r})",
            group=LABELLING,
            does=f"Label {label.name}",
        )
        for number, label in enumerate(scheme.labels, 1)
    ]
