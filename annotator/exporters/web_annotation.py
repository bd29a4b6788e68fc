"""Annotations as the W3C's Web Annotation Data Model has them, in JSON-LD.

https://www.w3.org/TR/annotation-model/ (Recommendation of 23 February 2017). One collection whose
only page is embedded, so that it is written while the database is read; its `total` comes last.

- What a reviewer said of a sentence is an annotation: the label is a body whose purpose is
  `classifying`, the note one for `commenting`; the speaker, for `describing`, and the flag, for
  `tagging`, are told apart by their `label`.
- Its target is the sentence, by quotation and by position, both counted in Unicode code points, as
  section 4.2.4 says and 4.2.5 takes over. Positions are those of the stored text, whose hash is the
  source's `dc:identifier`; in the page at a web address only the quotation can be looked for.
- A reviewer's links from a denial are one annotation more, for `linking`: its target is the
  annotation of the denial, its bodies those of the sentences denied, or, where the reviewer has
  said nothing of one, the sentence itself. They follow the document's others.

Ids come from what they name, so the same annotation has the same id in every export.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, uuid5

from annotator.exporters.json import write_value
from annotator.model.document import derive_sentence_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.exporters import Corpus, LabelledDocument
    from annotator.model.annotation import Annotation
    from annotator.model.document import Document
    from annotator.model.span import Span

DESCRIPTION = "W3C Web Annotation (JSON-LD): quotation, position, label; links as annotations"

LOSES: Final = (
    "the text where nothing is said of it, and how it was cut there",
    "the meaning of the labels: of the label scheme only the names that were given are there",
    "the article's author, its date and the time of import",
    "the settled label: there is one annotation for each reviewer",
)

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
AROUND: Final = 32
"""Code points of the text before and after a quotation."""

_ADDRESS: Final = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f<>\"{}|\\^`]+", re.IGNORECASE)


def write(corpus: Corpus) -> Iterator[str]:
    """The whole file, piece by piece; one annotation a line."""
    yield f'{{\n  "@context": {write_value(CONTEXT)},\n'
    yield f'  "id": {write_value(_make_urn("collection"))},\n  "type": "AnnotationCollection",\n'
    yield f'  "label": {write_value(corpus.scheme.name)},\n  "first": {{\n'
    yield f'    "id": {write_value(_make_urn("page"))},\n    "type": "AnnotationPage",\n'
    yield '    "startIndex": 0,\n    "items": ['
    total = 0
    for labelled in corpus.documents:
        for annotation in _describe_document(labelled):
            yield f"{',' if total else ''}\n      {write_value(annotation)}"
            total += 1
    yield "\n    ]\n  },\n" if total else "]\n  },\n"
    yield f'  "total": {total}\n}}\n'


def name_text(document: Document) -> str:
    """An IRI for the stored text, from its hash: RFC 6920, "Naming Things with Hashes"."""
    digest = urlsafe_b64encode(bytes.fromhex(document.sha256)).decode("ascii").rstrip("=")
    return f"ni:///sha-256;{digest}"


def is_address(source: str | None) -> bool:
    """Whether a document's source can stand as an IRI: an address of the web, whole."""
    return source is not None and _ADDRESS.fullmatch(source) is not None


def _describe_document(labelled: LabelledDocument) -> Iterator[dict[str, object]]:
    source = _describe_source(labelled.document)
    targets = _Targets(labelled, source)
    said: set[tuple[int, str]] = set()
    denials: list[Annotation] = []
    for sentence in labelled.sentences:
        for annotation in sentence.annotations:
            said.add((annotation.span.start, annotation.reviewer))
            if annotation.denies:
                denials.append(annotation)
            yield {
                "id": _name_annotation(labelled.document, annotation.span, annotation.reviewer),
                "type": "Annotation",
                "motivation": "commenting" if annotation.label is None else "classifying",
                **_describe_origin(annotation),
                "body": list(_describe_bodies(annotation)),
                "target": targets.describe(annotation.span),
            }
    for denial in denials:
        yield _describe_link(denial, targets=targets, said=said)


class _Targets:
    """The sentences of a document as targets."""

    def __init__(self, labelled: LabelledDocument, source: dict[str, object]) -> None:
        self.document = labelled.document
        self._text = labelled.text
        self._source = source

    def describe(self, span: Span) -> dict[str, object]:
        """The sentence at `span`, by its words first: they can be found in a text that moved."""
        text, start, end = self._text, span.start, span.end
        return {
            "type": "SpecificResource",
            "source": self._source,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": text[start:end],
                    "prefix": text[max(0, start - AROUND) : start],
                    "suffix": text[end : end + AROUND],
                },
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        }


def _describe_source(document: Document) -> dict[str, object]:
    """The article. A source that is no web address, as a file's name, is kept beside the id."""
    text = name_text(document)
    described: dict[str, object] = {
        "id": document.source if is_address(document.source) else text,
        "type": "Text",
        "dc:identifier": text,
        "dc:title": document.title,
        "language": document.language,
    }
    if document.source is not None and not is_address(document.source):
        described["dc:source"] = document.source
    return described


def _describe_origin(annotation: Annotation) -> dict[str, object]:
    return {
        "creator": {"type": "Person", "name": annotation.reviewer},
        "created": annotation.created_at,
        "modified": annotation.updated_at,
    }


def _describe_bodies(annotation: Annotation) -> Iterator[dict[str, object]]:
    if annotation.label is not None:
        yield _describe_body("label", annotation.label, purpose="classifying")
    if annotation.speaker is not None:
        yield _describe_body("speaker", annotation.speaker, purpose="describing")
    if annotation.unsure:
        yield _describe_body("flag", "unsure", purpose="tagging")
    if annotation.note is not None:
        yield _describe_body("note", annotation.note, purpose="commenting")


def _describe_body(name: str, value: str, *, purpose: str) -> dict[str, object]:
    return {
        "type": "TextualBody",
        "purpose": purpose,
        "label": name,
        "value": value,
        "format": "text/plain",
    }


def _describe_link(
    denial: Annotation, *, targets: _Targets, said: set[tuple[int, str]]
) -> dict[str, object]:
    document, reviewer = targets.document, denial.reviewer
    return {
        "id": _name_annotation(document, denial.span, reviewer, motivation="linking"),
        "type": "Annotation",
        "motivation": "linking",
        **_describe_origin(denial),
        "body": [
            _name_annotation(document, span, reviewer)
            if (span.start, reviewer) in said
            else targets.describe(span)
            for span in denial.denies
        ],
        "target": _name_annotation(document, denial.span, reviewer),
    }


def _name_annotation(
    document: Document, span: Span, reviewer: str, *, motivation: str = "classifying"
) -> str:
    return _make_urn(derive_sentence_id(document.id, span), motivation, reviewer)


def _make_urn(*parts: str) -> str:
    """A URN from its parts: RFC 9562, section 5.5 (version 5). The reviewer's name comes last, so
    that no two lists of parts give the same."""
    return uuid5(NAMESPACE_URL, "annotator/" + "/".join(parts)).urn
