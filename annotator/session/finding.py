"""Finding words in a document, and the sentences that a sieve lets through."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from annotator.model.sieve import Sieve
from annotator.text.find import find_all, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.model.scheme import LabelScheme
    from annotator.session.labelling import Session

MOST: Final = 500
"""Sentences with the words are counted no further."""

_AHEAD: Final = 256
"""Sentences that are read at once at most, where one after another has the words."""

_NEXT_FEW: Final = 40
"""Sentences of a filter that are looked at one by one for the next without a label."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The sentences that hold the words (folded), by index, in order: all, or the first `MOST`."""

    words: str
    indexes: tuple[int, ...] = ()
    is_complete: bool = True

    def rank(self, index: int) -> int | None:
        """The place of a sentence among them, from 1; `None` where it is not one, or not known."""
        at = bisect_left(self.indexes, index)
        return at + 1 if self.indexes[at : at + 1] == (index,) else None


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Where a sentence is in the text."""

    start: int
    end: int
    index: int


class Finder:
    """Looks for words in one document. It keeps the text, folded, for as long as a search lasts.

    An occurrence counts where it lies within one sentence. `words` are as a person types them.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._text = fold(session.store.read_text(session.document.id))
        self._generation = session.store.read_generation()
        self._starts: list[int] = []
        self._known: dict[int, _Stretch] = {}
        self._ahead = 1

    def find(self, words: str) -> Matches:
        """The sentences that have the words; none for no words."""
        folded = fold(words)
        self._look_again()
        self._learn(folded)
        found: list[int] = []
        for stretch in self._find_forwards(folded, 0):
            if len(found) == MOST:
                return Matches(folded, tuple(found), is_complete=False)
            found.append(stretch.index)
        return Matches(folded, tuple(found))

    def seek_from(self, words: str, index: int) -> int | None:
        """The first sentence with the words at or after this one, else the first of all."""
        self._look_again()
        start = self._session.read_place(index).sentence.span.start
        return self._seek_forwards(fold(words), start)

    def seek_next(self, words: str, index: int) -> int | None:
        """The next sentence with the words after this one, round the end; itself if alone."""
        self._look_again()
        return self._seek_forwards(fold(words), self._session.read_place(index).sentence.span.end)

    def seek_previous(self, words: str, index: int) -> int | None:
        """The last sentence with the words before this one, round the beginning."""
        self._look_again()
        start = self._session.read_place(index).sentence.span.start
        for end in (start, len(self._text)):
            for stretch in self._find_backwards(fold(words), end):
                return stretch.index
        return None

    def _seek_forwards(self, folded: str, start: int) -> int | None:
        for first in (start, 0):
            for stretch in self._find_forwards(folded, first):
                return stretch.index
        return None

    def _find_forwards(self, folded: str, start: int) -> Iterator[_Stretch]:
        at = self._text.find(folded, start) if folded.strip() else -1
        while at >= 0:
            stretch = self._find_stretch(at)
            fits = stretch is not None and at + len(folded) <= stretch.end
            if stretch is not None and fits:
                yield stretch
            at = self._text.find(folded, stretch.end if stretch and fits else at + 1)

    def _find_backwards(self, folded: str, end: int) -> Iterator[_Stretch]:
        at = self._text.rfind(folded, 0, end) if folded.strip() else -1
        while at >= 0:
            stretch = self._find_stretch(at)
            fits = stretch is not None and at + len(folded) <= stretch.end
            if stretch is not None and fits:
                yield stretch
            last = stretch.start if stretch and fits else at + len(folded) - 1
            at = self._text.rfind(folded, 0, last)

    def _find_stretch(self, offset: int) -> _Stretch | None:
        """The sentence that holds this code point; `None` between two."""
        known = self._find_known(offset)
        if known is not None and offset < known.end:
            return known
        session = self._session
        index = session.store.find_index(session.document.id, start=offset)
        if index is None:
            return None
        # Where the sentence before was asked for too, more of them will be.
        follows = known is not None and known.index == index - 1
        self._ahead = min(self._ahead * 2, _AHEAD) if follows else 1
        for place in session.read_places(index, count=self._ahead):
            span = place.sentence.span
            self._keep(_Stretch(span.start, span.end, place.sentence.index))
        return self._find_known(offset)

    def _learn(self, folded: str) -> None:
        """Read at once where the sentences of the first occurrences are: one by one, 500 of them
        take 60 ms.
        """
        begun = (at for at in find_all(self._text, folded) if self._is_news(at))
        starts = list(islice(begun, MOST + 1)) if folded.strip() else []
        store, id_ = self._session.store, self._session.document.id
        for index, span in store.find_stretches(id_, starts=starts) if starts else ():
            self._keep(_Stretch(span.start, span.end, index))

    def _is_news(self, offset: int) -> bool:
        known = self._find_known(offset)
        return known is None or offset >= known.end

    def _find_known(self, offset: int) -> _Stretch | None:
        """The last sentence that begins there or before, of those known."""
        at = bisect_right(self._starts, offset)
        return self._known[self._starts[at - 1]] if at else None

    def _keep(self, stretch: _Stretch) -> None:
        if stretch.start not in self._known:
            self._known[stretch.start] = stretch
            self._starts.insert(bisect_right(self._starts, stretch.start), stretch.start)

    def _look_again(self) -> None:
        """Forget where sentences are once somebody else has written: they may have split one."""
        generation = self._session.store.read_generation()
        if generation != self._generation:
            self._generation = generation
            self._starts.clear()
            self._known.clear()


