"""What the store asks of SQLite, seen from a second connection."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing, suppress
from typing import TYPE_CHECKING

import pytest

from annotator.errors import ActError, NotSavedError, StoreError, UnknownNameError
from annotator.session.verification import verify
from annotator.store.sqlite import SqliteStore
from annotator.store.version import SCHEMA_VERSION
from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from annotator.model.annotation import Change
    from annotator.session.labelling import Session


@pytest.fixture
def session(sqlite: SqliteStore) -> Session:
    library = make_library(sqlite)
    return library.open(put(library, article()))


@pytest.fixture
def other(path: Path, sqlite: SqliteStore) -> Iterator[sqlite3.Connection]:
    """Another program at the same file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def pragma(store: SqliteStore, name: str) -> object:
    return store._connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_every_connection_is_set_up_for_durable_writes(path: Path) -> None:
    for _ in range(2):
        with closing(SqliteStore.open(str(path))) as store:
            assert pragma(store, "journal_mode") == "wal"
            assert pragma(store, "synchronous") == 2
            assert pragma(store, "foreign_keys") == 1
            assert pragma(store, "busy_timeout") == 5000
            assert pragma(store, "user_version") == store.version == SCHEMA_VERSION


def test_a_label_is_in_the_file_when_annotate_returns(
    session: Session, other: sqlite3.Connection
) -> None:
    session.annotate(0, "claim")
    assert other.execute("SELECT label FROM annotation").fetchall() == [("claim",)]
    assert other.execute("SELECT kind FROM event ORDER BY counter").fetchall() == [
        ("import",),
        ("label",),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET value = '\"denial\"'",
        "UPDATE event SET counter = counter + 1",
        "DELETE FROM event",
        "INSERT OR REPLACE INTO event SELECT * FROM event",
        "UPDATE OR REPLACE event SET id = 'x'",
        "REPLACE INTO event SELECT * FROM event WHERE kind = 'label'",
    ],
)
def test_events_are_never_changed_and_never_removed(
    session: Session, other: sqlite3.Connection, statement: str
) -> None:
    session.annotate(0, "claim")
    before = other.execute("SELECT * FROM event").fetchall()
    with pytest.raises(sqlite3.IntegrityError, match=r"events are never|UNIQUE"):
        other.execute(statement)
    assert other.execute("SELECT * FROM event").fetchall() == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE document SET sentence_count = 'many'",
        "UPDATE document SET title = x'00'",
        "UPDATE document SET deleted = 2",
        "UPDATE sentence SET \"start\" = 'a'",
        'UPDATE sentence SET "end" = "start"',
        "UPDATE sentence SET sentence_index = 1.5",
        "UPDATE annotation SET unsure = 'yes'",
        "UPDATE annotation SET reviewer = NULL",
        "INSERT INTO event (id) VALUES ('x')",
        "INSERT INTO event SELECT 'x', 0, step, document_id, NULL, NULL, reviewer, kind, value,"
        " time, spent_ms, guideline, target FROM event",
        "INSERT INTO event SELECT 'x', 9, step, document_id, 5, NULL, reviewer, kind, value,"
        " time, spent_ms, guideline, target FROM event LIMIT 1",
    ],
)
def test_tables_refuse_values_of_another_type(
    session: Session, other: sqlite3.Connection, statement: str
) -> None:
    session.annotate(0, "claim")
    with pytest.raises(sqlite3.IntegrityError):
        other.execute(statement)


def test_a_lock_past_the_patience_leaves_the_label_unsaved_and_the_store_usable(
    path: Path, session: Session, other: sqlite3.Connection
) -> None:
    with closing(SqliteStore.open(str(path), patience_ms=50)) as store:
        hurried = make_library(store, "ben").open(session.document)
        other.execute("BEGIN IMMEDIATE")
        acts: list[Callable[[], Change]] = [
            lambda: hurried.annotate(0, "claim"),
            lambda: hurried.note(0, "why"),
        ]
        for act in acts:
            with pytest.raises(NotSavedError, match=f"not saved.*{path}.*locked"):
                act()
        assert hurried.measure_progress().labelled == 0
        assert hurried.read_place(0).annotation is None
        other.execute("ROLLBACK")
        assert other.execute("SELECT count(*) FROM event").fetchone() == (1,)
        assert hurried.annotate(0, "claim").after is not None
        assert hurried.measure_progress().labelled == 1


