"""Paths as a person types them: `~`, quotes round them, completed from what is in the folders."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

SLUG_LENGTH: Final = 60
"""Characters of a proposed file's name, without its ending."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What a path that was begun can be: how far it is certain, and the names that go on so.

    A folder's name ends in a separator.
    """

    typed: str
    names: tuple[str, ...]


def read_path(typed: str) -> str:
    """The path that was meant: a folder `~` is at home, quotes round a path are none of it, and
    what a file manager drops as an address of a file is its path.
    """
    # A terminal may hand over half of a character, or one that no path can have.
    path = typed.encode("utf-8", "replace").decode("utf-8").replace("\0", "").strip()
    if path.lower().startswith("file://"):
        return url2pathname(unquote(urlsplit(path).path))
    if len(path) > 1 and path[0] == path[-1] and path[0] in "'\"":
        path = path[1:-1]
    return str(Path(path).expanduser()) if _starts_at_home(path) else path


def complete_path(typed: str) -> Completion:
    """Complete a path from the names in its folder; those with a dot in front only after a dot.

    Upper and lower case count only where names differ by nothing else. A folder that cannot be
    read completes to nothing.
    """
    folder, begun = os.path.split(typed)
    names = _list_names(read_path(folder) if folder else ".", begun)
    if not names:
        return Completion(typed, ())
    certain = _find_common(names)
    if len(certain) < len(begun):  # alike but for their case
        certain = begun
    return Completion(typed[: len(typed) - len(begun)] + certain, tuple(names))


def propose_name(title: str, ending: str) -> str:
    """A file's name from a title: its letters and digits, with hyphens between."""
    name = ""
    for word in re.findall(r"[^\W_]+", title.casefold()):
        if name and len(name) + 1 + len(word) > SLUG_LENGTH:
            break
        name = f"{name}-{word}" if name else word[:SLUG_LENGTH]
    return f"{name or 'labels'}{ending}"


def _starts_at_home(path: str) -> bool:
    try:
        return path.startswith("~") and Path(path).expanduser() != Path(path)
    except RuntimeError:  # no such user
        return False


def _find_common(names: list[str]) -> str:
    """How the names all begin. The lowest and the highest differ as early as any two do."""
    low, high = min(names), max(names)
    same = 0
    while same < len(low) and low[same] == high[same]:
        same += 1
    return low[:same]


def _list_names(folder: str, begun: str) -> list[str]:
    try:
        entries = sorted(
            entry.name + (os.sep if entry.is_dir() else "")
            for entry in os.scandir(folder)
            if entry.name.startswith(".") is begun.startswith(".")
        )
    except OSError:
        return []
    exact = [name for name in entries if name.startswith(begun)]
    return exact or [name for name in entries if name.lower().startswith(begun.lower())]
