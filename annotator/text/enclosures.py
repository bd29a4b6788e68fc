"""Which stretches of a line stand in brackets."""

from __future__ import annotations

import re

LONGEST = 1500
"""A pair further apart than this, in code points, is two stray brackets."""

# A bracket right after a colon or a semicolon is a face, not a bracket.
_BRACKET = re.compile(r"[:;=]-?[()\[\]]|[()\[\]（）［］]")
_OPENING = re.compile(r"[(\[（［]")
_OPENS = {")": "(", "]": "[", "）": "（", "］": "［"}


def find_enclosures(line: str) -> list[tuple[int, int]]:
    """Return the outermost pairs of brackets, as offsets of the opening and the closing one."""
    if not _OPENING.search(line):
        return []
    pending: dict[str, list[int]] = {"(": [], "[": [], "（": [], "［": []}
    pairs: list[tuple[int, int]] = []
    for match in _BRACKET.finditer(line):
        bracket = match.group()
        if bracket in pending:
            pending[bracket].append(match.start())
        elif bracket in _OPENS and pending[_OPENS[bracket]]:
            opened = pending[_OPENS[bracket]].pop()
            if match.start() - opened <= LONGEST:
                pairs.append((opened, match.start()))
    return _keep_outermost(pairs)


def _keep_outermost(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for pair in sorted(pairs):
        if not kept or pair[0] > kept[-1][1]:
            kept.append(pair)
    return kept
