"""Which claims a denial is offered, and in which order."""

from __future__ import annotations

import json
import os
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import ActError, UnknownNameError
from annotator.model.document import Article
from annotator.session.offers import Offer, offer_claims, offer_sentence
from annotator.store.memory import MemoryStore
from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from annotator.session import Library, Session

CORPUS: Final = os.environ.get("ANNOTATOR_CORPUS")
KEYS: Final = {"c": "claim", "d": "denial", "b": "background"}


def label_lines(library: Library, *lines: str) -> Session:
    """A session at an article of lines, each with its label's key (`-` for none) before it."""
    texts = [line[2:] for line in lines]
    session = library.open(put(library, Article(text="\n".join(texts) + "\n", title=texts[0])))
    for index, line in enumerate(lines):
        if line[0] in KEYS:
            session.annotate(index, KEYS[line[0]])
    return session


def numbers(offers: list[Offer]) -> list[int]:
    return [offer.index for offer in offers]


def test_the_nearest_earlier_claim_comes_first_and_later_ones_last(library: Library) -> None:
    session = label_lines(
        library, "c one", "c two", "b three", "c four", "- five", "c six", "b seven", "c eight"
    )
    assert numbers(offer_claims(session, 4, "denial")) == [3, 1, 0, 5, 7]


def test_claims_that_share_words_come_ahead(library: Library) -> None:
    session = label_lines(
        library,
        "c The mill poisoned the river.",
        "c Nine people died.",
        "- The mill denies that it poisoned anything.",
        "c The price rose.",
        "c The river was poisoned in May.",
    )
    offers = offer_claims(session, 2, "denial")
    assert numbers(offers) == [0, 4, 1, 3]
    assert [offer.shared for offer in offers] == [("mill", "poisoned"), ("poisoned",), (), ()]


def test_a_word_that_few_claims_have_counts_for_more(library: Library) -> None:
    session = label_lines(
        library,
        "c The harbour office paid for the letters.",
        "c The harbour was closed, the office said, for a week.",
        "c The harbour office is too small.",
        "c The harbour has no office for visitors.",
        "- The harbour office wrote no letters.",
    )
    assert numbers(offer_claims(session, 4, "denial"))[0] == 0


def test_claims_of_the_same_speaker_come_ahead(library: Library) -> None:
    session = label_lines(library, "c one", "c two", "c three", "d four")
    session.name_speaker(0, "Anna Roth")
    session.name_speaker(3, "Anna Roth")
    offers = offer_claims(session, 3, "denial")
    assert [(offer.index, offer.same_speaker) for offer in offers] == [
        (0, True),
        (2, False),
        (1, False),
    ]


def test_a_denial_is_offered_after_the_claims_like_it(library: Library) -> None:
    session = label_lines(library, "c one", "c two", "d three", "- four")
    assert numbers(offer_claims(session, 3, "denial")) == [1, 0, 2]


def test_what_is_linked_is_offered_first_however_far_and_whatever_it_is_now(
    library: Library,
) -> None:
    session = library.open(put(library, article(40)))
    for index in range(40):
        session.annotate(index, "claim")
    session.deny(20, "denial", [0, 39, 5])
    session.annotate(5, "background")
    offers = offer_claims(session, 20, "denial", limit=4)
    assert numbers(offers)[:3] == [5, 0, 39]
    assert [offer.label for offer in offers[:3]] == ["background", "claim", "claim"]
    assert [offer.linked for offer in offers] == [True, True, True, False]


def test_without_a_claim_there_is_no_offer(library: Library) -> None:
    assert offer_claims(label_lines(library, "b one", "- two"), 1, "denial") == []


def test_others_claims_are_not_offered(library: Library) -> None:
    session = label_lines(library, "c one", "- two")
    theirs = make_library(session.store, "ben").open(session.document)
    assert offer_claims(theirs, 1, "denial") == []


def test_a_label_that_is_not_in_the_scheme_is_told_with_those_that_are(library: Library) -> None:
    with pytest.raises(UnknownNameError, match="claim, denial, background"):
        offer_claims(label_lines(library, "c one", "- two"), 1, "rumour")


def test_one_sentence_can_be_asked_for_by_itself(library: Library) -> None:
    session = label_lines(library, "c The dam broke.", "b two", "d The dam never broke.")
    offer = offer_sentence(session, 2, "denial", target=0)
    assert (offer.index, offer.shared, offer.linked) == (0, ("broke",), False)
    for target, message in (
        (2, "cannot deny itself"),
        (1, "Sentence 2 has no label that a denial can deny: claim or denial"),
        (9, "no sentence 10"),
        (-1, "no sentence 0"),
    ):
        with pytest.raises(ActError, match=message):
            offer_sentence(session, 2, "denial", target=target)


WORDS: Final = ["dam", "river", "mayor", "letter", "letters", "money", "the"]
LINES = st.lists(
    st.tuples(
        st.sampled_from("ccddb-"),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
        st.sampled_from(["", "", "Ana", "Ben"]),
    ),
    min_size=1,
    max_size=12,
)


@given(LINES, st.data())
def test_the_order_law(lines: list[tuple[str, list[str], str]], data: st.DataObject) -> None:
    library = make_library(MemoryStore())
    numbered = [f"{key} {n} {' '.join(words)}" for n, (key, words, _) in enumerate(lines)]
    session = label_lines(library, *numbered)
    for index, (_, _, speaker) in enumerate(lines):
        session.name_speaker(index, speaker)
    here = data.draw(st.integers(0, len(lines) - 1))
    claims = [i for i, (key, _, _) in enumerate(lines) if key in "cd" and i != here]
    linked = data.draw(st.sets(st.sampled_from(claims))) if claims else set()
    session.deny(here, "denial", sorted(linked))
    limit = data.draw(st.integers(1, 12))
    offers = offer_claims(session, here, "denial", limit=limit)

    assert here not in numbers(offers)
    assert set(numbers(offers)) <= set(claims)
    assert {offer.index for offer in offers if offer.linked} == linked
    assert len(offers) <= max(limit, len(linked))
    groups = [_group(offer, here) for offer in offers]
    assert groups == sorted(groups)
    for one, other in pairwise(offers):
        if _likeness(one, here) == _likeness(other, here):
            assert _distance(one, here) < _distance(other, here)


def _group(offer: Offer, here: int) -> int:
    """Linked, sharing something, earlier, later."""
    if offer.linked:
        return 0
    return 1 if offer.shared or offer.same_speaker else 2 + (offer.index > here)


def _likeness(offer: Offer, here: int) -> tuple[object, ...]:
    return (_group(offer, here), set(offer.shared), offer.same_speaker, offer.label)


def _distance(offer: Offer, here: int) -> tuple[bool, int]:
    return offer.index > here, abs(offer.index - here)


@pytest.mark.skipif(CORPUS is None, reason="ANNOTATOR_CORPUS does not say where the corpus is")
def test_in_an_article_most_denials_find_their_claim_among_the_first_three() -> None:
    assert CORPUS is not None
    gold = json.loads((Path(CORPUS) / "article_labels.json").read_text(encoding="utf-8"))
    library = make_library(MemoryStore())
    texts = [sentence["text"] for sentence in gold]
    session = library.open(put(library, Article(text="\n".join(texts) + "\n", title=texts[0])))
    found = 0
    for sentence in gold:
        index = sentence["index"]
        if sentence["denies"]:
            offers = offer_claims(session, index, sentence["label"])
            found += bool(set(sentence["denies"]) & set(numbers(offers)[:3]))
        session.annotate(index, sentence["label"])
    assert found >= 3
