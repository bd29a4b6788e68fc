"""What the program can read: one module a format, its file's name the format's.

A format's module has a one-line `DESCRIPTION`, the `SUFFIXES` that it goes by, and `read`. Adding a
format is adding a file: the registry looks at the folder and imports nothing until it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from annotator.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from annotator.model.document import Article


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes to read, and what is known of them.

    `name` is what messages call it; `origin` what the document will say that it came from (`None`:
    nothing lasting, as from a pipe). `encoding` and `language` are what the user said, if anything.
    """

    name: str
    content: bytes
    origin: str | None = None
    encoding: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One article that a source held, and what the user should be told about reading it."""

    article: Article
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: `read` yields the articles in a source; `SourceError` where it is not of it."""

    name: str
    description: str
    suffixes: tuple[str, ...]
    read: Callable[[Source], Iterator[Reading]]


def list_readers() -> list[str]:
    """The names of the formats, sorted."""
    return sorted(module.name.replace("_", "-") for module in iter_modules(__path__))


def find_reader(name: str) -> Reader:
    """The format of that name; `UnknownNameError` lists those that there are."""
    known = list_readers()
    if name not in known:
        raise UnknownNameError(
            f"There is no reader for the format {name!a}; the formats are {', '.join(known)}."
        )
    return _load(name)


def detect_format(source: Source) -> str:
    """The format that the source is in, by its suffix; anything else is plain text."""
    for name in list_readers():
        if source.name.lower().endswith(_load(name).suffixes):
            return name
    return "text"


def _load(name: str) -> Reader:
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    return Reader(name, module.DESCRIPTION, module.SUFFIXES, module.read)
