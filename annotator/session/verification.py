"""Proving a database: that what it says now follows from what happened, to the last offset."""

from __future__ import annotations

import gc
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from annotator.errors import SourceError, StoreError
from annotator.model.assignment import fold_assignments
from annotator.model.naming import fold_names
from annotator.session.cores import count_cores
from annotator.session.proving import CHECKS, prove_documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.model.document import Document
    from annotator.session.proving import Failures
    from annotator.store.base import Store


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing proved of a database, or the ways in which it failed."""

    name: str
    looked_at: str
    failures: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing failed."""
        return not self.failures


_EVERY: Final = 2**62
"""More documents than any library has."""

LARGE: Final = 50_000_000
"""From so many bytes on the documents are shared out to a process on every core: to start these
takes half a second, and to prove so much here two.
"""

_READ_AHEAD: Final = ""
"""The share of no document: a million events that are not in memory take 21 seconds with it, and
38 without.
"""

_SHARES: Final = 8
"""Shares of the documents for each process: the last one at work keeps the others waiting."""


def verify(store: Store, *, workers: int | None = None) -> Iterator[Proof]:
    """Prove integrity, hashes, offsets and the replay of the history, each over all documents.

    Reads one moment of the database, while others write; of a large file each process reads a
    moment of its own. `workers` is how many processes there are beside this one (`None`: as many as
    are worth it). Each of them holds one document at a time.
    """
    with store.snapshot():
        documents, unread = _list_documents(store)
        crew_size = _count_workers(store.location) if workers is None else workers
        failures: Failures = [[*unread] for _ in CHECKS]
        with _begin(store, documents, workers=crew_size) as proving:
            yield Proof("integrity", "the file", _check_integrity(store))
            for share in proving:
                for known, more in zip(failures, share, strict=True):
                    known.extend(more)
        replayed = failures[-1]
        # A damaged event of a document fails there too, and is said once.
        told = _attempt_team(store)
        replayed += [one for one in told if not any(f.endswith(one) for f in replayed)]
        looked_at = f"{len(documents)} {'document' if len(documents) == 1 else 'documents'}"
        for name, failed in zip(CHECKS, failures, strict=True):
            yield Proof(name, looked_at, tuple(failed))


@contextmanager
def _begin(
    store: Store, documents: list[Document], *, workers: int
) -> Iterator[Iterator[Failures]]:
    """Begin to prove the documents: what comes of each share of them, in order."""
    if workers < 1 or not documents:
        yield (prove_documents(store, some) for some in [documents])
        return
    from annotator.session.crew import Crew

    shares = {_write_ids(share): share for share in share_out(documents, _SHARES * workers)}
    with Crew(_prove_share, store.location, workers=workers) as crew:
        crew.share_out([_READ_AHEAD])
        yield _take(store, shares, crew.share_out(shares))


def _take(
    store: Store,
    shares: dict[str, list[Document]],
    proving: Iterator[tuple[str, Failures | None]],
) -> Iterator[Failures]:
    """What came of each share. One that came to nothing, since its process died of it or could not
    read it, is proved here, with every failure by its name.
    """
    for share in shares.values():
        try:
            _, failures = next(proving)
        except SourceError:  # no process can be started: there is none to come either
            proving, failures = iter(()), None
        except StopIteration:
            failures = None
        yield prove_documents(store, share) if failures is None else failures


def _prove_share(ids: str, location: str) -> Failures | None:
    """In a process of its own: `None` where the documents cannot be read there."""
    from annotator.store import open_store

    if ids == _READ_AHEAD:
        _read_ahead(location)
        return None
    gc.disable()  # the process does nothing else, and nothing it makes is a cycle: 13 % of its time
    try:
        with closing(open_store(location, must_exist=True)) as store, store.snapshot():
            wanted = ids.split()
            documents = [found for id_ in wanted for found in store.find_documents(id_, limit=1)]
            if [document.id for document in documents] != wanted:
                return None
            return prove_documents(store, documents)
    except StoreError:
        return None


def _read_ahead(location: str) -> None:
    """Have the system read the file once, in order, and keep it: of a file that is not in memory
    each page is waited for otherwise, in the order of the trees. In a process of its own, before it
    opens the database: to close the file lets go of the locks that SQLite has on it.
    """
    # Whoever reads it for what is in it says what is wrong.
    with suppress(OSError), Path(location).open("rb", buffering=0) as file:
        piece = bytearray(1 << 20)
        while file.readinto(piece):
            pass


def _write_ids(documents: list[Document]) -> str:
    return " ".join(document.id for document in documents)


def share_out(documents: Sequence[Document], count: int) -> Iterator[list[Document]]:
    """So many shares, or a few more, with about as many sentences in each."""
    fair = sum(_weigh(document) for document in documents) / count
    share: list[Document] = []
    weight = 0
    for document in documents:
        share.append(document)
        weight += _weigh(document)
        if weight >= fair:
            yield share
            share, weight = [], 0
    if share:
        yield share


def _weigh(document: Document) -> int:
    # A damaged count may be anything.
    return max(1, document.sentence_count)


def _count_workers(location: str) -> int:
    """None for a small file, or for what is no file."""
    try:
        size = Path(location).stat().st_size
    except (OSError, ValueError):
        return 0
    return count_cores() if size >= LARGE else 0


def _check_integrity(store: Store) -> tuple[str, ...]:
    try:
        faults = store.check_integrity()
        store.read_scheme()  # of no document, so no other proof would come upon it
        return tuple(faults)
    except StoreError as error:
        return (str(error),)


def _list_documents(store: Store) -> tuple[list[Document], list[str]]:
    """All documents; or none, and why the table of them cannot be read."""
    try:
        return store.find_documents("", limit=_EVERY), []
    except StoreError as error:
        return [], [str(error)]


def _attempt_team(store: Store) -> list[str]:
    try:
        return list(_check_assignments(store))
    except StoreError as error:
        return [str(error)]


def _check_assignments(store: Store) -> Iterator[str]:
    """Who is to label what, and which names are one person's: of no document alone."""
    events = list(store.read_library_log())
    names = fold_names(events)
    reviewers = {event.reviewer for event in events} | {*store.list_reviewers()}
    for name in sorted(names.keys() | reviewers):
        if store.resolve_reviewer(name) != names.get(name, name):
            yield f"whose the name {name} is now is not what the history says"
    if store.list_assignments() != fold_assignments(events, names=names):
        yield "who is to label what is not what the history says"
