"""A text cut into sentences.

Each line is segmented by itself: sentencex finds boundaries, and rules of our own correct them
(see `boundaries`, `english` and `other_languages`). Nothing is lost and nothing overlaps: every
character that is not white space stands in exactly one span.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotator.model.span import Span
from annotator.text.boundaries import find_starts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LANGUAGE = re.compile(r"[a-z]{2,3}(?![a-z])")
_BLANK_LINE = re.compile(r"\n[^\S\n]*+\n")


def segment(text: str, language: str = "en") -> list[Span]:
    """Return the sentences of `text`, in order, as code point offsets without white space around.

    `language` is a code such as "en", "de" or "pt-BR"; of one that is not known, the rules common
    to all languages apply. Never raises, whatever characters there are; linear in the text.
    """
    code = _LANGUAGE.match(language.lower())
    known = code.group() if code else "en"
    return [
        span for start, line in _split_lines(text) for span in _segment_line(line, start, known)
    ]


def segment_lines(text: str) -> list[Span]:
    """Return each line of `text` that is not blank as one sentence, without white space around."""
    spans = (_trim(line, 0, len(line), start) for start, line in _split_lines(text))
    return [span for span in spans if span.start < span.end]


def find_paragraphs(text: str, spans: Iterable[Span]) -> list[int]:
    """Return the number of each span's paragraph, from 0.

    A paragraph ends where a blank line, one of white space only, stands between two spans.
    """
    numbers: list[int] = []
    paragraph, end = 0, None
    for span in spans:
        if end is not None and _BLANK_LINE.search(text, end, span.start):
            paragraph += 1
        numbers.append(paragraph)
        end = span.end
    return numbers


def _split_lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _segment_line(line: str, offset: int, language: str) -> Iterator[Span]:
    start = 0
    for end in [*find_starts(line, language), len(line)]:
        span = _trim(line, start, end, offset)
        if span.start < span.end:
            yield span
        start = end


def _trim(line: str, start: int, end: int, offset: int) -> Span:
    """Take white space off both ends of `line[start:end]`; add `offset`."""
    if line[start : start + 1].isspace():
        start = end - len(line[start:end].lstrip())
    return Span(offset + start, offset + start + len(line[start:end].rstrip()))
