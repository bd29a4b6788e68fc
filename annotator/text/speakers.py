"""Who speaks in a sentence of an English report, by the verbs of saying around the name.

Rules of thumb, for offers that a person chooses from: a name that is missed costs a few letters
typed. Names are descriptions too ("Syrian military source"), without their article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from annotator.text import saying
from annotator.text.quotations import QUOTED, find_quotation

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN: Final = re.compile(rf"{QUOTED}+|\w[\w'’&/.-]*|[^\w\s]")
_ABBREVIATION: Final = re.compile(r"(?:\w\.)+|(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Sgt|Lt|Capt|Rev)\.")
_MOST_WORDS: Final = 8
"""A longer description is cut before its first preposition, if that is not at its beginning."""

_REACH: Final = 5
"""Tokens after a name among which its verb is, auxiliaries and all."""

_FEWEST_WORDS: Final = 2
_SHORTEST: Final = 2
_LONGEST: Final = 2000
"""Code points of a sentence that are looked at, from its beginning and from its end."""


_CLAUSE: Final = (saying.PASSIVES | saying.AUXILIARIES | {"to"}) - saying.DETERMINERS - {"first"}
"""No name holds one of these: it would be a clause."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A name and how likely it is: 0 beside a quotation or in an aside (`…, she said, …`), 1 where
    the sentence begins, 2 anywhere else.
    """

    name: str
    rank: int
    at: int


def find_speakers(sentence: str) -> list[str]:
    """The names of those who say something in the sentence, the likeliest first; pronouns never.

    Whoever stands beside a quotation, or closes the sentence, is likelier than the others.
    """
    tokens = _tokenize(find_quotation(_shorten(sentence)).rest)
    found: list[_Found] = []
    for at in range(len(tokens)):
        if _is_said(tokens, at):
            found += _find_around(tokens, at)
        elif tokens[at].lower() == "according" and _word(tokens, at + 1) == "to":
            found += _name_after(tokens, at + 2, rank=0)
    names: dict[str, str] = {}
    for one in sorted(found, key=lambda one: (one.rank, one.at)):
        names.setdefault(one.name.casefold(), one.name)
    return list(names.values())


def names_by_pronoun(sentence: str) -> bool:
    """Whether the sentence says `he said` and the like, and names nobody itself."""
    tokens = _tokenize(find_quotation(_shorten(sentence)).rest)
    verbs = [at for at in range(len(tokens)) if _is_said(tokens, at)]
    return not find_speakers(sentence) and any(
        {"he", "she", "they", "it"} & {_word(tokens, at - 1), _word(tokens, at + 1)} for at in verbs
    )


def is_variant(name: str, other: str) -> bool:
    """Whether two names may be of the same one: all words of the shorter are in the longer, or one
    is a bare description that an article uses in turn with the other's (`envoy`, `diplomat`).

    What stands in brackets counts for nothing: `Western diplomat (via Reuters)`.
    """
    ours, theirs = _list_words(name), _list_words(other)
    if not ours or not theirs:
        return False
    if set(ours) <= set(theirs) or set(theirs) <= set(ours):
        return True
    short, long = sorted((ours, theirs), key=len)
    return len(short) == 1 and any(short[0] in kin and kin & set(long) for kin in saying.KIN)


def _shorten(sentence: str) -> str:
    if len(sentence) <= 2 * _LONGEST:
        return sentence
    return f"{sentence[:_LONGEST]} … {sentence[-_LONGEST:]}"


def _tokenize(text: str) -> list[str]:
    tokens = []
    for match in _TOKEN.finditer(text):
        token = match[0]
        kept = token.rstrip(".") if not _ABBREVIATION.fullmatch(token) else token
        tokens.append(kept if kept else token)
        if kept and kept != token:
            tokens.append(".")
    return tokens


def _word(tokens: Sequence[str], at: int) -> str:
    """The token in lower case; empty beyond the ends."""
    return tokens[at].lower() if 0 <= at < len(tokens) else ""


def _is_said(tokens: Sequence[str], at: int) -> bool:
    verb, following = tokens[at], _word(tokens, at + 1)
    if _word(tokens, at - 1) == "to" or following in saying.NOT_SAID.get(verb, ()):
        return False
    return verb in saying.SAYING or following in saying.NEEDS_MORE.get(verb, ())


def _find_around(tokens: Sequence[str], verb: int) -> list[_Found]:
    """Who says it: before the verb, else after it; in the passive after `by`."""
    end = _skip_auxiliaries(tokens, verb)
    if _word(tokens, verb + 1) == "by":
        return _name_after(tokens, verb + 2, rank=2)
    if _word(tokens, end - 1) in saying.PASSIVES or _is_denied(tokens, end, verb):
        return []
    at_edge = end == verb and (verb == 0 or not tokens[verb - 1][0].isalnum())
    after = []
    if at_edge and tokens[verb] not in saying.TAKES_PERSON:
        after = _name_after(tokens, verb + 1, rank=0)
    if after and _closes(tokens, verb + 1):
        return after
    return _names_before(tokens, end) or after


def _is_denied(tokens: Sequence[str], end: int, verb: int) -> bool:
    """Whether it says that something was not said."""
    negated = {"not", "never"} & {token.lower() for token in tokens[end:verb]}
    return bool(negated) and tokens[verb] not in {"deny", "dispute", "reject"}


def _closes(tokens: Sequence[str], start: int) -> bool:
    """Whether nothing but a mark, or when and where, comes after the name that begins there."""
    end = _find_end(tokens, start)
    return end == len(tokens) or not tokens[end][0].isalnum() or tokens[end] in saying.PREPOSITIONS


def _skip_auxiliaries(tokens: Sequence[str], verb: int) -> int:
    """Where what stands before the verb ends, without auxiliaries, adverbs and dates."""
    end = verb
    while end > 0:
        word = _word(tokens, end - 1)
        if word in saying.AUXILIARIES or _is_adverb(tokens[end - 1]):
            end -= 1
        elif word in saying.DATES and _word(tokens, end - 2) in saying.PREPOSITIONS:
            end -= 2
        else:
            break
    return end


def _is_adverb(token: str) -> bool:
    return token.islower() and token.endswith("ly") and token not in {"family", "ally", "assembly"}


def _names_before(tokens: Sequence[str], end: int) -> list[_Found]:
    """The name that ends there; where a description between commas does, the name before it too."""
    if end and tokens[end - 1] in ",—–":
        mark = tokens[end - 1]
        start = next((at for at in range(end - 2, -1, -1) if tokens[at] == mark), -1)
        if start <= 0:
            return []
        names = _name_of(tokens, start)
        aside = _name_in(tokens[start + 1 : end - 1])
        if names and aside and tokens[start + 1].lower() in saying.DETERMINERS:
            names.append(_Found(aside, names[0].rank, end))
        elif names and aside and tokens[start + 1][0].isupper():
            names.insert(0, _Found(aside, names[0].rank, names[0].at - 1))
        return names
    return _name_of(tokens, end)


def _name_of(tokens: Sequence[str], end: int) -> list[_Found]:
    """The name in the clause that ends before token `end`."""
    start = _find_clause(tokens, end)
    if start and _word(tokens, start - 1) in saying.RELATIVES:
        aside = _word(tokens, start - 2) == ","
        return _name_of(tokens, start - 1 - aside)
    name = _name_in(tokens[start:end])
    if not name:
        return []
    takes_side = any(token in saying.TAKES_SIDE for token in tokens[end : end + _REACH])
    if start == 0:
        return [_Found(name, 0 if takes_side else 1, start)]
    return [_Found(name, 0 if not tokens[start - 1][0].isalnum() else 2, start)]


def _find_clause(tokens: Sequence[str], end: int) -> int:
    """Where the clause begins that ends there: after a mark or a word that begins a clause."""
    at = end
    while at > 0:
        token, word = tokens[at - 1], tokens[at - 1].lower()
        if not token[0].isalnum() or word in saying.BOUNDARIES or word in saying.RELATIVES:
            return at
        if word == "and" and not _joins_names(tokens, at - 1, end):
            return at
        at -= 1
    return at


def _joins_names(tokens: Sequence[str], at: int, end: int) -> bool:
    """Whether this `and` stands between two names, or inside one, not between two clauses."""
    if at + 1 >= end or at == 0:
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    if after.lower() in saying.DETERMINERS:
        return False
    return before[0].isupper() if after[0].isupper() else before[0].isalpha()


def _name_in(clause: Sequence[str]) -> str:
    """The name that fills a clause up to its end; empty where it holds none."""
    start = 0
    while start < len(clause) and clause[start].lower() in saying.OPENERS:
        start += 1
    words = clause[start:]
    if not words:
        return ""
    starts = [at for at in range(len(words)) if _begins_name(words, at)]
    if not starts:
        return ""
    led = words[0].lower() in saying.PREPOSITIONS
    return _clean(words[starts[-1] if led else starts[0] :])


def _begins_name(words: Sequence[str], at: int) -> bool:
    word, before = words[at].lower(), _word(words, at - 1)
    if before in saying.PREPOSITIONS or word in saying.PREPOSITIONS or word in saying.DATES:
        return False
    if word in saying.DETERMINERS:
        return before not in saying.DETERMINERS
    if words[at][0].isupper():
        inside = at and (words[at - 1][0].isupper() or before in saying.DETERMINERS)
        return not inside or before in saying.DATES or before in saying.OPENERS
    return at == 0 and words[-1].lower() in saying.PEOPLE and len(words) <= 4


def _name_after(tokens: Sequence[str], start: int, *, rank: int) -> list[_Found]:
    """The name that begins at token `start`, as far as it goes."""
    words = tokens[start : _find_end(tokens, start)]
    if not words:
        return []
    begins = words[0][0].isupper() or words[0] in saying.DETERMINERS
    name = _clean(words) if begins or words[-1] in saying.PEOPLE else ""
    return [_Found(name, rank, start)] if name else []


def _find_end(tokens: Sequence[str], start: int) -> int:
    """Where the name ends that begins at token `start`."""
    end = start
    while end < len(tokens) and _goes_on(tokens, start, end):
        end += 1
    return end


def _goes_on(tokens: Sequence[str], start: int, at: int) -> bool:
    token, word = tokens[at], tokens[at].lower()
    if not token[0].isalnum() or word in saying.BOUNDARIES or word in saying.RELATIVES:
        return False
    if word in saying.DATES or word in saying.PASSIVES or word in saying.AUXILIARIES:
        return word in saying.DETERMINERS
    if _is_said(tokens, at) or _is_adverb(token):
        return False
    if word in saying.PREPOSITIONS:
        return word in {"of", "for"} and at > start and not _word(tokens, at + 1).endswith("ing")
    if word == "and":
        return _joins_names(tokens, at, len(tokens)) and tokens[start][0].isupper()
    return True


def _clean(words: Sequence[str]) -> str:
    kept = list(words)
    while kept and kept[0].lower() in saying.LEADING:
        kept = kept[1:]
    if len(kept) > _MOST_WORDS:
        inner = (at for at, word in enumerate(kept) if word.lower() in saying.INNER)
        kept = kept[: next((at for at in inner if at >= _FEWEST_WORDS), _MOST_WORDS)]
    while kept and kept[-1].lower() in saying.PREPOSITIONS | {"and"}:
        kept.pop()
    small = {word.lower() for word in kept}
    if small <= saying.PRONOUNS | saying.DETERMINERS or small & _CLAUSE:
        return ""
    name = " ".join(kept)
    return name if len(name) >= _SHORTEST else ""


def _list_words(name: str) -> list[str]:
    bare = re.sub(r"\([^)]*\)", " ", name).casefold().replace("’", "'")
    words = re.findall(r"[^\W_]+", re.sub(r"'s\b", "", bare))
    return [word for word in words if word not in saying.DETERMINERS | saying.INNER]
