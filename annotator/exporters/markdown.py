"""A page to read: each document's sentences, numbered, with what each reviewer has said of them.

Format: CommonMark 0.31, https://spec.commonmark.org. A paragraph is a numbered list that begins at
its first sentence's number; `.` and `)` take turns, since two lists with the same sign after their
numbers would be one. Nothing in a text is taken for Markdown: what could be is escaped, and so are
the links that GitHub and others find in plain text. Characters that could harm a terminal are
written as numeric references, which every reader of Markdown shows as the characters.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.exporters import Corpus, LabelledDocument, LabelledSentence
    from annotator.model.annotation import Annotation

DESCRIPTION = "a page to read, each sentence with its labels"
LOSES: Final = (
    "line breaks and runs of white space within a sentence",
    "white space between sentences and paragraphs",
    "when a label was given and changed",
    "when a document was imported, and which it replaces",
    "the label scheme",
)

_SPACES: Final = re.compile(r"[ \t\n]+")
# A colon only where it could begin a link or an emoji's name, to keep prose readable.
_MARKUP: Final = re.compile(r"[\\`*_{}\[\]<>#|~&$^=@]|:(?=[^\s\d])|(?<=www)\.", re.IGNORECASE)
_AT_START: Final = re.compile(r"[-+]|(?<=\d)[.)]")
_NUMBER: Final = re.compile(r"\d{1,9}(?=[.)])", re.ASCII)
_UNSAFE: Final = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_NUMBER_OF_LIST: Final = 999_999_999


def write(corpus: Corpus) -> Iterator[str]:
    """The whole file, piece by piece."""
    gap = ""
    for labelled in corpus.documents:
        yield gap
        yield from _write_document(labelled)
        gap = "\n"


def escape(text: str) -> str:
    """`text` on one line, so that a reader of Markdown shows it and nothing else.

    It may stand at the beginning of a block. White space becomes single spaces.
    """
    line = _SPACES.sub(" ", text).strip(" ")
    number = _NUMBER.match(line)
    place = number.end() if number else 0
    escaped = _MARKUP.sub(r"\\\g<0>", line[place:])
    if line[place : place + 1] and line[place] in (".)" if number else "-+"):
        escaped = f"\\{escaped}"
    return line[:place] + _UNSAFE.sub(_refer, escaped)


def _write_document(labelled: LabelledDocument) -> Iterator[str]:
    document = labelled.document
    yield f"# {escape(document.title or document.id)}\n\n"
    facts = {
        "Source": document.source,
        "Author": document.author,
        "Published": document.published,
        "Language": document.language,
        "Document": document.id,
    }
    for name, value in facts.items():
        if value:
            yield f"- {name}: {escape(value)}\n"
    paragraphs = groupby(labelled.sentences, key=lambda one: one.sentence.paragraph)
    for number, (_, sentences) in enumerate(paragraphs):
        yield "\n"
        for sentence in sentences:
            yield from _write_sentence(labelled, sentence, sign=".)"[number % 2])


def _write_sentence(
    labelled: LabelledDocument, sentence: LabelledSentence, *, sign: str
) -> Iterator[str]:
    marker = f"{min(sentence.sentence.index + 1, _NUMBER_OF_LIST)}{sign} "
    yield f"{marker}{escape(sentence.sentence.text)}\n"
    for annotation in sentence.annotations:
        yield f"{' ' * len(marker)}- {_describe(labelled, annotation)}\n"


def _describe(labelled: LabelledDocument, annotation: Annotation) -> str:
    label = "no label" if annotation.label is None else f"**{escape(annotation.label)}**"
    parts = [f"{escape(annotation.reviewer)}: {label}"]
    if annotation.unsure:
        parts.append("unsure")
    if annotation.speaker is not None:
        parts.append(f"speaker: {escape(annotation.speaker)}")
    if annotation.denies:
        found = (labelled.find_index(span.start) for span in annotation.denies)
        numbers = [str(index + 1) for index in found if index is not None]
        parts.append(f"denies {', '.join(numbers)}")
    if annotation.note is not None:
        parts.append(f"note: {escape(annotation.note)}")
    return "; ".join(parts)


def _refer(match: re.Match[str]) -> str:
    return f"&#x{ord(match[0]):x};"
