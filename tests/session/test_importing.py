"""From a text to sentences on the shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator.errors import SourceError
from annotator.model.document import Article
from annotator.session import importing
from annotator.session.importing import add_article, cut
from annotator.session.verification import verify
from annotator.text.segment import find_paragraphs, segment, segment_lines

if TYPE_CHECKING:
    from annotator.session.library import Library

TEXT = """\
The harbour

It was closed on Monday. Nobody said why.
“It is safe,” she said.


The end."""


def test_an_article_becomes_sentences_in_paragraphs(library: Library) -> None:
    arrival = add_article(library, Article(TEXT, "The harbour"))
    assert arrival.is_new
    sentences = list(library.store.read_sentences(arrival.document.id))
    assert [(sentence.paragraph, sentence.text) for sentence in sentences] == [
        (0, "The harbour"),
        (1, "It was closed on Monday."),
        (1, "Nobody said why."),
        (1, "“It is safe,” she said."),
        (2, "The end."),
    ]
    assert [proof for proof in verify(library.store) if not proof.holds] == []


def test_a_sentence_per_line_is_a_line(library: Library) -> None:
    arrival = add_article(library, Article(TEXT, "The harbour"), sentence_per_line=True)
    assert arrival.document.sentence_count == 4
    assert [proof for proof in verify(library.store) if not proof.holds] == []


def test_a_text_without_a_sentence_is_refused(library: Library) -> None:
    with pytest.raises(SourceError, match="holds no sentence"):
        add_article(library, Article(" \n\t\n", "Nothing", source="blank.txt"))


@pytest.mark.parametrize("block", [1, 2, 7, 20, 50, 1000])
def test_cutting_by_blocks_is_cutting_the_whole(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (TEXT + "\n") * 3 + "\n\n A last line without an end"
    monkeypatch.setattr(importing, "BLOCK", block)
    article = Article(text, "The harbour")
    reports: list[tuple[int, int]] = []
    spans = cut(article, report=lambda done, of: reports.append((done, of)))
    assert spans == segment(text)
    assert cut(article, sentence_per_line=True) == segment_lines(text)
    assert reports[-1] == (len(text), len(text))
    assert reports == sorted(set(reports))
    assert len(find_paragraphs(text, spans)) == len(spans)
