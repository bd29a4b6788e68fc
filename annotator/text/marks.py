"""Breaks that something other than a full stop makes: list marks, faces, rules, photo credits."""

from __future__ import annotations

import re

_BULLETS = "•‣⁃▪●◦■□◆►"
_BULLET = re.compile(rf"(?<=\s)[{_BULLETS}]")
# One style of numbering: what stands before the number, the number or letter, what closes it.
_NUMBERED = re.compile(r"(?:(?<=\s)|^)(\(?)(\d{1,3}|[A-Za-z])(\.\)|[.)])(?=\s+\S)")
_FIRST_MARK = re.compile(r"\s*\(?(?:\d{1,3}|[A-Za-z])(?:\.\)|[.)])\s")
_SHORTEST_POINT = 3
_RULES = ("***", "* *", "~~~", "___", "###")
_FACES = (":)", ":-", ":(", ";)", ";-", "=)", ":D", ":P", ":o", ":'")
_RULE = re.compile(r"(?:(?<=\s)|^)(?:\*{3,}|~{3,}|_{3,}|#{3,}|\*\s\*\s\*)(?=\s|$)")
FACE = re.compile(r"[:;=][-o'^]?[()DP](?=\s|$)|[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F\u200D]+")
"""A face made of marks, or a pictograph: it belongs to the sentence before it."""
_FACE_THEN_CAPITAL = re.compile(r"(?<=\s)[:;=][-o'^]?[()DP] {1,3}(?=[\"“'(]?[A-Z])")
_CREDIT = re.compile(r"(?<=\s)(?:Image|Photo|Photograph|Picture)(?: by| credit)?: (?=[A-Z])")


def find_forced_starts(line: str) -> list[int]:
    """Return, in order, the offsets in `line` where a sentence starts whatever stands before."""
    starts: set[int] = set()
    if _FIRST_MARK.match(line):
        starts.update(_find_list_starts(line))
    if not line.isascii():
        starts.update(_find_bullet_starts(line))
    if any(rule in line for rule in _RULES):
        starts.update(_find_rule_starts(line))
    if any(face in line for face in _FACES):
        starts.update(_find_after_faces(line))
    if "Image" in line or "Photo" in line or "Picture" in line:
        starts.update(_find_credits(line))
    return sorted(starts) if starts else []


def _find_list_starts(line: str) -> list[int]:
    """Return where the second and later points of a list on one line start.

    The line must begin with the first mark, and each mark be the successor of the one before, in
    the same style: "1. … 2. …", "a) … b) …".
    """
    starts: list[int] = []
    last: re.Match[str] | None = None
    for mark in _NUMBERED.finditer(line):
        if last is None:
            if mark.group(2).isalpha() and mark.group(2) not in {"a", "A"}:
                break
            last = mark
        elif _succeeds(mark, last):
            starts.append(mark.start())
            last = mark
    return starts


def _succeeds(mark: re.Match[str], earlier: re.Match[str]) -> bool:
    """Say whether `mark` is the next of the same list; "A. B. Smith" is none."""
    if mark.group(1, 3) != earlier.group(1, 3) or mark.start() - earlier.end() < _SHORTEST_POINT:
        return False
    number, before = mark.group(2), earlier.group(2)
    if number.isdecimal() and before.isdecimal():
        return int(number) == int(before) + 1
    return number.isalpha() and before.isalpha() and ord(number) == ord(before) + 1


def _find_bullet_starts(line: str) -> list[int]:
    """Return where points after the first start: bullets, if the line begins with one.

    In other lines a bullet may part the words of a byline; there it must follow an end.
    """
    bulleted = line.lstrip()[:1] in _BULLETS
    return [
        match.start()
        for match in _BULLET.finditer(line)
        if bulleted or line[max(0, match.start() - 3) : match.start()].rstrip()[-1:] in set(".?!:;")
    ]


def _find_rule_starts(line: str) -> list[int]:
    """Return both sides of a row of stars that stands by itself."""
    starts: list[int] = []
    for match in _RULE.finditer(line):
        after = line[match.end() : match.end() + 3].lstrip()[:1]
        if not after.islower():
            starts += [match.start(), match.end()]
    return starts


def _find_after_faces(line: str) -> list[int]:
    return [match.end() for match in _FACE_THEN_CAPITAL.finditer(line)]


def _find_credits(line: str) -> list[int]:
    """Return where photo credits start that follow a caption: "A vigil in Paris Photo: AFP"."""
    starts: list[int] = []
    for match in _CREDIT.finditer(line):
        before = line[max(0, match.start() - 3) : match.start()].rstrip()[-1:]
        if before.isalnum() or before in {'"', "”", ")", "."}:
            starts.append(match.start())
    return starts
