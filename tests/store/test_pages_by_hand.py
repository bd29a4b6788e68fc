"""Pages, frames and rows written by hand: what a reader of bytes makes of each."""

from __future__ import annotations

import pytest

from annotator.store.pages import MAGIC, PAGE_SIZES, guess_page_sizes, open_image, read_rows

SIZE = 512
LOG_MAGIC = 0x377F0682
SALT = b"saltsalt"
Frame = tuple[int, int, bytes]
"""A page's number, how long the file is if this one commits, and the page."""


def make_header(page_size: int, *, reserved: int = 0) -> bytes:
    return (MAGIC + page_size.to_bytes(2) + b"\1\1" + bytes([reserved])).ljust(100, b"\0")


def make_log(*frames: Frame, magic: int = LOG_MAGIC, salt: bytes = SALT) -> bytes:
    log = magic.to_bytes(4) + bytes(4) + SIZE.to_bytes(4) + bytes(4) + SALT + bytes(8)
    for number, commits, page in frames:
        log += number.to_bytes(4) + commits.to_bytes(4) + salt + bytes(8) + page
    return log


def make_page(*rows: bytes, kind: int = 0x0D, skip: int = 0, usable: int = SIZE) -> bytes:
    """A leaf with these cells, filled from its end."""
    page, end, pointers = bytearray(SIZE), usable, b""
    for row in rows:
        end -= len(row)
        page[end : end + len(row)] = row
        pointers += end.to_bytes(2)
    head = bytes([kind]) + bytes(2) + len(rows).to_bytes(2) + end.to_bytes(2) + bytes(1)
    if kind == 0x02:
        head += bytes(4)
    page[skip : skip + len(head + pointers)] = head + pointers
    return bytes(page)


def make_cell(text: str, *, row_id: int = 1) -> bytes:
    record = bytes([2, 13 + 2 * len(text)]) + text.encode()
    return bytes([len(record), row_id]) + record


def read(file: bytes, log: bytes = b"") -> list[tuple[bool, tuple[object, ...]]]:
    return list(read_rows(open_image(file, log, page_size=SIZE)))


def texts(file: bytes, log: bytes = b"") -> list[object]:
    return [row[0] for _, row in read(file, log)]


# -- how long a page is


@pytest.mark.parametrize("size", [*PAGE_SIZES[:6], 512])
def test_the_size_that_the_header_names_comes_first(size: int) -> None:
    sizes = guess_page_sizes(make_header(size), b"")
    assert sizes[0] == size
    assert sizes[1:] == [other for other in PAGE_SIZES if other != size]


def test_the_greatest_size_is_written_as_one() -> None:
    assert guess_page_sizes(make_header(1), b"")[0] == 65536
    log = LOG_MAGIC.to_bytes(4) + bytes(4) + (65536).to_bytes(4)
    assert guess_page_sizes(b"", log)[0] == 65536


@pytest.mark.parametrize("magic", [0x377F0682, 0x377F0683])
def test_without_a_header_the_log_names_the_size(magic: int) -> None:
    sizes = guess_page_sizes(b"", make_log(magic=magic))
    assert sizes[0] == SIZE
    assert sorted(sizes) == sorted(PAGE_SIZES)


def test_the_header_counts_before_the_log() -> None:
    assert guess_page_sizes(make_header(8192), make_log())[:3] == [8192, SIZE, 4096]


@pytest.mark.parametrize("size", [0, 2, 100, 511, 513, 4097])
def test_a_size_that_there_is_not_is_damage(size: int) -> None:
    assert guess_page_sizes(make_header(size), b"") == list(PAGE_SIZES)


@pytest.mark.parametrize("magic", [0, 0x377F0681, 0x377F0684])
def test_a_log_of_something_else_names_nothing(magic: int) -> None:
    assert guess_page_sizes(b"", make_log(magic=magic)) == list(PAGE_SIZES)
    assert guess_page_sizes(b"no header", b"") == list(PAGE_SIZES)


# -- pages of the file


def test_rows_of_tables_and_of_indexes_are_told_apart() -> None:
    of_index = bytes([5, 3, 15, 1]) + b"b" + b"\7"
    leaf, interior = make_page(of_index, kind=0x0A), make_page(bytes(4) + of_index, kind=0x02)
    first = bytearray(make_page(make_cell("a"), skip=100))
    first[:100] = make_header(SIZE)
    assert read(bytes(first) + leaf + interior) == [
        (False, ("a",)),
        (True, ("b", 7)),
        (True, ("b", 7)),
    ]


