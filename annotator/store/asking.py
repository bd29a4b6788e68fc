"""What was asked, in the form in which a database takes it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Thai, Lao, Burmese, Khmer; Japanese; Chinese.
_NO_SPACES: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
)
_WORD: Final = re.compile(r"\w+")


def has_no_spaces(words: str) -> bool:
    """Whether this is written in a script that puts no spaces between words."""
    return _NO_SPACES.search(words) is not None


def split_words(words: str) -> list[str]:
    """The words that somebody typed, without what stands between them."""
    return _WORD.findall(words)


def write_search(words: str) -> str:
    """The query for SQLite's FTS5: every word, the last as a beginning; empty where there is none.

    Each word stands in quotes, so that none is taken for an operator.
    """
    found = [f'"{word}"' for word in split_words(words)]
    return f"{' '.join(found)}*" if found else ""


def group_runs(indexes: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Indexes as runs of neighbours: the first, and how many."""
    first, count = 0, 0
    for index in indexes:
        if count and index == first + count:
            count += 1
            continue
        if count:
            yield first, count
        first, count = index, 1
    if count:
        yield first, count


def add_up(shifts: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """From (where, how many more) to (from where on, how many more in all), in the text's order."""
    total, found = 0, []
    for start, moved in shifts:
        total += moved
        found.append((start, total))
    return found


def count_shift(shifts: list[tuple[int, int]], start: int) -> int:
    """How many sentences were added before this place, by what `add_up` gave."""
    before = bisect_right(shifts, start, key=lambda shift: shift[0])
    return shifts[before - 1][1] if before else 0


def fold_word(word: str) -> str:
    """Without capitals and accents, as SQLite's `unicode61` has it."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))
