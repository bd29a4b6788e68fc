"""From what stands on the command line to bytes that a reader can read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotator.readers import Source

STANDARD_INPUT = "-"


def is_there(name: str) -> bool:
    """Whether there is such a file or folder, if only one that may not be looked at."""
    try:
        # An empty path would be the current folder.
        return bool(name) and Path(name).exists()
    except PermissionError:
        return True
    except OSError:  # a name too long for any file, say
        return False


def read_source(
    name: str,
    *,
    encoding: str | None = None,
    language: str | None = None,
    fields: Mapping[str, str] | None = None,
) -> Source:
    """A file's bytes, a page's, or those on stdin. `SourceError` for what cannot be read."""
    if name == STANDARD_INPUT:
        from annotator.readers import Source

        content = _read_standard_input()
        known = {} if fields is None else dict(fields)
        return Source("standard input", content, None, encoding, language, fields=known)
    from annotator.session.sources import read_file

    return read_file(name, encoding=encoding, language=language, fields=fields)


def _read_standard_input() -> bytes:
    if sys.stdin is None:
        raise SourceError("There is no standard input to read: it was closed.")
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise SourceError(f"The standard input cannot be read: {error.strerror}.") from error
