"""The place that a new database takes, free of what another one left beside it.

SQLite believes any log that it finds beside a file: pages of an older database would go into the
new one, and others' labels with them, without a word.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from annotator.errors import OutputError
from annotator.store.opening import (
    FAILURES,
    LOGS,
    describe_log_of_none,
    find_log_of_none,
    is_busy,
    name_beside,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def check_place(target: Path) -> None:
    """`OutputError` where a new file at this place would meet the log of another database: of one
    that was moved away without it, or of one that is open.
    """
    left = find_log_of_none(target)
    if left is not None:
        raise OutputError(describe_log_of_none(left))
    if target.exists() and any(_list_beside(target)) and _is_open(target):
        raise OutputError(f"{target} is open in another program: close it there, and try again.")


def clear_place(target: Path) -> None:
    """Take away what lies beside a file that is about to be replaced; `OutputError` as above."""
    check_place(target)
    for left in _list_beside(target):
        left.unlink(missing_ok=True)


def _list_beside(target: Path) -> Iterator[Path]:
    beside = (name_beside(target, ending) for ending in (*LOGS, "-shm"))
    return (path for path in beside if path.exists())


def _is_open(target: Path) -> bool:
    """Whether another program has the database open; where none has, its log is put into it."""
    with closing(sqlite3.connect(target, isolation_level=None, timeout=0)) as connection:
        try:
            mode: object = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        except FAILURES as error:
            return isinstance(error, sqlite3.Error) and is_busy(error)  # else it is no database
    return mode != ("delete",)
