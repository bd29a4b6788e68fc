"""A reviewer in a program of their own, who does all that can be done, until something ends it:
`python -m tests.store.acting DATABASE SEED SECONDS [OTHER]`.

Prints a line for each act once it is told that it is saved: how many events there are, and the
newest one's id. OTHER is a database that is merged now and then.
"""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from random import Random
from time import monotonic
from typing import TYPE_CHECKING, Final

from annotator.errors import ActError, NotSavedError
from annotator.exporters import find_exporter
from annotator.session.clock import RandomIds, SystemClock
from annotator.session.delivery import Choice, deliver_corpus
from annotator.session.merging import merge
from annotator.store.borrowing import borrow
from annotator.store.sqlite import SqliteStore
from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from annotator.session.labelling import Session
    from annotator.session.library import Library

OTHERS: Final = ("undo", "redo", "note", "split", "join", "import", "merge", "export")
ACTS: Final = ("label",) * 6 + OTHERS
LABELS: Final = ("claim", "denial", "background")


def main(location: str, seed: int, seconds: float, other: str | None) -> None:
    random = Random(seed)
    with closing(SqliteStore.open(location)) as store:
        library = make_library(store, clock=SystemClock(), ids=RandomIds())
        session = library.open(put(library, article(30)))
        until = monotonic() + seconds
        tell(session)
        while monotonic() < until:
            kind = random.choice(ACTS)
            try:
                act(kind, library, session, random, other)
            except ActError:
                continue
            except NotSavedError as error:
                print("refused", error, flush=True)
                return
            tell(session)


def act(kind: str, library: Library, session: Session, random: Random, other: str | None) -> None:
    index = random.randrange(session.document.sentence_count)
    match kind:
        case "label":
            session.annotate(index, random.choice(LABELS))
        case "undo":
            session.undo()
        case "redo":
            session.redo()
        case "note":
            session.note(index, "why " * random.randrange(400))
        case "split":
            session.split(index, session.read_place(index).sentence.text.find(" ") + 1)
        case "join":
            session.join(index)
        case "import":
            put(library, article(random.randrange(1, 60), title=f"No. {random.random()}"))
        case "merge" if other is not None:
            with borrow(other) as theirs:
                merge(library.store, theirs)
        case "export":
            export(library)
    session.measure_progress()


def export(library: Library) -> None:
    name = str(Path(library.location).with_name("export.json"))
    with library.store.snapshot():
        shelved = library.store.list_documents("")
        choice = Choice(tuple(one.document for one in shelved), None, ())
        deliver_corpus(library.store, find_exporter("json"), choice, name=name)


def tell(session: Session) -> None:
    store = session.store
    newest = next(iter(store.read_events_newest_first(session.document.id, reviewer="ana")))
    print("saved", store.count_rows()["events"], newest.id, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), (*sys.argv[4:5], None)[0])
