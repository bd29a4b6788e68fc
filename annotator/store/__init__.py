"""Where documents, events and labels are kept: one protocol, several databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.store.base import Store

__all__ = ["open_store"]


def open_store(location: str | Path | None = None, *, must_exist: bool = False) -> Store:
    """Open a database by the same rules as `--db`. Where there is none a new one is made, unless it
    was named and `must_exist`.

    Raises `StoreError` for a file that is not such a database, is newer than the program, or cannot
    be reached.
    """
    from annotator.config import choose_database

    choice = choose_database(None if location is None else str(location))
    chosen = choice.location
    if chosen.startswith(("postgresql://", "postgres://")):
        raise StoreError(
            f"{chosen.split('@')[-1]} is a PostgreSQL address, and this version keeps its labels"
            " in SQLite: give the path of a file with --db."
        )
    from pathlib import Path

    if must_exist and choice.named and not Path(chosen).exists():
        raise StoreError(
            f"There is no database {chosen}: give another with --db, or make this one with"
            " 'annotator import FILE'."
        )
    from annotator.store.sqlite import SqliteStore

    return SqliteStore.open(chosen)
