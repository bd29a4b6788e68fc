"""Which database is opened, and what is passed on to the one that opens it."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator import open_store
from annotator.errors import StoreError
from annotator.store import show_location
from annotator.store.memory import MemoryStore
from tests.store.desk import make

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.store.base import Store


def test_a_named_database_that_must_exist_and_does_not_is_told_with_what_to_do(path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(path, must_exist=True)
    assert str(caught.value) == (
        f"There is no database {path}: give another with --db, or make this one with"
        " 'annotator import FILE'."
    )
    assert not path.exists()


def test_one_of_the_environment_counts_as_named(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANNOTATOR_DB", str(path))
    with pytest.raises(StoreError, match="There is no database"):
        open_store(must_exist=True)


def test_one_that_is_there_is_opened(path: Path) -> None:
    make(path)
    with closing(open_store(str(path), must_exist=True)) as store:
        assert store.location == str(path)
        assert store.count_rows()["annotations"] == 1


def test_one_that_need_not_exist_is_made(path: Path) -> None:
    open_store(path).close()
    assert path.exists()


def test_one_that_nobody_named_is_made_even_where_it_must_exist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "db").mkdir()
    open_store(must_exist=True).close()
    assert (tmp_path / "db" / "annotator.db").exists()


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"], ids=["long", "short"])
@pytest.mark.parametrize("must_exist", [True, False])
def test_an_address_is_passed_on_with_whether_it_must_exist(
    monkeypatch: pytest.MonkeyPatch, scheme: str, *, must_exist: bool
) -> None:
    postgres = pytest.importorskip("annotator.store.postgres")
    opened: list[tuple[str, bool]] = []

    def note(url: str, *, must_exist: bool) -> Store:
        opened.append((url, must_exist))
        return MemoryStore()

    monkeypatch.setattr(postgres.PostgresStore, "open", note)
    url = f"{scheme}://ana@host/labels"
    assert open_store(url, must_exist=must_exist).location == "memory"
    assert opened == [(url, must_exist)]


def test_an_address_that_nobody_named_need_not_exist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgres = pytest.importorskip("annotator.store.postgres")
    opened: list[bool] = []

    def note(_: str, *, must_exist: bool) -> Store:
        opened.append(must_exist)
        return MemoryStore()

    monkeypatch.setattr(postgres.PostgresStore, "open", note)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "annotator").mkdir()
    settings = tmp_path / "annotator" / "config.toml"
    settings.write_text('database = "postgresql://host/labels"\n')
    open_store(must_exist=True)
    assert opened == [False]


# -- what may be shown


@pytest.mark.parametrize(
    "location",
    ["a.db", "folder/a.db", "memory", "my postgres://a.db"],
    ids=["name", "path", "memory", "address in a name"],
)
def test_a_path_is_shown_as_it_is(location: str) -> None:
    assert show_location(location) == location


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"], ids=["long", "short"])
def test_an_address_is_shown_without_its_secret(scheme: str) -> None:
    pytest.importorskip("annotator.store.postgres_address")
    shown = show_location(f"{scheme}://ana:secret@host/labels")
    assert "secret" not in shown
    assert "host/labels" in shown


def test_without_psycopg_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    said = (
        "A database on PostgreSQL needs psycopg, which cannot be loaded here"
        " (import of annotator.store.{} halted; None in sys.modules):"
        " run pip install 'annotator[postgres]'."
    )
    for module in ("postgres", "postgres_address"):
        monkeypatch.setitem(sys.modules, f"annotator.store.{module}", None)
    with pytest.raises(StoreError) as caught:
        open_store("postgresql://host/labels")
    assert str(caught.value) == said.format("postgres")
    with pytest.raises(StoreError) as caught:
        show_location("postgresql://host/labels")
    assert str(caught.value) == said.format("postgres_address")
