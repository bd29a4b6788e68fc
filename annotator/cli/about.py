"""The program and its database: the guideline, the proof, where things are."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from annotator.cli.options import (
    database_only_options,
    json_option,
    working_options,
)
from annotator.cli.output import Column, write, write_json, write_json_list, write_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.cli.output import Cell
    from annotator.session.verification import Proof

PROOF_COLUMNS = (
    Column("", width=6),
    Column("", width=9),
    Column("", gives_way="wrap"),
)
INFO_COLUMNS = (Column("", width=14), Column("", gives_way="wrap"))


@click.command("guideline", short_help="Print the labelling guideline.")
@database_only_options
def guideline_command(*, db: str | None) -> None:
    """Print the labelling guideline: what is a claim, a denial, background; for a database with a
    label scheme of its own, what its labels are.

    \b
      annotator guideline | less
    """
    from annotator.cli.scheme import read_scheme_without_making
    from annotator.session.schemes import read_guideline_in_force
    from annotator.text.display import show_literal

    write([show_literal(read_guideline_in_force(read_scheme_without_making(db)))])


@click.command("verify", short_help="Prove the database.")
@json_option
@database_only_options
@click.pass_context
def verify_command(ctx: click.Context, *, as_json: bool, db: str | None) -> None:
    """Prove the database: its file, its texts and offsets, and that what it says of each sentence
    follows from the history. Prints a line for each; exit status 1 where one fails.

    \b
      annotator verify --db labels.db
    """
    from annotator.session.verification import verify
    from annotator.store import open_store

    failed = False

    def watch(proofs: Iterator[Proof]) -> Iterator[Proof]:
        nonlocal failed
        for proof in proofs:
            failed = failed or not proof.holds
            yield proof

    with closing(open_store(db, must_exist=True)) as store:
        proofs = watch(verify(store))
        if as_json:
            write_json_list(map(describe_proof, proofs))
        else:
            for proof in proofs:
                write_table(PROOF_COLUMNS, list_proof(proof), header=False)
    if failed:
        ctx.exit(1)


@click.command("info", short_help="Print version, database and counts.")
@json_option
@working_options
def info_command(*, as_json: bool, db: str | None, reviewer: str | None) -> None:
    """Print the version, which database is in use and why, and what it holds.

    \b
      annotator info
      annotator info --json
    """
    if as_json:
        write_json(dict(_tell(db, reviewer)))
        return
    for name, value in _tell(db, reviewer):
        # A line at a time: where the database cannot be opened, it has been named by then.
        write_table(INFO_COLUMNS, [(name.replace("_", " "), value)], header=False)


def list_proof(proof: Proof) -> Iterator[tuple[Cell, ...]]:
    """The rows of `PROOF_COLUMNS` for a proof: itself, and each failure."""
    yield "ok" if proof.holds else "FAILED", proof.name, proof.looked_at
    for failure in proof.failures:
        yield "", "", failure


def describe_proof(proof: Proof) -> dict[str, object]:
    """A proof's fields in JSON."""
    return {
        "name": proof.name,
        "holds": proof.holds,
        "looked_at": proof.looked_at,
        "failures": list(proof.failures),
    }


def _tell(db: str | None, reviewer: str | None) -> Iterator[tuple[str, Cell]]:
    from annotator import __version__
    from annotator.config import choose_database, choose_reviewer
    from annotator.store import open_store, show_location
    from annotator.store.backing_up import list_kept

    chosen = choose_database(db)
    yield "version", __version__
    yield "database", show_location(chosen.location)
    yield "reason", chosen.reason
    yield "reviewer", choose_reviewer(reviewer)
    with closing(open_store(chosen.location)) as store:
        yield "engine", store.engine
        yield "schema_version", store.version
        yield from store.count_rows().items()
    if kept := list_kept(chosen.location):
        yield "copies", ", ".join(str(path) for path in kept)
