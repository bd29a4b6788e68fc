"""Whether the file that was opened is still the one at its path, with what was saved in it.

SQLite goes on writing into a file that was deleted or moved away, and over one that another program
has copied its own into, and says that it is saved.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from annotator.errors import StoreError
from annotator.store.opening import identify
from annotator.store.version import APPLICATION_ID

if TYPE_CHECKING:
    from collections.abc import Callable

_NEWEST: Final = "SELECT id FROM event ORDER BY counter DESC, id DESC LIMIT 1"
_OLDEST: Final = "SELECT id FROM event ORDER BY counter, id LIMIT 1"


@dataclass(frozen=True, slots=True)
class Sight:
    """What the system says of a file: device and number, its size in bytes, and when it was last
    written to, in nanoseconds.
    """

    identity: tuple[int, int]
    size: int
    written_ns: int


def look_at(location: str) -> Sight:
    """One question to the system; zeros where there is no file. Two microseconds."""
    try:
        found = Path(location).stat()
    except OSError:
        return Sight((0, 0), 0, 0)
    return Sight((found.st_dev, found.st_ino), found.st_size, found.st_mtime_ns)


class Whereabouts:
    """A file that is open, seen from outside."""

    def __init__(self, location: str) -> None:
        self._location = location
        self._identity = identify(location)
        # What was in the file before it was opened is believed: nothing is known of it yet.
        self._seen = look_at(location)
        self._now = self._seen

    def check(self) -> None:
        """`StoreError` where another file, or none, is at the path."""
        self._now = look_at(self._location)
        if self._now.identity != self._identity:
            raise StoreError(
                f"The database {self._location} was deleted, moved or replaced while it was open:"
                " put it back, or start again."
            )

    def check_content(self, *, measure: Callable[[], int], is_known: Callable[[str], bool]) -> None:
        """`StoreError` where the file was written over by something else than SQLite; to be asked
        inside a transaction that writes, after `check`.

        SQLite writes to the file itself only when it moves pages there from the log, once in many
        labels, so there is mostly nothing to do. `measure` says how many bytes all pages have
        together, `is_known` whether an event is in the database as this connection sees it.
        """
        if self._now == self._seen:
            return
        # The file only grows, but for a VACUUM, which leaves it as long as its pages are.
        if self._now.size < min(self._seen.size, measure()) or self._has_strange_content(is_known):
            raise StoreError(
                f"The database {self._location} was overwritten by another file while it was open:"
                " close every program that has it open, put back the right file and start again."
            )
        self._seen = self._now

    def _has_strange_content(self, is_known: Callable[[str], bool]) -> bool:
        """Whether the file alone, without its log, is not ours or holds an event that was never in
        this database. No page of it is newer than the newest transaction, and none of events is
        ever emptied: while pages are being moved some may be missing, but none is strange.
        """
        if self._now.size == 0:
            return False  # new: all of it is in the log
        # By SQLite, not by opening the file: to close it again would let go of SQLite's locks.
        address = f"{Path(self._location).absolute().as_uri()}?immutable=1"
        try:
            with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as alone:
                if alone.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
                    made: object = alone.execute("PRAGMA schema_version").fetchone()
                    return made != (0,)
                found = [row for ask in (_NEWEST, _OLDEST) for row in alone.execute(ask)]
        except sqlite3.Error as error:
            return error.sqlite_errorcode == sqlite3.SQLITE_NOTADB
        return not all(is_known(str(id_)) for (id_,) in found)
