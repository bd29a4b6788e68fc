"""The store on PostgreSQL: one database, reviewers on many machines, nothing lost with a server."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

from annotator.errors import NotSavedError, StoreError
from annotator.store import queries, rows
from annotator.store.asking import has_no_spaces
from annotator.store.postgres_address import Address
from annotator.store.postgres_connection import CHANNEL, PostgresConnection
from annotator.store.postgres_errors import CollisionError, LostConnectionError
from annotator.store.postgres_migrations import prepare
from annotator.store.postgres_queries import (
    BEGIN_READING,
    BEGIN_WRITING,
    LEARN,
    READ_COMMITS,
    UNLEARNED,
    split_insert,
    translate,
    write_query,
    write_words,
)
from annotator.store.sql_refolding import SqlRefolding
from annotator.store.version import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Self

    from annotator.model.document import Found
    from annotator.model.span import Span
    from annotator.store.rows import Cell

Result = TypeVar("Result")

_TOGETHER = 500
"""Rows in one insertion: each would take a journey to the server otherwise."""
_ATTEMPTS = 5
"""How often a transaction is run that others, or the server, undo."""


class PostgresStore(SqlRefolding):
    """A `Store` in one schema of a PostgreSQL database."""

    def __init__(self, link: PostgresConnection) -> None:
        self._link = link
        self._in_transaction = False
        self._only_reads = False
        self._own_commits = 0
        self._added: list[str] = []

    @classmethod
    def open(cls, url: str, *, must_exist: bool = False, patience_ms: int = 4000) -> Self:
        """Open the database at a `postgresql://` address, and make its tables unless `must_exist`.

        `patience_ms` is how long a lost server is waited for.
        """
        link = PostgresConnection(Address.parse(url), patience_ms=patience_ms)
        return cls.over(link, must_exist=must_exist)

    @classmethod
    def over(cls, link: PostgresConnection, *, must_exist: bool = False) -> Self:
        """Open the database at the other end of a connection."""
        try:
            link.connect()
            prepare(link, must_exist=must_exist)
        except StoreError:
            link.close()
            raise
        return cls(link)

    @property
    def location(self) -> str:
        """The address, without a password."""
        return self._link.address.shown

    @property
    def version(self) -> int:
        """The version of the schema, the same number as on SQLite."""
        return SCHEMA_VERSION

    @property
    def engine(self) -> str:
        """The server's version."""
        return f"PostgreSQL {self._link.engine}"

    def close(self) -> None:
        """Close the connection."""
        self._link.close()

    # -- asking

    def _execute(self, sql: str, cells: Sequence[Cell] = ()) -> None:
        if sql == queries.ADD_EVENT:
            self._added.append(str(cells[0]))
        self._ask(sql, cells)

    def _execute_each(self, sql: str, cells: Iterable[Sequence[Cell]]) -> None:
        each = list(cells)
        if sql == queries.ADD_EVENT:
            self._added += [str(row[0]) for row in each]
        if sql == queries.ADD_SENTENCE:
            each = [(*row, write_words(str(row[5]))) for row in each]
        statement = translate(sql)
        head, row_of_places, tail = split_insert(statement.sql)
        for at in range(0, len(each), _TOGETHER):
            values = ", ".join(
                self._link.write_out(row_of_places, row) for row in each[at : at + _TOGETHER]
            )
            self._link.ask(f"{head}{values}{self._link.write_out(tail, ())}")

    def _rows(self, sql: str, cells: Sequence[Cell] = ()) -> Iterator[Sequence[object]]:
        yield from self._ask(sql, cells)

    def _ask(self, sql: str, cells: Sequence[Cell]) -> list[tuple[object, ...]]:
        statement = translate(sql)
        arranged = statement.arrange(cells)
        if self._in_transaction:
            return self._link.ask(statement.sql, arranged)
        if self._link.is_connected():
            with suppress(LostConnectionError):
                return self._link.ask(statement.sql, arranged)
        self._link.reconnect()
        return self._link.ask(statement.sql, arranged)

    # -- transactions

    def transact(self, work: Callable[[], Result]) -> Result:
        """See `Store.transact`. A transaction begins by taking the one row of the table
        `annotator`; so there is one writer at a time, as on SQLite.

        Inside another `transact` it is a savepoint: what it did stays or goes with the whole.
        """
        if self._only_reads:
            raise NotSavedError("The last change was not saved: this is a snapshot, for reading.")
        if self._in_transaction:
            return self._nest(work)
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._attempt(work)
            except StoreError as error:
                is_passing = isinstance(error, CollisionError | LostConnectionError)
                may_help = is_passing or not self._link.is_connected()
                if attempt == _ATTEMPTS or not may_help:
                    raise NotSavedError(f"The last change was not saved. {error}") from error
                lost = error
            finally:
                self._roll_back()
            self._come_back(lost)
        raise NotSavedError("The last change was not saved: others were in its way; try again.")

    def _come_back(self, lost: StoreError) -> None:
        if not self._link.is_connected():
            try:
                self._link.reconnect()
            except StoreError as error:
                raise NotSavedError(f"The last change was not saved. {error}") from lost

    def _attempt(self, work: Callable[[], Result]) -> Result:
        if not self._link.is_connected():
            self._link.reconnect()
        self._begin()
        result = work()
        try:
            self._commit()
        except LostConnectionError as error:
            if not self._was_committed(error):
                raise
        self._own_commits += 1
        return result

    def _begin(self) -> None:
        self._added = []
        self._in_transaction = True
        self._link.ask(BEGIN_WRITING)

    def _commit(self) -> None:
        told = f"NOTIFY {CHANNEL}, '{self._link.identity}'; " if self._link.is_listening else ""
        self._link.commit(told)
        self._in_transaction = False

    def _was_committed(self, lost: StoreError) -> bool:
        """Whether a transaction happened whose end was not heard of: its events are there, or not.

        Whoever holds the right to write knows that no server is still busy with it.
        """
        added, self._in_transaction = self._added, False
        # Without an event the transaction only derived what stands in the log: it may be run again.
        if not added:
            return False
        try:
            self._link.reconnect()
            self._begin()
            known = self.list_known(added[:1])
        except StoreError as error:
            raise NotSavedError(
                "The connection was lost in the middle of saving, and the last change may be"
                f" not saved: look at it when the server is back. {error}"
            ) from lost
        finally:
            self._roll_back()
        return bool(known)

    def _nest(self, work: Callable[[], Result]) -> Result:
        self._link.ask("SAVEPOINT nested")
        done = False
        try:
            result = work()
            done = True
        finally:
            if self._link.is_connected():
                if not done:
                    self._link.ask("ROLLBACK TO SAVEPOINT nested")
                self._link.ask("RELEASE SAVEPOINT nested")
        return result

    def _roll_back(self) -> None:
        if not self._in_transaction:
            return
        self._in_transaction = False
        try:
            self._link.ask("ROLLBACK")
        except StoreError:
            # The server rolls back by itself when the connection goes.
            self._link.drop()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See `Store.snapshot`."""
        if self._in_transaction:
            yield
            return
        if not self._link.is_connected():
            self._link.reconnect()
        self._in_transaction = self._only_reads = True
        try:
            self._link.ask(BEGIN_READING)
            yield
        finally:
            self._only_reads = False
            self._roll_back()

    # -- searching

    def _learn_region(self, document_id: str, region: Span) -> None:
        cells = (document_id, region.start, region.end)
        for start, text in list(self._rows(UNLEARNED, cells)):
            if isinstance(start, int):
                self._execute(LEARN, (write_words(str(text)), document_id, start))

    def _forget_region(self, document_id: str, region: Span) -> None:
        """The words of a sentence go with its row."""

    def search(self, words: str, *, limit: int) -> list[Found]:
        """See `Store.search`: by PostgreSQL's full-text search; by looking at every sentence for
        what is written in a script without spaces.
        """
        if "\0" in words:
            # PostgreSQL cannot even be asked; and no text that was imported holds one.
            return []
        if has_no_spaces(words):
            found = self._rows(queries.SEARCH_LITERALLY, (words.strip(), limit))
        elif query := write_query(words):
            found = self._rows(queries.SEARCH, (query, limit))
        else:
            return []
        return [rows.read_found(row) for row in found]

    # -- others

    def read_generation(self) -> int:
        """See `Store.read_generation`: what the server has told, or, where it tells nothing, the
        number of commits that are not ours.
        """
        if self._link.is_listening:
            with suppress(LostConnectionError):
                self._link.listen()
                return self._link.heard
            self._link.reconnect()
            return self._link.heard
        commits = self._number(READ_COMMITS) or 0
        pending = self._in_transaction and not self._only_reads
        return self._link.heard + commits - self._own_commits - int(pending)

    def check_integrity(self) -> list[str]:
        """See `Store.check_integrity`, and `postgres_proving.find_faults`."""
        from annotator.store.postgres_proving import find_faults

        return find_faults(self._rows)
