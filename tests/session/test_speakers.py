"""Who is offered as a sentence's speaker, and in which order."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from annotator.model.document import Article
from annotator.session.importing import add_article
from annotator.session.speakers import AFTER, BEFORE, offer_speakers
from tests.builders import make_library

if TYPE_CHECKING:
    from annotator.session import Library, Session

CORPUS: Final = os.environ.get("ANNOTATOR_CORPUS")

REPORT: Final = """\
Dam talks

A Northern diplomat told the Herald that the dam was thin.

“It was never looked at,” the diplomat said. “Nobody had the time.”

The mill denied it.

“That is an invention. We looked at it twice. Their own staff know it,” the mayor said.

“It is late,” he added.

It rained on Monday.
"""


def open_report(library: Library, text: str = REPORT) -> Session:
    article = Article(text=text, title="Dam talks")
    return library.open(add_article(library, article).document)


def find(session: Session, words: str) -> int:
    places = session.read_places(0, count=session.document.sentence_count)
    return next(place.sentence.index for place in places if words in place.sentence.text)


def test_the_name_in_the_sentence_comes_first(library: Library) -> None:
    session = open_report(library)
    assert offer_speakers(session, find(session, "Northern"))[0] == "Northern diplomat"
    assert offer_speakers(session, find(session, "mill denied"))[0] == "mill"


def test_a_bare_description_gives_way_to_the_fuller_one_before_it(library: Library) -> None:
    session = open_report(library)
    offers = offer_speakers(session, find(session, "never looked"))
    assert offers[:2] == ["Northern diplomat", "diplomat"]


@pytest.mark.parametrize("words", ["an invention", "We looked at it", "Their own staff"])
def test_each_part_of_a_split_quotation_has_the_speaker_of_its_end(
    library: Library, words: str
) -> None:
    session = open_report(library)
    assert offer_speakers(session, find(session, words))[0] == "mayor"


def test_a_quotation_after_its_speaker_has_the_one_before_it(library: Library) -> None:
    session = open_report(library)
    assert offer_speakers(session, find(session, "had the time"))[0] == "Northern diplomat"


def test_a_pronoun_is_whoever_spoke_before(library: Library) -> None:
    session = open_report(library)
    session.name_speaker(find(session, "Their own staff"), "Mayor of Port Ansel")
    assert offer_speakers(session, find(session, "It is late"))[0] == "Mayor of Port Ansel"


def test_it_said_is_whoever_spoke_before_too(library: Library) -> None:
    session = open_report(library, "The mill denied the leak. In every case, it said, it was rain.")
    assert offer_speakers(session, 1)[0] == "mill"


def test_a_variant_of_a_name_given_makes_way_for_it(library: Library) -> None:
    session = open_report(library)
    session.name_speaker(find(session, "Northern"), "Northern diplomat (via the Herald)")
    offers = offer_speakers(session, find(session, "never looked"))
    assert offers[0] == "Northern diplomat (via the Herald)"


def test_those_named_before_come_most_often_first_and_ahead_of_those_found(
    library: Library,
) -> None:
    session = open_report(library)
    for words, name in (("Northern", "Ana"), ("mill denied", "Ben"), ("It is late", "Ben")):
        session.name_speaker(find(session, words), name)
    offers = offer_speakers(session, find(session, "It rained"))
    assert offers[:2] == ["Ben", "Ana"]
    assert "mayor" in offers[2:]


def test_others_names_are_not_offered(library: Library) -> None:
    session = open_report(library)
    ben = make_library(session.store, "ben").open(session.document)
    ben.name_speaker(0, "Somebody whom Ben named")
    assert "Somebody whom Ben named" not in offer_speakers(session, find(session, "It rained"))


def test_each_is_offered_once_whatever_the_case(library: Library) -> None:
    session = open_report(library)
    session.name_speaker(find(session, "mill denied"), "MAYOR")
    offers = offer_speakers(session, find(session, "Their own staff"))
    assert offers[0] == "MAYOR"
    assert len({name.casefold() for name in offers}) == len(offers)


def test_only_the_sentences_around_are_looked_at(library: Library) -> None:
    lines = [f"Witness N{number} said it." for number in range(60)]
    session = open_report(library, "\n\n".join(lines))
    offers = offer_speakers(session, 30)
    assert offers[0] == "Witness N30"
    assert len(offers) == BEFORE + 1 + AFTER
    assert offers[1:3] == ["Witness N29", "Witness N31"]


@pytest.mark.parametrize("walking", [False, True])
def test_the_first_offer_fits_a_careful_readers_speaker(library: Library, walking: bool) -> None:
    if CORPUS is None:
        pytest.skip("ANNOTATOR_CORPUS does not say where the corpus is")
    text = (Path(CORPUS) / "article.txt").read_text(encoding="utf-8")
    gold = json.loads((Path(CORPUS) / "article_labels.json").read_text(encoding="utf-8"))
    session = open_report(library, text)
    fitting, asked = 0, 0
    for sentence in gold:
        name = sentence["speaker"]
        if name is None:
            continue
        offers = offer_speakers(session, sentence["index"])
        asked += 1
        fitting += bool(offers) and (is_same(name, offers[0]))
        if walking:
            session.name_speaker(sentence["index"], name)
    assert fitting >= asked - 1


def is_same(name: str, offer: str) -> bool:
    """Whether the chief word of what a careful reader wrote is in the offer: its last, without what
    stands in brackets; an article's `envoy` is its `diplomat`.
    """
    chief = re.sub(r" \(.*\)", "", name).split()[-1]
    return chief.casefold() in offer.casefold().replace("envoy", "diplomat")
