"""A newer program at the same file, and a clock that goes back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import NewerDatabaseError, NotSavedError
from annotator.session.clock import RandomIds
from annotator.session.verification import verify
from annotator.store.sqlite import SqliteStore
from annotator.store.version import SCHEMA_VERSION
from tests.builders import NOON_MS, TickingClock, article, make_library, put
from tests.store.faults import begin, check_message, list_ids

if TYPE_CHECKING:
    from pathlib import Path


def set_version(path: Path, version: int) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA user_version = {version}")


def test_a_newer_program_that_has_changed_the_tables_is_noticed_at_the_next_act(
    path: Path,
) -> None:
    with closing(SqliteStore.open(str(path))) as store:
        session = begin(store)
        session.annotate(0, "claim")
        set_version(path, SCHEMA_VERSION + 1)
        before = [event.id for event in store.read_log()]
        for _ in range(2):
            with pytest.raises(NotSavedError, match=r"not saved.*newer") as caught:
                session.annotate(1, "denial")
            check_message(str(caught.value), path)
        assert [event.id for event in store.read_log()] == before
    with pytest.raises(NewerDatabaseError, match="newer"):
        SqliteStore.open(str(path))
    set_version(path, SCHEMA_VERSION)
    assert list_ids(path) == before


def test_a_newer_program_that_comes_while_an_act_waits_for_it_is_noticed(path: Path) -> None:
    with closing(SqliteStore.open(str(path), patience_ms=200)) as store:
        session = begin(store)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
            with pytest.raises(NotSavedError, match="locked"):
                session.annotate(0, "claim")
            other.execute("COMMIT")
        with pytest.raises(NotSavedError, match="newer"):
            session.annotate(0, "claim")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(st.lists(st.integers(-(10**10), 10**10), min_size=1, max_size=15))
def test_order_is_that_of_the_acts_whatever_the_clock_does(
    tmp_path: Path, turns: list[int]
) -> None:
    path = tmp_path / "each.db"
    for suffix in ("", "-wal", "-shm"):
        path.with_name(f"each.db{suffix}").unlink(missing_ok=True)
    clock = TickingClock()
    with closing(SqliteStore.open(str(path))) as store:
        library = make_library(store, clock=clock, ids=RandomIds())
        session = library.open(put(library, article(2)))
        given_labels: list[str] = []
        for number, turn in enumerate(turns):
            clock.now_ms = NOON_MS + turn
            given_labels.append(("claim", "denial", "background")[number % 3])
            session.annotate(0, given_labels[-1])
        said = session.read_place(0).annotation
        assert said is not None
        assert said.label == given_labels[-1]
    with closing(SqliteStore.open(str(path))) as store:
        log = list(store.read_log())
        assert [event.counter for event in log] == sorted({event.counter for event in log})
        assert [event.value for event in log if event.kind == "label"] == given_labels
        session = make_library(store, clock=clock, ids=RandomIds()).open(session.document)
        for label in [*given_labels[-2::-1], None]:
            clock.now_ms -= 10**9
            session.undo()
            said = session.read_place(0).annotation
            assert (said.label if said else None) == label
        assert [proof for proof in verify(store) if not proof.holds] == []


def test_one_goes_on_where_one_was_whatever_the_clock_says(path: Path) -> None:
    clock = TickingClock()
    with closing(SqliteStore.open(str(path))) as store:
        library = make_library(store, clock=clock, ids=RandomIds())
        first, second = (put(library, article(9, title=title)) for title in ("A", "B"))
        for document, index in ((second, 2), (first, 5)):
            clock.now_ms -= 10**9
            library.open(document).annotate(index, "claim")
    with closing(SqliteStore.open(str(path))) as store:
        library = make_library(store, clock=clock, ids=RandomIds())
        found = library.find_last_document()
        assert found is not None
        assert found.id == first.id
        assert library.open(found).find_resumption() == 6
