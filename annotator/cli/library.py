"""The library: what is in it, out of it, and back."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from annotator.cli.options import document_argument, json_option, working_options
from annotator.cli.output import Column, say, write_json_list, write_table

if TYPE_CHECKING:
    from annotator.model.document import Shelved

COLUMNS = (
    Column("id"),
    Column("title", gives_way="cut"),
    Column("sentences", number=True),
    Column("by me", number=True),
    Column("by anyone", number=True),
)


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

    \b
      annotator documents
      annotator documents --deleted --json
    """
    from annotator.session import open_library

    with closing(open_library(db, reviewer=reviewer)) as library:
        listed = library.list_documents(deleted=deleted)
    if as_json:
        write_json_list([_describe(shelved) for shelved in listed])
        return
    if not listed:
        say(
            "No document is deleted."
            if deleted
            else "The library is empty: bring an article in with 'annotator import FILE'."
        )
    rows = [
        (
            shelved.document.id,
            shelved.document.title,
            shelved.document.sentence_count,
            shelved.labelled_by_me,
            shelved.labelled_by_anyone,
        )
        for shelved in listed
    ]
    write_table(COLUMNS, rows)


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
    }
