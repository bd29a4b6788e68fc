"""Prodigy's examples (prodi.gy/docs/api-interfaces), as `db-out` writes them and we do.

Examples of the choice and classification interfaces are sentences: of the document that their
`meta` names, else all of one document. An example with `spans` is an article by itself. What was
rejected or ignored is text without a label.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from annotator.errors import SourceError
from annotator.model.document import Article
from annotator.model.span import Span
from annotator.readers import Reading, Said, Source
from annotator.text.carrying import carry_over
from annotator.text.display import show_line
from annotator.text.gathering import Example, choose_labels, gather
from annotator.text.json_rows import find_first, read_rows
from annotator.text.marking import Mark, Relation, settle
from annotator.text.normalize import check_holds_text, check_line_length, title_of
from annotator.text.origin import Origin, read_count, read_name, read_origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from annotator.text.json_rows import JsonRow

DESCRIPTION = "Prodigy: examples of its choice, classification, spans and relations interfaces"
SUFFIXES = (".jsonl", ".ndjson", ".json")

_ANSWERS: Final = ("accept", "reject", "ignore")
_HASHES: Final = ("_input_hash", "_task_hash")
# The name that Prodigy gives a session which nobody named: the time at which it began.
_UNNAMED_SESSION: Final = re.compile(r"(?:.*-)?\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d")


def sniff(source: Source) -> bool:
    """Whether the first object is an example that was answered."""
    fields = find_first(source.content)
    hashed = any(isinstance(fields.get(name), int) for name in _HASHES)
    return isinstance(fields.get("text"), str) and (hashed or fields.get("answer") in _ANSWERS)


def read(source: Source) -> Iterator[Reading]:
    """The documents that the examples are of, in the order in which they begin.

    `SourceError`, with the line, for what is no example of a text.
    """
    found = read_rows(source.content, source.name, encoding=source.encoding)
    groups: dict[tuple[str, str], list[tuple[JsonRow, Example]]] = {}
    for row in found.rows:
        example = _read_example(row, source.name)
        key = ("document", example.origin.document or "")
        if _list(row.fields, "spans"):
            key = ("text", example.text)
        groups.setdefault(key, []).append((row, example))
    if not groups:
        raise SourceError(
            f"{show_line(source.name)} holds no example: check that it is the file that you meant."
        )
    for (kind, _), rows in groups.items():
        if kind == "text":
            reading = _read_article(source, rows)
        else:
            reading = _read_sentences(source, [example for _, example in rows])
        yield replace(reading, remarks=(*found.remarks, *reading.remarks))


def _read_example(row: JsonRow, name: str) -> Example:
    fields = row.fields
    text, answer = fields.get("text"), fields.get("answer", "accept")
    if not isinstance(text, str):
        raise SourceError(
            f"{row.place.capitalize()} of {show_line(name)} has no 'text': only examples of texts"
            " can be read; name the format of the file with --format (see: annotator formats)."
        )
    if answer not in _ANSWERS:
        raise SourceError(
            f"{row.place.capitalize()} of {show_line(name)} has an 'answer' that is not one of"
            f" {', '.join(_ANSWERS)}: correct that line."
        )
    meta = fields.get("meta")
    origin = read_origin(meta) if isinstance(meta, dict) else Origin()
    labels = tuple(_find_labels(fields)) if answer == "accept" else ()
    return Example(row.place, text, origin, labels, _find_reviewer(fields))


def _find_labels(fields: Mapping[str, object]) -> Iterator[str]:
    """What was chosen, of options by their ids; of a question of yes or no, its label."""
    options = {
        option.get("id"): option.get("text")
        for option in _list(fields, "options")
        if isinstance(option, dict) and isinstance(option.get("id"), int)
    }
    chosen = _list(fields, "accept") if "accept" in fields else [fields.get("label")]
    for value in chosen:
        number = isinstance(value, int) and not isinstance(value, bool)
        label = read_name(options.get(value, str(value)) if number else value)
        if label is not None:
            yield label


def _find_reviewer(fields: Mapping[str, object]) -> str | None:
    for name in ("_annotator_id", "_session_id"):
        reviewer = read_name(fields.get(name))
        if reviewer is not None and not _UNNAMED_SESSION.fullmatch(reviewer):
            return reviewer
    return None


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
    title = PurePath(source.name).stem
    article = _make_article(source, gathered.text, examples[0].origin, title=title)
    return Reading(article, (*gathered.remarks, *remarks), gathered.cut, tuple(said))


def _read_article(source: Source, rows: Sequence[tuple[JsonRow, Example]]) -> Reading:
    """One text with labelled stretches, of which there is an example for each reviewer."""
    first = rows[0][1]
    carried = carry_over(first.text)
    remarks: list[str] = []
    said: list[Said] = []
    for row, example in rows:
        if row.fields.get("answer", "accept") != "accept":
            continue
        if "accept" in row.fields and example.labels:
            remarks.append(f"{row.place}: the choice for the whole text left out")
        marked = settle(carried, _find_marks(row), _find_relations(row))
        remarks += marked.remarks
        time = _read_timestamp(row.fields.get("_timestamp"))
        said += [
            Said(
                span,
                label,
                reviewer=example.reviewer,
                denies=marked.denies.get(span, ()),
                created_at=time,
                updated_at=time,
            )
            for span, label in sorted(marked.labels.items())
        ]
    article = _make_article(source, carried.text, first.origin, title=title_of(carried.text))
    return Reading(article, tuple(remarks), None, tuple(said))


def _find_marks(row: JsonRow) -> Iterator[Mark]:
    for number, found in enumerate(_list(row.fields, "spans"), start=1):
        label = read_name(found.get("label")) if isinstance(found, dict) else None
        yield Mark(f"{row.place}: span {number}", _read_span(found), label)


def _find_relations(row: JsonRow) -> Iterator[Relation]:
    """Relations go from a head to its child; both name their spans beside their tokens."""
    for number, found in enumerate(_list(row.fields, "relations"), start=1):
        fields = found if isinstance(found, dict) else {}
        yield Relation(
            f"{row.place}: relation {number}",
            read_name(fields.get("label")) or "",
            _read_span(fields.get("head_span")),
            _read_span(fields.get("child_span")),
        )


def _read_span(found: object) -> Span | None:
    if not isinstance(found, dict):
        return None
    start, end = read_count(found.get("start")), read_count(found.get("end"))
    return None if start is None or end is None else Span(start, end)


def _make_article(source: Source, text: str, origin: Origin, *, title: str) -> Article:
    check_holds_text(text, source.name)
    check_line_length(text, source.name)
    return Article(
        text=text,
        title=origin.title or title,
        source=origin.source or source.origin,
        author=origin.author,
        published=origin.published,
        language=source.language or origin.language or "en",
        replaces=origin.replaces,
    )


def _read_timestamp(value: object) -> str | None:
    """Seconds since 1970-01-01 UTC, as the program writes a time."""
    seconds = read_count(value)
    # The last second of the year 9999: what lies behind is no time.
    if seconds is None or seconds > 253_402_300_799:
        return None
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _list(fields: Mapping[str, object], name: str) -> list[object]:
    found = fields.get(name)
    return found if isinstance(found, list) else []
