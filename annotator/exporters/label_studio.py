"""Tasks for Label Studio, with one annotation a reviewer; and the configuration that shows them.

After https://labelstud.io/guide/task_format, checked in Label Studio 1.23.2: a sentence is a region
of type `labels`, its offsets code points; speaker, note and the flag are results of its own id; a
denial is a `relation`. The reviewer's name is a result of the whole text, for an import refuses the
whole file over one `completed_by` that it does not know, and keeps each result as it is.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.resources import files
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import quoteattr

from annotator.exporters.json import write_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from annotator.exporters import Corpus, LabelledDocument
    from annotator.model.annotation import Annotation
    from annotator.model.document import Document
    from annotator.model.scheme import Label, LabelScheme
    from annotator.model.span import Span

DESCRIPTION = "tasks for Label Studio: regions, relations, speakers and notes, by reviewer"

LOSES: Final = (
    "when a document was imported, and which one it replaces",
    "the keys, definitions and colours of the label scheme",
    "how the text was cut where nothing is labelled",
)
"""What the tasks do not hold."""

_IN_MEMORY: Final = 1_000_000
"""Code points of a reviewer's results that wait in memory; more wait in a temporary file."""

_PIECE: Final = 1 << 16

_COLOUR: Final = re.compile(r"--([a-z]+): (#[0-9a-f]{6});")

_NO_COLOUR: Final = "open"

_AROUND: Final = """\
<View>
  <Style>.htx-text, .lsf-htx-richtext {{ white-space: pre-wrap; }}</Style>
  <Labels name="label" toName="text" choice="single" showInline="true">
{labels}
  </Labels>
  <Text name="text" value="$text" granularity="sentence"/>
  <Relations>
    <Relation value="denies"/>
  </Relations>
  <View visibleWhen="region-selected">
    <Header value="Speaker" size="5"/>
    <TextArea name="speaker" toName="text" perRegion="true" editable="true" maxSubmissions="1"/>
    <Header value="Note" size="5"/>
    <TextArea name="note" toName="text" perRegion="true" editable="true" maxSubmissions="1"/>
    <Choices name="unsure" toName="text" perRegion="true" choice="multiple">
      <Choice value="unsure"/>
    </Choices>
  </View>
  <Header value="Reviewer" size="5"/>
  <TextArea name="reviewer" toName="text" editable="true" maxSubmissions="1"/>
</View>
"""


@dataclass(slots=True)
class _Said:
    """What one reviewer said of a document, as far as it was read.

    `results` holds JSON, each after a comma; `links` which sentence denies which.
    """

    results: SpooledTemporaryFile[str]
    starts: set[int] = field(default_factory=set)
    links: list[tuple[Span, Span]] = field(default_factory=list)
    times: tuple[str, str] = ("", "")


def write(corpus: Corpus) -> Iterator[str]:
    """The list of tasks, piece by piece, one a document."""
    opening = "["
    for labelled in corpus.documents:
        yield f"{opening}\n"
        yield from _write_task(labelled)
        opening = ","
    yield "[]\n" if opening == "[" else "\n]\n"


def write_config(scheme: LabelScheme) -> str:
    """The labelling configuration (XML) for a project that holds the tasks of this scheme."""
    colours = _read_colours()
    labels = "\n".join(_describe_label(label, colours) for label in scheme.labels)
    return _AROUND.format(labels=labels)


def _read_colours() -> dict[str, str]:
    """The colours of a theme's roles on a white page, which are those of the exporter `html`."""
    style = files("annotator.exporters").joinpath("html.css").read_text(encoding="utf-8")
    on_white = style[: style.index("}")]  # What follows is for dark pages and for paper.
    return dict(_COLOUR.findall(on_white))


def _describe_label(label: Label, colours: Mapping[str, str]) -> str:
    # A value that begins with a dollar sign would be looked up in the task.
    value = f"Label: {label.name}" if label.name.startswith("$") else label.name
    fields = {
        "value": value,
        "alias": label.name if value != label.name else None,
        "background": colours.get(label.colour or _NO_COLOUR, colours[_NO_COLOUR]),
        "hotkey": label.key,
        "hint": label.definition,
    }
    written = (f"{name}={quoteattr(text)}" for name, text in fields.items() if text is not None)
    return f"    <Label {' '.join(written)}/>"


