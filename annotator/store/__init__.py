"""Where documents, events and labels are kept: one protocol, several databases."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from annotator.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from annotator.store.base import Store

__all__ = ["open_store", "show_location"]

_SERVER: Final = ("postgresql://", "postgres://")


def open_store(location: str | Path | None = None, *, must_exist: bool = False) -> Store:
    """Open a database by the same rules as `--db`. Where there is none a new one is made, unless it
    was named and `must_exist`.

    Raises `StoreError` for a file that is not such a database, is newer than the program, or cannot
    be reached.
    """
    from annotator.config import choose_database

    choice = choose_database(None if location is None else str(location))
    chosen = choice.location
    if chosen.startswith(_SERVER):
        return _open_postgres(chosen, must_exist=must_exist and choice.named)
    from pathlib import Path

    if must_exist and choice.named and not Path(chosen).exists():
        raise StoreError(
            f"There is no database {chosen}: give another with --db, or make this one with"
            " 'annotator import FILE'."
        )
    from annotator.store.sqlite import SqliteStore

    return SqliteStore.open(chosen)


def show_location(location: str) -> str:
    """Where a database is, as it may be shown: without a password. Nothing is opened."""
    if not location.startswith(_SERVER):
        return location
    with _naming_the_extra():
        from annotator.store.postgres_address import Address
    return Address.parse(location).shown


def _open_postgres(url: str, *, must_exist: bool) -> Store:
    with _naming_the_extra():
        from annotator.store.postgres import PostgresStore
    return PostgresStore.open(url, must_exist=must_exist)


@contextmanager
def _naming_the_extra() -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise StoreError(
            "A database on PostgreSQL needs psycopg, which cannot be loaded here"
            f" ({' '.join(str(error).split())}): run pip install 'annotator[postgres]'."
        ) from error
