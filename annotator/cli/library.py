"""The library: what is in it, out of it, and back."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from annotator.cli.options import document_argument, json_option, working_options
from annotator.cli.output import Column, say, write_json_list, write_table

if TYPE_CHECKING:
    from annotator.cli.output import Cell
    from annotator.model.document import Colleague, Shelved

COLUMNS = (
    Column("id"),
    Column("title", gives_way="cut"),
    Column("sentences", number=True),
    Column("by me", number=True),
    Column("by anyone", number=True),
)
ASSIGNED_COLUMNS = (*COLUMNS, Column("to me"), Column("others", gives_way="cut"))
"""Where anything is assigned to anybody."""


@click.command("documents", short_help="List the library.")
@click.option("--deleted", is_flag=True, help="List those that were deleted instead.")
@json_option
@working_options
def documents_command(
    *,
    deleted: bool,
    as_json: bool,
    db: str | None,
    reviewer: str | None,
) -> None:
    """List the library: id, title, sentences, and how many you and anyone have labelled.

    Once documents are assigned, yours come first, and two columns more say what is yours (assigned,
    again, finished) and how far the others are.

    \b
      annotator documents
      annotator documents --deleted --json
    """
    from annotator.session import open_library
    from annotator.session.shelving import Sort, list_shelf, sort_documents

    with closing(open_library(db, reviewer=reviewer)) as library, library.store.snapshot():
        listed = list_shelf(library, deleted=deleted)
        is_assigned = bool(library.store.list_assignments())
    if is_assigned:
        listed = sort_documents(listed, Sort.TITLE)
    if as_json:
        write_json_list([_describe(shelved) for shelved in listed])
        return
    if not listed:
        say(
            "No document is deleted."
            if deleted
            else "The library is empty: bring an article in with 'annotator import FILE'."
        )
    if is_assigned:
        write_table(ASSIGNED_COLUMNS, ((*_list_cells(row), *_list_who(row)) for row in listed))
    else:
        write_table(COLUMNS, map(_list_cells, listed))


@click.command("delete", short_help="Take documents out of the library.")
@document_argument(many=True)
@working_options
def delete_command(documents: tuple[str, ...], *, db: str | None, reviewer: str | None) -> None:
    """Take documents out of the library; nothing is erased, and 'restore' brings them back.

    \b
      annotator delete 3f9c
    """
    _move(documents, db=db, reviewer=reviewer, back=False)


@click.command("restore", short_help="Bring deleted documents back.")
@document_argument(many=True, deleted=True)
@working_options
def restore_command(documents: tuple[str, ...], *, db: str | None, reviewer: str | None) -> None:
    """Bring deleted documents back, with every label; 'documents --deleted' lists them.

    \b
      annotator restore 3f9c
    """
    _move(documents, db=db, reviewer=reviewer, back=True)


def _move(prefixes: tuple[str, ...], *, db: str | None, reviewer: str | None, back: bool) -> None:
    from annotator.session import open_library

    with closing(open_library(db, reviewer=reviewer)) as library:
        # All are looked up before one is moved: a name that is wrong changes nothing.
        found = {
            document.id: document
            for document in (library.resolve(prefix, deleted=back) for prefix in prefixes)
        }
        for document in found.values():
            if back:
                library.restore(document)
            else:
                library.delete(document)
            say(f"{'restored' if back else 'deleted'} {document.id} ({document.title})")


def _list_cells(shelved: Shelved) -> tuple[Cell, ...]:
    return (
        shelved.document.id,
        shelved.document.title,
        shelved.document.sentence_count,
        shelved.labelled_by_me,
        shelved.labelled_by_anyone,
    )


def _list_who(shelved: Shelved) -> tuple[Cell, ...]:
    from annotator.session.shelving import describe_colleagues

    state = "finished" if shelved.is_finished else "again" if shelved.again else "assigned"
    return state if shelved.is_mine else "", describe_colleagues(shelved)


def _describe(shelved: Shelved) -> dict[str, object]:
    document = shelved.document
    return {
        "id": document.id,
        "title": document.title,
        "source": document.source,
        "language": document.language,
        "imported_at": document.imported_at,
        "sentences": document.sentence_count,
        "labelled_by_me": shelved.labelled_by_me,
        "labelled_by_anyone": shelved.labelled_by_anyone,
        "deleted": document.deleted,
        "assigned_to_me": shelved.is_mine,
        "again": shelved.again,
        "others": [_describe_colleague(one, shelved) for one in shelved.colleagues],
    }


def _describe_colleague(one: Colleague, shelved: Shelved) -> dict[str, object]:
    return {
        "reviewer": one.reviewer,
        "labelled": one.labelled,
        "finished": one.labelled >= shelved.document.sentence_count,
        "assigned": one.is_assigned,
    }
