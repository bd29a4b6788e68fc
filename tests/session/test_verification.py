"""Proving a database: a sound one passes, and each kind of damage is found by name."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import StoreError
from annotator.model.document import Document
from annotator.model.event import Assigned, EventKind, Renamed, Settled, Suggested
from annotator.session.verification import share_out, verify
from annotator.store.memory import MemoryStore
from annotator.store.sqlite import SqliteStore
from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.session.library import Library
    from annotator.store.base import Store


def work_on(library: Library) -> None:
    """A bit of everything, in two documents."""
    document, other = put(library, article()), put(library, article(2, title="Another"))
    session = library.open(document)
    for index, label in enumerate(["claim", "background", "denial", "denial"]):
        session.annotate(index, label)
    session.link(2, [0])
    session.link(3, [0, 2])
    session.note(4, "a note")
    session.annotate(1, "claim")
    session.undo()
    make_library(library.store, "ben").open(document).annotate(0, "denial")
    library.delete(other)
    library.set_scheme(replace(library.scheme, name="ours"))
    work_together(library, document)


def work_together(library: Library, document: Document) -> None:
    """What leads settle and give out, what a program suggests, and one person under two names."""
    store, pen = library.store, library.drafting
    span = next(store.read_sentences(document.id)).span
    drafts = [
        pen.draft(EventKind.SETTLE, document.id, span=span, value=Settled("denial", None, None)),
        pen.draft(
            EventKind.SUGGEST, document.id, span=span, value=Suggested("m", "denial", None, ())
        ),
        pen.draft(
            EventKind.ASSIGN, document.id, value=Assigned("cleo", again=False, withdrawn=False)
        ),
        pen.draft(EventKind.RENAME, None, value=Renamed("bea", "ben")),
    ]
    store.transact(lambda: store.append(drafts))


def test_a_sound_store_is_proved(library: Library) -> None:
    assert [proof.name for proof in verify(library.store)] == [
        "integrity",
        "hashes",
        "offsets",
        "replay",
    ]
    work_on(library)
    proofs = list(verify(library.store))
    assert all(proof.holds for proof in proofs), proofs
    assert [proof.looked_at for proof in proofs] == ["the file"] + ["2 documents"] * 3


def test_proving_leaves_the_store_ready_to_write(library: Library) -> None:
    work_on(library)
    list(verify(library.store))
    put(library, article(3, title="A third"))


@pytest.fixture
def damaged(path: Path) -> Path:
    """A database to damage; its triggers, constraints and strictness are out of the way."""
    with closing(SqliteStore.open(str(path))) as store:
        work_on(make_library(store))
    copy = path.with_name("damaged.db")
    shutil.copy(path, copy)
    return copy


def damage(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        made = dict(connection.execute("SELECT name, sql FROM sqlite_master").fetchall())
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        dropped = [name for (name,) in triggers.fetchall()]
        for name in dropped:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("PRAGMA writable_schema = ON")
        for table in ("document", "sentence", "event", "annotation", "link"):
            connection.execute(
                "UPDATE sqlite_master SET sql = replace(sql, ') STRICT', ')') WHERE name = ?",
                (table,),
            )
        connection.execute("PRAGMA writable_schema = RESET")
        changed = 0
        for statement in statements:
            changed += connection.execute(statement).rowcount
        assert changed > 0
        # Only what the statements changed is to be found: the schema becomes what it was.
        connection.execute("PRAGMA writable_schema = ON")
        for table in ("document", "sentence", "event", "annotation", "link"):
            connection.execute(
                "UPDATE sqlite_master SET sql = ? WHERE name = ?", (made[table], table)
            )
        connection.execute("PRAGMA writable_schema = RESET")
        for name in dropped:
            connection.execute(made[name])


def failures(path: Path) -> dict[str, tuple[str, ...]]:
    with closing(SqliteStore.open(str(path))) as store:
        proofs = list(verify(store))
        assert [proof.name for proof in proofs] == ["integrity", "hashes", "offsets", "replay"]
        return {proof.name: proof.failures for proof in proofs if not proof.holds}


FIRST = '"start" = 0'
MINE = "reviewer = 'ana'"
UNINDEX = (
    "INSERT INTO sentence_search (sentence_search, rowid, text)"
    " SELECT 'delete', number, text FROM sentence WHERE sentence_index = 1"
)
LABELLED = f"{FIRST} AND {MINE} AND kind = 'label'"


@pytest.mark.parametrize(
    ("statement", "name", "words"),
    [
        ("UPDATE document SET text = replace(text, 'part', 'port')", "hashes", "has the hash"),
        ("UPDATE document SET sha256 = replace(sha256, '0', '1')", "hashes", "not "),
        ("UPDATE document SET text = text || ' '", "hashes", "has the hash"),
        ("UPDATE document SET text = CAST(x'ff' AS TEXT)", "hashes", "UTF-8"),
        ("UPDATE document SET text = x'07'", "hashes", "text of document"),
        ("UPDATE document SET text = 'caf' || char(0)", "hashes", "has the hash"),
        ("UPDATE sentence SET text = 'Another.' WHERE sentence_index = 1", "offsets", "sentence 2"),
        ('UPDATE sentence SET "start" = 1, "end" = 30 WHERE "start" = 0', "offsets", "sentence 1"),
        ('UPDATE sentence SET "end" = "end" + 3 WHERE "start" = 0', "offsets", "sentence 1"),
        ('UPDATE sentence SET "end" = 1000000', "offsets", "sentence 1"),
        ("UPDATE sentence SET paragraph = 3 WHERE sentence_index = 1", "replay", "of its import"),
        ("UPDATE sentence SET sentence_index = 40 WHERE sentence_index = 1", "offsets", "numbered"),
        ("DELETE FROM sentence WHERE sentence_index = 4", "offsets", "says 5"),
        ("DELETE FROM sentence WHERE sentence_index = 1", "offsets", "no sentence holds"),
        ("UPDATE document SET sentence_count = 9", "offsets", "says 9"),
        ("UPDATE sentence SET paragraph = 'x' WHERE sentence_index = 1", "offsets", "damaged"),
        (f"UPDATE annotation SET label = 'claim' WHERE {FIRST}", "replay", "ben said"),
        (f"UPDATE annotation SET label = NULL WHERE {FIRST} AND {MINE}", "replay", "ana said"),
        ("UPDATE annotation SET unsure = 1", "replay", "ana said"),
        ("UPDATE annotation SET note = 'other' WHERE note IS NOT NULL", "replay", "ana said"),
        ("UPDATE annotation SET speaker = 'x'", "replay", "ana said"),
        ("UPDATE adjudication SET label = 'claim'", "replay", "what is settled"),
        ("DELETE FROM adjudication", "replay", "what is settled"),
        ("UPDATE suggestion SET label = 'claim'", "replay", "what is suggested"),
        ("DELETE FROM assignment", "replay", "who is to label what"),
        ("DELETE FROM alias", "replay", "the name bea"),
        ("UPDATE annotation SET created_at = '2020-01-01T00:00:00Z'", "replay", "ana said"),
        ("UPDATE annotation SET updated_at = '2020-01-01T00:00:00Z'", "replay", "ana said"),
        (f"UPDATE annotation SET reviewer = 'cem' WHERE {FIRST} AND {MINE}", "replay", "cem said"),
        ("UPDATE annotation SET unsure = 'x'", "replay", "damaged"),
        ('UPDATE annotation SET "end" = "end" + 1', "replay", "ana said"),
        ("DELETE FROM annotation WHERE reviewer = 'ben'", "replay", "ben said"),
        (
            'INSERT INTO annotation SELECT document_id, "start", "end", \'cem\', label, speaker,'
            f" note, unsure, created_at, updated_at FROM annotation WHERE {FIRST} AND {MINE}",
            "replay",
            "cem said",
        ),
        ("DELETE FROM link", "replay", "ana said"),
        ("UPDATE link SET target_end = target_end + 1", "replay", "ana said"),
        ("UPDATE link SET target_start = 2 WHERE target_start = 0", "replay", "ana said"),
        ("UPDATE link SET reviewer = 'cem'", "integrity", "link"),
        (
            "INSERT INTO link SELECT document_id, 999, 1000, reviewer, 0, 5 FROM link LIMIT 1",
            "integrity",
            "link",
        ),
        ("UPDATE document SET deleted = 1 - deleted", "replay", "whether it is deleted"),
        ("UPDATE document SET title = 'Another'", "replay", "title"),
        ("UPDATE document SET source = NULL", "replay", "source"),
        ("UPDATE document SET author = 'Nobody'", "replay", "author"),
        ("UPDATE document SET published = '1999'", "replay", "published"),
        ("UPDATE document SET language = 'de'", "replay", "language"),
        ("UPDATE document SET imported_at = '1999-01-01T00:00:00Z'", "replay", "imported_at"),
        ("UPDATE document SET replaces = '0000'", "replay", "replaces"),
        (f"DELETE FROM event WHERE {LABELLED}", "replay", "ana said"),
        ("DELETE FROM event WHERE kind = 'undo'", "replay", "ana said"),
        ("DELETE FROM event WHERE kind = 'import'", "replay", "import is not in the history"),
        ("DELETE FROM event WHERE kind = 'delete'", "replay", "whether it is deleted"),
        (
            "DELETE FROM event WHERE id = (SELECT target FROM event WHERE kind = 'undo')",
            "replay",
            "speaks of a step that is not in the history",
        ),
        (f"UPDATE event SET value = '\"denial\"' WHERE {LABELLED}", "replay", "ana said"),
        (f"UPDATE event SET value = 'claim' WHERE {LABELLED}", "replay", "not JSON"),
        (f"UPDATE event SET value = 'true' WHERE {LABELLED}", "replay", "does not belong"),
        (
            "UPDATE event SET value = json_set(value, '$.spans[0]', 1) WHERE kind = 'denies'",
            "replay",
            "two numbers",
        ),
        ("UPDATE event SET value = NULL WHERE kind = 'denies'", "replay", "another kind"),
        ("UPDATE event SET value = x'ff' WHERE kind = 'denies'", "replay", "damaged"),
        ("UPDATE event SET value = CAST(x'22ff22' AS TEXT)", "replay", "UTF-8"),
        (
            "UPDATE event SET value = printf('%.*c', 200000, '[') WHERE kind = 'denies'",
            "replay",
            "not JSON",
        ),
        (f"UPDATE event SET kind = 'guess' WHERE {LABELLED}", "replay", "unknown kind 'guess'"),
        (f"UPDATE event SET kind = 'note' WHERE {LABELLED}", "replay", "ana said"),
        (f"UPDATE event SET kind = 'import' WHERE {LABELLED}", "replay", "does not belong"),
        (f"UPDATE event SET counter = 'x' WHERE {LABELLED}", "replay", "damaged"),
        (f"UPDATE event SET reviewer = 'cem' WHERE {LABELLED}", "replay", "cem said"),
        (f'UPDATE event SET "start" = NULL WHERE {LABELLED}', "replay", "ana said"),
        ("UPDATE event SET value = replace(value, 'layout', 'x')", "replay", "what it must"),
        (
            "UPDATE event SET value = json_set(value, '$.layout', '0 5') WHERE kind = 'import'",
            "replay",
            "not those of its import",
        ),
        (
            "UPDATE event SET value = json_set(value, '$.layout', 'x') WHERE kind = 'import'",
            "replay",
            "layout",
        ),
        ("UPDATE event SET document_id = '0000' WHERE kind = 'note'", "integrity", "event"),
        ("UPDATE annotation SET document_id = '0000'", "integrity", "annotation"),
        ("UPDATE sentence SET document_id = '0' WHERE \"start\" > 90", "integrity", "sentence"),
        ("UPDATE document SET title = x'07'", "hashes", "damaged"),
        (
            "INSERT INTO sentence_search (sentence_search) VALUES ('delete-all')",
            "integrity",
            "words",
        ),
        (UNINDEX, "integrity", "sentence_search"),
        ("INSERT INTO sentence_search (rowid, text) VALUES (99, 'ghost')", "integrity", "words"),
        ("INSERT INTO shift SELECT id, 40, 1 FROM document", "offsets", "numbered"),
        ("UPDATE event SET value = '{}' WHERE kind = 'scheme'", "integrity", "label scheme"),
        ("UPDATE document SET id = x'07' WHERE deleted", "integrity", "document"),
    ],
)
def test_each_damage_is_found_under_its_name(
    damaged: Path, statement: str, name: str, words: str
) -> None:
    assert failures(damaged) == {}
    damage(damaged, statement)
    found = failures(damaged)
    assert name in found
    assert any(words in failure for failure in found[name]), found


def test_damage_to_one_document_does_not_hide_that_to_another(damaged: Path) -> None:
    damage(damaged, "UPDATE event SET value = 'x' WHERE kind = 'import'")
    assert len(failures(damaged)["replay"]) == 2


def test_every_page_may_be_overwritten_and_nothing_but_findings_comes_of_it(
    damaged: Path,
) -> None:
    content = damaged.read_bytes()
    found = 0
    for page in range(1, len(content) // 4096):
        damaged.write_bytes(
            content[: page * 4096] + bytes([page * 37 % 256]) * 4096 + content[(page + 1) * 4096 :]
        )
        try:
            store = SqliteStore.open(str(damaged))
        except StoreError:
            # The page held the schema itself.
            found += 1
            continue
        with closing(store):
            found += not all(proof.holds for proof in verify(store))
    assert found >= len(content) // 4096 - 2


def test_a_database_is_proved_while_another_writes(path: Path) -> None:
    with (
        closing(SqliteStore.open(str(path))) as store,
        closing(SqliteStore.open(str(path))) as other,
    ):
        work_on(make_library(store))
        bens = make_library(other, "cem")
        for proof in verify(store):
            assert proof.holds
            put(bens, article(2, title=f"While {proof.name} was looked at"))


def test_verification_reads_any_store(store: Store) -> None:
    assert all(proof.holds for proof in verify(store))


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DROP TRIGGER event_never_goes", "the trigger event_never_goes is not there"),
        ("DROP VIEW labels", "the view labels is not there"),
        ("DROP INDEX event_by_span", "the index event_by_span is not there"),
        ("ALTER TABLE link ADD COLUMN more TEXT", "the table link is not what it was made as"),
    ],
)
def test_a_schema_that_somebody_changed_is_found(damaged: Path, statement: str, words: str) -> None:
    with closing(sqlite3.connect(damaged, isolation_level=None)) as connection:
        connection.execute(statement)
    assert words in failures(damaged)["integrity"]


def test_processes_side_by_side_prove_what_one_does(damaged: Path) -> None:
    with closing(SqliteStore.open(str(damaged))) as store:
        sound = list(verify(store, workers=0))
        assert list(verify(store, workers=2)) == sound
        assert all(proof.holds for proof in sound)
    damage(
        damaged,
        "UPDATE annotation SET note = 'other' WHERE note IS NOT NULL",
        "UPDATE document SET title = 'Another'",
        "DELETE FROM assignment",
    )
    with closing(SqliteStore.open(str(damaged))) as store:
        broken = list(verify(store, workers=0))
        assert list(verify(store, workers=2)) == broken
        assert len(broken[-1].failures) == 4


def test_what_no_other_process_can_open_is_proved_here() -> None:
    store = MemoryStore()
    work_on(make_library(store))
    assert list(verify(store, workers=1)) == list(verify(store, workers=0))


@given(counts=st.lists(st.integers(-3, 50), max_size=40), shares=st.integers(1, 20))
def test_documents_are_shared_out_whole_and_in_order(counts: list[int], shares: int) -> None:
    documents = [
        Document(str(number), "", None, None, None, "en", "", "", None, count, deleted=False)
        for number, count in enumerate(counts)
    ]
    shared = list(share_out(documents, shares))
    assert [one for share in shared for one in share] == documents
    assert all(shared)
    assert len(shared) <= shares + 1


def test_the_log_of_the_library_is_what_is_of_no_one_document(library: Library) -> None:
    work_on(library)
    part = [
        event
        for event in library.store.read_log()
        if event.document_id is None or event.kind is EventKind.ASSIGN
    ]
    assert list(library.store.read_library_log()) == part
    assert {event.kind for event in part} == {
        EventKind.SCHEME,
        EventKind.ASSIGN,
        EventKind.RENAME,
    }
