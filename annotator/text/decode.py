"""Bytes from outside become characters: which encoding they are in, and what is refused.

The order decides. charset-normalizer takes a UTF-8 text with one bad byte for cp1250 and would
turn every curly quote of it into three letters, so it is asked last:

1. what the user says (`--encoding`);
2. a byte order mark (UTF-8, UTF-16 or UTF-32);
3. strict UTF-8;
4. UTF-8 but for some bad bytes: refused, with the line of the first one;
5. whatever charset-normalizer makes of a sample.

Rule 4 holds where the well-formed sequences of two to four bytes are at least as many as the
places where the bytes are broken. Text in a single-byte encoding with a few accents has hardly a
well-formed sequence, so one stray 0xE9 in ASCII is guessed. Of the other encodings EUC-JP comes
closest: on short samples 0.5 to 0.6 well-formed sequences for each broken place, against up to 0.4
in Shift JIS, 0.2 to 0.3 in GBK, Big5, EUC-KR, Thai and cp866, and hardly any in the rest. Text that
breaks the rule by chance is refused, not garbled, and the message names the way out.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from annotator.errors import SourceError
from annotator.text.display import show_line

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_BINARY_BEGINNINGS: Final = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)

# What a text file has no use for: C0 and DEL without tab, line feed, form feed, carriage return
# and the escape that begins a terminal's colours.
_ODD_CONTROLS: Final = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0C, 0x0D, 0x1B})
_NOT_ASCII: Final = re.compile(rb"[\x80-\xff]")
_ALL_NOT_ASCII: Final = bytes(range(0x80, 0x100))

# Python counts these among the encodings of text; no file is written in them.
_NOT_OF_FILES: Final = frozenset(
    {"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"}
)
_EXAMPLES: Final = (
    "utf-8, utf-16, windows-1252, iso-8859-15, mac-roman, windows-1250, windows-1251, koi8-r, "
    "windows-1253 to windows-1258, shift_jis, euc-jp, gb18030, big5 and euc-kr"
)

_SAMPLE_SIZE: Final = 8192
"""About the most bytes that charset-normalizer is handed: it tries every candidate on them."""

_BEFORE: Final = 64
_AFTER: Final = 1024
_LONGEST_WORD: Final = 1024

# Those of the Encoding Standard (https://encoding.spec.whatwg.org) that use bytes above 0x7F, by
# Python's names, the wider one where two overlap. Asked about all that Python knows,
# charset-normalizer takes Croatian for Johab, "café" for the Macintosh's Central European and a
# long line of ASCII for EBCDIC.
_CANDIDATES: Final = (
    *(f"cp125{digit}" for digit in range(9)),
    *(f"iso8859_{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
    *("cp866", "cp874", "koi8_r", "koi8_u", "mac_roman", "mac_cyrillic"),
    *("cp932", "euc_jp", "gb18030", "big5hkscs", "cp949"),
)

# An encoding met far more often than others is taken where it explains the sample nearly as well
# as the best does: no more chaos, and at most this much less coherence (both 0 to 1).
# charset-normalizer itself goes by the alphabet, and reads "£20" as "Ł20" in cp1250.
_COMMON: Final = ("cp1252", "euc_jp")
_SLACK: Final = 0.06


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file without a byte order mark, and the encoding that gave them.

    `encoding` is Python's name for it; `guessed` says that nobody and nothing in the file named
    it, so that the user is told.
    """

    text: str
    encoding: str
    guessed: bool


def decode(content: bytes, name: str, *, encoding: str | None = None) -> Decoded:
    """Turn the bytes of the file `name` into text, by the rules of this module.

    `encoding` is the user's word and overrules the rest. The text holds no lone surrogate and may
    hold control characters: `normalize` drops them. Raises `SourceError` for a file that is empty
    or not text, for an unknown encoding, and, with the line, for bytes that mean nothing in it.
    """
    shown = show_line(name)
    if not content:
        raise _refuse_as_empty(shown)
    for beginning, kind in _BINARY_BEGINNINGS:
        if content.startswith(beginning):
            raise _refuse_as_binary(shown, f"it begins like {kind}")
    decoded = (
        _find_encoding(content, shown)
        if encoding is None
        else _decode_as_told(content, shown, encoding)
    )
    if not decoded.text:
        raise _refuse_as_empty(shown)
    _refuse_nuls(decoded.text, shown)
    return decoded


def _find_encoding(content: bytes, shown: str) -> Decoded:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            text = _decode_strictly(content[len(mark) :], shown, encoding)
            return Decoded(text=text.removeprefix("\ufeff"), encoding=encoding, guessed=False)
    odd = len(content) - len(content.translate(None, _ODD_CONTROLS))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        # Compressed or compiled bytes: a tenth of them are such controls by chance alone.
        if odd > 3 and odd * 25 > len(content):
            raise _refuse_as_binary(shown, "it is full of control characters") from None
        _refuse_damaged_utf8(content, shown, error)
        return _guess(content, shown)
    # NUL is judged by itself, with the text; a short text may well hold every control once.
    others = odd - content.count(0)
    if others > 64 and others * 10 > len(content) * 3:
        raise _refuse_as_binary(shown, "it is full of control characters")
    return Decoded(text=text, encoding="utf-8", guessed=False)


