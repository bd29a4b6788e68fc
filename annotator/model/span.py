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
