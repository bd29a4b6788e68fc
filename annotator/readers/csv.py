"""Tables with a header, the cells apart by commas, semicolons or tabs: rows as of `jsonl`.

The apostrophe that guards a formula (see the exporter `csv`) is taken off.
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Final

from annotator.errors import SourceError
from annotator.model.row import unguard
from annotator.readers.jsonl import Line, gather
from annotator.text.decode import decode
from annotator.text.display import show_line
from annotator.text.normalize import LONGEST_LINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.readers import Reading, Source

DESCRIPTION = "a table with a header, apart by commas, semicolons or tabs: one text a row"
SUFFIXES = (".csv", ".tsv")

_DELIMITERS: Final = (",", ";", "\t")
_LARGEST_HEADER: Final = 100_000
"""Code points of a header at most: of a file without line ends no more than this is looked at."""


def read(source: Source) -> Iterator[Reading]:
    """The articles, in the order of their first rows. `SourceError` with the number of a bad line.

    Nothing is yielded before every line was checked.
    """
    decoded = decode(source.content, source.name, encoding=source.encoding)
    return gather(_read_lines(decoded.text, source), source, decoded=decoded)


def _read_lines(text: str, source: Source) -> Iterator[Line]:
    # A cell may hold a whole article; the library's own limit is 131,072, and counts for all.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_LINE))
    delimiter = _find_delimiter(text, source)
    rows = _read_rows(text, delimiter, source)
    _, header = next(rows, (1, list[str]()))
    names = [unguard(name.strip()) for name in header]
    for number, cells in rows:
        if len(cells) != len(names):
            raise SourceError(
                f"Line {number} of {show_line(source.name)} has {len(cells)} cells where the"
                f" header has {len(names)}: correct that line."
            )
        values = (unguard(cell) or None for cell in cells)
        yield Line(number, dict(zip(names, values, strict=True)))


def _read_rows(text: str, delimiter: str, source: Source) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with the number of its first line."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for cells in reader:
            if any(cells):
                yield number, cells
            number = reader.line_num + 1
    except csv.Error as error:
        raise SourceError(
            f"Line {number} of {show_line(source.name)} begins a row that cannot be read ({error}):"
            " correct its quotation marks, or name the format with --format."
        ) from None


def _find_delimiter(text: str, source: Source) -> str:
    """The delimiter by which the header has a text, and of several the one with the most cells."""
    wanted = source.fields.get("text", "text")
    headers = {delimiter: _read_header(text, delimiter) for delimiter in _DELIMITERS}
    fitting = [delimiter for delimiter, names in headers.items() if wanted in names]
    if not fitting:
        names = max(headers.values(), key=len)
        known = ", ".join(show_line(name) for name in names[:20]) or "none"
        raise SourceError(
            f"The header of {show_line(source.name)} has no column '{show_line(wanted)}'; its"
            f" columns are {known}. Name the one that is meant with --field text=NAME."
        )
    delimiter = max(fitting, key=lambda delimiter: len(headers[delimiter]))
    names = headers[delimiter]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise SourceError(
            f"The header of {show_line(source.name)} has the column '{show_line(twice)}' twice:"
            " rename one of them."
        )
    return delimiter


def _read_header(text: str, delimiter: str) -> list[str]:
    beginning = text.lstrip("\r\n")[:_LARGEST_HEADER]
    try:
        cells = next(csv.reader(StringIO(beginning, newline=""), delimiter=delimiter), [])
    except csv.Error:  # as from a cell over the library's limit, by a delimiter that it has not
        return []
    return [unguard(cell.strip()) for cell in cells]
