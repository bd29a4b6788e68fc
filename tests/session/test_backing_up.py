"""A database in one new file: copied from a file, or fetched from elsewhere and proved."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.errors import OutputError, StoreError
from annotator.session import backing_up
from annotator.session.backing_up import Backup, back_up_database
from annotator.session.verification import Proof
from annotator.store.memory import MemoryStore
from annotator.store.sqlite import SqliteStore
from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from annotator.store.base import Store

ADDRESS = "postgresql://ana:secret@db.example/news"


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> MemoryStore:
    """What stands for a server's database with two documents."""
    store = MemoryStore()
    library = make_library(store)
    for title in ("One", "Two"):
        put(library, article(2, title=title))

    def open_it(location: str, *, must_exist: bool) -> Store:
        assert (location, must_exist) == (ADDRESS, True)
        return store

    monkeypatch.setattr(backing_up, "open_store", open_it)
    return store


def test_a_file_is_copied_and_told_with_its_size(sqlite: SqliteStore, path: Path) -> None:
    put(make_library(sqlite), article())
    target = path.with_name("copy.db")
    done = back_up_database(str(path), str(target))
    assert done == Backup(str(path), target, target.stat().st_size)
    with closing(SqliteStore.open(str(target))) as store:
        assert len(store.find_documents("", limit=9)) == 1


def test_a_database_elsewhere_is_fetched_with_all_its_steps(
    elsewhere: MemoryStore, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    target = tmp_path / "copy.db"
    done = back_up_database(
        ADDRESS, str(target), report=lambda part, whole: told.append((part, whole))
    )
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert (done.path, done.size) == (target, target.stat().st_size)
    assert "secret" not in done.source
    assert "db.example" in done.source
    with closing(SqliteStore.open(str(target))) as store:
        assert list(store.read_log()) == list(elsewhere.read_log())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db"]


def test_a_database_elsewhere_replaces_a_file_only_if_asked_for(
    elsewhere: MemoryStore, tmp_path: Path
) -> None:
    target = tmp_path / "copy.db"
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="is there already"):
        back_up_database(ADDRESS, str(target))
    assert target.read_text(encoding="utf-8") == "mine"
    back_up_database(ADDRESS, str(target), replace=True)
    with closing(SqliteStore.open(str(target))) as store:
        assert len(store.find_documents("", limit=9)) == 2


def test_a_copy_that_is_not_the_same_is_told_and_is_not_there(
    elsewhere: MemoryStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(
        source: Store, target: Store, *, report: Callable[[int, int], None] | None
    ) -> Iterator[Proof]:
        yield Proof("documents", "2 documents", ())
        yield Proof("history", "3 events", ("the first", "the second"))
        yield Proof("replay", "2 documents", ("the third",))

    monkeypatch.setattr(backing_up, "copy", fail)
    with pytest.raises(StoreError) as refused:
        back_up_database(ADDRESS, str(tmp_path / "copy.db"))
    message = str(refused.value)
    assert message.startswith("The copy of ")
    assert "db.example/news" in message
    assert "secret" not in message
    assert message.endswith(" is not the same (the first): run 'annotator verify' on the database.")
    assert list(tmp_path.iterdir()) == []
