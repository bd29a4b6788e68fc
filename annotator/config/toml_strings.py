"""Strings as TOML writes them."""

from __future__ import annotations

import json
import re
from typing import Final

# What TOML refuses, what a terminal would obey, and what turns the words around it.
_UNSAFE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def quote(text: str) -> str:
    """`text` on one line, in quotes, with nothing in it that steers a terminal."""
    # JSON's escapes are TOML's too.
    return _UNSAFE.sub(_escape, json.dumps(text, ensure_ascii=False))


def quote_lines(text: str) -> str:
    """`text` as it is, line by line, between three quotes; what `quote` escapes is escaped."""
    escaped = text.replace("\\", "\\\\").replace('"""', '""\\"')
    if escaped.endswith('"'):
        escaped = f'{escaped[:-1]}\\"'
    return f'"""\n{_UNSAFE.sub(_escape, escaped)}"""'


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
