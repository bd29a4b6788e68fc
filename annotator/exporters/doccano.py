"""doccano's text classification: one line a sentence and reviewer.

Every field beside `text` and `label` is doccano's metadata, which it gives back as it was. All
lines have all fields: doccano reads a file into columns, and a missing value would turn the whole
numbers of its column into fractions.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from annotator.exporters.json import write_value
from annotator.text.origin import describe_document, describe_place, describe_said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.exporters import Corpus, LabelledDocument

DESCRIPTION = "doccano, text classification: one line a sentence and reviewer"

LOSES: tuple[str, ...] = (
    "the label scheme",
    "when the document was imported",
    "the history",
)


def write(corpus: Corpus) -> Iterator[str]:
    """One sentence and reviewer a line; `id` counts from 1, as doccano's own."""
    ids = count(1)
    for labelled in corpus.documents:
        yield from _write_document(labelled, ids)


def _write_document(labelled: LabelledDocument, ids: Iterator[int]) -> Iterator[str]:
    document = describe_document(labelled.document)
    last_end = 0
    for one in labelled.sentences:
        place = describe_place(labelled.text, one.sentence, last_end=last_end)
        last_end = one.sentence.span.end
        for annotation in one.annotations or (None,):
            line: dict[str, object] = {
                "id": next(ids),
                "text": one.sentence.text,
                "label": [annotation.label] if annotation and annotation.label else [],
                "reviewer": annotation.reviewer if annotation else None,
                **document,
                **place,
                **describe_said(labelled.document.id, annotation),
            }
            yield write_value(line) + "\n"
