"""A history in words, to one reviewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import ActError, NothingToUndoError
from annotator.model.document import Article
from annotator.model.event import EventKind
from annotator.session.telling import (
    inquire,
    tell,
    tell_inheritance,
    tell_join,
    tell_split,
)
from annotator.session.words import find_cuts
from annotator.store.memory import MemoryStore
from annotator.store.sqlite import SqliteStore
from tests.builders import make_library, put

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from annotator.session import Library, Session
    from annotator.session.telling import Told

LINES = ("The dam broke. Nobody knew.", "The owner denies it.", "It is closed.")
BEFORE_NOBODY = LINES[0].index("Nobody")


def sit_down(library: Library) -> Session:
    text = "\n".join(LINES) + "\n"
    return library.open(put(library, Article(text=text, title=LINES[0], source="dam.txt")))


def tell_of(session: Session, index: int | None = None) -> list[Told]:
    span = None if index is None else session.read_place(index).sentence.span
    return tell(session.store, session.document, reviewer=session.reviewer, span=span)


def words_of(told: Sequence[Told]) -> list[tuple[str, str]]:
    return [(line.kind.value, line.what) for line in told]


def test_the_newest_comes_first_and_what_was_undone_is_marked(library: Library) -> None:
    session = sit_down(library)
    session.annotate(0, "claim")
    session.annotate(0, "background")
    session.undo()
    session.note(0, "who?")
    told = tell_of(session, 0)
    assert words_of(told) == [
        ("note", "note – → who?"),
        ("undo", "label background → claim"),
        ("label", "label claim → background"),
        ("label", "label – → claim"),
        ("import", "3 sentences from dam.txt"),
    ]
    assert [line.undone for line in told] == [False, False, True, False, False]
    assert [line.indexes for line in told] == [(0,), (0,), (0,), (0,), ()]


def test_what_was_put_back_is_not_marked(library: Library) -> None:
    session = sit_down(library)
    session.annotate(0, "claim")
    session.undo()
    session.redo()
    assert [line.undone for line in tell_of(session)] == [False] * 4


def test_a_sentence_has_its_own_history_and_the_document_that_of_all(library: Library) -> None:
    session = sit_down(library)
    session.annotate(0, "claim")
    session.annotate(1, "denial")
    session.link(1, [0])
    library.delete(session.document)
    library.restore(session.document)
    assert [kind for kind, _ in words_of(tell_of(session, 1))] == [
        "restore",
        "delete",
        "denies",
        "label",
        "import",
    ]
    assert words_of(tell_of(session, 1))[2] == ("denies", "denies – → 1")
    assert len(tell_of(session)) == 6


def test_halves_and_the_whole_have_the_history_of_one_another(library: Library) -> None:
    session = sit_down(library)
    session.annotate(0, "claim")
    session.split(0, BEFORE_NOBODY)
    session.annotate(1, "background")
    assert words_of(tell_of(session, 0))[:2] == [
        ("split", "before “Nobody knew.”; claim"),
        ("label", "label – → claim"),
    ]
    assert [kind for kind, _ in words_of(tell_of(session, 1))] == [
        "label",
        "split",
        "label",
        "import",
    ]
    session.join(0)
    assert words_of(tell_of(session, 0))[0] == (
        "join",
        "with “Nobody knew.”; claim and background, now claim, marked unsure",
    )
    session.undo()
    assert words_of(tell_of(session, 1))[0] == ("undo", "the join: two sentences again")
    session.undo()
    session.undo()
    assert words_of(tell_of(session, 0))[0] == ("undo", "the split: one sentence again")


def test_of_others_only_what_befell_the_document_is_told(library: Library) -> None:
    session = sit_down(library)
    other = make_library(library.store, "ben").open(session.document)
    other.annotate(0, "denial")
    other.name_speaker(0, "a secret")
    other.split(0, BEFORE_NOBODY)
    other.undo()
    library.delete(session.document)
    told = tell_of(session)
    assert [(line.reviewer, line.kind.value) for line in told] == [
        ("ana", "delete"),
        ("ben", "undo"),
        ("ben", "split"),
        ("ana", "import"),
    ]
    assert "denial" not in repr(told)
    assert "secret" not in repr(told)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ana", "ben"]),
        st.sampled_from(["claim", "denial", "note", "split", "join", "undo", "redo"]),
        st.integers(0, 3),
    ),
    max_size=20,
)


def act(session: Session, name: str, index: int) -> None:
    try:
        match name:
            case "note":
                session.note(index, f"the {session.reviewer} secret")
            case "split":
                session.split(index, find_cuts(session.read_place(index).sentence.text)[0])
            case "join":
                session.join(index)
            case "undo" | "redo":
                session.undo() if name == "undo" else session.redo()
            case _:
                session.annotate(index, name)
    except (ActError, NothingToUndoError, IndexError):
        return


@given(STEPS)
def test_no_history_holds_a_word_of_what_another_has_said(
    steps: list[tuple[str, str, int]],
) -> None:
    store = MemoryStore()
    libraries = {name: make_library(store, name) for name in ("ana", "ben")}
    document = sit_down(libraries["ana"]).document
    sessions = {name: library.open(document) for name, library in libraries.items()}
    for reviewer, name, index in steps:
        act(sessions[reviewer], name, index)
    for name, session in sessions.items():
        other = "ben" if name == "ana" else "ana"
        told = tell_of(session)
        assert f"the {other} secret" not in repr(told)
        assert all(
            line.reviewer == name or line.kind.value in ("import", "split", "join", "undo", "redo")
            for line in told
        )
        for index in range(store.find_documents(document.id, limit=1)[0].sentence_count):
            told_of_one = tell_of(session, index)
            assert [line for line in told if line in told_of_one] == told_of_one


def test_an_inquiry_reads_the_database_by_itself(path: Path) -> None:
    store = SqliteStore.open(str(path))
    session = sit_down(make_library(store))
    session.annotate(1, "claim")
    assert inquire(session, 1).answer() == tell_of(session, 1)
    assert inquire(session).answer() == tell_of(session)
    assert inquire(session).answer(is_wanted=lambda: False) == []
    store.close()


def test_what_the_halves_keep_is_said_before_and_after(library: Library) -> None:
    session = sit_down(library)
    assert tell_inheritance(session.read_place(0)) == (
        "The sentence has no label, and neither half will have one."
    )
    session.annotate(0, "denial")
    session.name_speaker(0, "the owner")
    session.annotate(2, "claim")
    session.link(0, [2])
    session.flag_unsure(0, unsure=True)
    session.note(0, "why")
    assert tell_inheritance(session.read_place(0)) == (
        "Both halves keep what it has: denial, speaker the owner, unsure, with a note, denying 3."
        " Change either afterwards."
    )
    assert tell_inheritance(session.read_place(2)) == (
        "Both halves keep what it has: claim, denied by 1. Change either afterwards."
    )
    assert tell_split(session.split(0, BEFORE_NOBODY)) == (
        "Split into 1 and 2: both denial, speaker the owner, unsure, with a note"
    )


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (None, None, "Joined 1 and 2: neither had a label"),
        ("claim", None, "Joined 1 and 2: claim"),
        (None, "claim", "Joined 1 and 2: claim"),
        ("claim", "claim", "Joined 1 and 2: claim"),
        ("claim", "denial", "Joined 1 and 2: claim and denial, now denial, marked unsure"),
        (
            "background",
            "claim",
            "Joined 1 and 2: background and claim, now claim, marked unsure",
        ),
    ],
)
def test_what_a_join_came_to(
    library: Library, first: str | None, second: str | None, told: str
) -> None:
    session = sit_down(library)
    for index, label in enumerate((first, second)):
        if label is not None:
            session.annotate(index, label)
    assert tell_join(session.join(0)) == told


def test_a_join_tells_of_speakers_too(library: Library) -> None:
    session = sit_down(library)
    session.annotate(0, "claim")
    session.name_speaker(0, "Ann")
    session.name_speaker(1, "Bob")
    assert tell_join(session.join(0)) == "Joined 1 and 2: claim, speaker Ann / Bob"
    assert tell_of(session)[0].kind is EventKind.JOIN


def test_a_flag_that_was_there_before_a_join_is_told(library: Library) -> None:
    session = sit_down(library)
    session.annotate(0, "claim")
    session.flag_unsure(1, unsure=True)
    assert tell_join(session.join(0)) == "Joined 1 and 2: claim, unsure"
