"""Bringing articles in."""

from __future__ import annotations

from contextlib import closing, contextmanager
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

    from annotator.errors import AnnotatorError
    from annotator.readers import Source
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
@click.option(
    "--field",
    "fields",
    metavar="NAME=COLUMN",
    multiple=True,
    help="Where a file of rows has its text, title, id, source or label.",
)
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
    fields: tuple[str, ...],
    as_json: bool,
    db: str | None,
    reviewer: str | None,
) -> None:
    """Import articles: files, folders, web addresses, or '-' for standard input; with the labels
    that they carry.

    Prints a line for each document: its id, how many sentences it has, its title. The same text
    twice is one document. A source that cannot be read is named, and the others come in. Before
    fifty files or more come into a database, it is copied beside itself.

    \b
      annotator import article.txt
      annotator import articles/ --language de
      annotator import https://example.org/article
      annotator import rows.csv --field text=body --field title=headline
    """
    from annotator.session import open_library
    from annotator.session.sources import list_suffixes

    suffixes = list_suffixes(format_name)
    check_language(language)
    with closing(open_library(db, reviewer=reviewer)) as library:
        importing = _Importing(
            library, format_name, sentence_per_line, language, encoding, _read_fields(fields)
        )
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
    fields: dict[str, str]
    failed: bool = field(default=False, init=False)
    has_changed: bool = field(default=False, init=False)

    def run(self, sources: tuple[str, ...], suffixes: tuple[str, ...]) -> Iterator[Arrival]:
        from annotator.session.bulk import FEW, Terms, list_known, prepare_all, shelve_all
        from annotator.session.clock import SystemClock

        files = list(self._open(self._find_files(sources, suffixes)))
        terms = Terms(
            self.format_name,
            self.encoding,
            self.language,
            self.sentence_per_line,
            self.fields,
            list_known(self.library) if len(files) >= FEW else frozenset(),
        )
        with self._keep(many=len(files) >= FEW), Gauge(len(files)) as gauge:
            prepared = prepare_all(files, terms, report=gauge.report)
            for brought in shelve_all(self.library, prepared, clock=SystemClock()):
                if brought.error is not None:
                    gauge.hide()
                    self._fail(brought.error)
                elif brought.arrival is not None:
                    gauge.hide()
                    self.has_changed |= _has_changed(brought.arrival)
                    _tell(brought.name, brought.arrival, brought.remarks)
                    yield brought.arrival
                if brought.ends:
                    gauge.advance()
                    gauge.report(0, 1)  # workers do not tell how far they are

    @contextmanager
    def _keep(self, *, many: bool) -> Iterator[None]:
        """A copy of a database that holds something, before many files come into it."""
        from annotator.store.backing_up import keeping

        if not many or not self.library.store.find_documents("", limit=1):
            yield
            return
        with keeping(self.library.location, "import") as kept:
            try:
                yield
            finally:
                # Interrupted, or with nobody who reads on, what came in by then is there.
                if kept is not None and self.has_changed:
                    say(f"as it was before, the database is in {kept.confirm()}")

    def _open(self, names: Iterator[str]) -> Iterator[str | Source]:
        """The files, and what is on standard input, which only this process can read."""
        for name in names:
            if name != STANDARD_INPUT:
                yield name
                continue
            try:
                yield read_source(
                    name, encoding=self.encoding, language=self.language, fields=self.fields
                )
            except SourceError as error:
                self._fail(error)

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

    def _fail(self, error: AnnotatorError) -> None:
        say(str(error))
        self.failed = True


def _has_changed(arrival: Arrival) -> bool:
    return arrival.is_new or arrival.is_back or bool(arrival.received)


def _tell(name: str, arrival: Arrival, remarks: tuple[str, ...]) -> None:
    """Say on stderr what there is to say beside the document's line."""
    if arrival.received:
        remarks = (*remarks, f"{_count(arrival.received)} came with it")
    if arrival.outdated:
        kept = f"{_count(arrival.outdated)} left as here: changed later than in the file"
        remarks = (*remarks, kept)
    if arrival.is_back:
        remarks = (*remarks, "was deleted, and is back in the library")
    elif not arrival.is_new:
        remarks = (*remarks, f"already in the library as {arrival.document.id}")
    for remark in remarks:
        say(f"{name}: {remark}")


def _count(annotations: int) -> str:
    return f"{annotations:,} {'annotation' if annotations == 1 else 'annotations'}"


def _read_fields(fields: tuple[str, ...]) -> dict[str, str]:
    known = ("text", "title", "id", "source", "label")
    found: dict[str, str] = {}
    for field_ in fields:
        name, equals, column = field_.partition("=")
        if not equals or not column or name not in known:
            raise UsageError(
                f"'{field_}' does not say where a field is: write NAME=COLUMN, with one of"
                f" {', '.join(known)} as its name."
            )
        found[name] = column
    return found


def check_language(language: str | None) -> None:
    """`UsageError` for what cannot be the code of a language."""
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
