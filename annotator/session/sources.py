"""From a path to the documents in it: a file, or all that can be read of a folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import SchemeError, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from annotator.readers import Source
    from annotator.session.library import Arrival, Library


@dataclass(frozen=True, slots=True)
class Incoming:
    """What came of one file: its documents, what there is to tell of them, what went wrong."""

    name: str
    arrivals: tuple[Arrival, ...] = ()
    remarks: tuple[str, ...] = ()
    error: SourceError | SchemeError | None = None


def list_suffixes(format_name: str | None = None) -> tuple[str, ...]:
    """The suffixes that a folder is searched for: a format's, or those of all that can be read.

    `UnknownNameError` for a format that does not exist.
    """
    from annotator.readers import find_reader, list_readers

    names = list_readers() if format_name is None else [format_name]
    return tuple(suffix for name in names for suffix in find_reader(name).suffixes)


def find_files(name: str, *, suffixes: tuple[str, ...]) -> Iterator[str]:
    """The files that a path names: itself, or, of a folder, all of these suffixes in it, sorted.

    What begins with a dot is passed over. `SourceError` for a folder without any.
    """
    if not _is_folder(name):
        yield name
        return
    found = sorted(path for path in _walk(name) if path.lower().endswith(suffixes))
    # brat's annotations read the text that they belong to.
    annotated = {str(Path(path).with_suffix(".txt")) for path in found if path.endswith(".ann")}
    found = [path for path in found if path not in annotated]
    if not found:
        raise SourceError(
            f"The folder {name} holds no file to import: the suffixes known are"
            f" {', '.join(suffixes)} (a file of another is imported by its own name)."
        )
    yield from found


def read_file(
    name: str,
    *,
    encoding: str | None = None,
    language: str | None = None,
    fields: Mapping[str, str] | None = None,
) -> Source:
    """A file's bytes, or a page's. `SourceError` for what cannot be read."""
    from annotator.readers import Source

    known = {} if fields is None else dict(fields)
    if name.lower().startswith(("http://", "https://")):
        from annotator.session.fetching import fetch

        page = fetch(name)
        return Source(
            name,
            page.content,
            page.url,
            encoding,
            language,
            fields=known,
            content_type=page.content_type,
        )
    # A name that is no UTF-8 cannot be stored as it is.
    origin = os.fsencode(name).decode("utf-8", "replace")
    return Source(
        name,
        _read_bytes(name),
        origin,
        encoding,
        language,
        fields=known,
        companion=partial(_read_companion, name),
    )


def _read_companion(name: str, suffix: str) -> bytes | None:
    beside = Path(name).with_suffix(suffix)
    return beside.read_bytes() if beside.is_file() else None


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
    from annotator.session.importing import add_reading

    reader = find_reader(format_name or detect_format(source))
    for reading in reader.read(source):
        yield add_reading(
            library,
            reading,
            name=source.name,
            sentence_per_line=sentence_per_line,
            report=report,
        )


def bring_in(
    library: Library, name: str, *, report: Callable[[str, int, int], None]
) -> Iterator[Incoming]:
    """Import a file or a folder, and say of each file what came of it; one that cannot be read
    does not keep the others out.

    `report` is told now and then which file is being read, and how many of how many steps are done;
    what it raises ends the import, and the documents that are in by then stay. `SourceError` for a
    folder without any file to import.
    """
    files = list(find_files(name, suffixes=list_suffixes()))
    for number, file in enumerate(files):
        report(file, number, len(files))
        yield _bring_in_file(library, file, partial(_report_part, report, file, number, len(files)))


def _report_part(
    report: Callable[[str, int, int], None], name: str, number: int, of: int, part: int, whole: int
) -> None:
    report(name, number * whole + part, of * whole)


def _bring_in_file(library: Library, name: str, report: Callable[[int, int], None]) -> Incoming:
    arrivals: list[Arrival] = []
    remarks: list[str] = []
    try:
        for arrival, told in add_source(library, read_file(name), report=report):
            arrivals.append(arrival)
            remarks += told
    except (SourceError, SchemeError) as error:
        return Incoming(name, tuple(arrivals), tuple(remarks), error)
    return Incoming(name, tuple(arrivals), tuple(remarks))


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


def _read_bytes(name: str) -> bytes:
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
