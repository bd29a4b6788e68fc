"""One reviewer at one store: all that the terminal app and the command line ask for."""

from __future__ import annotations

from annotator.session.clock import RandomIds, SystemClock
from annotator.session.labelling import Progress, Session
from annotator.session.library import Arrival, Library, find_document

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
    from annotator.config import choose_reviewer, read_guideline
    from annotator.model.scheme import FACT_CHECK, hash_guideline
    from annotator.store import open_store

    who = choose_reviewer(reviewer)
    guideline = hash_guideline(FACT_CHECK, read_guideline())
    return Library(
        open_store(database),
        who,
        scheme=FACT_CHECK,
        guideline=guideline,
        clock=SystemClock(),
        ids=RandomIds(),
    )
