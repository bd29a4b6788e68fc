"""Copies of a SQLite database: consistent while others write, whole on the disk before they count.

SQLite's backup API reads one moment of the database in one step; in WAL mode nobody waits for it.
A copy has no log beside it: it may lie on a network folder or a stick.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from annotator.errors import OutputError, StoreError
from annotator.store.opening import FAILURES, check_owner, connect, explain
from annotator.store.replacing import check_place, clear_place
from annotator.store.version import SCHEMA_VERSION
from annotator.text.display import show_line

if TYPE_CHECKING:
    from collections.abc import Iterator

Bulk: TypeAlias = Literal["import", "merge", "rename", "settling"]
"""The acts on many labels at once, before which a copy is kept."""

_PATIENCE_MS: Final = 5000
_NO_ROOM: Final = "make room on its disk, and try again"


def back_up(location: str, target: Path, *, replace: bool = False) -> None:
    """Copy the database in a file to another file, of whatever version it is, and prove the copy.

    `OutputError` where there is a file already (unless it is to be replaced) or none can be
    written; `StoreError` for a database that cannot be read, or is damaged. Then there is no copy.
    """
    with draft_beside(target, replace=replace) as draft:
        copy_file(location, draft)


@contextmanager
def draft_beside(target: Path, *, replace: bool = False) -> Iterator[Path]:
    """A new file that becomes `target` at the end, when it is on the disk; or is gone.

    `OutputError` where there is one already, unless it is to be replaced, or none can be written.
    """
    whole = Path(os.path.realpath(target))
    draft = whole.parent / f".annotator-{token_hex(8)}.tmp"
    try:
        _check_free(target, replace=replace)
        check_place(whole)
        draft.touch(exist_ok=False)  # by the user's umask; SQLite would take rights away
        try:
            yield draft
            _sync(draft)
            _check_free(target, replace=replace)
            clear_place(whole)
            draft.replace(whole)
            _sync(whole.parent)
        finally:
            for ending in ("", "-wal", "-shm", "-journal"):
                draft.with_name(draft.name + ending).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror or error}.") from error
    except StoreError as error:
        if str(draft) not in str(error):
            raise
        # What nobody has named, and is gone again, would be no help.
        raise OutputError(str(error).replace(str(draft), str(target))) from error


def _check_free(target: Path, *, replace: bool) -> None:
    if target.exists() and not replace:
        raise OutputError(
            f"{target} is there already: name another file, or replace it with --force."
        )


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return  # Windows has no handle of a folder that could be synced
    opened = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def copy_file(location: str, copy: Path) -> None:
    """Copy a database into an empty file by SQLite's backup, and prove that its pages are sound."""
    if not Path(location).exists():
        raise StoreError(f"There is no database {location}: name another with --db.")
    with closing(connect(Path(location), patience_ms=_PATIENCE_MS)) as source:
        try:
            if check_owner(source, location) < 1:
                raise StoreError(f"{location} is no database of annotator's: name another.")
        except FAILURES as error:
            raise explain(error, location) from error
        try:
            with closing(sqlite3.connect(copy, isolation_level=None)) as target:
                source.backup(target)
                faults = finish(target)
        except FAILURES as error:
            raise _explain_copying(error, location, copy) from error
    if faults:
        raise StoreError(
            f"The database {location} is damaged ({faults[0]}): no copy was made. Run 'annotator"
            " verify' on it, and bring what can be read into a new one with 'annotator recover'."
        )


def finish(connection: sqlite3.Connection) -> list[str]:
    """Put away the log of a new file that nobody else has open; what is wrong with its pages."""
    # Else the log would need a file in shared memory, which network folders do not have.
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    found = [str(row[0]) for row in connection.execute("PRAGMA quick_check")]
    return [fault for fault in found if fault != "ok"]


