"""Files of JSON objects: one a line (JSON Lines), or all in one array."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from annotator.errors import SourceError
from annotator.text.decode import decode
from annotator.text.display import show_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ESCAPED_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_SNIFFED: Final = 8_000_000
"""Bytes looked at to tell of which format a file is; the first object has to end within them."""


@dataclass(frozen=True, slots=True)
class JsonRow:
    """An object of a file, and where it stands: `line 3`, or `object 3` of an array."""

    place: str
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class JsonRows:
    """The objects of a file, read once, and what the user should be told about reading it."""

    rows: Iterator[JsonRow]
    remarks: tuple[str, ...]


def read_rows(content: bytes, name: str, *, encoding: str | None = None) -> JsonRows:
    """The objects in the bytes of the file `name`; `encoding` is the user's word.

    Raises `SourceError`, while the rows are read too, for what is not JSON, with its line.
    """
    decoded = decode(content, name, encoding=encoding)
    told = f"read as {decoded.encoding} (a guess: --encoding overrules it)"
    rows = _read(decoded.text, show_line(name))
    return JsonRows(rows, (told,) if decoded.guessed else ())


def find_first(content: bytes) -> Mapping[str, object]:
    """The first object of a file in UTF-8, empty where there is none. Never raises."""
    head = content[:_SNIFFED].decode("utf-8-sig", "replace").lstrip("[ \t\r\n")
    try:
        found: object = json.JSONDecoder().raw_decode(head)[0]
    except (ValueError, RecursionError):  # ValueError: also an int of too many digits
        return {}
    return found if isinstance(found, dict) else {}


def _read(text: str, shown: str) -> Iterator[JsonRow]:
    if text.lstrip().startswith("["):
        yield from _read_array(text, shown)
        return
    # Not `splitlines`: U+2028 and the like may stand within a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if line and not line.isspace():
            place = f"line {number}"
            yield JsonRow(place, _check(_parse(line, shown, place), shown, place))


def _read_array(text: str, shown: str) -> Iterator[JsonRow]:
    found = _parse(text, shown, "line 1")
    if isinstance(found, list):
        for number, value in enumerate(found, start=1):
            place = f"object {number}"
            yield JsonRow(place, _check(value, shown, place))


def _parse(written: str, shown: str, place: str) -> object:
    try:
        found: object = json.loads(written)
        if _ESCAPED_SURROGATE.search(written):
            json.dumps(found, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}" if written.count("\n") else place
        raise SourceError(
            f"{at.capitalize()} of {shown} is not JSON ({error.msg}): correct that line, "
            "or name the format of the file with --format (see: annotator formats)."
        ) from None
    except UnicodeEncodeError:
        raise SourceError(
            f"{place.capitalize()} of {shown} holds half of a surrogate pair, which is no"
            " character: correct that line."
        ) from None
    except (ValueError, RecursionError):
        raise SourceError(
            f"{place.capitalize()} of {shown} holds JSON that is nested too deep or a number that"
            " is too long: correct that line."
        ) from None
    return found


def _check(found: object, shown: str, place: str) -> Mapping[str, object]:
    if isinstance(found, dict):
        return found
    raise SourceError(
        f"{place.capitalize()} of {shown} is not a JSON object, in braces: correct it, "
        "or name the format of the file with --format (see: annotator formats)."
    )
