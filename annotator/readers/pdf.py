"""PDF files: the text layer, its lines joined into paragraphs.

A PDF knows no paragraphs, only where letters stand. A line begins a new paragraph where the gap
above it is wider than the page's usual one, where the size of its letters changes, or where the
line before ended a sentence well short of the margin.
"""

from __future__ import annotations

import logging
import re
import zlib
from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from statistics import median
from struct import error as StructError  # noqa: N812 - an error, named as one
from time import monotonic
from typing import TYPE_CHECKING, Final

from annotator.errors import SourceError
from annotator.model.document import Article
from annotator.readers import Reading, Source
from annotator.text.display import show_line
from annotator.text.normalize import (
    check_holds_text,
    check_line_length,
    normalize,
    title_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PageObject, PdfReader

DESCRIPTION = "PDF files with a text layer: paragraphs, without repeated headers and footers"
SUFFIXES = (".pdf",)

_MOST_PAGES: Final = 2_000
_MOST_SECONDS: Final = 60.0
_MOST_LINES: Final = 500_000

_WIDE_GAP: Final = 1.3
"""How much wider than the usual gap between lines one is that parts paragraphs."""

_SHORT_LINE: Final = 0.75
"""The part of the longest line below which a sentence's last line ends a paragraph."""

_EDGE: Final = 2
"""How many lines at the head and foot of a page may be its header and footer."""

_SENTENCE_END: Final = re.compile(r"[.!?…:。！？؟۔।][\"'”’»)\]]*$")
_BROKEN_WORD: Final = re.compile(r"([^\W\d_]+)-$")
_HYPHEN: Final = re.compile(r"\w[-\u2010]$")
_NUMBER: Final = re.compile(r"\d+")
_QUIET: Final = logging.NullHandler()

_FAULTS: Final = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError),
    *(NotImplementedError, OSError, RecursionError, TypeError, ValueError, StructError),
    *(zlib.error, RuntimeError),
)
"""What pypdf lets through from broken files, besides its own errors."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: `top` is its height above the page's foot, both in points (1/72 inch)."""

    text: str
    top: float
    size: float


class _TooLongError(ValueError):
    """A page did not end in time."""


def sniff(source: Source) -> bool:
    """Whether the mark of a PDF is in the first 1,024 bytes, where other readers look for it."""
    return b"%PDF-" in source.content[:1024]


def read(source: Source) -> Iterator[Reading]:
    """One article. `SourceError` for what is no PDF, is encrypted, or has no text layer."""
    shown = show_line(source.name)
    if not sniff(source):
        raise _refuse(shown, "it does not begin like one")
    pages, told = _read_file(source.content, shown)
    if not any(pages):
        raise SourceError(
            f"{shown} has no text layer: it is a scan or a picture. Run it through OCR (such as"
            " ocrmypdf), or type the article, and import that."
        )
    pages, repeated = _drop_repeated(pages)
    normalized = normalize("\n\n".join(_join(pages)))
    check_holds_text(normalized.text, source.name)
    check_line_length(normalized.text, source.name)
    remarks = []
    if repeated:
        lines = "line" if repeated == 1 else "lines"
        remarks.append(f"{repeated} {lines} of repeated page headers and footers left out")
    if normalized.dropped:
        some = "character" if normalized.dropped == 1 else "characters"
        remarks.append(f"{normalized.dropped} control {some} left out")
    article = Article(
        text=normalized.text,
        title=title_of(told.get("/Title", "")) or title_of(normalized.text),
        source=source.origin,
        author=told.get("/Author") or None,
        published=_format_date(told.get("/CreationDate", "")),
        language=source.language or "en",
    )
    yield Reading(article, tuple(remarks))


def _refuse(shown: str, reason: str) -> SourceError:
    return SourceError(
        f"{shown} is no PDF that can be read: {reason}. Open it in a viewer, save or print it as"
        " PDF again, or save its text, and import that."
    )


def _read_file(content: bytes, shown: str) -> tuple[list[list[_Line]], dict[str, str]]:
    try:
        import pypdf
        from pypdf.errors import DependencyError, PyPdfError
    except ImportError:
        raise SourceError(
            f"{shown} is a PDF, which needs pypdf: pip install 'annotator[pdf]'."
        ) from None
    # Without a handler of its own, logging prints warnings to the terminal.
    logging.getLogger("pypdf").addHandler(_QUIET)
    try:
        reader = pypdf.PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise SourceError(
                f"{shown} is encrypted: open it in a viewer, print it to a new PDF and import that."
            )
        return _read_pages(reader, shown), _read_properties(reader)
    except _TooLongError:
        raise SourceError(
            f"{shown} took longer than {_MOST_SECONDS:g} seconds to read, and reading it was given"
            " up: save the article's text and import that."
        ) from None
    except (PyPdfError, DependencyError, *_FAULTS):
        raise _refuse(shown, "it is damaged") from None


def _read_pages(reader: PdfReader, shown: str) -> list[list[_Line]]:
    count = len(reader.pages)
    if count > _MOST_PAGES:
        raise SourceError(
            f"{shown} has {count:,} pages, and {_MOST_PAGES:,} are the most that are read: save"
            " the article's own pages as a PDF and import that."
        )
    until = monotonic() + _MOST_SECONDS
    pages: list[list[_Line]] = []
    for page in reader.pages:
        pages.append(_read_page(page, until))
        if sum(map(len, pages)) > _MOST_LINES:
            raise _TooLongError
    return pages


