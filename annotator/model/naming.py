"""Which names are one person's; folded from the events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model.event import EventKind, Renamed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.model.event import Event


def fold_names(events: Iterable[Event]) -> dict[str, str]:
    """Each name that is not used any more → the one that is, from events in any order.

    A renaming makes all that either name stands for one person, under the newer name; so two
    machines that renamed in circles agree after a merge.
    """
    groups: dict[str, set[str]] = {}
    chosen: dict[str, str] = {}
    for event in sorted(events, key=lambda event: event.order):
        match event.kind, event.value:
            case EventKind.RENAME, Renamed(old, new):
                group = groups.get(old, {old}) | groups.get(new, {new})
                for name in group:
                    groups[name] = group
                    chosen[name] = new
    return {name: new for name, new in sorted(chosen.items()) if name != new}
