"""Whether articles that were read are the documents that were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.readers import Said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.exporters import Corpus
    from annotator.readers import Reading


def check_same(
    corpus: Corpus, readings: Sequence[Reading], *, cut: bool = True, times: bool = True
) -> None:
    """Compare text, metadata, cut and all that was said, without a remark."""
    documents = list(corpus.documents)
    assert len(readings) == len(documents)
    for labelled, reading in zip(documents, readings, strict=True):
        document, article = labelled.document, reading.article
        assert reading.remarks == ()
        assert article.text == labelled.text
        for name in ("title", "source", "author", "published", "language", "replaces"):
            assert getattr(article, name) == getattr(document, name), name
        sentences = list(labelled.sentences)
        if cut:
            spans = [(one.sentence.paragraph, one.sentence.span) for one in sentences]
            assert reading.cut == tuple(spans)
        else:
            assert reading.cut is None
        said = [
            Said(
                one.span,
                one.label,
                reviewer=one.reviewer,
                speaker=one.speaker,
                note=one.note,
                unsure=one.unsure,
                denies=one.denies,
                created_at=one.created_at if times else None,
                updated_at=one.updated_at if times else None,
            )
            for sentence in sentences
            for one in sentence.annotations
        ]
        assert sorted(reading.said, key=_order) == sorted(said, key=_order)


def _order(said: Said) -> tuple[int, str]:
    return said.span.start, said.reviewer or ""
