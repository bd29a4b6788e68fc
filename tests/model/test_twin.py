"""One event in two logs: which place in the order counts, and what no honest log holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.errors import StoreError
from annotator.model.clock import derive_id
from annotator.model.event import Event, EventKind
from annotator.model.twin import choose_twin
from tests.builders import event

ANY = event(EventKind.LABEL, "claim", number=7)
DERIVED = replace(ANY, id=derive_id("a file"))


@pytest.mark.parametrize("one", [ANY, DERIVED])
def test_the_earlier_place_counts_whichever_is_here(one: Event) -> None:
    later = replace(one, counter=9)
    assert choose_twin(one, later) == choose_twin(later, one) == one
    assert choose_twin(one, one) == one


def test_of_an_event_that_comes_from_a_file_only_its_import_may_differ() -> None:
    again = replace(DERIVED, counter=3, time="2026-11-24T08:00:00Z", guideline="f" * 16)
    assert choose_twin(DERIVED, again) == choose_twin(again, DERIVED) == again


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ANY, replace(ANY, value="denial", counter=3)),
        (ANY, replace(ANY, time="2026-11-24T08:00:00Z")),
        (ANY, replace(ANY, reviewer="eve")),
        (DERIVED, replace(DERIVED, reviewer="eve")),
    ],
)
def test_what_differs_otherwise_was_changed_by_hand(one: Event, other: Event) -> None:
    for here, there in ((one, other), (other, one)):
        with pytest.raises(StoreError, match="changed by hand"):
            choose_twin(here, there)
