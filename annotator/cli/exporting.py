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
from annotator.cli.output import Column, write, write_content, write_json_list, write_table
from annotator.errors import UsageError

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
    help="Write there instead of to standard output; a folder, where the format is one.",
)
@click.option("--label", "labels", metavar="NAME", multiple=True, help="Sentences with it only.")
@click.option("--settled", is_flag=True, help="Sentences with a settled label only.")
@click.option("--history", is_flag=True, help="With every event (json).")
@click.option("--pseudonyms", is_flag=True, help="Reviewers as reviewer-1, reviewer-2.")
@click.option("--all-versions", is_flag=True, help="Older texts of updated articles too.")
@click.option("--split", "shares", metavar="T,D,T", help="Train, dev and test, such as 80,10,10.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another split.")
@click.option("--config", "shows_config", is_flag=True, help="Label Studio's labelling config.")
@filter_options(EVERYONE)
def export_command(
    documents: tuple[str, ...],
    *,
    format_name: str,
    output: str,
    labels: tuple[str, ...],
    settled: bool,
    history: bool,
    pseudonyms: bool,
    all_versions: bool,
    shares: str | None,
    seed: int,
    shows_config: bool,
    db: str | None,
    reviewer: str | None,
) -> None:
    """Write the labels of all documents, or of those named.

    The same database gives the same bytes. A file is written whole or not at all. '--split' writes
    train, dev and test files into a folder, by document. '--pseudonyms' numbers the reviewers in
    the order in which they began, in every format and in the history; what notes and speakers say
    stays, as do programs' names.

    \b
      annotator export -o labels.json
      annotator export 3f9c --reviewer ana | jq .documents[0].sentences
      annotator export --format jsonl --split 80,10,10 --seed 1 -o data/
    """
    from annotator.exporters import find_exporter
    from annotator.session.delivery import (
        Choice,
        deliver_corpus,
        deliver_split,
        write_config,
        write_corpus,
    )
    from annotator.session.exporting import check_reviewer
    from annotator.store import open_store

    exporter = find_exporter(format_name)
    if history and format_name != "json":
        raise UsageError(f"The history is a part of the format json, not of {format_name}.")
    whose = None if reviewer == EVERYONE else reviewer
    with closing(open_store(db, must_exist=True)) as store, store.snapshot():
        if shows_config:
            write_content([write_config(store, exporter)])
            return
        if whose is not None:
            whose = check_reviewer(store, whose)
        chosen = _choose(store, documents, all_versions=all_versions)
        choice = Choice(
            tuple(chosen),
            whose,
            labels,
            history=history,
            pseudonyms=pseudonyms,
            settled=settled,
        )
        if shares is not None:
            deliver_split(store, exporter, choice, name=output, shares=shares, seed=seed)
        elif output == STANDARD_OUTPUT and exporter.write is not None:
            write_content(write_corpus(store, exporter, choice))
        else:
            deliver_corpus(store, exporter, choice, name=output)


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


def _choose(store: Store, prefixes: tuple[str, ...], *, all_versions: bool) -> list[Document]:
    """By id: those named, or all that are not deleted; of an updated article the newest."""
    from annotator.session import find_document
    from annotator.session.updating import list_newest

    if prefixes:
        named = {found.id: found for found in (find_document(store, name) for name in prefixes)}
        return [named[id_] for id_ in sorted(named)]
    if not all_versions:
        return list_newest(store)
    listed = [shelved.document for shelved in store.list_documents("")]
    return sorted(listed, key=lambda document: document.id)


def _list_formats() -> Iterator[tuple[str, str, str]]:
    from annotator.exporters import find_exporter, list_exporters
    from annotator.readers import find_reader, list_readers

    for name in list_readers():
        yield "reader", name, find_reader(name).description
    for name in list_exporters():
        yield "exporter", name, find_exporter(name).description
