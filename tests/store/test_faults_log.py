"""The files beside a database: missing, cut short, or with bytes that were turned over."""

from __future__ import annotations

import shutil
from contextlib import closing
from random import Random
from typing import TYPE_CHECKING

import pytest

from annotator.errors import AnnotatorError, StoreError
from annotator.session.verification import verify
from annotator.store.sqlite import SqliteStore
from tests.store.faults import begin, check_message, fill, list_ids

if TYPE_CHECKING:
    from pathlib import Path

LABELS = 25
MANY = [pytest.param(number, marks=[] if number < 4 else pytest.mark.long) for number in range(60)]


def leave_open(folder: Path) -> tuple[Path, list[list[str]]]:
    """A database whose last labels are in its log, as a program leaves it that is killed; with it,
    the log after each act.
    """
    begun, left = folder / "begun.db", folder / "annotator.db"
    fill(begun, labels=0)
    logs = [list_ids(begun)]
    with closing(SqliteStore.open(str(begun))) as store:
        session = begin(store)
        for number in range(LABELS):
            session.annotate(number % 20, ("claim", "denial")[number // 20])
            logs.append([event.id for event in store.read_log()])
        for suffix in ("", "-wal", "-shm"):
            shutil.copy(f"{begun}{suffix}", f"{left}{suffix}")
    return left, logs


def beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


@pytest.mark.parametrize("how", ["missing", "empty", "cut", "flipped", "zeros", "long"])
@pytest.mark.parametrize("seed", MANY[:2] + MANY[4:])
def test_the_shared_memory_is_made_anew_whatever_is_in_it(
    tmp_path: Path, how: str, seed: int
) -> None:
    path, logs = leave_open(tmp_path)
    shared, random = beside(path, "-shm"), Random(seed)
    content = bytearray(shared.read_bytes())
    match how:
        case "missing":
            shared.unlink()
        case "empty":
            shared.write_bytes(b"")
        case "cut":
            shared.write_bytes(content[: random.randrange(len(content))])
        case "zeros":
            shared.write_bytes(bytes(len(content)))
        case "long":
            shared.write_bytes(content + random.randbytes(40_000))
        case _:
            for _ in range(20):
                content[random.randrange(300)] ^= 1 << random.randrange(8)
            shared.write_bytes(content)
    assert list_ids(path) == logs[-1]


@pytest.mark.parametrize("how", ["missing", "empty", "cut", "flipped"])
@pytest.mark.parametrize("seed", MANY)
def test_of_a_damaged_log_whole_acts_are_left_from_the_first_on(
    tmp_path: Path, how: str, seed: int
) -> None:
    # What a machine lost of the log is lost; what is there is a moment that there was.
    path, logs = leave_open(tmp_path)
    log, random = beside(path, "-wal"), Random(seed)
    content = bytearray(log.read_bytes())
    expected = logs
    match how:
        case "missing":
            log.unlink()
            expected = logs[:1]
        case "empty":
            log.write_bytes(b"")
            expected = logs[:1]
        case "cut":
            log.write_bytes(content[: random.randrange(len(content))])
        case _:
            content[random.randrange(len(content))] ^= 1 << random.randrange(8)
            log.write_bytes(content)
    assert list_ids(path) in expected
    fill(path, labels=3)
    list_ids(path)


@pytest.mark.parametrize("seed", MANY)
def test_flipped_bytes_of_the_database_itself_are_one_clear_line_or_found_by_verify(
    path: Path, seed: int
) -> None:
    fill(path, labels=LABELS)
    expected = list_ids(path)
    content, random = bytearray(path.read_bytes()), Random(seed)
    for _ in range(30):
        content[random.randrange(len(content))] ^= 1 << random.randrange(8)
    path.write_bytes(content)
    try:
        with closing(SqliteStore.open(str(path))) as store:
            is_proven = all(proof.holds for proof in verify(store))
            found = [event.id for event in store.read_log()] if is_proven else expected
    except StoreError as error:
        check_message(str(error), path)
    else:
        assert found == expected


@pytest.mark.parametrize("suffix", ["-wal", "-shm"])
def test_a_log_that_is_taken_away_under_a_program_is_no_label_lost_in_silence(
    path: Path, suffix: str
) -> None:
    fill(path, labels=3)
    saved: list[str] = []
    with closing(SqliteStore.open(str(path))) as store:
        session = begin(store)
        session.annotate(0, "background")
        beside(path, suffix).unlink()
        try:
            session.annotate(1, "background")
        except AnnotatorError as error:
            check_message(str(error), path)
        else:
            saved.append("background")
    there = list_ids(path)
    assert len(there) >= 1 + 3 + 1 + len(saved)
