"""What a merge says of two databases, and what it refuses of a hostile one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotator.errors import SchemeError, StoreError
from annotator.model.event import EventKind, Renamed, Rule, Settled
from annotator.model.event_value import write_value
from annotator.model.scheme import FACT_CHECK
from annotator.session.conflicts import Conflict, Subject
from annotator.session.merging import merge
from annotator.session.schemes import read_scheme_in_force
from annotator.session.verification import verify
from annotator.store.borrowing import borrow
from annotator.store.memory import MemoryStore
from annotator.store.sqlite import SqliteStore
from tests.builders import CountingIds, article, make_library, put
from tests.session.machines import clone, describe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from annotator.model.event import Value
    from annotator.session.labelling import Session
    from annotator.session.library import Library
    from annotator.store.base import Store


class Desk:
    """Ana's and others' sessions at one database; each with ids of its own."""

    def __init__(self, store: Store, number: int) -> None:
        self.store = store
        self.ids = CountingIds(number << 40)
        self.document = put(self.library("ana"), article())

    def library(self, who: str) -> Library:
        made = make_library(self.store, who, ids=self.ids)
        made.set_scheme(read_scheme_in_force(self.store))  # and with it its guideline
        return made

    def sit(self, who: str = "ana") -> Session:
        return self.library(who).open(self.document)

    def append(self, kind: EventKind, value: Value, index: int | None, who: str) -> None:
        session = self.sit(who)
        span = None if index is None else session.read_place(index).sentence.span
        id_ = None if index is None else self.document.id
        draft = session.drafting.draft(kind, id_, span=span, value=value)
        self.store.transact(lambda: self.store.append([draft]))


@pytest.fixture
def desks() -> tuple[Desk, Desk]:
    """Two databases that were one until now."""
    store = MemoryStore()
    Desk(store, 1)
    return Desk(store, 2), Desk(clone(store), 3)


def test_what_one_reviewer_said_twice_is_told_with_what_counts(desks: tuple[Desk, Desk]) -> None:
    here, there = desks
    here.sit().annotate(1, "claim")
    here.sit().note(1, "from here")
    there.sit().annotate(0, "claim")
    there.sit().annotate(1, "background")
    there.sit("ben").annotate(1, "denial")
    told = merge(here.store, there.store)
    of_it = (here.document.id, 1, "ana")
    assert told.conflicts == (
        Conflict(Subject.LABEL, "claim", "background", "background", *of_it),
        Conflict(Subject.NOTE, "from here", None, "from here", *of_it),
    )
    assert told.events == 3
    assert merge(here.store, there.store).conflicts == ()


def test_cuts_settlements_names_schemes_and_guidelines_are_told(desks: tuple[Desk, Desk]) -> None:
    here, there = desks
    here.sit().split(0, 4)
    there.sit().join(2)
    here.append(EventKind.SETTLE, Settled("claim", None, None), 2, "lee")
    there.append(EventKind.SETTLE, Settled("denial", None, Rule.MAJORITY), 1, "max")
    there.append(EventKind.RENAME, Renamed("eve", "ana"), None, "max")
    there.append(EventKind.SCHEME, replace(FACT_CHECK, name="newer"), None, "max")
    told = merge(here.store, there.store)
    found = {conflict.subject: conflict for conflict in told.conflicts}
    assert found.keys() == {Subject.SENTENCES, Subject.SETTLED, Subject.NAME, Subject.SCHEME}
    assert found[Subject.SENTENCES].now == "5 sentences"
    assert found[Subject.SETTLED].here == "claim (lee)"
    assert found[Subject.SETTLED].there == "denial (max)"
    assert found[Subject.SCHEME].now == "newer"


def test_labels_by_another_guideline_are_told(desks: tuple[Desk, Desk]) -> None:
    here, there = desks
    there.sit("ben").annotate(0, "claim")
    labels = tuple(replace(one, definition="Another.") for one in FACT_CHECK.labels)
    here.append(EventKind.SCHEME, replace(FACT_CHECK, labels=labels), None, "max")
    (told,) = merge(here.store, there.store).conflicts
    assert told.subject is Subject.GUIDELINE
    assert told.there is not None
    assert told.there.endswith("(1 event)")


def test_a_rehearsal_tells_the_same_and_changes_nothing(desks: tuple[Desk, Desk]) -> None:
    here, there = desks
    there.sit("ben").annotate(1, "denial")
    before = describe(here.store)
    rehearsed = merge(here.store, there.store, rehearse=True)
    assert describe(here.store) == before
    assert rehearsed == merge(here.store, there.store)


def test_no_label_is_left_without_a_scheme_that_has_it(desks: tuple[Desk, Desk]) -> None:
    here, there = desks
    here.sit().annotate(1, "denial")
    kept = tuple(replace(one, denies=()) for one in FACT_CHECK.labels if one.name != "denial")
    there.append(EventKind.SCHEME, replace(FACT_CHECK, name="two", labels=kept), None, "max")
    for one, other in ((here.store, there.store), (there.store, here.store)):
        before = describe(one)
        with pytest.raises(SchemeError, match="denial") as caught:
            merge(one, other)
        assert "'two'" in str(caught.value)
        assert "'fact-check'" in str(caught.value)
        assert describe(one) == before


# -- hostile files


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A database with one label and its history."""
    path = tmp_path / "theirs.db"
    with closing(SqliteStore.open(str(path))) as store:
        library = make_library(store, "ben")
        session = library.open(put(library, article()))
        session.annotate(0, "claim")
        session.split(1, 4)
    return path


