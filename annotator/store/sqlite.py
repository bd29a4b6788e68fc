"""The store on SQLite: one file, several writers, every commit on the disk before it counts."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from annotator.errors import NotSavedError, StoreError
from annotator.model.event import Draft, Event, commit
from annotator.store import queries, rows
from annotator.store.opening import (
    check_still_there,
    connect,
    explain,
    identify,
    prepare,
)
from annotator.store.sqlite_projecting import SqliteProjecting
from annotator.store.sqlite_reading import FAILURES
from annotator.store.version import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Self

    from annotator.model.document import Document, Sentence

Result = TypeVar("Result")


class SqliteStore(SqliteProjecting):
    """A `Store` in one SQLite file."""

    def __init__(self, connection: sqlite3.Connection, location: str) -> None:
        super().__init__(connection, location)
        self._identity = identify(location)
        self._only_reads = False

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
            check_still_there(self._identity, self._location)
            self._execute("BEGIN IMMEDIATE")
            result = work()
            self._execute("COMMIT")
        except StoreError as error:
            raise NotSavedError(f"The last change was not saved. {error}") from error
        finally:
            self._roll_back()
        return result

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
            self._connection.rollback()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See `Store.snapshot`: a deferred transaction that only reads."""
        if self._is_in_transaction():
            yield
            return
        self._execute("BEGIN")
        self._only_reads = True
        try:
            yield
        finally:
            self._only_reads = False
            self._roll_back()

    # -- the log

    def append(self, drafts: Sequence[Draft]) -> list[Event]:
        """See `Store.append`."""
        newest = self._number(queries.NEWEST_COUNTER) or 0
        events = [commit(draft, counter) for counter, draft in enumerate(drafts, newest + 1)]
        for event in events:
            self._execute(queries.ADD_EVENT, rows.write_event(event))
            self._project(event)
        return events

    # -- the library

    def add_document(self, document: Document, text: str, *, sentences: Iterable[Sentence]) -> None:
        """See `Store.add_document`."""
        self._execute(queries.ADD_DOCUMENT, rows.write_document(document, text))
        try:
            self._connection.executemany(
                queries.ADD_SENTENCE,
                (
                    (
                        document.id,
                        sentence.index,
                        sentence.paragraph,
                        sentence.span.start,
                        sentence.span.end,
                        sentence.text,
                    )
                    for sentence in sentences
                ),
            )
        except FAILURES as error:
            raise explain(error, self._location) from error
        self._execute(queries.LEARN_REGION, (document.id, 0, 2**62))
