"""Which words two sentences share, near enough: a denial often takes up the words that it answers.

Made for speed rather than for grammar: two words are the same where they begin alike for at least
four letters and end at most three apart, so that "attack" meets "attacks" and "Syria" "Syrian".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

SHORTEST: Final = 4
"""Code points of a word that may say something, and of the beginning that two forms of one share.

Shorter ones are mostly articles, prepositions and pronouns, in most languages written with spaces.
"""

_ENDINGS: Final = 3
"""Code points by which two forms of one word may differ at the end: `-s`, `-ed`, `-ing`, `-ian`."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_EMPTY_WORDS: Final = frozenset(
    re.findall(
        r"\w+",
        """
        about above according added adding after again against ahead also although among another
        around because been before being below between both came come could deny denied denies
        denying does doing done down during each either else ever every from gave give given have
        having here hers herself himself however into itself just last least less like made make
        many more most much must myself neither never none once only onto other others ours over
        same says saying said shall should since some still such take taken tell telling than that
        their theirs them themselves then there these they this those though through thus told
        toward towards under until upon very want were what when where whether which while whom
        whose will with within without would year your yours
        """,
    )
)
"""English words that say nothing of what a sentence is about, and the verbs of saying."""


@lru_cache(maxsize=2048)
def find_words(text: str) -> tuple[str, ...]:
    """The words that say what a text is about, each once, folded, in their order."""
    words = dict.fromkeys(_fold(match[0]) for match in _WORD.finditer(text))
    return tuple(word for word in words if len(word) >= SHORTEST and word not in _EMPTY_WORDS)


def find_places(text: str, words: Collection[str]) -> list[tuple[int, int]]:
    """Where in `text` these folded words stand, wherever they do: start and end in code points,
    end excluded.
    """
    return [match.span() for match in _WORD.finditer(text) if _fold(match[0]) in words]


def find_shared(text: str, other: str) -> tuple[str, ...]:
    """The words of `text` that `other` has too, in some form; folded, in their order in `text`."""
    beginnings: dict[str, list[str]] = {}
    for word in find_words(other):
        beginnings.setdefault(word[:SHORTEST], []).append(word)
    return tuple(
        word
        for word in find_words(text)
        if any(_is_same(word, theirs) for theirs in beginnings.get(word[:SHORTEST], ()))
    )


def _is_same(one: str, other: str) -> bool:
    if one == other:
        return True
    if one[0].isdecimal():
        return False  # 2014 and 2015 are no forms of one number
    letters = enumerate(zip(one, other, strict=False))
    shortest, longest = sorted((len(one), len(other)))
    alike = next((at for at, (mine, theirs) in letters if mine != theirs), shortest)
    return alike >= SHORTEST and longest - alike <= _ENDINGS


def _fold(word: str) -> str:
    return word.casefold().replace("’", "'").removesuffix("'s")
