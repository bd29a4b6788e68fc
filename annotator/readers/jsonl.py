"""JSON Lines: articles, sentences with labels, or the rows that the program itself writes.

Rows with the same `document_id` or `id` are the sentences of one article. Rows without are an
article each; but where any of them has a label, they are together the sentences of one article.
`gather` does the same for rows from elsewhere.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from annotator.errors import SourceError
from annotator.model.document import Article
from annotator.model.row import Piece, Row, can_place, lay_out
from annotator.readers import Reading, Said, Source
from annotator.text.decode import Decoded, decode
from annotator.text.display import show_line
from annotator.text.normalize import check_line_length, normalize, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from annotator.model.span import Span

DESCRIPTION = "JSON Lines: one object a line with a text, or a sentence and its label"
SUFFIXES = (".jsonl", ".ndjson")

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_NUMBER: Final = re.compile(r"[0-9]{1,15}")
_LARGEST: Final = 10**15
_BOOLEANS: Final = {"true": True, "false": False, "1": True, "0": False}
_FIRST_LINE: Final = re.compile(rb"\s*([^\n]*)")


@dataclass(frozen=True, slots=True)
class Line:
    """A row as its file has it, and the number of its line, from 1."""

    number: int
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Found:
    """A row, checked. `length` is that of its text in the file, in code points."""

    number: int
    row: Row
    source: str | None
    length: int
    dropped: int


def sniff(source: Source) -> bool:
    """Whether the first line that is not blank is a JSON object with a text."""
    try:
        if source.content.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = source.content.decode("utf-16").lstrip().partition("\n")[0]
        else:
            match = _FIRST_LINE.match(source.content.removeprefix(b"\xef\xbb\xbf"))
            text = match[1].decode("utf-8", "replace") if match else ""
        values: object = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(values, dict) and source.fields.get("text", "text") in values


def read(source: Source) -> Iterator[Reading]:
    """The articles, in the order of their first rows. `SourceError` with the number of a bad line.

    Nothing is yielded before every line was checked.
    """
    decoded = decode(source.content, source.name, encoding=source.encoding)
    return gather(_read_lines(decoded.text, source), source, decoded=decoded)


def _read_lines(text: str, source: Source) -> Iterator[Line]:
    # By line feeds alone: JSON lets U+2028 and its like stand in a string.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield Line(number, _parse(line, number, source))


def _parse(line: str, number: int, source: Source) -> dict[str, object]:
    try:
        values: object = json.loads(line, parse_constant=_refuse_constant)
    except RecursionError:
        raise _refuse(number, source, "nests too deeply") from None
    except ValueError as error:  # also a number of thousands of digits
        raise _refuse(number, source, f"is not JSON ({show_line(str(error))})") from None
    if not isinstance(values, dict):
        raise _refuse(number, source, "is no JSON object")
    return values


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _refuse(number: int, source: Source, reason: str) -> SourceError:
    return SourceError(
        f"Line {number} of {show_line(source.name)} {reason}: correct that line, or name the"
        " format of the file with --format (see: annotator formats)."
    )


def gather(lines: Iterable[Line], source: Source, *, decoded: Decoded) -> Iterator[Reading]:
    """The articles that the rows are of. `SourceError` for a row that is of another kind.

    Every line is checked before the first article. What is told of the whole file is told with the
    first one.
    """
    remarks: list[str] = []
    if decoded.guessed:
        remarks.append(f"read as {decoded.encoding} (a guess: --encoding overrules it)")
    found = list(_check(lines, source, remarks))
    if not found:
        raise SourceError(
            f"{show_line(source.name)} holds no row with a text: check that it is the file that"
            " you meant."
        )
    for rows in _group(found):
        reading = _build(rows, source)
        yield replace(reading, remarks=(*remarks, *reading.remarks))
        remarks.clear()


def _group(found: Sequence[_Found]) -> Iterable[list[_Found]]:
    loose = any(one.row.document_id is None and one.row.label is not None for one in found)
    groups: dict[str | int, list[_Found]] = {}
    for one in found:
        name = one.row.document_id
        key = name if name is not None else -1 if loose else one.number
        groups.setdefault(key, []).append(one)
    return groups.values()


def _check(lines: Iterable[Line], source: Source, remarks: list[str]) -> Iterator[_Found]:
    for line in lines:
        cells = _Cells(line, source)
        raw = cells.take_raw("text")
        text = normalize(raw)
        if not text.text.strip():
            remarks.append(f"line {line.number} has no text: left out")
            continue
        check_line_length(text.text, source.name)
        times = cells.take_time("created_at", remarks), cells.take_time("updated_at", remarks)
        title = cells.take_text("title")
        row = Row(
            document_id=cells.take_id(),
            title=title_of(title) if title else None,
            sentence_index=cells.take_number("sentence_index"),
            start=cells.take_number("start"),
            end=cells.take_number("end"),
            text=text.text,
            reviewer=cells.take_text("reviewer"),
            label=cells.take_text("label"),
            speaker=cells.take_text("speaker"),
            note=cells.take_text("note"),
            unsure=cells.take_boolean("unsure"),
            denies=cells.take_numbers("denies"),
            created_at=times[0],
            updated_at=times[1],
        )
        yield _Found(line.number, row, cells.take_text("source"), len(raw), text.dropped)


class _Cells:
    """One row's values by their field's name, each checked for its type."""

    def __init__(self, line: Line, source: Source) -> None:
        self._line = line
        self._source = source

    def _get(self, field: str) -> object:
        value = self._line.values.get(self._source.fields.get(field, field))
        if isinstance(value, str) and _SURROGATE.search(value):
            number = self._line.number
            reason = f"holds half of a surrogate pair in '{field}', which is no character"
            raise _refuse(number, self._source, reason)
        return value

    def _refuse_type(self, field: str, wanted: str) -> SourceError:
        name = show_line(self._source.fields.get(field, field))
        return SourceError(
            f"Line {self._line.number} of {show_line(self._source.name)} has a '{name}' that is"
            f" not {wanted}: correct it, or name the field that is meant with --field {field}=NAME."
        )

    def take_raw(self, field: str) -> str:
        """The text as the file has it, empty where it is null."""
        name = self._source.fields.get(field, field)
        if name not in self._line.values:
            known = ", ".join(show_line(key) for key in list(self._line.values)[:20]) or "none"
            raise SourceError(
                f"Line {self._line.number} of {show_line(self._source.name)} has no field"
                f" '{show_line(name)}'; its fields are {known}. Name the one that is meant with"
                f" --field {field}=NAME."
            )
        value = self._get(field)
        if value is not None and not isinstance(value, str):
            raise self._refuse_type(field, "text")
        return value or ""

    def take_text(self, field: str) -> str | None:
        """Text without blanks around it; a whole number, such as a label's, is text as well."""
        value = self._get(field)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise self._refuse_type(field, "text")
        return (normalize(value).text.strip() or None) if value else None

    def take_id(self) -> str | None:
        """The document that the row is of: its own `document_id`, else its `id`."""
        named = "id" if "id" in self._source.fields else "document_id"
        return self.take_text(named) or self.take_text("id")

    def take_number(self, field: str) -> int | None:
        """A whole number from 0; one that was written with a fraction of 0 is one too."""
        value = self._get(field)
        if value is None or value == "":
            return None
        number = _read_number(value)
        if number is None:
            raise self._refuse_type(field, "a whole number from 0")
        return number

    def take_numbers(self, field: str) -> tuple[int, ...]:
        """A list of whole numbers from 0, or the JSON of one, as the database has it."""
        value = self._get(field)
        if isinstance(value, str) and value:
            value = self._parse_list(value, field)
        if value is None or value == "":
            return ()
        read = [_read_number(one) for one in value] if isinstance(value, list) else [None]
        numbers = tuple(number for number in read if number is not None)
        if len(numbers) != len(read):
            raise self._refuse_type(field, "a list of whole numbers from 0")
        return numbers

    def _parse_list(self, text: str, field: str) -> object:
        try:
            value: object = json.loads(text)
        except (ValueError, RecursionError):
            raise self._refuse_type(field, "a list of whole numbers from 0") from None
        return value

    def take_boolean(self, field: str) -> bool | None:
        """True or false; 1 and 0, as the database has them, are the same."""
        value = self._get(field)
        if value is None or value == "":
            return None
        known = _BOOLEANS.get(str(value).lower()) if isinstance(value, int | str) else None
        if known is None:
            raise self._refuse_type(field, "true or false")
        return known

    def take_time(self, field: str, remarks: list[str]) -> str | None:
        """A time in ISO 8601 as UTC, UTC where it names no zone; any other is told and left out."""
        value = self._get(field)
        if value is None or value == "":
            return None
        try:
            time = datetime.fromisoformat(value if isinstance(value, str) else "")
            zoned = time if time.tzinfo else time.replace(tzinfo=UTC)
            plain = zoned.astimezone(UTC).replace(tzinfo=None)
        except (ValueError, OverflowError):
            remarks.append(f"line {self._line.number} has no time in '{field}': left out")
            return None
        return f"{plain.isoformat(timespec='seconds')}Z"


