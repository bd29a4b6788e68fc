"""doccano's text classification, as it exports it and we do.

A line is a sentence: of the document that its metadata names, else all lines are of one document.
`label` is called `labels` or `annotations` by older releases.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from annotator.errors import SourceError
from annotator.model.document import Article
from annotator.readers import Reading, Said, Source
from annotator.text.display import show_line
from annotator.text.gathering import Example, choose_labels, gather
from annotator.text.json_rows import find_first, read_rows
from annotator.text.normalize import check_holds_text, check_line_length
from annotator.text.origin import read_name, read_origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.text.json_rows import JsonRow

DESCRIPTION = "doccano, text classification (JSONL or JSON)"
SUFFIXES = (".jsonl", ".ndjson", ".json")

_COLUMNS: Final = ("label", "labels", "annotations")


def sniff(source: Source) -> bool:
    """Whether the first object is a text with a list of labels, and no spans."""
    fields = find_first(source.content)
    if not isinstance(fields.get("text"), str) or "entities" in fields or "answer" in fields:
        return False
    values = next((fields[name] for name in _COLUMNS if name in fields), None)
    return isinstance(values, list) and all(_is_label(value) for value in values)


def read(source: Source) -> Iterator[Reading]:
    """The documents that the lines are of, in the order in which they begin.

    `SourceError`, with the line, for what is no line of a classification.
    """
    found = read_rows(source.content, source.name, encoding=source.encoding)
    groups: dict[str | None, list[Example]] = {}
    for row in found.rows:
        example = _read_example(row, source.name)
        groups.setdefault(example.origin.document, []).append(example)
    if not groups:
        raise SourceError(
            f"{show_line(source.name)} holds no text: check that it is the file that you meant."
        )
    for examples in groups.values():
        reading = _read_sentences(source, examples)
        yield replace(reading, remarks=(*found.remarks, *reading.remarks))


def _read_example(row: JsonRow, name: str) -> Example:
    text = row.fields.get("text")
    values = next((row.fields[column] for column in _COLUMNS if column in row.fields), [])
    values = [values] if isinstance(values, str) else values
    values = [] if values is None else values
    if not isinstance(text, str):
        problem = "has no 'text'"
    elif not isinstance(values, list) or not all(_is_label(value) for value in values):
        problem = "has labels that are not names"
    else:
        origin = read_origin(row.fields)
        labels = tuple(_name_labels(values))
        return Example(row.place, text, origin, labels, origin.reviewer)
    raise SourceError(
        f"{row.place.capitalize()} of {show_line(name)} {problem}: correct that line, "
        "or name the format of the file with --format (see: annotator formats)."
    )


def _is_label(value: object) -> bool:
    if isinstance(value, dict):  # of older releases: the label's number and the user's
        return "label" in value and "start_offset" not in value and _is_label(value["label"])
    return isinstance(value, str | int) and not isinstance(value, bool)


def _name_labels(values: Sequence[object]) -> Iterator[str]:
    for value in values:
        found = value.get("label") if isinstance(value, dict) else value
        # As doccano has it: a label that is a number is called by it.
        label = read_name(str(found) if isinstance(found, int) else found)
        if label is not None:
            yield label


def _read_sentences(source: Source, examples: Sequence[Example]) -> Reading:
    gathered = gather(examples)
    chosen, remarks = choose_labels(gathered.placed)
    said = []
    for example, span, label in chosen:
        origin = example.origin
        denies = [gathered.moved[target] for target in origin.denies if target in gathered.moved]
        if len(denies) < len(origin.denies):
            remarks.append(f"{example.place}: what it denies is not all in the file")
        said.append(
            Said(
                span,
                label,
                reviewer=example.reviewer,
                speaker=origin.speaker,
                note=origin.note,
                unsure=origin.unsure,
                denies=tuple(sorted(denies)),
                created_at=origin.created_at,
                updated_at=origin.updated_at,
            )
        )
    check_holds_text(gathered.text, source.name)
    check_line_length(gathered.text, source.name)
    origin = examples[0].origin
    article = Article(
        text=gathered.text,
        title=origin.title or PurePath(source.name).stem,
        source=origin.source or source.origin,
        author=origin.author,
        published=origin.published,
        language=source.language or origin.language or "en",
        replaces=origin.replaces,
    )
    return Reading(article, (*gathered.remarks, *remarks), gathered.cut, tuple(said))
