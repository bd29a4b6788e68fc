"""What is read out of the pages of a damaged database, and whose copy of a row counts."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotator.errors import NewerDatabaseError, StoreError
from annotator.store.recovering import Salvage, salvage
from annotator.store.sqlite import SqliteStore
from annotator.store.version import SCHEMA_VERSION
from tests.builders import article, make_library, put
from tests.store.desk import make

if TYPE_CHECKING:
    from annotator.model.event import Event


def read_log(path: Path) -> list[Event]:
    with closing(SqliteStore.open(str(path))) as store:
        return list(store.read_log())


def write(path: Path, *statements: str) -> None:
    """By hand, past what keeps events from being changed."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER IF EXISTS event_never_changes")
        for statement in statements:
            connection.execute(statement)


def change_in_log(path: Path, statement: str) -> Path:
    """A copy of the database in whose log an event has been changed, and in whose file it has not;
    as it is while both pages are there.
    """
    left = path.with_name("left.db")
    write(path, "PRAGMA journal_mode = wal")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute(statement)
        for suffix in ("", "-wal"):
            shutil.copyfile(f"{path}{suffix}", f"{left}{suffix}")
    return left


# -- what is there


def test_everything_of_a_sound_database_is_read(path: Path) -> None:
    with closing(SqliteStore.open(str(path))) as store:
        library = make_library(store)
        document = put(library, article())
        library.open(document).annotate(0, "claim")
        text, sentences = store.read_text(document.id), list(store.read_sentences(document.id))
        log = list(store.read_log())
    found = salvage(str(path))
    assert found.documents == {document.id: [(document, text)]}
    assert found.events == {event.id: event for event in log}
    assert found.sentences == {
        document.id: {one.span.start: (one.paragraph, one.span, one.text) for one in sentences}
    }
    assert found.named_documents == {document.id}
    assert found.named_events == {event.id for event in log}


def test_what_is_only_in_the_log_is_read_and_neither_file_is_touched(path: Path) -> None:
    make(path)
    label = read_log(path)[1]
    copied = (
        'step, document_id, "start", "end", reviewer, kind, value, time, spent_ms, guideline,'
        " target"
    )
    more = "0" * 36
    left = change_in_log(
        path,
        f"INSERT INTO event (id, counter, {copied}) SELECT '{more}', 3, {copied} FROM event"
        f" WHERE id = '{label.id}'",
    )
    before = {found.name: found.read_bytes() for found in path.parent.iterdir()}
    found = salvage(str(left)).events
    assert found[more] == replace(label, id=more, counter=3)
    assert len(found) == 3
    left.with_name(f"{left.name}-wal").unlink()
    assert more not in salvage(str(left)).events
    del before[f"{left.name}-wal"]
    assert {found.name: found.read_bytes() for found in path.parent.iterdir()} == before


