"""What programs suggest, what leads settle and who is to label what, in every store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model.assignment import Assignment
from annotator.model.event import Assigned, EventKind, Rule, Settled, Suggested
from annotator.model.span import Span
from tests.store.desk import Desk

if TYPE_CHECKING:
    from annotator.store.base import Store


# -- suggestions


def suggest(desk: Desk, index: int, label: str | None, *, program: str = "model") -> None:
    value = Suggested(program, label, None, ())
    desk.append(desk.draft(EventKind.SUGGEST, value, index=index))


def test_of_one_programs_suggestions_the_newest_counts(desk: Desk) -> None:
    suggest(desk, 1, "claim")
    suggest(desk, 1, "denial")
    suggest(desk, 1, "background", program="another")
    suggest(desk, 0, "claim")
    spans = [sentence.span for sentence in desk.sentences]
    assert [(one.span, one.program, one.label) for one in desk.store.read_suggestions(desk.id)] == [
        (spans[0], "model", "claim"),
        (spans[1], "another", "background"),
        (spans[1], "model", "denial"),
    ]


def test_a_place_shows_the_newest_suggestion_of_all(desk: Desk) -> None:
    suggest(desk, 1, "claim", program="z")
    suggest(desk, 1, "denial", program="a")
    shown = [
        place.suggestion and (place.suggestion.program, place.suggestion.label)
        for place in desk.store.read_places(desk.id, reviewer="ana", first=0, count=5)
    ]
    assert shown == [None, ("a", "denial"), None, None, None]


def test_a_suggestion_is_no_word_of_anybody(desk: Desk) -> None:
    suggest(desk, 1, "claim")
    assert list(desk.store.read_annotations(desk.id)) == []
    assert desk.store.find_last_document("ana") is None
    assert desk.store.find_last_act(desk.id, reviewer="ana") is None
    desk.label(0, "claim")
    suggest(desk, 1, "claim")
    assert desk.store.find_last_act(desk.id, reviewer="ana") == 0


# -- settlements


def settle(desk: Desk, *indexes: int, label: str | None = "claim", rule: Rule | None = None) -> int:
    """Settle sentences in one step; its number."""
    first = desk.number + 1
    desk.append(
        *(
            desk.draft(
                EventKind.SETTLE,
                Settled(label, None, rule),
                index=index,
                reviewer="lea",
                step=first,
            )
            for index in indexes
        )
    )
    return first


def read_settled(desk: Desk, within: Span | None = None) -> list[int]:
    starts = [sentence.span.start for sentence in desk.sentences]
    found = desk.store.read_adjudications(desk.id, within=within)
    return [starts.index(one.span.start) for one in found]


def test_what_is_settled_is_read_of_all_or_of_a_stretch(desk: Desk) -> None:
    settle(desk, 3, 0, 1, rule=Rule.UNANIMOUS)
    spans = [sentence.span for sentence in desk.sentences]
    assert read_settled(desk) == [0, 1, 3]
    assert read_settled(desk, Span(spans[1].start, spans[3].start)) == [1]
    assert read_settled(desk, Span(spans[1].start, spans[3].start + 1)) == [1, 3]
    assert read_settled(desk, Span(spans[0].start + 1, spans[1].start)) == []
    (first, *_) = desk.store.read_adjudications(desk.id)
    assert (first.reviewer, first.label, first.rule) == ("lea", "claim", Rule.UNANIMOUS)


def test_a_step_of_many_settlements_is_taken_back_and_put_back_whole(store: Store) -> None:
    desk = Desk(store, sentences=70)
    few = settle(desk, 60, label="denial")
    many = settle(desk, *range(55))
    assert read_settled(desk) == [*range(55), 60]
    for kind, expected in (
        (EventKind.RETRACT, [60]),
        (EventKind.REINSTATE, [*range(55), 60]),
    ):
        desk.append(desk.draft(kind, index=0, reviewer="lea", target=many))
        assert read_settled(desk) == expected
    desk.append(desk.draft(EventKind.RETRACT, index=60, reviewer="lea", target=few))
    assert read_settled(desk) == list(range(55))


def test_settling_is_work_and_yet_no_labelling(desk: Desk) -> None:
    desk.label(0, "claim", reviewer="lea")
    act = settle(desk, 3)
    assert desk.store.find_last_act(desk.id, reviewer="lea") == 0
    desk.append(desk.draft(EventKind.RETRACT, index=3, reviewer="lea", target=act))
    desk.append(desk.draft(EventKind.REINSTATE, index=3, reviewer="lea", target=act))
    assert desk.store.find_last_act(desk.id, reviewer="lea") == 0
    found = desk.store.find_last_document("lea")
    assert found is not None
    assert found.id == desk.id


def test_disputed_is_what_two_gave_different_labels(desk: Desk) -> None:
    for reviewer, labels in (
        ("ana", ("claim", "claim", None, "denial")),
        ("ben", ("claim", "denial", "claim", "claim")),
        ("cem", ("claim", None, None, "background")),
    ):
        for index, label in enumerate(labels):
            desk.label(index, label, reviewer=reviewer)
    assert desk.store.find_disputed(desk.id) == [1, 3]
    settle(desk, 1)
    assert desk.store.find_disputed(desk.id) == [1, 3]


def test_given_labels_come_by_sentence_and_reviewer(desk: Desk) -> None:
    desk.label(2, "claim", reviewer="ben")
    desk.label(2, "denial")
    desk.label(0, "claim", reviewer="cem")
    desk.append(desk.draft(EventKind.NOTE, "no label", index=1))
    starts = [sentence.span.start for sentence in desk.sentences]
    assert list(desk.store.read_given_labels(desk.id)) == [
        (starts[0], "cem", "claim"),
        (starts[2], "ana", "denial"),
        (starts[2], "ben", "claim"),
    ]


# -- assignments


def assign(desk: Desk, reviewer: str, *, again: bool = False, withdrawn: bool = False) -> None:
    value = Assigned(reviewer, again=again, withdrawn=withdrawn)
    desk.append(desk.draft(EventKind.ASSIGN, value, reviewer="lea"))


def test_assignments_come_by_document_and_reviewer(store: Store) -> None:
    first, second = Desk(store), Desk(store, sentences=2)
    second.number = 100
    for desk in (first, second):
        for reviewer in ("ben", "ana"):
            assign(desk, reviewer)
        assign(desk, "ana", again=True)
    assert store.list_assignments() == [
        Assignment(id_, reviewer, again)
        for id_ in sorted([first.id, second.id])
        for reviewer, again in (("ana", False), ("ana", True), ("ben", False))
    ]


def test_an_assignment_may_be_withdrawn_and_given_again(desk: Desk) -> None:
    assign(desk, "ana")
    assign(desk, "ana")
    assign(desk, "ana", again=True)
    assert len(desk.store.list_assignments()) == 2
    assign(desk, "ana", again=True, withdrawn=True)
    assert desk.store.list_assignments() == [Assignment(desk.id, "ana", again=False)]
    assign(desk, "ana", withdrawn=True)
    assign(desk, "ben", withdrawn=True)
    assert desk.store.list_assignments() == []
    assign(desk, "ana")
    assert desk.store.list_assignments() == [Assignment(desk.id, "ana", again=False)]


# -- speakers


def test_of_speakers_named_as_often_the_newest_comes_first(desk: Desk) -> None:
    for index, name in ((0, "a"), (1, "b"), (2, "c"), (3, "c"), (4, "a")):
        desk.append(desk.draft(EventKind.SPEAKER, name, index=index))
    assert desk.store.list_speakers(desk.id, reviewer="ana") == ["a", "c", "b"]
    desk.append(desk.draft(EventKind.SPEAKER, "b", index=0))
    assert desk.store.list_speakers(desk.id, reviewer="ana") == ["b", "c", "a"]
    assert desk.store.list_speakers(desk.id, reviewer="ben") == []


# -- the library


def test_whatever_is_no_work_is_not_the_document_worked_on_last(store: Store) -> None:
    first, second = Desk(store), Desk(store, sentences=2)
    second.number = 100
    first.label(0, "claim")
    second.append(second.draft(EventKind.SEEN, index=0))
    suggest(second, 0, "claim")
    assign(second, "ana")
    found = store.find_last_document("ana")
    assert found is not None
    assert found.id == first.id
    second.label(0, "claim")
    found = store.find_last_document("ana")
    assert found is not None
    assert found.id == second.id


def test_everyone_who_has_done_anything_is_listed_by_name(desk: Desk) -> None:
    assert desk.store.list_reviewers() == []
    for reviewer in ("zoë", "ben", "Ana", "ben"):
        desk.label(0, "claim", reviewer=reviewer)
    assert desk.store.list_reviewers() == ["Ana", "ben", "zoë"]


def test_efforts_come_oldest_first_with_what_they_took(desk: Desk) -> None:
    made = [desk.label(0, "claim"), desk.label(1, "denial", reviewer="ben")]
    desk.label(0, None)
    made.append(desk.label(0, "claim"))
    found = [
        (effort.document_id, effort.reviewer, effort.time, effort.spent_ms)
        for effort in desk.store.read_efforts()
    ]
    assert found == [(desk.id, one.reviewer, one.time, one.spent_ms) for one in made]
