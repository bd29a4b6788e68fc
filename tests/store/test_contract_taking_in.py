"""Events that were committed elsewhere, taken into every store."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotator.errors import NotSavedError
from annotator.model.assignment import Assignment
from annotator.model.event import (
    Assigned,
    Denied,
    EventKind,
    Imported,
    Renamed,
    Settled,
    Suggested,
    commit,
)
from annotator.model.layout import write_layout
from annotator.store import sql_refolding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.model.event import Event
    from tests.store.desk import Desk

DERIVED = "018bd12c-58b0-8aaa-8aaa-{:012d}"
"""An id that comes from a content: a UUIDv8."""


def take_in(desk: Desk, events: Sequence[Event]) -> int:
    return desk.store.transact(lambda: desk.store.take_in(events))


def import_here(desk: Desk) -> Event:
    layout = write_layout((one.paragraph, one.span) for one in desk.sentences)
    origin = Imported("The harbour", None, None, None, "en", None, layout)
    return desk.append(desk.draft(EventKind.IMPORT, origin))[0]


def make_theirs(desk: Desk, count: int, *, first: int = 10) -> list[Event]:
    return [
        commit(desk.draft(EventKind.LABEL, "claim", index=number % 5, reviewer="ben"), number)
        for number in range(first, first + count)
    ]


def test_only_what_was_not_here_is_counted(desk: Desk) -> None:
    theirs = make_theirs(desk, 4)
    assert take_in(desk, []) == 0
    assert take_in(desk, theirs[:3]) == 3
    assert take_in(desk, theirs[1:]) == 1
    assert take_in(desk, theirs) == 0
    assert list(desk.store.read_events(desk.id)) == theirs
    assert list(desk.store.read_log()) == theirs


@pytest.mark.parametrize("together", [1, 2, 3, 4, 5, 7])
def test_however_many_are_looked_for_at_a_time_all_are_taken_in(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    monkeypatch.setattr(sql_refolding, "_TOGETHER", together)
    theirs = make_theirs(desk, 6)
    assert take_in(desk, theirs[2:4]) == 2
    assert take_in(desk, theirs) == 4
    assert list(desk.store.read_events(desk.id)) == theirs


def test_events_stand_where_they_stood_there(desk: Desk) -> None:
    here = [desk.label(index, "denial") for index in range(3)]
    theirs = make_theirs(desk, 3, first=2)
    take_in(desk, theirs)
    assert list(desk.store.read_log()) == sorted([*here, *theirs], key=lambda one: one.order)
    assert desk.label(0, "claim").counter == 5


@pytest.mark.parametrize("is_theirs_earlier", [True, False])
def test_of_an_event_in_both_logs_the_earlier_place_counts(
    desk: Desk, *, is_theirs_earlier: bool
) -> None:
    (here,) = make_theirs(desk, 1, first=7)
    assert take_in(desk, [here]) == 1
    there = replace(here, counter=3 if is_theirs_earlier else 9)
    assert take_in(desk, [there]) == 0
    assert list(desk.store.read_log()) == [there if is_theirs_earlier else here]


def test_an_event_that_comes_from_a_content_is_the_earlier_one_whole(desk: Desk) -> None:
    (made,) = make_theirs(desk, 1, first=7)
    here = replace(made, id=DERIVED.format(1), step=DERIVED.format(1))
    there = replace(
        here,
        counter=3,
        time="2026-11-20T10:00:00Z",
        value="denial",
        step=DERIVED.format(2),
        guideline="f" * 16,
        spent_ms=99,
        target=made.id,
    )
    assert take_in(desk, [here]) == 1
    assert take_in(desk, [there]) == 0
    assert list(desk.store.read_log()) == [there]
    assert take_in(desk, [here]) == 0
    assert list(desk.store.read_log()) == [there]


def test_two_different_events_of_one_id_are_refused_and_nothing_changes(desk: Desk) -> None:
    theirs = make_theirs(desk, 3)
    take_in(desk, theirs[:1])
    with pytest.raises(NotSavedError) as caught:
        take_in(desk, [theirs[1], replace(theirs[0], value="denial"), theirs[2]])
    assert str(caught.value) == (
        f"The last change was not saved. The event {theirs[0].id} is in both databases and says"
        " different things: one of them was changed by hand; run 'annotator verify' on each."
    )
    assert list(desk.store.read_log()) == theirs[:1]


def test_events_of_no_document_are_taken_in_as_well(desk: Desk) -> None:
    (renaming, assigning) = (
        commit(replace(desk.draft(EventKind.RENAME, Renamed("ben", "bea")), document_id=None), 20),
        commit(desk.draft(EventKind.ASSIGN, Assigned("ben", again=False, withdrawn=False)), 21),
    )
    theirs = [*make_theirs(desk, 2), renaming, assigning]
    assert take_in(desk, theirs) == 4
    assert list(desk.store.read_library_log()) == [renaming, assigning]
    assert desk.store.transact(desk.store.refold_names) == {desk.id}
    assert desk.store.resolve_reviewer("ben") == "bea"
    assert desk.store.list_assignments() == [Assignment(desk.id, "bea", again=False)]
    assert {event.reviewer for event in desk.store.read_log()} == {"ana", "ben"}


def test_all_that_is_said_follows_from_the_log_anew(desk: Desk) -> None:
    store = desk.store
    import_here(desk)
    spans = [sentence.span for sentence in desk.sentences]
    twin = [
        desk.draft(EventKind.LABEL, "denial", index=2, reviewer="ben"),
        desk.draft(EventKind.DENIES, Denied("denial", (spans[0],)), index=2, reviewer="ben"),
        desk.draft(EventKind.SUGGEST, Suggested("model", "claim", None, (spans[4],)), index=1),
        desk.draft(EventKind.SETTLE, Settled("claim", "sure", None), index=3, reviewer="lea"),
        desk.draft(EventKind.ASSIGN, Assigned("cem", again=True, withdrawn=False)),
    ]
    take_in(desk, [commit(one, number) for number, one in enumerate(twin, 50)])
    store.transact(lambda: store.refold(desk.id))
    (annotation,) = store.read_annotations(desk.id)
    assert (annotation.reviewer, annotation.label) == ("ben", "denial")
    assert annotation.denies == (spans[0],)
    assert list(store.read_given_links(desk.id)) == [(spans[2].start, "ben", spans[0].start)]
    assert list(store.read_given_labels(desk.id)) == [(spans[2].start, "ben", "denial")]
    (suggestion,) = store.read_suggestions(desk.id)
    assert (suggestion.span, suggestion.program) == (spans[1], "model")
    assert suggestion.denies == (spans[4],)
    (settled,) = store.read_adjudications(desk.id)
    assert (settled.span, settled.label, settled.note) == (spans[3], "claim", "sure")
    assert store.list_assignments() == [Assignment(desk.id, "cem", again=True)]
    place = store.read_places(desk.id, reviewer="ana", first=1, count=1)[0]
    assert place.suggestion == suggestion


def test_a_document_that_was_cut_otherwise_there_is_cut_as_the_earlier_import_has_it(
    desk: Desk,
) -> None:
    store = desk.store
    text = store.read_text(desk.id)
    desk.number += 1  # so that the import here does not stand first
    desk.label(0, "claim")
    import_here(desk)
    halves = [(0, desk.sentences[0].span), (1, desk.sentences[1].span)]
    origin = Imported("Elsewhere", "a.txt", "Zoë", "2026", "de", None, write_layout(halves))
    earlier = commit(desk.draft(EventKind.IMPORT, origin, reviewer="ben"), 1)
    take_in(desk, [earlier])
    store.transact(lambda: store.refold(desk.id))
    found = [(one.index, one.paragraph, one.span) for one in store.read_sentences(desk.id)]
    assert found == [(at, paragraph, span) for at, (paragraph, span) in enumerate(halves)]
    assert all(
        text[one.span.start : one.span.end] == one.text for one in store.read_sentences(desk.id)
    )
    (document,) = store.find_documents(desk.id, limit=9)
    assert document == replace(
        desk.document,
        title="Elsewhere",
        source="a.txt",
        author="Zoë",
        published="2026",
        language="de",
        imported_at=earlier.time,
        sentence_count=2,
    )
    assert [hit.index for hit in store.search("part 2", limit=9)] == [1]
    assert store.search("part 5", limit=9) == []
