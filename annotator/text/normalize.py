"""The one form in which text is stored: line feeds, no control characters, nothing else changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from annotator.errors import SourceError
from annotator.text.display import show_line

LONGEST_LINE: Final = 20_000_000
"""The most code points that one line may hold."""

LONGEST_TITLE: Final = 200
"""The most code points of a title, the ellipsis included."""

# Category Cc without line feed and tab. On text without any, `subn` reads at least 180 million
# code points a second; `str.translate` with a table takes 15 times as long outside ASCII.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_FIRST_LINE: Final = re.compile(r"\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Normalized:
    """A text as it is stored, and how many control characters it lost on the way."""

    text: str
    dropped: int


def normalize(text: str) -> Normalized:
    """Bring `text` into the form in which it is stored; a second time changes nothing.

    CRLF and CR become LF; control characters (category Cc) other than LF and tab are dropped and
    counted; so is, uncounted, every byte order mark at the start. White space stays, and so does
    every other character: no Unicode normalisation.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text, dropped = _CONTROL.subn("", text)
    # All marks, and only now: one that stood behind another, or behind a control character, would
    # else be dropped by the second normalisation and not by the first.
    return Normalized(text=text.lstrip("\ufeff"), dropped=dropped)


def check_holds_text(text: str, name: str) -> None:
    """Refuse a text that is empty or white space only. Raises `SourceError`."""
    if not text or text.isspace():
        raise SourceError(
            f"{show_line(name)} holds no text, only blank space: "
            "check that it is the file that you meant."
        )


def check_line_length(text: str, name: str) -> None:
    """Refuse a normalised text with a line over `LONGEST_LINE` bytes of UTF-8, by `SourceError`.

    Such a line is a dump and no article, and nothing after it could show or split it in time.
    """
    # No code point takes more than four bytes, so shorter lines need no measuring.
    safe = LONGEST_LINE if text.isascii() else LONGEST_LINE // 4
    start = 0
    while len(text) - start > safe:
        # The last line feed that the next line could end with, so that a text of many short lines
        # is crossed in long steps.
        end = text.rfind("\n", start, start + safe + 1)
        if end < 0:
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            if len(text[start:end].encode("utf-8", "surrogatepass")) > LONGEST_LINE:
                number = text.count("\n", 0, start) + 1
                raise SourceError(
                    f"Line {number} of {show_line(name)} is longer than {LONGEST_LINE:,} bytes:"
                    " break it into paragraphs before importing it."
                )
        start = end + 1


def title_of(text: str) -> str:
    """The first line of `text` that is not blank, stripped; an empty string where all are.

    A longer one than `LONGEST_TITLE` code points is cut to that, with an ellipsis at its end.
    """
    match = _FIRST_LINE.search(text)
    if match is None:
        return ""
    line = match[0].rstrip()
    if len(line) <= LONGEST_TITLE:
        return line
    return line[: LONGEST_TITLE - 1].rstrip() + "…"
