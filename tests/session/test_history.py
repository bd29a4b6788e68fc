"""A document's history, told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import NothingToUndoError
from annotator.model.event import EventKind
from annotator.session.history import tell_history
from annotator.store.memory import MemoryStore
from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from annotator.model.annotation import Annotation
    from annotator.session import Library, Session

acts = st.sampled_from(["claim", "denial", "clear", "unsure", "sure", "note", "undo", "redo"])


def act(session: Session, name: str, index: int) -> None:
    match name:
        case "clear":
            session.clear(index)
        case "unsure" | "sure":
            session.flag_unsure(index, unsure=name == "unsure")
        case "note":
            session.note(index, "a note")
        case "undo" | "redo":
            try:
                session.undo() if name == "undo" else session.redo()
            except NothingToUndoError:
                return
        case _:
            session.annotate(index, name)


@given(st.lists(st.tuples(st.sampled_from(["ana", "ben"]), acts, st.integers(0, 2)), max_size=25))
def test_its_changes_lead_from_nothing_to_what_stands(steps: list[tuple[str, str, int]]) -> None:
    store = MemoryStore()
    libraries = {name: make_library(store, name) for name in ("ana", "ben")}
    document = put(libraries["ana"], article(3))
    sessions = {name: library.open(document) for name, library in libraries.items()}
    for reviewer, name, index in steps:
        act(sessions[reviewer], name, index)
    state: dict[tuple[str, int], Annotation | None] = {}
    for entry in tell_history(store, document):
        for change in entry.changes:
            key = (entry.event.reviewer, change.index)
            assert state.get(key) == change.before
            state[key] = change.after
    for name, session in sessions.items():
        for place in session.read_places(0, count=3):
            assert state.get((name, place.sentence.index)) == place.annotation


def test_it_begins_with_the_import_and_names_what_was_undone(library: Library) -> None:
    document = put(library, article(3))
    session = library.open(document)
    session.annotate(1, "claim")
    session.undo()
    library.delete(document)
    told = list(tell_history(library.store, document))
    assert [entry.event.kind for entry in told] == [
        EventKind.IMPORT,
        EventKind.LABEL,
        EventKind.UNDO,
        EventKind.DELETE,
    ]
    assert [entry.undone for entry in told] == [(), (), (EventKind.LABEL,), ()]
    assert [len(entry.changes) for entry in told] == [0, 1, 1, 0]
