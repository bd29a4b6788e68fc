"""A copy is the database that it was made of, on whatever engine."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from annotator.errors import StoreError
from annotator.session.copying import copy
from annotator.store.memory import MemoryStore
from annotator.store.sqlite import SqliteStore
from tests.builders import article, make_library, put
from tests.session.machines import ACTS, Machine, describe

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.store.base import Store
    from tests.session.machines import Act

EVENTFUL: list[Act] = [
    ("import", 0, 0, 0),
    ("import", 0, 1, 0),
    ("label", 0, 0, 0),
    ("deny", 0, 2, 1),
    ("split", 1, 0, 1),
    ("settle", 0, 3, 0),
    ("suggest", 0, 1, 0),
    ("assign", 1, 1, 0),
    ("undo", 1, 0, 0),
    ("scheme", 0, 0, 1),
    ("rename", 0, 1, 2),
    ("delete", 1, 1, 0),
]


def test_there_and_back_through_every_engine_nothing_is_lost(store: Store) -> None:
    origin = Machine(MemoryStore(), 1)
    origin.work(EVENTFUL)
    proofs = list(copy(origin.store, store))
    assert all(proof.holds for proof in proofs)
    assert [proof.name for proof in proofs][:2] == ["documents", "history"]
    assert describe(store) == describe(origin.store)
    back = MemoryStore()
    assert all(proof.holds for proof in copy(store, back))
    assert describe(back) == describe(origin.store)
    # Both go on alike: the next event has the same place in either log.
    origin.work([("label", 0, 1, 2)])
    newest = [event.counter for event in origin.store.read_log()][-1]
    library = make_library(store, "ana")
    library.open(store.find_documents("", limit=1)[0]).note(0, "later")
    assert [event.counter for event in store.read_log()][-1] == newest


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
def test_whatever_has_happened_the_copy_is_the_same(tmp_path: Path, acts: list[Act]) -> None:
    origin = Machine(MemoryStore(), 1)
    origin.work(acts)
    (tmp_path / "copy.db").unlink(missing_ok=True)
    with closing(SqliteStore.open(str(tmp_path / "copy.db"))) as store:
        assert all(proof.holds for proof in copy(origin.store, store))
        assert describe(store) == describe(origin.store)


def test_a_target_that_holds_something_is_refused_and_stays(store: Store) -> None:
    put(make_library(store), article())
    before = describe(store)
    origin = Machine(MemoryStore(), 1)
    origin.work(EVENTFUL)
    with pytest.raises(StoreError, match="is not empty: it holds 1 document"):
        next(copy(origin.store, store))
    assert describe(store) == before
