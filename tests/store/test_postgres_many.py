"""Several at one server: two stores, many programs, and engines that lack something."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from time import sleep
from typing import TYPE_CHECKING

import pytest

from annotator.errors import NotSavedError, StoreError
from annotator.session.verification import verify
from annotator.store.postgres import PostgresStore
from annotator.store.postgres_address import Address
from annotator.store.postgres_connection import PostgresConnection
from annotator.store.postgres_errors import LackingError
from tests.builders import article, make_library, put
from tests.postgres import open_store
from tests.store.desk import Desk
from tests.store.test_side_by_side import finish, start

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.store.rows import Cell
    from tests.postgres import Server

LACKING = ("LISTEN", "NOTIFY", "pg_advisory", "TRIGGER", "plpgsql", "USING gin", "set_config")


class PlainConnection(PostgresConnection):
    """An engine that has PostgreSQL's protocol and tables, and little else."""

    def ask(self, sql: str, cells: Sequence[Cell] | None = None) -> list[tuple[object, ...]]:
        if any(word in sql for word in LACKING):
            if "attempt" in self.savepoints:
                with pytest.raises(StoreError):
                    super().ask("SELECT nothing_of_this_name")
            raise LackingError("There is no such thing here.")
        for word in ("SAVEPOINT attempt", "RELEASE SAVEPOINT attempt", "COMMIT", "ROLLBACK"):
            if sql == word:
                self.savepoints = {"attempt"} if word == "SAVEPOINT attempt" else set()
        return super().ask(sql, cells)

    savepoints: set[str] = set()  # noqa: RUF012


def open_plain(postgres: Server, schema: str) -> PostgresStore:
    address = Address.parse(postgres.url(schema))
    return PostgresStore.over(PlainConnection(address, patience_ms=1000))


@pytest.fixture(params=["full", "plain"])
def pair(
    request: pytest.FixtureRequest, postgres: Server, schema: str
) -> Iterator[tuple[PostgresStore, PostgresStore]]:
    """Two stores at one database, on an engine that has everything and on one that has not."""
    make = open_store if request.param == "full" else open_plain
    with closing(make(postgres, schema)) as one, closing(make(postgres, schema)) as other:
        assert one._link.is_listening is (request.param == "full")
        yield one, other


def test_others_commits_are_noticed_and_ones_own_are_not(
    pair: tuple[PostgresStore, PostgresStore],
) -> None:
    one, other = pair
    desk = Desk(one)
    ours, theirs = one.read_generation(), other.read_generation()
    desk.label(0, "claim")
    assert one.read_generation() == ours
    # The server tells of a commit when it is done with it, which may be a moment later.
    for _ in range(1000):
        if other.read_generation() != theirs:
            break
        sleep(0.01)
    else:
        pytest.fail("the commit was never heard of")
    seen = other.read_generation()
    assert other.read_generation() == seen
    assert other.count_labels(desk.id, reviewer="ana") == {"claim": 1}


def test_two_writers_take_turns(pair: tuple[PostgresStore, PostgresStore]) -> None:
    one, other = pair
    desk = Desk(one)
    there = Desk.__new__(Desk)
    there.store, there.document, there.sentences = other, desk.document, desk.sentences
    there.id, there.number = desk.id, 1000
    for index in range(5):
        desk.label(index, "claim")
        there.label(index, "denial", "ben")
    counters = [event.counter for event in one.read_events(desk.id)]
    assert counters == list(range(1, 11))


def test_who_waits_too_long_for_another_is_told(
    pair: tuple[PostgresStore, PostgresStore],
) -> None:
    one, other = pair
    desk = Desk(one)
    other._link.ask("SET lock_timeout = '100ms'")

    def work() -> None:
        with pytest.raises(NotSavedError, match=r"not saved.*locked by another program"):
            other.transact(lambda: other.append([]))
        one.append([])

    one.transact(work)
    other.transact(lambda: other.append([]))
    assert desk.label(0, "claim").counter == 1


def test_an_engine_without_triggers_is_whole_without_them(postgres: Server, schema: str) -> None:
    with closing(open_plain(postgres, schema)) as store:
        Desk(store).label(0, "claim")
        assert store.check_integrity() == []
        assert store.search("harbour", limit=5)
    with closing(postgres.connect(schema)) as connection:
        assert connection.execute("SELECT guarded FROM annotator").fetchall() == [(0,)]


@pytest.mark.parametrize(("many", "acts"), [(6, 10), pytest.param(20, 150, marks=pytest.mark.long)])
def test_many_programs_at_a_new_database_lose_nothing(
    postgres: Server, schema: str, many: int, acts: int
) -> None:
    names = [f"reviewer{number}" for number in range(many)]
    url = postgres.url(schema)
    assert finish([start(url, name, acts) for name in names]) == [str(acts)] * many
    with closing(open_store(postgres, schema)) as store:
        document = put(make_library(store), article(20))
        events = [event for event in store.read_events(document.id) if event.span]
        assert Counter(event.reviewer for event in events) == dict.fromkeys(names, acts)
        assert len({event.counter for event in events}) == many * acts
        assert [proof for proof in verify(store) if not proof.holds] == []
