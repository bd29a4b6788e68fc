"""A reviewer in a program of their own, for so many seconds:
`python -m tests.store.crowding DATABASE REVIEWER SECONDS`.

Opens the database as the program does, labels as fast as it can, and prints as JSON the ids of what
it was told is saved, what it was refused, and the milliseconds of each commit.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from time import monotonic, perf_counter

from annotator.errors import NotSavedError
from annotator.model.event import EventKind
from annotator.session.clock import RandomIds, SystemClock
from annotator.store import open_store
from tests.builders import article, make_library, put

ROOT = Path(__file__).parents[2]
SENTENCES = 30


def crowd(location: str, *, programs: int, seconds: float) -> list[dict[str, list[object]]]:
    """What each of so many programs at one database has to tell."""
    command = [sys.executable, "-m", "tests.store.crowding", location]
    running = [
        subprocess.Popen(
            [*command, f"reviewer{number}", str(seconds)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(programs)
    ]
    for program in running:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in running:
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    told = [program.communicate(timeout=seconds + 120)[0] for program in running]
    assert {program.returncode for program in running} == {0}
    return [json.loads(one) for one in told]


def main(location: str, reviewer: str, seconds: float) -> None:
    store = open_store(location)
    try:
        library = make_library(store, reviewer, clock=SystemClock(), ids=RandomIds())
        session = library.open(put(library, article(SENTENCES)))
        print("ready", flush=True)
        sys.stdin.readline()
        saved: list[str] = []
        refused: list[str] = []
        commits: list[float] = []
        until, number = monotonic() + seconds, 0
        while monotonic() < until:
            begun = perf_counter()
            label = ("claim", "denial", "background")[number // SENTENCES % 3]
            try:
                session.annotate(number % SENTENCES, label)
            except NotSavedError as error:
                refused.append(str(error))
            else:
                commits.append(1000 * (perf_counter() - begun))
                newest = next(
                    iter(store.read_events_newest_first(session.document.id, reviewer=reviewer))
                )
                assert newest.kind is EventKind.LABEL
                saved.append(newest.id)
            number += 1
        print(json.dumps({"saved": saved, "refused": refused, "commits": commits}))
    finally:
        store.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
