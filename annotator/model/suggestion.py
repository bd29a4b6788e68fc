"""What programs suggest to say of a sentence, until a reviewer says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.model.event import Event, EventKind, Suggested

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.model.span import Span


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What one program suggests for a span; `program` names it, and its version."""

    span: Span
    program: str
    label: str | None
    speaker: str | None
    denies: tuple[Span, ...]
    suggested_at: str


def suggest(event: Event, suggested: Suggested) -> Suggestion | None:
    """The suggestion that an event makes; `None` for one of no span."""
    if event.span is None:
        return None
    denies = tuple(sorted({span for span in suggested.denies if span != event.span}))
    return Suggestion(
        event.span, suggested.program, suggested.label, suggested.speaker, denies, event.time
    )


def fold_suggestions(events: Iterable[Event]) -> dict[tuple[Span, str], Suggestion]:
    """The newest suggestion of each program for each span, from events in any order."""
    found: dict[tuple[Span, str], Suggestion] = {}
    suggesting = [event for event in events if event.kind is EventKind.SUGGEST]
    for event in sorted(suggesting, key=lambda event: event.order):
        if isinstance(event.value, Suggested):
            suggestion = suggest(event, event.value)
            if suggestion is not None:
                found[suggestion.span, suggestion.program] = suggestion
    return found


def choose(suggestions: Iterable[Suggestion]) -> Suggestion | None:
    """The one to show of several for a sentence: the newest, then by the program's name; `None`
    where there is none.
    """
    return max(suggestions, key=lambda one: (one.suggested_at, one.program), default=None)
