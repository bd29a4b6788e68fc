"""Which sentence of an older text is which of a newer one.

Equal sentences first: the ones that a text has once are sure (the "patience" way of comparing, and
its repetition between two sure ones), the others are told apart by what stands around them. Equal
sentences that keep their order among one another are kept, the fewest possible others are moved.
What is left between two kept ones may have been changed: sentences are compared by their words and
by their characters.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

ALIKE: Final = 0.6
"""How alike two sentences that stand in the same place must be to be one, from 0 to 1."""

ALIKE_ELSEWHERE: Final = 0.8
"""The same for sentences in different places."""

_ROUNDS: Final = 8
"""How often sure ones are looked for between sure ones: more only a text made to be slow needs."""

_SMALL: Final = 64 * 64
"""Pairs of sentences up to which every one is compared: difflib's time grows with the cube."""

_WEIGHED: Final = 400
"""Occurrences of a sentence's words that are looked at for similar ones, the rarest words first."""

_COMPARED: Final = 3
"""Similar sentences, by their words, that are compared with one closely, which takes 0.2 ms each.
"""

_LONG: Final = 4000
"""Code points of two sentences together above which their words are only counted."""

# Thai to Burmese, Khmer, kana, Chinese characters: no spaces, so each character is a word.
_WORD: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
    r"|\w+"
)

_Pair: TypeAlias = tuple[int, int]
_Gap: TypeAlias = tuple[range, range]


class Fate(StrEnum):
    """What became of a sentence that is in both texts."""

    KEPT = "kept"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence of the older text, by index from 0, and the one of the newer that it became.

    Kept: the same text, in the same order as all other kept ones, whatever was put in between.
    Moved: the same text, but not in that order. Changed: the text differs a little.
    """

    old: int
    new: int
    fate: Fate


def align(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Match the sentences of two texts, by the older's order; no sentence is in two matches."""
    equal = _pair_equal(old, new)
    kept = _find_longest_rise(equal)
    standing = set(kept)
    found = [
        Match(before, after, Fate.KEPT if (before, after) in standing else Fate.MOVED)
        for before, after in equal
    ]
    left_old = _leave({before for before, _ in equal}, len(old))
    left_new = _leave({after for _, after in equal}, len(new))
    changed = _pair_changed(old, new, kept, left=(left_old, left_new))
    found += (Match(before, after, Fate.CHANGED) for before, after in changed)
    return sorted(found, key=lambda match: match.old)


# -- equal ones


def _pair_equal(old: Sequence[str], new: Sequence[str]) -> list[_Pair]:
    """Every two equal sentences that can be paired, by the older's order."""
    pairs = _pair_in_order(old, new)
    taken_old = {before for before, _ in pairs}
    taken_new = {after for _, after in pairs}
    waiting: dict[str, list[int]] = defaultdict(list)
    for after in reversed(_leave(taken_new, len(new))):
        waiting[new[after]].append(after)
    for before in _leave(taken_old, len(old)):
        if waiting.get(old[before]):
            pairs.append((before, waiting[old[before]].pop()))
    return sorted(pairs)


def _pair_in_order(old: Sequence[str], new: Sequence[str]) -> list[_Pair]:
    pairs: list[_Pair] = []
    gaps = [(0, (range(len(old)), range(len(new))))]
    while gaps:
        depth, gap = gaps.pop()
        ends, inner = _strip(old, new, gap)
        pairs += ends
        if not (inner[0] and inner[1]):
            continue
        sure = _find_sure(old, new, inner) if depth < _ROUNDS else []
        if sure:
            pairs += sure
            gaps += ((depth + 1, smaller) for smaller in _cut_at(inner, sure))
        else:
            pairs += _pair_repeated(old, new, inner)
    return pairs


def _strip(old: Sequence[str], new: Sequence[str], gap: _Gap) -> tuple[list[_Pair], _Gap]:
    """The equal sentences at both ends of a gap, and what is between them."""
    (start, end), (first, last) = ((side.start, side.stop) for side in gap)
    pairs = []
    while start < end and first < last and old[start] == new[first]:
        pairs.append((start, first))
        start, first = start + 1, first + 1
    while start < end and first < last and old[end - 1] == new[last - 1]:
        end, last = end - 1, last - 1
        pairs.append((end, last))
    return pairs, (range(start, end), range(first, last))


def _find_sure(old: Sequence[str], new: Sequence[str], gap: _Gap) -> list[_Pair]:
    """Sentences that stand once on each side, as many of them as keep their order."""
    once_old, once_new = (
        _find_single((text[index], index) for index in side)
        for text, side in zip((old, new), gap, strict=True)
    )
    return _find_longest_rise(
        [(index, once_new[text]) for text, index in once_old.items() if text in once_new]
    )


def _pair_repeated(old: Sequence[str], new: Sequence[str], gap: _Gap) -> list[_Pair]:
    """Sentences of which none is sure: as `difflib` has it, or, where it would take too long, the
    first with the first of the same text, the second with the second.
    """
    if len(gap[0]) * len(gap[1]) > _SMALL:
        numbered_old = dict(_number((old[index], index) for index in gap[0]))
        numbered_new = dict(_number((new[index], index) for index in gap[1]))
        return _find_longest_rise(
            [
                (index, numbered_new[key])
                for key, index in numbered_old.items()
                if key in numbered_new
            ]
        )
    start, first = gap[0].start, gap[1].start
    matcher = SequenceMatcher(
        None, old[start : gap[0].stop], new[first : gap[1].stop], autojunk=False
    )
    return [
        (start + block.a + step, first + block.b + step)
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    ]


