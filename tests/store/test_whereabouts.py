"""A file that is open, seen from outside: when it counts as gone, and when as written over."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.errors import StoreError
from annotator.store.version import APPLICATION_ID
from annotator.store.whereabouts import Sight, Whereabouts, look_at
from tests.store.desk import make

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def overwritten(path: Path) -> str:
    return (
        f"The database {path} was overwritten by another file while it was open:"
        " close every program that has it open, put back the right file and start again."
    )


def check(
    whereabouts: Whereabouts,
    *,
    pages: int = 0,
    is_known: Callable[[str], bool] = lambda _: True,
) -> None:
    whereabouts.check()
    whereabouts.check_content(measure=lambda: pages, is_known=is_known)


def touch_later(path: Path) -> None:
    """As if it had been written to a second later."""
    found = path.stat()
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns + 10**9))


def test_a_sight_is_what_the_system_says(path: Path) -> None:
    assert look_at(str(path)) == Sight((0, 0), 0, 0)
    path.write_bytes(b"four")
    os.utime(path, ns=(1, 1_700_000_000_000_000_100))
    found = path.stat()
    assert look_at(str(path)) == Sight((found.st_dev, found.st_ino), 4, found.st_mtime_ns)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps an open file in its place")
@pytest.mark.parametrize("how", ["deleted", "replaced"])
def test_a_file_that_is_not_the_one_that_was_opened_is_told(path: Path, how: str) -> None:
    path.touch()
    whereabouts = Whereabouts(str(path))
    whereabouts.check()
    away = path.with_name("away.db")
    path.rename(away)
    if how == "replaced":
        path.touch()
    with pytest.raises(StoreError) as caught:
        whereabouts.check()
    assert str(caught.value) == (
        f"The database {path} was deleted, moved or replaced while it was open:"
        " put it back, or start again."
    )
    away.replace(path)
    whereabouts.check()


# -- what is in it


def test_a_file_that_is_as_it_was_is_not_looked_into(path: Path) -> None:
    path.write_bytes(b"The harbour was closed on Monday.\n" * 100)
    whereabouts = Whereabouts(str(path))

    def refuse(*_: str) -> bool:
        raise AssertionError

    whereabouts.check_content(measure=refuse, is_known=refuse)
    whereabouts.check()
    whereabouts.check_content(measure=refuse, is_known=refuse)


def test_what_was_found_in_order_is_not_looked_into_again(path: Path) -> None:
    make(path)
    whereabouts = Whereabouts(str(path))
    touch_later(path)
    asked: list[str] = []

    def is_known(id_: str) -> bool:
        asked.append(id_)
        return True

    check(whereabouts, is_known=is_known)
    with closing(sqlite3.connect(path)) as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM event ORDER BY counter, id")]
    assert asked == [ids[-1], ids[0]]
    check(whereabouts, is_known=is_known)
    assert len(asked) == 2


def test_an_event_that_was_never_here_is_strange_wherever_it_stands(path: Path) -> None:
    make(path)
    with closing(sqlite3.connect(path)) as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM event ORDER BY counter, id")]
    for strange in (ids[0], ids[-1]):
        whereabouts = Whereabouts(str(path))
        touch_later(path)
        for _ in range(2):
            with pytest.raises(StoreError) as caught:
                check(whereabouts, is_known=lambda id_, strange=strange: id_ != strange)  # type: ignore[misc]
            assert str(caught.value) == overwritten(path)


@pytest.mark.parametrize(("pages", "strange"), [(4096, True), (4095, False), (100, False)])
def test_a_file_shorter_than_it_was_is_strange_unless_its_pages_are_too(
    path: Path, pages: int, *, strange: bool
) -> None:
    path.write_bytes(bytes(8192))
    whereabouts = Whereabouts(str(path))
    with closing(sqlite3.connect(path.with_name("new.db"), isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 512")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("CREATE TABLE event (id, counter)")
    content = path.with_name("new.db").read_bytes().ljust(4095, b"\0")
    path.write_bytes(content[:4095])
    if strange:
        with pytest.raises(StoreError) as caught:
            check(whereabouts, pages=pages)
        assert str(caught.value) == overwritten(path)
    else:
        check(whereabouts, pages=pages)


def test_a_file_cut_short_is_strange_where_its_pages_say_more(path: Path) -> None:
    make(path)
    whereabouts = Whereabouts(str(path))
    size = path.stat().st_size
    os.truncate(path, size - 1)
    with pytest.raises(StoreError) as caught:
        check(whereabouts, pages=size)
    assert str(caught.value) == overwritten(path)


def test_a_new_file_whose_labels_are_all_in_its_log_is_not_strange(path: Path) -> None:
    path.touch()
    whereabouts = Whereabouts(str(path))
    touch_later(path)
    check(whereabouts, pages=40_960, is_known=lambda _: False)


@pytest.mark.parametrize("content", [b"Hello.\n", b"The harbour was closed on Monday.\n" * 100])
def test_what_is_no_database_is_strange_however_short(path: Path, content: bytes) -> None:
    path.touch()
    whereabouts = Whereabouts(str(path))
    path.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        check(whereabouts, pages=40_960)
    assert str(caught.value) == overwritten(path)


def test_another_programs_tables_are_strange(path: Path) -> None:
    path.touch()
    whereabouts = Whereabouts(str(path))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE event (id, counter)")
    with pytest.raises(StoreError) as caught:
        check(whereabouts)
    assert str(caught.value) == overwritten(path)


def test_a_database_with_nothing_in_it_yet_is_not_strange(path: Path) -> None:
    path.touch()
    whereabouts = Whereabouts(str(path))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = wal")
    assert path.stat().st_size > 0
    check(whereabouts, is_known=lambda _: False)


def test_pages_that_are_still_on_their_way_from_the_log_are_not_strange(path: Path) -> None:
    path.touch()
    whereabouts = Whereabouts(str(path))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("CREATE TABLE document (id)")
    check(whereabouts, is_known=lambda _: False)


def test_looking_at_the_file_leaves_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make(tmp_path / "a b?c.db")
    whereabouts = Whereabouts("a b?c.db")
    touch_later(tmp_path / "a b?c.db")
    check(whereabouts)
    touch_later(tmp_path / "a b?c.db")
    with pytest.raises(StoreError, match="overwritten"):
        check(whereabouts, is_known=lambda _: False)
    assert [found.name for found in tmp_path.iterdir()] == ["a b?c.db"]