def test_the_size_of_a_page_is_guessed_where_the_header_is_gone(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 8192")
        connection.execute("PRAGMA journal_mode = wal")
    make(path)
    log = read_log(path)
    content = bytearray(path.read_bytes())
    assert int.from_bytes(content[16:18]) == 8192
    content[:100] = bytes(100)
    path.write_bytes(content)
    assert salvage(str(path)).events == {event.id: event for event in log}


# -- an event that is there twice


@pytest.mark.parametrize("size", [512, 1024, 2048, 8192, 16384, 32768, 1])
def test_all_is_found_whatever_size_a_damaged_header_names(path: Path, size: int) -> None:
    with closing(SqliteStore.open(str(path))) as store:
        library = make_library(store)
        for number in range(12):
            library.open(put(library, article(20, title=f"No. {number}"))).annotate(3, "claim")
    whole = salvage(str(path))
    assert (len(whole.documents), len(whole.events)) == (12, 24)
    content = bytearray(path.read_bytes())
    content[16:18] = size.to_bytes(2)
    path.write_bytes(content)
    assert salvage(str(path)) == whole


@pytest.mark.parametrize(("counter", "kept"), [(1, 1), (9, 2)])
def test_of_two_copies_of_an_event_the_earlier_place_counts(
    path: Path, counter: int, kept: int
) -> None:
    make(path)
    label = read_log(path)[1]
    assert label.counter == 2
    left = change_in_log(path, f"UPDATE event SET counter = {counter} WHERE id = '{label.id}'")
    assert salvage(str(left)).events[label.id] == replace(label, counter=kept)


def test_of_two_copies_that_say_different_things_the_newer_page_counts(path: Path) -> None:
    make(path)
    label = read_log(path)[1]
    left = change_in_log(path, f"UPDATE event SET spent_ms = 77 WHERE id = '{label.id}'")
    assert salvage(str(left)).events[label.id] == replace(label, spent_ms=77)


def test_each_copy_of_a_document_is_kept_once(path: Path) -> None:
    make(path)
    ((document, text),) = salvage(str(path)).documents.popitem()[1]
    left = change_in_log(path, "UPDATE document SET title = 'Another'")
    assert salvage(str(left)).documents == {
        document.id: [(document, text), (replace(document, title="Another"), text)]
    }


# -- what is no row of ours


def test_rows_that_are_nothing_of_ours_are_left_out(path: Path) -> None:
    make(path)
    before = salvage(str(path))
    write(
        path,
        f"CREATE TABLE wide ({', '.join(f'c{n}' for n in range(12))})",
        f"INSERT INTO wide VALUES ({', '.join(['1'] * 12)})",
        f"CREATE TABLE wider ({', '.join(f'c{n}' for n in range(13))})",
        f"INSERT INTO wider VALUES ({', '.join(['NULL'] * 13)})",
        f"CREATE TABLE seven ({', '.join(f'c{n}' for n in range(7))})",
        "INSERT INTO seven VALUES (NULL, 'd', 0, 0, 'a', 5, 'text')",
        "CREATE TABLE pairs (name, number)",
        "CREATE INDEX by_name ON pairs (name)",
        f"INSERT INTO pairs VALUES ('{'n' * 15}', 1), ('{'n' * 37}', 1), (NULL, 1)",
    )
    assert salvage(str(path)) == before


def test_an_event_of_an_unknown_kind_costs_no_other(path: Path) -> None:
    make(path)
    log = read_log(path)
    write(path, f"UPDATE event SET kind = 'guess' WHERE id = '{log[0].id}'", "VACUUM")
    assert salvage(str(path)).events == {log[1].id: log[1]}


def test_a_file_of_something_else_holds_nothing(path: Path) -> None:
    path.write_bytes(b"The harbour was closed on Monday.\n" * 1000)
    assert salvage(str(path)) == Salvage()


# -- what is refused


def test_a_name_of_nothing_is_told(path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        salvage(str(path))
    assert str(caught.value) == f"There is no database {path}: see whether the name is right."


def test_an_empty_file_is_told_to_be_empty(path: Path) -> None:
    path.touch()
    with pytest.raises(StoreError) as caught:
        salvage(str(path))
    assert str(caught.value) == f"{path} is empty: it is no database of annotator's."


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied"), "Permission denied"),
        (OSError("the drive is gone"), "the drive is gone"),
    ],
)
def test_a_file_that_cannot_be_read_is_the_systems_word(
    path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, said: str
) -> None:
    make(path)

    def refuse(_: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(StoreError) as caught:
        salvage(str(path))
    assert str(caught.value) == f"{path} cannot be read: {said}."


@pytest.mark.parametrize("version", [SCHEMA_VERSION + 1, 999])
def test_a_newer_database_is_refused_with_both_versions(path: Path, version: int) -> None:
    make(path)
    write(path, f"PRAGMA user_version = {version}")
    with pytest.raises(NewerDatabaseError) as caught:
        salvage(str(path))
    assert str(caught.value) == (
        f"The database {path} was made by a newer version of annotator (schema {version}, this"
        f" one knows {SCHEMA_VERSION}): upgrade with 'pip install --upgrade annotator'."
    )


@pytest.mark.parametrize(
    "statement",
    [
        "PRAGMA user_version = 1000",
        f"PRAGMA user_version = {SCHEMA_VERSION}",
        "PRAGMA application_id = 1",
    ],
)
def test_a_version_that_cannot_be_is_damage(path: Path, statement: str) -> None:
    make(path)
    write(path, f"PRAGMA user_version = {SCHEMA_VERSION + 1}", statement)
    assert len(salvage(str(path)).events) == 2
