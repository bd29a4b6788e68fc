"""Does an English sentence end here? Rules on what sentencex says, for one candidate each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.text import abbreviations as words

if TYPE_CHECKING:
    from annotator.text.context import Candidate, Following

_DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
_TIMES = frozenset({"a.m", "p.m", "am", "pm"})
_LEAD = re.compile(
    r"[\"'“‘(]*(?:In|At|By|Around|About|Before|After|Since|Until|From|On|Shortly|Just|Between|Beginning|"
    r"Starting|As|And at|But at|But by|Then at|Then)\b"
)
_ATTRIBUTIVE = words.split_words("the a an its his her their our every each this that")
_SAID = (
    r"(?:said|says|asked|asks|wondered|added|adds|replied|tweeted|wrote|writes|shouted|yelled|"
    r"exclaimed|responded|demanded|joked|quipped|declared|continued|cried|told|mused|posted|"
    r"answered|screamed|retorted|remarked|chanted|insisted|argued|inquired|snapped)"
)
_AFTERWARDS = (
    r"(?:\s*(?:[.,:;]|$)|\s+(?:on|in|at|during|to|after|before|as|from|outside|when|while|about|last|"
    r"earlier|later|this|of|with|rhetorically|aloud|repeatedly|angrily|incredulously|jokingly|"
    r"reporters|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|(?:\s+\w+){1,3}[.,])"
)
_ATTRIBUTION = re.compile(rf"(?:\S+\s+){{1,6}}?{_SAID}\b{_AFTERWARDS}")
_SHOUTED = words.TITLES | words.COMPANY | {"vs", "jr", "sr", "no"}
"""Abbreviations that are still ones in a headline, all in capitals."""
_ABBREVIATED = words.MAY_END | words.TITLES | words.JOINING | words.ENDING
_QUOTES = frozenset("\"'”’»“")


def ends_sentence(candidate: Candidate, *, base: bool) -> bool:
    """Say whether the candidate ends a sentence; `base` is what sentencex says."""
    following = candidate.following
    if following.kind == "small":
        return _ends_before_small(candidate)
    if "?" in candidate.marks or "!" in candidate.marks:
        return _ends_exclaimed(candidate)
    if len(candidate.marks) > 1 or candidate.marks == "…":
        return _ends_dots(candidate)
    if following.kind == "digit":
        return _ends_before_digit(candidate)
    return _ends_full_stop(candidate, base=base)


def starts_sentence(following: Following) -> bool:
    """Say whether the word is one that, with a capital, begins a sentence."""
    word = following.word.replace("’", "'")
    if word == "I" or word.startswith("I'"):
        return not following.rest.startswith(".")
    if word == "A":
        return following.rest[1:2].islower()
    return word in words.STARTERS or word in words.NEWS_STARTERS


def _ends_before_small(candidate: Candidate) -> bool:
    """Nothing ends before a small letter, unless a bracket opens there as a sentence of its own."""
    if not candidate.following.opener.endswith(("(", "[")) or candidate.closers:
        return False
    token = candidate.token
    known = token.lower() in _ABBREVIATED or token in words.EXCLAIMING
    return not (known or len(token) < 2 or "." in token)


def _ends_exclaimed(candidate: Candidate) -> bool:
    following = candidate.following
    if candidate.token in words.EXCLAIMING and candidate.marks == "!":
        return starts_sentence(following)
    if not _QUOTES & set(candidate.closers) or following.opener:
        return True
    if starts_sentence(following):
        return True
    return not _ATTRIBUTION.match(following.word + following.rest)


def _ends_dots(candidate: Candidate) -> bool:
    """Dots end a sentence before a capital, unless words are left out in the middle of it."""
    following = candidate.following
    if following.kind != "capital":
        return True
    previous = candidate.before.rstrip(" [(").rpartition(" ")[2].strip("\"'“”‘’,").lower()
    if not previous or previous in words.CANNOT_END:
        return False
    if following.word.replace("’", "'").split("'")[0] == "I" and len(candidate.marks) != 4:
        return False
    spaced = candidate.before.endswith((" ", "[", "(", "\u00a0"))
    return not spaced or bool(following.opener) or _begins_running(following)


def _begins_running(following: Following) -> bool:
    """A capital with a small letter or a comma after it is more likely a start than a name."""
    rest = following.rest.lstrip()
    return starts_sentence(following) or rest[:1].islower() or rest[:1] == ","


def _ends_before_digit(candidate: Candidate) -> bool:
    token = candidate.token
    small = token.lower()
    if small in _TIMES or small in words.ENDING:
        return True
    if small in words.NUMBERED or small in words.TITLES or small in words.MAY_END:
        return bool(candidate.closers) or (small in words.ORDINARY and small not in words.NUMBERED)
    if small in words.CALENDAR or small in words.JOINING or _DOTTED.fullmatch(token):
        return False
    return len(token) != 1 or not token.isalpha()


def _ends_full_stop(candidate: Candidate, *, base: bool) -> bool:
    """Decide on a single full stop before a capital, a symbol or a script without capitals."""
    token = candidate.token
    small = token.lower()
    following = candidate.following
    if len(token) == 1 and token.isalpha():
        return _ends_letter(candidate, token)
    if token.isupper() and token.isalpha() and small not in _SHOUTED:
        return True  # "IE", "ME", "IN": letters of their own, no abbreviation of a word
    if len(token) <= 2 and token.isdecimal() and candidate.previous.endswith(":"):
        return False  # "He said: 1. The lock was broken."
    if small in _TIMES and ("." in small or candidate.previous[-1:].isdecimal()):
        return _ends_time(candidate)
    if _DOTTED.fullmatch(token):
        return small not in words.JOINING and _ends_abbreviation(candidate)
    if token.islower() and small in words.ORDINARY:
        return following.kind == "capital"
    if small in words.TITLES and small not in words.MAY_END and not candidate.closers:
        return small in words.TITLES_AFTER_WORDS and _ends_title(candidate)
    if small in words.JOINING:
        return False
    if small in words.CALENDAR:
        return starts_sentence(following) or not _leads_in(candidate)
    if small in words.ENDING or small == "no":
        return True
    if small in words.MAY_END:
        return _ends_abbreviation(candidate)
    return base or not token or starts_sentence(following) or following.kind != "capital"


def _ends_letter(candidate: Candidate, letter: str) -> bool:
    """A single letter is an initial, unless what stands around it says otherwise."""
    following = candidate.following
    previous = candidate.previous.strip("\"'“”‘’(").lower()
    if letter.islower():
        return letter not in words.JOINING and starts_sentence(following)
    if previous in words.LETTERED:
        return True
    if letter == "I":
        return candidate.previous[:1].islower() or starts_sentence(following)
    named = following.word in words.NAME_LIKE and not candidate.previous[:1].islower()
    if named or following.word in {"A", "I"}:
        return False
    return starts_sentence(following)


def _ends_time(candidate: Candidate) -> bool:
    """A time of day ends a sentence before a capital, unless it leads into the sentence."""
    following = candidate.following
    if following.dash or (following.word in words.ZONES and following.opener in {"", "("}):
        return False
    if starts_sentence(following) or following.opener:
        return True
    if _leads_in(candidate):
        return False
    earlier = candidate.before.split()
    return len(earlier) < 3 or earlier[-3].lower() not in _ATTRIBUTIVE


def _ends_abbreviation(candidate: Candidate) -> bool:
    """Decide on an abbreviation that may end a sentence: only before a word that begins one."""
    following = candidate.following
    small = candidate.token.lower()
    if following.dash:
        return False  # "ST. PAUL, Minn. — The river rose": a dateline
    if starts_sentence(following):
        return True
    if "(" in following.opener or "[" in following.opener:
        return False
    if following.opener:
        return small in words.COMPANY or not _DOTTED.fullmatch(small)
    if following.word in words.ADDRESS_TITLES and following.rest.startswith((".", " ")):
        return not _leads_in(candidate)
    running = following.rest[:1] == " " and following.rest[1:2].islower()
    return small in words.COMPANY and following.word.endswith("s") and running


def _leads_in(candidate: Candidate) -> bool:
    """Say whether the sentence so far is no more than "At 5 a.m."."""
    lead = candidate.before.strip()
    return candidate.whole and len(lead.split()) <= 5 and _LEAD.match(lead) is not None


def _ends_title(candidate: Candidate) -> bool:
    """ "Main St. The shop": a street, not a saint, before a word that begins a sentence."""
    previous = candidate.previous
    placed = previous[:1].isupper() or previous[:1].isdecimal() or candidate.token.islower()
    return placed and starts_sentence(candidate.following)
