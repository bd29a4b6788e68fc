"""From a source to a document on the shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from annotator.model.span import Span
from annotator.session.receiving import receive
from annotator.text.segment import find_paragraphs, segment, segment_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from annotator.model.document import Article
    from annotator.readers import Reading, Said
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


def add_reading(
    library: Library,
    reading: Reading,
    *,
    name: str,
    sentence_per_line: bool = False,
    report: Callable[[int, int], None] | None = None,
) -> tuple[Arrival, tuple[str, ...]]:
    """Put what a file holds on the shelf: an article, and what was said of it. With it, what there
    is to tell. `SchemeError` for labels that this database cannot have.
    """
    layout, remarks = lay_out(reading, sentence_per_line=sentence_per_line, report=report)
    arrival = receive(library, reading, cut=layout, name=name)
    told = [*reading.remarks, *remarks, *arrival.remarks]
    if arrival.outdated:
        some = "annotation" if arrival.outdated == 1 else "annotations"
        told.append(f"{arrival.outdated} {some} left as they are here: changed later than the file")
    return arrival, tuple(told)


def lay_out(
    reading: Reading,
    *,
    sentence_per_line: bool = False,
    report: Callable[[int, int], None] | None = None,
) -> tuple[list[tuple[int, Span]], list[str]]:
    """The article's sentences, each a paragraph and a span: as the file cuts them, else as we do,
    so that each span that something is said of is one. With them, what there is to tell.
    """
    if reading.cut is not None and not sentence_per_line:
        return list(reading.cut), []
    spans = cut(reading.article, sentence_per_line=sentence_per_line, report=report)
    text = reading.article.text
    layout = list(zip(find_paragraphs(text, spans), spans, strict=True))
    if not (reading.said or reading.suggestions):
        return layout, []
    from annotator.text.fitting import find_clear, fit

    # A sentence of which nothing but a denial is said is one as well.
    wanted = _list_spans(reading.said)
    # What people said goes first: a suggestion that overlaps it finds no sentence.
    clear = find_clear(_list_spans(reading.suggestions), sorted(wanted))
    layout, unplaced = fit(text, layout, sorted(wanted.union(clear)))
    left_out = wanted.intersection(unplaced)
    if not left_out:
        return layout, []
    some = "span overlaps another" if len(left_out) == 1 else "spans overlap others"
    return layout, [f"{len(left_out)} labelled {some}: its label goes to the sentences it touches"]


def _list_spans(said: Iterable[Said]) -> set[Span]:
    return {span for one in said for span in (one.span, *one.denies)}


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
