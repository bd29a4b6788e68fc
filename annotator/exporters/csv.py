"""Rows as comma-separated values (RFC 4180, with line feeds), safe to open in a spreadsheet.

A cell that a spreadsheet would run as a formula has an apostrophe in front, which the reader takes
off again.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from annotator.exporters.json import write_value
from annotator.model.row import COLUMNS, ROWS_LOSE, describe_row, guard, spread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.exporters import Corpus

DESCRIPTION = "a table with one row for each sentence and reviewer; formulas are guarded"
LOSES: Final[tuple[str, ...]] = ROWS_LOSE


class _Echo:
    """A file for `csv.writer` that keeps nothing: `writerow` returns what `write` does."""

    def write(self, line: str) -> str:
        # Only with CRLF as the line's end does `csv` quote a cell that holds a lone CR.
        return line.removesuffix("\r\n") + "\n"


def write(corpus: Corpus) -> Iterator[str]:
    """The file, row by row, with a header. `StoreError` for a link that leads to no sentence."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    header: str = writer.writerow(COLUMNS)
    yield header
    for labelled in corpus.documents:
        for said in labelled.sentences:
            for row in spread(
                labelled.document,
                said.sentence,
                annotations=said.annotations,
                find_index=labelled.find_index,
            ):
                line: str = writer.writerow(
                    _write_cell(value) for value in describe_row(row).values()
                )
                yield line


def _write_cell(value: object) -> str:
    # The encoder takes ten times as long for a number as `str`, and most cells that are no text
    # are one.
    match value:
        case None:
            return ""
        case str():
            return guard(value)
        case bool() | list():
            return write_value(value) if value else "[]" if value == [] else "false"
        case int():
            return str(value)
        case _:
            return write_value(value)
