"""One reviewer at one store: all that the terminal app and the command line ask for."""

from __future__ import annotations

from contextlib import ExitStack, closing

from annotator.session.clock import RandomIds, SystemClock
from annotator.session.labelling import Session
from annotator.session.library import Arrival, Library, find_document
from annotator.session.progress import Progress

__all__ = [
    "Arrival",
    "Library",
    "Progress",
    "RandomIds",
    "Session",
    "SystemClock",
    "find_document",
    "open_library",
]


def open_library(database: str | None = None, *, reviewer: str | None = None) -> Library:
    """The library in the database in use, for the reviewer who is working.

    Takes what was given with `--db` and `--reviewer`; the rules of `annotator.config` fill in.
    """
    from annotator.config import choose_reviewer
    from annotator.session.schemes import hash_guideline_in_force, read_scheme_in_force
    from annotator.store import open_store

    who = choose_reviewer(reviewer)
    with ExitStack() as opened:
        store = opened.enter_context(closing(open_store(database)))
        who = store.resolve_reviewer(who)
        scheme = read_scheme_in_force(store)
        guideline = hash_guideline_in_force(scheme)
        # From here on closing it is the library's.
        opened.pop_all()
    return Library(
        store, who, scheme=scheme, guideline=guideline, clock=SystemClock(), ids=RandomIds()
    )