def _read_number(value: object) -> int | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = int(value)
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and isinstance(value, int) and 0 <= value < _LARGEST else None


def _build(rows: Sequence[_Found], source: Source) -> Reading:
    first = rows[0].row
    remarks: list[str] = []
    dropped = sum(one.dropped for one in rows)
    if dropped:
        some = "character" if dropped == 1 else "characters"
        remarks.append(f"{dropped} control {some} left out")
    whole = (
        len(rows) == 1
        and first.says_nothing
        and (first.start, first.sentence_index)
        == (
            None,
            None,
        )
    )
    if whole:
        return Reading(_make_article(first.text, rows, source), tuple(remarks))
    sentences = _find_sentences(rows, remarks)
    layout = lay_out([_make_piece(one[0]) for one in sentences])
    check_line_length(layout.text, source.name)
    spans = [span for _, span in layout.cut]
    said = tuple(_read_said(sentences, spans, remarks))
    article = _make_article(layout.text, rows, source)
    return Reading(article, tuple(remarks), cut=layout.cut, said=said)


def _make_article(text: str, rows: Sequence[_Found], source: Source) -> Article:
    titles = (one.row.title for one in rows if one.row.title)
    sources = (one.source for one in rows if one.source)
    return Article(
        text=text,
        title=next(titles, None) or title_of(text),
        source=next(sources, source.origin),
        language=source.language or "en",
    )


