"""brat's standoff format: an article's `.txt`, and what is said of it in the `.ann` beside it.

Format: https://brat.nlplab.org/standoff.html. Every type of a text-bound annotation is a label. A
relation `Denies` is a denial's link, an attribute `Unsure` the flag, a note `AnnotatorNotes` the
note and a note `Speaker` the speaker. A file that a note `Reviewer` signs was written here: its
notes are escaped, and a note `Label` is a label that brat could not take as a type. The rest of the
format (events, normalisations, equivalences, other relations, attributes and notes) has no place
here: it is counted and left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from codecs import BOM_UTF8
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from annotator.errors import SourceError
from annotator.model.document import Article
from annotator.model.span import Span
from annotator.readers import Reading, Said, Source
from annotator.text.decode import decode
from annotator.text.display import show_line
from annotator.text.normalize import check_holds_text, check_line_length, normalize, title_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DESCRIPTION = "brat's standoff format: an .ann with the .txt of the same name beside it"
SUFFIXES = (".ann",)

_UNLABELLED: Final = "Unlabelled"
_LEFT_OUT: Final = {
    "E": "event",
    "N": "normalisation",
    "*": "equivalence",
    "R": "relation other than Denies",
    "A": "attribute other than Unsure",
    "M": "attribute other than Unsure",
    "#": "note of another kind",
}
_BOUND: Final = re.compile(r"(\S+) (\d{1,12} \d{1,12}(?:;\d{1,12} \d{1,12})*) *", re.ASCII)
_RELATION: Final = re.compile(r"(\S+) +[^\s:]+:(\S+) +[^\s:]+:(\S+)\s*")
_ID: Final = re.compile(r"[TRAMEN#]\S*|\*")
_ESCAPE: Final = re.compile(r"\\(?:([\\nt])|u([0-9a-f]{4}))")
_SHORT: Final = {"\\": "\\", "n": "\n", "t": "\t"}
# What `normalize` drops: the first of CR and LF, other controls, marks at the very start.
_DROPPED: Final = re.compile(
    r"\A[\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+|\r(?=\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
_MOST_NAMED: Final = 10


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of an `.ann`: its number, its id, the field behind it and the text behind that."""

    number: int
    id: str
    body: str
    tail: str


@dataclass(slots=True)
class _Sheet:
    """What an `.ann` says, by the id of the text-bound annotation that it says it of."""

    spans: dict[str, Span] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    notes: dict[str, dict[str, str]] = field(default_factory=dict)
    denies: dict[str, set[Span]] = field(default_factory=dict)
    left_out: dict[str, list[str]] = field(default_factory=dict)

    def leave_out(self, line: _Line, reason: str) -> None:
        """Tell of a line that could not be taken, under its reason."""
        self.left_out.setdefault(reason, []).append(f"{line.id} (line {line.number})")


def read(source: Source) -> Iterator[Reading]:
    """One article. `SourceError` where either file is missing or is not of the format."""
    text_bytes, ann_bytes = _find_pair(source)
    decoded = decode(text_bytes, source.name, encoding=source.encoding)
    normalized = normalize(decoded.text)
    text = normalized.text
    check_holds_text(text, source.name)
    check_line_length(text, source.name)
    lines = list(_split_lines(ann_bytes, source))
    marked = text_bytes.startswith(BOM_UTF8)
    shift = _choose_count(lines, decoded.text, text, marked=marked)
    sheet = _read_sheet(lines, text, shift, source.name)
    remarks = list(_tell(sheet.left_out))
    if decoded.guessed:
        remarks.append(f"read as {decoded.encoding} (a guess: --encoding overrules it)")
    if normalized.dropped:
        some = "character" if normalized.dropped == 1 else "characters"
        remarks.append(f"{normalized.dropped} control {some} left out")
    article = Article(
        text=text,
        title=title_of(text),
        source=source.origin,
        language=source.language or "en",
    )
    yield Reading(article, tuple(remarks), said=tuple(_say(sheet)))


def _find_pair(source: Source) -> tuple[bytes, bytes]:
    """The bytes of the text and of its annotations, whichever of the two was named."""
    named_ann = not source.name.lower().endswith(".txt")
    wanted = ".txt" if named_ann else ".ann"
    other = source.companion(wanted)
    if other is None:
        raise SourceError(
            f"{show_line(source.name)} is half of a pair of brat's, and there is no {wanted} of the"
            " same name beside it: import it from the folder where both are."
        )
    return (other, source.content) if named_ann else (source.content, other)


