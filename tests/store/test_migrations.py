"""A database of an older shape becomes one of today's, with all that is in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from annotator.errors import StoreError
from annotator.session.verification import verify
from annotator.store.migrations import MIGRATIONS
from annotator.store.sqlite import SqliteStore
from annotator.store.version import APPLICATION_ID, SCHEMA_VERSION
from tests.builders import CountingIds, article, make_library, put

if TYPE_CHECKING:
    from pathlib import Path


def make_first_version(path: Path, newer: Path) -> None:
    """A database as version 1 left it, with the contents of a newer one."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = wal")
        db = Database(connection, execute_plugins=False)
        MIGRATIONS.apply(db, stop_before="m002_cutting_and_searching")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
        connection.execute("ATTACH ? AS newer", (str(newer),))
        for table in ("document", "sentence", "event", "annotation", "link"):
            columns = ", ".join(
                f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({table})")
            )
            connection.execute(
                f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}"
            )


def test_the_first_version_becomes_todays_with_all_that_is_in_it(tmp_path: Path) -> None:
    newer, path = tmp_path / "newer.db", tmp_path / "older.db"
    with closing(SqliteStore.open(str(newer))) as store:
        library = make_library(store)
        document = put(library, article())
        session = library.open(document)
        session.annotate(0, "claim")
        session.deny(2, "denial", [0])
        before = session.read_places(0, count=9)
    make_first_version(path, newer)
    with closing(SqliteStore.open(str(path))) as store:
        assert [proof for proof in verify(store) if not proof.holds] == []
        session = make_library(store, ids=CountingIds(10**6)).open(document)
        assert session.read_places(0, count=9) == before
        assert [found.index for found in store.search("part 3", limit=9)] == [2]
        assert session.split(0, 4).recut
        assert [proof for proof in verify(store) if not proof.holds] == []
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_of_a_migration_that_fails_nothing_is_told_and_no_copy_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    newer, path = tmp_path / "newer.db", tmp_path / "older.db"
    SqliteStore.open(str(newer)).close()
    make_first_version(path, newer)

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half_way (id INTEGER)")
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("annotator.store.migrations.migrate", fail)
    with pytest.raises(StoreError):
        SqliteStore.open(str(path))
    assert caplog.records == []
    assert list(tmp_path.glob("older.before-*")) == []
    monkeypatch.undo()
    SqliteStore.open(str(path)).close()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert len(list(tmp_path.glob("older.before-*"))) == 1
