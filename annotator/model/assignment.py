"""Who labels what; folded from the events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from annotator.model.event import Assigned, EventKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from annotator.model.event import Event

_AGAIN: Final = " (again)"


def name_again(reviewer: str) -> str:
    """The name that somebody's second blind pass is kept under: as annotations of a reviewer of
    their own, so that the first ones stay out of sight.
    """
    return reviewer if is_again(reviewer) else reviewer + _AGAIN


def is_again(name: str) -> bool:
    """Whether this is the name of a second pass."""
    return name.endswith(_AGAIN)


def name_person(name: str) -> str:
    """Whose pass it is, the first or the second."""
    return name.removesuffix(_AGAIN) if is_again(name) else name


@dataclass(frozen=True, slots=True, order=True)
class Assignment:
    """A document that a reviewer is to label, or (`again`) to label a second time, blind to the
    first.
    """

    document_id: str
    reviewer: str
    again: bool = False

    @property
    def writes_as(self) -> str:
        """The name that the labels are kept under."""
        return name_again(self.reviewer) if self.again else self.reviewer


def fold_assignments(
    events: Iterable[Event], *, names: Mapping[str, str] | None = None
) -> list[Assignment]:
    """The assignments in force, sorted, from events in any order: the newest word counts. `names`
    is what `fold_names` found: whoever has a new name is meant by the old one.
    """
    known = names or {}
    standing: dict[Assignment, bool] = {}
    for event in sorted(events, key=lambda event: event.order):
        match event.kind, event.value:
            case EventKind.ASSIGN, Assigned(reviewer, again, withdrawn) if event.document_id:
                whose = known.get(reviewer, reviewer)
                standing[Assignment(event.document_id, whose, again)] = not withdrawn
    return sorted(assignment for assignment, stands in standing.items() if stands)
