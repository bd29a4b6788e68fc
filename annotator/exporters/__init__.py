"""What the program can write: one module a format, its file's name the format's.

A format's module has a one-line `DESCRIPTION` and `write`. Adding a format is adding a file: the
registry looks at the folder and imports nothing until it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from annotator.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from annotator.model.annotation import Annotation
    from annotator.model.document import Document, Sentence
    from annotator.model.scheme import LabelScheme


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence and what reviewers have said of it, by reviewer."""

    sentence: Sentence
    annotations: tuple[Annotation, ...]

    @property
    def label(self) -> str | None:
        """The settled label: the one that all who labelled the sentence share; `None` without."""
        labels = {annotation.label for annotation in self.annotations} - {None}
        return labels.pop() if len(labels) == 1 else None


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """A document with its text and its sentences, which are read once, as they are asked for."""

    document: Document
    text: str
    sentences: Iterable[LabelledSentence]


@dataclass(frozen=True, slots=True)
class Corpus:
    """What an export is made from. The documents, too, are read once, one after another."""

    scheme: LabelScheme
    documents: Iterable[LabelledDocument]


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: `write` yields the text of a file, piece by piece, while it reads the corpus."""

    name: str
    description: str
    write: Callable[[Corpus], Iterator[str]]


def list_exporters() -> list[str]:
    """The names of the formats, sorted."""
    return sorted(module.name.replace("_", "-") for module in iter_modules(__path__))


def find_exporter(name: str) -> Exporter:
    """The format of that name; `UnknownNameError` lists those that there are."""
    known = list_exporters()
    if name not in known:
        raise UnknownNameError(
            f"There is no exporter for the format {name!a}; the formats are {', '.join(known)}."
        )
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    return Exporter(name, module.DESCRIPTION, module.write)


def read_schema() -> str:
    """The JSON Schema (2020-12) of the `json` format."""
    from importlib.resources import files

    return files(__name__).joinpath("json.schema.json").read_text(encoding="utf-8")