@pytest.mark.parametrize("kind", [0, 1, 5, 0x0B, 0x0E])
def test_other_pages_hold_no_rows(kind: int) -> None:
    assert read(bytes(SIZE) + make_page(make_cell("a"), kind=kind)) == []


def test_a_page_that_is_cut_short_is_read_as_far_as_it_goes() -> None:
    page = make_page(make_cell("first"), make_cell("second"))
    shortened = bytes(SIZE) + page[:-9]
    assert texts(shortened) == ["second"]
    assert texts(bytes(SIZE) + page) == ["first", "second"]


def test_a_cell_that_is_broken_costs_no_other() -> None:
    longer = bytes([9, 1, 2, 27]) + b"short"
    page = make_page(make_cell("first"), bytes([200, 200]), make_cell("third"))
    assert texts(bytes(SIZE) + page) == ["first", "third"]
    assert texts(bytes(SIZE) + make_page(longer, make_cell("next"))) == ["next"]


@pytest.mark.parametrize(
    ("record", "row"),
    [
        (bytes([2, 0]), (None,)),
        (bytes([2, 7]) + bytes(8), (None,)),
        (bytes([2, 8]), (0,)),
        (bytes([2, 9]), (1,)),
        (bytes([2, 1, 0xFF]), (-1,)),
        (bytes([2, 2, 1, 0]), (256,)),
        (bytes([2, 3, 1, 0, 0]), (65536,)),
        (bytes([2, 4, 1, 0, 0, 0]), (2**24,)),
        (bytes([2, 5, 1, 0, 0, 0, 0, 0]), (2**40,)),
        (bytes([2, 6, 0x80, 0, 0, 0, 0, 0, 0, 0]), (-(2**63),)),
        (bytes([2, 12]), (b"",)),
        (bytes([2, 13]), ("",)),
        (bytes([2, 14]) + b"\xff", (b"\xff",)),
        (bytes([2, 17]) + "é".encode(), ("é",)),
        (bytes([3, 15, 1]) + b"a" + b"\2", ("a", 2)),
        (bytes([1]), ()),
        (bytes([3, 0x80, 15]) + b"a", ("a",)),
        (bytes([10, *[0x80] * 8, 15]) + b"a", ("a",)),
    ],
)
def test_each_kind_of_value_is_read(record: bytes, row: tuple[object, ...]) -> None:
    cell = bytes([len(record), 1]) + record
    assert read(bytes(SIZE) + make_page(cell)) == [(False, row)]


@pytest.mark.parametrize(
    "record",
    [
        bytes([2, 10]),
        bytes([2, 11]),
        bytes([2, 15]) + b"\xff",
        bytes([2, 17]) + b"a",
        bytes([9, 1, 1]),
        bytes([0]),
    ],
)
def test_what_is_no_record_is_left_out(record: bytes) -> None:
    cell = bytes([len(record), 1]) + record
    assert read(bytes(SIZE) + make_page(cell, make_cell("next"))) == [(False, ("next",))]


def test_an_empty_cell_is_no_row() -> None:
    assert read(bytes(SIZE) + make_page(bytes([0, 1]), make_cell("next"))) == [(False, ("next",))]


# -- rows longer than a page


def make_long(text: str, *, usable: int = SIZE, at: int = 3) -> list[bytes]:
    """A page with one row that goes on over others, and those, the first of them with number
    `at`.
    """
    length = 13 + 2 * len(text)
    serial = bytes([0x80 | length >> 7, length & 0x7F])
    record = bytes([1 + len(serial)]) + serial + text.encode()
    most, least = usable - 35, (usable - 12) * 32 // 255 - 23
    local = least + (len(record) - least) % (usable - 4)
    local = local if local <= most else least
    size = bytes([0x80 | len(record) >> 7, len(record) & 0x7F])
    rest, step, parts = record[local:], usable - 4, []
    for number, begin in enumerate(range(0, len(rest), step), at):
        following = number + 1 if begin + step < len(rest) else 0
        parts.append((following.to_bytes(4) + rest[begin : begin + step]).ljust(SIZE, b"\0"))
    cell = size + b"\1" + record[:local] + at.to_bytes(4)
    return [make_page(cell, usable=usable), *parts]