def _read_page(page: PageObject, until: float) -> list[_Line]:
    pieces: list[tuple[str, float, float]] = []

    def keep(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        # The height on the page: the text's own matrix, then that of what it stands in.
        top = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs(tm[3] * cm[3]) or 1.0
        pieces.append((text, top, round(float(size or 0) * scale, 1)))

    def watch(*_operation: object) -> None:
        if monotonic() > until:
            raise _TooLongError

    page.extract_text(visitor_text=keep, visitor_operand_before=watch)
    watch()
    return list(_cut_lines(pieces))


def _cut_lines(pieces: list[tuple[str, float, float]]) -> Iterator[_Line]:
    """The lines that the pieces of text make; each stands where its first letter does."""
    held: list[str] = []
    place: tuple[float, float] | None = None
    for text, top, size in [*pieces, ("\n", 0.0, 0.0)]:
        for number, part in enumerate(text.split("\n")):
            if number:
                line = _tidy("".join(held))
                if line and place is not None:
                    yield _Line(line, *place)
                held, place = [], None
            if place is None and part.strip():
                place = (top, size)
            held.append(part)


def _tidy(text: str) -> str:
    # pypdf hands lone surrogates on from broken maps of characters.
    return " ".join(text.encode("utf-8", "ignore").decode("utf-8").replace("\0", "").split())


def _drop_repeated(pages: list[list[_Line]]) -> tuple[list[list[_Line]], int]:
    """Leave out what stands at the edge of more than half of three pages or more.

    Lines that differ in their numbers alone are the same. Returns the pages and how many lines
    are gone.
    """
    filled = sum(1 for page in pages if page)
    seen: Counter[tuple[str, int, str]] = Counter()
    for page in pages:
        seen.update(set(_list_edges(page)))
    repeated = {edge for edge, times in seen.items() if filled >= 3 and times * 2 > filled}
    kept, dropped = [], 0
    for page in pages:
        numbers = {
            number if end == "head" else len(page) - 1 - number
            for end, number, text in _list_edges(page)
            if (end, number, text) in repeated
        }
        dropped += len(numbers)
        kept.append([line for number, line in enumerate(page) if number not in numbers])
    return kept, dropped


def _list_edges(page: list[_Line]) -> Iterator[tuple[str, int, str]]:
    for number, line in enumerate(page[:_EDGE]):
        yield "head", number, _NUMBER.sub("#", line.text)
    for number, line in enumerate(page[: -_EDGE - 1 : -1]):
        yield "foot", number, _NUMBER.sub("#", line.text)


def _join(pages: list[list[_Line]]) -> list[str]:
    """The paragraphs. A sentence that goes on over a page's end is not cut there."""
    whole = "\n".join(line.text for page in pages for line in page)
    compounds = set(re.findall(r"[^\W\d_]+-[^\W\d_]+", whole.lower()))
    paragraphs: list[list[str]] = []
    last: _Line | None = None
    for page in pages:
        usual = _find_usual_gap(page)
        longest = max((len(line.text) for line in page), default=0)
        for number, line in enumerate(page):
            first = number == 0
            if last is None or _begins(line, last, None if first else usual, longest):
                paragraphs.append([line.text])
            else:
                _append(paragraphs[-1], line.text, compounds)
            last = line
    return ["".join(pieces) for pieces in paragraphs]


def _find_usual_gap(page: list[_Line]) -> float:
    gaps = [above.top - below.top for above, below in pairwise(page)]
    return median(gap for gap in gaps if gap > 0) if any(gap > 0 for gap in gaps) else 0.0


def _begins(line: _Line, last: _Line, usual: float | None, longest: int) -> bool:
    """Whether a paragraph begins here; `usual` is `None` on a new page."""
    ended = _SENTENCE_END.search(last.text) is not None
    if abs(line.size - last.size) > 0.5:
        return True
    gap = last.top - line.top
    if usual is None or gap < 0:  # a new page or column
        return ended and len(last.text) < longest * _SHORT_LINE
    if usual and gap > usual * _WIDE_GAP:
        return True
    return ended and len(last.text) < longest * _SHORT_LINE


def _append(pieces: list[str], text: str, compounds: set[str]) -> None:
    """Put a line behind the others of its paragraph, a word that is broken made whole.

    The hyphen of a word that the document has elsewhere with it, inside a line, stays.
    """
    before = pieces[-1]
    if before.endswith("\u00ad"):
        pieces[-1] = before[:-1]
    elif (broken := _BROKEN_WORD.search(before)) and text[:1].islower():
        rest = re.match(r"[^\W\d_]+", text)
        word = f"{broken[1]}-{rest[0] if rest else ''}".lower()
        if word not in compounds:
            pieces[-1] = before[:-1]
    elif _HYPHEN.search(before) is None or not text[:1].isalnum():
        pieces.append(" ")
    pieces.append(text)


def _read_properties(reader: PdfReader) -> dict[str, str]:
    """What the file says of itself, on one line each; what is not text is left out."""
    from pypdf.errors import PyPdfError

    try:
        said = dict((reader.metadata or {}).items())
    except (PyPdfError, *_FAULTS):
        return {}
    return {
        str(name): _tidy(normalize(value).text)
        for name, value in said.items()
        if isinstance(value, str)
    }


def _format_date(said: str) -> str | None:
    """The day of a PDF's date, `D:YYYYMMDD…` (ISO 32000-1, 7.9.4), as `YYYY-MM-DD`."""
    found = re.match(r"(?:D:)?(\d{4})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", said, re.ASCII)
    return "-".join(found.groups()) if found else None
