"""Does a sentence in another language than English end here?

sentencex's own answer stands; these rules take away the breaks that its lists miss: titles,
initials and chains such as "z. B.", ordinals before a noun, a verb of saying after a quote.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.text import other_words as words

if TYPE_CHECKING:
    from annotator.text.context import Candidate

_QUOTES = frozenset("\"'”’»«“」』›‹")
_SPEECH_CJK = re.compile(
    r"[^，。！？；：\n]{0,14}?(?:说|說|称|稱|表示|问|問|写道|寫道|指出|喊|答|叫|言|述|尋|聞|語|道[，。：])"
)
_AFTER_QUOTE_JA = frozenset("とってがをにはのもでなやかだへ")


def ends_sentence_in(candidate: Candidate, language: str, *, base: bool) -> bool:
    """Say whether the candidate ends a sentence in `language`; `base` is what sentencex says."""
    following = candidate.following
    if following.kind == "small":
        return False
    if candidate.marks not in {".", "．"}:
        return not _is_attributed(candidate)
    token = candidate.token
    if following.kind == "digit" and len(token) == 1 and token.isalpha():
        return False
    if following.kind == "digit" and not base:
        return len(token) > 4 and token.isalpha() and token.islower()
    if not base:
        return _ends_known(candidate, language)
    return not _holds_together(candidate, language)


def _is_attributed(candidate: Candidate) -> bool:
    """A question or a cry in quotes goes on with who said it, where no capital can tell."""
    following = candidate.following
    if following.kind != "letter" or not _QUOTES & set(candidate.closers) or following.opener:
        return False
    if "\u3040" <= following.word[:1] <= "\u309f":
        return following.word[0] in _AFTER_QUOTE_JA
    if "\u3400" <= following.word[:1] <= "\u9fff":
        return bool(_SPEECH_CJK.match(following.word + following.rest))
    return candidate.marks[-1] in "?!؟？！"


def _ends_known(candidate: Candidate, language: str) -> bool:
    """sentencex takes it for an abbreviation: end only what a sentence may well end on."""
    following = candidate.following
    token = candidate.token
    if token in words.WORDS and following.kind == "capital":
        return True
    if following.kind != "capital" or following.opener:
        return not token
    if token.lower() in words.ENDING or token in words.CHAIN_ENDS:
        return True
    if token.lower() in words.TITLES.get(language, frozenset()) or not token.isalpha():
        return not token
    started = following.word in words.STARTERS.get(language, frozenset())
    return started and (len(token) > 1 or token in words.YEARS)


def _holds_together(candidate: Candidate, language: str) -> bool:
    """Take away a break after a title, an initial, a chain of letters or an ordinal."""
    token = candidate.token
    following = candidate.following
    if not token or candidate.closers:
        return False
    if token.lower() in words.TITLES.get(language, frozenset()):
        return True
    if token in words.YEARS:
        return following.word not in words.STARTERS.get(language, frozenset())
    if language in words.ORDINAL_LANGUAGES and token.isdecimal() and len(token) <= 2:
        return following.word not in words.STARTERS.get(language, frozenset())
    if len(token) == 1 and token.isalpha():
        return _is_initial(candidate)
    return False


def _is_initial(candidate: Candidate) -> bool:
    token = candidate.token
    if candidate.following.kind == "letter":
        return not token.isascii() and len(candidate.previous) == 0
    chained = len(candidate.following.word) == 1 and candidate.following.rest.startswith(".")
    chain = candidate.previous.endswith(".") and len(candidate.previous) == 2
    if token in words.CHAIN_ENDS and chain:
        return False
    return chained or chain or token.isupper()