@pytest.fixture
def here(sqlite: SqliteStore) -> Iterator[SqliteStore]:
    library = make_library(sqlite, "ana")
    library.open(put(library, article(title="Ours"))).annotate(0, "claim")
    yield sqlite
    assert [proof for proof in verify(sqlite) if not proof.holds] == []


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in ("DROP TRIGGER event_never_changes", *statements):
            connection.execute(statement)
        connection.commit()


def split_value(first: tuple[int, int], second: tuple[int, int]) -> str:
    return f'{{"parts": [[{first[0]}, {first[1]}], [{second[0]}, {second[1]}]], "strength": []}}'


@pytest.mark.parametrize(
    "lie",
    [
        "UPDATE document SET text = text || 'more'",
        "UPDATE document SET sha256 = replace(sha256, substr(sha256, 1, 1), 'f')",
        "UPDATE event SET \"end\" = 999999 WHERE kind = 'label'",
        "UPDATE event SET \"start\" = -5 WHERE kind = 'label'",
        "UPDATE event SET \"start\" = NULL, \"end\" = NULL WHERE kind = 'label'",
        "UPDATE event SET counter = 9223372036854775807 WHERE kind = 'label'",
        "UPDATE event SET spent_ms = -1 WHERE kind = 'label'",
        "UPDATE event SET kind = 'obey' WHERE kind = 'label'",
        "UPDATE event SET value = '[' WHERE kind = 'label'",
        "UPDATE event SET value = '7' WHERE kind = 'label'",
        "UPDATE event SET reviewer = ' ' WHERE kind = 'label'",
        "UPDATE event SET kind = 'undo', value = NULL, target = 'x' WHERE kind = 'label'",
        "UPDATE event SET kind = 'unsure', value = NULL WHERE kind = 'label'",
        "UPDATE event SET document_id = NULL WHERE kind = 'label'",
        "UPDATE event SET kind = 'seen', value = NULL, \"start\" = 0, \"end\" = 1"
        " WHERE kind = 'import'",
        "UPDATE event SET value = json_set(value, '$.layout', '0 99999') WHERE kind = 'import'",
        "UPDATE event SET value = json_set(value, '$.layout', '0 5') WHERE kind = 'import'",
        "UPDATE event SET value = json_set(value, '$.layout', 'x') WHERE kind = 'import'",
        f"UPDATE event SET value = '{split_value((0, 3), (9, 20))}' WHERE kind = 'split'",
        "DELETE FROM document",
    ],
)  # fmt: skip
def test_a_file_with_a_lie_in_it_is_refused_whole(
    here: SqliteStore, theirs: Path, lie: str
) -> None:
    change(theirs, "DROP TRIGGER event_never_goes", lie)
    before = describe(here)
    with pytest.raises(StoreError) as caught, borrow(str(theirs)) as other:
        merge(here, other)
    assert str(theirs) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert describe(here) == before


