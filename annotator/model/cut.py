"""How a text is cut into sentences, as reviewers split and join them.

A split puts a boundary into the text, a join takes one away. So each can be undone although others
have split and joined around it since, and what they did stays as it is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Cutting:
    """The sentences of a text, each with its paragraph, in the text's order."""

    def __init__(self, cut: Iterable[tuple[int, Span]]) -> None:
        ordered = sorted(cut, key=lambda entry: entry[1])
        self._spans = [span for _, span in ordered]
        self._starts = [span.start for span in self._spans]
        self._paragraphs = {span: paragraph for paragraph, span in ordered}

    def __iter__(self) -> Iterator[tuple[int, Span]]:
        return ((self._paragraphs[span], span) for span in self._spans)

    def __contains__(self, span: Span) -> bool:
        """Whether it is a sentence."""
        return span in self._paragraphs

    def __len__(self) -> int:
        return len(self._spans)

    def find(self, span: Span) -> list[Span]:
        """The sentences that share text with a span: itself alone where it is one."""
        if span in self._paragraphs:
            return [span]
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        last = bisect_left(self._starts, span.end)
        return [found for found in self._spans[first:last] if found.end > span.start]

    def split(self, parts: tuple[Span, Span]) -> tuple[Span, tuple[Span, Span]] | None:
        """Put a boundary between two parts: into whichever sentence holds it, which need not be the
        one that these were parts of. Returns that sentence and its halves; `None` where it is a
        boundary already, or outside of every sentence.
        """
        first, second = parts
        for whole in self.find(Span(first.end - 1, second.start + 1)):
            if whole.start < first.end <= second.start < whole.end:
                halves = (Span(whole.start, first.end), Span(second.start, whole.end))
                self._replace([whole], list(halves))
                return whole, halves
        return None

    def join(self, parts: tuple[Span, Span]) -> tuple[Span, tuple[Span, Span]] | None:
        """Take the boundary between two parts away, whatever sentences it stands between now.
        Returns the whole and those; `None` where there is none, or it parts two paragraphs.
        """
        end, start = parts[0].end, parts[1].start
        at = bisect_left(self._starts, start)
        if not 0 < at < len(self._starts) or self._starts[at] != start:
            return None
        halves = (self._spans[at - 1], self._spans[at])
        if halves[0].end != end or self._paragraphs[halves[0]] != self._paragraphs[halves[1]]:
            return None
        whole = Span(halves[0].start, halves[1].end)
        self._replace(list(halves), [whole])
        return whole, halves

    def _replace(self, old: list[Span], new: list[Span]) -> None:
        at = bisect_left(self._starts, old[0].start)
        paragraph = self._paragraphs[old[0]]
        for span in old:
            del self._paragraphs[span]
        self._spans[at : at + len(old)] = new
        self._starts[at : at + len(old)] = [span.start for span in new]
        self._paragraphs.update(dict.fromkeys(new, paragraph))
