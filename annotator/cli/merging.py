"""Several machines: other databases brought in, and a whole database copied."""

from __future__ import annotations

from contextlib import closing, contextmanager, nullcontext
from typing import TYPE_CHECKING

import click

from annotator.cli.about import PROOF_COLUMNS, describe_proof, list_proof
from annotator.cli.options import database_only_options, json_option, unused_options
from annotator.cli.output import Column, say, write_json_list, write_table
from annotator.cli.progress import Gauge
from annotator.errors import AnnotatorError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.cli.output import Cell
    from annotator.session.conflicts import Conflict
    from annotator.session.merging import Gain, Merging
    from annotator.store.base import Store

COLUMNS = (
    Column("", width=8),
    Column("document", width=16),
    Column("sentence", number=True),
    Column("reviewer", gives_way="cut"),
    Column("here", gives_way="wrap"),
    Column("there", gives_way="wrap"),
    Column("now", gives_way="wrap"),
)


@click.command("merge", short_help="Bring other databases in.")
@click.argument("others", metavar="OTHER.db...", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Say what would come in; write nothing.")
@json_option
@database_only_options
@click.pass_context
def merge_command(
    ctx: click.Context, *, others: tuple[str, ...], dry_run: bool, as_json: bool, db: str | None
) -> None:
    """Bring other databases' documents and labels in: from other machines, of other reviewers or
    the same. In any order and any number of times, the result is the same.

    The other files are only read, and may be of an older version. What cannot be believed is
    refused as a whole. Where one reviewer said two things of a sentence on two machines, both stay
    in its history, the newer counts, and a line tells it; so with sentences cut otherwise, with
    what leads settled, schemes, guidelines and names. Before it, the database is copied beside
    itself.

    \b
      annotator merge laptop.db office.db
      annotator merge laptop.db --dry-run
    """
    from annotator.store import open_store
    from annotator.store.backing_up import keeping

    found = []
    with (
        closing(open_store(db)) as store,
        nullcontext() if dry_run else keeping(store.location, "merge") as kept,
    ):
        merging_all = _MergingAll(store, dry_run=dry_run)
        for merging in merging_all.run(others):
            found.append(merging)
            if not as_json:
                write_table(COLUMNS, _list_rows(merging))
            say(_sum_up(merging, dry_run=dry_run))
        if kept is not None and any(merging.events or merging.gains for merging in found):
            say(f"as it was before, the database is in {kept.confirm()}")
    if as_json:
        write_json_list(map(_describe, found))
    if merging_all.failed:
        ctx.exit(1)


@click.command("copy", short_help="Copy a whole database into a new one.")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@json_option
@unused_options
@click.pass_context
def copy_command(ctx: click.Context, *, source: str, target: str, as_json: bool) -> None:
    """Copy a whole database to another, on SQLite (a path) or PostgreSQL (postgresql://...), either
    way: documents, every event, and all that follows from them. TO is new or empty.

    Then the copy is proved, and a line printed for each proof; exit status 1 where one fails.

    \b
      annotator copy db/annotator.db postgresql://me@server/labels
      annotator copy postgresql://me@server/labels labels.db
    """
    from annotator.session.copying import copy
    from annotator.store import open_store
    from annotator.store.borrowing import is_same_file

    if source == target or is_same_file(source, target):
        raise _refuse_itself(target)
    proofs = []
    with (
        _open_other(source) as origin,
        closing(open_store(target)) as store,
        Gauge(1, "copying") as gauge,
    ):
        if origin.location == store.location:
            raise _refuse_itself(store.location)
        for proof in copy(origin, store, report=gauge.report):
            gauge.hide()
            proofs.append(proof)
            if not as_json:
                write_table(PROOF_COLUMNS, list_proof(proof), header=False)
    if as_json:
        write_json_list(map(describe_proof, proofs))
    if not all(proof.holds for proof in proofs):
        ctx.exit(1)


def _refuse_itself(name: str) -> StoreError:
    return StoreError(f"{name} cannot be copied to itself: name another database.")


@contextmanager
def _open_other(name: str) -> Iterator[Store]:
    """Another database, for reading; a file as a copy of it."""
    from annotator.store import open_store
    from annotator.store.borrowing import borrow

    if name.startswith(("postgresql://", "postgres://")):
        with closing(open_store(name, must_exist=True)) as store:
            yield store
    else:
        with borrow(name) as store:
            yield store


class _MergingAll:
    """One run of the command: each database by itself, and whether one of them failed."""

    def __init__(self, store: Store, *, dry_run: bool) -> None:
        self._store = store
        self._dry_run = dry_run
        self.failed = False

    def run(self, names: Sequence[str]) -> Iterator[Merging]:
        """What each came to; one that cannot be brought in is named, and the others are."""
        for name in names:
            try:
                merging = self._merge(name)
            except AnnotatorError as error:
                self.failed = True
                say(str(error))
                continue
            if merging is None:
                say(f"{name} is the database in use itself: nothing was changed.")
            else:
                yield merging

    def _merge(self, name: str) -> Merging | None:
        from annotator.session.merging import merge
        from annotator.store.borrowing import is_same_file

        if is_same_file(name, self._store.location):
            return None
        with _open_other(name) as other, Gauge(1, "merging") as gauge:
            if other.location == self._store.location:
                return None
            return merge(self._store, other, rehearse=self._dry_run, report=gauge.report)


def _list_rows(merging: Merging) -> Iterator[Sequence[Cell]]:
    for gain in merging.gains:
        kind = "new" if gain.is_new else "more"
        told = f"{gain.events:,} {'event' if gain.events == 1 else 'events'}"
        yield kind, gain.document.id, None, None, None, told, gain.document.title
    for conflict in merging.conflicts:
        number = None if conflict.index is None else conflict.index + 1
        where = (conflict.subject.value, conflict.document_id, number, conflict.reviewer)
        yield *where, conflict.here, conflict.there, conflict.now


def _describe(merging: Merging) -> dict[str, object]:
    return {
        "source": merging.source,
        "documents": merging.documents,
        "events": merging.events,
        "gains": [_describe_gain(gain) for gain in merging.gains],
        "conflicts": [_describe_conflict(conflict) for conflict in merging.conflicts],
    }


def _describe_gain(gain: Gain) -> dict[str, object]:
    return {
        "document": gain.document.id,
        "title": gain.document.title,
        "is_new": gain.is_new,
        "events": gain.events,
    }


def _describe_conflict(conflict: Conflict) -> dict[str, object]:
    return {
        "subject": conflict.subject.value,
        "document": conflict.document_id,
        "sentence_index": conflict.index,
        "reviewer": conflict.reviewer,
        "here": conflict.here,
        "there": conflict.there,
        "now": conflict.now,
    }


def _sum_up(merging: Merging, *, dry_run: bool) -> str:
    if not merging.events and not merging.gains:
        return f"{merging.source} holds nothing that is not here: nothing was changed."
    counts = [
        _count(merging.documents, "new document"),
        _count(merging.events, "new event"),
        _count(len(merging.conflicts), "conflict"),
    ]
    done = "would bring" if dry_run else "brought"
    return f"{merging.source} {done} {', '.join(counts)}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what if number == 1 else what + 's'}"
