"""What a store on SQLite says and asks for, word for word."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.errors import NewerDatabaseError, NotSavedError, StoreError
from annotator.model.document import Article
from annotator.model.event import EventKind
from annotator.store.sqlite import SqliteStore
from annotator.store.version import SCHEMA_VERSION
from tests.builders import CountingIds, article, make_library, put
from tests.store.desk import Desk, make
from tests.store.test_contract_names import rename
from tests.store.watching import WatchedStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOT_SAVED = "The last change was not saved."


def test_a_store_says_what_it_is(path: Path, sqlite: SqliteStore) -> None:
    assert sqlite.location == str(path)
    assert sqlite.engine == f"SQLite {sqlite3.sqlite_version}"
    assert sqlite.version == SCHEMA_VERSION


def test_a_file_that_is_refused_is_not_kept_open(path: Path) -> None:
    path.write_bytes(b"The harbour was closed on Monday.\n" * 100)
    with pytest.raises(StoreError) as caught:
        SqliteStore.open(str(path))
    assert str(caught.value) == (
        f"The database {path} is not a database: name another file with --db."
    )


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.count_rows(),
        lambda store: store._execute("SELECT 1"),
        lambda store: store._execute_each("SELECT ?", [(1,)]),
        lambda store: store.read_generation(),
        lambda store: store.snapshot().__enter__(),
    ],
)
def test_a_closed_store_says_so_whatever_is_asked(
    path: Path, ask: Callable[[SqliteStore], object]
) -> None:
    store = SqliteStore.open(str(path))
    store.close()
    with pytest.raises(StoreError) as caught:
        ask(store)
    said = f"The database {path} answered with an error: Cannot operate on a closed database."
    assert str(caught.value) == said
    with pytest.raises(NotSavedError) as unsaved:
        store.transact(lambda: None)
    assert str(unsaved.value) == f"{NOT_SAVED} {said}"


def test_a_store_that_is_closed_by_the_work_itself_says_so(path: Path, sqlite: SqliteStore) -> None:
    with pytest.raises(NotSavedError) as caught:
        sqlite.transact(sqlite.close)
    assert str(caught.value) == (
        f"{NOT_SAVED} The database {path} answered with an error:"
        " Cannot operate on a closed database."
    )


def test_a_snapshot_says_that_it_is_for_reading(sqlite: SqliteStore) -> None:
    with sqlite.snapshot(), pytest.raises(NotSavedError) as caught:
        sqlite.transact(lambda: None)
    assert str(caught.value) == f"{NOT_SAVED[:-1]}: this is a snapshot, for reading."
    assert sqlite.transact(lambda: "done") == "done"


def test_a_lock_is_told_once_patience_is_at_an_end(path: Path) -> None:
    make(path)
    with (
        closing(SqliteStore.open(str(path), patience_ms=20)) as store,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotSavedError) as caught:
            store.transact(lambda: None)
        assert str(caught.value) == (
            f"{NOT_SAVED} The database {path} is locked by another program:"
            " close that one or wait, and try again."
        )
        assert store._connection.execute("PRAGMA busy_timeout").fetchone() == (20,)
        other.execute("ROLLBACK")
        assert store.transact(lambda: "done") == "done"


def test_a_lock_that_is_let_go_of_is_waited_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(path)
    with (
        closing(SqliteStore.open(str(path))) as store,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        waited: list[float] = []

        def wait(seconds: float) -> None:
            waited.append(seconds)
            if len(waited) == 3:
                other.execute("ROLLBACK")

        monkeypatch.setattr("annotator.store.sqlite.sleep", wait)
        assert store.transact(lambda: "done") == "done"
        assert waited == [0.002] * 3


def test_patience_lasts_as_long_as_was_asked_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(path)
    now = [100.0]

    def wait(seconds: float) -> None:
        now[0] += seconds * 100

    with (
        closing(SqliteStore.open(str(path), patience_ms=2000)) as store,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr("annotator.store.sqlite.monotonic", lambda: now[0])
        monkeypatch.setattr("annotator.store.sqlite.sleep", wait)
        with pytest.raises(NotSavedError, match="locked"):
            store.transact(lambda: None)
    assert 102.0 <= now[0] < 102.3


def test_a_newer_shape_is_noticed_before_anything_is_written(
    path: Path, sqlite: SqliteStore
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(NotSavedError) as caught:
        sqlite.transact(lambda: None)
    assert isinstance(caught.value.__cause__, NewerDatabaseError)
    assert str(caught.value).startswith(
        f"{NOT_SAVED} The database {path} was made by a newer version of annotator"
    )


@pytest.mark.parametrize("size", [4096, 8192])
def test_the_pages_are_measured_in_bytes(path: Path, size: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {size}")
        connection.execute("PRAGMA journal_mode = wal")
    make(path)
    with closing(SqliteStore.open(str(path))) as store:
        assert store._measure() == path.stat().st_size
        (event, *_) = store.read_log()
        assert store._has_event(event.id)
        assert not store._has_event("0" * 36)


# -- what others do meanwhile


def test_the_generation_is_another_once_somebody_else_has_committed(
    path: Path, sqlite: SqliteStore
) -> None:
    before = sqlite.read_generation()
    put(make_library(sqlite), article())
    assert sqlite.read_generation() == before
    with closing(SqliteStore.open(str(path))) as other:
        put(make_library(other, "ben"), article(3))
        assert sqlite.read_generation() not in (before, 0)


def test_a_name_that_somebody_else_changed_is_known_at_the_next_look(
    path: Path, sqlite: SqliteStore
) -> None:
    session = make_library(sqlite, "anna").open(put(make_library(sqlite), article()))
    session.annotate(0, "claim")
    sqlite.read_generation()
    assert sqlite.resolve_reviewer("anna") == "anna"
    with closing(SqliteStore.open(str(path))) as other:
        rename(other, "anna", "ana")
    assert sqlite.resolve_reviewer("anna") == "anna"
    sqlite.read_generation()
    assert sqlite.resolve_reviewer("anna") == "ana"


@pytest.mark.parametrize("look", ["snapshot", "transact"])
def test_names_are_asked_for_anew_where_a_transaction_begins(
    path: Path, sqlite: SqliteStore, look: str
) -> None:
    put(make_library(sqlite), article())
    assert sqlite.resolve_reviewer("anna") == "anna"
    with closing(SqliteStore.open(str(path))) as other:
        rename(other, "anna", "ana")
    if look == "transact":
        assert sqlite.transact(lambda: sqlite.resolve_reviewer("anna")) == "ana"
    else:
        with sqlite.snapshot():
            assert sqlite.resolve_reviewer("anna") == "ana"


def test_a_name_that_was_taken_back_with_its_transaction_is_forgotten(
    sqlite: SqliteStore,
) -> None:
    put(make_library(sqlite), article())

    def rename_and_fail() -> None:
        rename(sqlite, "anna", "ana")
        assert sqlite.resolve_reviewer("anna") == "ana"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sqlite.transact(rename_and_fail)
    assert sqlite.resolve_reviewer("anna") == "anna"


def test_names_are_read_once_a_transaction(path: Path) -> None:
    with closing(WatchedStore.open(str(path))) as store:
        desk = Desk(store)
        asked: list[str] = []
        store.connection.tell = lambda sql, _: asked.append(sql)
        desk.append(*(desk.draft(EventKind.LABEL, "claim", index=at) for at in range(4)))
        assert len([sql for sql in asked if "FROM alias" in sql and "SELECT name, " in sql]) == 1


# -- searching


def test_a_search_without_spaces_looks_for_the_whole_run(sqlite: SqliteStore) -> None:
    library = make_library(sqlite, ids=CountingIds(10**6))
    text = "調査団は化学兵器を確認した。\n化学の兵器。\n"
    document = put(library, Article(text=text, title="Gas", source=None))
    assert [hit.index for hit in sqlite.search(" 化学兵器 ", limit=9)] == [0]
    assert [hit.index for hit in sqlite.search("化学", limit=9)] == [0, 1]
    assert [hit.index for hit in sqlite.search("化学", limit=1)] == [0]
    assert sqlite.search("化学", limit=9)[0].document == document


def test_more_rows_than_are_fetched_at_a_time_come_in_their_order(sqlite: SqliteStore) -> None:
    for many in (99, 100, 101, 250):
        document = put(make_library(sqlite, ids=CountingIds(many << 32)), article(many))
        found = [sentence.index for sentence in sqlite.read_sentences(document.id)]
        assert found == list(range(many))
