"""Bringing articles in."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from annotator.cli.options import json_option, working_options
from annotator.cli.output import Column, say, write_json_list, write_table
from annotator.cli.progress import Gauge
from annotator.cli.sources import STANDARD_INPUT, read_source
from annotator.errors import SourceError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.session import Arrival, Library

COLUMNS = (
    Column("id", width=16),
    Column("sentences", number=True, width=6),
    Column("title", gives_way="cut"),
)


@click.command("import", short_help="Bring in files or folders.")
@click.argument(
    "sources",
    nargs=-1,
    required=True,
    metavar="SOURCE...",
    type=click.Path(readable=False, allow_dash=True),
)
@click.option("--format", "format_name", metavar="NAME", help="The format; see 'formats'.")
@click.option("--sentence-per-line", is_flag=True, help="Each line is one sentence already.")
@click.option("--language", metavar="CODE", help="The language, such as en or pt-BR.")
@click.option("--encoding", metavar="NAME", help="The encoding, where it is not UTF-8.")
@json_option
@working_options
@click.pass_context
def import_command(
    ctx: click.Context,
    *,
    sources: tuple[str, ...],
    format_name: str | None,
    sentence_per_line: bool,
    language: str | None,
    encoding: str | None,
    as_json: bool,
    db: str | None,
    reviewer: str | None,
) -> None:
    """Import articles: files, folders, or '-' for standard input.

    Prints a line for each document: its id, how many sentences it has, its title. The same text
    twice is one document. A source that cannot be read is named, and the others come in.

    \b
      annotator import article.txt
      annotator import articles/ --language de
    """
    from annotator.session import open_library
    from annotator.session.sources import list_suffixes

    suffixes = list_suffixes(format_name)
    _check_language(language)
    with closing(open_library(db, reviewer=reviewer)) as library:
        importing = _Importing(library, format_name, sentence_per_line, language, encoding)
        arrivals = importing.run(sources, suffixes)
        if as_json:
            write_json_list([_describe(arrival) for arrival in arrivals])
        else:
            for arrival in arrivals:
                document = arrival.document
                row = (document.id, document.sentence_count, document.title)
                write_table(COLUMNS, [row], header=False)
    if importing.failed:
        ctx.exit(1)


@dataclass(slots=True)
class _Importing:
    """One run of the command: what holds for all sources, and whether one of them failed."""

    library: Library
    format_name: str | None
    sentence_per_line: bool
    language: str | None
    encoding: str | None
    failed: bool = field(default=False, init=False)

    def run(self, sources: tuple[str, ...], suffixes: tuple[str, ...]) -> Iterator[Arrival]:
        files = list(self._find_files(sources, suffixes))
        with Gauge(len(files)) as gauge:
            for name in files:
                yield from self._add(name, gauge)
                gauge.advance()

    def _find_files(self, sources: tuple[str, ...], suffixes: tuple[str, ...]) -> Iterator[str]:
        from annotator.session.sources import find_files

        for source in sources:
            if source == STANDARD_INPUT:
                yield source
                continue
            try:
                yield from find_files(source, suffixes=suffixes)
            except SourceError as error:
                self._fail(error)

    def _add(self, name: str, gauge: Gauge) -> Iterator[Arrival]:
        from annotator.session.sources import add_source

        try:
            source = read_source(name, encoding=self.encoding, language=self.language)
            added = add_source(
                self.library,
                source,
                format_name=self.format_name,
                sentence_per_line=self.sentence_per_line,
                report=gauge.report,
            )
            for arrival, remarks in added:
                gauge.hide()
                for remark in remarks:
                    say(f"{source.name}: {remark}")
                if arrival.is_back:
                    say(f"{source.name}: was deleted, and is back in the library")
                elif not arrival.is_new:
                    say(f"{source.name}: already in the library as {arrival.document.id}")
                yield arrival
        except SourceError as error:
            gauge.hide()
            self._fail(error)

    def _fail(self, error: SourceError) -> None:
        say(str(error))
        self.failed = True


def _check_language(language: str | None) -> None:
    from re import fullmatch

    if language is not None and not fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*", language):
        raise UsageError(
            f"The language '{language}' will not do: give a code such as en, de or pt-BR."
        )


def _describe(arrival: Arrival) -> dict[str, object]:
    document = arrival.document
    return {
        "id": document.id,
        "sentences": document.sentence_count,
        "title": document.title,
        "source": document.source,
        "language": document.language,
        "new": arrival.is_new,
    }
