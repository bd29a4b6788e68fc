"""Web pages: the main text, found by trafilatura, without what stands around it."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Final

from annotator.errors import SourceError
from annotator.model.document import Article
from annotator.readers import Reading, Source
from annotator.text.decode import Decoded, decode
from annotator.text.display import show_line
from annotator.text.normalize import (
    check_holds_text,
    check_line_length,
    normalize,
    title_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element
    from lxml.html import HtmlElement
    from trafilatura.settings import Document

DESCRIPTION = "web pages: the main text, with title, author, date and language"
SUFFIXES = (".html", ".htm", ".xhtml")

# Measured: 4,000 links side by side take trafilatura 0.7 s, 8,000 four times as long; a long
# article of 48,000 paragraphs takes 5 s. A page of news has some 5,000 elements in all.
_MOST_ELEMENTS: Final = 100_000
_MOST_SIBLINGS: Final = 5_000

# htmldate would else ask the clock for the newest date that it believes.
_DATES: Final = {
    "original_date": True,
    "extensive_search": False,
    "min_date": "1900-01-01",
    "max_date": "2199-12-31",
}
_BLOCKS: Final = frozenset(
    [
        *("body", "doc", "main", "article", "section", "div", "p", "ab", "quote", "blockquote"),
        *("head", "h1", "h2", "h3", "h4", "h5", "h6", "list", "item", "ul", "ol", "li", "dl", "dt"),
        *("dd", "table", "row", "cell", "tr", "td", "th", "pre", "code", "fw", "graphic"),
    ]
)
_BLANK: Final = re.compile(r"[ \t\n\r\f]+")
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META_CHARSET: Final = re.compile(
    rb"<meta\b[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]+)"
    rb"|<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_BEGINNING: Final = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_TYPES: Final = ("text/html", "application/xhtml+xml")

# What browsers read for these names (https://encoding.spec.whatwg.org): pages say the one and
# are in the other, whose quotation marks and dashes the first does not have.
_WIDER: Final = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1"), "cp1252"),
    **dict.fromkeys(("us-ascii", "ascii"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "x-sjis"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987"), "cp949"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("tis-620", "iso-8859-11"), "cp874"),
}
# What lxml reads from a page (as `&#1;`) and then refuses to be given back.
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")

_STAND_INS: Final = range(0x13000, 0x13430)
"""Egyptian hieroglyphs, of which hardly a page has one; those that a page has are passed over."""

_QUIET: Final = logging.NullHandler()


def sniff(source: Source) -> bool:
    """Whether a server called it a web page, or its beginning is one's."""
    kind = (source.content_type or "").partition(";")[0].strip().lower()
    start = source.content[:4096].replace(b"\0", b"").decode("ascii", "ignore")
    return kind in _TYPES or _BEGINNING.search(start) is not None


def read(source: Source) -> Iterator[Reading]:
    """One article: paragraphs apart by a blank line, headings and cells of tables among them.

    `SourceError` where there is no main text to be found, or the page is too large to search.
    """
    decoded = _decode(source)
    tree = _parse(decoded.text, source.name)
    language = source.language or _find_language(tree) or "en"
    back = _protect(tree)
    page = _extract(tree, source.name)
    normalized = normalize("\n\n".join(_list_paragraphs(page.body)).translate(back))
    check_holds_text(normalized.text, source.name)
    check_line_length(normalized.text, source.name)
    remarks = []
    if decoded.guessed:
        remarks.append(f"read as {decoded.encoding} (a guess: --encoding overrules it)")
    if normalized.dropped:
        some = "character" if normalized.dropped == 1 else "characters"
        remarks.append(f"{normalized.dropped} control {some} left out")
    article = Article(
        text=normalized.text,
        title=title_of(_one_line(page.title, back)) or title_of(normalized.text),
        source=source.origin,
        author=_one_line(page.author, back) or None,
        published=_one_line(page.date, back) or None,
        language=language,
    )
    yield Reading(article, tuple(remarks))


def _decode(source: Source) -> Decoded:
    """Decode by the user's word, a mark, the server's word, the page's, and else by `decode`."""
    content, name = source.content, source.name
    if source.encoding is not None or content.startswith(_MARKS):
        return decode(content, name, encoding=source.encoding)
    said = [match[1] for match in _CHARSET.finditer(source.content_type or "")]
    if found := _META_CHARSET.search(content[:4096]):
        inside = (found[1] or found[2]).decode("ascii", "ignore").lower()
        # The name could be read as single bytes, so that is what the page is not in.
        said.append("utf-8" if inside.startswith(("utf-16", "utf-32", "ucs")) else inside)
    for encoding in said:
        try:
            return decode(content, name, encoding=_WIDER.get(encoding.lower(), encoding))
        except SourceError:
            continue  # pages say what is not so; the next one may be right, or the bytes tell
    return decode(content, name)


