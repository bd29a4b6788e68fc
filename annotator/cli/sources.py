"""From what stands on the command line to bytes that a reader can read."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from annotator.readers import Source
    from annotator.session import Arrival, Library

STANDARD_INPUT = "-"


def is_there(name: str) -> bool:
    """Whether there is such a file or folder, if only one that may not be looked at."""
    try:
        # An empty path would be the current folder.
        return bool(name) and Path(name).exists()
    except PermissionError:
        return True
    except OSError:  # a name too long for any file, say
        return False


def find_files(name: str, *, suffixes: tuple[str, ...]) -> Iterator[str]:
    """The files that a source names: itself, or, of a folder, all of these suffixes in it, sorted.

    What begins with a dot is passed over. `SourceError` for a folder without any.
    """
    if name == STANDARD_INPUT or not _is_folder(name):
        yield name
        return
    found = sorted(path for path in _walk(name) if path.lower().endswith(suffixes))
    if not found:
        raise SourceError(
            f"The folder {name} holds no file to import: the suffixes known are"
            f" {', '.join(suffixes)} (a file of another is imported by its own name)."
        )
    yield from found


def read_source(name: str, *, encoding: str | None = None, language: str | None = None) -> Source:
    """A file's bytes, or those on stdin. `SourceError` for what cannot be read."""
    from annotator.readers import Source

    if name == STANDARD_INPUT:
        content = _read_standard_input()
        return Source("standard input", content, None, encoding, language)
    if name.lower().startswith(("http://", "https://")):
        raise SourceError(
            f"{name} is an address, and this version imports files only: save the page as text"
            " and import that."
        )
    # A name that is no UTF-8 cannot be stored as it is.
    origin = os.fsencode(name).decode("utf-8", "replace")
    return Source(name, _read_file(name), origin, encoding, language)


def add_source(
    library: Library,
    source: Source,
    *,
    format_name: str | None = None,
    sentence_per_line: bool = False,
    report: Callable[[int, int], None] | None = None,
) -> Iterator[tuple[Arrival, tuple[str, ...]]]:
    """Put every article of a source on the shelf; with each, what there is to tell of it."""
    from annotator.readers import detect_format, find_reader
    from annotator.session.importing import add_article

    reader = find_reader(format_name or detect_format(source))
    for reading in reader.read(source):
        arrival = add_article(
            library, reading.article, sentence_per_line=sentence_per_line, report=report
        )
        yield arrival, reading.remarks


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except OSError:  # reading it will say what is wrong
        return False


def _walk(folder: str) -> Iterator[str]:
    for here, folders, files in os.walk(folder, onerror=_refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for file in files:
            path = Path(here) / file
            # A named pipe would keep the program waiting for ever.
            if not file.startswith(".") and path.is_file():
                yield str(path)


def _refuse(error: OSError) -> None:
    raise SourceError(f"{error.filename} cannot be read: {error.strerror}.") from error


def _read_file(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except FileNotFoundError as error:
        raise SourceError(f"There is no file {name}: check the path.") from error
    except IsADirectoryError as error:
        raise SourceError(
            f"{name} is a folder: 'annotator import {name}' brings in the files in it."
        ) from error
    except OSError as error:
        raise SourceError(f"{name} cannot be read: {error.strerror or error}.") from error


def _read_standard_input() -> bytes:
    if sys.stdin is None:
        raise SourceError("There is no standard input to read: it was closed.")
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise SourceError(f"The standard input cannot be read: {error.strerror}.") from error
