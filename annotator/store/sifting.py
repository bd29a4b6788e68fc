"""Which queries find what a sieve lets through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.store import queries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.model.sieve import Sieve


def match_sieve(
    document_id: str, reviewer: str, sieve: Sieve
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The queries that together find what the sieve lets through, no sentence twice."""
    if sieve.unlabelled:
        yield queries.MATCH_UNLABELLED, (document_id, reviewer)
    elif sieve.unsure or sieve.noted:
        query = queries.MATCH_UNSURE if sieve.unsure else queries.MATCH_NOTED
        yield query, (reviewer, document_id)
    else:
        for query, labels in (
            (queries.MATCH_LABEL, sieve.labels),
            (queries.MATCH_UNLINKED, sieve.unlinked),
            (queries.MATCH_UNDENIED, sieve.undenied),
        ):
            for label in labels:
                yield query, (reviewer, document_id, label)