def _parse(text: str, name: str) -> HtmlElement:
    from lxml import html
    from lxml.etree import LxmlError

    # As bytes: lxml refuses characters that begin with a declaration of their encoding.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        tree = html.document_fromstring(text.replace("\0", "").encode(), parser=parser)
    except (LxmlError, ValueError, AssertionError):
        raise _refuse_as_empty(name) from None
    _check_size(tree, name)
    return tree


def _check_size(tree: HtmlElement, name: str) -> None:
    elements = siblings = 0
    for element in tree.iter():
        elements += 1
        if len(element) > _MOST_SIBLINGS:
            siblings = max(siblings, sum(child.tag not in _BLOCKS for child in element))
    if elements > _MOST_ELEMENTS or siblings > _MOST_SIBLINGS:
        raise SourceError(
            f"{show_line(name)} has too many elements to be an article ({elements:,} in all): save"
            " the article's text and import that."
        )


def _protect(tree: HtmlElement) -> dict[int, str]:
    """Put signs that the page does not have for what trafilatura drops or makes a blank.

    Those are the characters that print nothing: the joiners of emoji, marks of direction, blanks
    that do not break, and what is newer than Python's own tables. Returns the way back.
    """
    texts = [part or "" for element in tree.iter() for part in (element.text, element.tail)]
    used = set().union(*texts)
    odd = sorted(sign for sign in used if sign > "\x9f" and not sign.isprintable())
    free = (chr(point) for point in _STAND_INS if chr(point) not in used)
    there = dict(zip(odd, free, strict=False))
    if not there:
        return {}
    blanks, others = (
        "".join(map(re.escape, filter(lambda sign: sign.isspace() is blank, there)))
        for blank in (True, False)
    )
    # A paragraph of blanks alone has to stay one.
    parts = [f"(?<=\\S)[{blanks}](?=\\S)"] if blanks else []
    pattern = re.compile("|".join([*parts, f"[{others}]"] if others else parts))
    for element in tree.iter():
        for side in ("text", "tail"):
            if said := getattr(element, side):
                changed = pattern.sub(lambda match: there[match[0]], _UNWRITABLE.sub("", said))
                if changed != said:
                    setattr(element, side, changed)
    return {ord(stand_in): sign for sign, stand_in in there.items()}


def _extract(tree: HtmlElement, name: str) -> Document:
    import trafilatura

    # Without a handler of its own, logging prints warnings to the terminal.
    for library in ("trafilatura", "htmldate", "courlan", "justext", "readability"):
        logging.getLogger(library).addHandler(_QUIET)
    try:
        page = trafilatura.bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            deduplicate=False,
            date_extraction_params=dict(_DATES),
        )
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, OverflowError):
        raise _refuse_as_empty(name) from None
    if page is None or isinstance(page, dict) or page.body is None:
        raise _refuse_as_empty(name)
    return page


def _refuse_as_empty(name: str) -> SourceError:
    return SourceError(
        f"No main text is to be found in {show_line(name)} (is it a list of links, or drawn by a"
        " script?): open it in a browser, save the article's text and import that."
    )


def _list_paragraphs(body: _Element) -> Iterator[str]:
    """The text of each block, in order; a line break inside a paragraph stays one."""
    held: list[str] = []
    for text, ends in _walk(body):
        held.append(text)
        if ends:
            paragraph = _tidy("".join(held))
            held.clear()
            if paragraph:
                yield paragraph
    if paragraph := _tidy("".join(held)):
        yield paragraph


def _walk(body: _Element) -> Iterator[tuple[str, bool]]:
    """Text in the order of the page, and whether a block begins or ends behind it."""
    from lxml.etree import iterwalk

    for event, element in iterwalk(body, events=("start", "end")):
        block = element.tag in _BLOCKS
        if event == "start":
            yield "", block
            if isinstance(element.tag, str):
                yield ("\v" if element.tag in ("lb", "br") else "") + (element.text or ""), False
        else:
            yield "", block
            if element is not body:
                yield element.tail or "", False


def _tidy(text: str) -> str:
    # A vertical tab stands for a line break until the page's own white space is one blank.
    lines = (_BLANK.sub(" ", line).strip(" ") for line in text.split("\v"))
    return "\n".join(line for line in lines if line and not line.isspace())


def _one_line(text: object, back: dict[int, str]) -> str:
    """A value of the page's head on one line; what is not text is none."""
    if not isinstance(text, str):
        return ""
    return " ".join(normalize(text.translate(back)).text.split())


def _find_language(tree: HtmlElement) -> str | None:
    said = [tree.get("lang"), tree.get("{http://www.w3.org/XML/1998/namespace}lang")]
    said.append(tree.get("xml:lang"))
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("http-equiv") or meta.get("name") or "").lower()
        if name in ("og:locale", "content-language", "language"):
            said.append(meta.get("content"))
    for language in said:
        code = (language or "").strip().replace("_", "-")
        if _LANGUAGE.fullmatch(code):
            return code
    return None
