"""`annotator merge` and `annotator copy`."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.session import open_library
from annotator.store.sqlite import SqliteStore
from tests.builders import article as make_article
from tests.builders import make_library, put
from tests.store.desk import make
from tests.store.test_migrations import make_first_version

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Command


def look_at(folder: Path) -> dict[str, tuple[str, int]]:
    """Every file of a folder, by name: what it holds, and when it was changed."""
    return {
        path.name: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in folder.iterdir()
        if path.is_file()
    }


@pytest.fixture
def away(folder: Path, article: str, annotator: Command) -> Path:
    """A folder with the database of another machine: Ana's article, with labels of Ben's and hers.

    Somebody has it open, so that the labels are in its log.
    """
    there = folder / "away"
    there.mkdir()
    with closing(SqliteStore.open(str(folder / "db" / "annotator.db"))) as store:
        assert store.count_rows()["documents"] == 1
    shutil.copy(folder / "db" / "annotator.db", there / "other.db")
    return there


def label(database: Path | None, who: str, index: int, name: str) -> None:
    with closing(
        open_library(None if database is None else str(database), reviewer=who)
    ) as library:
        document = library.store.find_documents("", limit=1)[0]
        library.open(document).annotate(index, name)


def test_another_database_comes_in_and_is_not_touched(
    annotator: Command, away: Path, article: str
) -> None:
    held = open_library(str(away / "other.db"), reviewer="ben")
    held.open(held.store.find_documents("", limit=1)[0]).annotate(1, "denial")
    before = look_at(away)
    assert "other.db-wal" in before
    result = annotator("merge", "away/other.db", "--json")
    assert (result.status, look_at(away)) == (0, before)
    held.close()
    assert result.json[0]["events"] == 1
    assert result.json[0]["conflicts"] == []
    assert "ben" in annotator("export").out
    again = annotator("merge", "away/other.db")
    assert (again.status, again.out) == (0, "")
    assert "nothing was changed" in again.err
    assert annotator("verify").status == 0


def test_a_closed_database_gets_no_files_beside_it(annotator: Command, away: Path) -> None:
    label(away / "other.db", "ben", 0, "claim")
    before = look_at(away)
    assert set(before) == {"other.db"}
    assert annotator("merge", "away/other.db").status == 0
    assert look_at(away) == before


def test_one_reviewers_two_labels_are_told_and_the_newer_counts(
    annotator: Command, away: Path, article: str
) -> None:
    label(None, "ana", 1, "claim")
    label(away / "other.db", "ana", 0, "background")
    label(away / "other.db", "ana", 1, "denial")
    result = annotator("merge", "away/other.db")
    assert ["label", article, "2", "ana", "claim", "denial", "denial"] in result.rows
    assert "1 conflict" in result.err
    assert "claim" in annotator("history", article, "--sentence", "2").out


def test_a_dry_run_says_the_same_and_writes_nothing(
    annotator: Command, away: Path, article: str
) -> None:
    label(away / "other.db", "ben", 1, "claim")
    before = annotator("export", "--history").out
    rehearsed = annotator("merge", "away/other.db", "--dry-run")
    assert "would bring" in rehearsed.err
    assert annotator("export", "--history").out == before
    assert annotator("merge", "away/other.db").out == rehearsed.out


def test_a_database_merged_with_itself_says_so(annotator: Command, article: str) -> None:
    result = annotator("merge", "db/annotator.db")
    assert (result.status, result.out) == (0, "")
    assert "is the database in use itself" in result.message


def make_newer(path: Path) -> None:
    make(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 999")


def damage(path: Path) -> None:
    make(path)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)


def make_foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE document (id)")


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda path: None, "There is no database"),
        (lambda path: path.mkdir(), "is no file"),
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_text("a text, and no database\n" * 99), "is not a database"),
        (make_foreign, "another program"),
        (make_newer, "newer"),
        (damage, "damaged"),
    ],
    ids=["missing", "folder", "empty", "text", "foreign", "newer", "damaged"],
)
def test_what_is_no_database_is_one_line(
    annotator: Command, folder: Path, made: Callable[[Path], object], said: str
) -> None:
    made(folder / "other.db")
    result = annotator("merge", "other.db")
    assert result.status == 1
    assert said in result.message
    assert "other.db" in result.message
    assert annotator("documents").out == ""


def test_of_several_the_others_come_in(annotator: Command, away: Path, folder: Path) -> None:
    label(away / "other.db", "ben", 0, "claim")
    result = annotator("merge", "missing.db", "away/other.db")
    assert result.status == 1
    assert "There is no database missing.db" in result.err
    assert "away/other.db brought" in result.err


def test_the_first_version_comes_in_and_stays_as_it_is(
    annotator: Command, article: str, folder: Path
) -> None:
    (folder / "away").mkdir()
    make(folder / "newer.db")
    make_first_version(folder / "away" / "older.db", folder / "newer.db")
    before = look_at(folder / "away")
    result = annotator("merge", "away/older.db")
    assert (result.status, look_at(folder / "away")) == (0, before)
    assert annotator("verify").status == 0
    assert len(annotator("documents").rows) == 2


# -- copy


def test_a_whole_database_is_copied_and_proved(
    annotator: Command, away: Path, article: str, folder: Path
) -> None:
    label(None, "ana", 1, "claim")
    with closing(open_library(reviewer="ben")) as library:
        library.delete(put(library, make_article()))
    result = annotator("copy", "db/annotator.db", "new.db")
    assert result.status == 0
    assert [row[:2] for row in result.rows][:2] == [["ok", "documents"], ["ok", "history"]]
    assert {row[0] for row in result.rows} == {"ok"}
    for command in (["export", "--history"], ["documents", "--deleted"], ["status"]):
        assert annotator(*command, "--db", "new.db").out == annotator(*command).out


def test_nothing_is_copied_into_what_holds_something(
    annotator: Command, away: Path, article: str
) -> None:
    result = annotator("copy", "db/annotator.db", "away/other.db")
    assert result.status == 1
    assert "away/other.db is not empty" in result.message
    itself = annotator("copy", "db/annotator.db", "db/annotator.db")
    assert (itself.status, "itself" in itself.message) == (1, True)
    assert annotator("copy", "missing.db", "new.db").status == 1


def test_the_same_database_copied_twice_is_the_same(annotator: Command, folder: Path) -> None:
    with closing(SqliteStore.open("one.db")) as store:
        library = make_library(store)
        library.open(put(library, make_article())).annotate(0, "claim")
    assert annotator("copy", "one.db", "two.db").status == 0
    assert annotator("merge", "two.db", "--db", "one.db").err.endswith("nothing was changed.\n")
