"""TOML that says on which line something is wrong.

The standard library's parser keeps no positions. What stands before a statement is TOML by itself,
though, and a key put after it lands in the table that is open there: so a line that looks like the
statement in question is found for certain, whatever strings and lists around it look like.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.errors import AnnotatorError

Path: TypeAlias = "Sequence[str | int]"
"""Where something stands: names of tables and keys, and places in lists, from 0."""

_PROBE: Final = "a key that nobody would write"
_WHERE: Final = re.compile(r"^(.*) \(at (?:line (\d+), column \d+|end of document)\)$", re.DOTALL)


def decode_toml(content: bytes, source: str, *, error: type[AnnotatorError]) -> str:
    """The text of a TOML file, with a byte order mark or without.

    Raises `error`, which names `source` and the line, where it is not UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        line = content.count(b"\n", 0, bad.start) + 1
        raise error(f"{source}, line {line}: this is not UTF-8; save the file as UTF-8.") from bad


def parse_toml(text: str, source: str, *, error: type[AnnotatorError]) -> dict[str, object]:
    """Read TOML. Raises `error`, which names `source` and the line, where it is none."""
    try:
        found: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as bad:
        raise error(f"{source}, {_describe(bad, text)}") from bad
    except RecursionError as bad:
        raise error(f"{source} has lists within lists, too deep to read.") from bad
    return found


def name_line(text: str, path: Path, source: str) -> str:
    """`source`, and the line on which `path` is written, where that is a line of its own."""
    line = find_line(text, path)
    return source if line is None else f"{source}, line {line}"


def find_line(text: str, path: Path) -> int | None:
    """The line, from 1, on which a key or a table of a TOML text is written.

    `None` where it has no line of its own, as a key of an inline table. `text` must be TOML.
    """
    # A line of TOML ends at a line feed and nowhere else, so no splitlines().
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        before = lines[: number - 1]
        if _is_header(line, path):
            opened = find_table(lines[:number]) if find_table(before) is not None else None
            if opened is not None and opened[: len(path)] == [*path]:
                return number
        elif any(find_table(before) == table for table in _list_tables(line, path)):
            return number
    return None


def find_table(lines: Sequence[str]) -> list[str | int] | None:
    """The path of the table that is open after these lines; `None` in the midst of a statement."""
    text = "\n".join(lines)
    try:
        found: dict[str, object] = tomllib.loads(f'{text}\n"{_PROBE}" = 0\n')
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    return _find_probe(found)


def _find_probe(found: object) -> list[str | int] | None:
    # No recursion: a header may name a thousand tables, each in the other.
    waiting: list[tuple[list[str | int], object]] = [([], found)]
    while waiting:
        path, value = waiting.pop()
        entries: Iterable[tuple[str | int, object]] = ()
        if isinstance(value, dict):
            if _PROBE in value:
                return path
            entries = value.items()
        elif isinstance(value, list):
            entries = enumerate(value)
        waiting += [([*path, name], inner) for name, inner in entries]
    return None


def _is_header(line: str, path: Path) -> bool:
    """Whether the line looks like the beginning of a table of that name."""
    names = [name for name in path if isinstance(name, str)]
    return line.lstrip().startswith("[") and bool(names) and names[-1] in line


def _list_tables(line: str, path: Path) -> Iterator[list[str | int]]:
    """Where the line would have to stand to give `path` a value, by the look of it."""
    for depth in range(len(path)):
        names = [name for name in path[depth:] if isinstance(name, str)]
        if len(names) == len(path) - depth:
            dotted = r"\s*\.\s*".join(f"[\"']?{re.escape(name)}[\"']?" for name in names)
            if re.match(rf"\s*{dotted}\s*[.=]", line):
                yield [*path[:depth]]


def _describe(bad: tomllib.TOMLDecodeError, text: str) -> str:
    found = _WHERE.match(str(bad))
    if found is None:
        return f"this is not TOML: {bad}."
    line = found[2] or text.rstrip("\n").count("\n") + 1
    return f"line {line}: this is not TOML: {found[1][:1].lower()}{found[1][1:]}."
