"""The rows that stand in the pages of a SQLite file, read without SQLite.

SQLite finds rows by a tree, and gives up where a branch of it is broken. Here each page is looked
at by itself, so that a page that is broken costs no more than what stood on it, and nothing that
the file holds is executed. The format: https://www.sqlite.org/fileformat2.html
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Value: TypeAlias = str | int | bytes | None
Row: TypeAlias = tuple[Value, ...]

MAGIC: Final = b"SQLite format 3\0"
PAGE_SIZES: Final = (4096, 1024, 2048, 8192, 16384, 32768, 65536, 512)
"""What a page may have, in bytes; the usual one first."""

_TABLE_LEAF: Final = 0x0D
_INDEX_LEAF: Final = 0x0A
_INDEX_INTERIOR: Final = 0x02

_LOG_HEADER: Final = 32
_FRAME_HEADER: Final = 24
_LOG_MAGICS: Final = (0x377F0682, 0x377F0683)

_INTEGERS: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Bytes of an integer, by its serial type."""

_GREATEST_ROW: Final = 2**30
"""Bytes: more than SQLite lets a row have."""


class _BrokenError(Exception):
    """What stands here is no row."""


@dataclass(frozen=True, slots=True)
class Image:
    """A file and its log: what a page holds, by its number from 1; the log's newer pages hold."""

    file: bytes
    log: bytes
    page_size: int
    usable: int
    newer: dict[int, int]
    """Where in the log the newest copy of a page begins."""

    def read_page(self, number: int) -> bytes:
        """A page; empty where the file has none of this number."""
        if number in self.newer:
            at = self.newer[number]
            return self.log[at : at + self.page_size]
        at = (number - 1) * self.page_size
        return self.file[at : at + self.page_size] if number > 0 else b""


def open_image(file: bytes, log: bytes, *, page_size: int) -> Image:
    """A file together with what waits in its log, up to the last commit that the log names.

    A frame's checksum covers all frames before it, so that one bad bit makes SQLite drop what was
    committed after it. Here such frames count: their rows are looked at by themselves.
    """
    reserved = file[20] if file.startswith(MAGIC) else 0
    newer = dict(_list_frames(log, page_size))
    return Image(file, log, page_size, page_size - reserved, newer)


def guess_page_sizes(file: bytes, log: bytes) -> list[int]:
    """What its header says, the log's after it, then all others."""
    named = [int.from_bytes(file[16:18])] if file.startswith(MAGIC) else []
    if int.from_bytes(log[:4]) in _LOG_MAGICS:
        named.append(int.from_bytes(log[8:12]))
    named = [65536 if size == 1 else size for size in named]
    sizes = [size for size in named if size in PAGE_SIZES]
    return list(dict.fromkeys([*sizes, *PAGE_SIZES]))


