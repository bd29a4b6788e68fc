"""SIGKILL at any moment: what was told as saved is there, and the database is proven."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from contextlib import closing
from random import Random
from threading import Timer
from typing import TYPE_CHECKING

import pytest

from annotator.store.sqlite import SqliteStore
from tests.store.faults import ROOT, fill, list_ids
from tests.store.test_migrations import make_first_version

if TYPE_CHECKING:
    from pathlib import Path

MANY = [pytest.param(number, marks=[] if number < 8 else pytest.mark.long) for number in range(200)]
BEGINNING_S = 0.35
"""How long Python takes to begin: some are killed while they open or migrate."""


def act_until_killed(path: Path, *, seed: int, after_s: float, other: Path) -> list[str]:
    """The lines that the program was able to print."""
    command = [sys.executable, "-m", "tests.store.acting", str(path), str(seed), "20", str(other)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        timer = Timer(after_s, program.kill)
        timer.start()
        try:
            told = program.communicate(timeout=60)[0]
        finally:
            timer.cancel()
            program.kill()
    assert program.returncode == -9, told
    whole = told[: told.rfind("\n") + 1]
    return whole.splitlines()


@pytest.mark.parametrize("seed", MANY)
def test_whatever_was_told_as_saved_is_there_after_a_kill(path: Path, seed: int) -> None:
    random = Random(seed)
    other = path.with_name("other.db")
    fill(other, labels=10, reviewer="ben")
    older = seed % 4 == 3
    if older:
        fill(path.with_name("newer.db"), labels=30)
        make_first_version(path, path.with_name("newer.db"))
    before = 31 if older else 0
    after_s = BEGINNING_S + random.random() * (0.4 if older else 1.2)
    lines = act_until_killed(path, seed=seed, after_s=after_s, other=other)
    there = list_ids(path)
    assert len(there) >= before
    for line in lines:
        word, count, id_ = line.split()
        assert word == "saved"
        assert id_ in there
        assert len(there) >= int(count)
    exported = path.with_name("export.json")
    if exported.exists():
        assert json.loads(exported.read_bytes())["format"] == "annotator"


@pytest.mark.parametrize("seed", MANY[:: len(MANY) // 8])
def test_killed_again_and_again_at_one_file_nothing_is_lost(path: Path, seed: int) -> None:
    random = Random(seed)
    other = path.with_name("other.db")
    fill(other, labels=3, reviewer="ben")
    told: set[str] = set()
    for part in range(3):
        lines = act_until_killed(
            path, seed=seed + part, after_s=BEGINNING_S + random.random(), other=other
        )
        told |= {line.split()[2] for line in lines}
        # As when somebody copies what is left to another machine before it is opened again.
        moved = path.with_name(f"moved-{part}.db")
        for suffix in ("", "-wal"):
            if path.with_name(path.name + suffix).exists():
                shutil.copy(f"{path}{suffix}", f"{moved}{suffix}")
        if moved.exists():
            assert told <= set(list_ids(moved))
    assert told <= set(list_ids(path))


def test_an_older_database_killed_while_it_is_migrated_has_all_that_was_in_it(path: Path) -> None:
    newer = path.with_name("newer.db")
    fill(newer, labels=30)
    expected = list_ids(newer)
    command = [
        sys.executable,
        "-c",
        "import sys; from annotator.store.sqlite import SqliteStore;"
        "print('go', flush=True); SqliteStore.open(sys.argv[1]); print('done', flush=True)",
        str(path),
    ]
    make_first_version(path, newer)
    for number in range(5):
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
            assert program.stdout is not None
            assert program.stdout.readline() == "go\n"
            Timer(0.002 + number * 0.006, program.kill).start()
            program.wait(timeout=60)
    assert list_ids(path) == expected
    with closing(SqliteStore.open(str(path))) as store:
        assert store.count_rows()["annotations"] == 20