def test_reading_goes_on_while_another_writes(session: Session, other: sqlite3.Connection) -> None:
    session.annotate(0, "claim")
    other.execute("BEGIN IMMEDIATE")
    other.execute("UPDATE document SET title = 'half done'")
    assert session.read_place(0).annotation is not None
    assert session.find_resumption() == 1
    other.execute("ROLLBACK")


def test_a_snapshot_sees_one_moment_while_another_writes(
    path: Path, sqlite: SqliteStore, session: Session
) -> None:
    with closing(SqliteStore.open(str(path))) as store:
        bens = make_library(store, "ben").open(session.document)
        with sqlite.snapshot():
            before = dict(sqlite.count_rows())
            bens.annotate(0, "claim")
            assert dict(sqlite.count_rows()) == before
        assert dict(sqlite.count_rows()) != before


def test_a_full_disk_leaves_the_label_unsaved_and_the_store_usable(
    path: Path, sqlite: SqliteStore, session: Session
) -> None:
    session.annotate(0, "claim")
    pages = pragma(sqlite, "page_count")
    sqlite._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(NotSavedError, match=f"not saved.*{path}.*no room left"):
        session.note(1, "a long note " * 5000)
    assert session.read_place(1).annotation is None
    with pytest.raises(NotSavedError, match="no room left"):
        put(make_library(sqlite), article(2000))
    sqlite._connection.execute("PRAGMA max_page_count = 1000000")
    assert session.note(1, "a note").after is not None
    assert [proof for proof in verify(sqlite) if not proof.holds] == []


def test_an_act_that_is_refused_leaves_no_transaction_open(
    session: Session, other: sqlite3.Connection
) -> None:
    with pytest.raises(ActError, match="There is no sentence 99"):
        session.annotate(98, "claim")
    other.execute("BEGIN IMMEDIATE")
    other.execute("ROLLBACK")


def test_text_that_cannot_be_written_is_one_clear_error(sqlite: SqliteStore) -> None:
    with pytest.raises(StoreError, match="cannot hold"):
        list(sqlite.read_events("\udcff"))


def test_a_closed_store_says_so(path: Path) -> None:
    store = SqliteStore.open(str(path))
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.count_rows()
    with pytest.raises(NotSavedError, match="closed"):
        store.transact(lambda: None)
    with pytest.raises(StoreError, match=r"^The database .* closed"), store.snapshot():
        pass


def test_a_transaction_inside_another_stays_or_goes_with_it(path: Path) -> None:
    with closing(SqliteStore.open(str(path))) as store:
        library = make_library(store)
        document = put(library, article())
        session = library.open(document)

        def label_two() -> None:
            session.annotate(0, "claim")
            with suppress(UnknownNameError):
                store.transact(fail_after_a_label)
            session.annotate(1, "denial")

        def fail_after_a_label() -> None:
            session.annotate(2, "claim")
            session.annotate(3, "no label of the scheme")

        store.transact(label_two)
        assert [note.label for note in store.read_annotations(document.id)] == ["claim", "denial"]
        with pytest.raises(UnknownNameError):
            store.transact(fail_after_a_label)
        assert store.count_labels(document.id, reviewer="ana") == {"claim": 1, "denial": 1}


def test_nothing_is_written_inside_a_snapshot(path: Path) -> None:
    with closing(SqliteStore.open(str(path))) as store:
        library = make_library(store)
        session = library.open(put(library, article()))
        with store.snapshot(), pytest.raises(NotSavedError, match="for reading"):
            session.annotate(0, "claim")
        session.annotate(0, "claim")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps an open file in its place")
@pytest.mark.parametrize("how", ["deleted", "moved", "replaced"])
def test_nothing_counts_as_saved_in_a_file_that_is_no_longer_there(path: Path, how: str) -> None:
    with closing(SqliteStore.open(str(path))) as store:
        library = make_library(store)
        session = library.open(put(library, article()))
        session.annotate(0, "claim")
        away = path.with_name("away.db")
        path.rename(away)
        if how == "deleted":
            away.unlink()
        if how == "replaced":
            path.touch()
        with pytest.raises(NotSavedError, match="deleted, moved or replaced"):
            session.annotate(1, "denial")
        if how == "moved":
            away.rename(path)
            session.annotate(1, "denial")
            assert session.measure_progress().labelled == 2


@pytest.mark.parametrize("name", [":memory:", "file:x.db", "a?mode=memory.db"])
def test_a_name_means_nothing_but_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    SqliteStore.open(name).close()
    assert (tmp_path / name).is_file()
