"""Renamings, folded: which names are one person's."""

from __future__ import annotations

import random

import pytest

from annotator.model.event import EventKind, Renamed
from annotator.model.naming import fold_names
from tests.builders import event


@pytest.mark.parametrize(
    ("renamings", "names"),
    [
        ([], {}),
        ([("ana", "Ana")], {"ana": "Ana"}),
        ([("a", "b"), ("b", "c")], {"a": "c", "b": "c"}),
        ([("a", "b"), ("b", "a")], {"b": "a"}),
        ([("a", "b"), ("c", "d")], {"a": "b", "c": "d"}),
        ([("a", "b"), ("c", "d"), ("b", "d")], {"a": "d", "b": "d", "c": "d"}),
        ([("z", "y"), ("a", "y")], {"a": "y", "z": "y"}),
    ],
)
def test_every_name_of_a_person_leads_to_the_newest(
    renamings: list[tuple[str, str]], names: dict[str, str]
) -> None:
    events = [
        event(EventKind.RENAME, Renamed(old, new), number=number)
        for number, (old, new) in enumerate(renamings, 1)
    ]
    random.Random(1).shuffle(events)
    found = fold_names(events)
    assert found == names
    assert list(found) == sorted(names)


def test_only_a_renaming_renames() -> None:
    assert fold_names([event(EventKind.LABEL, "claim", number=1)]) == {}
