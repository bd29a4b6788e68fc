"""What the program can write: one module a format, its file's name the format's.

A format's module has a one-line `DESCRIPTION` and `write`, or, where it is a folder of files,
`write_files`. Adding a format is adding a file: the registry looks at the folder and imports
nothing until it is asked for. Another package adds one by an entry point of the group
`annotator.exporters`, whose name is the format's and whose value such a module.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Final

from annotator.errors import UnknownNameError
from annotator.model.assignment import is_again

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from importlib.metadata import EntryPoint
    from types import ModuleType

    from annotator.model.adjudication import Adjudication
    from annotator.model.annotation import Annotation
    from annotator.model.document import Document, Sentence
    from annotator.model.event import Event
    from annotator.model.scheme import LabelScheme

GROUP: Final = "annotator.exporters"


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence and what reviewers have said of it, by reviewer; how a lead settled it (`None`:
    no lead did).
    """

    sentence: Sentence
    annotations: tuple[Annotation, ...]
    adjudication: Adjudication | None = None

    @property
    def label(self) -> str | None:
        """The settled label: a lead's if there is one, else the one that all who labelled the
        sentence share; `None` without. A second pass is nobody else's word: the first one counts.
        """
        if self.adjudication is not None:
            return self.adjudication.label
        labels = {one.label for one in self.annotations if not is_again(one.reviewer)} - {None}
        return labels.pop() if len(labels) == 1 else None


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """A document with its text and its sentences, which are read once, as they are asked for.

    `find_index` is the index of the sentence that holds a code point of the text. `history` is
    every event of the document, oldest first, where it was asked for.
    """

    document: Document
    text: str
    sentences: Iterable[LabelledSentence]
    find_index: Callable[[int], int | None] = lambda _start: None
    history: Iterable[Event] | None = None


@dataclass(frozen=True, slots=True)
class Corpus:
    """What an export is made from. The documents, too, are read once, one after another."""

    scheme: LabelScheme
    documents: Iterable[LabelledDocument]


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: `write` yields the text of a file, piece by piece, while it reads the corpus.

    A format that is a folder of files has `write_files` instead, which yields each file's name and
    its pieces; all pieces of one are read before the next.
    """

    name: str
    description: str
    write: Callable[[Corpus], Iterator[str]] | None
    write_files: Callable[[Corpus], Iterator[tuple[str, Iterable[str]]]] | None = None


def list_exporters() -> list[str]:
    """The names of the formats, sorted: our own and those of other packages."""
    return sorted(_find_modules())


def find_exporter(name: str) -> Exporter:
    """The format of that name; `UnknownNameError` lists those that there are."""
    known = list_exporters()
    if name not in known:
        raise UnknownNameError(
            f"There is no exporter for the format {name!a}; the formats are {', '.join(known)}."
        )
    module = _load(name)
    write: Callable[[Corpus], Iterator[str]] | None = getattr(module, "write", None)
    write_files: Callable[[Corpus], Iterator[tuple[str, Iterable[str]]]] | None = getattr(
        module, "write_files", None
    )
    return Exporter(name, module.DESCRIPTION, write, write_files)


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


def read_schema() -> str:
    """The JSON Schema (2020-12) of the `json` format."""
    from importlib.resources import files

    return files(__name__).joinpath("json.schema.json").read_text(encoding="utf-8")