def _split_lines(content: bytes, source: Source) -> Iterator[_Line]:
    if not content.strip():  # a document that nobody has annotated yet
        return
    text = normalize(decode(content, source.name, encoding=source.encoding).text).text
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        name, _, rest = line.partition("\t")
        body, _, tail = rest.partition("\t")
        if not _ID.fullmatch(name) or not body.strip():
            raise _refuse(source.name, number, "is no line of brat's (an id, a tab, what it says)")
        if name in seen and name[0] not in "*#":
            raise _refuse(source.name, number, f"gives the id {show_line(name)} a second time")
        seen.add(name)
        yield _Line(number, name, body, tail)


def _refuse(name: str, number: int, wrong: str) -> SourceError:
    return SourceError(
        f"Line {number} of the annotations of {show_line(name)} {wrong}: "
        "correct that line, or take it out."
    )


def _read_sheet(lines: list[_Line], text: str, shift: Callable[[int], int], name: str) -> _Sheet:
    sheet = _Sheet()
    taken = _Taken()
    for line in lines:
        if line.id.startswith("T"):
            _read_bound(sheet, line, text, shift, taken=taken, name=name)
    signed = any(line.body.split()[:1] == ["Reviewer"] for line in lines if line.id[0] == "#")
    for line in lines:
        match line.id[0]:
            case "R":
                _read_relation(sheet, line, name)
            case "A" | "M":
                _read_attribute(sheet, line)
            case "#":
                _read_note(sheet, line, signed=signed)
            case "E" | "N" | "*" as kind:
                sheet.leave_out(line, _LEFT_OUT[kind])
    return sheet


def _read_bound(
    sheet: _Sheet,
    line: _Line,
    text: str,
    shift: Callable[[int], int],
    *,
    taken: _Taken,
    name: str,
) -> None:
    match = _BOUND.fullmatch(line.body)
    if match is None:
        raise _refuse(name, line.number, "does not say a type, a start and an end")
    pairs = _read_pairs(match[2])
    fragments = [Span(shift(start), shift(end)) for start, end in pairs]
    span = _trim(text, Span(fragments[0].start, fragments[-1].end))
    if any(start > end for start, end in pairs) or fragments[-1].end > len(text):
        sheet.leave_out(line, "annotation outside the text")
    elif any(text[one.end : two.start].strip() for one, two in pairwise(fragments)) or (
        fragments != sorted(fragments)
    ):
        sheet.leave_out(line, "annotation in several pieces with text between them")
    elif span.start >= span.end:
        sheet.leave_out(line, "annotation of no text")
    elif not _agrees(line, fragments, text):
        sheet.leave_out(line, "annotation whose text is not what stands there")
    elif not taken.take(span):
        sheet.leave_out(line, "annotation over text that another has")
    else:
        sheet.spans[line.id] = span
        sheet.labels[line.id] = match[1]


