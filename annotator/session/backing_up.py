"""A whole database into one file, while reviewers work: of a file or of a server."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import StoreError
from annotator.session.copying import copy
from annotator.session.files import is_taken
from annotator.store import open_store, show_location
from annotator.store.backing_up import back_up, draft_beside, put_log_away
from annotator.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was made: of which database, where it is, and how many bytes it has."""

    source: str
    path: Path
    size: int


def back_up_database(
    location: str,
    name: str,
    *,
    replace: bool = False,
    report: Callable[[int, int], None] | None = None,
) -> Backup:
    """Copy the database at a location into a new file, proved before the file is there.

    `report` is called with how many of all steps are done, where it takes some. `OutputError` where
    the file cannot be written, or is there already and not to be replaced; `StoreError` where the
    database cannot be read, or is damaged.
    """
    is_taken(name, location)  # what it raises: a folder, a stream, the database itself
    path = Path(name)
    if location.startswith(("postgresql://", "postgres://")):
        _fetch(location, path, replace=replace, report=report)
    else:
        back_up(location, path, replace=replace)
    return Backup(show_location(location), path, path.stat().st_size)


def _fetch(
    location: str, path: Path, *, replace: bool, report: Callable[[int, int], None] | None
) -> None:
    """From a server: its events, and what follows from them folded anew."""
    with draft_beside(path, replace=replace) as draft:
        with (
            closing(open_store(location, must_exist=True)) as source,
            closing(SqliteStore.open(str(draft))) as target,
        ):
            failed = [proof for proof in copy(source, target, report=report) if not proof.holds]
        if failed:
            raise StoreError(
                f"The copy of {show_location(location)} is not the same ({failed[0].failures[0]}):"
                " run 'annotator verify' on the database."
            )
        put_log_away(draft)
