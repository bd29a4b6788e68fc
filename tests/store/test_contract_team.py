"""What leads settle, the same over every store: it is the fold of the log, whatever happens."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from functools import partial
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import ActError, NothingToUndoError
from annotator.model.adjudication import fold_settled
from annotator.model.event import EventKind, Rule, Settled
from annotator.model.span import Span
from annotator.session.adjudicating import Adjudicating
from annotator.session.rules import settle_by_rule
from annotator.store.memory import MemoryStore
from annotator.store.sqlite import SqliteStore
from tests.builders import TickingClock, article, make_library, put

if TYPE_CHECKING:
    from annotator.model.adjudication import Adjudication
    from annotator.model.event import Event
    from annotator.session import Library
    from annotator.store.base import Store
    from tests.store.desk import Desk


def settle(desk: Desk, index: int, label: str | None, *, by: str = "lea") -> Event:
    value = Settled(label, None, None)
    return desk.append(desk.draft(EventKind.SETTLE, value, index=index, reviewer=by))[0]


def turn(desk: Desk, kind: EventKind, act: Event) -> None:
    draft = replace(desk.draft(kind, reviewer=act.reviewer), span=act.span, target=act.step)
    desk.append(draft)


def standing(desk: Desk) -> list[tuple[str, str]]:
    """What is settled, by the sentence's text, and by whom; and that it is the fold of the log."""
    found = list(desk.store.read_adjudications(desk.id))
    assert found == fold(desk.store, desk.id)
    return [(one.label, one.reviewer) for one in found]


def fold(store: Store, document_id: str) -> list[Adjudication]:
    spans = [sentence.span for sentence in store.read_sentences(document_id)]
    return list(fold_settled(store.read_events(document_id), spans).values())


def test_what_somebody_said_in_a_second_pass_makes_no_dispute(desk: Desk) -> None:
    for reviewer, labels in (
        ("ana", ("claim", "claim", "claim")),
        ("ana (again)", ("claim", "denial", "denial")),
        ("ben", ("claim", "claim", "background")),
    ):
        for index, label in enumerate(labels):
            desk.label(index, label, reviewer=reviewer)
    assert desk.store.find_disputed(desk.id) == [2]


def test_a_settlement_is_retracted_and_reinstated(desk: Desk) -> None:
    first = settle(desk, 1, "claim")
    assert standing(desk) == [("claim", "lea")]
    turn(desk, EventKind.RETRACT, first)
    assert standing(desk) == []
    turn(desk, EventKind.REINSTATE, first)
    assert standing(desk) == [("claim", "lea")]
    settle(desk, 1, None)
    assert standing(desk) == []


def test_of_two_leads_the_newer_counts_and_a_retraction_gives_way_to_the_other(desk: Desk) -> None:
    settle(desk, 1, "claim")
    second = settle(desk, 1, "denial", by="max")
    assert standing(desk) == [("denial", "max")]
    turn(desk, EventKind.RETRACT, second)
    assert standing(desk) == [("claim", "lea")]


def test_nobodys_label_moves(desk: Desk) -> None:
    desk.label(1, "denial")
    desk.label(1, "background", reviewer="ben")
    before = list(desk.store.read_annotations(desk.id))
    settle(desk, 1, "claim")
    assert list(desk.store.read_annotations(desk.id)) == before
    assert desk.store.find_disputed(desk.id) == [1]


@pytest.fixture
def lead(store: Store) -> Library:
    return make_library(store, "lea")


