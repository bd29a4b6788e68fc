"""What every store promises: the same tests on each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import NotSavedError
from annotator.model.annotation import fold
from annotator.model.event import Denied, EventKind, Given, Imported, Recut
from annotator.model.layout import write_layout
from annotator.model.span import Span
from annotator.store.memory import MemoryStore
from annotator.store.sqlite import SqliteStore
from tests.builders import article, draft, shelve
from tests.store.desk import Desk

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.model.document import Document, Sentence
    from annotator.model.event import Value
    from annotator.store.base import Store


# -- the log


def test_counters_rise_by_one_over_all_documents_and_reviewers(store: Store) -> None:
    desk = Desk(store)
    other = Desk(store, sentences=2)
    other.number = 100
    made = desk.append(
        desk.draft(EventKind.LABEL, "claim", index=0),
        desk.draft(EventKind.LABEL, "denial", index=1, reviewer="ben"),
    )
    made += other.append(other.draft(EventKind.LABEL, "claim", index=0))
    made += desk.append(desk.draft(EventKind.NOTE, "why", index=0))
    assert [event.counter for event in made] == [1, 2, 3, 4]
    assert list(store.read_events(desk.id)) == [made[0], made[1], made[3]]
    assert list(store.read_events(other.id)) == [made[2]]


def test_events_come_back_as_they_were_written(desk: Desk) -> None:
    origin = Imported("A title", None, "Zoë", "2026", "en", None, "0 1")
    spans = (desk.sentences[0].span, desk.sentences[3].span)
    made = desk.append(
        desk.draft(EventKind.IMPORT, origin),
        desk.draft(EventKind.LABEL, "denial", index=1),
        desk.draft(EventKind.DENIES, Denied("denial", spans), index=1, step=2),
        desk.draft(EventKind.UNSURE, True, index=1),
        desk.draft(EventKind.SPEAKER, "O'Neill \U0001f9ff", index=1),
        desk.draft(EventKind.NOTE, None, index=2),
        desk.draft(EventKind.UNDO, index=1, target=5),
        desk.draft(EventKind.DELETE),
    )
    assert list(desk.store.read_events(desk.id)) == made
    assert list(desk.store.read_events("0" * 16)) == []


def test_events_newest_first_are_one_reviewers_and_leave_imports_values_out(desk: Desk) -> None:
    origin = Imported("A title", None, None, None, "en", None, "0 1")
    desk.append(desk.draft(EventKind.IMPORT, origin))
    first = desk.label(0, "claim")
    desk.label(0, "denial", reviewer="ben")
    last = desk.label(1, "claim")
    newest_first = list(desk.store.read_events_newest_first(desk.id, reviewer="ana"))
    assert newest_first[:2] == [last, first]
    assert newest_first[2].kind is EventKind.IMPORT
    assert newest_first[2].value is None
    assert list(desk.store.read_events_newest_first(desk.id, reviewer="cem")) == []


def test_a_step_is_all_that_one_key_press_wrote(desk: Desk) -> None:
    made = desk.append(
        desk.draft(EventKind.LABEL, "denial", index=4),
        desk.draft(EventKind.DENIES, Denied("denial", (desk.sentences[0].span,)), index=4, step=1),
    )
    alone = desk.label(0, "claim")
    assert desk.store.read_step(made[0].id) == made
    assert desk.store.read_step(alone.id) == [alone]
    assert desk.store.read_step("nothing") == []


def test_an_event_about_a_document_that_is_not_there_is_not_saved(desk: Desk) -> None:
    stray = draft(EventKind.LABEL, "claim", number=9, span=Span(0, 5))
    with pytest.raises(NotSavedError):
        desk.append(stray)
    assert desk.store.count_rows()["events"] == 0


def test_an_id_is_used_once(desk: Desk) -> None:
    made = desk.draft(EventKind.LABEL, "claim", index=0)
    desk.append(made)
    with pytest.raises(NotSavedError):
        desk.append(made)
    assert desk.store.count_rows()["events"] == 1


# -- transactions


def test_a_failure_in_the_work_takes_everything_back(desk: Desk) -> None:
    desk.label(0, "claim")
    before = dict(desk.store.count_rows())

    def work() -> None:
        desk.store.append([desk.draft(EventKind.LABEL, "denial", index=0)])
        desk.store.append([desk.draft(EventKind.DELETE)])
        shelved, sentences = _another()
        desk.store.add_document(shelved, "Another. ", sentences=sentences)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.store.transact(work)
    assert dict(desk.store.count_rows()) == before
    assert [note.label for note in desk.store.read_annotations(desk.id)] == ["claim"]
    assert not desk.store.find_documents(desk.id, limit=1)[0].deleted
    assert desk.label(1, "claim").counter == 2


def _another() -> tuple[Document, list[Sentence]]:
    return shelve(MemoryStore(), article(2, title="Another"))


def test_a_document_is_put_on_the_shelf_once(store: Store) -> None:
    shelve(store, article())
    with pytest.raises(NotSavedError, match="not saved"):
        shelve(store, article())
    assert store.count_rows()["documents"] == 1


def test_what_the_work_reads_is_what_it_wrote(desk: Desk) -> None:
    def work() -> list[str | None]:
        desk.store.append([desk.draft(EventKind.LABEL, "claim", index=2)])
        return [note.label for note in desk.store.read_annotations(desk.id)]

    assert desk.store.transact(work) == ["claim"]


def test_a_snapshot_reads_and_leaves_the_store_ready_to_write(desk: Desk) -> None:
    with desk.store.snapshot():
        assert desk.store.count_rows()["events"] == 0
        with desk.store.snapshot():
            assert desk.store.read_text(desk.id)
    desk.label(0, "claim")
    assert desk.store.count_rows()["events"] == 1


def test_a_snapshot_inside_a_transaction_does_not_end_it(desk: Desk) -> None:
    def work() -> None:
        desk.store.append([desk.draft(EventKind.LABEL, "claim", index=0)])
        with desk.store.snapshot():
            assert desk.store.count_rows()["events"] == 1

    desk.store.transact(work)
    assert desk.store.count_rows()["events"] == 1


# -- state and log


def test_what_is_said_of_a_part_counts_for_the_sentence_that_holds_it(desk: Desk) -> None:
    # As when it was cut differently on the machine that this came from.
    whole = desk.sentences[0].span
    half = Span(whole.start, whole.end - 5)
    layout = write_layout((0, sentence.span) for sentence in desk.sentences)
    origin = Imported("A title", None, None, None, "en", None, layout)
    desk.append(
        draft(EventKind.IMPORT, origin, number=9, document_id=desk.id),
        draft(EventKind.LABEL, "claim", number=1, span=whole, document_id=desk.id),
        draft(EventKind.NOTE, "of the half", number=2, span=half, document_id=desk.id),
        draft(EventKind.LABEL, "denial", number=3, span=half, document_id=desk.id),
        draft(EventKind.LABEL, None, number=5, span=half, document_id=desk.id),
        draft(EventKind.UNDO, number=6, span=half, document_id=desk.id, target=5),
    )
    _check_fold(desk, cut=[(0, sentence.span) for sentence in desk.sentences])
    place = desk.store.read_places(desk.id, reviewer="ana", first=0, count=1)[0]
    assert place.annotation is not None
    assert place.annotation.note == "of the half"
    assert desk.store.find_open(desk.id, reviewer="ana", start=0) == 1


def _check_fold(desk: Desk, *, cut: list[tuple[int, Span]] | None = None) -> None:
    state = fold(desk.store.read_events(desk.id), cut=cut)
    found = {(note.reviewer, note.span): note for note in desk.store.read_annotations(desk.id)}
    assert found == state


KINDS = st.sampled_from(
    [
        EventKind.LABEL,
        EventKind.NOTE,
        EventKind.UNSURE,
        EventKind.DENIES,
        EventKind.UNDO,
        EventKind.REDO,
    ]
)
MOVES = st.lists(
    st.tuples(
        KINDS,
        st.integers(0, 2),
        st.integers(0, 3),
        st.sampled_from(["ana", "ben"]),
        st.integers(0, 8),
    ),
    max_size=25,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(MOVES)
def test_whatever_is_appended_the_state_is_the_fold_of_the_log(
    tmp_path: Path, moves: list[tuple[EventKind, int, int, str, int]]
) -> None:
    # Steps of several sentences, undone twice and by the wrong reviewer: as from elsewhere.
    (tmp_path / "each.db").unlink(missing_ok=True)
    store = SqliteStore.open(str(tmp_path / "each.db"))
    try:
        desk = Desk(store, sentences=3)
        for number, (kind, index, which, reviewer, other) in enumerate(moves, 1):
            values: dict[EventKind, Value] = {
                EventKind.LABEL: ["claim", "denial", None, "denial"][which],
                EventKind.NOTE: ["a", "b", None, "c"][which],
                EventKind.UNSURE: which % 2 == 0,
                EventKind.DENIES: Denied("denial", tuple(s.span for s in desk.sentences[:which])),
            }
            turning = kind in (EventKind.UNDO, EventKind.REDO)
            desk.append(
                desk.draft(
                    kind,
                    values.get(kind),
                    index=index,
                    reviewer=reviewer,
                    step=None if turning else max(number - other % 3, 1),
                    target=max(number - other, 1) if turning else None,
                )
            )
            _check_fold(desk)
    finally:
        store.close()


def test_a_link_to_what_was_split_before_goes_to_both_halves(desk: Desk) -> None:
    # As a file has it that was written before the split.
    whole = desk.sentences[0].span
    parts = (Span(whole.start, whole.start + 3), Span(whole.start + 4, whole.end))
    layout = write_layout((0, sentence.span) for sentence in desk.sentences)
    given = Given("denial", None, None, False, (whole,), "2026-11-23T12:00:00Z", "later")
    desk.append(
        desk.draft(EventKind.IMPORT, Imported("A title", None, None, None, "en", None, layout)),
        desk.draft(EventKind.SPLIT, Recut(parts), index=0),
        desk.draft(EventKind.GIVEN, given, index=2),
    )
    (annotation,) = desk.store.read_annotations(desk.id)
    assert annotation.denies == parts
    _check_fold(desk, cut=[(0, sentence.span) for sentence in desk.sentences])