def read_rows(image: Image) -> Iterator[tuple[bool, Row]]:
    """Every row that can be read, older copies first, and whether it is of an index.

    A row may come more than once, and from pages that are not in use any more.
    """
    size = image.page_size
    alone = Image(image.file, b"", size, image.usable, {})
    for number in range(1, -(-len(image.file) // size) + 1):
        yield from _read_page(alone, alone.read_page(number), skip=100 if number == 1 else 0)
    for number, at in _list_frames(image.log, size):
        page = image.log[at : at + size]
        yield from _read_page(image, page, skip=100 if number == 1 else 0)


def _list_frames(log: bytes, page_size: int) -> Iterator[tuple[int, int]]:
    """The page number and the place of each frame up to the last commit, oldest first."""
    step = _FRAME_HEADER + page_size
    starts = range(_LOG_HEADER, len(log) - step + 1, step)
    whole = int.from_bytes(log[:4]) in _LOG_MAGICS
    first = _LOG_HEADER + 8
    # Frames of a round before this one, not yet written over, have another salt.
    salt = log[16:24] if whole else log[first : first + 8]
    frames = []
    for at in starts:
        number, commits = int.from_bytes(log[at : at + 4]), int.from_bytes(log[at + 4 : at + 8])
        if log[at + 8 : at + 16] == salt and number:
            frames.append((number, at + _FRAME_HEADER, commits != 0))
    last = max((place for place, frame in enumerate(frames) if frame[2]), default=-1)
    for number, at, _ in frames[: last + 1]:
        yield number, at


def _read_page(image: Image, page: bytes, *, skip: int) -> Iterator[tuple[bool, Row]]:
    kind = page[skip] if len(page) > skip + 8 else 0
    if kind not in (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR):
        return
    pointers = skip + (12 if kind == _INDEX_INTERIOR else 8)
    count = int.from_bytes(page[skip + 3 : skip + 5])
    for number in range(min(count, len(page) // 2)):
        at = int.from_bytes(page[pointers + 2 * number : pointers + 2 * number + 2])
        try:
            row = _read_cell(image, page, at, kind=kind)
        except _BrokenError:
            continue
        yield kind != _TABLE_LEAF, row


def _read_cell(image: Image, page: bytes, at: int, *, kind: int) -> Row:
    if kind == _INDEX_INTERIOR:
        at += 4
    length, at = _read_varint(page, at)
    if kind == _TABLE_LEAF:
        _, at = _read_varint(page, at)
    if not 0 < length < _GREATEST_ROW:
        raise _BrokenError
    local = _count_local(length, image.usable, is_table=kind == _TABLE_LEAF)
    payload = page[at : at + local]
    if local < length:
        following = int.from_bytes(page[at + local : at + local + 4])
        payload += _read_overflow(image, following, length - local)
    if len(payload) != length:
        raise _BrokenError
    return _read_record(payload)


def _count_local(length: int, usable: int, *, is_table: bool) -> int:
    """How much of a row stands on the page itself."""
    most = usable - 35 if is_table else (usable - 12) * 64 // 255 - 23
    if length <= most:
        return length
    least = (usable - 12) * 32 // 255 - 23
    wanted = least + (length - least) % (usable - 4)
    return wanted if wanted <= most else least


def _read_overflow(image: Image, number: int, missing: int) -> bytes:
    parts, seen = [], set()
    while missing > 0:
        page = image.read_page(number)
        if number in seen or len(page) < image.usable:
            raise _BrokenError
        seen.add(number)
        parts.append(page[4 : min(image.usable, 4 + missing)])
        missing -= len(parts[-1])
        number = int.from_bytes(page[:4])
    return b"".join(parts)


def _read_record(payload: bytes) -> Row:
    end, at = _read_varint(payload, 0)
    if not at <= end <= len(payload):
        raise _BrokenError
    types = []
    while at < end:
        serial, at = _read_varint(payload, at)
        types.append(serial)
    values: list[Value] = []
    for serial in types:
        width = _measure(serial)
        if at + width > len(payload):
            raise _BrokenError
        values.append(_read_value(serial, payload[at : at + width]))
        at += width
    return tuple(values)


def _measure(serial: int) -> int:
    if serial >= 12:
        return (serial - 12) // 2
    if serial in (10, 11):
        raise _BrokenError
    return 8 if serial == 7 else _INTEGERS.get(serial, 0)


def _read_value(serial: int, stored: bytes) -> Value:
    if serial in (0, 7):
        return None  # no column of ours is a fraction
    if serial in (8, 9):
        return serial - 8
    if serial < 12:
        return int.from_bytes(stored, signed=True)
    if serial % 2 == 0:
        return stored
    try:
        return stored.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _BrokenError from error


def _read_varint(content: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    number = 0
    for place in range(at, at + 9):
        if place >= len(content):
            raise _BrokenError
        byte = content[place]
        if place == at + 8:
            return number << 8 | byte, place + 1
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, place + 1
    raise _BrokenError
