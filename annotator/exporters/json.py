"""The program's own format: everything that is known of the labels, and nothing of the moment.

The same database gives the same bytes. A document's fields stand one a line and so do its
sentences, which makes the file fit for reading, `grep` and `diff`, and lets it be written while the
database is read: one document's text in memory, and one sentence.
"""

from __future__ import annotations

import re
from json import JSONEncoder, loads
from typing import TYPE_CHECKING, Final

from annotator.model.document import derive_sentence_id
from annotator.model.event_value import write_value as write_value_of
from annotator.model.scheme import describe_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annotator.exporters import Corpus, LabelledDocument, LabelledSentence
    from annotator.model.adjudication import Adjudication
    from annotator.model.annotation import Annotation
    from annotator.model.document import Document
    from annotator.model.event import Event
    from annotator.model.scheme import LabelScheme

DESCRIPTION = "everything, by document and sentence; 'annotator schema' describes it"

_ENCODE: Final = JSONEncoder(ensure_ascii=False).encode
# What JSON lets stand and a terminal does not: DEL, C1, line separators, bidirectional controls,
# lone surrogates. They occur within strings only, where an escape means the same.
_UNSAFE: Final = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def write(corpus: Corpus) -> Iterator[str]:
    """The whole file, piece by piece."""
    yield '{\n  "format": "annotator",\n  "version": 1,\n  "scheme": '
    yield from _write_scheme(corpus.scheme)
    yield ',\n  "documents": ['
    comma = ""
    for labelled in corpus.documents:
        yield f"{comma}\n    "
        yield from _write_document(labelled)
        comma = ","
    yield "\n  ]\n}\n" if comma else "]\n}\n"


def write_value(value: object) -> str:
    """`value` as JSON on one line, with every character readable but those that harm a terminal."""
    text = _ENCODE(value)
    return text if text.isascii() and "\x7f" not in text else _UNSAFE.sub(_escape, text)


def write_list(values: Iterable[object], *, indent: str = "") -> Iterator[str]:
    """A list with each value on a line of its own, a step deeper than `indent`."""
    opening = "["
    for value in values:
        yield f"{opening}\n{indent}  {write_value(value)}"
        opening = ","
    yield "[]" if opening == "[" else f"\n{indent}]"


def describe_document(document: Document) -> dict[str, object]:
    """A document's fields, in the order of the file, without its text."""
    return {
        "id": document.id,
        "title": document.title,
        "source": document.source,
        "author": document.author,
        "published": document.published,
        "language": document.language,
        "sha256": document.sha256,
        "imported_at": document.imported_at,
        "replaces": document.replaces,
    }


def describe_sentence(document_id: str, labelled: LabelledSentence) -> dict[str, object]:
    """A sentence's fields, with what was said of it."""
    sentence = labelled.sentence
    return {
        "id": derive_sentence_id(document_id, sentence.span),
        "index": sentence.index,
        "paragraph": sentence.paragraph,
        "start": sentence.span.start,
        "end": sentence.span.end,
        "text": sentence.text,
        "label": labelled.label,
        "adjudication": _describe_adjudication(labelled.adjudication),
        "annotations": [
            _describe_annotation(document_id, annotation) for annotation in labelled.annotations
        ],
    }


def describe_event(event: Event) -> dict[str, object]:
    """An event's fields. Their order is the log's; its counters are of one database only."""
    stored = write_value_of(event.value)
    return {
        "id": event.id,
        "step": event.step,
        "start": None if event.span is None else event.span.start,
        "end": None if event.span is None else event.span.end,
        "reviewer": event.reviewer,
        "kind": event.kind.value,
        "value": None if stored is None else loads(stored),
        "time": event.time,
        "spent_ms": event.spent_ms,
        "guideline": event.guideline,
        "target": event.target,
    }


def _describe_adjudication(adjudication: Adjudication | None) -> dict[str, object] | None:
    if adjudication is None:
        return None
    described: dict[str, object] = {
        "reviewer": adjudication.reviewer,
        "label": adjudication.label,
        "note": adjudication.note,
        "created_at": adjudication.created_at,
    }
    # Where a lead has looked at the sentence there is no rule to name.
    if adjudication.rule is not None:
        described["rule"] = adjudication.rule.value
    return described


def _describe_annotation(document_id: str, annotation: Annotation) -> dict[str, object]:
    return {
        "reviewer": annotation.reviewer,
        "label": annotation.label,
        "speaker": annotation.speaker,
        "denies": [derive_sentence_id(document_id, span) for span in annotation.denies],
        "note": annotation.note,
        "unsure": annotation.unsure,
        "created_at": annotation.created_at,
        "updated_at": annotation.updated_at,
    }


def _write_scheme(scheme: LabelScheme) -> Iterator[str]:
    yield f'{{\n    "name": {write_value(scheme.name)},\n    "labels": '
    labels = (describe_label(label) for label in scheme.labels)
    yield from write_list(labels, indent="    ")
    yield "\n  }"


def _write_document(labelled: LabelledDocument) -> Iterator[str]:
    document = labelled.document
    fields = {**describe_document(document), "text": labelled.text}
    yield "{"
    for name, value in fields.items():
        yield f"\n      {write_value(name)}: {write_value(value)},"
    yield '\n      "sentences": '
    sentences = (describe_sentence(document.id, sentence) for sentence in labelled.sentences)
    yield from write_list(sentences, indent="      ")
    if labelled.history is not None:
        yield ',\n      "events": '
        yield from write_list(map(describe_event, labelled.history), indent="      ")
    yield "\n    }"


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
