"""Suggestions, folded from the log."""

from __future__ import annotations

from itertools import permutations

from annotator.model.event import EventKind, Suggested
from annotator.model.span import Span
from annotator.model.suggestion import Suggestion, choose, fold_suggestions, suggest
from tests.builders import event

ONE, TWO = Span(0, 5), Span(6, 9)
OLD = Suggested("spotter 1", "claim", "the minister", (Span(20, 25), TWO, TWO, ONE))
NEW = Suggested("spotter 1", None, None, ())
OTHER = Suggested("tracer 2", "denial", None, (TWO,))


def test_a_suggestion_keeps_what_was_suggested_and_denies_others_once_in_order() -> None:
    given = event(EventKind.SUGGEST, OLD, number=1, span=ONE)
    assert suggest(given, OLD) == Suggestion(
        ONE, "spotter 1", "claim", "the minister", (TWO, Span(20, 25)), given.time
    )


def test_a_suggestion_of_no_sentence_is_none() -> None:
    given = event(EventKind.SUGGEST, OLD, number=1)
    assert suggest(given, OLD) is None
    assert fold_suggestions([given]) == {}


def test_the_newest_of_each_program_counts_for_each_sentence() -> None:
    log = [
        event(EventKind.SUGGEST, OLD, number=1, span=ONE),
        event(EventKind.SUGGEST, NEW, number=2, span=ONE),
        event(EventKind.SUGGEST, OTHER, number=3, span=ONE),
        event(EventKind.SUGGEST, OLD, number=4, span=TWO),
        event(EventKind.LABEL, "claim", number=5, span=TWO),
    ]
    for shuffled in permutations(log):
        found = fold_suggestions(shuffled)
        assert set(found) == {(ONE, "spotter 1"), (ONE, "tracer 2"), (TWO, "spotter 1")}
        assert found[ONE, "spotter 1"].label is None
        assert found[TWO, "spotter 1"].label == "claim"


def test_the_newest_is_shown_and_of_two_as_new_the_later_name() -> None:
    early = Suggestion(ONE, "zeta", "claim", None, (), "2026-11-23T12:00:00Z")
    late = Suggestion(ONE, "alpha", "denial", None, (), "2026-11-23T12:01:00Z")
    as_late = Suggestion(ONE, "beta", "denial", None, (), "2026-11-23T12:01:00Z")
    for shown in permutations([early, late, as_late]):
        assert choose(shown) is as_late
    assert choose([late, early]) is late
    assert choose([]) is None
