"""Plain text: the first line that is not blank is the title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model.document import Article
from annotator.readers import Reading, Source
from annotator.text.decode import decode
from annotator.text.normalize import check_holds_text, check_line_length, normalize, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator

DESCRIPTION = "plain text in any encoding; the first line is the title"
SUFFIXES = (".txt", ".text")


def read(source: Source) -> Iterator[Reading]:
    """One article. `SourceError` for what is not text, holds none, or has a line too long."""
    decoded = decode(source.content, source.name, encoding=source.encoding)
    normalized = normalize(decoded.text)
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
        title=title_of(normalized.text),
        source=source.origin,
        language=source.language or "en",
    )
    yield Reading(article, tuple(remarks))
