"""Writing the labels out, and what the files look like."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from annotator.cli.options import (
    EVERYONE,
    document_argument,
    filter_options,
    json_option,
    unused_options,
)
from annotator.cli.output import Column, write, write_json_list, write_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.model.document import Document
    from annotator.store.base import Store

STANDARD_OUTPUT = "-"

COLUMNS = (
    Column("kind"),
    Column("name"),
    Column("description", gives_way="wrap"),
)


@click.command("export", short_help="Write the labels out.")
@document_argument(many=True, required=False)
@click.option(
    "--format", "format_name", metavar="NAME", default="json", help="The format; see 'formats'."
)
@click.option(
    "-o",
    "output",
    metavar="FILE",
    default=STANDARD_OUTPUT,
    type=click.Path(readable=False, allow_dash=True),
    help="Write there instead of to standard output.",
)
@filter_options(EVERYONE)
def export_command(
    documents: tuple[str, ...],
    *,
    format_name: str,
    output: str,
    db: str | None,
    reviewer: str | None,
) -> None:
    """Write the labels of all documents, or of those named.

    The same database gives the same bytes. A file is written whole or not at all.

    \b
      annotator export -o labels.json
      annotator export 3f9c --reviewer ana | jq .documents[0].sentences
    """
    from annotator.exporters import Corpus, find_exporter
    from annotator.session.exporting import check_reviewer, read_labelled
    from annotator.session.files import check_not_database, write_file
    from annotator.session.schemes import read_scheme_in_force
    from annotator.store import open_store

    exporter = find_exporter(format_name)
    whose = None if reviewer == EVERYONE else reviewer
    with closing(open_store(db, must_exist=True)) as store, store.snapshot():
        if whose is not None:
            check_reviewer(store, whose)
        chosen = _choose(store, documents)
        labelled = read_labelled(store, chosen, reviewer=whose)
        pieces = exporter.write(Corpus(read_scheme_in_force(store), labelled))
        if output == STANDARD_OUTPUT:
            write(pieces)
        else:
            check_not_database(output, store.location)
            write_file(output, pieces)


@click.command("schema", short_help="Print the JSON Schema of the export.")
@unused_options
def schema_command() -> None:
    """Print the JSON Schema (2020-12) of the json export.

    \b
      annotator schema > annotator.schema.json
    """
    from annotator.exporters import read_schema

    write([read_schema()])


@click.command("formats", short_help="List what can be read and written.")
@json_option
@unused_options
def formats_command(*, as_json: bool) -> None:
    """List what can be read and written, a line each.

    \b
      annotator formats
    """
    found = list(_list_formats())
    if as_json:
        write_json_list(
            {"kind": kind, "name": name, "description": description}
            for kind, name, description in found
        )
    else:
        write_table(COLUMNS, found)


def _choose(store: Store, prefixes: tuple[str, ...]) -> list[Document]:
    """By id: those named, or all that are not deleted."""
    from annotator.session import find_document

    if prefixes:
        named = {found.id: found for found in (find_document(store, name) for name in prefixes)}
        return [named[id_] for id_ in sorted(named)]
    listed = [shelved.document for shelved in store.list_documents("")]
    return sorted(listed, key=lambda document: document.id)


def _list_formats() -> Iterator[tuple[str, str, str]]:
    from annotator.exporters import find_exporter, list_exporters
    from annotator.readers import find_reader, list_readers

    for name in list_readers():
        yield "reader", name, find_reader(name).description
    for name in list_exporters():
        yield "exporter", name, find_exporter(name).description
