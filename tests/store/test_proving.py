"""What SQLite can prove of a file, and how each fault is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.store.sqlite import SqliteStore
from tests.store.desk import make

if TYPE_CHECKING:
    from pathlib import Path


def faults_after(path: Path, *statements: str) -> list[str]:
    """What is found wrong once these were executed by hand."""
    make(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
    with closing(SqliteStore.open(str(path))) as store:
        return store.check_integrity()


def test_a_sound_file_has_no_fault(path: Path) -> None:
    assert faults_after(path) == []
    with closing(SqliteStore.open(str(path))) as store:
        assert store.check_integrity() == store.check_integrity() == []


def test_a_row_that_points_at_nothing_is_told(path: Path) -> None:
    found = faults_after(path, "DELETE FROM document")
    assert sorted(found) == [
        f"a row of {table} points at a row of document that is not there"
        for table in ["annotation", *["event"] * 2, *["sentence"] * 5]
    ]


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("DROP INDEX event_by_order", "the index event_by_order is not there"),
        ("DROP TRIGGER event_never_goes", "the trigger event_never_goes is not there"),
        ("DROP VIEW labels", "the view labels is not there"),
        ("DROP TABLE suggestion", "the table suggestion is not there"),
    ],
)
def test_what_is_missing_of_the_schema_is_named(path: Path, statement: str, fault: str) -> None:
    assert faults_after(path, statement) == [fault]


def test_what_was_made_as_something_else_is_named(path: Path) -> None:
    assert faults_after(
        path,
        "DROP VIEW sentences",
        "CREATE VIEW sentences AS SELECT 1 AS one",
        "DROP TRIGGER event_never_goes",
    ) == [
        "the trigger event_never_goes is not there",
        "the view sentences is not what it was made as",
    ]


def test_what_somebody_added_is_no_fault(path: Path) -> None:
    assert faults_after(path, "CREATE TABLE mine (a)", "CREATE INDEX my_own ON event (time)") == []


def test_a_search_that_holds_other_words_is_told(path: Path) -> None:
    assert faults_after(path, "UPDATE sentence SET text = 'other words'") == [
        "the table sentence_search does not hold the words of the sentences"
    ]


def test_a_value_that_a_table_refuses_is_told_and_the_search_is_not_looked_at(path: Path) -> None:
    assert faults_after(
        path,
        "PRAGMA ignore_check_constraints = ON",
        "UPDATE document SET deleted = 2",
        "UPDATE sentence SET text = 'other words'",
    ) == ["CHECK constraint failed in document"]


def test_pages_are_told_of_before_references_and_those_before_the_schema(path: Path) -> None:
    found = faults_after(
        path,
        "PRAGMA ignore_check_constraints = ON",
        "UPDATE document SET deleted = 2",
        "DELETE FROM annotation",
        "INSERT INTO link VALUES ('d', 0, 1, 'ana', 2, 3)",
        "DROP VIEW labels",
    )
    assert found == [
        "CHECK constraint failed in document",
        "a row of link points at a row of annotation that is not there",
        "the view labels is not there",
    ]
