"""Safety nets: a copy of the database, and what can be read of a damaged one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from annotator.cli.options import database_only_options, json_option, unused_options
from annotator.cli.output import Column, say, write_json, write_table
from annotator.cli.progress import Gauge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.cli.output import Cell
    from annotator.session.recovering import Recovery

COLUMNS = (
    Column("", width=4),
    Column("document", width=16),
    Column("events", number=True),
    Column("lost", number=True),
    Column("title", gives_way="wrap"),
)


@click.command("backup", short_help="Copy the database into a file, while others work.")
@click.argument("file", metavar="FILE")
@click.option("--force", is_flag=True, help="Replace FILE if it is there already.")
@database_only_options
def backup_command(file: str, *, force: bool, db: str | None) -> None:
    """Copy the whole database into FILE, as it is at one moment, while reviewers go on working.

    FILE is a database like any other: '--db FILE' opens it. It is there when it is complete, on the
    disk, and proved sound; a file of that name is not replaced without --force.

    \b
      annotator backup monday.db
      annotator backup monday.db --db postgresql://me@server/labels
    """
    from annotator.config import choose_database
    from annotator.session.backing_up import back_up_database

    location = choose_database(db).location
    with Gauge(1, "copying") as gauge:
        done = back_up_database(location, file, replace=force, report=gauge.report)
    say(f"{file} is a copy of {done.source} ({done.size:,} bytes), and its pages are sound")


@click.command("recover", short_help="Bring what a damaged database holds into a new one.")
@click.argument("damaged", metavar="DAMAGED")
@click.option("-o", "--output", metavar="NEW", required=True, help="The new database.")
@click.option("--force", is_flag=True, help="Replace NEW if it is there already.")
@json_option
@unused_options
def recover_command(damaged: str, *, output: str, force: bool, as_json: bool) -> None:
    """Read what can be read of DAMAGED, a database file whose pages or log are broken, and make a
    NEW one of it: each document whose text is still the one of its hash, and each event that can be
    believed. DAMAGED is only read.

    Prints what was kept and what was lost; exit status 1, and no NEW, where nothing was left.

    \b
      annotator recover db/annotator.db -o rescued.db
      annotator verify --db rescued.db
    """
    from annotator.session.recovering import recover

    with Gauge(1, "recovering") as gauge:
        recovery = recover(damaged, output, replace=force, report=gauge.report)
    if as_json:
        write_json(_describe(recovery))
    else:
        write_table(COLUMNS, _list_rows(recovery))
    say(
        f"{output} holds {_count(len(recovery.kept), 'document')} and"
        f" {_count(recovery.events, 'event')} of {damaged}"
    )
    for line in recovery.tell_losses():
        say(line)


def _list_rows(recovery: Recovery) -> Iterator[Sequence[Cell]]:
    for one in recovery.kept:
        yield "kept", one.id, one.events, one.lost, one.title
    for one in recovery.lost:
        yield "lost", one.id, 0, one.lost, one.title


def _describe(recovery: Recovery) -> dict[str, object]:
    return {
        "kept": [
            {"document": one.id, "title": one.title, "events": one.events, "lost": one.lost}
            for one in recovery.kept
        ],
        "lost": [
            {"document": one.id, "title": one.title, "lost": one.lost} for one in recovery.lost
        ],
        "events": recovery.events,
        "events_lost": recovery.events_lost,
        "gaps": [list(gap) for gap in recovery.gaps],
        "remarks": list(recovery.remarks),
    }


def _count(number: int, what: str) -> str:
    return f"{number:,} {what if number == 1 else what + 's'}"
