"""Where the regions of a Label Studio task stand in its text, as it is stored.

Offsets are code points; older releases wrote UTF-16 units, which the text that a region repeats
gives away.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.model.span import Span, overlap
from annotator.text.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from annotator.text.utf16 import Offsets


@dataclass(frozen=True, slots=True)
class Stretch:
    """A region as its file has it: what it is called, its offsets, the text that it repeats."""

    place: str
    start: int
    end: int
    text: str | None = None


@dataclass(slots=True)
class TaskSpans:
    """Gives stretches of a text their spans. `taken` are the sentences so far, sorted: what would
    overlap one has no place. `remarks` are about what was left out.
    """

    text: Offsets
    taken: list[Span] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def find(self, stretches: Mapping[int, Stretch], *, name: str) -> dict[int, Span]:
        """The span of each stretch that has one, by the count that the repeated texts speak for."""
        in_units = self._count_units(stretches)
        spans: dict[int, Span] = {}
        for number, one in stretches.items():
            candidates = [self.text.find_points, self.text.find_units]
            if in_units:
                candidates.reverse()
            for find in candidates:
                span = find(one.start, one.end)
                if span is not None and (one.text is None or self._holds(span, one.text)):
                    if claimed := self.claim(span, one.place):
                        spans[number] = claimed
                    break
            else:
                self.remarks.append(f"{one.place} left out, its text is elsewhere")
        if in_units and spans:
            self.remarks.append(f"{name}: offsets read as UTF-16 units")
        return spans

    def claim(self, span: Span, place: str) -> Span | None:
        """The span without white space at its edges; `None`, and a remark, if it has no place."""
        part = self.text.stored[span.start : span.end]
        start = span.start + len(part) - len(part.lstrip())
        trimmed = Span(start, span.start + len(part.rstrip()))
        if trimmed.start >= trimmed.end:
            self.remarks.append(f"{place} left out, it is empty")
            return None
        index = bisect_left(self.taken, trimmed)
        near = self.taken[max(0, index - 1) : index + 1]
        if trimmed in near:
            return trimmed
        if any(overlap(trimmed, other) for other in near):
            self.remarks.append(f"{place} left out, it overlaps another sentence")
            return None
        self.taken.insert(index, trimmed)
        return trimmed

    def _count_units(self, stretches: Mapping[int, Stretch]) -> bool:
        votes = Counter(self._vote(stretches))
        return votes[-1] > votes[1]

    def _vote(self, stretches: Mapping[int, Stretch]) -> Iterator[int]:
        """1 for what only code points explain, -1 for what only UTF-16 units do."""
        for one in stretches.values():
            if one.text is not None:
                points = self.text.find_points(one.start, one.end)
                units = self.text.find_units(one.start, one.end)
                yield self._holds(points, one.text) - self._holds(units, one.text)

    def _holds(self, span: Span | None, text: str) -> bool:
        if span is None:
            return False
        return _squeeze(self.text.stored[span.start : span.end]) == _squeeze(text)


def _squeeze(text: str) -> str:
    # Label Studio trims what it repeats, and has written a line feed as a backslash and an n.
    return " ".join(normalize(text.replace("\\n", "\n")).text.split())
