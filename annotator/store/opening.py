"""Opening a SQLite file: whose it is, how old it is, and what SQLite's errors mean to a person."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path
from typing import Final

from annotator.errors import NewerDatabaseError, StoreError
from annotator.store.version import APPLICATION_ID, SCHEMA_VERSION

FAILURES: Final = (sqlite3.Error, UnicodeError)
"""What asking SQLite may end in: its own errors, half of a character in what was asked, and bytes
in a damaged file (or in what SQLite says of one) that are no text.
"""

LOGS: Final = ("-wal", "-journal")
"""What lies beside a database that somebody has open, or whose program was ended."""

OLDEST_SQLITE: Final = (3, 37, 0)
"""The first with STRICT tables."""

_ATTEMPTS: Final = 20
"""How often another program may be in the way of the log, each time waited for."""


def connect(path: Path, *, patience_ms: int) -> sqlite3.Connection:
    """Open the file. `StoreError` where there can be none; nothing is written yet."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StoreError(
            f"This Python has SQLite {sqlite3.sqlite_version}, and 3.37 or newer is needed:"
            " use a newer Python."
        )
    try:
        _check_place(path)
        # Absolute, so that no name means anything else to SQLite: ":memory:", say, or "file:x".
        whole = path.absolute()
        archived = is_archived(path)
        return sqlite3.connect(
            f"{whole.as_uri()}?immutable=1" if archived else whole,
            uri=archived,
            timeout=patience_ms / 1000,
            isolation_level=None,
        )
    except sqlite3.Error as error:
        raise explain(error, str(path)) from error
    except OSError as error:
        raise StoreError(
            f"The database {path} cannot be opened ({error.strerror}): see whether you may enter"
            " its folder, or name another with --db."
        ) from error


def _check_place(path: Path) -> None:
    if path.is_dir():
        raise StoreError(f"{path} is a folder, not a database: name a file in it with --db.")
    if not path.parent.is_dir():
        raise StoreError(
            f"There is no folder {path.parent} for the database {path}: make it first."
        )
    left = find_log_of_none(path)
    if left is not None:  # SQLite would take it away without a word
        raise StoreError(describe_log_of_none(left))


def describe_log_of_none(log: Path) -> str:
    """What such a log is, and what to do with it."""
    return (
        f"{log} is the log of a database that is not there any more, and may hold what was saved"
        " last: move it to where that database is now, under its name, or else out of the way."
    )


def find_log_of_none(path: Path) -> Path | None:
    """What was written and lies where no database is any more."""
    if path.exists():
        return None
    logs = (name_beside(path, ending) for ending in LOGS)
    return next((log for log in logs if log.exists() and log.stat().st_size), None)


def name_beside(path: Path, ending: str) -> Path:
    """A file of SQLite's that belongs to a database."""
    # As SQLite does: beside the file itself, not beside a link to it.
    whole = path.resolve()
    return whole.with_name(whole.name + ending)


def is_archived(path: Path) -> bool:
    """Whether nobody may write the file or its folder any more, and nothing waits in its log.

    SQLite cannot read a database with a write-ahead log where it may not make the files that go
    with one, unless it is told that nobody writes ("immutable"). That is told only of a read-only
    file system, or where no one at all has the right to write, not where merely we have not.
    """
    # A connection that was not closed has left committed labels beside the file.
    if not path.is_file() or path.with_name(f"{path.name}-wal").exists():
        return False
    if hasattr(os, "statvfs") and os.statvfs(path).f_flag & os.ST_RDONLY:
        return True
    rights = path.stat().st_mode | path.parent.stat().st_mode
    return not rights & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)


def identify(location: str) -> tuple[int, int]:
    """Which file stands at a path, by device and number; zeros where there is none."""
    try:
        found = Path(location).stat()
    except OSError:
        return (0, 0)
    return (found.st_dev, found.st_ino)


def prepare(connection: sqlite3.Connection, location: str, *, keep: bool = True) -> None:
    """Make or migrate the schema, and set what each connection must set.

    Before a database is migrated it is copied, unless it is not to be kept. `StoreError` where any
    of that cannot be; the file is then as it was.
    """
    try:
        _prepare(connection, location, keep=keep)
    except FAILURES as error:
        raise explain(error, location) from error


