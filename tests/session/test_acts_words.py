"""What is said where an act cannot be: accepting, tying, settling. Sentences count from 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator.errors import ActError
from annotator.model.document import Article
from annotator.model.event import EventKind, Rule
from annotator.model.span import Span
from annotator.readers import Reading, Said
from annotator.session.adjudicating import Adjudicating, Settlement, _make_letter
from annotator.session.importing import add_reading
from annotator.session.offers import Offer, offer_claims, offer_sentence
from annotator.session.rules import Outcome, settle_by_rule
from annotator.session.suggesting import Shown, draft_suggestions, find_shown
from annotator.store.memory import MemoryStore
from tests.builders import CountingIds, TickingClock, article, make_library, put

if TYPE_CHECKING:
    from annotator.model.document import Document
    from annotator.session.labelling import Session
    from annotator.session.library import Library

TEXT = "The harbour was mined. The ministry denies that. Nobody was hurt, it says.\n"
MINED, DENIED, HURT = Span(0, 22), Span(23, 48), Span(49, 74)


def bring(library: Library, *found: Said) -> Session:
    reading = Reading(Article(TEXT, "The harbour"), suggestions=found)
    return library.open(add_reading(library, reading, name="tasks.json")[0].document)


def refusal(act: object, *arguments: object, **named: object) -> str:
    assert callable(act)
    with pytest.raises(ActError) as refused:
        act(*arguments, **named)
    return str(refused.value)


@pytest.fixture
def library() -> Library:
    return make_library(MemoryStore())


# -- suggestions


def test_why_nothing_is_accepted_is_told(library: Library) -> None:
    session = bring(library, Said(MINED, "claim", "model:x"))
    session.annotate(0, "background")
    assert refusal(session.accept, 0) == (
        "Sentence 1 is background already: a suggestion is for a sentence without a label; clear it"
        " first."
    )
    assert refusal(session.accept, 2) == (
        "Nothing is suggested for sentence 3: give it a label of your own."
    )


def test_what_is_shown_is_the_suggestion_with_its_label(library: Library) -> None:
    session = bring(library, Said(MINED, "claim", "model:x"), Said(HURT, None, "model:x"))
    place = session.read_place(0)
    assert place.suggestion is not None
    assert find_shown(place, session.scheme) == Shown("claim", place.suggestion)
    assert find_shown(session.read_place(2), session.scheme) is None


def draft_remarks(library: Library, *found: Said) -> tuple[str, ...]:
    return draft_suggestions(
        found,
        document_id="d" * 16,
        text=TEXT,
        sentences={MINED, DENIED, HURT},
        scheme=library.scheme,
        drafting=library.drafting,
    ).remarks


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        ([None], "1 suggestion has a label that the scheme does not (no label)"),
        ([None, None], "2 suggestions have a label that the scheme does not (no label)"),
        (["b", "a", "b"], "3 suggestions have a label that the scheme does not ('a', 'b')"),
        (
            list("edcba"),
            "5 suggestions have a label that the scheme does not ('a', 'b', 'c', 'd', 'e')",
        ),
        (
            list("fedcba"),
            "6 suggestions have a label that the scheme does not ('a', 'b', 'c', 'd', 'e' and 1"
            " more)",
        ),
    ],
)
def test_labels_that_the_scheme_does_not_have_are_told(
    library: Library, labels: list[str | None], told: str
) -> None:
    found = [Said(MINED, label, f"m{number}") for number, label in enumerate(labels)]
    assert draft_remarks(library, *found) == (f"{told}: kept, and not shown",)


@pytest.mark.parametrize(
    ("spans", "told"),
    [
        ([Span(0, 21)], "1 suggestion"),
        ([Span(0, 21), Span(74, 76)], "2 suggestions"),
        ([Span(60, 999), Span(5, 5), Span(-1, 22)], "3 suggestions"),
    ],
)
def test_what_speaks_of_no_sentence_is_left_out_and_counted(
    library: Library, spans: list[Span], told: str
) -> None:
    assert draft_remarks(library, *(Said(span, "claim", "m") for span in spans)) == (
        f"{told} left out: of no sentence, or overlapping one that has a label",
    )


def test_blanks_round_a_suggestion_are_none_of_it(library: Library) -> None:
    assert draft_remarks(library, Said(Span(22, 49), "denial", "m")) == ()
    assert draft_remarks(library, Said(Span(49, 75), "claim", "m")) == ()


def test_a_suggestion_is_an_event_of_whoever_brings_it_in(library: Library) -> None:
    said = Said(MINED, "claim", None, speaker="she", denies=(HURT, DENIED))
    (drafted,) = draft_suggestions(
        [said],
        document_id="d" * 16,
        text=TEXT,
        sentences={MINED},
        scheme=library.scheme,
        drafting=library.drafting,
    ).drafts
    assert drafted.step == drafted.id
    assert (drafted.document_id, drafted.span, drafted.reviewer) == ("d" * 16, MINED, "ana")
    assert (drafted.kind, drafted.spent_ms) == (EventKind.SUGGEST, 0)
    assert drafted.guideline == library.drafting.guideline
    assert drafted.time == "2026-11-23T12:00:01Z"
    assert str(drafted.value) == (
        "Suggested(program='unknown', label='claim', speaker='she',"
        " denies=(Span(start=23, end=48), Span(start=49, end=74)))"
    )


# -- offers


def test_a_sentence_that_cannot_be_offered_is_told_by_its_number(library: Library) -> None:
    session = library.open(put(library, article(4)))
    session.annotate(1, "background")
    assert refusal(offer_sentence, session, 2, "denial", target=2) == (
        "Sentence 3 cannot deny itself."
    )
    for target in (1, 3):
        assert refusal(offer_sentence, session, 2, "denial", target=target) == (
            f"Sentence {target + 1} has no label that a denial can deny: claim or denial."
        )


def label_lines(library: Library, *lines: str) -> Session:
    texts = [line[2:] for line in lines]
    session = library.open(put(library, Article("\n".join(texts) + "\n", texts[0])))
    for index, line in enumerate(lines):
        if line[0] != "-":
            session.annotate(index, {"c": "claim", "d": "denial"}[line[0]])
    return session


def test_an_offer_has_all_that_is_said_of_its_sentence(library: Library) -> None:
    session = label_lines(library, "c The bridge broke.", "d The bridge never broke.")
    session.name_speaker(0, "Ana")
    session.name_speaker(1, "Ana")
    session.link(1, [0])
    expected = Offer(0, "The bridge broke.", "claim", "Ana", ("bridge", "broke"), True, True)
    assert offer_claims(session, 1, "denial") == [expected]
    assert offer_sentence(session, 1, "denial", target=0) == expected


def test_of_earlier_and_later_claims_each_the_nearest_comes_first(library: Library) -> None:
    session = label_lines(
        library, "c one", "c two", "- three", "c four", "c five", "d six", "d seven"
    )
    offers = offer_claims(session, 2, "denial")
    assert [offer.index for offer in offers] == [1, 0, 3, 4, 5, 6]
    session = label_lines(library, "d eight", "d nine", "c ten", "- eleven", "c twelve")
    offers = offer_claims(session, 3, "denial")
    assert [offer.index for offer in offers] == [2, 1, 0, 4]


def test_a_later_claim_that_shares_much_comes_ahead_of_an_earlier_that_shares_little(
    library: Library,
) -> None:
    session = label_lines(
        library,
        "c The mayor slept.",
        "- The mayor never sold a bridge, a harbour or a castle.",
        "c Nothing.",
        "c A bridge, a harbour and a castle were sold.",
    )
    assert [offer.index for offer in offer_claims(session, 1, "denial")] == [3, 0, 2]


# -- settling


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def disputed(library: Library) -> Document:
    """Ana and Ben differ on the first two sentences, and agree on the third."""
    document = put(library, article(4))
    for who, labels in (("ana", "cdc"), ("ben", "dcc")):
        session = make_library(library.store, who, ids=CountingIds(ord(who[0]) << 40)).open(
            document
        )
        for index, key in enumerate(labels):
            session.annotate(index, {"c": "claim", "d": "denial"}[key])
    return document


def sit_down(library: Library, document: Document, clock: TickingClock) -> Adjudicating:
    lead = make_library(library.store, "lea", clock=clock)
    return Adjudicating(lead.store, document, scheme=lead.scheme, drafting=lead.drafting)


def test_what_a_lead_cannot_do_is_told(
    library: Library, disputed: Document, clock: TickingClock
) -> None:
    desk = sit_down(library, disputed, clock)
    assert refusal(desk.explain, 1, "why") == (
        "Sentence 2 is not settled yet: the reason goes with a label."
    )
    for index in (4, -1):
        assert refusal(desk.read_sentence, index) == (
            f"There is no sentence {index + 1}: the article has 4."
        )
    desk.look_at(1)
    make_library(library.store, "zoe").open(disputed).join(1)
    assert refusal(desk.settle, 1, "claim") == (
        "Sentence 2 is another one now: somebody has split or joined sentences. Nothing was"
        " changed; look again."
    )


def test_the_time_that_a_settlement_took_is_from_the_last_look(
    library: Library, disputed: Document, clock: TickingClock
) -> None:
    desk = sit_down(library, disputed, clock)
    desk.look_at(1)
    clock.steady += 5000
    assert desk.settle(1, "claim") == Settlement(1, 1)
    clock.steady += 1000
    desk.reopen(1)
    assert [
        event.spent_ms
        for event in library.store.read_events(disputed.id)
        if event.kind is EventKind.SETTLE
    ] == [5250, 6500]


def test_letters_go_on_after_z_and_do_not_follow_the_names(
    library: Library, disputed: Document, clock: TickingClock
) -> None:
    letters = [_make_letter(number) for number in (0, 1, 25, 26, 27, 51, 52, 701, 702)]
    assert letters == ["A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"]
    seen = set()
    for number in range(8):
        document = put(library, article(2, title=f"Document {number}"))
        for who in ("ana", "ben", "cleo"):
            ids = CountingIds((1000 * (number + 1) + ord(who[0])) << 40)
            make_library(library.store, who, ids=ids).open(document).annotate(0, "claim")
        desk = sit_down(library, document, clock)
        seen.add("".join(desk.letter_of(who) for who in ("ana", "ben", "cleo")))
    assert len(seen) > 1
    assert all(sorted(letters) == ["A", "B", "C"] for letters in seen)


def test_a_reviewer_who_comes_later_gets_the_next_letter(
    library: Library, disputed: Document, clock: TickingClock
) -> None:
    desk = sit_down(library, disputed, clock)
    assert {desk.letter_of("ana"), desk.letter_of("ben")} == {"A", "B"}
    assert [desk.letter_of(name) for name in ("zoe", "yan", "zoe")] == ["C", "D", "C"]


def test_open_disputes_are_found_in_both_directions(
    library: Library, disputed: Document, clock: TickingClock
) -> None:
    desk = sit_down(library, disputed, clock)
    assert desk.disputes == [0, 1]
    assert [desk.find_open(index) for index in (0, 1, 2)] == [0, 1, None]
    assert [desk.find_open(index, backwards=True) for index in (3, 1, 0)] == [1, 1, 0]
    desk.settle(0, "claim")
    assert desk.find_open(0, backwards=True) is None
    assert (desk.find_open(0), desk.find_resumption()) == (1, 1)
    desk.settle(1, "claim")
    assert (desk.open, desk.find_resumption()) == (0, 1)


def test_a_rule_tells_what_it_came_to(
    library: Library, disputed: Document, clock: TickingClock
) -> None:
    lead = make_library(library.store, "lea", clock=clock)
    assert settle_by_rule(lead.store, disputed, Rule.MAJORITY, drafting=lead.drafting) == Outcome(
        disputed, {"claim": 1}, reopened=0, left=2
    )
    settled = [
        event for event in library.store.read_events(disputed.id) if event.kind is EventKind.SETTLE
    ]
    assert [(event.reviewer, str(event.value)) for event in settled] == [
        ("lea", "Settled(label='claim', note=None, rule=<Rule.UNANIMOUS: 'unanimous'>)")
    ]
