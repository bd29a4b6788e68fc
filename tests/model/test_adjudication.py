"""What leads have settled, folded from the log."""

from __future__ import annotations

from itertools import permutations

from annotator.model.adjudication import Adjudication, fold_settled
from annotator.model.event import Event, EventKind, Rule, Settled
from annotator.model.span import Span
from tests.builders import event

ONE, TWO, THREE = Span(0, 5), Span(6, 12), Span(14, 20)
BOTH = Span(0, 12)


def settle(
    span: Span | None,
    label: str | None,
    number: int,
    *,
    note: str | None = None,
    rule: Rule | None = None,
    reviewer: str = "lea",
) -> Event:
    value = Settled(label, note, rule)
    return event(EventKind.SETTLE, value, number=number, span=span, reviewer=reviewer)


def labels_of(log: list[Event], *sentences: Span) -> dict[Span, str]:
    """By sentence; the same whatever the order of the log and the sentences."""
    found = fold_settled(log, sentences)
    for shuffled in permutations(log):
        assert fold_settled(shuffled, reversed(sentences)) == found
    assert list(found) == sorted(found)
    return {span: one.label for span, one in found.items()}


def test_a_settlement_is_kept_with_who_why_by_what_and_when() -> None:
    by_hand = settle(ONE, "claim", 1, note="as he says")
    by_rule = settle(TWO, "denial", 2, rule=Rule.MAJORITY, reviewer="max")
    assert fold_settled([by_rule, by_hand], [TWO, ONE, THREE]) == {
        ONE: Adjudication(ONE, "lea", "claim", "as he says", None, by_hand.time),
        TWO: Adjudication(TWO, "max", "denial", None, Rule.MAJORITY, by_rule.time),
    }


def test_nothing_is_settled_of_nothing() -> None:
    assert fold_settled([], [ONE]) == {}
    assert fold_settled([settle(ONE, "claim", 1)], []) == {}
    assert fold_settled([settle(None, "claim", 1)], [ONE]) == {}
    assert fold_settled([event(EventKind.LABEL, "claim", number=1, span=ONE)], [ONE]) == {}


def test_the_newer_word_counts_and_no_label_opens_a_sentence_again() -> None:
    first, second = settle(ONE, "claim", 1), settle(ONE, "denial", 2, reviewer="max")
    assert labels_of([first, second], ONE) == {ONE: "denial"}
    assert labels_of([first, second, settle(ONE, None, 3)], ONE, TWO) == {}


def test_what_was_taken_back_counts_for_nothing_until_it_is_put_back() -> None:
    log = [settle(ONE, "claim", 1), settle(ONE, "denial", 2)]
    log.append(event(EventKind.RETRACT, number=3, span=ONE, reviewer="lea", target=2))
    assert labels_of(log, ONE) == {ONE: "claim"}
    log.append(event(EventKind.REINSTATE, number=4, span=ONE, reviewer="lea", target=2))
    assert labels_of(log, ONE) == {ONE: "denial"}


def test_halves_have_what_was_settled_of_the_whole() -> None:
    whole = settle(BOTH, "claim", 1)
    assert labels_of([whole], ONE, TWO, THREE) == {ONE: "claim", TWO: "claim"}
    assert labels_of([whole, settle(ONE, "denial", 2)], ONE, TWO) == {ONE: "denial", TWO: "claim"}


def test_a_whole_has_what_was_settled_of_its_halves_where_that_is_one_label() -> None:
    alike = [settle(ONE, "claim", 1, note="one"), settle(TWO, "claim", 2, note="two")]
    assert labels_of(alike, BOTH) == {BOTH: "claim"}
    assert fold_settled(alike, [BOTH])[BOTH].note == "two"
    assert labels_of([settle(ONE, "claim", 1), settle(TWO, "denial", 2)], BOTH) == {}
    assert labels_of([settle(ONE, "claim", 1), settle(TWO, None, 2)], BOTH) == {}


def test_a_word_on_a_half_leaves_that_on_the_whole_in_doubt_and_one_on_the_whole_ends_it() -> None:
    log = [settle(BOTH, "claim", 1), settle(ONE, "denial", 2)]
    assert labels_of(log, BOTH) == {}
    assert labels_of([*log, settle(BOTH, "background", 3)], BOTH) == {BOTH: "background"}
    halves = [settle(ONE, "claim", 1), settle(TWO, "denial", 2), settle(BOTH, "claim", 3)]
    assert labels_of(halves, BOTH) == {BOTH: "claim"}
    assert labels_of(halves, ONE, TWO) == {ONE: "claim", TWO: "claim"}


def test_of_overlapping_words_only_what_lies_within_the_sentence_counts() -> None:
    log = [settle(Span(3, 8), "claim", 1), settle(ONE, "denial", 2)]
    assert labels_of(log, ONE) == {ONE: "denial"}
    assert labels_of(log, TWO) == {TWO: "claim"}
    log = [settle(Span(3, 8), "claim", 1), settle(Span(4, 12), "denial", 2)]
    assert labels_of(log, ONE) == {}
    assert labels_of(log, TWO) == {TWO: "denial"}
    assert labels_of([settle(Span(5, 6), "claim", 1)], ONE, TWO) == {}


def test_sentences_may_be_settled_in_any_order() -> None:
    log = [settle(THREE, "claim", 1), settle(TWO, "denial", 2), settle(ONE, "background", 3)]
    found = labels_of(log, ONE, TWO, THREE)
    assert found == {ONE: "background", TWO: "denial", THREE: "claim"}
