"""Which sentences a sieve lets through."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.model.annotation import Annotation
from annotator.model.document import Link, Place, Sentence
from annotator.model.sieve import Sieve, lets_through
from annotator.model.span import Span

SENTENCE = Sentence(1, 0, Span(5, 9), "Four")
SAID = Annotation(SENTENCE.span, "ana", "denial", None, None, False, (), "t", "t")
NOTHING = Place(SENTENCE, None)
PLAIN = Place(SENTENCE, SAID)
FLAGGED = Place(SENTENCE, replace(SAID, unsure=True))
NOTED = Place(SENTENCE, replace(SAID, note="why"))
UNLABELLED = Place(SENTENCE, replace(SAID, label=None, note="why"))
LINKED = Place(SENTENCE, replace(SAID, denies=(Span(0, 4),)), denies=(Link(0, "claim"),))
CLAIM = Place(SENTENCE, replace(SAID, label="claim"))
DENIED = Place(SENTENCE, replace(SAID, label="claim"), denied_by=(3,))
PLACES = {
    "nothing": NOTHING,
    "plain": PLAIN,
    "flagged": FLAGGED,
    "noted": NOTED,
    "unlabelled": UNLABELLED,
    "linked": LINKED,
    "claim": CLAIM,
    "denied": DENIED,
}


@pytest.mark.parametrize(
    ("sieve", "through"),
    [
        (Sieve("none"), set()),
        (Sieve("unlabelled", unlabelled=True), {"nothing", "unlabelled"}),
        (Sieve("unsure", unsure=True), {"flagged"}),
        (Sieve("noted", noted=True), {"noted", "unlabelled"}),
        (Sieve("denial", labels=("denial",)), {"plain", "flagged", "noted", "linked"}),
        (Sieve("claim", labels=("claim",)), {"claim", "denied"}),
        (Sieve("unlinked", unlinked=("denial",)), {"plain", "flagged", "noted"}),
        (Sieve("undenied", undenied=("claim",)), {"claim"}),
    ],
    ids=lambda value: value.name if isinstance(value, Sieve) else "",
)
def test_a_sieve_lets_through_what_its_criterion_names(sieve: Sieve, through: set[str]) -> None:
    assert {name for name, place in PLACES.items() if lets_through(sieve, place)} == through
