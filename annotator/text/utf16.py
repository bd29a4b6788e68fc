"""Offsets that others counted, brought onto the text as it is stored.

JavaScript counts UTF-16 units, of which a character outside the basic plane has two; and a text
that was read elsewhere may hold what `normalize` drops.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from annotator.model.span import Span
from annotator.text.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Sequence

# What `normalize` takes out, less the byte order marks at the start: a lone CR becomes a LF.
_DROPPED: Final = re.compile(r"\r(?=\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BEFORE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff]*")
_ASTRAL: Final = re.compile(r"[\U00010000-\U0010ffff]")


def find_dropped(text: str) -> list[int]:
    """The offsets (code points) of what `normalize` drops from `text`, in order."""
    before = _BEFORE.match(text)
    start = before.end() if before is not None else 0
    return [*range(start), *(match.start() for match in _DROPPED.finditer(text, start))]


def shift(offset: int, dropped: Sequence[int]) -> int:
    """Where an offset falls once what stands at `dropped` is gone."""
    return offset - bisect_left(dropped, offset)


def find_pairs(text: str) -> list[int]:
    """The offsets in UTF-16 units of the characters that have two, in order."""
    return [match.start() + place for place, match in enumerate(_ASTRAL.finditer(text))]


def to_code_points(offset: int, pairs: Sequence[int]) -> int | None:
    """An offset in UTF-16 units as one in code points; `None` for one within a character."""
    before = bisect_left(pairs, offset)
    if before and pairs[before - 1] == offset - 1:
        return None
    return offset - before


def to_utf16(offset: int, pairs: Sequence[int]) -> int:
    """An offset in code points as one in UTF-16 units; the inverse of `to_code_points`."""
    low, high = 0, len(pairs)
    while low < high:
        middle = (low + high) // 2
        if pairs[middle] - middle < offset:
            low = middle + 1
        else:
            high = middle
    return offset + low


@dataclass(frozen=True, slots=True)
class Offsets:
    """A text as a file has it, as it is stored, and how offsets go from the one to the other."""

    raw: str
    stored: str
    dropped: tuple[int, ...]
    pairs: tuple[int, ...]

    def find_points(self, start: int, end: int) -> Span | None:
        """The span of two offsets in code points; `None` for what is not within the text."""
        if not 0 <= start <= end <= len(self.raw):
            return None
        return Span(shift(start, self.dropped), shift(end, self.dropped))

    def find_units(self, start: int, end: int) -> Span | None:
        """The span of two offsets in UTF-16 units; `None`, too, for one within a character."""
        first, last = to_code_points(start, self.pairs), to_code_points(end, self.pairs)
        return None if first is None or last is None else self.find_points(first, last)


def map_offsets(raw: str) -> Offsets:
    """Offsets into `raw` as offsets into its normalised form."""
    stored = normalize(raw).text
    dropped = find_dropped(raw) if stored != raw else []
    return Offsets(raw, stored, tuple(dropped), tuple(find_pairs(raw)))