def put_log_away(path: Path) -> None:
    """Make one file of a new database that nobody has open. `StoreError` where it is not sound."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        try:
            faults = finish(connection)
        except FAILURES as error:
            raise explain(error, str(path)) from error
    if faults:
        raise StoreError(f"The new database is damaged ({faults[0]}): is its disk failing?")


def _explain_copying(
    error: sqlite3.Error | UnicodeError, location: str, copy: Path
) -> StoreError | OutputError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR) and not _has_room(location, copy):
        return OutputError(f"There is no room for a copy of {location} in {copy.parent}.")
    return explain(error, location)


def _check_room(location: str, copy: Path) -> None:
    if not _has_room(location, copy):
        raise OutputError(f"There is no room for a copy of {location} in {copy.parent}.")


def _has_room(location: str, copy: Path) -> bool:
    return shutil.disk_usage(copy.parent).free > Path(location).stat().st_size


# -- copies that are made unasked


def keep_before_migration(location: str) -> Path:
    """Copy a database beside itself before it is brought up to date; never over another copy.

    `StoreError` where that cannot be, for want of room, say.
    """
    number, kept = 1, _name_copy(location, f"before-v{SCHEMA_VERSION}")
    while kept.exists():
        number += 1
        kept = _name_copy(location, f"before-v{SCHEMA_VERSION}-{number}")
    _keep(location, kept, before="it is brought up to date")
    return kept


def tell_of_migration(location: str, kept: Path) -> None:
    """Say that a database was brought up to date, and where it is as it was before."""
    from logging import getLogger

    # What has no handler goes to stderr as it is; a program that has one decides.
    getLogger("annotator").warning(
        "annotator: %s is brought up to date (schema %d); as it was before, it is kept in %s",
        show_line(location),
        SCHEMA_VERSION,
        show_line(str(kept)),
    )


class Kept:
    """A copy that was made before an act on many labels: `path` is where it will be."""

    def __init__(self, location: str, act: Bulk) -> None:
        self.path = _name_copy(location, f"before-{act}")
        self._draft = _name_copy(location, f"before-{act}-new")

    @property
    def draft(self) -> Path:
        """Where it is until the act is done: a copy from before an earlier act stays till then."""
        return self._draft

    def confirm(self) -> str:
        """Something was changed, so that the copy stays, in place of an older one; its path."""
        clear_place(self.path)
        # Two programs that do the same at the same time share the name.
        with suppress(FileNotFoundError):
            self._draft.replace(self.path)
        return str(self.path)


@contextmanager
def keeping(location: str, act: Bulk) -> Iterator[Kept | None]:
    """Copy a database beside itself before an act on many labels, for the one who confirms it.

    `None` for one that is no file: a server has backups of its own. `StoreError` where there can be
    no copy.
    """
    if not Path(location).is_file():
        yield None
        return
    kept = Kept(location, act)
    try:
        check_place(kept.path)
    except OutputError as error:
        raise _refuse_act(location, f"the {act}", error) from error
    _keep(location, kept.draft, before=f"the {act}", replace=True)
    try:
        yield kept
    finally:
        kept.draft.unlink(missing_ok=True)


def list_kept(location: str) -> list[Path]:
    """The copies beside a database that were made unasked, by name."""
    whole = Path(location)
    if not whole.parent.is_dir():
        return []
    begins = f"{whole.stem}.before-"
    return sorted(
        path
        for path in whole.parent.iterdir()
        if path.name.startswith(begins) and path.suffix == (whole.suffix or ".db")
    )


def _name_copy(location: str, when: str) -> Path:
    path = Path(location)
    return path.with_name(f"{path.stem}.{when}{path.suffix or '.db'}")


def _keep(location: str, kept: Path, *, before: str, replace: bool = False) -> None:
    try:
        with draft_beside(kept, replace=replace) as draft:
            # Others' labels are in it: whoever may read the database may read the copy, no more.
            draft.chmod(Path(location).stat().st_mode & 0o777)
            _check_room(location, draft)
            copy_file(location, draft)
    except OutputError as error:
        raise _refuse_act(location, before, error, remedy=f"; {_NO_ROOM}") from error


def _refuse_act(location: str, before: str, error: OutputError, *, remedy: str = "") -> StoreError:
    return StoreError(
        f"The database {location} is copied before {before}, and that was not possible"
        f" ({str(error).rstrip('.')}): nothing was changed{remedy}."
    )
