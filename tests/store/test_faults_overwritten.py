"""A file that is written over while it is open: nothing counts as saved in it any more."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.errors import NotSavedError
from annotator.store.sqlite import SqliteStore
from tests.builders import article, make_library, put
from tests.store.faults import begin, check_message, fill, list_ids

if TYPE_CHECKING:
    from pathlib import Path


def make_other(path: Path, kind: str) -> Path:
    other = path.with_name("other")
    match kind:
        case "smaller":
            fill(other, labels=1, reviewer="ben")
        case "larger":
            with closing(SqliteStore.open(str(other))) as store:
                begin(store, "ben")
                put(make_library(store, "ben"), article(3000))
        case "empty":
            other.touch()
        case "text":
            other.write_bytes(b"The harbour was closed on Monday.\n" * 20_000)
        case _:
            with closing(sqlite3.connect(other)) as connection:
                connection.execute("CREATE TABLE t (a)")
                connection.execute("INSERT INTO t VALUES (zeroblob(1000000))")
                connection.commit()
    return other


@pytest.mark.parametrize("kind", ["smaller", "larger", "empty", "text", "another program's"])
@pytest.mark.parametrize("labels", [1, 250])
def test_nothing_counts_as_saved_once_another_file_was_copied_over_it(
    path: Path, kind: str, labels: int
) -> None:
    other = make_other(path, kind)
    fill(path, labels=2)
    with closing(SqliteStore.open(str(path))) as store:
        session = begin(store)
        for number in range(labels):
            session.annotate(number % 20, ("background", "claim")[number // 20 % 2])
        with other.open("rb") as source, path.open("r+b") as target:
            target.truncate()
            shutil.copyfileobj(source, target)
        for _ in range(2):
            with pytest.raises(NotSavedError, match=r"not saved.*overwritten") as caught:
                session.note(5, "lost?")
            check_message(str(caught.value), path)


def test_an_older_copy_put_over_it_is_noticed_where_it_is_shorter(path: Path) -> None:
    fill(path, labels=2)
    older = path.with_name("older.db")
    shutil.copy(path, older)
    with closing(SqliteStore.open(str(path))) as store:
        session = begin(store)
        for number in range(300):
            session.annotate(number % 20, ("background", "claim")[number // 20 % 2])
        with older.open("rb") as source, path.open("r+b") as target:
            target.truncate()
            shutil.copyfileobj(source, target)
        with pytest.raises(NotSavedError, match="overwritten"):
            session.note(5, "lost?")


@pytest.mark.parametrize("acts", [150, pytest.param(5000, marks=pytest.mark.long)])
@pytest.mark.parametrize("reads", [False, True])
def test_what_sqlite_itself_moves_from_the_log_is_never_taken_for_a_fault(
    path: Path, acts: int, reads: bool
) -> None:
    # With a reader in the way only a part of the log is moved: the file alone is no whole database.
    fill(path, labels=1)
    with (
        closing(SqliteStore.open(str(path))) as store,
        closing(SqliteStore.open(str(path))) as second,
        closing(sqlite3.connect(path, isolation_level=None)) as reader,
    ):
        for one in (store, second):
            one._connection.execute("PRAGMA wal_autocheckpoint = 1")
        sessions = [begin(store), begin(second, "ben")]
        for number in range(acts):
            if reads and number % 10 == 0:
                if reader.in_transaction:
                    reader.execute("ROLLBACK")
                reader.execute("BEGIN")
                reader.execute("SELECT count(*) FROM event").fetchone()
            sessions[number % 2].annotate(number % 20, ("denial", "background")[number // 20 % 2])
    assert len(list_ids(path)) >= acts


def test_a_vacuum_by_hand_is_no_fault(path: Path) -> None:
    with closing(SqliteStore.open(str(path))) as store:
        session = begin(store)
        put(make_library(store), article(2000))
        session.annotate(0, "claim")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("CREATE TABLE waste (a)")
            other.execute("INSERT INTO waste VALUES (zeroblob(3000000))")
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            session.annotate(1, "claim")
            other.execute("DROP TABLE waste")
            other.execute("VACUUM")
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        session.annotate(2, "claim")
        assert session.measure_progress().labelled == 3
    list_ids(path)
