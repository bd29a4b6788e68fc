"""Markdown: its prose, without what is only markup.

CommonMark with tables, as markdown-it-py reads it. Headings, paragraphs, quotes, the points of
lists and the cells of tables become paragraphs. Links keep their text and lose their targets.
Indented text is prose and no code: in articles it is how a paragraph begins. Fenced code, pictures
and blocks of HTML are left out and counted; comments go without a word.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from annotator.model.document import Article
from annotator.readers import Reading, Source
from annotator.text.decode import decode
from annotator.text.normalize import check_holds_text, check_line_length, normalize, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

DESCRIPTION = "Markdown: its prose; front matter gives title, author and date"
SUFFIXES = (".md", ".markdown")

_FRONT: Final = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.M)
_FIELD: Final = re.compile(r"([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(.*))?", re.ASCII)
_CONTINUED: Final = re.compile(r"[ \t].*|- .*|-|#.*|")
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BREAK: Final = re.compile(r"<br[\s/>]", re.IGNORECASE)

_DEEPEST: Final = 60
"""How deep quotes, lists and emphasis may stand in each other: what is deeper is left out."""

_FENCE: Final = ("block of code", "blocks of code")
_PICTURE: Final = ("picture", "pictures")
_HTML: Final = ("block of HTML", "blocks of HTML")
_DEEP: Final = ("passage nested too deeply", "passages nested too deeply")


def read(source: Source) -> Iterator[Reading]:
    """One article. `SourceError` for what is not text or holds no prose."""
    decoded = decode(source.content, source.name, encoding=source.encoding)
    normalized = normalize(decoded.text)
    front, body = split_front_matter(normalized.text)
    left_out: Counter[tuple[str, str]] = Counter()
    paragraphs, heading = _read_paragraphs(body, left_out)
    # A numeric reference such as &#12; puts back what normalisation took away.
    prose = normalize("\n\n".join(paragraphs))
    text = f"{prose.text}\n" if prose.text else ""
    check_holds_text(text, source.name)
    check_line_length(text, source.name)
    remarks = [f"{count} {names[count > 1]} left out" for names, count in left_out.items()]
    if decoded.guessed:
        remarks.append(f"read as {decoded.encoding} (a guess: --encoding overrules it)")
    if dropped := normalized.dropped + prose.dropped:
        some = "character" if dropped == 1 else "characters"
        remarks.append(f"{dropped} control {some} left out")
    title = title_of(normalize(front.get("title") or heading).text) or title_of(text)
    article = Article(
        text=text,
        title=title,
        source=source.origin,
        author=front.get("author") or None,
        published=front.get("date") or front.get("published") or None,
        language=source.language or front.get("lang") or front.get("language") or "en",
    )
    yield Reading(article, tuple(remarks))


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """The simple fields of YAML at the top of a text, by name in lower case, and what follows it.

    A rule (`---`) followed by anything that is not such fields is a rule, and there are none.
    Fields over several lines and lists of more than one are left alone: they are no simple ones.
    """
    match = _FRONT.match(text)
    if match is None:
        return {}, text
    fields: dict[str, str] = {}
    for line in match[1].split("\n"):
        field = _FIELD.fullmatch(line)
        if field is not None:
            fields[field[1].lower()] = _read_scalar(field[2] or "")
        elif not _CONTINUED.fullmatch(line):
            return {}, text
    return fields, text[match.end() :]


def _read_scalar(written: str) -> str:
    value = written.strip()
    if value.startswith("[") and value.endswith("]") and "," not in value:
        value = value[1:-1].strip()
    for mark in ('"', "'"):
        if len(value) > 1 and value.startswith(mark) and value.endswith(mark):
            return value[1:-1].replace("\\" + mark, mark).replace(mark * 2, mark).strip()
    value = value.split(" #", 1)[0].strip()
    return "" if value[:1] in ("|", ">", "[", "{", "&", "*", "#") or value == "null" else value


def _read_paragraphs(body: str, left_out: Counter[tuple[str, str]]) -> tuple[list[str], str]:
    """The prose of a text, and its first heading (an empty string without)."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table").disable("code")
    paragraphs: list[str] = []
    heading = ""
    before = ""
    for token in reader.parse(body):
        match token.type:
            case "inline":
                paragraph = _read_inline(token.children or [], left_out)
                paragraphs += [paragraph] if paragraph else []
                heading = heading or (paragraph if before == "heading_open" else "")
            case "fence" | "code_block":
                left_out[_FENCE] += 1
            case "blockquote_open" | "list_item_open" if token.level >= _DEEPEST - 1:
                left_out[_DEEP] += 1
            case "html_block":
                left_out[_HTML] += bool(_COMMENT.sub("", token.content).strip())
        before = token.type
    return paragraphs, heading


def _read_inline(tokens: list[Token], left_out: Counter[tuple[str, str]]) -> str:
    pieces: list[str] = []
    for token in tokens:
        match token.type:
            case "text" | "code_inline":
                pieces.append(token.content)
            case "softbreak":
                pieces.append(" ")
            case "hardbreak":
                pieces.append("\n")
            case "image":
                left_out[_PICTURE] += 1
            case "html_inline" if _BREAK.match(token.content):
                pieces.append("\n")
    return "".join(pieces).strip()
