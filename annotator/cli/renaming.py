"""One person under two names becomes one."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from annotator.cli.options import json_option, working_options
from annotator.cli.output import say, write_json

if TYPE_CHECKING:
    from annotator.session.renaming import Renaming


@click.command("rename-reviewer", short_help="Give a reviewer another name.")
@click.argument("old")
@click.argument("new")
@click.option("--dry-run", is_flag=True, help="Say what it would come to; write nothing.")
@json_option
@working_options
def rename_reviewer_command(
    old: str,
    new: str,
    *,
    dry_run: bool,
    as_json: bool,
    db: str | None,
    reviewer: str | None,
) -> None:
    """Make NEW the name of all that OLD has done and will do; one person under two becomes one.

    Where both have labelled a sentence, the newer label counts. From then on '--reviewer OLD' means
    NEW, in this database and in whatever it is merged with. Two that have become one cannot be
    parted again: look first with --dry-run. Before it, the database is copied beside itself.

    \b
      annotator rename-reviewer anna ana --dry-run
      annotator rename-reviewer anna ana
    """
    from annotator.session import open_library
    from annotator.session.renaming import foresee_renaming, rename_reviewer
    from annotator.store import open_store
    from annotator.store.backing_up import keeping

    before = None
    if dry_run:
        with closing(open_store(db, must_exist=True)) as store, store.snapshot():
            done = foresee_renaming(store, old, new)
    else:
        with (
            closing(open_library(db, reviewer=reviewer)) as library,
            keeping(library.location, "rename") as kept,
        ):
            done = rename_reviewer(library, old, new)
            before = None if kept is None else kept.confirm()
    if as_json:
        write_json(_describe(done, written=not dry_run))
    say(_tell(done, dry_run=dry_run))
    if before is not None:
        say(f"as it was before, the database is in {before}")


def _describe(done: Renaming, *, written: bool) -> dict[str, object]:
    return {
        "old": done.old,
        "new": done.new,
        "documents": done.documents,
        "sentences": done.sentences,
        "both": done.shared,
        "differing": done.differing,
        "renamed": written,
    }


def _tell(done: Renaming, *, dry_run: bool) -> str:
    documents = "document" if done.documents == 1 else "documents"
    sentences = "sentence" if done.sentences == 1 else "sentences"
    told = (
        f"{done.old} {'would be' if dry_run else 'is'} {done.new} now:"
        f" {done.sentences} {sentences} in {done.documents} {documents}"
    )
    if done.shared:
        told += (
            f"; of {done.shared} both have said something, {done.differing} with another label:"
            " the newer counts"
        )
    return told
