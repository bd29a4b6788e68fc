"""Options and arguments that commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import click

from annotator.errors import AnnotatorError

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

Command = TypeVar("Command", bound="Callable[..., object]")

EVERYONE = "all"
"""What `--reviewer` takes where it is a filter, beside a name."""


def _inherit(ctx: click.Context, parameter: click.Parameter, given: str | None) -> str | None:
    """An option given before the command's name counts as given after it."""
    if given is None and ctx.parent is not None and parameter.name is not None:
        inherited: str | None = ctx.parent.params.get(parameter.name)
        return inherited
    return given


def _database_option(*, used: bool = True) -> Callable[[Command], Command]:
    return click.option(
        "--db",
        metavar="PATH",
        callback=_inherit,
        expose_value=used,
        help="The database; else $ANNOTATOR_DB, a db/ here, your settings, or your data folder.",
    )


def _reviewer_option(explanation: str, *, used: bool = True) -> Callable[[Command], Command]:
    return click.option(
        "--reviewer", metavar="NAME", callback=_inherit, expose_value=used, help=explanation
    )


_WHO_WORKS = "Who is working; else $ANNOTATOR_REVIEWER, your settings, or your login name."


def working_options(command: Command) -> Command:
    """`--db`, and `--reviewer` for who is working."""
    return _database_option()(_reviewer_option(_WHO_WORKS)(command))


def database_only_options(command: Command) -> Command:
    """`--db`; `--reviewer` is taken, as everywhere, and changes nothing."""
    return _database_option()(_reviewer_option("Changes nothing here.", used=False)(command))


def unused_options(command: Command) -> Command:
    """Both are taken, as everywhere, and change nothing."""
    explanation = "Changes nothing here."
    return _database_option(used=False)(_reviewer_option(explanation, used=False)(command))


def filter_options(default: str) -> Callable[[Command], Command]:
    """`--db`, and `--reviewer` for whose labels are shown."""
    explanation = f"Whose: a name, or 'all'. [default: {default}]"

    def add(command: Command) -> Command:
        return _database_option()(_reviewer_option(explanation)(command))

    return add


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def document_argument(
    *, many: bool = False, required: bool = True, deleted: bool = False
) -> Callable[[Command], Command]:
    """A document's id or its beginning, which the shell completes."""

    def complete(
        ctx: click.Context, _parameter: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        return complete_documents(ctx, incomplete, deleted=deleted)

    return click.argument(
        "documents" if many else "document",
        metavar=_describe_argument("DOCUMENT", many=many, required=required),
        nargs=-1 if many else 1,
        required=required,
        shell_complete=complete,
    )


def complete_documents(
    ctx: click.Context, incomplete: str, *, deleted: bool = False
) -> list[CompletionItem]:
    """The ids that begin so, with the titles; none where there is no database yet.

    The shell has no place for an error: where the database cannot be read, nothing is offered.
    """
    from pathlib import Path

    from click.shell_completion import CompletionItem

    from annotator.config import choose_database
    from annotator.store import open_store
    from annotator.text.display import show_line

    option: str | None = ctx.params.get("db")
    try:
        location = choose_database(option).location
        if not Path(location).is_file():
            return []
        store = open_store(location)
        try:
            found = store.find_documents(incomplete, limit=1000)
        finally:
            store.close()
    except AnnotatorError:
        return []
    return [
        CompletionItem(document.id, help=show_line(document.title))
        for document in found
        if document.deleted is deleted
    ]


def _describe_argument(name: str, *, many: bool, required: bool) -> str:
    repeated = f"{name}..." if many else name
    return repeated if required else f"[{repeated}]"
