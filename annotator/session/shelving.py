"""The library's documents with who labels them, their order, and which of them are shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from annotator.model.assignment import Assignment, is_again, name_again
from annotator.model.document import Colleague
from annotator.text.display import show_line
from annotator.text.find import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from annotator.model.document import Shelved
    from annotator.session.library import Library

DONE: Final = "✓"
"""What says that somebody has labelled every sentence."""

_Counts: TypeAlias = "Mapping[tuple[str, str], int]"
"""How many sentences have a label, by document and reviewer."""


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


def list_shelf(library: Library, *, deleted: bool = False) -> list[Shelved]:
    """The library as `Library.list_documents` has it, with what is assigned to whom and how far the
    others are; and a row more for each document that I am to label again, blind.
    """
    listed = library.list_documents(deleted=deleted)
    assigned = library.store.list_assignments()
    if not assigned and not any(shelved.others for shelved in listed):
        return listed
    counts = library.store.count_labelled()
    of_document: dict[str, list[Assignment]] = defaultdict(list)
    for one in assigned:
        of_document[one.document_id].append(one)
    rows = []
    for shelved in listed:
        mine = {
            one.again
            for one in of_document[shelved.document.id]
            if one.reviewer == library.reviewer
        }
        colleagues = _list_colleagues(
            shelved, of_document[shelved.document.id], counts, library.reviewer
        )
        row = replace(shelved, is_mine=False in mine, colleagues=colleagues)
        rows.append(row)
        if True in mine and not deleted:
            done = counts.get((shelved.document.id, name_again(library.reviewer)), 0)
            rows.append(replace(row, is_mine=True, again=True, labelled_by_me=done))
    return rows


def sort_documents(listed: Iterable[Shelved], sort: Sort) -> list[Shelved]:
    """The documents in order; those alike stay by title and id. What is assigned to me comes before
    the rest, whatever they are sorted by, and of that what I have not finished.
    """
    by_title = sorted(listed, key=_by_title)
    if sort is not Sort.TITLE:
        by_title = sorted(by_title, key=_KEYS[sort], reverse=sort.is_falling)
    return sorted(by_title, key=_rank)


def keep_order(before: Sequence[str], listed: Iterable[Shelved]) -> list[Shelved]:
    """The rows in the order that they had before, by their keys; each new one stays behind the row
    that it follows in the order given, or comes first.
    """
    places = {key: place for place, key in enumerate(before)}
    at = -1
    ranked = []
    for number, shelved in enumerate(listed):
        known = places.get(shelved.key)
        at = at if known is None else known
        ranked.append((at, known is None, number, shelved))
    return [row[3] for row in sorted(ranked, key=lambda row: row[:3])]


def filter_documents(listed: Iterable[Shelved], words: str) -> list[Shelved]:
    """The documents whose title, author, source and date together hold each of the words."""
    wanted = fold(words).split()
    return [shelved for shelved in listed if _holds(shelved, wanted)] if wanted else list(listed)


def describe_colleagues(shelved: Shelved) -> str:
    """Who else labels the document, and how far they are: `ben ✓, cleo 40 %`."""
    total = shelved.document.sentence_count
    return ", ".join(
        f"{show_line(one.reviewer)} {describe_share(one.labelled, total)}"
        for one in shelved.colleagues
    )


def describe_share(done: int, total: int) -> str:
    """A tick for all of them; else per cent, of which only nothing is 0 and only all is 100."""
    if done >= total:
        return DONE
    return f"{min(max(round(100 * done / total), int(done > 0)), 99)} %"


def _list_colleagues(
    shelved: Shelved, assigned: Iterable[Assignment], counts: _Counts, me: str
) -> tuple[Colleague, ...]:
    """By name; nobody's second pass is anybody else's concern."""
    to = {one.reviewer for one in assigned if not one.again}
    names = sorted(to.union(name for name in shelved.others if not is_again(name)) - {me})
    return tuple(
        Colleague(name, counts.get((shelved.document.id, name), 0), name in to) for name in names
    )


def _rank(shelved: Shelved) -> int:
    if not shelved.is_mine:
        return 2
    return int(shelved.is_finished)


def _holds(shelved: Shelved, wanted: list[str]) -> bool:
    document = shelved.document
    parts = (document.title, document.author, document.source, document.published)
    text = fold("\n".join(part for part in parts if part))
    return all(word in text for word in wanted)


def _by_title(shelved: Shelved) -> tuple[str, str, str]:
    title = shelved.document.title
    return (fold(title), title, shelved.key)


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
