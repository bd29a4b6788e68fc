"""doccano's sequence labelling with relations: one line a document and reviewer.

Each labelled sentence is an entity, each denial of one a relation `denies`. Offsets are code points
(in doccano: a project that does not count grapheme clusters). What entities cannot hold stands in
the metadata `remarks`, which doccano gives back as it was.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from annotator.exporters.json import write_value
from annotator.text.origin import describe_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annotator.exporters import Corpus, LabelledDocument, LabelledSentence
    from annotator.model.annotation import Annotation
    from annotator.model.span import Span

DESCRIPTION = "doccano, sequence labelling with relations: one line a document and reviewer"

LOSES: tuple[str, ...] = (
    "the label scheme",
    "when the document was imported",
    "how the text was cut where nothing is said",
    "when something was said",
    "the history",
)

RELATION: Final = "denies"


@dataclass(slots=True)
class _Line:
    """What one reviewer said of a document, kept small: a document may have 100,000 sentences."""

    starts: array[int] = field(default_factory=lambda: array("q"))
    ends: array[int] = field(default_factory=lambda: array("q"))
    labels: list[str] = field(default_factory=list)
    links: list[tuple[int, tuple[Span, ...]]] = field(default_factory=list)
    remarks: list[Annotation] = field(default_factory=list)

    def find(self, span: Span) -> int | None:
        """The place, from 0, of the entity with this span; `None` where there is none."""
        at = bisect_left(self.starts, span.start)
        found = at < len(self.starts) and (self.starts[at], self.ends[at]) == (span.start, span.end)
        return at if found else None


def write(corpus: Corpus) -> Iterator[str]:
    """One document and reviewer a line. Ids count from 1, within the file, as doccano's own."""
    number = entity = relation = 1
    for labelled in corpus.documents:
        lines = _collect(labelled.sentences)
        reviewers: list[str | None] = [*sorted(lines)] or [None]
        for reviewer in reviewers:
            line = lines[reviewer] if reviewer is not None else _Line()
            yield f'{{"id": {number}, "text": {write_value(labelled.text)}, "entities": '
            yield from _write_list(_describe_entities(line, entity))
            yield ', "relations": '
            relations = list(_describe_relations(line, entity, relation=relation))
            yield from _write_list(relations)
            yield ', "Comments": [], '
            yield from _write_fields(labelled, reviewer, line=line)
            number += 1
            entity += len(line.starts)
            relation += len(relations)


def _collect(sentences: Iterable[LabelledSentence]) -> dict[str, _Line]:
    lines: dict[str, _Line] = {}
    for one in sentences:
        for said in one.annotations:
            line = lines.setdefault(said.reviewer, _Line())
            if said.label is not None:
                line.starts.append(said.span.start)
                line.ends.append(said.span.end)
                line.labels.append(said.label)
                if said.denies:
                    line.links.append((len(line.labels) - 1, said.denies))
            if said.label is None or said.speaker or said.note or said.unsure or said.denies:
                line.remarks.append(said)
    return lines


def _describe_entities(line: _Line, first: int) -> Iterator[object]:
    for at, (start, end, label) in enumerate(
        zip(line.starts, line.ends, line.labels, strict=True), start=first
    ):
        yield {"id": at, "label": label, "start_offset": start, "end_offset": end}


def _describe_relations(line: _Line, first: int, *, relation: int) -> Iterator[object]:
    for at, targets in line.links:
        for target in targets:
            found = line.find(target)
            if found is not None:
                yield {
                    "id": relation,
                    "from_id": first + at,
                    "to_id": first + found,
                    "type": RELATION,
                }
                relation += 1


def _write_fields(
    labelled: LabelledDocument, reviewer: str | None, *, line: _Line
) -> Iterator[str]:
    fields = {"reviewer": reviewer, **describe_document(labelled.document)}
    for name, value in fields.items():
        yield f"{write_value(name)}: {write_value(value)}, "
    yield '"remarks": '
    remarks = (_describe_remark(line, said) for said in line.remarks)
    yield from _write_list(remark for remark in remarks if remark is not None)
    yield "}\n"


def _describe_remark(line: _Line, said: Annotation) -> object | None:
    """What the reviewer said of a sentence that neither an entity nor a relation can hold."""
    # A denial of a sentence without a label of this reviewer: there is no entity to point to.
    others = [[span.start, span.end] for span in said.denies if line.find(span) is None]
    if said.label is not None and not (said.speaker or said.note or said.unsure or others):
        return None
    return {
        "start_offset": said.span.start,
        "end_offset": said.span.end,
        "speaker": said.speaker,
        "note": said.note,
        "unsure": said.unsure,
        "denies": others,
    }


def _write_list(values: Iterable[object]) -> Iterator[str]:
    opening = "["
    for value in values:
        yield opening + write_value(value)
        opening = ", "
    yield "[]" if opening == "[" else "]"