class _Taken:
    """The spans that were read, in the text's order, to find what overlaps them."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def take(self, span: Span) -> bool:
        """Whether the span is free; then it is so no longer."""
        place = bisect_left(self._starts, span.end)
        if place and self._ends[place - 1] > span.start:
            return False
        self._starts.insert(place, span.start)
        self._ends.insert(place, span.end)
        return True


def _read_pairs(written: str) -> list[tuple[int, int]]:
    numbers = [pair.split(" ") for pair in written.split(";")]
    return [(int(start), int(end)) for start, end in numbers]


def _trim(text: str, span: Span) -> Span:
    covered = text[span.start : span.end]
    start = span.start + len(covered) - len(covered.lstrip())
    return Span(start, start + len(covered.strip()))


def _agrees(line: _Line, fragments: list[Span], text: str) -> bool:
    """Whether the text that the line quotes, if any, is that of its span, but for white space."""
    covered = "".join("".join(text[one.start : one.end].split()) for one in fragments)
    quoted = "".join(line.tail.split())
    return not quoted or covered == quoted


def _choose_count(
    lines: list[_Line], decoded: str, text: str, *, marked: bool
) -> Callable[[int], int]:
    """From an offset as the file counts to one in the normalised text.

    brat counts the code points of the file as it is; others count CRLF as one, or a byte order mark
    as none. The quoted texts tell: the way by which most of them agree is taken, brat's own first.
    """
    joined = decoded.replace("\r\n", "\n")
    counted = [decoded, joined] if joined != decoded else [decoded]
    if marked:
        counted = [*(f"\ufeff{one}" for one in counted), *counted]
    ways = [_shift_by([found.span() for found in _DROPPED.finditer(one)]) for one in counted]
    if len(ways) == 1:
        return ways[0]
    return max(ways, key=lambda way: _count_agreeing(lines, text, way))


def _shift_by(dropped: list[tuple[int, int]]) -> Callable[[int], int]:
    points = [point for start, end in dropped for point in range(start, end)]
    return lambda offset: offset - bisect_left(points, offset)


def _count_agreeing(lines: list[_Line], text: str, way: Callable[[int], int]) -> int:
    count = 0
    for line in lines:
        match = _BOUND.fullmatch(line.body) if line.id.startswith("T") else None
        if match is not None:
            fragments = [Span(way(start), way(end)) for start, end in _read_pairs(match[2])]
            count += _agrees(line, fragments, text)
    return count


def _read_relation(sheet: _Sheet, line: _Line, name: str) -> None:
    match = _RELATION.fullmatch(line.body)
    if match is None:
        raise _refuse(name, line.number, "does not say a relation and its two ends")
    kind, denial, denied = match.groups()
    if kind.casefold() != "denies":
        sheet.leave_out(line, _LEFT_OUT["R"])
    elif denial not in sheet.spans or denied not in sheet.spans or denial == denied:
        sheet.leave_out(line, "relation without two annotations that were read")
    else:
        sheet.denies.setdefault(denial, set()).add(sheet.spans[denied])


def _read_attribute(sheet: _Sheet, line: _Line) -> None:
    match line.body.split():
        case [kind, target, *_] if kind.casefold() == "unsure" and target in sheet.spans:
            sheet.unsure.add(target)
        case _:
            sheet.leave_out(line, _LEFT_OUT[line.id[0]])


def _read_note(sheet: _Sheet, line: _Line, *, signed: bool) -> None:
    kinds = {"AnnotatorNotes", "Speaker", "Reviewer", *(("Label",) if signed else ())}
    text = normalize(_ESCAPE.sub(_unescape, line.tail)).text if signed else line.tail
    match line.body.split():
        case ["Reviewer", _]:
            sheet.notes.setdefault("", {}).setdefault("Reviewer", text.strip())
        case [kind, target] if kind in kinds and target in sheet.spans:
            notes = sheet.notes.setdefault(target, {})
            text = text if signed else text.strip()
            notes[kind] = f"{notes[kind]}\n{text}" if kind in notes else text
        case _:
            sheet.leave_out(line, _LEFT_OUT["#"])


def _unescape(match: re.Match[str]) -> str:
    if match[1]:
        return _SHORT[match[1]]
    point = int(match[2], 16)
    return match[0] if 0xD800 <= point <= 0xDFFF else chr(point)


def _say(sheet: _Sheet) -> Iterator[Said]:
    reviewer = sheet.notes.get("", {}).get("Reviewer") or None
    for name, span in sorted(sheet.spans.items(), key=lambda pair: pair[1]):
        notes = sheet.notes.get(name, {})
        kind = sheet.labels[name]
        said = Said(
            span=span,
            label=notes.get("Label") or (None if kind == _UNLABELLED else kind),
            reviewer=reviewer,
            speaker=notes.get("Speaker") or None,
            note=notes.get("AnnotatorNotes") or None,
            unsure=name in sheet.unsure,
            denies=tuple(sorted(sheet.denies.get(name, ()))),
        )
        if said.label or said.speaker or said.note or said.unsure or said.denies:
            yield said


def _tell(left_out: dict[str, list[str]]) -> Iterator[str]:
    for reason, names in left_out.items():
        shown = ", ".join(show_line(name) for name in names[:_MOST_NAMED])
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        yield f"{len(names)} left out, {reason}: {shown}{more}"
