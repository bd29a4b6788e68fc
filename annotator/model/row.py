"""The labels as rows, one a sentence and reviewer: the columns of the database's view `labels`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from annotator.errors import StoreError
from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from annotator.model.annotation import Annotation
    from annotator.model.document import Document, Sentence

COLUMNS: Final = (
    "document_id",
    "title",
    "sentence_index",
    "start",
    "end",
    "text",
    "reviewer",
    "label",
    "speaker",
    "note",
    "unsure",
    "denies",
    "created_at",
    "updated_at",
)

ROWS_LOSE: Final = (
    "the label scheme",
    "where a document came from, its author, date, language and time of import",
    "the white space between sentences: a blank line or spaces of the same length stand for it",
    "the text behind the last sentence",
    "the history",
)
"""What no file of rows can hold."""

LARGEST_BLANK: Final = 1_000_000
"""The most code points of blank space that `lay_out` puts into a text; more is a damaged file."""

# What spreadsheets run as a formula (OWASP, "CSV Injection", with the full-width forms that they
# run in East Asian locales), also behind white space; and behind apostrophes, so that a text that
# begins like a guarded cell gets a guard of its own and comes back as it was.
_FORMULA: Final = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r])")


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `denies` are indexes of sentences; a sentence without annotation has no reviewer.

    A row that was read has `None` wherever its file has nothing.
    """

    document_id: str | None
    title: str | None
    sentence_index: int | None
    start: int | None
    end: int | None
    text: str
    reviewer: str | None = None
    label: str | None = None
    speaker: str | None = None
    note: str | None = None
    unsure: bool | None = None
    denies: tuple[int, ...] = ()
    created_at: str | None = None
    updated_at: str | None = None

    @property
    def says_nothing(self) -> bool:
        """Whether nobody says anything of the sentence in this row."""
        said = (self.label, self.speaker, self.note)
        return said == (None, None, None) and not self.unsure and not self.denies


def spread(
    document: Document,
    sentence: Sentence,
    *,
    annotations: Sequence[Annotation],
    find_index: Callable[[int], int | None],
) -> Iterator[Row]:
    """A sentence's rows: one for each annotation, or a single one without.

    `find_index` is the index of the sentence that holds a code point. `StoreError` for a link that
    leads to no sentence.
    """
    place = (document.id, document.title, sentence.index, sentence.span.start, sentence.span.end)
    if not annotations:
        yield Row(*place, sentence.text)
    for said in annotations:
        yield Row(
            *place,
            sentence.text,
            reviewer=said.reviewer,
            label=said.label,
            speaker=said.speaker,
            note=said.note,
            unsure=said.unsure,
            denies=tuple(_find_targets(document, said, find_index)),
            created_at=said.created_at,
            updated_at=said.updated_at,
        )


def _find_targets(
    document: Document, said: Annotation, find_index: Callable[[int], int | None]
) -> Iterator[int]:
    for span in said.denies:
        index = find_index(span.start)
        if index is None:
            raise StoreError(
                f"In document {document.id} a denial names {span.start}-{span.end}, which is no"
                " sentence: run 'annotator verify'."
            )
        yield index


def describe_row(row: Row) -> dict[str, object]:
    """The row's values, in the order of `COLUMNS`."""
    return {
        "document_id": row.document_id,
        "title": row.title,
        "sentence_index": row.sentence_index,
        "start": row.start,
        "end": row.end,
        "text": row.text,
        "reviewer": row.reviewer,
        "label": row.label,
        "speaker": row.speaker,
        "note": row.note,
        "unsure": row.unsure,
        "denies": list(row.denies),
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }


def guard(cell: str) -> str:
    """The cell as no spreadsheet takes it for a formula: an apostrophe in front where it would."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """The inverse of `guard`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell, 1) else cell


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence on its way back into a text. `start` and `end` are where its file has it, and
    `length` how many code points it has there: `text`, as it is stored, may have fewer.
    """

    text: str
    length: int
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A text put together from sentences: the paragraph and the span of each, in their order."""

    text: str
    cut: tuple[tuple[int, Span], ...]


def can_place(pieces: Sequence[Piece]) -> bool:
    """Whether the pieces, in this order, fit at their offsets: no overlap, each as long as it says,
    and no more blank space between them than `LARGEST_BLANK`.
    """
    end = blank = 0
    for piece in pieces:
        if piece.start is None or piece.end is None or piece.start < end:
            return False
        if piece.end - piece.start != piece.length:
            return False
        blank += piece.start - end
        end = piece.end
    return blank <= LARGEST_BLANK


def lay_out(pieces: Sequence[Piece]) -> Layout:
    """The pieces at their offsets where these fit, else a space apart.

    A gap of two code points or more is a blank line, and begins a paragraph.
    """
    placed = can_place(pieces)
    parts, cut, at, before, paragraph = list[str](), list[tuple[int, Span]](), 0, 0, 0
    for piece in pieces:
        gap = (piece.start or 0) - before if placed else min(at, 1)
        before = piece.end or 0
        if gap > 1 and at:
            paragraph += 1
            parts.append("\n\n" + " " * (gap - 2))
        else:
            parts.append(" " * gap)
        parts.append(piece.text)
        at += gap
        start = at + len(piece.text) - len(piece.text.lstrip())
        cut.append((paragraph, Span(start, at + len(piece.text.rstrip()))))
        at += len(piece.text)
    return Layout("".join(parts), tuple(cut))