def test_what_was_settled_follows_a_split_and_a_join(lead: Library) -> None:
    document = put(lead, article(4))
    session = lead.open(document)
    desk = Adjudicating(lead.store, document, scheme=lead.scheme, drafting=lead.drafting)

    def labels() -> list[str]:
        assert list(lead.store.read_adjudications(document.id)) == fold(lead.store, document.id)
        return [one.label for one in lead.store.read_adjudications(document.id)]

    desk.settle(1, "claim")
    session.split(1, 4)
    assert labels() == ["claim", "claim"]
    desk.look_again()
    desk.settle(2, "denial")
    assert labels() == ["claim", "denial"]
    session.undo()
    assert labels() == []
    session.redo()
    assert labels() == ["claim", "denial"]
    session.join(2)
    assert labels() == ["claim", "denial"]
    desk.look_again()
    desk.settle(2, "background")
    session.undo()
    assert labels() == ["claim", "background", "background"]


ACTS = st.tuples(
    st.sampled_from(["settle", "reopen", "undo", "redo", "rule", "label", "split", "join", "back"]),
    st.integers(0, 3),
    st.sampled_from(["claim", "denial", "background"]),
    st.sampled_from(["lea", "max"]),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(ACTS, max_size=25))
def test_state_is_the_fold_of_the_log_whatever_leads_and_reviewers_do(
    acts: list[tuple[str, int, str, str]],
) -> None:
    with TemporaryDirectory() as folder:
        for store in (MemoryStore(), SqliteStore.open(f"{folder}/annotator.db")):
            _do_all(store, acts)


def _do_all(store: Store, acts: list[tuple[str, int, str, str]]) -> None:
    with closing(store):
        first = make_library(store, "lea")
        document = put(first, article(4))
        libraries = {"lea": first, "max": make_library(store, "max", clock=TickingClock())}
        for kind, index, label, who in acts:
            _act(libraries[who], document.id, kind, index, label)
            assert list(store.read_adjudications(document.id)) == fold(store, document.id)
        before = list(store.read_adjudications(document.id))
        store.transact(partial(store.refold, document.id))
        assert list(store.read_adjudications(document.id)) == before


def _act(library: Library, document_id: str, kind: str, index: int, label: str) -> None:
    store = library.store
    document = library.resolve(document_id)
    session = library.open(document)
    desk = Adjudicating(store, document, scheme=library.scheme, drafting=library.drafting)
    try:
        match kind:
            case "settle":
                desk.settle(index, label)
            case "reopen":
                desk.reopen(index)
            case "undo":
                desk.undo()
            case "redo":
                desk.redo()
            case "rule":
                settle_by_rule(store, document, Rule.MAJORITY, drafting=library.drafting)
            case "label":
                session.annotate(index, label)
            case "split":
                session.split(index, 4)
            case "join":
                session.join(index)
            case "back":
                session.undo()
    except (ActError, NothingToUndoError):
        return


# -- the fold alone


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTS, max_size=20), st.integers(0, 2**32))
def test_what_is_settled_depends_on_the_set_of_events_alone(
    acts: list[tuple[str, int, str, str]], seed: int
) -> None:
    store = MemoryStore()
    libraries = {who: make_library(store, who) for who in ("lea", "max")}
    document = put(libraries["lea"], article(4))
    for kind, index, label, who in acts:
        _act(libraries[who], document.id, kind, index, label)
    events = list(store.read_events(document.id))
    spans = [sentence.span for sentence in store.read_sentences(document.id)]
    shuffled = [*events, *events[:3]]
    Random(seed).shuffle(shuffled)
    Random(seed).shuffle(spans)
    unique = list({event.id: event for event in shuffled}.values())
    assert list(fold_settled(unique, spans).items()) == list(
        fold_settled(events, sorted(spans)).items()
    )


def test_a_joined_sentence_is_settled_as_its_parts_where_they_agree(desk: Desk) -> None:
    settle(desk, 0, "claim")
    settle(desk, 1, "claim", by="max")
    newest = settle(desk, 0, "claim")
    spans = [sentence.span for sentence in desk.sentences]
    whole = Span(spans[0].start, spans[1].end)
    (found,) = fold_settled(desk.store.read_events(desk.id), [whole]).values()
    assert (found.label, found.reviewer, found.created_at) == ("claim", "lea", newest.time)
