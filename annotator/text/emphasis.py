"""Where the words of a search stand in a text that it found."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

_WORD: Final = re.compile(r"\w+")


def find_words(text: str, words: str) -> list[tuple[int, int]]:
    """The ranges of `text` to be emphasised for `words`, in order, apart from one another.

    Whole words, and the last of them as a beginning; upper and lower case and accents do not
    count. Words that stand nowhere so, as in a script without spaces, are looked for anywhere.
    """
    wanted = [_flatten(word) for word in _WORD.findall(words)]
    if not wanted:
        return []
    flat = _flatten(text)
    *whole, begun = (re.escape(word) for word in wanted)
    patterns = [*(rf"(?<!\w){word}(?!\w)" for word in whole), rf"(?<!\w){begun}"]
    found = _find(flat, patterns) or _find(flat, [re.escape(word) for word in wanted])
    return _merge(found)


def _find(flat: str, patterns: list[str]) -> list[tuple[int, int]]:
    return sorted(match.span() for pattern in patterns for match in re.finditer(pattern, flat))


def _merge(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in ranges:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _flatten(text: str) -> str:
    """Lower case without accents, as many code points as before."""
    if text.isascii():
        return text.lower()
    return "".join(normalize("NFD", character)[0].lower()[:1] for character in text)
