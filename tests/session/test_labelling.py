"""What a key press does, how it is undone, and what it adds to progress and time."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.errors import ActError, NothingToUndoError, UnknownNameError
from annotator.model.document import Link
from annotator.model.event import Denied, EventKind
from annotator.session.clock import RandomIds, SystemClock
from annotator.store.sqlite import SqliteStore
from tests.builders import NOON_MS, article, draft, make_library, put

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.model.annotation import Change
    from annotator.model.event import Value
    from annotator.session.labelling import Session
    from annotator.session.library import Library
    from tests.builders import TickingClock


@pytest.fixture
def session(library: Library) -> Session:
    return library.open(put(library, article()))


def events(session: Session) -> list[tuple[str, object]]:
    """What this reviewer has done here, oldest first."""
    found = session._store.read_events(session.document.id)
    return [
        (event.kind.value, event.value)
        for event in found
        if event.span is not None and event.reviewer == session.reviewer
    ]


# -- acts


def test_a_label_comes_back_with_what_was_before(session: Session) -> None:
    first = session.annotate(1, "claim")
    assert (first.index, first.before) == (1, None)
    assert first.after == session.read_place(1).annotation
    second = session.annotate(1, "denial")
    assert second.before == first.after
    assert second.after is not None
    assert second.after.label == "denial"
    assert first.after is not None
    assert second.after.created_at == first.after.created_at


def test_what_changes_nothing_writes_nothing(session: Session) -> None:
    acts: list[Callable[[], Change]] = [
        lambda: session.clear(0),
        lambda: session.flag_unsure(0, unsure=False),
        lambda: session.note(0, " \t\r\n "),
        lambda: session.name_speaker(0, ""),
    ]
    for act in acts:
        change = act()
        assert change.before is change.after is None
    assert events(session) == []
    session.annotate(0, "claim")
    change = session.annotate(0, "claim")
    assert change.before == change.after is not None
    assert len(events(session)) == 1


def test_a_no_op_does_not_end_redo(session: Session) -> None:
    session.annotate(0, "claim")
    session.undo()
    session.clear(0)
    assert session.redo().after is not None


def test_an_unknown_label_lists_the_known_and_writes_nothing(session: Session) -> None:
    with pytest.raises(UnknownNameError, match="claim, denial, background"):
        session.annotate(0, "opinion")
    assert events(session) == []


@pytest.mark.parametrize("index", [-1, -(10**30), 5, 10**18, 10**30])
def test_a_sentence_that_is_not_there_is_named_as_people_count(
    session: Session, index: int
) -> None:
    for act in (
        lambda: session.annotate(index, "claim"),
        lambda: session.read_place(index),
        lambda: session.look_at(index),
        lambda: session.note(index, "why"),
    ):
        with pytest.raises(ActError, match=f"There is no sentence {index + 1}.*has 5"):
            act()
    assert events(session) == []


def test_a_window_past_the_end_is_empty_and_one_before_the_beginning_starts_there(
    session: Session,
) -> None:
    assert session.read_places(10**30, count=3) == []
    assert [place.sentence.index for place in session.read_places(-2, count=3)] == [0, 1, 2]


def test_notes_and_speakers_are_one_clean_line(session: Session) -> None:
    noted = session.note(0, "  two\r\nlines\x1b[31m\tof \x00 it\u202e ").after
    assert noted is not None
    assert noted.note == "two lines[31m of it\u202e"
    named = session.name_speaker(0, " The\nminister ").after
    assert named is not None
    assert named.speaker == "The minister"


def test_half_a_character_in_a_note_does_not_lose_the_note(session: Session) -> None:
    noted = session.note(0, "caf\udce9").after
    assert noted is not None
    assert noted.note is not None
    assert noted.note.startswith("caf")


def test_clearing_keeps_a_note_and_a_flag(session: Session) -> None:
    session.annotate(0, "claim")
    session.note(0, "why")
    session.flag_unsure(0, unsure=True)
    cleared = session.clear(0).after
    assert cleared is not None
    assert (cleared.label, cleared.note, cleared.unsure) == (None, "why", True)
    assert session.measure_progress().labelled == 0


# -- links


def test_only_a_denial_is_tied_to_others_and_never_to_itself(session: Session) -> None:
    session.annotate(0, "claim")
    session.annotate(2, "denial")
    for index in (0, 1):
        with pytest.raises(ActError, match=f"Sentence {index + 1} is no denial"):
            session.link(index, [2])
    with pytest.raises(ActError, match="Sentence 3 cannot deny itself"):
        session.link(2, [0, 2])
    with pytest.raises(ActError, match="There is no sentence 9"):
        session.link(2, [8])
    assert len(events(session)) == 2


def test_links_are_in_the_texts_order_once_each_and_can_be_taken_away(session: Session) -> None:
    session.annotate(0, "claim")
    session.annotate(4, "denial")
    session.annotate(2, "denial")
    linked = session.link(2, [4, 0, 4]).after
    assert linked is not None
    spans = [session.read_place(index).sentence.span for index in (0, 4)]
    assert list(linked.denies) == spans
    unlinked = session.link(2, []).after
    assert unlinked is not None
    assert unlinked.denies == ()


def test_links_go_with_their_denials_label_and_undo_brings_them_back(session: Session) -> None:
    session.annotate(0, "claim")
    session.annotate(2, "denial")
    linked = session.link(2, [0]).after
    acts: list[Callable[[], Change]] = [
        lambda: session.clear(2),
        lambda: session.annotate(2, "claim"),
    ]
    for act in acts:
        changed = act().after
        assert changed is None or changed.denies == ()
        assert session.undo().after == linked


def test_a_denial_is_tied_to_what_the_scheme_lets_be_denied(session: Session) -> None:
    session.annotate(0, "claim")
    session.annotate(1, "background")
    session.annotate(2, "denial")
    with pytest.raises(ActError, match="Sentence 2 is background: a denial can be tied to claim"):
        session.link(2, [0, 1])
    with pytest.raises(ActError, match="Sentence 4 has no label yet"):
        session.link(2, [3])
    session.link(2, [0])
    session.annotate(0, "background")
    # A link whose target is no longer a claim stays, and may stay when others are chosen.
    session.annotate(4, "claim")
    session.link(2, [0, 4])
    assert session.read_place(2).denies == (Link(0, "background"), Link(4, "claim"))
    assert session.read_place(0).denied_by == (2,)


def test_a_denial_and_its_links_are_one_step(session: Session) -> None:
    session.annotate(0, "claim")
    change = session.deny(2, "denial", [0])
    assert change.before is None
    assert change.after is not None
    assert (change.after.label, len(change.after.denies)) == ("denial", 1)
    assert session.undo().after is None
    assert session.redo().after == change.after
    again = session.deny(2, "denial", [0])
    assert again.before == again.after
    with pytest.raises(ActError, match="The label claim denies nothing"):
        session.deny(3, "claim", [0])
    with pytest.raises(ActError, match="cannot deny itself"):
        session.deny(2, "denial", [2])


# -- undo and redo


def test_undo_says_which_sentence_it_changed(session: Session) -> None:
    session.annotate(3, "claim")
    session.annotate(1, "denial")
    assert session.undo().index == 1
    assert session.undo().index == 3
    with pytest.raises(NothingToUndoError):
        session.undo()
    assert session.redo().index == 3
    assert session.redo().index == 1
    with pytest.raises(NothingToUndoError):
        session.redo()


def test_a_new_act_ends_redo(session: Session) -> None:
    session.annotate(0, "claim")
    session.undo()
    session.annotate(1, "claim")
    with pytest.raises(NothingToUndoError):
        session.redo()
    assert session.undo().index == 1
    assert session.redo().index == 1


def test_undo_is_of_ones_own_acts_in_this_document(
    store_and_path: tuple[SqliteStore, Path],
) -> None:
    store, _ = store_and_path
    ana, ben = make_library(store, "ana"), make_library(store, "ben")
    document, other = put(ana, article()), put(ana, article(3))
    ana.open(document).annotate(0, "claim")
    ben.open(document).annotate(0, "denial")
    ana.open(other).annotate(0, "claim")
    session = ana.open(document)
    assert session.undo().after is None
    with pytest.raises(NothingToUndoError):
        session.undo()
    assert ben.open(document).read_place(0).annotation is not None
    assert ana.open(other).read_place(0).annotation is not None


@pytest.fixture
def store_and_path(sqlite: SqliteStore, path: Path) -> tuple[SqliteStore, Path]:
    return sqlite, path


def test_a_step_of_several_acts_is_undone_and_redone_as_one(session: Session) -> None:
    place = session.read_place(2)
    target = session.read_place(0).sentence.span
    acts: list[tuple[EventKind, Value]] = [
        (EventKind.LABEL, "denial"),
        (EventKind.DENIES, Denied("denial", (target,))),
    ]
    drafts = [
        draft(
            kind,
            value,
            number=number,
            step=90,
            span=place.sentence.span,
            document_id=session.document.id,
        )
        for number, (kind, value) in enumerate(acts, 90)
    ]
    session._store.transact(lambda: session._store.append(drafts))
    before = session.read_place(2).annotation
    assert before is not None
    assert before.denies == (target,)
    assert session.undo().after is None
    assert session.redo().after == before


def test_an_undo_of_which_the_log_holds_no_act_is_refused(session: Session) -> None:
    stray = draft(EventKind.REDO, number=90, target=77, document_id=session.document.id)
    session._store.transact(lambda: session._store.append([stray]))
    with pytest.raises(ActError, match="not in the history"):
        session.undo()


def test_undo_reaches_over_a_clock_that_ran_backwards(
    session: Session, clock: TickingClock
) -> None:
    session.annotate(0, "claim")
    clock.now_ms = NOON_MS - 10**10
    session.annotate(1, "claim")
    clock.now_ms -= 10**9
    session.annotate(0, "denial")
    said = session.read_place(0).annotation
    assert said is not None
    assert said.label == "denial"
    assert said.updated_at < said.created_at
    assert [session.undo().index for _ in range(3)] == [0, 1, 0]
    assert [session.redo().index for _ in range(3)] == [0, 1, 0]
    assert session.read_place(0).annotation == said


# -- progress and time


def test_progress_is_that_of_the_database_after_a_restart(library: Library) -> None:
    document = put(library, article())
    session = library.open(document)
    session.annotate(0, "claim")
    session.annotate(1, "denial")
    session.annotate(1, "claim")
    session.clear(0)
    progress = session.measure_progress()
    assert (progress.counts, progress.labelled, progress.open) == ({"claim": 1}, 1, 4)
    assert library.open(document).measure_progress() == progress


def test_progress_given_out_is_the_callers_to_keep(session: Session) -> None:
    session.measure_progress().counts["claim"] = 99
    assert session.measure_progress().labelled == 0


def test_time_spent_is_from_looking_at_a_sentence_to_the_act(
    session: Session, clock: TickingClock
) -> None:
    session.look_at(0)
    clock.steady += 5000
    session.annotate(0, "claim")
    session.annotate(1, "claim")
    spent = [
        event.spent_ms
        for event in session._store.read_events(session.document.id)
        if event.span is not None
    ]
    # The clock of these tests moves by 250 each time that it is asked.
    assert spent == [5250, 250]


def test_with_the_systems_clock_and_chance_it_works_too(path: Path) -> None:
    with closing(SqliteStore.open(str(path))) as store:
        library = make_library(store, clock=SystemClock(), ids=RandomIds())
        session = library.open(put(library, article()))
        assert session.annotate(0, "claim").after is not None
        assert session.location == str(path)
        assert session.reviewer == "ana"


def test_progress_counts_what_one_does_in_another_window_too(path: Path) -> None:
    with (
        closing(SqliteStore.open(str(path))) as here,
        closing(SqliteStore.open(str(path))) as there,
    ):
        library = make_library(here)
        document = put(library, article())
        mine = library.open(document)
        again = make_library(there, ids=RandomIds()).open(document)
        again.annotate(0, "claim")
        mine.annotate(1, "denial")
        assert mine.measure_progress().counts == {"claim": 1, "denial": 1}
        assert again.measure_progress().counts == {"claim": 1, "denial": 1}
        mine.clear(0)
        assert again.measure_progress().counts == {"denial": 1}