def _write_task(labelled: LabelledDocument) -> Iterator[str]:
    data = write_value(_describe_document(labelled.document, labelled.text))
    yield f'  {{"data": {data},\n   "annotations": ['
    with ExitStack() as open_files:
        said: dict[str, _Said] = {}
        for sentence in labelled.sentences:
            for annotation in sentence.annotations:
                one = said.get(annotation.reviewer)
                if one is None:
                    one = _Said(open_files.enter_context(_open_waiting()))
                    said[annotation.reviewer] = one
                _add(one, annotation, sentence.sentence.text)
        for number, reviewer in enumerate(sorted(said)):
            yield ",\n" if number else "\n"
            yield from _write_annotation(reviewer, said[reviewer], labelled.text)
            said[reviewer].results.close()
    yield "]}"


def _open_waiting() -> SpooledTemporaryFile[str]:
    return SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="")


def _describe_document(document: Document, text: str) -> dict[str, object]:
    fields: dict[str, str | None] = {
        "text": text,
        "title": document.title,
        "document_id": document.id,
        "source": document.source,
        "author": document.author,
        "published": document.published,
        "language": document.language,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _add(said: _Said, annotation: Annotation, text: str) -> None:
    for result in _describe(annotation, text):
        said.results.write(f",\n      {write_value(result)}")
    said.starts.add(annotation.span.start)
    said.links += [(annotation.span, target) for target in annotation.denies]
    first, last = said.times
    said.times = (
        min(first, annotation.created_at) if first else annotation.created_at,
        max(last, annotation.updated_at),
    )


def _describe(annotation: Annotation, text: str) -> Iterator[dict[str, object]]:
    """The region, and a result more for each thing that was said beside the label."""
    labels = [] if annotation.label is None else [annotation.label]
    times = {"created_at": annotation.created_at, "updated_at": annotation.updated_at}
    region = _describe_region(annotation.span, {"text": text, "labels": labels})
    yield {**region, "meta": times}
    if annotation.speaker is not None:
        yield _describe_region(
            annotation.span, {"text": [annotation.speaker]}, name="speaker", kind="textarea"
        )
    if annotation.note is not None:
        yield _describe_region(
            annotation.span, {"text": [annotation.note]}, name="note", kind="textarea"
        )
    if annotation.unsure:
        yield _describe_region(
            annotation.span, {"text": text, "choices": ["unsure"]}, name="unsure", kind="choices"
        )


def _describe_region(
    span: Span, value: dict[str, object], *, name: str = "label", kind: str = "labels"
) -> dict[str, object]:
    return {
        "id": _derive_id(span),
        "from_name": name,
        "to_name": "text",
        "type": kind,
        "value": {"start": span.start, "end": span.end, **value},
    }


def _derive_id(span: Span) -> str:
    return f"{span.start}-{span.end}"


def _write_annotation(reviewer: str, said: _Said, text: str) -> Iterator[str]:
    created, updated = (write_value(time) for time in said.times)
    yield (
        f'    {{"was_cancelled": false, "ground_truth": false, "created_at": {created},'
        f' "updated_at": {updated},\n     "result": [\n      '
    )
    yield write_value(
        {
            "id": "reviewer",
            "from_name": "reviewer",
            "to_name": "text",
            "type": "textarea",
            "value": {"text": [reviewer]},
        }
    )
    said.results.seek(0)
    while piece := said.results.read(_PIECE):
        yield piece
    for result in _describe_links(said, text):
        yield f",\n      {write_value(result)}"
    yield "]}"


def _describe_links(said: _Said, text: str) -> Iterator[dict[str, object]]:
    """The relations. A sentence of which nothing is said but that it is denied has no region yet,
    and a relation to none would be dropped.
    """
    targets = {target for _, target in said.links if target.start not in said.starts}
    for target in sorted(targets):
        bare: dict[str, object] = {"text": text[target.start : target.end], "labels": []}
        yield _describe_region(target, bare)
    for denial, target in said.links:
        yield {
            "from_id": _derive_id(denial),
            "to_id": _derive_id(target),
            "type": "relation",
            "direction": "right",
            "labels": ["denies"],
        }
