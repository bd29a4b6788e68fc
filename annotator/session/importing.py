"""From a source to a document on the shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from annotator.model.span import Span
from annotator.text.segment import find_paragraphs, segment, segment_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.model.document import Article
    from annotator.session.library import Arrival, Library

BLOCK: Final = 1 << 18
"""Code points between two reports of progress: about a tenth of a second's cutting."""


def add_article(
    library: Library,
    article: Article,
    *,
    sentence_per_line: bool = False,
    report: Callable[[int, int], None] | None = None,
) -> Arrival:
    """Cut an article into sentences and put it on the shelf.

    `report` is told now and then how many of how many code points are done. The cutting is done
    before the transaction begins: nobody else waits for it.
    """
    spans = cut(article, sentence_per_line=sentence_per_line, report=report)
    return library.add(article, spans=spans, paragraphs=find_paragraphs(article.text, spans))


def cut(
    article: Article,
    *,
    sentence_per_line: bool = False,
    report: Callable[[int, int], None] | None = None,
) -> list[Span]:
    """The article's sentences, as spans. No sentence goes over a line's end, so blocks of whole
    lines are cut one after another.
    """
    text, spans, at = article.text, list[Span](), 0
    while at < len(text):
        line_end = text.find("\n", min(at + BLOCK, len(text)))
        end = len(text) if line_end < 0 else line_end + 1
        block = text[at:end]
        found = segment_lines(block) if sentence_per_line else segment(block, article.language)
        spans += [Span(at + span.start, at + span.end) for span in found] if at else found
        at = end
        if report is not None:
            report(at, len(text))
    return spans
