"""Servers that stop, and connections that break: nothing is lost, and nothing happens twice."""

from __future__ import annotations

import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.errors import NotSavedError, StoreError
from annotator.model.event import EventKind
from annotator.session.verification import verify
from annotator.store.postgres import PostgresStore
from annotator.store.postgres_address import Address
from annotator.store.postgres_connection import PostgresConnection
from annotator.store.postgres_errors import LostConnectionError
from tests.builders import article, make_library, put
from tests.postgres import discard, make_server, open_store
from tests.store.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.model.event import Event
    from tests.postgres import Server


@pytest.fixture(scope="module")
def durable() -> Iterator[Server]:
    """A server of this file's own, which it may stop; with the disk waited for."""
    server = make_server()
    server.start(durable=True)
    yield server
    discard(server)


class FailingConnection(PostgresConnection):
    """Breaks once, before or after a commit."""

    breaks = ""

    def commit(self, first: str) -> None:
        breaks, self.breaks = self.breaks, ""
        if breaks == "before":
            self.end()
        super().commit(first)
        if breaks == "after":
            self.drop()
            raise LostConnectionError("The answer to the commit was lost.")

    def end(self) -> None:
        """Have the server close this connection."""
        with closing(PostgresConnection(self.address, patience_ms=0)) as other:
            other.connect()
            own = self.ask("SELECT pg_backend_pid()")[0][0]
            assert isinstance(own, int)
            other.ask("SELECT pg_terminate_backend(%s, 5000)", (own,))


@pytest.fixture
def link(postgres: Server, schema: str) -> FailingConnection:
    return FailingConnection(Address.parse(postgres.url(schema)), patience_ms=4000)


@pytest.fixture
def desk(link: FailingConnection) -> Iterator[Desk]:
    with closing(PostgresStore.over(link)) as store:
        yield Desk(store)


def labels(desk: Desk) -> list[object]:
    return [event.value for event in desk.store.read_events(desk.id)]


def test_reading_goes_on_after_the_connection_was_ended(
    desk: Desk, link: FailingConnection
) -> None:
    desk.label(0, "claim")
    link.end()
    assert desk.store.count_labels(desk.id, reviewer="ana") == {"claim": 1}


def test_a_transaction_that_was_cut_off_in_the_middle_is_run_again(
    desk: Desk, link: FailingConnection
) -> None:
    runs: list[int] = []
    made = desk.draft(EventKind.LABEL, "claim", index=0)

    def work() -> list[Event]:
        runs.append(1)
        events = desk.store.append([made])
        if len(runs) == 1:
            link.end()
        desk.store.count_rows()
        return events

    assert [event.value for event in desk.store.transact(work)] == ["claim"]
    assert len(runs) == 2
    assert labels(desk) == ["claim"]


@pytest.mark.parametrize(("breaks", "runs"), [("before", 2), ("after", 1)])
def test_what_was_lost_with_the_commit_happens_once(
    desk: Desk, link: FailingConnection, breaks: str, runs: int
) -> None:
    generation = desk.store.read_generation()
    made = desk.draft(EventKind.LABEL, "claim", index=0)
    seen: list[list[Event]] = []

    def work() -> None:
        seen.append(desk.store.append([made]))

    link.breaks = breaks
    desk.store.transact(work)
    assert len(seen) == runs
    assert labels(desk) == ["claim"]
    # Somebody may have written while nobody listened.
    assert desk.store.read_generation() != generation


def test_inside_a_snapshot_a_lost_connection_is_an_error(
    desk: Desk, link: FailingConnection
) -> None:
    with pytest.raises(StoreError, match="was lost"), desk.store.snapshot():  # noqa: PT012
        desk.store.count_rows()
        link.end()
        desk.store.count_rows()
    assert desk.store.count_rows()["documents"] == 1


def test_a_server_that_is_away_is_told_and_forgotten_when_it_is_back(durable: Server) -> None:
    with (
        durable.schema() as schema,
        closing(open_store(durable, schema, patience_ms=200)) as store,
    ):
        library = make_library(store)
        session = library.open(put(library, article(5)))
        session.annotate(0, "claim")
        durable.stop()
        try:
            for _ in range(2):
                with pytest.raises(NotSavedError, match="not saved") as caught:
                    session.annotate(1, "claim")
                assert "\n" not in str(caught.value)
            with pytest.raises(StoreError, match="cannot be reached"):
                store.read_generation()
        finally:
            durable.start(durable=True)
        session.annotate(1, "denial")
        assert session.measure_progress().labelled == 2
        assert [proof for proof in verify(store) if not proof.holds] == []


def test_a_restart_in_the_middle_loses_nothing_and_doubles_nothing(durable: Server) -> None:
    def restart() -> None:
        time.sleep(0.3)
        durable.stop()
        durable.start(durable=True)

    with (
        durable.schema() as schema,
        closing(open_store(durable, schema, patience_ms=30_000)) as store,
    ):
        library = make_library(store)
        session = library.open(put(library, article(5)))
        restarting = threading.Thread(target=restart)
        restarting.start()
        acts, running = 0, True
        while running:
            # One act at least after the server is back.
            running = restarting.is_alive()
            session.annotate(acts % 5, ("claim", "denial")[acts // 5 % 2])
            acts += 1
        restarting.join()
        events = [e for e in store.read_events(session.document.id) if e.span]
        assert len(events) == acts
        assert [proof for proof in verify(store) if not proof.holds] == []