@pytest.mark.parametrize("many", [478, 600, 980, 1100, 2500])
def test_a_row_goes_on_over_other_pages(many: int) -> None:
    text = "a" * (many - 1) + "b"
    assert texts(b"".join([bytes(SIZE), *make_long(text)])) == [text]


def test_bytes_that_are_kept_free_at_the_end_of_each_page_are_no_text() -> None:
    text = "a" * 1200 + "b"
    first = make_header(SIZE, reserved=32).ljust(SIZE, b"\0")
    assert texts(b"".join([first, *make_long(text, usable=SIZE - 32)])) == [text]


def test_a_row_whose_pages_go_in_a_circle_or_are_missing_is_left_out() -> None:
    page, first, *rest = make_long("a" * 1500)
    circle = (3).to_bytes(4) + first[4:]
    assert texts(b"".join([bytes(SIZE), page, circle, *rest])) == []
    assert texts(b"".join([bytes(SIZE), page, first])) == []
    assert texts(b"".join([bytes(SIZE), page, first, *rest])) == ["a" * 1500]


# -- frames of the log


def test_the_logs_pages_come_after_the_files_and_both_are_read() -> None:
    file = bytes(SIZE) + make_page(make_cell("old"))
    log = make_log((2, 2, make_page(make_cell("new"))))
    assert texts(file, log) == ["old", "new"]
    image = open_image(file, log, page_size=SIZE)
    assert image.read_page(2) == make_page(make_cell("new"))
    assert image.read_page(1) == bytes(SIZE)
    assert image.read_page(0) == image.read_page(3) == b""


def test_of_a_page_that_is_twice_in_the_log_the_newer_counts() -> None:
    older, newer = make_page(make_cell("older")), make_page(make_cell("newer"))
    log = make_log((2, 0, older), (2, 2, newer))
    assert texts(b"", log) == ["older", "newer"]
    assert open_image(b"", log, page_size=SIZE).read_page(2) == newer


def test_what_was_not_committed_is_not_read() -> None:
    pages = [make_page(make_cell(text)) for text in "abc"]
    frames = [(2, 0, pages[0]), (3, 3, pages[1]), (4, 0, pages[2])]
    assert texts(b"", make_log(*frames)) == ["a", "b"]
    assert texts(b"", make_log(frames[0])) == []
    assert open_image(b"", make_log(*frames), page_size=SIZE).newer.keys() == {2, 3}


def test_a_frame_that_is_cut_short_is_not_read() -> None:
    frames = [(2, 2, make_page(make_cell("a"))), (3, 3, make_page(make_cell("b")))]
    assert texts(b"", make_log(*frames)) == ["a", "b"]
    assert texts(b"", make_log(*frames)[:-1]) == ["a"]
    assert texts(b"", make_log()) == []


def test_frames_of_an_earlier_round_are_not_read() -> None:
    frame = (2, 2, make_page(make_cell("a")))
    assert texts(b"", make_log(frame, salt=b"othersal")) == []
    later = make_log(frame, salt=b"othersal")[32:]
    assert texts(b"", make_log((3, 3, make_page(make_cell("b")))) + later) == ["b"]


def test_without_its_header_a_log_goes_by_its_first_frame() -> None:
    frames = [(2, 2, make_page(make_cell("a"))), (3, 3, make_page(make_cell("b")))]
    assert texts(b"", bytes(32) + make_log(*frames, salt=b"othersal")[32:]) == ["a", "b"]


def test_a_frame_without_a_page_is_none() -> None:
    assert texts(b"", make_log((0, 2, make_page(make_cell("a"))))) == []


def test_the_first_page_begins_with_the_files_header_in_the_log_too() -> None:
    page = bytearray(make_page(make_cell("a"), skip=100))
    page[:100] = make_header(SIZE)
    assert texts(bytes(page), make_log((1, 1, bytes(page)))) == ["a", "a"]


def test_a_long_row_of_the_file_goes_on_in_the_file_and_one_of_the_log_in_the_log() -> None:
    page, over = make_long("a" * 600)
    file = b"".join([bytes(SIZE), page, over])
    newer = over[:4] + over[4:].replace(b"a", b"b")
    log = make_log((3, 0, newer), (2, 3, page))
    found = [str(text) for text in texts(file, log)]
    assert found[0] == "a" * 600
    assert found[1].startswith("a")
    assert found[1].endswith("b")
    assert len(found[1]) == 600
