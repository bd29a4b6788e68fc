"""Which parts of a sentence are quoted, though its quotation began in another or goes on in one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_OPENING: Final = frozenset("“„«")
_CLOSING: Final = frozenset("”»")
_BEFORE_OPENING: Final = frozenset("([{—–-/“‘")

QUOTED: Final = '"'
"""What stands for each code point of a quotation, its marks too."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence without what is quoted in it: `rest` has `QUOTED` there, and the same length.

    `begins_inside`: the quotation that it begins with was opened before it; `ends_inside`: one is
    still open at its end; `is_quoted`: there is a quotation at all.
    """

    rest: str
    begins_inside: bool
    ends_inside: bool

    @property
    def is_quoted(self) -> bool:
        """Whether any of it is quoted."""
        return QUOTED in self.rest


def find_quotation(sentence: str) -> Quotation:
    """Tell apart what a sentence quotes and what it says itself. Single marks are apostrophes."""
    marks = _find_marks(sentence)
    begins_inside = bool(marks) and not marks[0][1]
    inside, start, parts, at = begins_inside, 0, [], 0
    for offset, opens in marks:
        if opens and not inside:
            parts.append(sentence[at:offset])
            inside, start = True, offset
        elif not opens and inside:
            parts.append(QUOTED * (offset + 1 - start))
            inside, at = False, offset + 1
    parts.append(QUOTED * (len(sentence) - start) if inside else sentence[at:])
    return Quotation("".join(parts), begins_inside, inside)


def _find_marks(sentence: str) -> list[tuple[int, bool]]:
    """Each quotation mark's offset, and whether it opens: a straight one where nothing stands right
    before it.
    """
    marks = []
    for offset, character in enumerate(sentence):
        if character == '"':
            before = sentence[offset - 1] if offset else " "
            marks.append((offset, before.isspace() or before in _BEFORE_OPENING))
        elif character in _OPENING or character in _CLOSING:
            marks.append((offset, character in _OPENING))
    return marks
