"""Two names of one person, in every store: whatever is asked by either is answered for both."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import ActError, NothingToUndoError
from annotator.model.annotation import fold
from annotator.model.assignment import Assignment
from annotator.model.event import Assigned, EventKind, Renamed
from annotator.model.naming import fold_names
from annotator.session.verification import verify
from annotator.store.memory import MemoryStore
from annotator.store.sqlite import SqliteStore
from tests.builders import CountingIds, article, cut_lines, draft, make_library, put

if TYPE_CHECKING:
    from annotator.model.document import Document
    from annotator.session import Session
    from annotator.store.base import Store

_NUMBERS = iter(range(10_000, 10_000_000))


def rename(store: Store, old: str, new: str) -> None:
    renaming = draft(EventKind.RENAME, Renamed(old, new), number=next(_NUMBERS), reviewer="lead")
    store.transact(lambda: store.append([replace(renaming, document_id=None)]))


def sit(store: Store, document: Document, reviewer: str) -> Session:
    ids = CountingIds(next(_NUMBERS) << 32)
    return make_library(store, reviewer, ids=ids).open(document)


@pytest.fixture
def document(store: Store) -> Document:
    """Anna has labelled 1 and 2, then Ana 2 and 3 of five sentences, and Ben 1."""
    found = put(make_library(store, "lead"), article(5))
    anna, ana = sit(store, found, "anna"), sit(store, found, "ana")
    anna.annotate(0, "claim")
    anna.annotate(1, "claim")
    ana.annotate(1, "denial")
    ana.annotate(2, "background")
    sit(store, found, "ben").annotate(0, "denial")
    return found


def labels_of(store: Store, document: Document, reviewer: str) -> list[str | None]:
    places = store.read_places(document.id, reviewer=reviewer, first=0, count=9)
    return [place.annotation.label if place.annotation else None for place in places]


def test_where_both_said_something_the_newer_counts(store: Store, document: Document) -> None:
    rename(store, "anna", "ana")
    expected = ["claim", "denial", "background", None, None]
    assert labels_of(store, document, "ana") == expected
    assert labels_of(store, document, "ben")[0] == "denial"
    assert store.resolve_reviewer("anna") == "ana"
    assert store.list_reviewers() == ["ana", "ben", "lead"]
    assert all(proof.holds for proof in verify(store))


def test_the_direction_changes_the_name_and_nothing_else(store: Store, document: Document) -> None:
    rename(store, "ana", "anna")
    expected = ["claim", "denial", "background", None, None]
    assert labels_of(store, document, "anna") == expected
    assert store.list_reviewers() == ["anna", "ben", "lead"]


def test_undo_and_redo_go_on_across_the_names(store: Store, document: Document) -> None:
    rename(store, "anna", "ana")
    ana = sit(store, document, "ana")
    for expected in (
        ["claim", "denial", None],
        ["claim", "claim", None],
        ["claim", None, None],
        [None, None, None],
    ):
        ana.undo()
        assert labels_of(store, document, "ana")[:3] == expected
    with pytest.raises(NothingToUndoError):
        ana.undo()
    for _ in range(4):
        ana.redo()
    assert labels_of(store, document, "ana")[:3] == ["claim", "denial", "background"]
    assert all(proof.holds for proof in verify(store))


def test_what_is_done_under_the_old_name_lands_at_the_new_one(
    store: Store, document: Document
) -> None:
    running = sit(store, document, "anna")
    rename(store, "anna", "ana")
    change = running.annotate(3, "claim")
    assert change.after is not None
    assert (change.after.label, change.after.reviewer) == ("claim", "ana")
    assert running.reviewer == "ana"
    assert labels_of(store, document, "ana")[3] == "claim"
    running.undo()
    assert labels_of(store, document, "ana")[3] is None


def test_one_goes_on_where_either_left_off(store: Store, document: Document) -> None:
    rename(store, "anna", "ana")
    assert sit(store, document, "ana").find_resumption() == 3
    last = store.find_last_document("ana")
    assert last is not None
    assert last.id == document.id


def test_efforts_counts_and_lists_are_those_of_both(store: Store, document: Document) -> None:
    rename(store, "anna", "ana")
    assert len(list(store.read_efforts(document.id, reviewer="ana"))) == 4
    assert {effort.reviewer for effort in store.read_efforts()} == {"ana", "ben"}
    (shelved,) = store.list_documents("ana")
    assert (shelved.labelled_by_me, shelved.labelled_by_anyone, shelved.others) == (3, 3, ("ben",))
    (theirs,) = store.list_documents("ben")
    assert theirs.others == ("ana",)
    counts = {tally.reviewer: sum(tally.labels.values()) for tally in store.tally()}
    assert counts == {"ana": 3, "ben": 1}
    events = [event.reviewer for event in store.read_events(document.id)]
    assert set(events) == {"lead", "ana", "ben"}
    assert "anna" in {event.reviewer for event in store.read_log()}


def test_an_assignment_goes_along(store: Store, document: Document) -> None:
    assigned = draft(
        EventKind.ASSIGN,
        Assigned("anna", again=False, withdrawn=False),
        number=next(_NUMBERS),
        document_id=document.id,
    )
    store.transact(lambda: store.append([assigned]))
    rename(store, "anna", "ana")
    assert store.list_assignments() == [Assignment(document.id, "ana")]


def test_renaming_in_a_circle_ends_at_the_last_name(store: Store, document: Document) -> None:
    for old, new in (("anna", "ana"), ("ana", "anne"), ("anne", "anna")):
        rename(store, old, new)
    assert {store.resolve_reviewer(name) for name in ("ana", "anna", "anne")} == {"anna"}
    assert labels_of(store, document, "anna")[:3] == ["claim", "denial", "background"]


NAMES = st.sampled_from(["ana", "anna", "ben"])
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("label"), NAMES, st.integers(0, 3)),
        st.tuples(st.just("undo"), NAMES, st.just(0)),
        st.tuples(st.just("redo"), NAMES, st.just(0)),
        st.tuples(st.just("split"), NAMES, st.integers(0, 3)),
        st.tuples(st.just("rename"), NAMES, st.integers(0, 2)),
    ),
    max_size=14,
)
_LABELS = ("claim", "denial", "background", "claim")


def play(store: Store, acts: list[tuple[str, str, int]]) -> Document:
    document = put(make_library(store, "lead"), article(4))
    for kind, name, number in acts:
        session = sit(store, document, name)
        try:
            match kind:
                case "label":
                    session.annotate(number, _LABELS[(number + len(name)) % 4])
                case "undo":
                    session.undo()
                case "redo":
                    session.redo()
                case "split":
                    session.split(number, 4)
                case _:
                    new = ("ana", "anna", "ben")[number]
                    if new != name:
                        rename(store, name, new)
        except (ActError, NothingToUndoError):
            pass
    return document


@settings(max_examples=40)
@given(ACTS)
def test_a_renaming_is_the_log_with_the_names_replaced(acts: list[tuple[str, str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sqlite = SqliteStore.open(str(Path(folder) / "annotator.db"))
        for store in (MemoryStore(), sqlite):
            document = play(store, acts)
            log = list(store.read_log())
            names = fold_names(log)
            replaced = [
                replace(event, reviewer=names.get(event.reviewer, event.reviewer)) for event in log
            ]
            of_document = [event for event in replaced if event.document_id == document.id]
            expected = fold(of_document, cut=[(0, span) for span in cut_lines(article(4))])
            found = {(one.reviewer, one.span): one for one in store.read_annotations(document.id)}
            assert found == expected
            assert all(proof.holds for proof in verify(store))
        sqlite.close()
