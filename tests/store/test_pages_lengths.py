"""Rows of every length, as SQLite itself writes them, in tables and in indexes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.store.pages import open_image, read_rows

if TYPE_CHECKING:
    from pathlib import Path


def read(path: Path, page_size: int) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    """Rows of tables and rows of indexes."""
    image = open_image(path.read_bytes(), b"", page_size=page_size)
    found: tuple[set[tuple[object, ...]], set[tuple[object, ...]]] = (set(), set())
    for is_of_index, row in read_rows(image):
        found[is_of_index].add(row)
    return found


@pytest.mark.parametrize(
    ("page_size", "lengths"),
    [(512, range(1100)), (1024, range(180, 2100)), (4096, [*range(980, 1010), *range(4040, 4090)])],
    ids=["512", "1024", "4096"],
)
def test_rows_are_read_however_long_they_are(
    path: Path, page_size: int, lengths: list[int]
) -> None:
    texts = [f"{length:04}{'x' * (length - 4)}" for length in lengths]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {page_size}")
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("CREATE TABLE held (text)")
        connection.execute("CREATE INDEX by_text ON held (text)")
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO held VALUES (?)", [(text,) for text in texts])
        connection.execute("COMMIT")
    of_table, of_index = read(path, page_size)
    assert {(text,) for text in texts} <= of_table
    assert {(text, number) for number, text in enumerate(texts, 1)} <= of_index


def test_rows_are_read_whatever_their_number_is(path: Path) -> None:
    numbers = {sign * 2**bits + more for bits in range(63) for sign in (1, -1) for more in (0, -1)}
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE held (number INTEGER PRIMARY KEY, text, value)")
        connection.execute("CREATE INDEX by_value ON held (value)")
        rows = [(number, f"no. {number}", number) for number in sorted(numbers)]
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO held VALUES (?, ?, ?)", rows)
        connection.execute("COMMIT")
    of_table, of_index = read(path, 4096)
    assert {(None, text, value) for _, text, value in rows} <= of_table
    assert {(number, number) for number in numbers} <= of_index
