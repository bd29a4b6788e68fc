"""doccano's sequence labelling, with relations or without, as it exports it and we do.

A line is an article with what one reviewer said of it: doccano exports a file for each, we name the
reviewer in the metadata. Offsets are code points; a project that counts grapheme clusters cannot be
told from others, so its texts with emoji or combining marks are not for this reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from annotator.errors import SourceError
from annotator.model.document import Article
from annotator.model.span import Span
from annotator.readers import Reading, Said, Source
from annotator.text.carrying import Carried, carry_over
from annotator.text.display import show_line
from annotator.text.json_rows import find_first, read_rows
from annotator.text.marking import Mark, Marked, Relation, settle
from annotator.text.normalize import check_holds_text, check_line_length, title_of
from annotator.text.origin import Origin, read_count, read_name, read_origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from annotator.text.json_rows import JsonRow

DESCRIPTION = "doccano, sequence labelling with or without relations (JSONL or JSON)"
SUFFIXES = (".jsonl", ".ndjson", ".json")

_COLUMNS: Final = ("entities", "label", "labels", "annotations")


def sniff(source: Source) -> bool:
    """Whether the first object is a text with entities, or with a list of labelled stretches."""
    fields = find_first(source.content)
    if not isinstance(fields.get("text"), str):
        return False
    entities = _list(fields, "entities")
    if isinstance(fields.get("entities"), list):
        return all(_is_entity(entity) for entity in entities)
    values = next((fields[name] for name in _COLUMNS if name in fields), None)
    return isinstance(values, list) and bool(values) and all(_is_entity(one) for one in values)


def read(source: Source) -> Iterator[Reading]:
    """The articles in the order in which they begin; lines with the same text are of one article.

    `SourceError`, with the line, for what is no line of sequence labelling.
    """
    found = read_rows(source.content, source.name, encoding=source.encoding)
    articles: dict[str, list[JsonRow]] = {}
    for row in found.rows:
        articles.setdefault(_check(row, source.name), []).append(row)
    if not articles:
        raise SourceError(
            f"{show_line(source.name)} holds no text: check that it is the file that you meant."
        )
    for text, rows in articles.items():
        yield _read_article(source, carry_over(text), rows=rows, remarks=found.remarks)


def _check(row: JsonRow, name: str) -> str:
    text = row.fields.get("text")
    if not isinstance(text, str):
        problem = "has no 'text'"
    elif not all(_is_entity(found) for found in _find_entities(row)):
        problem = "has an entity that is no object with 'start_offset', 'end_offset' and 'label'"
    else:
        return text
    raise SourceError(
        f"{row.place.capitalize()} of {show_line(name)} {problem}: correct that line, "
        "or name the format of the file with --format (see: annotator formats)."
    )


def _read_article(
    source: Source, carried: Carried, *, rows: Sequence[JsonRow], remarks: tuple[str, ...]
) -> Reading:
    check_holds_text(carried.text, source.name)
    check_line_length(carried.text, source.name)
    told, said = list(remarks), list[Said]()
    for row in rows:
        marked = settle(carried, _find_marks(row), _find_relations(row))
        told += marked.remarks
        said += _find_said(row, carried, marked=marked)
    origin = read_origin(rows[0].fields)
    article = Article(
        text=carried.text,
        title=origin.title or title_of(carried.text),
        source=origin.source or source.origin,
        author=origin.author,
        published=origin.published,
        language=source.language or origin.language or "en",
        replaces=origin.replaces,
    )
    return Reading(article, tuple(told), None, tuple(said))


def _find_said(row: JsonRow, carried: Carried, *, marked: Marked) -> Iterator[Said]:
    """What the line's reviewer said: labels and links, and what stands in `remarks` beside them."""
    reviewer = read_origin(row.fields).reviewer
    beside = {
        carried.carry(_read_span(found) or Span(0, 0)): (read_origin(found), found)
        for found in _list(row.fields, "remarks")
        if isinstance(found, dict)
    }
    nothing: tuple[Origin, Mapping[str, object]] = (Origin(), {})
    for span in sorted({*marked.labels, *beside}):
        if span.start == span.end:
            continue
        origin, found = beside.get(span, nothing)
        others = [carried.carry(Span(*pair)) for pair in _find_pairs(_list(found, "denies"))]
        denies = {*marked.denies.get(span, ()), *others} - {Span(0, 0), span}
        yield Said(
            span,
            marked.labels.get(span),
            reviewer=reviewer,
            speaker=origin.speaker,
            note=origin.note,
            unsure=origin.unsure,
            denies=tuple(sorted(denies)),
        )


def _find_pairs(values: Sequence[object]) -> Iterator[tuple[int, int]]:
    for value in values:
        if isinstance(value, list) and len(value) == 2:
            start, end = read_count(value[0]), read_count(value[1])
            if start is not None and end is not None:
                yield start, end


def _find_entities(row: JsonRow) -> list[object]:
    name = next((name for name in _COLUMNS if row.fields.get(name) is not None), "entities")
    found = row.fields.get(name, [])
    return found if isinstance(found, list) else [found]


def _is_entity(found: object) -> bool:
    if isinstance(found, list):  # without relations: start, end, label
        return len(found) == 3 and isinstance(found[2], str)
    return isinstance(found, dict) and "start_offset" in found and "end_offset" in found


def _find_marks(row: JsonRow) -> Iterator[Mark]:
    for number, found in enumerate(_find_entities(row), start=1):
        value = found[2] if isinstance(found, list) else None
        value = found.get("label") if isinstance(found, dict) else value
        # A label of older releases is a number: it is called by it.
        label = read_name(str(value) if isinstance(value, int) else value)
        yield Mark(f"{row.place}: entity {number}", _read_span(found), label)


def _find_relations(row: JsonRow) -> Iterator[Relation]:
    spans = {
        number: _read_span(found)
        for found in _find_entities(row)
        if isinstance(found, dict) and (number := read_count(found.get("id"))) is not None
    }
    for number, found in enumerate(_list(row.fields, "relations"), start=1):
        fields = found if isinstance(found, dict) else {}
        source, target = read_count(fields.get("from_id")), read_count(fields.get("to_id"))
        yield Relation(
            f"{row.place}: relation {number}",
            read_name(fields.get("type")) or "",
            None if source is None else spans.get(source),
            None if target is None else spans.get(target),
        )


def _read_span(found: object) -> Span | None:
    if isinstance(found, list):
        pair = (found[0], found[1]) if len(found) > 1 else (None, None)
    elif isinstance(found, dict):
        pair = (found.get("start_offset"), found.get("end_offset"))
    else:
        return None
    start, end = read_count(pair[0]), read_count(pair[1])
    return None if start is None or end is None else Span(start, end)


def _list(fields: Mapping[str, object], name: str) -> list[object]:
    found = fields.get(name)
    return found if isinstance(found, list) else []