def _prepare(connection: sqlite3.Connection, location: str, *, keep: bool) -> None:
    check_owner(connection, location)
    if not is_archived(Path(location)) and _begin_log(connection) != "wal":
        raise StoreError(
            f"The database {location} cannot keep a write-ahead log, as on network folders:"
            " move it to a folder of this machine."
        )
    connection.execute("PRAGMA synchronous = FULL")
    # On macOS FULL alone leaves labels in the drive's cache; elsewhere these change nothing.
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA checkpoint_fullfsync = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    if _pragma(connection, "user_version") != SCHEMA_VERSION:
        _migrate(connection, location, keep=keep)


def _begin_log(connection: sqlite3.Connection) -> object:
    """See to it that the file has a write-ahead log, and return the mode that it is in."""
    # A file that is in WAL mode stays so; asking again would only take locks.
    for _ in range(_ATTEMPTS):
        mode = _pragma(connection, "journal_mode")
        if mode == "wal":
            return mode
        try:
            return _pragma(connection, "journal_mode = wal")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
        # Of all statements this one does not wait for another program (of ten that make a file at
        # once, one in two hundred fails); a transaction does, and fails when patience is at an end.
        connection.execute("BEGIN EXCLUSIVE")
        connection.rollback()
    return _pragma(connection, "journal_mode = wal")


def check_owner(connection: sqlite3.Connection, location: str) -> int:
    """The version of a database; 0 for a new one, with nothing in it. `StoreError` for another
    program's, `NewerDatabaseError` for one from a newer version of this.
    """
    # First whether anything is in it: another program may be making it at this moment, and by the
    # time that something is, it has put its name on it too.
    is_used = _pragma(connection, "schema_version") != 0
    owner, version = _pragma(connection, "application_id"), _pragma(connection, "user_version")
    if is_used and owner != APPLICATION_ID:
        raise StoreError(
            f"{location} is a SQLite database of another program: name another file with --db."
        )
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise NewerDatabaseError(
            f"The database {location} was made by a newer version of annotator (schema {version},"
            f" this one knows {SCHEMA_VERSION}): upgrade with 'pip install --upgrade annotator'."
        )
    return version if isinstance(version, int) else 0


def _migrate(connection: sqlite3.Connection, location: str, *, keep: bool) -> None:
    """Apply what is missing, in one transaction: another program may be doing the same."""
    from annotator.store.migrations import migrate

    kept: Path | None = None
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = check_owner(connection, location)
        if keep and 0 < version < SCHEMA_VERSION:
            from annotator.store.backing_up import keep_before_migration

            # Nobody else can write now, and a copy reads what was committed last.
            kept = keep_before_migration(location)
        migrate(connection)
        connection.execute("COMMIT")
    except FAILURES:
        if kept is not None:  # the database is as it was: a copy would only take room
            kept.unlink(missing_ok=True)
        raise
    finally:
        connection.rollback()
    if kept is not None:
        from annotator.store.backing_up import tell_of_migration

        tell_of_migration(location, kept)


def _pragma(connection: sqlite3.Connection, pragma: str) -> object:
    row = connection.execute(f"PRAGMA {pragma}").fetchone()
    return None if row is None else row[0]


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another program is in the way, for the moment."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def explain(error: sqlite3.Error | UnicodeError, location: str) -> StoreError:
    """What SQLite's error means, and what to do about it."""
    if isinstance(error, UnicodeEncodeError):
        return StoreError(
            f"The database {location} cannot hold {error.object[error.start : error.end]!a}, half"
            " of a character: take it out and try again."
        )
    # The extended codes have the primary one in their lowest byte.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    match sqlite3.SQLITE_CORRUPT if isinstance(error, UnicodeError) else code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            problem = "is locked by another program: close that one or wait, and try again."
        case sqlite3.SQLITE_READONLY:
            problem = "is read-only: make the file and its folder writable, or name another."
        case sqlite3.SQLITE_NOTADB:
            problem = "is not a database: name another file with --db."
        case sqlite3.SQLITE_CORRUPT:
            problem = (
                "is damaged: go back to a copy, or bring what can be read into a new one with"
                " 'annotator recover'; 'annotator verify' says what is wrong."
            )
        case sqlite3.SQLITE_FULL:
            problem = "has no room left on its disk: make room and try again."
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            problem = "cannot be opened: see whether its folder may be written by you."
        case sqlite3.SQLITE_IOERR:
            problem = f"cannot be read or written ({error}): is its disk full, or failing?"
        case _:
            problem = f"answered with an error: {str(error).rstrip('.')}."
    return StoreError(f"The database {location} {problem}")
