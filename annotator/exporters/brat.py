"""brat's standoff format, a folder that opens in brat as it is.

At its top stands `annotation.conf`, made from the label scheme. brat knows no reviewers, so each
has a folder with the documents that they have said something of, `<folder>/<document id>.txt` and
`.ann`; a document of which nobody has said anything stands at the top. The reviewer's name is in
the `.ann`, as a note of the type `Reviewer`, since a folder cannot bear every name.

Format: https://brat.nlplab.org/standoff.html. Offsets are code points. A text-bound annotation
must not hold a line break, so a sentence over several lines is written as brat itself writes it, in
fragments. A sentence's `T` has its number, from 1, so that a denial can name one further on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annotator.exporters import Corpus, LabelledDocument
    from annotator.model.annotation import Annotation
    from annotator.model.scheme import LabelScheme
    from annotator.model.span import Span

DESCRIPTION = "a folder for brat: .txt and .ann by reviewer, with its annotation.conf"
LOSES: Final = (
    "a document's title, source, author, date and language",
    "when a label was given and changed",
    "how the text was cut where nothing is labelled",
    "the definitions and keys of the label scheme",
)

UNLABELLED: Final = "Unlabelled"
"""The type of a sentence that has no label, but a note, a flag or a denial that points to it."""

# Line breaks to brat, whose reader goes by `str.splitlines`, and tabs, which end a field.
_BREAKS: Final = re.compile(r"[\t\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_ESCAPED: Final = re.compile(r"[\\\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SHORT: Final = {"\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_NOT_OF_TYPES: Final = re.compile(r"[^A-Za-z0-9_-]+")
_NOT_OF_FOLDERS: Final = re.compile(r"[^a-z0-9]+")
_PLAIN_FOLDER: Final = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9-]{0,39}")
_LONGEST_FOLDER: Final = 40


def write_files(corpus: Corpus) -> Iterator[tuple[str, Iterable[str]]]:
    """Each file's name, with `/` between folder and file, and its pieces."""
    types = name_types(corpus.scheme)
    yield "annotation.conf", _write_configuration(corpus.scheme, types)
    for labelled in corpus.documents:
        yield from _write_document(labelled, types)


def name_types(scheme: LabelScheme) -> dict[str, str]:
    """Label → the type that it has in brat: letters, digits, `_` and `-`, no two alike."""
    taken = {UNLABELLED.casefold()}
    types: dict[str, str] = {}
    for label in scheme.labels:
        stem = _make_type(label.name)
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}_{number}"
        taken.add(name.casefold())
        types[label.name] = name
    return types


def name_folder(reviewer: str) -> str:
    """A reviewer's folder: the name where every file system takes it, else one that is like it.

    The latter ends in `_` and the beginning of the name's SHA-256, and the former has no `_`, so
    that no two reviewers share a folder, on a file system that ignores case either.
    """
    if _PLAIN_FOLDER.fullmatch(reviewer):
        return reviewer
    ascii_only = normalize("NFKD", reviewer).encode("ascii", "ignore").decode().lower()
    stem = _NOT_OF_FOLDERS.sub("-", ascii_only).strip("-")[:_LONGEST_FOLDER] or "reviewer"
    return f"{stem}_{sha256(reviewer.encode('utf-8')).hexdigest()[:12]}"


def _make_type(name: str) -> str:
    return _NOT_OF_TYPES.sub("_", name).strip("_") or "Label"


def _write_configuration(scheme: LabelScheme, types: dict[str, str]) -> Iterator[str]:
    yield "[entities]\n"
    yield from (f"{name}\n" for name in types.values())
    yield f"{UNLABELLED}\n\n[relations]\n"
    for label in scheme.labels:
        targets = "|".join(types[name] for name in label.denies if name in types)
        if targets:
            yield f"Denies\tArg1:{types[label.name]}, Arg2:{targets}\n"
    yield "\n[events]\n\n[attributes]\nUnsure\tArg:<ENTITY>\n"


def _write_document(
    labelled: LabelledDocument, types: dict[str, str]
) -> Iterator[tuple[str, Iterable[str]]]:
    sheets: dict[str, _Sheet] = {}
    for sentence in labelled.sentences:
        for annotation in sentence.annotations:
            name = annotation.reviewer
            sheet = sheets.get(name) or sheets.setdefault(name, _Sheet(labelled, types, name))
            sheet.add(sentence.sentence.index, annotation)
    if not sheets:
        yield f"{labelled.document.id}.txt", (labelled.text,)
        yield f"{labelled.document.id}.ann", ()
    for name in sorted(sheets):
        stem = f"{name_folder(name)}/{labelled.document.id}"
        yield f"{stem}.txt", (labelled.text,)
        yield f"{stem}.ann", sheets[name].write()


@dataclass(slots=True)
class _Sheet:
    """The `.ann` of one reviewer and document, as it grows: its lines, and what it still owes."""

    labelled: LabelledDocument
    types: dict[str, str]
    reviewer: str
    lines: list[str] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)
    written: set[int] = field(default_factory=set)
    targets: dict[int, Span] = field(default_factory=dict)
    notes: int = 0
    flags: int = 0

    def add(self, index: int, annotation: Annotation) -> None:
        """What the reviewer has said of the sentence with that index, which comes once."""
        self._bind(index, annotation.span, annotation.label)
        if annotation.unsure:
            self.flags += 1
            self.lines.append(f"A{self.flags}\tUnsure T{index + 1}\n")
        if annotation.speaker is not None:
            self._note("Speaker", index, annotation.speaker)
        if annotation.note is not None:
            self._note("AnnotatorNotes", index, annotation.note)
        for span in annotation.denies:
            target = self.labelled.find_index(span.start)
            if target is not None:
                self.links.append((index, target))
                self.targets[target] = span

    def write(self) -> Iterator[str]:
        """All lines: also of sentences that are denied and of which nothing else is said."""
        for index in sorted(self.targets.keys() - self.written):
            self._bind(index, self.targets[index], None)
        yield from self.lines
        for number, (denial, denied) in enumerate(self.links, start=1):
            yield f"R{number}\tDenies Arg1:T{denial + 1} Arg2:T{denied + 1}\n"

    def _bind(self, index: int, span: Span, label: str | None) -> None:
        name = UNLABELLED if label is None else self.types.get(label) or _make_type(label)
        fragments = cut_fragments(self.labelled.text, span.start, span.end)
        where = ";".join(f"{start} {end}" for start, end in fragments)
        text = " ".join(self.labelled.text[start:end] for start, end in fragments)
        self.lines.append(f"T{index + 1}\t{name} {where}\t{text}\n")
        self.written.add(index)
        if len(self.written) == 1:
            self._note("Reviewer", index, self.reviewer)
        if label is not None and name != label:
            self._note("Label", index, label)

    def _note(self, kind: str, index: int, text: str) -> None:
        self.notes += 1
        escaped = _ESCAPED.sub(_escape, text)
        self.lines.append(f"#{self.notes}\t{kind} T{index + 1}\t{escaped}\n")


def cut_fragments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of `text[start:end]` between its line breaks and tabs, none of them empty."""
    fragments: list[tuple[int, int]] = []
    at = start
    for match in _BREAKS.finditer(text, start, end):
        fragments.append((at, match.start()))
        at = match.end()
    fragments.append((at, end))
    return [(first, last) for first, last in fragments if first < last]


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _SHORT.get(character) or f"\\u{ord(character):04x}"
