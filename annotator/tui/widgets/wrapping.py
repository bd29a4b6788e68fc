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
    line, used = "", 0
    for match in _WORDS.finditer(text):
        word = match[0]
        cells = cell_len(word)
        if line and used + cells <= width:
            line, used = line + word, used + cells
            continue
        if line:
            yield line
        *full, line = _cut(word.lstrip(), width)
        yield from full
        used = cell_len(line)
    if line:
        yield line


def _cut(word: str, width: int) -> list[str]:
    return chop_cells(word, width) if cell_len(word) > width else [word]


def shorten(text: str, width: int) -> str:
    """The text, or as much of it as fits into so many cells with an ellipsis at its end."""
    if cell_len(text) <= width:
        return text
    if width < 1:
        return ""
    pieces = chop_cells(text, width - 1) if width > 1 else [""]
    return pieces[0].rstrip() + "…"
