"""Breaking a sentence into lines of so many terminal cells."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, chop_cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORDS: Final = re.compile(r"\s*\S+")


_SHORT: Final = 2000
"""Code points of a text whose lines are worth keeping: nearly every sentence."""


def wrap(text: str, width: int) -> Iterable[str]:
    """The lines of a text, each at most `width` cells wide, broken between words where it can be.

    White space inside a line stays as it is, at a break it goes. A word wider than a line is cut
    between graphemes. Lazy: whoever needs ten lines of a sentence of a megabyte pays for ten.
    """
    return _wrap_short(text, width) if len(text) <= _SHORT else _wrap(text, width)


@lru_cache(maxsize=512)
def _wrap_short(text: str, width: int) -> tuple[str, ...]:
    """A screen is laid out from the same sentences key after key: wrap each of them once."""
    return tuple(_wrap(text, width))


def _wrap(text: str, width: int) -> Iterator[str]:
    line = ""
    for match in _WORDS.finditer(text):
        word = match[0]
        if line and cell_len(line + word) <= width:
            line += word
            continue
        if line:
            yield line
        *full, line = _cut(word.lstrip(), width)
        yield from full
    if line:
        yield line


def _cut(word: str, width: int) -> list[str]:
    """The word in pieces that fit, between graphemes."""
    if cell_len(word) <= width:
        return [word]
    pieces = chop_cells(word, width)
    # Rich takes some that begin with a joiner for narrower than it then measures them.
    return [part for piece in pieces for part in _cut_anywhere(piece, width)]


def _cut_anywhere(piece: str, width: int) -> list[str]:
    parts = [""]
    for character in piece if cell_len(piece) > width else [piece]:
        if parts[-1] and cell_len(parts[-1] + character) > width:
            parts.append("")
        parts[-1] += character
    return parts


def shorten(text: str, width: int) -> str:
    """The text, or as much of it as fits into so many cells with an ellipsis at its end."""
    if cell_len(text) <= width:
        return text
    if width < 1:
        return ""
    pieces = _cut(text, width - 1) if width > 1 else [""]
    return pieces[0].rstrip() + "…"
