"""Another database, read without a trace: nothing in it is believed, nothing of it is executed.

The file is copied with what waits in its log, byte by byte: SQLite itself, asked to read it, may
leave files beside it. Of the copy, rows of two tables go into a new database of the same version:
triggers, views and whatever else its schema holds stay behind. Only that one is migrated and read.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import closing, contextmanager
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from annotator.errors import StoreError
from annotator.store.opening import (
    FAILURES,
    LOGS,
    check_owner,
    connect,
    explain,
    identify,
    name_beside,
    prepare,
)
from annotator.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.store.base import Store

_TABLES: Final = ("document", "event")
"""All else in a database follows from these."""

_ATTEMPTS: Final = 20
_PAUSE_S: Final = 0.05
"""How often a file is copied that somebody writes to meanwhile, and how long apart."""


@contextmanager
def borrow(name: str) -> Iterator[Store]:
    """The documents and events of the database in a file, of any version up to today's, for
    reading. What is folded from them is not there. The file and its folder stay as they are.

    `StoreError` for one that is no database of annotator's, is damaged, or cannot be read;
    `NewerDatabaseError` for one that is newer than the program.
    """
    path = Path(name)
    check_file(path, name)
    with _make_folder(name) as folder:
        ours = Path(folder) / "ours.db"
        try:
            _copy_unchanging(path, Path(folder) / "theirs.db", name)
            _take_over(Path(folder) / "theirs.db", ours, name)
            connection = connect(ours, patience_ms=0)
        except OSError as error:
            raise StoreError(f"{name} cannot be read: {error.strerror or error}.") from error
        with closing(SqliteStore(connection, name)) as store:
            prepare(connection, str(ours), keep=False)
            yield store


def _make_folder(name: str) -> TemporaryDirectory[str]:
    try:
        return TemporaryDirectory(prefix="annotator-")
    except OSError as error:
        raise StoreError(
            f"{name} is read as a copy, for which there is no folder: {error.strerror or error}."
            " Name one that may be written to with $TMPDIR."
        ) from error


def is_same_file(name: str, location: str) -> bool:
    """Whether a file's name and a store's location are one file."""
    # Asked before the file is opened: closing it would let go of the locks that SQLite has on it.
    return Path(name).exists() and identify(name) == identify(location)


def check_file(path: Path, name: str) -> None:
    """`StoreError` where no file stands there that could be a database."""
    try:
        there, is_file = path.exists(), path.is_file()
    except OSError as error:
        raise StoreError(f"{name} cannot be read: {error.strerror or error}.") from error
    if not there:
        raise StoreError(f"There is no database {name}: see whether the name is right.")
    if not is_file:
        raise StoreError(f"{name} is no file: name the file of a database.")
    if path.stat().st_size == 0:
        raise StoreError(f"{name} is empty: it is no database of annotator's.")


# -- the copy


def _copy_unchanging(path: Path, copy: Path, name: str) -> None:
    """Copy the file and its log as they are at one moment.

    Labels go to the log first, so where that is the same after the copy as before, nothing was
    committed in between; what moved from it into the file meanwhile is in both.
    """
    for _ in range(_ATTEMPTS):
        before = _look_at(path)
        for suffix in ("", *LOGS):
            beside = name_beside(copy, suffix)
            beside.unlink(missing_ok=True)
            try:
                shutil.copyfile(name_beside(path, suffix), beside)
            except FileNotFoundError:
                if not suffix:
                    raise
        if _look_at(path) == before == _look_at(copy, times_of=path):
            return
        time.sleep(_PAUSE_S)
    raise StoreError(f"{name} is written to all the time: wait until its reviewers pause.")


def _look_at(path: Path, *, times_of: Path | None = None) -> tuple[int, list[str]]:
    changed_at = (times_of or path).stat().st_mtime_ns
    found = []
    for suffix in LOGS:
        try:
            with name_beside(path, suffix).open("rb") as log:
                found.append(file_digest(log, "sha256").hexdigest())
        except FileNotFoundError:
            found.append("")
    return changed_at, found


# -- its rows


def _take_over(theirs: Path, ours: Path, name: str) -> None:
    """Put the rows of the known tables into a new database of the same version."""
    from annotator.store.migrations import list_schema, migrate

    with closing(sqlite3.connect(theirs, isolation_level=None)) as source:
        try:
            source.execute("PRAGMA trusted_schema = OFF")
            source.execute("PRAGMA cell_size_check = ON")
            version = check_owner(source, name)
            if version < 1:
                raise StoreError(f"{name} is no database of annotator's: see whether it is whole.")
            _check_tables(source, list_schema(version=version), name)
            with closing(sqlite3.connect(ours, isolation_level=None)) as target:
                target.execute("PRAGMA synchronous = OFF")
                target.execute("BEGIN")
                migrate(target, version=version)
                _fill(source, target)
                target.execute("COMMIT")
        except sqlite3.IntegrityError as error:
            raise StoreError(
                f"{name} is damaged or was changed by hand ({error}): run 'annotator verify' on it."
            ) from error
        except FAILURES as error:
            raise explain(error, name) from error


def _fill(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy the rows. Indexes and triggers are made after it, which takes a third of the time; a
    later migration may ask for them.
    """
    made = target.execute(
        "SELECT type, name, sql FROM sqlite_master"
        " WHERE type IN ('index', 'trigger') AND sql IS NOT NULL AND tbl_name = 'event'"
    ).fetchall()
    for kind, name, _ in made:
        target.execute(f"DROP {kind} {name}")
    for table in _TABLES:
        _copy_rows(source, target, table)
    for _, _, sql in made:
        target.execute(str(sql))


def _check_tables(source: sqlite3.Connection, schema: dict[str, str], name: str) -> None:
    """`StoreError` where a table is not what it was made as: a view or a generated column would be
    executed by being read.
    """
    found = source.execute("SELECT type || ' ' || name, sql FROM sqlite_master")
    there = {str(kind): sql for kind, sql in found}
    for table in _TABLES:
        if there.get(f"table {table}") != schema[f"table {table}"]:
            raise StoreError(
                f"{name} is not what annotator makes: its table {table} is"
                f" {'another' if f'table {table}' in there else 'not there'}."
            )


def _copy_rows(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> None:
    columns = [str(row[1]) for row in target.execute(f"PRAGMA table_info({table})")]
    names = ", ".join(f'"{column}"' for column in columns)
    # Not by an index, which may say something else than the table.
    found = source.execute(f"SELECT {names} FROM {table} NOT INDEXED")  # noqa: S608
    marks = ", ".join("?" * len(columns))
    target.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", found)  # noqa: S608
