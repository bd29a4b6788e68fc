"""Text from outside, made safe to show on a terminal or in a message, and still literal.

What could steer the terminal, reorder the words around it or stop a print becomes something that
can be seen: a picture of a control character, an escape, or a name in brackets such as ⟦RLO⟧.
Everything else stays: emoji, combining marks, letters that run from right to left, and the marks
U+200E, U+200F and U+061C, which ordinary Arabic and Hebrew text needs and which override nothing.
"""

from __future__ import annotations

import re
from typing import Final

_NAMED: Final = {
    "\u2028": "⟦LS⟧",
    "\u2029": "⟦PS⟧",
    "\u202a": "⟦LRE⟧",
    "\u202b": "⟦RLE⟧",
    "\u202c": "⟦PDF⟧",
    "\u202d": "⟦LRO⟧",
    "\u202e": "⟦RLO⟧",
    "\u2066": "⟦LRI⟧",
    "\u2067": "⟦RLI⟧",
    "\u2068": "⟦FSI⟧",
    "\u2069": "⟦PDI⟧",
}
_UNSAFE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACED: Final = str.maketrans("\n\t", "  ")


def show_literal(text: str) -> str:
    """`text` with every unsafe character made visible; line feeds and tabs stay.

    C0 controls and DEL become their pictures (U+2400 on), C1 controls `\\x9b` and the like, lone
    surrogates `\\udc80` and the like, separators and bidirectional controls their short names.
    The result holds no other control character and can always be encoded as UTF-8.
    """
    return _UNSAFE.sub(_depict, text)


def show_line(text: str) -> str:
    """`text` as `show_literal` shows it, on one line: line feeds and tabs become spaces.

    For file names, titles, reviewers' names and the cells of a table.
    """
    return show_literal(text).translate(_SPACED)


def show_each(text: str) -> str:
    """`text` with one character for each of its own, where a cursor counts them: a picture for a
    control, U+FFFD for whatever else `show_line` would write out.
    """
    return _UNSAFE.sub(_depict_short, text).translate(_SPACED)


def _depict_short(match: re.Match[str]) -> str:
    depicted = _depict(match)
    return depicted if len(depicted) == 1 else "\ufffd"


def _depict(match: re.Match[str]) -> str:
    character = match[0]
    if character in _NAMED:
        return _NAMED[character]
    point = ord(character)
    if point < 0x20:
        return chr(0x2400 + point)
    if point == 0x7F:
        return "\u2421"
    return f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}"
