"""Strings as TOML writes them."""

from __future__ import annotations

import json


def quote(text: str) -> str:
    """`text` on one line, in quotes."""
    # JSON's escapes are TOML's too; of what JSON leaves as it is TOML refuses U+007F alone.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def quote_lines(text: str) -> str:
    """`text` as it is, line by line, between three quotes.

    It must hold no control character but line feeds and tabs.
    """
    escaped = text.replace("\\", "\\\\").replace('"""', '""\\"')
    if escaped.endswith('"'):
        escaped = f'{escaped[:-1]}\\"'
    return f'"""\n{escaped}"""'
