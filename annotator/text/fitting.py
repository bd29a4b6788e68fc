"""A text cut anew, so that what somebody labelled elsewhere are sentences of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence


def fit(
    text: str, cut: Sequence[tuple[int, Span]], spans: Sequence[Span]
) -> tuple[list[tuple[int, Span]], list[Span]]:
    """The cut in which each labelled span is a sentence, and the spans that found no room.

    `cut` is a paragraph and a span for each sentence, in any order, without overlap; the result is
    sorted, and its paragraphs never fall. A span loses the white space at its edges. It joins the
    sentences that it covers, in the paragraph of the first; what it leaves of a sentence is one by
    itself. Where spans overlap, the first to begin has the room, of two that begin together the
    longer; two that are the same share it. A span outside of the text, or of white space alone,
    finds none either. Linear in the sentences and spans, but for sorting them.
    """
    sentences = sorted(cut, key=lambda entry: entry[1])
    placed, left_out = _place(text, spans)
    fitted = [
        (paragraph, rest)
        for paragraph, sentence, taken in _match(sentences, placed)
        for rest in _find_rests(text, sentence, taken)
    ]
    ends = [sentence.end for _, sentence in sentences]
    fitted += [(_find_paragraph(sentences, ends, span), span) for span in placed]
    return sorted(fitted, key=lambda entry: entry[1]), left_out


def find_clear(spans: Collection[Span], taken: Sequence[Span]) -> list[Span]:
    """The spans that share no text with those that are taken, or are one of them; sorted. `taken`
    is sorted, and may overlap. Empty spans are passed over.
    """
    starts = [span.start for span in taken]
    # The furthest end so far, since one that begins early may reach far.
    ends = list(accumulate((span.end for span in taken), max))
    known = set(taken)

    def is_clear(span: Span) -> bool:
        before = bisect_left(starts, span.end)
        return span in known or not before or ends[before - 1] <= span.start

    return sorted(span for span in spans if span.start < span.end and is_clear(span))


def trim(text: str, span: Span) -> Span:
    """The span without the white space at its edges; an empty one where it is nothing else."""
    part = text[span.start : span.end]
    start = span.start + len(part) - len(part.lstrip())
    return Span(start, max(start, span.start + len(part.rstrip())))


def _place(text: str, spans: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    placed: list[Span] = []
    left_out: list[Span] = []
    within = [0 <= span.start < span.end <= len(text) for span in spans]
    trimmed = [
        (trim(text, span) if fits else Span(0, 0), span)
        for span, fits in zip(spans, within, strict=True)
    ]
    for span, given in sorted(trimmed, key=lambda pair: (pair[0].start, -pair[0].end, pair[1])):
        if span.start == span.end:
            left_out.append(given)
        elif not placed or span.start >= placed[-1].end:
            placed.append(span)
        elif span != placed[-1]:
            left_out.append(given)
    return placed, left_out


def _match(
    sentences: Sequence[tuple[int, Span]], placed: Sequence[Span]
) -> Iterator[tuple[int, Span, Sequence[Span]]]:
    """Each sentence with the placed spans that overlap it."""
    first = 0
    for paragraph, sentence in sentences:
        while first < len(placed) and placed[first].end <= sentence.start:
            first += 1
        behind = first
        while behind < len(placed) and placed[behind].start < sentence.end:
            behind += 1
        yield paragraph, sentence, placed[first:behind]


def _find_rests(text: str, sentence: Span, taken: Sequence[Span]) -> Iterator[Span]:
    if not taken:
        yield sentence
        return
    starts = [sentence.start, *(span.end for span in taken)]
    ends = [*(span.start for span in taken), sentence.end]
    for start, end in zip(starts, ends, strict=True):
        rest = trim(text, Span(start, end)) if start < end else Span(start, start)
        if rest.start < rest.end:
            yield rest


def _find_paragraph(sentences: Sequence[tuple[int, Span]], ends: Sequence[int], span: Span) -> int:
    """The paragraph of the first sentence that the span overlaps, else of the one before it."""
    if not sentences:
        return 0
    at = bisect_right(ends, span.start)
    if at == len(sentences) or (at and sentences[at][1].start >= span.end):
        at -= 1
    return sentences[at][0]
