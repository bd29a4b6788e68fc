"""Where the sentences of one line start: sentencex's answer, corrected mark by mark."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from annotator.text.base import find_base_ends
from annotator.text.context import AFTER, BEFORE, Candidate, read_following
from annotator.text.enclosures import find_enclosures
from annotator.text.english import ends_sentence, starts_sentence
from annotator.text.marks import FACE, find_forced_starts
from annotator.text.other_languages import ends_sentence_in

_WIDE = "。｡！？।॥۔؟።፧၊။།"
"""Marks that need no space after them."""
_MARKS = f".!?…‽⁇⁈⁉‼．؞։᙮᱾᱿꓿{_WIDE}"
# Possessive throughout: a run that is given up must not be tried again from its second mark on.
_RUN = re.compile(
    rf"[{_MARKS}]"
    rf"(?:(?<=\.)(?:[ \u00a0]\.){{2,}}+|(?<=[!?…])(?:[ \u00a0]*+[!?…])++[!?.…]*+|[{_MARKS}]*+)"
    r"((?:[\"'“”„‟’‚»«›‹)\]}）］」』】》〉*_]|\[\d{1,3}\])*+)(\s*+)"
)
# What may belong to the sentence before it although white space parts them: see _skip_closers.
_APART = frozenset("\"'”’»›)]}）］」』】》〉:;=")
_PICTOGRAPHS = "\u2600"
_ANY_MARK = re.compile(rf"[{_MARKS}]")
_SPACE = re.compile(r"\s*")
_LONE_CLOSER = re.compile(r"[”’»›)\]}）］」』】》〉]+(?=[\s.,;:!?]|$)")
_LONE_QUOTE = re.compile(r"[\"']+(?=\s|$)")
# "it.She": a word in small letters, a word with a capital, and neither part of an address.
_ADDRESS_TAIL = re.compile(r"(?:Com|Net|Org|Co|Io|Gov|Edu|Js|Net|Ai|Tv|Uk|De|Fr)\b")
_SPACELESS_AFTER = re.compile(r"[\"“‘]?[A-Z][a-z]*(?:['’][a-z]+)?(?:[\s,;:]|[.!?](?:\s|$)|$)")
_LIST_MARK = re.compile(r"[\"'“‘(\[]*(?:\d{1,3}|[A-Za-z])")
_CITATION = 40
"""A bracket of at most so many code points after a quote is its source: "…" (Smith 55)."""


@dataclass(slots=True)
class Scan:
    """What is known of a line while its marks are gone through from left to right."""

    line: str
    language: str
    base: set[int]
    enclosures: list[tuple[int, int]]
    forced: list[int]
    start: int = 0
    """Where the sentence that is being read starts."""
    enclosure: int = 0
    """The first pair of brackets that does not end before the mark."""
    quotes: int = 0
    """Straight double quotes up to `counted`."""
    counted: int = 0
    starts: list[int] = field(default_factory=list)


def find_starts(line: str, language: str) -> list[int]:
    """Return, in order, the offsets in `line` (no line feed in it) where sentences start.

    The first, 0, is left out. Linear in the length of the line.
    """
    if language == "el":
        line = line.replace(";", "?").replace("\u037e", "?")  # the Greek question mark
    forced = find_forced_starts(line)
    if not _ANY_MARK.search(line):
        return forced
    scan = Scan(line, language, find_base_ends(line, language), find_enclosures(line), forced)
    pending = iter([*forced, len(line) + 1])
    upcoming = next(pending)
    for match in _RUN.finditer(line):
        while upcoming <= match.start():
            scan.start = upcoming
            upcoming = next(pending)
        _weigh(scan, match)
    return sorted({*scan.starts, *forced})


def _weigh(scan: Scan, match: re.Match[str]) -> None:
    """Decide on one run of marks, and note where the next sentence starts if it ends one."""
    line = scan.line
    marks_end, end = match.span(1)
    following = match.end()
    if line[marks_end - 1] in _WIDE and "“" in match.group(1):
        # It closes quotes in German, but opens them in Chinese.
        following = end = line.index("“", marks_end)
    after = line[end : end + 1]
    if after.isascii() and not after.isspace() and not after.isupper() and line[end - 1] in ".?!":
        return  # by far the most of the marks that end nothing: 3.5, example.com
    stop = match.start()
    first = line[following : following + 1]
    if first in _APART or (first >= _PICTOGRAPHS and not first.isalnum()):
        end = _skip_closers(scan, end)
        following = _skip_space(line, end)
    if following >= len(line) or (following == end and not _lacks_space(scan, match, end)):
        return
    if scan.enclosures and _is_inside(scan, stop, end):
        return
    marks = line[stop:marks_end]
    if marks == "." and _is_list_mark(scan, stop):
        return
    attached = stop > 0 and not line[stop - 1].isspace()
    if marks == ". . . ." and attached and end == marks_end:
        _note(scan, stop + 2)  # "compounds. . . . The practice": the dots begin the next sentence
        return
    candidate = _read_candidate(scan, (stop, marks_end), end, following)
    if _ends(scan, candidate, base=marks_end in scan.base, at=following):
        _note(scan, following)


def _skip_space(line: str, at: int) -> int:
    space = _SPACE.match(line, at)
    return space.end() if space else at


def _note(scan: Scan, start: int) -> None:
    scan.starts.append(start)
    scan.start = start


def _skip_closers(scan: Scan, end: int) -> int:
    """Go past closing marks and faces that stand apart from the marks by white space."""
    line = scan.line
    while True:
        at = _skip_space(line, end)
        closer = FACE.match(line, at)
        if closer is None and at > end:
            closer = _LONE_CLOSER.match(line, at) or _LONE_QUOTE.match(line, at)
            if closer and closer.re is _LONE_QUOTE and not _closes(scan, closer):
                return end
        if closer is None:
            return end
        end = closer.end()


def _closes(scan: Scan, quote: re.Match[str]) -> bool:
    """Say whether straight quotes with white space on both sides belong to what stands before."""
    at_end = _skip_space(scan.line, quote.end()) == len(scan.line)
    return at_end or _is_quoting(scan, quote.start())


def _is_quoting(scan: Scan, at: int) -> bool:
    """Say whether a straight double quote is open at `at`; a lone single one always closes."""
    if scan.line[at] == "'":
        return True
    if at < scan.counted:
        scan.quotes = scan.counted = 0
    scan.quotes += scan.line.count('"', scan.counted, at)
    scan.counted = at
    return scan.quotes % 2 == 1


def _lacks_space(scan: Scan, match: re.Match[str], end: int) -> bool:
    """Say whether a sentence ends here although no white space follows."""
    line = scan.line
    if line[match.start(1) - 1] in _WIDE:
        return line[end].isalnum() or line[end] in '「『（《“‘"«¿'
    if len(match.group()) > 3 or line[match.start()] == "…":
        return False
    last = line[max(0, match.start() - 2) : match.start()]
    if not (last.islower() or last.isdecimal() or last[-1:] in {")", "”", '"'}):
        return False
    before = line[max(0, match.start() - 40) : match.start()]
    after = line[end : end + 30]
    if match.group(1) and not match.group(1).startswith(("”", ")", "’", "[")):
        return False
    word = before.split()[-1].lstrip("\"'“‘(")
    year = word.isdecimal() and len(word) == 4
    if not (year or word.isalpha() or word.endswith((")", "”", '"'))) or _ADDRESS_TAIL.match(after):
        return False
    return _SPACELESS_AFTER.match(after) is not None


def _is_inside(scan: Scan, start: int, end: int) -> bool:
    """Say whether the marks stand in brackets that opened in the middle of a sentence."""
    while scan.enclosure < len(scan.enclosures) and scan.enclosures[scan.enclosure][1] < start:
        scan.enclosure += 1
    if scan.enclosure >= len(scan.enclosures):
        return False
    opened, closed = scan.enclosures[scan.enclosure]
    if not opened < start or end > closed:
        return False
    before = scan.line[scan.start : min(opened, scan.start + 8)] if opened > scan.start else ""
    return opened > scan.start + 7 or bool(before.strip(" \u00a0\"'“”‘’«»([*_"))


def _is_list_mark(scan: Scan, stop: int) -> bool:
    """Say whether all of the sentence so far is a number or a letter, as before a list's point."""
    if stop - scan.start > 12:
        return False
    so_far = scan.line[scan.start : stop].lstrip(" \u00a0•‣⁃▪●◦■□◆►-–—*")
    return _LIST_MARK.fullmatch(so_far) is not None


