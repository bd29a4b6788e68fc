"""Fixtures for all tests, which see nothing of the machine's environment and settings."""

from __future__ import annotations

import gc
import os
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from annotator.store.memory import MemoryStore
from annotator.store.sqlite import SqliteStore
from tests.builders import CountingIds, TickingClock, make_library
from tests.postgres import open_store, run_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from annotator.session.library import Library
    from annotator.store.base import Store
    from tests.postgres import Server

# A machine that is busy with something else makes no test fail.
settings.register_profile("annotator", deadline=None, max_examples=50)
settings.load_profile("annotator")


_PEERS = ("datasets", "srsly", "label_studio_sdk", "bratly")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without the tools that read our files, what needs them is skipped, all of it."""
    missing = [name for name in _PEERS if find_spec(name) is None]
    if missing:
        skip = pytest.mark.skip(reason=f"the extra 'peers' is not installed: {', '.join(missing)}")
        for item in items:
            if item.get_closest_marker("peers"):
                item.add_marker(skip)


def pytest_collection_finish() -> None:
    """What was imported and collected stays for the whole run: walking through it again and again
    in search of garbage took a quarter of the time of a test of the app.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def _isolated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("ANNOTATOR_")]:
            # Where a test finds what it reads or runs against stays known.
            if name != "ANNOTATOR_CORPUS" and not name.startswith("ANNOTATOR_TEST_"):
                patch.delenv(name)
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA"):
            patch.setenv(name, str(home))
        yield


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def ids() -> CountingIds:
    return CountingIds()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a database is to be."""
    return tmp_path / "annotator.db"


@pytest.fixture
def sqlite(path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore.open(str(path))
    yield store
    store.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server that runs: one for each process of the tests."""
    with run_server() as server:
        yield server


@pytest.fixture
def schema(postgres: Server) -> Iterator[str]:
    """A schema of its own, with nothing in it."""
    with postgres.schema() as name:
        yield name


def _open(kind: str, request: pytest.FixtureRequest) -> Store:
    if kind == "memory":
        return MemoryStore()
    if kind == "sqlite":
        return SqliteStore.open(str(request.getfixturevalue("path")))
    return open_store(request.getfixturevalue("postgres"), request.getfixturevalue("schema"))


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """Every kind of store, empty."""
    opened = _open(request.param, request)
    yield opened
    opened.close()


@pytest.fixture
def library(store: Store, clock: TickingClock, ids: CountingIds) -> Library:
    """Ana's library, on every kind of store."""
    return make_library(store, clock=clock, ids=ids)
