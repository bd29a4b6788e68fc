"""A lead at a document: what is disputed, what settles it, and that nobody's label is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator.errors import ActError, NothingToUndoError, UnknownNameError
from annotator.model.event import EventKind, Rule, Settled
from annotator.session.adjudicating import Adjudicating, find_next
from annotator.session.rules import decide, settle_by_rule
from annotator.session.telling import tell
from tests.builders import CountingIds, article, make_library, put

if TYPE_CHECKING:
    from annotator.model.document import Document
    from annotator.session import Library

REVIEWERS = ("ana", "ben", "cleo")

GIVEN = (
    ("claim", "claim", "claim"),
    ("claim", "denial", "background"),
    ("claim", "claim", "denial"),
    ("denial", "background", None),
    ("claim", None, None),
    (None, None, None),
)
"""By sentence: what Ana, Ben and Cleo call it."""


@pytest.fixture
def document(library: Library) -> Document:
    made = put(library, article(len(GIVEN)))
    for number, reviewer in enumerate(REVIEWERS):
        session = make_library(library.store, reviewer).open(made)
        for index, labels in enumerate(GIVEN):
            if labels[number] is not None:
                session.annotate(index, str(labels[number]))
    return made


@pytest.fixture
def lead(library: Library) -> Library:
    return make_library(library.store, "lea")


def sit_down(lead: Library, document: Document) -> Adjudicating:
    return Adjudicating(lead.store, document, scheme=lead.scheme, drafting=lead.drafting)


def come_back(lead: Library, reviewer: str) -> Library:
    """A reviewer's library once more, whose events are other ones than before."""
    first = int.from_bytes(reviewer.encode()[:4]) << 32
    return make_library(lead.store, reviewer, ids=CountingIds(first + 1000))


def given(lead: Library, document: Document) -> list[tuple[int, str, str]]:
    return list(lead.store.read_given_labels(document.id))


def settled(lead: Library, document: Document) -> dict[int, tuple[str, str | None, Rule | None]]:
    """What is settled, by what the store says, by index."""
    index = {s.span: s.index for s in lead.store.read_sentences(document.id)}
    found = lead.store.read_adjudications(document.id)
    return {index[one.span]: (one.label, one.note, one.rule) for one in found}


def test_only_what_reviewers_disagree_on_is_walked(lead: Library, document: Document) -> None:
    desk = sit_down(lead, document)
    assert desk.disputes == [1, 2, 3]
    assert desk.open == 3
    assert desk.find_resumption() == 1


def test_a_dispute_shows_every_opinion_under_the_same_letter_at_each_sentence(
    lead: Library, document: Document
) -> None:
    desk = sit_down(lead, document)
    letters: dict[str, str] = {}
    for index in desk.disputes:
        opinions = desk.read(index).opinions
        said = [one.annotation for one in opinions if one.annotation is not None]
        assert [desk.letter_of(one.reviewer) for one in said] == sorted(
            desk.letter_of(one.reviewer) for one in said
        )
        for one in said:
            assert letters.setdefault(one.reviewer, desk.letter_of(one.reviewer)) == (
                desk.letter_of(one.reviewer)
            )
    assert set(letters.values()) == {"A", "B", "C"}


def test_settling_is_the_leads_own_event_and_touches_no_label(
    lead: Library, document: Document
) -> None:
    before = given(lead, document)
    desk = sit_down(lead, document)
    desk.settle(1, "denial", note="  the quote\n denies ")
    desk.settle(3, "background")
    assert settled(lead, document) == {
        1: ("denial", "the quote denies", None),
        3: ("background", None, None),
    }
    assert given(lead, document) == before
    acts = [e for e in lead.store.read_events(document.id) if e.kind is EventKind.SETTLE]
    assert [(act.reviewer, act.value) for act in acts] == [
        ("lea", Settled("denial", "the quote denies", None)),
        ("lea", Settled("background", None, None)),
    ]
    assert (desk.open, desk.find_open(0), desk.find_resumption()) == (1, 2, 2)
    assert sit_down(lead, document).find_resumption() == 2


def test_the_same_key_twice_writes_one_event_and_keeps_the_reason(
    lead: Library, document: Document
) -> None:
    desk = sit_down(lead, document)
    desk.settle(1, "denial", note="why")
    assert desk.settle(1, "denial").sentences == 0
    desk.settle(1, "claim")
    assert settled(lead, document)[1] == ("claim", "why", None)
    desk.explain(1, "")
    assert settled(lead, document)[1] == ("claim", None, None)


def test_undo_and_redo_go_back_and_forth_without_limit_and_leave_labelling_alone(
    lead: Library, document: Document
) -> None:
    session = lead.open(document)
    session.annotate(5, "claim")
    desk = sit_down(lead, document)
    states = [settled(lead, document)]
    for index, label in ((1, "claim"), (2, "denial"), (1, "background")):
        desk.settle(index, label)
        states.append(settled(lead, document))
    desk.reopen(2)
    states.append(settled(lead, document))
    for state in reversed(states[:-1]):
        desk.undo()
        assert settled(lead, document) == state
        assert {i for i in range(len(GIVEN)) if desk.label_of(i)} == state.keys()
    with pytest.raises(NothingToUndoError):
        desk.undo()
    for state in states[1:]:
        desk.redo()
        assert settled(lead, document) == state
    with pytest.raises(NothingToUndoError):
        desk.redo()
    session.undo()
    assert settled(lead, document) == states[-1]


