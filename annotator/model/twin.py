"""One event that two databases wrote, each for itself.

An event whose id comes from its content (`derive_id`) is the same wherever the same file was
imported; but its place in the order and its time are those of the import. Any other came along in a
file's history: only its place in the order is another.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.errors import StoreError
from annotator.model.event_value import write_value

if TYPE_CHECKING:
    from annotator.model.event import Event


def choose_twin(here: Event, there: Event) -> Event:
    """The one that counts, whichever is here: the earlier in the order. `StoreError` where the two
    are different events, which no honest database brings about.
    """
    if here == there:
        return here
    same = ("id", "document_id", "span", "reviewer", "kind")
    is_same = replace(here, counter=there.counter) == there
    if _is_derived(here.id):
        is_same = all(getattr(here, name) == getattr(there, name) for name in same)
    if not is_same:
        raise StoreError(
            f"The event {here.id} is in both databases and says different things: one of them was"
            " changed by hand; run 'annotator verify' on each."
        )
    # Of two logs in the same order, the earlier places of each event are in that order again.
    return min(here, there, key=_rank)


def _is_derived(id_: str) -> bool:
    # The version of a UUID is its 15th character: 8 for those that `derive_id` makes.
    return id_[14:15] == "8"


def _rank(event: Event) -> tuple[int, str, str, str, str, int, str]:
    return (
        event.counter,
        event.time,
        write_value(event.value) or "",
        event.step,
        event.guideline,
        event.spent_ms,
        event.target or "",
    )
