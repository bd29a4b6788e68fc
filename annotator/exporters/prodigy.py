"""Prodigy's choice interface: one example a sentence and reviewer, on a line.

The form is Prodigy's own (prodi.gy/docs/api-interfaces#choice). No hashes: Prodigy makes its own
as it reads. An example without an answer would be taken as accepted (`db-in --answer`), so one
without a label is answered "ignore", as a skipped one is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.exporters.json import write_value
from annotator.text.origin import describe_document, describe_place, describe_said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.exporters import Corpus, LabelledDocument
    from annotator.model.annotation import Annotation

DESCRIPTION = "Prodigy: one example a sentence and reviewer, as its choice interface has them"

LOSES: tuple[str, ...] = (
    "the label scheme but for the labels' names",
    "when the document was imported",
    "the history",
)


def write(corpus: Corpus) -> Iterator[str]:
    """One example a line."""
    options = [{"id": label.name, "text": label.name} for label in corpus.scheme.labels]
    for labelled in corpus.documents:
        yield from _write_document(labelled, options)


def _write_document(labelled: LabelledDocument, options: list[dict[str, str]]) -> Iterator[str]:
    document = describe_document(labelled.document)
    last_end = 0
    for one in labelled.sentences:
        place = describe_place(labelled.text, one.sentence, last_end=last_end)
        last_end = one.sentence.span.end
        for annotation in one.annotations or (None,):
            said = describe_said(labelled.document.id, annotation)
            meta = {**document, **place, **said}
            # Prodigy shows every field of `meta` below the text: only those that say something.
            # By kind: the first index and offset are 0, which equals False.
            meta = {
                name: value
                for name, value in meta.items()
                if not (value is None or value is False or value == [])
            }
            example = _describe(one.sentence.text, meta, options=options, annotation=annotation)
            yield write_value(example) + "\n"


def _describe(
    text: str,
    meta: dict[str, object],
    *,
    options: list[dict[str, str]],
    annotation: Annotation | None,
) -> dict[str, object]:
    label = None if annotation is None else annotation.label
    example: dict[str, object] = {
        "text": text,
        "meta": meta,
        "options": options,
        "accept": [] if label is None else [label],
        "answer": "ignore" if label is None else "accept",
    }
    if annotation is not None:
        example["_view_id"] = "choice"
        example["_session_id"] = example["_annotator_id"] = annotation.reviewer
    return example