def test_what_the_projections_say_is_not_believed(here: SqliteStore, theirs: Path) -> None:
    change(
        theirs,
        "UPDATE annotation SET label = 'lie'",
        'UPDATE sentence SET "end" = "end" + 5, text = \'lie\'',
        "UPDATE document SET title = 'lie', sentence_count = 77, deleted = 1",
        "INSERT INTO alias VALUES ('ana', 'lie')",
    )
    with borrow(str(theirs)) as other:
        merge(here, other)
    assert "lie" not in str(describe(here))
    assert len(here.list_documents("ana")) == 2


HARM = "UPDATE document SET title = 'harmed'"


@pytest.mark.parametrize(
    "harm",
    [
        f"CREATE TRIGGER harm AFTER INSERT ON event BEGIN {HARM}; END",
        f"CREATE TRIGGER harm AFTER UPDATE ON document BEGIN {HARM}; END",
        "CREATE VIEW harm AS SELECT load_extension('harm') FROM document",
        "CREATE INDEX harm ON event (abs(-9223372036854775808 + counter - counter))"
        " WHERE counter > 99",
    ],
)
def test_what_else_is_in_a_schema_stays_behind(here: SqliteStore, theirs: Path, harm: str) -> None:
    change(theirs, harm)
    with borrow(str(theirs)) as other:
        assert merge(here, other).documents == 1
    assert "harm" not in str(describe(here))
    assert here.check_integrity() == []


@pytest.mark.parametrize("made", ["VIEW", "generated", "virtual"])
def test_a_table_that_would_be_executed_by_reading_it_is_refused(
    here: SqliteStore, theirs: Path, made: str
) -> None:
    columns = 'id, counter, step, document_id, "start", "end", reviewer, kind, time, spent_ms'
    tables = {
        "VIEW": f"CREATE VIEW event AS SELECT {columns}, abs(-9223372036854775808) AS value,"
        " guideline, target FROM real",
        "generated": "CREATE TABLE event (id, value AS (abs(-9223372036854775808)))",
        "virtual": "CREATE VIRTUAL TABLE event USING fts5 (id, value)",
    }
    change(theirs, "ALTER TABLE event RENAME TO real", tables[made])
    with pytest.raises(StoreError, match="its table event is"), borrow(str(theirs)):
        pass
    assert len(here.list_documents("ana")) == 1


def test_an_event_that_was_changed_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "both.db"
    with closing(SqliteStore.open(str(path))) as store:
        library = make_library(store, "ben")
        library.open(put(library, article())).annotate(0, "claim")
        memory = MemoryStore()
        merge(memory, store)
    change(path, f"UPDATE event SET value = '{write_value('denial')}' WHERE kind = 'label'")
    before = describe(memory)
    with pytest.raises(StoreError, match="says different things"), borrow(str(path)) as other:
        merge(memory, other)
    assert describe(memory) == before


def test_every_store_takes_another_in(store: Store, desks: tuple[Desk, Desk]) -> None:
    here, there = desks
    here.sit().annotate(1, "claim")
    there.sit("ben").deny(1, "denial", [])
    there.sit().join(2)
    merge(store, there.store)
    merge(store, here.store)
    merge(here.store, there.store)
    assert describe(store) == describe(here.store)
    assert [proof for proof in verify(store) if not proof.holds] == []
