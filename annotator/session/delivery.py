"""A document's labels in a file, as `annotator export DOCUMENT -o FILE` writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.exporters import Corpus, find_exporter
from annotator.session.exporting import read_labelled
from annotator.session.files import check_not_database, write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from annotator.model.document import Document
    from annotator.session.library import Library


def deliver(
    library: Library,
    document: Document,
    *,
    name: str,
    format_name: str = "json",
    report: Callable[[], None] | None = None,
) -> None:
    """Write what all reviewers have said of a document to a file, whole or not at all.

    `report` is called with each piece that is written; what it raises ends the export, and leaves
    what stood there. `OutputError` where the file cannot be written.
    """
    exporter = find_exporter(format_name)
    store = library.store
    check_not_database(name, store.location)
    with store.snapshot():
        corpus = Corpus(library.scheme, read_labelled(store, [document]))
        write_file(name, _watch(exporter.write(corpus), report))


def _watch(pieces: Iterator[str], report: Callable[[], None] | None) -> Iterator[str]:
    for piece in pieces:
        if report is not None:
            report()
        yield piece
