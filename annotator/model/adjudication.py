"""Which label a sentence has for everybody, settled by a lead; folded from the events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.model.event import Rule, Settled
from annotator.model.history import SETTLING, replay
from annotator.model.span import overlap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.model.event import Event
    from annotator.model.span import Span


@dataclass(frozen=True, slots=True)
class Adjudication:
    """A sentence's settled label. `rule` is `None` where the lead settled it by hand."""

    span: Span
    reviewer: str
    label: str
    note: str | None
    rule: Rule | None
    created_at: str


def fold_settled(events: Iterable[Event], sentences: Iterable[Span]) -> dict[Span, Adjudication]:
    """What is settled of these sentences, in the text's order, from events in any order: of two
    leads' words the newer one counts, and what was undone counts for nothing.

    A sentence that came of a split has what was settled of the whole. One that came of a join has
    what was settled of its parts if that is one label, and is open again if it is not.
    """
    settled = replay((event for event in events if _is_of_settling(event)), trail=SETTLING)
    if not settled:
        return {}
    place = {event.id: number for number, event in enumerate(settled)}
    found: dict[Span, Adjudication] = {}
    ordered = sorted(settled, key=lambda event: (event.span or (0, 0), event.order))
    waiting: list[Event] = []
    at = 0
    for sentence in sorted(sentences):
        while at < len(ordered) and _start(ordered[at]) < sentence.end:
            waiting.append(ordered[at])
            at += 1
        waiting = [event for event in waiting if event.span and event.span.end > sentence.start]
        about = [event for event in waiting if event.span and overlap(event.span, sentence)]
        adjudication = _settle(sorted(about, key=lambda event: place[event.id]), sentence)
        if adjudication is not None:
            found[sentence] = adjudication
    return found


def _is_of_settling(event: Event) -> bool:
    return SETTLING.step_of(event) is not None and event.span is not None


def _start(event: Event) -> int:
    return event.span.start if event.span else 0


def _settle(settled: list[Event], sentence: Span) -> Adjudication | None:
    """What these settlements, oldest first, come to for a sentence that each shares text with."""
    standing: dict[Span, tuple[Event, Settled]] = {}
    for event in settled:
        if event.span is None or not isinstance(event.value, Settled):
            continue
        # What was settled before of no more of this sentence than this is about is over.
        for span in [span for span in standing if _covers(event.span, span, sentence)]:
            del standing[span]
        standing[event.span] = (event, event.value)
    labels = {value.label for _, value in standing.values()}
    label = labels.pop() if len(labels) == 1 else None
    if label is None:
        return None
    event, value = list(standing.values())[-1]
    return Adjudication(sentence, event.reviewer, label, value.note, value.rule, event.time)


def _covers(newer: Span, older: Span, sentence: Span) -> bool:
    """Whether a span holds all of the sentence that another one does."""
    start, end = max(older.start, sentence.start), min(older.end, sentence.end)
    return newer.start <= start and end <= newer.end