def _read_candidate(scan: Scan, marks: tuple[int, int], end: int, following: int) -> Candidate:
    line = scan.line
    stop, marks_end = marks
    far = stop - scan.start > BEFORE
    return Candidate(
        line[stop - BEFORE if far else scan.start : stop],
        line[stop:marks_end].replace(" ", "").replace("\u00a0", ""),
        line[marks_end : min(end, marks_end + 12)] if end > marks_end else "",
        read_following(line[following : following + AFTER]),
        not far,
    )


def _ends(scan: Scan, candidate: Candidate, *, base: bool, at: int) -> bool:
    following = candidate.following
    if following.dash and (following.kind == "small" or _names_source(scan, candidate, at)):
        return False
    if candidate.closers and following.opener.startswith("(") and _is_citation(scan, at):
        return False
    if following.kind == "symbol" and not following.dash:
        return scan.line[at] not in ",;:)]}%&+=/|" and (base or candidate.marks != ".")
    if scan.language == "en":
        return ends_sentence(candidate, base=base)
    return ends_sentence_in(candidate, scan.language, base=base)


def _names_source(scan: Scan, candidate: Candidate, at: int) -> bool:
    """A short rest of the line after a quote and a dash names the speaker."""
    rest = scan.line[at : at + BEFORE]
    short = len(scan.line) - at < BEFORE and not _ANY_MARK.search(rest.rstrip(" ."))
    quoted = any(quote in candidate.closers for quote in "\"”’»'“")
    return short and quoted and not starts_sentence(candidate.following)


def _is_citation(scan: Scan, at: int) -> bool:
    """A short bracket without an end of its own, with a full stop or a comma after it."""
    line = scan.line
    closed = line.find(")", at, at + _CITATION)
    if closed < 0:
        return False
    return line[closed + 1 : closed + 2] in {".", ",", ";"} and line[closed - 1] not in ".?!"
