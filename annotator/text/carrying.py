"""Spans carried from a text as a file has it to the same text as it is stored."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from annotator.model.span import Span
from annotator.text.fitting import trim
from annotator.text.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Sequence

# What `normalize` takes out, but for byte order marks at the start: the CR of a CRLF and controls.
_TAKEN_OUT: Final = re.compile(r"\r(?=\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Carried:
    """A text as it is stored. `gone` are the offsets, in the file's text, of what it lost."""

    text: str
    length: int
    gone: Sequence[int]

    def carry(self, span: Span) -> Span:
        """Where a span of the file's text (code points) stands in the stored one, without the white
        space at its edges; an empty span for one that is outside, empty or all white space.
        """
        if not 0 <= span.start < span.end <= self.length:
            return Span(0, 0)
        start = span.start - bisect_left(self.gone, span.start)
        end = span.end - bisect_left(self.gone, span.end)
        return trim(self.text, Span(start, end))


def carry_over(text: str) -> Carried:
    """The text as it is stored, and how to carry spans to it."""
    stored = normalize(text).text
    if stored == text:
        return Carried(stored, len(text), ())
    gone = [match.start() for match in _TAKEN_OUT.finditer(text)]
    taken = set(gone)
    start = 0
    while start < len(text) and (text[start] == "\ufeff" or start in taken):
        if start not in taken:
            gone.append(start)
        start += 1
    return Carried(stored, len(text), sorted(gone))
