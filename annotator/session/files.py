"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Final, Literal

from annotator.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable


_STREAMS: Final = ("/dev/std", "/dev/fd/", "/proc/self/fd/")


def write_file(name: str, pieces: Iterable[str]) -> None:
    """Write text in UTF-8 to a file, which shows it when all of it is on the disk.

    Until then it stands in a file beside it, so that what was there before stays if anything goes
    wrong. A link is followed, and permissions stay. `OutputError` where it cannot be written.
    """
    if not name:
        raise OutputError("The file to write has no name: give its path.")
    target = Path(os.path.realpath(name))
    try:
        if name.startswith(_STREAMS):
            # A stream of this program's by another name: what it leads to is not ours to replace.
            _fill(Path(name), pieces, mode="ab")
            return
        _check_target(name, target)
        if target.exists() and not target.is_file():
            # A device or a named pipe: there is nothing to put in its place.
            _fill(target, pieces)
        else:
            _replace(target, pieces)
    except OSError as error:
        raise OutputError(f"{name} cannot be written: {error.strerror or error}.") from error


def is_taken(name: str, location: str) -> bool:
    """Whether a file stands there that writing would replace.

    `OutputError` where no file can be written there at all: it names a folder or a stream, its
    folder is not there, or it is the database at `location`.
    """
    if not name:
        raise OutputError("The file to write has no name: type its path.")
    target = Path(os.path.realpath(name))
    try:
        _check_target(name, target)
        if name.startswith(_STREAMS) or (target.exists() and not target.is_file()):
            raise OutputError(f"{name} is no ordinary file: name another.")
        check_not_database(name, location)
        return target.exists()
    except OSError as error:
        raise OutputError(f"{name} cannot be written: {error.strerror or error}.") from error


def check_not_database(name: str, location: str) -> None:
    """`OutputError` where the file to write is the database itself, or one that belongs to it."""
    target = Path(os.path.realpath(name))
    for ending in ("", "-wal", "-shm", "-journal"):
        own = Path(os.path.realpath(location + ending))
        is_linked = target.exists() and own.exists() and target.samefile(own)
        if target == own or is_linked:
            raise OutputError(f"{name} is the database that is being read: name another file.")


def _check_target(name: str, target: Path) -> None:
    if target.is_dir():
        raise OutputError(f"{name} is a folder: give the name of a file in it.")
    if not target.parent.is_dir():
        raise OutputError(f"There is no folder {target.parent} for {name}: make it first.")
    if target.exists() and not os.access(target, os.W_OK):
        raise OutputError(f"{name} is write-protected: name another file.")


def _replace(target: Path, pieces: Iterable[str]) -> None:
    # Hidden and not named after the target, whose name may be as long as names can be.
    draft = target.parent / f".annotator-{token_hex(8)}.tmp"
    try:
        _fill(draft, pieces, mode="xb")
        if target.exists():
            draft.chmod(stat.S_IMODE(target.stat().st_mode))
        draft.replace(target)
        _sync_folder(target.parent)
    finally:
        draft.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """The new name outlives a loss of power, as the file does.

    The file is whole and in its place by now: a folder that cannot be read, or of a file system
    that syncs none, is no reason to call it unwritten.
    """
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _fill(path: Path, pieces: Iterable[str], *, mode: Literal["wb", "ab", "xb"] = "wb") -> None:
    with path.open(mode) as file:
        for piece in pieces:
            file.write(piece.encode("utf-8", "backslashreplace"))
        if mode == "xb":  # a new file, which is to outlive a loss of power
            file.flush()
            os.fsync(file.fileno())
