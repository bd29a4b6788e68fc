"""What is done with one document costs as much in a library of two as in one of many: counted in
steps of SQLite's own machine, which are the same on every computer.
"""

from __future__ import annotations

from contextlib import closing
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Final

import pytest

from annotator.exporters import find_exporter
from annotator.session.delivery import Choice, write_corpus
from annotator.session.exporting import check_reviewer, read_sentences
from annotator.session.status import measure_status
from annotator.store.sqlite import SqliteStore
from tests.builders import TickingClock, article, make_library, put

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.model.document import Document
    from annotator.session.library import Library

FEW: Final = 2
MANY: Final = 80
LENGTH: Final = 4
NEW: Final = count(1)


def open_shelf(path: Path, documents: int) -> tuple[SqliteStore, Library, Document]:
    """A library of so many labelled documents, and one of them."""
    store = SqliteStore.open(str(path / f"{documents}.db"))
    library, bens = make_library(store), make_library(store, "ben")
    for number in range(documents):
        document = put(library, article(LENGTH, title=f"Harbour {number:03}"))
        for whose in (library, bens):
            session = whose.open(document)
            for index in range(LENGTH - 1):
                session.annotate(index, ("claim", "denial")[index % 2])
    return store, library, document


def count_steps(store: SqliteStore, act: Callable[[], object]) -> int:
    """The steps that SQLite's machine takes meanwhile, in tens."""
    counted = 0

    def tell() -> int:
        nonlocal counted
        counted += 1
        return 0

    store._connection.set_progress_handler(tell, 10)
    try:
        act()
    finally:
        store._connection.set_progress_handler(None, 0)
    return counted


def label_and_undo(library: Library, document: Document) -> None:
    session = library.open(document)
    session.annotate(LENGTH - 1, "claim")
    session.undo()


def open_document(library: Library, document: Document) -> None:
    session = library.open(library.resolve(document.id))
    session.find_resumption()
    session.read_places(0, count=LENGTH)


def show(library: Library, document: Document) -> None:
    check_reviewer(library.store, "ben")
    list(read_sentences(library.store, document, reviewer=None))


def export(library: Library, document: Document) -> None:
    choice = Choice((document,), None, ())
    assert list(write_corpus(library.store, find_exporter("json"), choice))


def measure(library: Library, document: Document) -> None:
    measured = measure_status(library.store, clock=TickingClock(), documents=[document])
    assert [work.labelled for work in measured.works] == [LENGTH - 1] * 2


def bring_in(library: Library, _: Document) -> None:
    put(library, article(LENGTH, title=f"Another {next(NEW)}"))


ACTS: Final[dict[str, Callable[[Library, Document], object]]] = {
    "start": lambda library, _: library.find_last_document(),
    "open": open_document,
    "label and undo": label_and_undo,
    "show": show,
    "export": export,
    "status": measure,
    "import": bring_in,
    "search": lambda library, document: library.search(document.title.split()[1], limit=9),
    "reviewers": lambda library, _: library.store.list_reviewers(),
    "names": lambda library, _: list(library.store.read_library_log()),
}


@pytest.mark.parametrize("name", ACTS)
def test_other_documents_cost_nothing(tmp_path: Path, name: str) -> None:
    steps = []
    for documents in (FEW, MANY):
        store, library, document = open_shelf(tmp_path, documents)
        with closing(store):
            ACTS[name](library, document)  # what is asked once, such as of renamed reviewers
            steps.append(count_steps(store, partial(ACTS[name], library, document)))
    few, many = steps
    # What a B-tree of a few more levels costs is not counted in steps; names grow by a digit.
    assert many <= 1.2 * few + 5, steps