def test_the_history_says_what_was_taken_back_and_put_back(
    lead: Library, document: Document
) -> None:
    desk = sit_down(lead, document)
    desk.settle(1, "denial", note="the quote")
    desk.undo()
    desk.redo()
    desk.undo()

    told = tell(lead.store, document, reviewer="lea")
    assert [(line.kind.value, line.what, line.undone) for line in told[:4]] == [
        ("retract", "taken back: sentence 2: denial, the quote", False),
        ("reinstate", "put back: sentence 2: denial, the quote", False),
        ("retract", "taken back: sentence 2: denial, the quote", False),
        ("settle", "sentence 2: denial, the quote", True),
    ]


def test_a_settled_sentence_stays_in_the_walk_even_once_reviewers_agree(
    lead: Library, document: Document
) -> None:
    desk = sit_down(lead, document)
    desk.settle(2, "denial")
    come_back(lead, "cleo").open(document).annotate(2, "claim")
    desk.look_again()
    assert desk.disputes == [1, 2, 3]
    assert not desk.is_open(2)
    assert desk.label_of(2) == "denial"


def test_what_the_lead_has_not_seen_is_not_settled(lead: Library, document: Document) -> None:
    desk = sit_down(lead, document)
    desk.look_at(2)
    make_library(lead.store, "zoe").open(document).join(1)
    with pytest.raises(ActError, match="another one now"):
        desk.settle(2, "claim")
    assert settled(lead, document) == {}


def test_what_cannot_be_settled_is_refused(lead: Library, document: Document) -> None:
    desk = sit_down(lead, document)
    with pytest.raises(UnknownNameError):
        desk.settle(1, "opinion")
    with pytest.raises(ActError, match="no sentence 99"):
        desk.settle(98, "claim")
    with pytest.raises(ActError, match="not settled yet"):
        desk.explain(1, "why")
    assert desk.reopen(1).sentences == 0


# -- by rule


@pytest.mark.parametrize(
    ("labels", "rule", "decided"),
    [
        ("c", Rule.MAJORITY, None),
        ("cc", Rule.UNANIMOUS, ("c", Rule.UNANIMOUS)),
        ("cc", Rule.MAJORITY, ("c", Rule.UNANIMOUS)),
        ("ccd", Rule.UNANIMOUS, None),
        ("ccd", Rule.MAJORITY, ("c", Rule.MAJORITY)),
        ("cd", Rule.MAJORITY, None),
        ("ccdb", Rule.MAJORITY, None),
        ("", Rule.MAJORITY, None),
    ],
)
def test_a_rule_needs_two_reviewers_and_a_majority_more_than_half(
    labels: str, rule: Rule, decided: tuple[str, Rule] | None
) -> None:
    assert decide(dict(enumerate_names(labels)), rule) == decided


def enumerate_names(labels: str) -> list[tuple[str, str]]:
    return [(f"reviewer {number}", label) for number, label in enumerate(labels)]


def test_unanimous_ones_settle_by_rule_and_say_so_and_one_undo_takes_them_back(
    lead: Library, document: Document
) -> None:
    outcome = settle_by_rule(lead.store, document, Rule.UNANIMOUS, drafting=lead.drafting)
    assert (outcome.settled, outcome.left) == ({"claim": 1}, 3)
    assert settled(lead, document) == {0: ("claim", None, Rule.UNANIMOUS)}
    outcome = settle_by_rule(lead.store, document, Rule.MAJORITY, drafting=lead.drafting)
    assert (outcome.settled, outcome.left) == ({"claim": 1}, 2)
    desk = sit_down(lead, document)
    assert (desk.disputes, desk.open) == ([1, 2, 3], 2)
    desk.undo()
    desk.undo()
    assert settled(lead, document) == {}
    assert desk.redo().index == 0


def test_a_rule_never_takes_the_place_of_what_a_lead_settled(
    lead: Library, document: Document
) -> None:
    sit_down(lead, document).settle(2, "background", note="by hand")
    settle_by_rule(lead.store, document, Rule.MAJORITY, drafting=lead.drafting)
    assert settled(lead, document)[2] == ("background", "by hand", None)


def test_what_a_rule_settled_and_would_not_any_more_is_open_and_goes_with_the_next_run(
    lead: Library, document: Document
) -> None:
    settle_by_rule(lead.store, document, Rule.MAJORITY, drafting=lead.drafting)
    ana = come_back(lead, "ana").open(document)
    ana.annotate(2, "denial")
    ana.annotate(0, "denial")
    come_back(lead, "ben").open(document).annotate(0, "background")
    desk = sit_down(lead, document)
    assert desk.disputes == [0, 1, 2, 3]
    assert desk.open == 4
    assert desk.read(2).is_stale
    outcome = settle_by_rule(lead.store, document, Rule.MAJORITY, drafting=lead.drafting)
    assert (outcome.settled, outcome.reopened, outcome.left) == ({"denial": 1}, 1, 3)
    assert settled(lead, document) == {2: ("denial", None, Rule.MAJORITY)}
    again = settle_by_rule(lead.store, document, Rule.MAJORITY, drafting=lead.drafting)
    assert (again.settled, again.reopened) == ({}, 0)


def test_the_next_document_is_the_first_with_something_open(
    lead: Library, document: Document
) -> None:
    calm = put(lead, article(2, title="Calm"))

    def find() -> Adjudicating | None:
        return find_next([calm, document], lambda it: sit_down(lead, it), lead.store)

    found = find()
    assert found is not None
    assert found.document.id == document.id
    for index in found.disputes:
        found.settle(index, "claim")
    assert find() is None
