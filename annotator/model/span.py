"""A stretch of a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where a sentence stands: Unicode code points from 0 into the stored text, end excluded.

    `text[span.start:span.end]` is the sentence's text, always.
    """

    start: int
    end: int


def unite(spans: list[Span]) -> list[Span]:
    """The stretches of text that spans cover together."""
    united: list[Span] = []
    for span in sorted(spans):
        if united and span.start < united[-1].end:
            united[-1] = Span(united[-1].start, max(united[-1].end, span.end))
        else:
            united.append(span)
    return united


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share text."""
    return one.start < other.end and one.end > other.start
