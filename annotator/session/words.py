"""Where a sentence can be split: before a word."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final
from unicodedata import category, combining

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNSPACED: Final = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Myanmar, Khmer
    "\u2e80-\u2fdf\u3001-\u30ff\u3105-\u312f\u31a0-\u31ff"  # Han parts, kana, Bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff9f"  # Han, full-width forms
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"  # old kana, rare Han
)
"""Letters of scripts that leave no space between words. Korean does, and is not among them."""

_CANDIDATES: Final = re.compile(
    rf"(?<=\s)(?=\S)|(?<=[\u2014\u2026])(?=\w)|(?<=[{_UNSPACED}])(?=[{_UNSPACED}])"
)
"""After white space, after a dash or an ellipsis that stands for it, between such letters."""

_CLOSING: Final = frozenset("、。，．！？：；）］｝」』】〉》〕〗〙・ー～”’\u200b")
_OPENING: Final = frozenset("（［｛「『【〈《〔〖〘“‘")
"""East Asian marks that close a word or open one: no half begins or ends with them."""

_SMALL: Final = frozenset("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶゝゞヽヾ々")
"""What no Japanese line may begin with (JIS X 4051), and no half of a sentence either."""

_EXTENDING: Final = frozenset("\u200c\u200d\u0e33\u0eb3\uff9e\uff9f")
"""What belongs to the grapheme before it without being a mark by its category (UAX #29)."""

_LEADING: Final = frozenset("เแโใไເແໂໃໄ")
"""Vowels that are written before the consonant that they follow in speech."""

_ZWJ: Final = "\u200d"
_VIRAMA: Final = 9  # its combining class
_SKIN: Final = range(0x1F3FB, 0x1F400)

_STRENGTHS: Final = (
    re.compile(r"[.!?…。！？．][\"'”’»)\]」』）]*\s*\Z"),
    re.compile(r"[;:；：—][\"'”’»)\]」』）]*\s*\Z|[”’»」』]\s*\Z|(?<=\S)\"\s*\Z"),
    re.compile(r"[,،、，]\s*\Z"),
)
"""What stands before the place where two sentences were most likely run together, best first."""

_SEEN_BEFORE: Final = 12
"""Code points before a cut that are looked at for such marks."""

_LOOKED_AT: Final = 1000
"""Cuts on either side of the middle among which the likeliest is looked for."""


def find_cuts(text: str) -> list[int]:
    """The offsets (code points) at which the sentence may be split: where a word begins that is not
    the first. Between Chinese characters, kana, Thai letters and the like, which have no spaces,
    any two may be parted; never the parts of one grapheme. Both halves hold more than white space.
    """
    begin = len(text) - len(text.lstrip())
    return [
        match.start()
        for match in _CANDIDATES.finditer(text)
        if match.start() > begin and _can_part(text[match.start() - 1], text[match.start()])
    ]


def find_likeliest(text: str, cuts: Sequence[int]) -> int:
    """Which of the cuts (its place among them) most likely parts two sentences.

    After a full stop and the like; else after a semicolon, a colon or a closing quotation mark;
    else after a comma; else anywhere. Of equals the one nearest to the middle.
    """
    middle = len(text) / 2
    nearest = bisect_left(cuts, middle)
    looked_at = range(max(nearest - _LOOKED_AT, 0), min(nearest + _LOOKED_AT, len(cuts)))

    def weigh(place: int) -> tuple[int, float]:
        return _rank(text, cuts[place]), abs(cuts[place] - middle)

    return min(looked_at, key=weigh)


def is_likely(text: str, cut: int) -> bool:
    """Whether a cut stands after a mark at which sentences are run together."""
    return _rank(text, cut) < len(_STRENGTHS)


def _rank(text: str, cut: int) -> int:
    before = text[max(cut - _SEEN_BEFORE, 0) : cut]
    for rank, mark in enumerate(_STRENGTHS):
        if mark.search(before):
            return rank
    return len(_STRENGTHS)


def _can_part(left: str, right: str) -> bool:
    if right in _EXTENDING or category(right).startswith("M") or ord(right) in _SKIN:
        return False
    if left == _ZWJ:
        return False
    if left.isspace():
        return True
    closes = right in _CLOSING or right in _SMALL
    waits = left in _OPENING or left in _LEADING or combining(left) == _VIRAMA
    return not closes and not waits
