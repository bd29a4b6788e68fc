"""The store on SQLite: one file, several writers, every commit on the disk before it counts."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final, TypeVar

from annotator.errors import NotSavedError, StoreError
from annotator.store import queries, rows
from annotator.store.asking import has_no_spaces, write_search
from annotator.store.opening import (
    FAILURES,
    check_owner,
    connect,
    explain,
    is_busy,
    prepare,
)
from annotator.store.sql_refolding import SqlRefolding
from annotator.store.version import SCHEMA_VERSION
from annotator.store.whereabouts import Whereabouts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Self

    from annotator.model.document import Found
    from annotator.model.span import Span
    from annotator.store.rows import Cell

Result = TypeVar("Result")

_PAUSE_S: Final = 0.002
"""Between two looks at whether another program's transaction is over, which takes about so long."""


_AT_ONCE: Final = 100
"""Rows that are fetched together: one by one takes a tenth longer to read a whole database."""


class SqliteStore(SqlRefolding):
    """A `Store` in one SQLite file."""

    def __init__(self, connection: sqlite3.Connection, location: str) -> None:
        self._connection = connection
        self._location = location
        self._whereabouts = Whereabouts(location)
        self._only_reads = False
        self._generation = 0
        self._patience_ms = self._number("PRAGMA busy_timeout") or 0

    @classmethod
    def open(cls, location: str, *, patience_ms: int = 5000) -> Self:
        """Open or make the database at this path.

        `patience_ms` is how long a write waits for another program's before it gives up.
        """
        connection = connect(Path(location), patience_ms=patience_ms)
        try:
            prepare(connection, location)
        except StoreError:
            connection.close()
            raise
        return cls(connection, location)

    @property
    def location(self) -> str:
        """The path as it was given."""
        return self._location

    @property
    def version(self) -> int:
        """The version of the schema: the number of migrations."""
        return SCHEMA_VERSION

    @property
    def engine(self) -> str:
        """SQLite's own version, not the schema's."""
        return f"SQLite {sqlite3.sqlite_version}"

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    # -- asking

    def _execute(self, sql: str, cells: Sequence[Cell] = ()) -> None:
        try:
            self._connection.execute(sql, cells)
        except FAILURES as error:
            raise explain(error, self._location) from error

    def _execute_each(self, sql: str, cells: Iterable[Sequence[Cell]]) -> None:
        try:
            self._connection.executemany(sql, cells)
        except FAILURES as error:
            raise explain(error, self._location) from error

    def _rows(self, sql: str, cells: Sequence[Cell] = ()) -> Iterator[Sequence[object]]:
        try:
            # Not `yield from` the cursor: a generator dropped half-way would close it when its
            # connection may be closed already, which is an error that nobody could catch.
            cursor = self._connection.execute(sql, cells)
            while rows := cursor.fetchmany(_AT_ONCE):
                yield from rows
        except FAILURES as error:
            raise explain(error, self._location) from error

    # -- transactions

    def transact(self, work: Callable[[], Result]) -> Result:
        """See `Store.transact`. `BEGIN IMMEDIATE`: a deferred transaction that reads and then
        writes fails at once beside a second writer, however long the busy timeout.

        Inside another `transact` it is a savepoint: what it did stays or goes with the whole.
        """
        if self._only_reads:
            raise NotSavedError("The last change was not saved: this is a snapshot, for reading.")
        try:
            is_nested = self._is_in_transaction()
        except StoreError as error:
            raise NotSavedError(f"The last change was not saved. {error}") from error
        if is_nested:
            return self._nest(work)
        try:
            self._whereabouts.check()
            self._begin()
            self._forget_names()
            self._check_ours()
            result = work()
            self._execute("COMMIT")
        except StoreError as error:
            raise NotSavedError(f"The last change was not saved. {error}") from error
        finally:
            self._roll_back()
        return result

    def _begin(self) -> None:
        """Get the right to write, as long as the patience lasts.

        SQLite itself looks but ten times a second once it has waited for a while: of twenty
        programs that write without a pause some would wait in vain for more than five seconds.
        """
        until = monotonic() + self._patience_ms / 1000
        self._execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    self._connection.execute("BEGIN IMMEDIATE")
                except sqlite3.OperationalError as error:
                    if not is_busy(error) or monotonic() >= until:
                        raise explain(error, self._location) from error
                else:
                    return
                sleep(_PAUSE_S)
        finally:
            self._execute(f"PRAGMA busy_timeout = {self._patience_ms}")

    def _check_ours(self) -> None:
        """`StoreError` where the file is not what it was when it was opened: a newer version of the
        program has changed its tables, or another file was copied over it.
        """
        if self._number("PRAGMA user_version") != SCHEMA_VERSION:
            check_owner(self._connection, self._location)
        self._whereabouts.check_content(measure=self._measure, is_known=self._has_event)

    def _measure(self) -> int:
        pages = self._number("PRAGMA page_count") or 0
        return pages * (self._number("PRAGMA page_size") or 0)

    def _has_event(self, id_: str) -> bool:
        return self._number("SELECT 1 FROM event WHERE id = ?", (id_,)) == 1

    def _is_in_transaction(self) -> bool:
        try:
            return self._connection.in_transaction
        except sqlite3.Error as error:
            raise explain(error, self._location) from error

    def _nest(self, work: Callable[[], Result]) -> Result:
        self._execute("SAVEPOINT nested")
        done = False
        try:
            result = work()
            done = True
        finally:
            # An error such as a full disk may have ended the whole transaction already.
            if self._connection.in_transaction:
                if not done:
                    self._execute("ROLLBACK TO nested")
                self._execute("RELEASE nested")
        return result

    def _roll_back(self) -> None:
        # Where even this fails, what went wrong before is what counts; SQLite rolls back by itself
        # when the connection goes.
        with suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._forget_names()
            self._connection.rollback()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See `Store.snapshot`: a deferred transaction that only reads."""
        if self._is_in_transaction():
            yield
            return
        self._execute("BEGIN")
        self._forget_names()
        self._only_reads = True
        try:
            yield
        finally:
            self._only_reads = False
            self._roll_back()

    # -- searching

    def _learn_region(self, document_id: str, region: Span) -> None:
        self._execute(queries.LEARN_REGION, (document_id, region.start, region.end))

    def _forget_region(self, document_id: str, region: Span) -> None:
        self._execute(queries.FORGET_REGION, (document_id, region.start, region.end))

    def search(self, words: str, *, limit: int) -> list[Found]:
        """See `Store.search`: by SQLite's FTS5; by looking at every sentence for what is written
        in a script without spaces, since FTS5 takes a whole run of it for one word.
        """
        if has_no_spaces(words):
            found = self._rows(queries.SEARCH_LITERALLY, (words.strip(), limit))
        elif query := write_search(words):
            found = self._rows(queries.SEARCH, (query, limit))
        else:
            return []
        return [rows.read_found(row) for row in found]

    def read_generation(self) -> int:
        """See `Store.read_generation`: SQLite counts other connections' commits."""
        generation = self._number("PRAGMA data_version") or 0
        if generation != self._generation:
            self._generation = generation
            self._forget_names()
        return generation

    def check_integrity(self) -> list[str]:
        """See `Store.check_integrity`, and `proving.find_faults`."""
        from annotator.store.proving import find_faults

        return find_faults(self._rows)
