"""A copy in the place of a database that left its log behind says what its source says."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotator.errors import OutputError, StoreError
from annotator.session.recovering import recover
from annotator.store.backing_up import back_up, draft_beside, keeping
from annotator.store.sqlite import SqliteStore
from tests.store.faults import begin, fill, list_ids

if TYPE_CHECKING:
    from collections.abc import Callable


def leave(target: Path) -> list[str]:
    """A database and its log, as a program that was killed leaves them; the events of both."""
    source = target.with_name("source.db")
    with closing(SqliteStore.open(str(source))) as store:
        session = begin(store, "ben")
        for index in range(6):
            session.annotate(index, "denial")
        for ending in ("", "-wal"):
            shutil.copy(f"{source}{ending}", f"{target}{ending}")
    expected = list_ids(source)
    source.unlink()
    return expected


def write_over(location: str, target: Path) -> None:
    back_up(location, target, replace=True)


def rescue_over(location: str, target: Path) -> None:
    recover(location, str(target), replace=True)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "target.db"


ACTS = pytest.mark.parametrize("act", [write_over, rescue_over])


@ACTS
def test_what_replaces_a_database_holds_nothing_of_its_log(
    path: Path, target: Path, act: Callable[[str, Path], None]
) -> None:
    fill(path, labels=3)
    leave(target)
    act(str(path), target)
    assert list_ids(target) == list_ids(path)


@ACTS
def test_the_log_of_a_database_that_was_moved_away_is_not_lost(
    path: Path, target: Path, act: Callable[[str, Path], None]
) -> None:
    fill(path, labels=3)
    expected = leave(target)
    moved = target.rename(target.with_name("moved.db"))
    with pytest.raises(OutputError) as refused:
        act(str(path), target)
    assert str(refused.value) == (
        f"{target}-wal is the log of a database that is not there any more, and may hold what was"
        " saved last: move it to where that database is now, under its name, or else out of the"
        " way."
    )
    assert not target.exists()
    Path(f"{target}-wal").rename(f"{moved}-wal")
    act(str(path), target)
    assert (list_ids(target), list_ids(moved)) == (list_ids(path), expected)


@ACTS
def test_a_database_that_is_open_is_not_replaced(
    path: Path, target: Path, act: Callable[[str, Path], None]
) -> None:
    fill(path, labels=3)
    with closing(SqliteStore.open(str(target))) as store:
        session = begin(store, "ben")
        session.annotate(0, "claim")
        with pytest.raises(OutputError) as refused:
            act(str(path), target)
        assert str(refused.value) == (
            f"{target} is open in another program: close it there, and try again."
        )
        session.annotate(1, "claim")
    assert len(list_ids(target)) == 3


def test_no_database_is_begun_where_the_log_of_another_lies(target: Path) -> None:
    expected = leave(target)
    moved = target.rename(target.with_name("moved.db"))
    with pytest.raises(StoreError, match="is the log of a database that is not there any more"):
        SqliteStore.open(str(target))
    Path(f"{target}-wal").rename(f"{moved}-wal")
    SqliteStore.open(str(target)).close()
    assert list_ids(moved) == expected


def test_what_is_no_database_is_replaced_with_all_that_lies_beside_it(
    path: Path, target: Path
) -> None:
    fill(path, labels=3)
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(f"{target}{ending}").write_text("mine" * 999)
    write_over(str(path), target)
    assert list_ids(target) == list_ids(path)


def test_what_goes_wrong_with_a_new_file_is_told_of_it_by_its_name(target: Path) -> None:
    with (
        pytest.raises(OutputError) as refused,
        draft_beside(target) as draft,
        closing(SqliteStore.open(str(draft))) as store,
    ):
        store.transact(draft.unlink)  # after which nothing counts as saved
    assert str(draft) not in str(refused.value)
    assert str(target) in str(refused.value)
    assert list(target.parent.iterdir()) == []


def test_an_index_of_a_log_that_is_gone_is_in_nobody_s_way(path: Path, target: Path) -> None:
    fill(path, labels=3)
    Path(f"{target}-wal").touch()
    Path(f"{target}-shm").write_bytes(bytes(32768))
    back_up(str(path), target)
    assert list_ids(target) == list_ids(path)


def test_a_kept_copy_that_somebody_opened_is_replaced_whole(path: Path) -> None:
    fill(path, labels=3)
    kept = path.with_name("annotator.before-merge.db")
    leave(kept)
    with keeping(str(path), "merge") as copy:
        assert copy is not None
        copy.confirm()
    assert list_ids(kept) == list_ids(path)


def test_before_a_merge_a_kept_copy_that_is_open_is_told(path: Path) -> None:
    fill(path, labels=3)
    kept = path.with_name("annotator.before-merge.db")
    fill(kept, labels=1)
    with (
        closing(SqliteStore.open(str(kept))) as store,
        pytest.raises(StoreError) as refused,
        keeping(str(path), "merge"),
    ):
        store.read_generation()
    assert str(refused.value) == (
        f"The database {path} is copied before the merge, and that was not possible ({kept} is open"
        " in another program: close it there, and try again): nothing was changed."
    )
