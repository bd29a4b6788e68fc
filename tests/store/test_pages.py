"""Rows read out of a database's pages, without SQLite."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.store.pages import guess_page_sizes, open_image, read_rows

if TYPE_CHECKING:
    from pathlib import Path

VALUES = (None, 0, 1, -1, 127, -128, 40_000, -8_000_000, 2**31, -(2**40), 2**60)
TEXTS = ("", "é雨", "x" * 300, "y" * 5_000, "z" * 40_000)


def write(path: Path, page_size: int, *, wal: bool = False) -> set[tuple[object, ...]]:
    """A database of one table, over many pages, with an index; what its rows say."""
    held = [
        (number, VALUES[number % len(VALUES)], TEXTS[number % 5], b"\0\xff" * (number % 7))
        for number in range(120)
    ]
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute(f"PRAGMA page_size = {page_size}")
        if wal:
            database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE held (number ANY, value ANY, text TEXT, bytes BLOB)")
        database.execute("CREATE INDEX by_value ON held (value)")
        database.executemany("INSERT INTO held VALUES (?, ?, ?, ?)", held)
        if wal:
            # Closing would put the log into the file: both are read while it is open.
            path.with_suffix(".copy").write_bytes(path.read_bytes())
            log = path.with_name(f"{path.name}-wal")
            path.with_suffix(".log").write_bytes(log.read_bytes())
    return set(held)


@pytest.mark.parametrize("page_size", [512, 1024, 4096, 65536])
def test_every_row_is_found_whatever_the_pages_hold(tmp_path: Path, page_size: int) -> None:
    held = write(tmp_path / "a.db", page_size)
    file = (tmp_path / "a.db").read_bytes()
    assert guess_page_sizes(file, b"")[0] == page_size
    found = [row for _, row in read_rows(open_image(file, b"", page_size=page_size))]
    assert held <= {tuple(row) for row in found}


def test_what_is_only_in_the_log_is_found_as_well(tmp_path: Path) -> None:
    held = write(tmp_path / "a.db", 4096, wal=True)
    file, log = ((tmp_path / f"a.{end}").read_bytes() for end in ("copy", "log"))
    image = open_image(file, log, page_size=4096)
    assert held <= {tuple(row) for _, row in read_rows(image)}
    without = open_image(file, b"", page_size=4096)
    assert not held <= {tuple(row) for _, row in read_rows(without)}
