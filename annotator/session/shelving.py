"""The order in which the library's documents stand, and which of them are shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from annotator.text.find import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from annotator.model.document import Shelved


class Sort(StrEnum):
    """What the documents are sorted by, in the order in which one comes to the next."""

    TITLE = "title"
    PROGRESS = "progress"
    CHANGED = "changed"
    SENTENCES = "sentences"

    @property
    def following(self) -> Sort:
        """The next one, round the end."""
        sorts = list(Sort)
        return sorts[(sorts.index(self) + 1) % len(sorts)]

    @property
    def is_falling(self) -> bool:
        """Whether the highest comes first: the newest change, the longest document."""
        return self in (Sort.CHANGED, Sort.SENTENCES)


@dataclass(frozen=True, slots=True)
class Shelving:
    """How the library is looked at: what it is sorted by, the words of a filter, and whether it is
    what was deleted that is shown.
    """

    sort: Sort = Sort.TITLE
    words: str = ""
    deleted: bool = False


def sort_documents(listed: Iterable[Shelved], sort: Sort) -> list[Shelved]:
    """The documents in order; those alike stay by title and id."""
    by_title = sorted(listed, key=_by_title)
    if sort is Sort.TITLE:
        return by_title
    return sorted(by_title, key=_KEYS[sort], reverse=sort.is_falling)


def filter_documents(listed: Iterable[Shelved], words: str) -> list[Shelved]:
    """The documents whose title, author, source and date together hold each of the words."""
    wanted = fold(words).split()
    return [shelved for shelved in listed if _holds(shelved, wanted)] if wanted else list(listed)


def _holds(shelved: Shelved, wanted: list[str]) -> bool:
    document = shelved.document
    parts = (document.title, document.author, document.source, document.published)
    text = fold("\n".join(part for part in parts if part))
    return all(word in text for word in wanted)


def _by_title(shelved: Shelved) -> tuple[str, str, str]:
    title = shelved.document.title
    return (fold(title), title, shelved.document.id)


def _measure_progress(shelved: Shelved) -> float:
    count = shelved.document.sentence_count
    return shelved.labelled_by_me / count if count else 1.0


def _read_change(shelved: Shelved) -> str:
    # Written alike and in UTC, times sort as text.
    return shelved.changed_at


def _count_sentences(shelved: Shelved) -> int:
    return shelved.document.sentence_count


_KEYS: dict[Sort, Callable[[Shelved], float | str]] = {
    Sort.PROGRESS: _measure_progress,
    Sort.CHANGED: _read_change,
    Sort.SENTENCES: _count_sentences,
}