@dataclass(frozen=True, slots=True)
class Sifted:
    """What a sieve let through when it was applied, by index, in order."""

    sieve: Sieve
    indexes: tuple[int, ...]

    def __contains__(self, index: int) -> bool:
        return self.rank(index) is not None

    def rank(self, index: int) -> int | None:
        """The place of a sentence among them, from 1; `None` where it is not one."""
        at = bisect_left(self.indexes, index)
        return at + 1 if self.indexes[at : at + 1] == (index,) else None

    def find_nearest(self, index: int) -> int:
        """The sentence nearest to this one, of two the later."""
        at = bisect_left(self.indexes, index)
        around = self.indexes[max(at - 1, 0) : at + 1]
        return min(around, key=lambda one: (abs(one - index), -one))

    def step(self, index: int, step: int) -> int:
        """The sentence so many on (back where negative), no further than the last of them."""
        at = bisect_left(self.indexes, index)
        if step > 0 and index not in self:
            at -= 1
        return self.indexes[max(0, min(at + step, len(self.indexes) - 1))]


def list_sieves(scheme: LabelScheme) -> list[Sieve]:
    """What a reviewer may filter for: each label, what has none, and what was left to look at."""
    labels = [Sieve(label.name, labels=(label.name,)) for label in scheme.labels]
    others = [
        Sieve("no label", unlabelled=True),
        Sieve("unsure", unsure=True),
        Sieve("with a note", noted=True),
    ]
    denying, denied = scheme.labels_that_deny(), scheme.labels_denied()
    if denying:
        claims = tuple(name for name in denied if name not in denying) or denied
        others.append(Sieve(f"{_join(denying)} without a {_join(claims)}", unlinked=denying))
        others.append(Sieve(f"{_join(claims)} that nobody denies", undenied=claims))
    return [*labels, *others]


def sift(session: Session, sieve: Sieve) -> Sifted:
    """What the sieve lets through now."""
    found = session.store.find_matching(session.document.id, reviewer=session.reviewer, sieve=sieve)
    return Sifted(sieve, tuple(found))


def count_sieves(session: Session) -> list[tuple[Sieve, int]]:
    """Each sieve, and how many sentences it would let through now."""
    progress = session.measure_progress()

    def count(sieve: Sieve) -> int:
        if sieve.labels:
            return sum(progress.counts.get(label, 0) for label in sieve.labels)
        if sieve.unlabelled:
            return progress.open
        return session.store.count_matching(
            session.document.id, reviewer=session.reviewer, sieve=sieve
        )

    return [(sieve, count(sieve)) for sieve in list_sieves(session.scheme)]


def find_open_among(
    session: Session, indexes: Sequence[int], *, start: int, backwards: bool = False
) -> Iterator[int]:
    """Which of these sentences have no label: from `start` on, then, round the end, the others."""
    at = bisect_left(indexes, start)
    order = [*indexes[at:], *indexes[:at]]
    if backwards:
        order = [*reversed(indexes[: at + 1]), *reversed(indexes[at + 1 :])]
    # Most often one of the next few; to look through the whole document takes 150 ms at 100,000.
    for index in order[:_NEXT_FEW]:
        said = session.read_place(index).annotation
        if said is None or said.label is None:
            yield index
    rest = order[_NEXT_FEW:]
    if rest:
        found = set(sift(session, Sieve("no label", unlabelled=True)).indexes)
        yield from (index for index in rest if index in found)


def _join(labels: Sequence[str]) -> str:
    return " or ".join(labels)
