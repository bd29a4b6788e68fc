"""What stands around marks that may end a sentence, in windows of bounded length."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

BEFORE = 60
"""Code points looked at before the marks."""
AFTER = 120
"""Code points looked at from the next character that is not white space."""

Kind = Literal["small", "capital", "digit", "letter", "symbol"]
"""`letter` is one of a script without capitals."""

# « may have a space after it, in French; three dots may stand for words left out at the start.
_OPENERS = re.compile(
    r"(?:[\"'“”„‟‘’‚‛`(\[{¿¡*_「『《〈（]|[«»‹›]\s?|\.{2,}\s?|…\s?|(?:\.\s){3}){0,9}+"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_DASHES = re.compile(r"[-–—―]+\s*")
_BRAND = re.compile(r"[a-z]{1,2}[A-Z]")  # iPhone, eBay, mRNA: such a word may begin a sentence
_NOT_TOKEN = re.compile(r"[\"“”„‟«»‹›‚‛()\[\]{}<>,;:!?…—–/*_]")


# Not frozen, unlike other values: making a frozen one takes four times as long (0.6 and 0.15 µs for
# five fields), there are two for each mark, and neither outlives the mark that it was made for.
@dataclass(slots=True)
class Following:
    """The first word after a candidate: what it opens with, its first character's kind, itself."""

    opener: str
    dash: bool
    kind: Kind
    word: str
    rest: str
    """What follows the word, white space included."""


@dataclass(slots=True)
class Candidate:
    """Marks that may end a sentence, followed by white space or by the sign of a missing space."""

    before: str
    marks: str
    closers: str
    following: Following
    whole: bool
    """Whether `before` is all of the sentence so far."""

    @property
    def token(self) -> str:
        """The word right before the marks, its inner full stops included; may be empty."""
        last = self.before[-1:]
        if not last or last.isspace():
            return ""
        token = _NOT_TOKEN.split(self.before.rsplit(None, 1)[-1])[-1].strip("'’‘`")
        return token.rpartition("-")[2] or token

    @property
    def previous(self) -> str:
        """The word before `token`, with its punctuation; may be empty."""
        words = self.before.rsplit(None, 2)
        return words[-2] if len(words) > 1 else ""


def read_following(after: str) -> Following:
    """Read what stands at the start of `after`, which does not begin with white space."""
    start, end, dashed = (0, 0, False) if after[:1].isalnum() else _skip_openers(after)
    word = _WORD.match(after, end)
    text = word.group() if word else ""
    kind = _find_kind(after, end)
    return Following(after[:start], dashed, kind, text, after[end + len(text) :])


def _skip_openers(after: str) -> tuple[int, int, bool]:
    """Return the end of the opening marks, of a dash and more of them after it, and if it is."""
    start = _end_of(_OPENERS, after, 0)
    dashed = _end_of(_DASHES, after, start)
    if dashed == start:
        return start, start, False
    return start, _end_of(_OPENERS, after, dashed), True


def _end_of(pattern: re.Pattern[str], after: str, start: int) -> int:
    match = pattern.match(after, start)
    return match.end() if match else start


def _find_kind(after: str, start: int) -> Kind:
    first = after[start : start + 1]
    if first.islower():
        return "capital" if _BRAND.match(after, start) else "small"
    if first.isupper() or first.istitle():
        return "capital"
    if first.isdecimal():
        return "digit"
    return "letter" if first.isalpha() else "symbol"
