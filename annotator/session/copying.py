"""A whole database into another, of the same kind or not, and the proof that it is the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from annotator.errors import AnnotatorError, NotSavedError, StoreError
from annotator.session.merging import read_foreign
from annotator.session.verification import Proof, verify
from annotator.text.display import show_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from annotator.session.merging import Foreign
    from annotator.store.base import Store


def check_empty(store: Store) -> None:
    """`StoreError` where a store holds anything already."""
    counts = store.count_rows()
    documents, events = counts["documents"], counts["events"]
    if documents or events:
        some = "document" if documents == 1 else "documents"
        raise StoreError(
            f"{show_line(store.location)} is not empty: it holds {documents} {some} and {events:,}"
            f" {'event' if events == 1 else 'events'}. Copy into a new database, or bring both"
            " together with 'annotator merge'."
        )


def copy(
    source: Store, target: Store, *, report: Callable[[int, int], None] | None = None
) -> Iterator[Proof]:
    """Copy all documents and events, at their places in the log, into an empty store, in one
    transaction; then what follows from them is folded, and the copy proved, proof by proof.

    `report` is called with how many of all steps are done. `StoreError` for a target that is not
    empty, and for a source that cannot be believed; then nothing is written.
    """

    def tell(half: int) -> Callable[[int, int], None]:
        return lambda part, whole: report and report(half * whole + part, 2 * whole)

    check_empty(target)
    with source.snapshot():
        foreign = read_foreign(source, report=tell(0))

        def work() -> None:
            check_empty(target)
            _fill(target, foreign, report=tell(1))

        try:
            target.transact(work)
        except NotSavedError as error:
            cause = error.__cause__
            raise cause if isinstance(cause, AnnotatorError) else error from error
        yield from _compare(foreign, target)
    yield from verify(target)


def _fill(target: Store, foreign: Foreign, *, report: Callable[[int, int], None]) -> None:
    target.take_in(foreign.events[None])
    target.refold_names()
    for number, (id_, document) in enumerate(foreign.documents.items(), 1):
        text = foreign.store.read_text(id_)
        target.add_document(replace(document, sentence_count=0), text, sentences=())
        target.take_in(foreign.events[id_])
        target.refold(id_)
        report(number, len(foreign.documents))


def _compare(foreign: Foreign, target: Store) -> Iterator[Proof]:
    """That documents and log are those of the source, counters and all."""
    theirs, ours = (
        list(foreign.documents),
        [document.id for document in target.find_documents("", limit=len(foreign.documents) + 1)],
    )
    some = "document" if len(ours) == 1 else "documents"
    faults = [] if theirs == ours else [f"the copy has {len(ours)}, not {len(theirs)}"]
    faults += [
        f"{id_}: its text is another"
        for id_ in ours
        if target.read_text(id_) != foreign.store.read_text(id_)
    ]
    yield Proof("documents", f"{len(ours)} {some}", tuple(faults))
    count, differing = 0, []
    for there, here in zip_longest(foreign.store.read_log(), target.read_log()):
        count += here is not None
        if there != here:
            differing.append(f"the event {(there or here).id} is another or not there")
    yield Proof("history", f"{count:,} events", tuple(differing))
