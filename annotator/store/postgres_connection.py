"""One connection to PostgreSQL that comes back when the server does."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import psycopg

from annotator.errors import StoreError
from annotator.store.postgres_errors import (
    FAILURES,
    LackingError,
    LostConnectionError,
    explain,
    explain_lost,
    explain_refusal,
    is_lost,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg.pq.abc import PGconn

    from annotator.store.postgres_address import Address
    from annotator.store.rows import Cell

CHANNEL: Final = "annotator"
"""Where commits are told of, with the id of the database that was written to."""

_PAUSE_S: Final = 0.1

# What holds unless the address, the role or the server sets it. A statement that waits for another
# program's transaction gives up before one that takes too long, so that the message is the right
# one; and a program that was stopped in a transaction does not keep the others out for ever.
_SETTINGS: Final = (
    ("statement_timeout", "30s", "= '0'"),
    ("lock_timeout", "10s", "= '0'"),
    ("idle_in_transaction_session_timeout", "10min", "= '0'"),
    # On the disk before it counts; a server that waits for its copies too may go on doing so.
    ("synchronous_commit", "on", "NOT IN ('on', 'remote_apply')"),
    ("standard_conforming_strings", "on", "<> 'on'"),
)


class PostgresConnection:
    """Asks the server, one statement after another, and knows whether it is still there.

    Each statement is a transaction of its own unless one was begun. Values are written into the
    statement here rather than sent beside it: so each has the type of its place, as on SQLite, and
    a pooler between the two has nothing to remember.
    """

    def __init__(self, address: Address, *, patience_ms: int) -> None:
        self.address = address
        self.is_listening = False
        self.engine = ""
        self.heard = 0
        self.identity = ""
        self._patience_s = patience_ms / 1000
        self._connection: psycopg.Connection | None = None
        self._is_away = False
        self._is_closed = False

    # -- coming and going

    def connect(self) -> None:
        """Connect once. `StoreError` where there is no server, or none that lets us in."""
        if self._is_closed:
            raise StoreError(f"The database {self.address.shown} was closed.")
        try:
            self._connection = psycopg.connect(
                self.address.conninfo, autocommit=True, cursor_factory=psycopg.ClientCursor
            )
        except psycopg.Error as error:
            self._is_away = True
            # libpq's error is quoted where it is explained; its own text may repeat the address.
            raise explain_refusal(error, self.address) from None
        self._is_away = False
        self.engine = self._connection.info.parameter_status("server_version") or ""
        self._connection.add_notify_handler(self._hear)
        self._set_up()

    def _set_up(self) -> None:
        encoding = self.ask("SHOW server_encoding")[0][0]
        if encoding not in ("UTF8", "UNICODE"):
            raise StoreError(
                f"The database {self.address.shown} keeps its text as {encoding}: make one with"
                " 'createdb --encoding=UTF8 --template=template0'."
            )
        for name, value, unless in _SETTINGS:
            with suppress(LackingError):
                self.ask(
                    f"SELECT set_config(%s, %s, false) WHERE current_setting(%s) {unless}",
                    (name, value, name),
                )
        try:
            self.ask(f"LISTEN {CHANNEL}")
            self.is_listening = True
        except LackingError:
            self.is_listening = False

    def reconnect(self) -> None:
        """Connect again, while the server restarts, for as long as patience lasts.

        Only once so long: who has been told that the server is away need not wait with each key.
        """
        deadline = time.monotonic() + (0 if self._is_away else self._patience_s)
        while True:
            try:
                self.connect()
            except LostConnectionError:
                if time.monotonic() >= deadline:
                    raise
                time.sleep(_PAUSE_S)
            else:
                # Others may have committed in the meantime.
                self.heard += 1
                return

    def is_connected(self) -> bool:
        """Whether there is a connection, as far as is known without asking."""
        return self._connection is not None and not self._connection.closed

    def drop(self) -> None:
        """Let go of the connection; what was not committed has not happened."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def close(self) -> None:
        """Let go of it for good."""
        self.drop()
        self._is_closed = True

    # -- asking

    def ask(self, sql: str, cells: Sequence[Cell] | None = None) -> list[tuple[object, ...]]:
        """What the server answers. Without `cells` a percent sign is one.

        `LostConnectionError` where the connection is gone: nothing is tried again here.
        """
        connection = self._connection
        try:
            if connection is None:
                raise psycopg.OperationalError("there is no connection")
            cursor = connection.execute(sql, cells)
            return cursor.fetchall() if cursor.description else []
        except FAILURES as error:
            if isinstance(error, psycopg.Error) and is_lost(error, connection):
                self.drop()
                raise explain_lost(error, self.address) from error
            raise explain(error, self.address) from error

    def commit(self, first: str) -> None:
        """End the transaction, after this statement. `StoreError` where it had failed already:
        PostgreSQL rolls such a one back, and calls that no error.
        """
        if self._connection is not None:
            state = self._connection.info.transaction_status
            if state is psycopg.pq.TransactionStatus.INERROR:
                raise StoreError(f"The database {self.address.shown} had refused a part of it.")
        self.ask(f"{first}COMMIT")

    def write_out(self, sql: str, cells: Sequence[Cell]) -> str:
        """A piece of a statement with its values in it."""
        if self._connection is None:
            raise LostConnectionError(f"There is no connection to {self.address.shown}.")
        try:
            return psycopg.ClientCursor(self._connection).mogrify(sql, cells)
        except FAILURES as error:
            raise explain(error, self.address) from error

    # -- hearing

    def listen(self) -> None:
        """Take note of what others have committed, without asking the server anything."""
        connection = self._connection
        if connection is None:
            raise LostConnectionError(f"There is no connection to {self.address.shown}.")
        try:
            connection.pgconn.consume_input()
            self._take_notes(connection.pgconn)
        except psycopg.Error as error:
            self.drop()
            raise explain_lost(error, self.address) from error

    def _take_notes(self, wire: PGconn) -> None:
        while (note := wire.notifies()) is not None:
            self._count(note.be_pid, note.extra.decode())

    def _hear(self, note: psycopg.Notify) -> None:
        self._count(note.pid, note.payload)

    def _count(self, writer: int, identity: str) -> None:
        connection = self._connection
        own = connection is not None and writer == connection.info.backend_pid
        if identity == self.identity and not own:
            self.heard += 1