def _find_single(texts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The texts that there are once: text → index."""
    found: dict[str, list[int]] = defaultdict(list)
    for text, index in texts:
        found[text].append(index)
    return {text: indexes[0] for text, indexes in found.items() if len(indexes) == 1}


def _number(texts: Iterable[tuple[str, int]]) -> Iterator[tuple[Hashable, int]]:
    seen: Counter[str] = Counter()
    for text, index in texts:
        seen[text] += 1
        yield (text, seen[text]), index


def _find_longest_rise(pairs: Sequence[_Pair]) -> list[_Pair]:
    """The most pairs, of those that come by their first number, whose second numbers rise.

    By patience sorting, as in Fredman, "On computing the length of longest increasing
    subsequences", 1975.
    """
    tops: list[int] = []
    places: list[int] = []
    before: list[int | None] = []
    for place, (_, number) in enumerate(pairs):
        pile = bisect_left(tops, number)
        before.append(places[pile - 1] if pile else None)
        tops[pile : pile + 1] = [number]
        places[pile : pile + 1] = [place]
    rise: list[_Pair] = []
    at = places[-1] if places else None
    while at is not None:
        rise.append(pairs[at])
        at = before[at]
    return rise[::-1]


def _cut_at(gap: _Gap, pairs: Sequence[_Pair]) -> Iterator[_Gap]:
    """What is between the pairs."""
    start, first = gap[0].start, gap[1].start
    for before, after in (*pairs, (gap[0].stop, gap[1].stop)):
        yield range(start, before), range(first, after)
        start, first = before + 1, after + 1


def _leave(taken: set[int], count: int) -> list[int]:
    return [index for index in range(count) if index not in taken]


# -- changed ones


def _pair_changed(
    old: Sequence[str],
    new: Sequence[str],
    kept: Sequence[_Pair],
    *,
    left: tuple[Sequence[int], Sequence[int]],
) -> list[_Pair]:
    """Similar ones of those left: in the same place first, then the very similar elsewhere."""
    left_old, left_new = left
    pairs: list[_Pair] = []
    for here, there in _cut_at((range(len(old)), range(len(new))), kept):
        among = (_slice(left_old, here), _slice(left_new, there))
        pairs += _pair_similar(old, new, among, least=ALIKE)
    taken_old = {before for before, _ in pairs}
    taken_new = {after for _, after in pairs}
    left_old = [index for index in left_old if index not in taken_old]
    left_new = [index for index in left_new if index not in taken_new]
    return [*pairs, *_pair_similar(old, new, (left_old, left_new), least=ALIKE_ELSEWHERE)]


def _slice(indexes: Sequence[int], within: range) -> Sequence[int]:
    return indexes[bisect_left(indexes, within.start) : bisect_left(indexes, within.stop)]


def _pair_similar(
    old: Sequence[str],
    new: Sequence[str],
    among: tuple[Sequence[int], Sequence[int]],
    *,
    least: float,
) -> list[_Pair]:
    """The most similar two first, then the most similar of the rest; of two alike the nearer."""
    if not (among[0] and among[1]):
        return []
    words_new = {index: _split(new[index]) for index in among[1]}
    having: dict[str, list[int]] = defaultdict(list)
    for index, words in words_new.items():
        for word in set(words):
            having[word].append(index)
    first, start = among[1][0], among[0][0]
    scored: list[tuple[float, int, int, int]] = []
    for before in among[0]:
        words = _split(old[before])
        for after in _choose(words, words_new, having):
            alike = _compare((old[before], words), (new[after], words_new[after]), least=least)
            if alike >= least:
                scored.append((-alike, abs(after - first - before + start), before, after))
    return list(_take_each_once(sorted(scored)))


def _take_each_once(scored: Iterable[tuple[float, int, int, int]]) -> Iterator[_Pair]:
    taken_old, taken_new = set[int](), set[int]()
    for *_, before, after in scored:
        if before not in taken_old and after not in taken_new:
            taken_old.add(before)
            taken_new.add(after)
            yield before, after


def _choose(
    words: Sequence[str], candidates: dict[int, list[str]], having: dict[str, list[int]]
) -> list[int]:
    """The sentences that share the most words with one, by its rarest."""
    shared: Counter[int] = Counter()
    looked_at = 0
    there = [having[word] for word in dict.fromkeys(words) if word in having]
    for indexes in sorted(there, key=len):
        shared.update(indexes[:_WEIGHED])
        looked_at += len(indexes)
        if looked_at > _WEIGHED:
            break
    total = len(words)
    ranked = sorted(
        shared, key=lambda index: (-shared[index] / (total + len(candidates[index])), index)
    )
    return ranked[:_COMPARED]


def _compare(one: tuple[str, list[str]], other: tuple[str, list[str]], *, least: float) -> float:
    """How alike two sentences are: half by their words, half by their characters."""
    matcher = SequenceMatcher(None, one[1], other[1], autojunk=False)
    if len(one[0]) + len(other[0]) > _LONG:
        return matcher.quick_ratio()
    by_words = matcher.ratio()
    if (by_words + 1) / 2 < least:
        return 0.0
    by_characters = SequenceMatcher(None, one[0], other[0], autojunk=False)
    if (by_words + by_characters.quick_ratio()) / 2 < least:
        return 0.0
    return (by_words + by_characters.ratio()) / 2


def _split(text: str) -> list[str]:
    """Its words, without regard to capitals; a text without any is one word."""
    return _WORD.findall(text.casefold()) or [text]
