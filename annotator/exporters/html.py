"""One page to read, to print and to send: each article with its labels in it.

Nothing in it comes from outside and nothing runs: no script, no font, no picture, and a content
security policy that says so to the browser. A label is told by its letter, its underline and its
colour; a link is a link within the page. Text from outside is escaped, what would turn the
direction of the words around it is made visible, and names in another script stand by themselves.

The page is written one document after another; of a document, the labels are in memory, since its
counts and the links to a sentence stand before what they are made from. The list of documents is
therefore written last, and the style puts it first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Final
from unicodedata import bidirectional

from annotator.text.display import show_line, show_literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.exporters import Corpus, LabelledDocument, LabelledSentence
    from annotator.model.annotation import Annotation
    from annotator.model.document import Document
    from annotator.model.scheme import LabelScheme
    from annotator.model.span import Span

DESCRIPTION = "one page to read and print: each article with its labels, links and notes"

LOSES: Final = (
    "offsets, the times of annotations and the document's id",
    "which reviewer made a link, where several labelled a sentence",
    "the definitions of the labels",
    "bidirectional controls, which are shown by their names",
)

_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)
_COLOURS: Final = ("warning", "error", "secondary", "success", "primary", "accent")
_UNDERLINES: Final = 5
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,8}")
_ADDRESS: Final = re.compile(r"https?://\S+", re.IGNORECASE)
# What the page adds within an article: in English, and no part of the text when one copies it.
_ADDED: Final = 'lang="en" dir="ltr"'


@dataclass(frozen=True, slots=True)
class _Row:
    """A sentence without its text, which would be in memory twice."""

    index: int
    paragraph: int
    span: Span
    label: str | None
    annotations: tuple[Annotation, ...]

    @property
    def labels(self) -> list[str]:
        """The labels that reviewers gave, each once."""
        return sorted({said.label for said in self.annotations if said.label is not None})

    @property
    def is_noted(self) -> bool:
        """Whether there is more to say of it than its label and its links."""
        return any(said.speaker or said.note or said.unsure for said in self.annotations)


@dataclass(frozen=True, slots=True)
class _Look:
    """How a label looks: its letter, and the classes of its colour and its underline."""

    letter: str
    colour: str
    underline: str


def write(corpus: Corpus) -> Iterator[str]:
    """The whole page, piece by piece."""
    style = files("annotator.exporters").joinpath("html.css").read_text(encoding="utf-8")
    name = _escape_line(f"Labelled articles: {corpus.scheme.name}")
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{name}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f'<header><h1 class="page">{name}</h1></header>\n<main>\n'
    )
    looks = _choose_looks(corpus.scheme)
    titles: list[str] = []
    for number, labelled in enumerate(corpus.documents, 1):
        titles.append(labelled.document.title)
        yield from _Page(labelled, number, looks=looks).write()
    if not titles:
        yield '<p class="empty">There is no document here.</p>\n'
    yield "</main>\n"
    if len(titles) > 1:
        yield from _write_list(titles)
    yield "</body>\n</html>\n"


def _choose_looks(scheme: LabelScheme) -> dict[str, _Look]:
    return {
        label.name: _Look(
            letter=label.key.upper() if len(label.key) == 1 else label.name[:1].upper(),
            colour=label.colour if label.colour in _COLOURS else _COLOURS[number % len(_COLOURS)],
            underline=f"u{number % _UNDERLINES}",
        )
        for number, label in enumerate(scheme.labels)
    }


def _write_list(titles: Sequence[str]) -> Iterator[str]:
    yield '<nav aria-labelledby="documents">\n'
    yield '<h2 id="documents" class="page">Documents</h2>\n<ol>\n'
    for number, title in enumerate(titles, 1):
        yield f'<li><a href="#d{number}"><bdi>{_escape_line(title)}</bdi></a></li>\n'
    yield "</ol>\n</nav>\n"


class _Page:
    """A document on the page. `number` counts from 1, and is in the ids of what can be gone to."""

    def __init__(self, labelled: LabelledDocument, number: int, *, looks: dict[str, _Look]) -> None:
        self._document = labelled.document
        self._text = labelled.text
        self._number = number
        self._looks = looks
        self._rows = [_make_row(sentence) for sentence in labelled.sentences]
        self._denied_by: dict[int, list[int]] = {}
        for row in self._rows:
            for index in self._find_denied(row):
                self._denied_by.setdefault(index, []).append(row.index)

    def write(self) -> Iterator[str]:
        """The article: heading, legend, text, notes."""
        document, number = self._document, self._number
        language = _write_language(document)
        yield (
            f'<article id="d{number}" aria-labelledby="d{number}-title">\n<header>\n'
            f'<h2 id="d{number}-title" dir="auto"{language}>{_escape_line(document.title)}</h2>\n'
        )
        yield from self._write_byline()
        yield "</header>\n"
        yield from self._write_legend()
        yield f'<div class="text"{language}>\n'
        yield from self._write_text()
        yield "</div>\n"
        yield from self._write_notes()
        yield "</article>\n"

    def _write_byline(self) -> Iterator[str]:
        document = self._document
        known = [part for part in (document.author, document.published) if part]
        parts = [f"<bdi>{_escape_line(part)}</bdi>" for part in known]
        if document.source:
            shown = f"<bdi>{_escape_line(document.source)}</bdi>"
            address = _ADDRESS.fullmatch(document.source)
            href = f'<a href="{_escape_line(document.source)}" rel="noreferrer">{shown}</a>'
            parts.append(href if address else shown)
        reviewers = sorted({said.reviewer for row in self._rows for said in row.annotations})
        if reviewers:
            names = ", ".join(f"<bdi>{_escape_line(name)}</bdi>" for name in reviewers)
            parts.append(f"labelled by {names}")
        if parts:
            yield f'<p class="by">{" · ".join(parts)}</p>\n'

    def _write_legend(self) -> Iterator[str]:
        settled = Counter(row.label for row in self._rows)
        unsettled = sum(1 for row in self._rows if row.label is None and row.labels)
        yield '<ul class="key" aria-label="Labels, and how many sentences have each">\n'
        for name in [*self._looks, *sorted({*settled} - {*self._looks, None}, key=str)]:
            look = self._find_look(str(name))
            yield (
                f'<li><span class="badge {look.colour}" aria-hidden="true">'
                f"{_escape_line(look.letter)}</span>"
                f'<mark class="{look.colour} {look.underline}">{_escape_line(str(name))}</mark>'
                f' <span class="n">{settled[name]}</span></li>\n'
            )
        if unsettled:
            yield (
                '<li><mark class="open u3">reviewers differ</mark>'
                f' <span class="n">{unsettled}</span></li>\n'
            )
        if settled[None] > unsettled:
            yield f'<li>no label <span class="n">{settled[None] - unsettled}</span></li>\n'
        yield "</ul>\n"

    def _write_text(self) -> Iterator[str]:
        at = 0
        for _, group in groupby(self._rows, key=lambda row: row.paragraph):
            rows = list(group)
            yield from self._write_between(at, rows[0].span.start)
            at = rows[0].span.start
            side = _find_direction(self._text, at, rows[-1].span.end)
            yield f'<p dir="{side}">'
            for row in rows:
                yield _escape(self._text[at : row.span.start])
                yield self._write_sentence(row)
                at = row.span.end
            yield "</p>\n"
        yield from self._write_between(at, len(self._text))

    def _write_between(self, start: int, end: int) -> Iterator[str]:
        """Text that is in no sentence, if it is more than white space."""
        between = self._text[start:end].strip()
        if between:
            yield f'<p dir="auto">{_escape(between)}</p>\n'

    def _write_sentence(self, row: _Row) -> str:
        text = _escape(self._text[row.span.start : row.span.end])
        name = f'id="{self._name(row.index)}"'
        if not row.annotations and row.index not in self._denied_by:
            return f'<span {name} class="t" dir="auto">{text}</span>'
        look = self._look_at(row)
        badge = self._write_badge(row, href=f"#{self._name(row.index, 'n')}")
        mark = f'<mark class="t {look.colour} {look.underline}" dir="auto">{text}</mark>'
        asides = "".join(f'<span class="x aside" {_ADDED}>{one}</span>' for one in self._tell(row))
        return f"<span {name}>{badge}{mark}{asides}</span>"

    def _write_badge(self, row: _Row, *, href: str) -> str:
        """The letter and the number; a link, where there are notes to go to or to come from."""
        labels = row.labels
        letters = "/".join(_escape_line(self._find_look(name).letter) for name in labels)
        unsure = any(said.unsure for said in row.annotations)
        shown = f"{letters}{'?' if unsure else ''} {row.index + 1}".strip()
        parts = [" or ".join(_escape_line(name) for name in labels), "unsure" if unsure else ""]
        heard = ", ".join([f"sentence {row.index + 1}", *filter(None, parts)])
        split = " split" if len(labels) > 1 else ""
        opening, closing = (f'a href="{href}"', "a") if row.is_noted else ("span", "span")
        return (
            f'<{opening} class="x badge {self._look_at(row).colour}{split}" {_ADDED}>'
            f'<span aria-hidden="true">{shown}</span><span class="away">{heard}: </span>'
            f"</{closing}>"
        )

    def _tell(self, row: _Row) -> Iterator[str]:
        """What stands behind a sentence: what it denies, what denies it, who labelled it how."""
        denied = self._find_denied(row)
        if denied:
            yield f"↳\N{NO-BREAK SPACE}denies\N{NO-BREAK SPACE}{self._link(denied)}"
        denied_by = self._denied_by.get(row.index, ())
        if denied_by:
            yield f"denied\N{NO-BREAK SPACE}by\N{NO-BREAK SPACE}{self._link(denied_by)}"
        if len(row.labels) > 1:
            yield " · ".join(
                f"<bdi>{_escape_line(said.reviewer)}</bdi>: {_escape_line(said.label)}"
                for said in row.annotations
                if said.label is not None
            )

    def _write_notes(self) -> Iterator[str]:
        opening = (
            f'<section class="notes" aria-labelledby="d{self._number}-notes">\n'
            f'<h3 id="d{self._number}-notes">Speakers and notes</h3>\n<ol>\n'
        )
        closing = ""
        for row in self._rows:
            if row.is_noted:
                yield f'{opening}<li id="{self._name(row.index, "n")}">'
                yield self._write_badge(row, href=f"#{self._name(row.index)}")
                for said in row.annotations:
                    yield f'<span class="line">{_describe_said(said)}</span>'
                yield "</li>\n"
                opening, closing = "", "</ol>\n</section>\n"
        yield closing

    def _find_denied(self, row: _Row) -> list[int]:
        spans = {span for said in row.annotations for span in said.denies}
        rows = self._rows
        found = {bisect_right(rows, span.start, key=_start_of) - 1 for span in spans}
        return sorted(rows[place].index for place in found if place >= 0)

    def _find_look(self, label: str) -> _Look:
        """A label that the scheme has no more is shown all the same."""
        return self._looks.get(label) or _Look(label[:1].upper(), "open", "u4")

    def _look_at(self, row: _Row) -> _Look:
        if row.label is not None:
            return self._find_look(row.label)
        return _Look("", "open", "u3" if row.labels else "none")

    def _name(self, index: int, kind: str = "s") -> str:
        return f"d{self._number}-{kind}{index + 1}"

    def _link(self, indexes: Iterable[int]) -> str:
        return ", ".join(f'<a href="#{self._name(index)}">{index + 1}</a>' for index in indexes)


def _make_row(labelled: LabelledSentence) -> _Row:
    sentence = labelled.sentence
    return _Row(
        sentence.index, sentence.paragraph, sentence.span, labelled.label, labelled.annotations
    )


def _describe_said(said: Annotation) -> str:
    parts = [_escape_line(said.label) if said.label is not None else "no label"]
    if said.unsure:
        parts.append("unsure")
    if said.speaker is not None:
        parts.append(f"said by <bdi>{_escape_line(said.speaker)}</bdi>")
    note = f' — <bdi class="say">{_escape(said.note)}</bdi>' if said.note is not None else ""
    return f"<bdi>{_escape_line(said.reviewer)}</bdi>: {', '.join(parts)}{note}"


def _write_language(document: Document) -> str:
    """The attribute, where the document's language is of the form that one has (BCP 47)."""
    fits = _LANGUAGE.fullmatch(document.language)
    return f' lang="{document.language}"' if fits else ""


def _find_direction(text: str, start: int, end: int) -> str:
    """Where a paragraph begins, by its first letter (Unicode Annex 9, rules P2 and P3).

    `dir="auto"` would not do: it leaves out sentences that have a direction of their own.
    """
    for character in text[start:end]:
        match bidirectional(character):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return "ltr"


def _start_of(row: _Row) -> int:
    return row.span.start


def _escape(text: str) -> str:
    return escape(show_literal(text))


def _escape_line(text: str) -> str:
    return escape(show_line(text))
