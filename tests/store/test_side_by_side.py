"""Several programs at one database."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from annotator.session.verification import verify
from annotator.store.sqlite import SqliteStore
from tests.builders import article, make_library, put

ROOT = Path(__file__).parents[2]
ACTS = 200


def start(path: Path | str, reviewer: str, acts: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.writing", str(path), reviewer, str(acts)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(programs: list[subprocess.Popen[str]]) -> list[str]:
    """Let all begin at once; what each printed. None may have complained."""
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    finished = [program.communicate(timeout=120) for program in programs]
    assert [err for _, err in finished] == [""] * len(programs)
    assert {program.returncode for program in programs} == {0}
    return [out.strip() for out, _ in finished]


def test_two_programs_label_at_once_and_neither_loses_a_label(path: Path) -> None:
    printed = finish([start(path, "ana", ACTS), start(path, "ben", ACTS)])
    assert printed == [str(ACTS)] * 2
    store = SqliteStore.open(str(path))
    try:
        document = put(make_library(store), article(20))
        events = [event for event in store.read_events(document.id) if event.span]
        assert Counter(event.reviewer for event in events) == {"ana": ACTS, "ben": ACTS}
        assert len({event.counter for event in events}) == 2 * ACTS
        assert [proof for proof in verify(store) if not proof.holds] == []
    finally:
        store.close()


def test_two_programs_of_one_reviewer_lose_nothing_either(path: Path) -> None:
    finish([start(path, "ana", 60), start(path, "ana", 60)])
    store = SqliteStore.open(str(path))
    try:
        assert [proof for proof in verify(store) if not proof.holds] == []
    finally:
        store.close()


@pytest.mark.parametrize("many", [4, pytest.param(10, marks=pytest.mark.long)])
def test_programs_that_make_a_new_database_at_once_all_succeed(path: Path, many: int) -> None:
    assert finish([start(path, f"reviewer{n}", 1) for n in range(many)]) == ["1"] * many
    store = SqliteStore.open(str(path))
    try:
        counts = store.count_rows()
        assert (counts["documents"], counts["annotations"], counts["events"]) == (1, many, many + 1)
    finally:
        store.close()
