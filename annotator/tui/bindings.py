"""What keys are in force: the tables, the scheme's labels, and the user's own choice of keys."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from annotator.model.scheme_rules import find_denial_key
from annotator.text.display import show_line
from annotator.tui.key_names import name_character, read_keys
from annotator.tui.keys import (
    ADJUDICATION_KEYS,
    DENY_ID,
    GROUPS,
    LABEL_ID,
    LABELLING,
    LABELLING_KEYS,
    YIELDING,
    bind,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.binding import Binding
    from textual.screen import Screen

    from annotator.model.scheme import LabelScheme

Result = TypeVar("Result")


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
    # Labels first: the sort is stable, and the rest stays in the order of the tables.
    return sorted(
        found.values(),
        key=lambda key: (order.index(key.group), not key.id.startswith((LABEL_ID, DENY_ID))),
    )


def bind_labels(scheme: LabelScheme) -> list[Binding]:
    """A key for each label of the scheme, its own and its number; and for each that denies, its key
    in upper case, which picks what is denied at once.
    """
    found = []
    for number, label in enumerate(scheme.labels, 1):
        key = name_character(label.key)
        keys = f"{key},{number}" if number < 10 else key
        found.append(
            bind(
                f"{LABEL_ID}{label.name}",
                keys,
                f"annotate({label.name!r})",
                group=LABELLING,
                does=f"Label {show_line(label.name)}",
            )
        )
        if label.denies:
            found.append(
                bind(
                    f"{DENY_ID}{label.name}",
                    name_character(find_denial_key(label)),
                    f"deny({label.name!r})",
                    group=LABELLING,
                    does=f"Label {show_line(label.name)}, and choose what it denies",
                )
            )
    return found


def bind_screen(
    table: Iterable[Binding],
    *,
    scheme: LabelScheme | None = None,
    keys: Mapping[str, str] | None = None,
) -> list[Binding]:
    """The bindings of a screen: its table, the scheme's labels, moved to where the user wants them.

    `keys` is action id → keys; ids of other screens in it are passed over. `ConfigError` for what
    is no key.
    """
    moved = keys or {}
    labels = [_move(binding, moved) for binding in (bind_labels(scheme) if scheme else [])]
    taken = {key for binding in labels for key in binding.key.split(",")}
    others = [_move(binding, moved) for binding in table if not _gives_way(binding, taken, moved)]
    return [*labels, *others]


def bind_adjudication(scheme: LabelScheme, keys: Mapping[str, str] | None = None) -> list[Binding]:
    """The bindings of the adjudication screen, with this scheme's labels. No key picks what a
    denial denies: that is the reviewers' to say.
    """
    found = []
    for binding in bind_screen(ADJUDICATION_KEYS, scheme=scheme, keys=keys):
        id_ = binding.id or ""
        if id_.startswith(LABEL_ID):
            does = f"Settle as {show_line(id_.removeprefix(LABEL_ID))}"
            found.append(replace(binding, description=does, tooltip=does))
        elif not id_.startswith(DENY_ID):
            found.append(binding)
    return found


def list_keyless(scheme: LabelScheme, keys: Mapping[str, str] | None = None) -> list[Key]:
    """The actions of the labelling screen that have no key, since a label has taken it: they are to
    be found in the palette all the same.
    """
    bound = {binding.id for binding in bind_screen(LABELLING_KEYS, scheme=scheme, keys=keys)}
    return [
        Key(binding.id, (), binding.action, binding.description, binding.group.description)
        for binding in LABELLING_KEYS
        if binding.id is not None and binding.group is not None and binding.id not in bound
    ]


def _gives_way(binding: Binding, taken: set[str], moved: Mapping[str, str]) -> bool:
    # One that the user has moved stays where it was put.
    if binding.id not in YIELDING or binding.id in moved:
        return False
    return taken.issuperset(binding.key.split(","))


def _move(binding: Binding, keys: Mapping[str, str]) -> Binding:
    written = keys.get(binding.id or "")
    return binding if written is None else replace(binding, key=",".join(read_keys(written)))
