"""Others' labels: never before one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator.errors import ActError
from annotator.model.event import EventKind
from annotator.session.others import see_others
from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from annotator.session import Library, Session


@pytest.fixture
def session(library: Library) -> Session:
    """Ana's, at three sentences of which Ben and Cleo have said something of the first."""
    document = put(library, article(3))
    ben = make_library(library.store, "ben").open(document)
    ben.annotate(1, "claim")
    ben.deny(0, "denial", [1])
    make_library(library.store, "cleo").open(document).note(0, "who?")
    return library.open(document)


def list_seen(session: Session) -> list[tuple[str, int]]:
    store = session.store
    return [
        (event.reviewer, event.span.start)
        for event in store.read_events(session.document.id)
        if event.kind is EventKind.SEEN and event.span is not None
    ]


@pytest.mark.parametrize("said", ["nothing", "note", "cleared"])
def test_without_a_label_of_ones_own_there_is_nothing_to_see(session: Session, said: str) -> None:
    if said == "note":
        session.note(0, "hm")
    if said == "cleared":
        session.annotate(0, "claim")
        session.clear(0)
    with pytest.raises(ActError, match="Label sentence 1 first"):
        see_others(session, 0)
    assert list_seen(session) == []


def test_after_ones_own_label_others_are_shown_and_that_is_an_event(session: Session) -> None:
    session.annotate(0, "claim")
    found = see_others(session, 0)
    assert [
        (place.annotation.reviewer, place.annotation.label, [link.index for link in place.denies])
        for place in found
        if place.annotation is not None
    ] == [("ben", "denial", [1]), ("cleo", None, [])]
    assert list_seen(session) == [("ana", 0)]


def test_where_nobody_else_was_nothing_is_written(session: Session) -> None:
    session.annotate(2, "claim")
    assert see_others(session, 2) == []
    assert list_seen(session) == []


def test_undo_and_redo_pass_over_it(session: Session) -> None:
    session.annotate(0, "claim")
    see_others(session, 0)
    session.undo()
    assert session.read_place(0).annotation is None
    session.redo()
    assert session.read_place(0).annotation is not None
