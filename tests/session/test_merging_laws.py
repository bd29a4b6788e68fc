"""Merging is the union of what happened: any order, any number of times, the same result."""

from __future__ import annotations

import tempfile
from contextlib import closing
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings

from annotator.session.merging import merge
from annotator.session.verification import verify
from annotator.store.memory import MemoryStore
from annotator.store.sqlite import SqliteStore
from tests.session.machines import ACTS, Machine, clone, describe, hand_on

if TYPE_CHECKING:
    from annotator.session.merging import Merging
    from annotator.store.base import Store
    from tests.session.machines import Act


def make_machines(common: list[Act], *each: list[Act]) -> list[MemoryStore]:
    """Databases that begin as one and go on apart."""
    first = Machine(MemoryStore(), 0)
    first.work(common)
    assert isinstance(first.store, MemoryStore)
    machines = [Machine(clone(first.store), number) for number in range(1, len(each) + 1)]
    for machine, acts in zip(machines, each, strict=True):
        machine.work(acts)
    return [machine.store for machine in machines if isinstance(machine.store, MemoryStore)]


def unite(*stores: MemoryStore) -> MemoryStore:
    united = clone(stores[0])
    for store in stores[1:]:
        merge(united, store)
    return united


def prove(store: Store) -> None:
    assert [proof for proof in verify(store) if not proof.holds] == []


EXAMPLES = pytest.mark.parametrize("examples", [40, pytest.param(1500, marks=pytest.mark.long)])


@EXAMPLES
def test_two_databases_become_the_same_whichever_takes_the_other_in(examples: int) -> None:
    @settings(max_examples=examples)
    @given(ACTS, ACTS, ACTS)
    def check(common: list[Act], here: list[Act], there: list[Act]) -> None:
        one, other = make_machines(common, here, there)
        united = unite(one, other)
        assert describe(united) == describe(unite(other, one))
        prove(united)
        for store in (one, other, united):
            assert merge(united, store).events == 0
        assert describe(united) == describe(unite(one, other))

    check()


@EXAMPLES
def test_three_databases_become_the_same_in_any_order_and_grouping(examples: int) -> None:
    @settings(max_examples=examples // 2)
    @given(ACTS, ACTS, ACTS, ACTS)
    def check(common: list[Act], a: list[Act], b: list[Act], c: list[Act]) -> None:
        stores = make_machines(common, a, b, c)
        ends = [describe(unite(*order)) for order in permutations(stores)]
        one, two, three = stores
        ends.append(describe(unite(one, unite(two, three))))
        assert all(end == ends[0] for end in ends)

    check()


@EXAMPLES
def test_a_database_on_a_disk_becomes_what_one_in_memory_does(examples: int) -> None:
    @settings(max_examples=examples // 4)
    @given(ACTS, ACTS, ACTS, ACTS)
    # Renamed twice elsewhere: both conflicts tell of the name that is in force at the end.
    @example([], [], [("rename", 0, 0, 1), ("rename", 0, 0, 2)], [])
    # Two who labelled here are one person there: of the two labels the newer is the one from here.
    @example(
        [("receive", 0, 0, 0)], [("label", 0, 0, 1)], [("label", 0, 0, 0), ("rename", 0, 0, 1)], []
    )
    def check(common: list[Act], here: list[Act], there: list[Act], then: list[Act]) -> None:
        one, other = make_machines(common, here, there)
        united = unite(one, other)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "annotator.db"
            with closing(SqliteStore.open(str(path))) as store:
                told = [merge(store, one), merge(store, other)]
                assert describe(store) == describe(united)
                prove(store)
                assert_told_alike(told, one, other)
                Machine(store, 7).work(then)
                Machine(united, 7).work(then)
                assert describe(store) == describe(united)
                prove(store)

    check()


def assert_told_alike(told: list[Merging], one: MemoryStore, other: MemoryStore) -> None:
    memory = MemoryStore()
    assert [merge(memory, one), merge(memory, other)] == told


@settings(max_examples=40)
@given(ACTS, ACTS, ACTS)
def test_what_was_seen_before_going_on_is_no_conflict(
    common: list[Act], here: list[Act], then: list[Act]
) -> None:
    (one,) = make_machines(common, here)
    later = Machine(clone(one), 5)
    later.work(then)
    assert isinstance(later.store, MemoryStore)
    told = merge(one, later.store)
    of_documents = [conflict for conflict in told.conflicts if conflict.document_id is not None]
    assert of_documents == []
    assert describe(one) == describe(later.store)


@settings(max_examples=40)
@given(ACTS, ACTS, ACTS)
def test_what_came_by_a_file_with_its_history_is_not_there_twice(
    common: list[Act], here: list[Act], there: list[Act]
) -> None:
    # A file has its events under the names of today, so nobody is renamed here.
    one, other = Machine(MemoryStore(), 1), Machine(MemoryStore(), 2)
    one.work([act for act in common if act[0] != "rename"])
    other.work([("import", 0, 1, 0), ("label", 0, 0, 0)])
    hand_on(one.store, other.library("ben"))
    one.work([act for act in here if act[0] != "rename"])
    other.work([act for act in there if act[0] != "rename"])
    assert isinstance(one.store, MemoryStore)
    assert isinstance(other.store, MemoryStore)
    united = unite(one.store, other.store)
    assert describe(united) == describe(unite(other.store, one.store))
    prove(united)
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(SqliteStore.open(str(Path(folder) / "annotator.db"))) as store,
    ):
        merge(store, other.store)
        merge(store, one.store)
        assert describe(store) == describe(united)
