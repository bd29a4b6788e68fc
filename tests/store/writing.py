"""A reviewer in a program of their own: `python -m tests.store.writing DATABASE REVIEWER ACTS`.

Imports the same article as all the others, labels its sentences in turn, clears and undoes now and
then, and prints how many acts it was told were saved. It begins when it is sent a line, so that
several begin at one moment.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from annotator.session.clock import RandomIds, SystemClock
from annotator.store import open_store
from annotator.store.sqlite import SqliteStore
from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from annotator.store.base import Store


def main(location: str, reviewer: str, acts: int) -> None:
    store: Store = (
        open_store(location)
        if location.startswith("postgresql:")
        else SqliteStore.open(location, patience_ms=60_000)
    )
    try:
        library = make_library(store, reviewer, clock=SystemClock(), ids=RandomIds())
        session = library.open(put(library, article(20)))
        saved = 0
        for number in range(acts):
            if number % 10 == 9:
                session.undo()
            else:
                session.annotate(number % 20, ("claim", "denial", "background")[number // 20 % 3])
            saved += 1
        print(saved)
    finally:
        store.close()


if __name__ == "__main__":
    print("ready", flush=True)
    sys.stdin.readline()
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
