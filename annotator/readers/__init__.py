"""What the program can read: one module a format, its file's name the format's.

A format's module has a one-line `DESCRIPTION`, the `SUFFIXES` that it goes by, and `read`; it may
have `sniff`, which says whether bytes are of it. Adding a format is adding a file: the registry
looks at the folder and imports nothing until it is asked for. Another package adds one by an entry
point of the group `annotator.readers`, whose name is the format's and whose value such a module.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Final

from annotator.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from importlib.metadata import EntryPoint
    from types import ModuleType

    from annotator.model.adjudication import Adjudication
    from annotator.model.document import Article
    from annotator.model.event import Draft
    from annotator.model.scheme import LabelScheme
    from annotator.model.span import Span

GROUP: Final = "annotator.readers"

_ORDER: Final = ("annotator", "prodigy", "doccano-spans", "doccano", "label-studio", "jsonl", "csv")
"""Formats that share a suffix are asked in this order whether the bytes are theirs; the first that
says so reads them. Others come behind, by name, and plain text last of all.
"""


_TYPES: Final = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/markdown": "markdown",
    "text/csv": "csv",
}
"""What a server calls a format."""


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes to read, and what is known of them.

    `name` is what messages call it; `origin` what the document will say that it came from (`None`:
    nothing lasting, as from a pipe). `encoding` and `language` are what the user said, if anything;
    `fields` says under which names a file of rows has its `text`, `title`, `id`, `source` or
    `label`, where these are not the names themselves. `companion` reads a file that belongs to this
    one by its suffix, such as brat's `.ann` to a `.txt` (`None`: there is none).
    """

    name: str
    content: bytes
    origin: str | None = None
    encoding: str | None = None
    language: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    companion: Callable[[str], bytes | None] = lambda _suffix: None
    content_type: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says that somebody said of a span of the article's text (code points).

    `reviewer` is `None` where the file names nobody: then it is the one who imports. Times are UTC,
    `None` where the file has none.
    """

    span: Span
    label: str | None
    reviewer: str | None = None
    speaker: str | None = None
    note: str | None = None
    unsure: bool = False
    denies: tuple[Span, ...] = ()
    created_at: str | None = None
    updated_at: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One article that a source held, and what the user should be told about reading it.

    `cut` is how the file cuts the text, each sentence a paragraph and a span; `None`: it does not,
    and the text is cut here, so that each span of `said` is a sentence. `suggestions` is what
    programs have suggested, in the form of `said`; `reviewer` names the program. `scheme` is the
    label scheme that the labels are of, where the file has one. `imported_at` (UTC), `settled`
    (what leads have settled) and `history` (every event of the document, oldest first) are in the
    program's own files alone.
    """

    article: Article
    remarks: tuple[str, ...] = ()
    cut: tuple[tuple[int, Span], ...] | None = None
    said: tuple[Said, ...] = ()
    scheme: LabelScheme | None = None
    imported_at: str | None = None
    history: tuple[Draft, ...] = ()
    suggestions: tuple[Said, ...] = ()
    settled: tuple[Adjudication, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: `read` yields the articles in a source; `SourceError` where it is not of it.

    `sniff` says whether bytes whose suffix fits are of the format; it reads no more than it must.
    """

    name: str
    description: str
    suffixes: tuple[str, ...]
    read: Callable[[Source], Iterator[Reading]]
    sniff: Callable[[Source], bool]


def list_readers() -> list[str]:
    """The names of the formats, sorted: our own and those of other packages."""
    return sorted(_find_modules())


@cache
def find_reader(name: str) -> Reader:
    """The format of that name; `UnknownNameError` lists those that there are."""
    known = list_readers()
    if name not in known:
        raise UnknownNameError(
            f"There is no reader for the format {name!a}; the formats are {', '.join(known)}."
        )
    module = _load(name)
    sniff: Callable[[Source], bool] = getattr(module, "sniff", _accept)
    return Reader(name, module.DESCRIPTION, module.SUFFIXES, module.read, sniff)


def detect_format(source: Source) -> str:
    """The format that the source is in: by what a server said that it is, by its suffix and its
    bytes, or by bytes alone that begin as only one format does; anything else is text.
    """
    stated = (source.content_type or "").partition(";")[0].strip().lower()
    if stated in _TYPES:
        return _TYPES[stated]
    path = source.name.partition("?")[0].partition("#")[0] if stated else source.name
    for name in _list_in_turn():
        reader = find_reader(name)
        fits = path.lower().endswith(reader.suffixes)
        if fits and reader.sniff(source):
            return name
    is_known = path.lower().endswith(find_reader("text").suffixes)
    unmistakable = (name for name, begins in _BEGINNINGS.items() if begins(source))
    return "text" if is_known else next(unmistakable, "text")


@cache
def _list_in_turn() -> tuple[str, ...]:
    names = [name for name in list_readers() if name != "text"]
    return tuple(sorted(names, key=lambda name: (_rank(name), name)))


def _rank(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def _accept(source: Source) -> bool:
    del source
    return True


_BEGINNINGS: Final[dict[str, Callable[[Source], bool]]] = {
    "pdf": lambda source: source.content.startswith(b"%PDF-"),
    "annotator": lambda source: find_reader("annotator").sniff(source),
    "html": lambda source: (
        source.content[:1000].lstrip().lower().startswith((b"<!doctype html", b"<html"))
    ),
}
"""What needs no suffix, as it comes from a pipe or an address."""


@cache
def _find_modules() -> dict[str, EntryPoint | str]:
    """Each format's module: the path of our own, the entry point of another package's. To look for
    them takes some milliseconds, which at every file of a folder would be most of an import.
    """
    theirs: dict[str, EntryPoint | str] = {point.name: point for point in entry_points(group=GROUP)}
    own = (module.name for module in iter_modules(__path__))
    return theirs | {name.replace("_", "-"): f"{__name__}.{name}" for name in own}


def _load(name: str) -> ModuleType:
    found = _find_modules()[name]
    module: ModuleType = import_module(found) if isinstance(found, str) else found.load()
    return module
