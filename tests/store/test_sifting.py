"""Which queries a sieve asks, and with what."""

from __future__ import annotations

import pytest

from annotator.model.sieve import Sieve
from annotator.store import queries
from annotator.store.sifting import match_sieve

MINE = ("ana", "doc")


@pytest.mark.parametrize(
    ("sieve", "asked"),
    [
        (Sieve("all"), []),
        (Sieve("open", unlabelled=True), [(queries.MATCH_UNLABELLED, ("doc", "ana"))]),
        (Sieve("unsure", unsure=True), [(queries.MATCH_UNSURE, MINE)]),
        (Sieve("noted", noted=True), [(queries.MATCH_NOTED, MINE)]),
        (
            Sieve("two", labels=("claim", "denial")),
            [
                (queries.MATCH_LABEL, (*MINE, "claim")),
                (queries.MATCH_LABEL, (*MINE, "denial")),
            ],
        ),
        (Sieve("loose", unlinked=("denial",)), [(queries.MATCH_UNLINKED, (*MINE, "denial"))]),
        (Sieve("alone", undenied=("claim",)), [(queries.MATCH_UNDENIED, (*MINE, "claim"))]),
    ],
    ids=lambda value: value.name if isinstance(value, Sieve) else "",
)
def test_a_sieve_asks_for_what_it_lets_through(
    sieve: Sieve, asked: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert list(match_sieve("doc", "ana", sieve)) == asked
