"""What is said of sentences that are split and joined."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.errors import StoreError
from annotator.model.annotation import Annotation, aim, apply, fold, fold_cut
from annotator.model.event import Denied, Event, EventKind, Given, Recut, Value
from annotator.model.span import Span
from tests.builders import event

ONE, TWO, THREE = Span(0, 5), Span(6, 12), Span(14, 20)
BOTH = Span(0, 12)
CUT = [(0, ONE), (0, TWO), (0, THREE)]
STRENGTH = ("denial", "claim")


def say(
    number: int,
    value: Value,
    span: Span,
    *,
    kind: EventKind = EventKind.LABEL,
    reviewer: str = "ana",
) -> Event:
    return event(kind, value, number=number, span=span, reviewer=reviewer)


def join(number: int) -> Event:
    return event(EventKind.JOIN, Recut((ONE, TWO), STRENGTH), number=number, span=BOTH)


def split(number: int) -> Event:
    return event(EventKind.SPLIT, Recut((ONE, TWO)), number=number, span=BOTH)


def labels_of(log: list[Event], cut: list[tuple[int, Span]]) -> dict[Span, tuple[str | None, bool]]:
    return {span: (said.label, said.unsure) for (_, span), said in fold(log, cut=cut).items()}


def test_what_was_said_of_a_whole_is_said_of_both_halves() -> None:
    log = [
        say(1, "claim", BOTH),
        say(2, "why", BOTH, kind=EventKind.NOTE),
        say(3, "denial", BOTH, reviewer="ben"),
        split(4),
        say(5, "background", TWO),
    ]
    cutting, state = fold_cut(log, cut=[(0, BOTH), (0, THREE)])
    assert cutting is not None
    assert list(cutting) == CUT
    claim = Annotation(ONE, "ana", "claim", None, "why", False, (), log[0].time, log[1].time)
    assert state == {
        ("ana", ONE): claim,
        ("ana", TWO): replace(claim, span=TWO, label="background", updated_at=log[4].time),
        ("ben", ONE): Annotation(
            ONE, "ben", "denial", None, None, False, (), log[2].time, log[2].time
        ),
        ("ben", TWO): Annotation(
            TWO, "ben", "denial", None, None, False, (), log[2].time, log[2].time
        ),
    }


@pytest.mark.parametrize(
    ("first", "second", "label", "unsure"),
    [
        ("claim", "denial", "denial", True),
        ("denial", "claim", "denial", True),
        ("background", "claim", "claim", True),
        ("claim", "background", "claim", True),
        ("background", "other", "background", True),
        ("claim", "claim", "claim", False),
        ("claim", None, "claim", False),
        (None, "claim", "claim", False),
    ],
)
def test_the_stronger_of_two_labels_stays_and_two_are_flagged(
    first: str | None, second: str | None, label: str, unsure: bool
) -> None:
    log = [
        say(number, value, span)
        for number, value, span in ((1, first, ONE), (2, second, TWO))
        if value is not None
    ]
    expected = {BOTH: (label, unsure)}
    assert labels_of([*log, join(3)], CUT) == expected
    again = {ONE: (label, unsure), TWO: (label, unsure)}
    assert labels_of([*log, join(3), split(4)], CUT) == again


def test_two_that_became_one_keep_all_texts_flags_times_and_links_of_their_label() -> None:
    log = [
        say(1, "denial", ONE),
        say(2, "claim", TWO),
        say(3, "the mayor", ONE, kind=EventKind.SPEAKER),
        say(4, "the clerk", TWO, kind=EventKind.SPEAKER),
        say(5, "same", ONE, kind=EventKind.NOTE),
        say(6, "same", TWO, kind=EventKind.NOTE),
        say(7, Denied("denial", (THREE, TWO)), ONE, kind=EventKind.DENIES),
        say(8, Denied("claim", (Span(30, 40),)), TWO, kind=EventKind.DENIES),
        join(9),
    ]
    _, state = fold_cut(log, cut=CUT)
    assert state == {
        ("ana", BOTH): Annotation(
            *(BOTH, "ana", "denial", "the mayor / the clerk", "same", True, (TWO, THREE)),
            log[0].time,
            log[7].time,
        )
    }
    assert fold(log, cut=CUT)["ana", BOTH].denies == (THREE,)


@pytest.mark.parametrize("flagged", [ONE, TWO])
def test_a_flag_on_either_stays(flagged: Span) -> None:
    log = [
        say(1, "claim", ONE),
        say(2, "claim", TWO),
        say(3, True, flagged, kind=EventKind.UNSURE),
        join(4),
    ]
    assert labels_of(log, CUT) == {BOTH: ("claim", True)}


def test_without_a_cut_every_span_is_a_sentence_and_splits_and_joins_go_by_their_word() -> None:
    log = [say(1, "claim", ONE), say(2, "denial", THREE), join(3)]
    assert fold_cut(log, cut=None)[0] is None
    assert {span for _, span in fold(log)} == {BOTH, THREE}
    assert {span for _, span in fold([*log, split(4)])} == {ONE, TWO, THREE}


def test_a_boundary_that_cannot_be_put_or_taken_changes_nothing() -> None:
    log = [say(1, "claim", ONE), say(2, "denial", TWO)]
    assert labels_of([*log, split(3)], CUT) == labels_of(log, CUT)
    apart = [(0, ONE), (1, TWO), (1, THREE)]
    assert labels_of([*log, join(3)], apart) == labels_of(log, CUT)


def test_what_is_said_of_a_part_counts_for_the_whole_and_takes_nothing_away() -> None:
    whole = [(0, BOTH), (0, THREE)]
    said = say(1, "claim", BOTH)
    assert labels_of([say(1, "claim", ONE)], whole) == {BOTH: ("claim", False)}
    assert labels_of([said, say(2, None, ONE)], whole) == {BOTH: ("claim", False)}
    assert labels_of([said, say(2, "denial", ONE)], whole) == {BOTH: ("claim", True)}
    # Of each part the last word counts, and a word on the whole ends what was said of parts.
    corrected = [said, say(2, "denial", ONE), say(3, "claim", ONE)]
    assert labels_of(corrected, whole) == {BOTH: ("claim", False)}
    both_parts = [*corrected, say(4, "denial", TWO), say(5, None, TWO)]
    assert labels_of(both_parts, whole) == {BOTH: ("claim", False)}
    ended = [said, say(2, "denial", ONE), say(3, "background", BOTH), say(4, "background", ONE)]
    assert labels_of(ended, whole) == {BOTH: ("background", True)}
    assert labels_of([say(1, "claim", ONE), say(2, None, ONE)], whole) == {}
    others = [say(1, "claim", ONE), say(2, "denial", TWO, reviewer="ben")]
    found = fold(others, cut=whole)
    assert {key: said.label for key, said in found.items()} == {
        ("ana", BOTH): "claim",
        ("ben", BOTH): "denial",
    }


def test_what_is_said_of_a_whole_that_was_split_goes_to_its_halves() -> None:
    assert labels_of([say(1, "claim", BOTH)], CUT) == {ONE: ("claim", False), TWO: ("claim", False)}
    assert labels_of([say(1, "claim", Span(40, 50))], CUT) == {}


def test_links_aim_at_the_sentences_that_hold_what_they_were_made_to() -> None:
    said = Annotation(ONE, "ana", "denial", None, None, False, (Span(7, 8), THREE), "t", "t")
    found = {Span(7, 8): [TWO, ONE], THREE: [THREE, TWO]}
    assert aim(said, found.__getitem__).denies == (TWO, THREE)
    assert aim(replace(said, denies=()), found.__getitem__).denies == ()


def test_an_annotation_that_came_in_whole_takes_the_place_of_all_that_was_said() -> None:
    value = Given("denial", "Zoë", "why", True, (THREE, ONE, TWO, TWO), "then", "later")
    given = say(2, value, ONE, kind=EventKind.GIVEN)
    whole = Annotation(ONE, "ana", "denial", "Zoë", "why", True, (TWO, THREE), "then", "later")
    assert apply(None, given) == whole
    assert apply(replace(whole, label="claim", note=None), given) == whole
    nothing = Given(None, None, None, False, (), "then", "later")
    assert apply(whole, say(3, nothing, ONE, kind=EventKind.GIVEN)) is None


def test_an_act_that_says_nothing_of_a_sentence_or_holds_another_value_is_named() -> None:
    seen = event(EventKind.SEEN, number=1, span=ONE)
    with pytest.raises(StoreError) as refused:
        apply(None, seen)
    assert str(refused.value) == f"The event {seen.id} of kind seen says nothing of a sentence."
    wrong = say(2, True, ONE, kind=EventKind.NOTE)
    with pytest.raises(StoreError) as refused:
        apply(None, wrong)
    message = f"The event {wrong.id} of kind note holds a value of another kind."
    assert str(refused.value) == message
