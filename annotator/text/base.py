"""Sentence ends as sentencex sees them, in time linear in the length of the line.

sentencex knows the abbreviations of some thirty languages and the terminators of every script.
It also looks for pairs of quotes and brackets, and there it is quadratic: 200 kB of unmatched
quotes on one line cost it 5 s. So it is handed pieces of bounded length, with quotes and brackets
blanked; what those marks mean for a boundary is decided in `boundaries`.
"""

from __future__ import annotations

import re

from sentencex import get_sentence_boundaries

PIECE = 4000
"""The most code points that sentencex is handed at once."""

_ENCLOSING = "\"'`“”„‟«»‹›‘’‚‛()[]{}<>（）［］｛｝「」『』《》〈〉【】"
# sentencex 1.0 takes a space for one byte and panics on "A. B" with a wider one in it.
_WIDE_SPACES = (
    "\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
)
_WIDE_SPACES += "\u2028\u2029\u202f\u205f\u3000"
_BLANKED = str.maketrans(dict.fromkeys(_ENCLOSING + _WIDE_SPACES, " "))
_SURROGATE = re.compile("[\ud800-\udfff]")


def find_base_ends(line: str, language: str) -> set[int]:
    """Return the offsets in `line` just after the last mark of each sentence that sentencex sees.

    `line` holds no line feed; the end of the line itself is among the offsets. At most twice the
    length of the line is handed over, in pieces of at most `PIECE` code points.
    """
    # Rust strings cannot hold a lone surrogate: the binding would raise UnicodeEncodeError.
    plain = line if line.isascii() else _SURROGATE.sub("\ufffd", line)
    blanked = plain.translate(_BLANKED)
    ends: set[int] = set()
    start = 0
    while len(blanked) - start > PIECE:
        start += _read_piece(blanked[start : start + PIECE], language, start, ends)
    ends.update(start + end for _, end in _split(blanked[start:], language))
    return ends


def _read_piece(piece: str, language: str, offset: int, ends: set[int]) -> int:
    """Add the ends within `piece`; return how far to go on, at least half of its length.

    The last sentence of a piece is cut off in the middle, so the next piece begins with it again,
    unless it fills more than half of this one.
    """
    sentences = _split(piece, language)
    ends.update(offset + end for _, end in sentences[:-1])
    last = sentences[-1][0] if sentences else 0
    if last >= len(piece) // 2:
        return last
    space = piece.rfind(" ", len(piece) // 2)
    return space if space > 0 else len(piece)


def _split(piece: str, language: str) -> list[tuple[int, int]]:
    """Return start and end, white space at the end left out, of each sentence of one piece."""
    sentences: list[tuple[int, int]] = []
    for boundary in get_sentence_boundaries(language, piece):
        start: int = boundary["start_index"]
        sentence: str = boundary["text"]
        sentences.append((start, start + len(sentence.rstrip())))
    return sentences
