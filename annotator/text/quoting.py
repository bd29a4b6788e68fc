"""A sentence with its source, as one would paste it into a report."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from annotator.model.document import Document, Sentence

# Controls but white space, lone surrogates, and what turns the direction of the text around it.
_UNWANTED: Final = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def quote_sentence(sentence: Sentence, document: Document) -> str:
    """One line: the sentence in quotation marks, then, as far as they are known, the article's
    title, author, date and source, and the sentence's number. No control characters.
    """
    return f"“{_clean(sentence.text)}” — {name_source(sentence, document)}"


def name_source(sentence: Sentence, document: Document) -> str:
    """Where a sentence stands, in one line: title, author, date, source, number."""
    parts = (document.title, document.author, document.published, document.source)
    known = [_clean(part) for part in parts if part]
    return ", ".join([*(part for part in known if part), f"sentence {sentence.index + 1}"])


def _clean(text: str) -> str:
    return " ".join(_UNWANTED.sub("", text).split())
