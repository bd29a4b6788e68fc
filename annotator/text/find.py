"""Finding words as a person types them: upper and lower case, straight and curly quotes alike.

Accents count as they are typed. Folding keeps the length, so that an offset into the folded text is
an offset into the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_ALIKE: Final = {
    "“": '"',
    "”": '"',
    "„": '"',
    "‟": '"',
    "‘": "'",
    "’": "'",
    "‚": "'",
    "‛": "'",
    "\u2032": "'",
    "\u2033": '"',
    "\u00a0": " ",
    "\u2007": " ",
    "\u2009": " ",
    "\u202f": " ",
    "\n": " ",
    "\t": " ",
    # The one character whose lower case is two.
    "İ": "i",
    # The lower case of a sigma depends on what stands beside it.
    "Σ": "σ",
    "ς": "σ",
}
_PIECE: Final = 4096
"""Lower case of ASCII alone is twenty times as fast: so piece by piece, for most are."""


def fold(text: str) -> str:
    """The text in which words are looked for; as many code points as before."""
    # One replacement after another is ten times as fast as a table, which asks it of every letter.
    for character, plain in _ALIKE.items():
        text = text.replace(character, plain)
    if text.isascii():
        return text.lower()
    pieces = range(0, len(text), _PIECE)
    return "".join(text[start : start + _PIECE].lower() for start in pieces)


def find_all(folded: str, words: str) -> Iterator[int]:
    """Where `words` (folded) begin in a folded text, overlapping ones too; nothing for no words."""
    at = folded.find(words) if words else -1
    while at >= 0:
        yield at
        at = folded.find(words, at + 1)


def find_ranges(text: str, words: str, *, start: int, end: int) -> list[tuple[int, int]]:
    """Which of `text[start:end]` belongs to an occurrence of `words` (folded), wherever that began.

    Ranges of offsets into `text`, in order, apart from one another. Looks no further than it must.
    """
    if start >= end or not words:
        return []
    reach = len(words) - 1
    first = max(start - reach, 0)
    ranges: list[tuple[int, int]] = []
    for found in find_all(fold(text[first : end + reach]), words):
        low, high = max(first + found, start), min(first + found + len(words), end)
        if ranges and low <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], high)
        else:
            ranges.append((low, high))
    return ranges
