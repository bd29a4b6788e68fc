"""What splits and joins do to what was said, by one's own hand and by somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator.errors import ActError
from annotator.session.verification import verify
from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from annotator.model.document import Place
    from annotator.session import Library, Session
    from annotator.store.base import Store


@pytest.fixture
def session(library: Library) -> Session:
    return library.open(put(library, article()))


@pytest.fixture
def desks(store: Store) -> tuple[Session, Session]:
    """Ana's and Ben's, at one document."""
    ana, ben = make_library(store, "ana"), make_library(store, "ben")
    document = put(ana, article())
    return ana.open(document), ben.open(document)


def test_both_halves_of_a_sentence_have_what_was_said_of_it(session: Session) -> None:
    session.annotate(0, "claim")
    session.note(0, "why")
    session.deny(2, "denial", [0])
    whole = session.read_place(0)
    change = session.split(0, len("The harbour, "))
    assert (change.index, change.recut) == (0, True)
    halves = session.read_places(0, count=2)
    assert [place.sentence.text for place in halves] == ["The harbour,", "part 1 of it."]
    assert [place.denied_by for place in halves] == [(3,), (3,)]
    assert [p.annotation and (p.annotation.label, p.annotation.note) for p in halves] == [
        ("claim", "why")
    ] * 2
    assert session.document.sentence_count == 6
    assert session.measure_progress().counts == {"claim": 2, "denial": 1}
    assert session.undo().recut
    assert session.read_place(0) == whole
    assert session.document.sentence_count == 5


@pytest.mark.parametrize("at", [-3, 0, 1, 4, 26, 99])
def test_a_sentence_is_split_where_a_word_begins(session: Session, at: int) -> None:
    if at == 4:
        assert session.split(0, at).recut
        return
    if at == 1:
        # Between two characters of one word, too: there are scripts without spaces.
        assert [place.sentence.text for place in _halves(session, at)] == [
            "T",
            "he harbour, part 1 of it.",
        ]
        return
    with pytest.raises(ActError, match="cannot be split there"):
        session.split(0, at)


def _halves(session: Session, at: int) -> list[Place]:
    session.split(0, at)
    return session.read_places(0, count=2)


def test_a_joined_sentence_has_the_stronger_label_and_is_unsure(session: Session) -> None:
    session.annotate(0, "background")
    session.annotate(1, "claim")
    session.name_speaker(1, "the mayor")
    change = session.join(0)
    assert change.absorbed is not None
    assert change.absorbed.label == "claim"
    assert change.after is not None
    assert (change.after.label, change.after.speaker, change.after.unsure) == (
        "claim",
        "the mayor",
        True,
    )
    assert session.read_place(0).sentence.text.count("\n") == 1
    undone = session.undo()
    assert undone.after is not None
    assert (undone.after.label, undone.after.unsure) == ("background", False)
    last = session.document.sentence_count - 1
    with pytest.raises(ActError, match="last of its paragraph"):
        session.join(last)


def test_a_sentence_that_somebody_split_meanwhile_is_not_labelled_unseen(store: Store) -> None:
    ana, ben = make_library(store, "ana"), make_library(store, "ben")
    document = put(ana, article())
    mine, theirs = ana.open(document), ben.open(document)
    mine.look_at(3)
    theirs.split(1, 4)
    with pytest.raises(ActError, match="Sentence 4 is another one now"):
        mine.annotate(3, "claim")
    with pytest.raises(ActError, match="Sentence 4 is another one now"):
        mine.annotate(3, "claim")
    mine.look_at(4)
    assert mine.annotate(4, "claim").index == 4


def test_a_sentence_acted_on_is_still_the_one_that_the_next_act_is_about(store: Store) -> None:
    ana, ben = make_library(store, "ana"), make_library(store, "ben")
    document = put(ana, article())
    mine, theirs = ana.open(document), ben.open(document)
    mine.look_at(3)
    mine.annotate(3, "claim")
    mine.look_at(4)
    theirs.split(1, 4)
    for index in (3, 4):
        with pytest.raises(ActError, match=f"Sentence {index + 1} is another one now"):
            mine.note(index, "why?")
    mine.look_at(4)
    mine.flag_unsure(4, unsure=True)
    theirs.split(0, 4)
    with pytest.raises(ActError, match="Sentence 5 is another one now"):
        mine.note(4, "why?")


def test_a_label_undone_and_redone_goes_along_with_what_was_cut_after_it(session: Session) -> None:
    session.annotate(1, "claim")
    session.join(0)
    session.split(0, 4)
    before = session.read_places(0, count=9)
    assert [place.annotation is not None for place in before[:3]] == [True, True, False]
    for turn in [session.undo] * 3 + [session.redo] * 3:
        turn()
    assert session.read_places(0, count=9) == before


def test_undo_counts_anew_what_somebody_has_split_since(store: Store) -> None:
    ana, ben = make_library(store, "ana"), make_library(store, "ben")
    document = put(ana, article())
    mine, theirs = ana.open(document), ben.open(document)
    mine.annotate(0, "claim")
    theirs.split(0, 4)
    mine = ana.open(document)
    assert mine.measure_progress().counts == {"claim": 2}
    mine.undo()
    assert mine.measure_progress().counts == {}
    mine.redo()
    assert mine.measure_progress().counts == {"claim": 2}


# -- when somebody else takes a split back


def test_of_a_half_that_is_one_no_more_the_last_word_counts(desks: tuple[Session, Session]) -> None:
    mine, theirs = desks
    theirs.split(0, 4)
    mine.annotate(0, "claim")
    mine.annotate(0, "background")
    mine.note(0, "first")
    mine.note(0, "second")
    theirs.undo()
    said = mine.read_place(0).annotation
    assert said is not None
    assert (said.label, said.note, said.unsure) == ("background", "second", False)
    theirs.redo()
    mine.look_at(0)
    mine.clear(0)
    mine.note(0, "")
    theirs.undo()
    assert mine.read_place(0).annotation is None
    assert all(proof.holds for proof in verify(mine.store))


def test_of_a_half_that_is_one_no_more_the_links_stay(desks: tuple[Session, Session]) -> None:
    mine, theirs = desks
    mine.annotate(3, "claim")
    theirs.split(0, 4)
    mine.deny(0, "denial", [4])
    theirs.undo()
    place = mine.read_place(0)
    assert [link.index for link in place.denies] == [3]
    assert all(proof.holds for proof in verify(mine.store))


def test_halves_with_two_labels_leave_a_whole_that_is_unsure(
    desks: tuple[Session, Session],
) -> None:
    mine, theirs = desks
    theirs.split(0, 4)
    mine.annotate(1, "background")
    mine.annotate(0, "claim")
    theirs.undo()
    said = mine.read_place(0).annotation
    assert said is not None
    assert said.unsure
    assert said.label in ("claim", "background")
    mine.look_at(0)
    mine.annotate(0, "claim")
    mine.flag_unsure(0, unsure=False)
    theirs.split(1, 4)
    said = mine.read_place(0).annotation
    assert said is not None
    assert (said.label, said.unsure) == ("claim", False)
