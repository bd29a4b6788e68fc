"""What goes to stdout and stderr: bytes in UTF-8, whatever the system's encoding is.

stdout is data, stderr is talk. On a terminal a table is aligned, has a header and is cut or wrapped
to the width; anywhere else it is one row a line, its cells apart by a tab, and never cut.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final, Literal, TypeAlias

import click

from annotator.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

CLOSED_PIPE: Final = 141
"""What shells report of a program whose reader went away: 128 and the signal's number."""

BATCH: Final = 1000
"""Rows of a table that are laid out together on a terminal."""

GAP: Final = 2
"""Cells between two columns on a terminal."""

NARROWEST: Final = 12
"""Cells that a column keeps, however narrow the terminal is."""

Cell: TypeAlias = str | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `width` is the least that it takes, in cells.

    One that gives way is what a narrow terminal cuts or wraps; the others never are.
    """

    title: str
    number: bool = False
    width: int = 0
    gives_way: Literal["cut", "wrap"] | None = None


def say(message: str) -> None:
    """One line to the person, on stderr."""
    from annotator.text.display import show_line

    with suppress(OSError):
        click.echo(f"annotator: {show_line(message)}", err=True)


def is_terminal() -> bool:
    """Whether stdout is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def write(pieces: Iterable[str]) -> None:
    """Write text to stdout. `OutputError` where it cannot be; quietly ends the program where the
    reader has gone away, as `head` does.
    """
    stream = _open_stdout()
    for piece in pieces:
        # A lone surrogate (from a file's name) becomes `\udc80`, which is JSON's escape as well.
        _send(stream, piece.encode("utf-8", "backslashreplace"))
    _send(stream, b"", flush=True)


def write_content(pieces: Iterable[str]) -> None:
    """Write what a file would hold, to the character; on a terminal with everything made visible
    that would steer it.
    """
    from annotator.text.display import show_literal

    write(map(show_literal, pieces) if is_terminal() else pieces)


def write_json_list(values: Iterable[object]) -> None:
    """Write a JSON list with each of its values on a line."""
    from annotator.exporters.json import write_list

    write(write_list(values))
    write("\n")


def write_json(value: object) -> None:
    """Write one JSON value, on one line."""
    from annotator.exporters.json import write_value

    write([write_value(value), "\n"])


def write_table(
    columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, header: bool = True
) -> None:
    """Write rows as they come; every cell is shown literally, on one line."""
    from annotator.text.display import show_line

    cells = ([show_line("" if cell is None else str(cell)) for cell in row] for row in rows)
    if is_terminal():
        write(_align(columns, cells, header=header))
    else:
        write("\t".join(row) + "\n" for row in cells)


def _align(
    columns: Sequence[Column], rows: Iterable[Sequence[str]], *, header: bool
) -> Iterator[str]:
    from itertools import islice

    from annotator.text.display import show_line

    rows = iter(rows)
    widths = [max(column.width, len(show_line(column.title)) * header) for column in columns]
    while batch := list(islice(rows, BATCH)):
        widths = _measure(batch, widths)
        yield _render(columns, batch, widths=widths, header=header)
        header = False


def _measure(rows: Sequence[Sequence[str]], least: Sequence[int]) -> list[int]:
    from rich.cells import cell_len

    return [
        max(width, *(cell_len(row[place]) for row in rows)) for place, width in enumerate(least)
    ]


def _render(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    widths: Sequence[int],
    header: bool,
) -> str:
    from io import StringIO

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from annotator.text.display import show_line

    across = shutil.get_terminal_size().columns
    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, show_header=header)
    for column, width in zip(columns, widths, strict=True):
        others = sum(widths) - width + GAP * (len(columns) - 1)
        table.add_column(
            Text(show_line(column.title)),
            justify="right" if column.number else "left",
            overflow="fold" if column.gives_way == "wrap" else "ellipsis",
            no_wrap=column.gives_way != "wrap",
            width=min(width, max(across - others, NARROWEST)) if column.gives_way else width,
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    paper = StringIO()
    console = Console(file=paper, width=across, color_system=None, legacy_windows=False)
    console.print(table)
    return "".join(f"{line.rstrip()}\n" for line in paper.getvalue().split("\n")[:-1])


def _open_stdout() -> BinaryIO:
    if sys.stdout is None:
        raise OutputError("There is no standard output to write to: it was closed.")
    return sys.stdout.buffer


def _send(stream: BinaryIO, content: bytes, *, flush: bool = False) -> None:
    try:
        stream.write(content)
        if flush:
            stream.flush()
    except BrokenPipeError:
        _abandon_stdout()
        raise click.exceptions.Exit(CLOSED_PIPE) from None
    except OSError as error:
        _abandon_stdout()
        raise OutputError(f"The standard output cannot be written: {error.strerror}.") from error


def _abandon_stdout() -> None:
    """Let what is still to be flushed go nowhere: Python would complain of it at its end."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