def _make_piece(one: _Found) -> Piece:
    return Piece(one.row.text, one.length, one.row.start, one.row.end)


def _find_sentences(rows: Sequence[_Found], remarks: list[str]) -> list[list[_Found]]:
    """The rows of each sentence, in the text's order where it is known, else in the file's."""
    by_place: dict[object, list[_Found]] = {}
    for one in rows:
        row = one.row
        place: object = (row.sentence_index, row.start, row.end, row.text)
        if (row.sentence_index, row.start) == (None, None):
            place = one.number
        by_place.setdefault(place, []).append(one)
    found = list(by_place.values())
    starts = [one[0].row.start for one in found]
    if None not in starts:
        ordered = sorted(found, key=lambda one: (one[0].row.start or 0, one[0].row.end or 0))
        if can_place([_make_piece(one[0]) for one in ordered]):
            return ordered
    if any(start is not None for start in starts):
        remarks.append(
            f"the offsets from line {rows[0].number} on do not fit the texts:"
            " the sentences were put one behind another"
        )
    if any(one[0].row.sentence_index is None for one in found):
        return found
    return sorted(found, key=lambda one: one[0].row.sentence_index or 0)


def _read_said(
    sentences: Sequence[Sequence[_Found]], spans: Sequence[Span], remarks: list[str]
) -> Iterator[Said]:
    targets: dict[int, Span] = {}
    for place, (rows, span) in enumerate(zip(sentences, spans, strict=True)):
        index = rows[0].row.sentence_index
        targets.setdefault(place if index is None else index, span)
    for rows, span in zip(sentences, spans, strict=True):
        reviewers: set[str | None] = set()
        for one in rows:
            if one.row.says_nothing:
                continue
            if one.row.reviewer in reviewers:
                remarks.append(f"line {one.number} says a second time what is said: left out")
                continue
            reviewers.add(one.row.reviewer)
            yield _say(one, span, targets, remarks=remarks)


def _say(one: _Found, span: Span, targets: Mapping[int, Span], *, remarks: list[str]) -> Said:
    row = one.row
    denies = {targets[index] for index in row.denies if index in targets} - {span}
    if len(denies) < len(set(row.denies)):
        remarks.append(f"line {one.number} denies a sentence that is not there: left out")
    return Said(
        span=span,
        label=row.label,
        reviewer=row.reviewer,
        speaker=row.speaker,
        note=row.note,
        unsure=bool(row.unsure),
        denies=tuple(sorted(denies)),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