def _decode_as_told(content: bytes, shown: str, encoding: str) -> Decoded:
    unknown = SourceError(
        f"{show_line(encoding)} is no encoding that {shown} could be in: "
        f"give --encoding one that Python knows, such as {_EXAMPLES}."
    )
    try:
        canonical = codecs.lookup(encoding).name
    except (LookupError, ValueError):  # ValueError: a NUL, or a lone surrogate, in the name
        raise unknown from None
    if canonical in _NOT_OF_FILES:
        raise unknown
    try:
        text = _decode_strictly(content, shown, canonical)
    except LookupError:  # a codec of bytes to bytes or of text to text, such as hex or rot13
        raise unknown from None
    return Decoded(text=text.removeprefix("\ufeff"), encoding=canonical, guessed=False)


def _guess(content: bytes, shown: str) -> Decoded:
    # About 15 ms to import, and hardly any file needs it.
    from charset_normalizer import from_bytes

    # Control characters, which normalisation drops, would count against every encoding.
    sample = _cut_sample(content).translate(None, _ODD_CONTROLS + b"\x1b")
    # In one step: by default it reads five pieces cut out of the sample, in the middle of words,
    # and the same sentences come out as cp1252 or as Japanese by where the cuts fall.
    matches = list(
        from_bytes(sample, steps=1, chunk_size=len(sample), cp_isolation=list(_CANDIDATES))
    )
    if not matches:
        raise SourceError(
            f"{shown} is not in UTF-8, and in which encoding it is cannot be told: "
            "name it with --encoding."
        )
    encoding = _choose(matches)
    text = _decode_strictly(content, shown, encoding)
    return Decoded(text=text, encoding=encoding, guessed=True)


def _choose(matches: list[CharsetMatch]) -> str:
    """Return the encoding of the first, best match, or a common one nearly as good."""
    best = matches[0]
    as_good = {
        encoding
        for match in matches
        if match.chaos <= best.chaos and match.coherence >= best.coherence - _SLACK
        for encoding in match.could_be_from_charset
    }
    return next((encoding for encoding in _COMMON if encoding in as_good), best.encoding)


def _cut_sample(content: bytes) -> bytes:
    """Return what charset-normalizer is to see: the stretches around bytes that are not ASCII.

    A stretch ends behind white space where there is some, which in every encoding in question is
    between two characters; so does, by consequence, all that stands before the next stretch.
    """
    if len(content) <= _SAMPLE_SIZE:
        return content
    stretches: list[bytes] = []
    size = end = 0
    while size < _SAMPLE_SIZE and (match := _NOT_ASCII.search(content, end)):
        start = max(end, match.start() - _BEFORE)
        end = _find_cut(content, match.start() + _AFTER)
        stretches.append(content[start:end])
        size += end - start
    return b"".join(stretches)


def _find_cut(content: bytes, near: int) -> int:
    """Return the offset behind the first blank from `near` on, or `near` if a long word stands."""
    for blank in (b"\n", b" "):
        found = content.find(blank, near, near + _LONGEST_WORD)
        if found >= 0:
            return found + 1
    return near


def _decode_strictly(content: bytes, shown: str, encoding: str) -> str:
    try:
        text = content.decode(encoding)
        # UTF-7 lets lone surrogates through, which nothing could store.
        text.encode("utf-8")
    except UnicodeDecodeError as error:
        number = _count_lines(content[: error.start].decode(encoding, "replace"))
        raise SourceError(
            f"Line {number} of {shown} is not in {encoding}: "
            "name the encoding that it is in with --encoding, or correct that line."
        ) from None
    except UnicodeEncodeError as error:
        raise _refuse_surrogate(shown, _count_lines(text[: error.start])) from None
    return text


def _refuse_damaged_utf8(content: bytes, shown: str, error: UnicodeDecodeError) -> None:
    """Raise `SourceError` if `content` is UTF-8 but for some bytes, the first at `error`."""
    number = _count_lines(content[: error.start].decode("utf-8"))
    ignored = len(content.decode("utf-8", "ignore"))
    broken = len(content.decode("utf-8", "replace")) - ignored
    well_formed = ignored - len(content.translate(None, _ALL_NOT_ASCII))
    if well_formed >= broken:
        raise SourceError(
            f"Line {number} of {shown} holds a byte that is not UTF-8 "
            f"(0x{content[error.start]:02x}), while the rest is: "
            "correct that line, or name the encoding of the file with --encoding."
        )
    try:
        content.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return
    raise _refuse_surrogate(shown, number)


def _refuse_nuls(text: str, shown: str) -> None:
    nuls = text.count("\0")
    if nuls > 8 and nuls * 10 > len(text):
        raise _refuse_as_binary(
            shown, "it is full of NUL characters (if it is UTF-16, name it: --encoding utf-16-le)"
        )


def _refuse_as_binary(shown: str, reason: str) -> SourceError:
    return SourceError(
        f"{shown} is not text: {reason}. Save the article as plain text and import that, "
        "or name the format of the file with --format (see: annotator formats)."
    )


def _refuse_as_empty(shown: str) -> SourceError:
    return SourceError(f"{shown} is empty: check that it is the file that you meant.")


def _refuse_surrogate(shown: str, number: int) -> SourceError:
    return SourceError(
        f"Line {number} of {shown} holds half of a surrogate pair, which is no character: "
        "correct that line."
    )


def _count_lines(before: str) -> int:
    """Return the number, from 1, of the line on which `before` ends; CRLF, CR and LF end lines."""
    return before.count("\n") + before.count("\r") - before.count("\r\n") + 1
