"""A connection that tells of every statement before it runs."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.store.opening import prepare
from annotator.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Self

    from annotator.store.rows import Cell


class WatchedConnection(sqlite3.Connection):
    """A connection of its own to the same file; `tell` gets each statement and its cells."""

    tell: Callable[[str, object], object] | None = None

    def execute(self, sql: str, cells: Sequence[Cell] = (), /) -> sqlite3.Cursor:  # type: ignore[override]
        if self.tell is not None:
            self.tell(sql, cells)
        return super().execute(sql, cells)


def connect_watched(path: Path) -> WatchedConnection:
    """As `annotator.store.opening.connect` does it, with little patience."""
    return sqlite3.connect(path, timeout=0.05, isolation_level=None, factory=WatchedConnection)


class WatchedStore(SqliteStore):
    """A store whose statements can be listened to."""

    def __init__(self, connection: sqlite3.Connection, location: str) -> None:
        super().__init__(connection, location)
        assert isinstance(connection, WatchedConnection)
        self.connection = connection

    @classmethod
    def open(cls, location: str, *, patience_ms: int = 50) -> Self:
        del patience_ms
        connection = connect_watched(Path(location))
        prepare(connection, location)
        return cls(connection, location)
