"""Word documents (.docx): paragraphs, headings, lists, cells of tables in order, then footnotes.

python-docx opens the package and knows its parts and properties; the text is gathered here, since
its `Paragraph.text` leaves out what was inserted under tracked changes and what stands in content
controls. The file is packed anew before it is opened, with the parts of XML alone, so that nothing
else in it (pictures, macros) is ever unpacked and no part is larger than it claims.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
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
    from datetime import datetime

    from docx.document import Document
    from lxml.etree import _Element

DESCRIPTION = "Word documents (.docx): text, headings, lists, tables and footnotes"
SUFFIXES = (".docx", ".docm")

_MOST: Final = 100_000_000
_MOST_RATIO: Final = 200
_SMALL: Final = 1_000_000
"""Bytes unpacked below which a part may be packed as tightly as it likes."""

_MOST_PARTS: Final = 10_000
_OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATHS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MACROS: Final = b"application/vnd.ms-word.document.macroEnabled.main+xml"
_PLAIN: Final = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

_BREAKS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
# Deleted under tracked changes, or moved elsewhere; instructions of fields; an older twin.
_LEFT_OUT: Final = frozenset(
    [*(f"{_WORD}{name}" for name in ("del", "moveFrom", "rPr", "pPr", "instrText")), _FALLBACK]
)


def sniff(source: Source) -> bool:
    """Whether it begins like a package of Word, or like what Word wrote before or encrypts."""
    return source.content.startswith((b"PK\x03\x04", _OLD))


def read(source: Source) -> Iterator[Reading]:
    """One article. `SourceError` for what is no .docx, is encrypted, or unpacks to far too much."""
    shown = show_line(source.name)
    document = _open(source.content, shown)
    normalized = normalize("\n\n".join(_list_paragraphs(document, shown)))
    check_holds_text(normalized.text, source.name)
    check_line_length(normalized.text, source.name)
    remarks = []
    if normalized.dropped:
        some = "character" if normalized.dropped == 1 else "characters"
        remarks.append(f"{normalized.dropped} control {some} left out")
    told = _read_properties(document)
    article = Article(
        text=normalized.text,
        title=title_of(told.title) or title_of(normalized.text),
        source=source.origin,
        author=told.author or None,
        published=told.created,
        language=source.language or told.language or "en",
    )
    yield Reading(article, tuple(remarks))


def _open(content: bytes, shown: str) -> Document:
    _check_beginning(content, shown)
    package = _repack(content, shown)
    try:
        from docx.api import Document as open_document  # noqa: N813 - it is a function
    except ImportError:
        raise SourceError(
            f"{shown} is a Word document, which needs python-docx: pip install 'annotator[docx]'."
        ) from None
    from lxml.etree import LxmlError

    try:
        document = open_document(package)
        document.element.body.tag  # noqa: B018 - a package may hold another kind of document
    except (LxmlError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
        raise _refuse(shown, "its parts are not those of one") from None
    return document


def _check_beginning(content: bytes, shown: str) -> None:
    if content.startswith(_OLD):
        raise SourceError(
            f"{shown} is encrypted: open it in Word, save it without a password and import that."
            if _ENCRYPTED in content
            else f"{shown} is a document of the older kind (.doc): save it as .docx and import"
            " that."
        )
    if not content.startswith(b"PK\x03\x04"):
        raise _refuse(shown, "it does not begin like one")


def _refuse(shown: str, reason: str) -> SourceError:
    return SourceError(
        f"{shown} is no Word document (.docx) that can be read: {reason}. Open it in Word, save it"
        " as .docx again, or save it as text, and import that."
    )


def _repack(content: bytes, shown: str) -> BytesIO:
    """The package with its parts of XML as they are and every other one empty.

    A part's size in the directory may be a lie: what is unpacked is counted piece by piece.
    """
    packed = BytesIO()
    try:
        with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
            parts = old.infolist()
            _check_sizes(parts, shown)
            written: set[str] = set()
            for part in parts:
                if part.filename in written or part.is_dir():
                    continue
                written.add(part.filename)
                is_text = part.filename.lower().endswith((".xml", ".rels"))
                new.writestr(part.filename, _unpack(old, part, shown) if is_text else b"")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
        raise _refuse(shown, "its archive is damaged") from None
    except (NotImplementedError, RuntimeError, ValueError, LookupError):
        raise _refuse(shown, "its archive is of a kind that Word does not write") from None
    packed.seek(0)
    return packed


def _check_sizes(parts: list[zipfile.ZipInfo], shown: str) -> None:
    dense = any(
        part.file_size > _SMALL and part.file_size > _MOST_RATIO * part.compress_size
        for part in parts
    )
    if dense or len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST:
        raise SourceError(
            f"{shown} would unpack to far more than a document holds, and was not unpacked: if it"
            " is what you meant, save its text and import that."
        )


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo, shown: str) -> bytes:
    pieces = []
    with archive.open(part) as unpacked:
        # In pieces: reading all at once unpacks a part whole before it is cut to its size.
        while piece := unpacked.read(65_536):
            pieces.append(piece)
    content = b"".join(pieces)
    # Without NULs, so that UTF-16 is seen through.
    start = content.replace(b"\0", b"")
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise SourceError(
            f"{shown} declares entities, which no Word document does: save its text and import"
            " that."
        )
    return content.replace(_MACROS, _PLAIN) if part.filename == "[Content_Types].xml" else content


def _list_paragraphs(document: Document, shown: str) -> list[str]:
    try:
        return [*_gather(document.element.body), *_gather_footnotes(document)]
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise _refuse(shown, "its text is not where it should be") from None


def _gather_footnotes(document: Document) -> Iterator[str]:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.parser import parse_xml
    from lxml.etree import LxmlError

    for kind in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
        for link in document.part.rels.values():
            if link.reltype == kind and not link.is_external:
                try:
                    notes = parse_xml(link.target_part.blob)
                except LxmlError as error:
                    raise ValueError(str(error)) from None
                yield from _gather(notes)


def _gather(root: _Element) -> Iterator[str]:
    """The text of each paragraph; one inside another (a text box) comes before it."""
    open_paragraphs: list[list[str]] = []
    hidden = 0
    from lxml.etree import iterwalk

    for event, element in iterwalk(root, events=("start", "end")):
        if element.tag in _LEFT_OUT:
            hidden += 1 if event == "start" else -1
        elif hidden:
            continue
        elif element.tag == f"{_WORD}p":
            if event == "start":
                open_paragraphs.append([])
            elif text := _tidy("".join(open_paragraphs.pop())):
                yield text
        elif event == "start" and open_paragraphs:
            open_paragraphs[-1].append(_read_text(element))


def _read_text(element: _Element) -> str:
    if element.tag in (f"{_WORD}t", _MATHS):
        return element.text or ""
    name = element.tag.removeprefix(_WORD) if isinstance(element.tag, str) else ""
    return _BREAKS.get(name, "")


def _tidy(text: str) -> str:
    return "" if text.isspace() else text.strip(" \t\n")


@dataclass(frozen=True, slots=True)
class _Properties:
    title: str = ""
    author: str = ""
    created: str | None = None
    language: str = ""


def _read_properties(document: Document) -> _Properties:
    """What the document says of itself; properties that make no sense are none."""
    try:
        said = document.core_properties
        created = said.created
        return _Properties(
            " ".join(normalize(said.title).text.split()),
            " ".join(normalize(said.author).text.split()),
            _format_time(created) if created else None,
            said.language.strip() if said.language.replace("-", "").isalnum() else "",
        )
    except (ValueError, TypeError, LookupError, AttributeError):
        return _Properties()


def _format_time(moment: datetime) -> str:
    return moment.replace(tzinfo=None, microsecond=0).isoformat() + "Z"
