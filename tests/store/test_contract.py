"""What every store promises: the same tests on each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import NotSavedError, StoreError
from annotator.model.annotation import fold
from annotator.model.event import Denied, EventKind, Imported
from annotator.model.span import Span
from annotator.store.memory import MemoryStore
from annotator.store.sqlite import SqliteStore
from tests.builders import article, draft, shelve

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.model.document import Document, Sentence
    from annotator.model.event import Draft, Event, Value
    from annotator.store.base import Store


class Desk:
    """A store with one document, and a short way of writing events about its sentences."""

    def __init__(self, store: Store, sentences: int = 5) -> None:
        self.store = store
        self.document, self.sentences = shelve(store, article(sentences))
        self.id = self.document.id
        self.number = 0

    def draft(
        self,
        kind: EventKind,
        value: Value = None,
        *,
        index: int | None = None,
        reviewer: str = "ana",
        step: int | None = None,
        target: int | None = None,
    ) -> Draft:
        self.number += 1
        span = None if index is None else self.sentences[index].span
        return draft(
            kind,
            value,
            number=self.number,
            span=span,
            reviewer=reviewer,
            document_id=self.id,
            step=step,
            target=target,
        )

    def append(self, *drafts: Draft) -> list[Event]:
        return self.store.transact(lambda: self.store.append(drafts))

    def label(self, index: int, label: str | None, reviewer: str = "ana") -> Event:
        made = self.draft(EventKind.LABEL, label, index=index, reviewer=reviewer)
        return self.append(made)[0]


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


def indexes(desk: Desk, first: int, count: int) -> list[int]:
    places = desk.store.read_places(desk.id, reviewer="ana", first=first, count=count)
    return [place.sentence.index for place in places]


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
        desk.store.add_document(shelved, "Another. ", sentences)
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


# -- the library


def test_documents_are_found_by_prefix_with_the_deleted_ones(store: Store) -> None:
    ids = sorted(shelve(store, article(2, title=f"Article {n}"))[0].id for n in range(20))
    assert [found.id for found in store.find_documents("", limit=99)] == ids
    assert [found.id for found in store.find_documents("", limit=3)] == ids[:3]
    for prefix in (ids[0][:1], ids[3][:2], ids[7], ids[7] + "0", "g", "~", "%", "_", "é"):
        expected = [id_ for id_ in ids if id_.startswith(prefix)]
        assert [found.id for found in store.find_documents(prefix, limit=99)] == expected
    assert store.find_documents(ids[0], limit=1)[0].title.startswith("Article")


def test_the_library_lists_progress_by_title_and_keeps_deleted_documents_apart(
    store: Store,
) -> None:
    late = Desk(store)
    early = Desk(store, sentences=2)
    early.number = 100
    late.label(0, "claim")
    late.label(1, "claim", reviewer="ben")
    late.label(1, "denial")
    late.label(2, "claim", reviewer="ben")
    late.append(late.draft(EventKind.NOTE, "no label", index=3))
    listed = {shelved.document.id: shelved for shelved in store.list_documents("ana")}
    assert set(listed) == {late.id, early.id}
    assert (listed[late.id].labelled_by_me, listed[late.id].labelled_by_anyone) == (2, 3)
    assert (listed[early.id].labelled_by_me, listed[early.id].labelled_by_anyone) == (0, 0)
    early.append(early.draft(EventKind.DELETE))
    assert [shelved.document.id for shelved in store.list_documents("ana")] == [late.id]
    gone = store.list_documents("ana", deleted=True)
    assert [shelved.document.id for shelved in gone] == [early.id]
    assert gone[0].document.deleted
    early.append(early.draft(EventKind.RESTORE))
    assert len(store.list_documents("ana")) == 2
    assert store.list_documents("ana", deleted=True) == []


def test_titles_sort_by_code_point_and_equal_ones_by_id(store: Store) -> None:
    titles = ["b", "a", "é", "\U0001f9ff", "Z", "\uffff"]
    for number, title in enumerate(titles, 2):
        shelve(store, article(number, title=title))
    listed = store.list_documents("ana")
    assert [shelved.document.title[0] for shelved in listed] == sorted(titles)


def test_the_last_document_is_the_one_worked_on_else_the_one_imported(store: Store) -> None:
    assert store.find_last_document("ana") is None
    first, second = Desk(store), Desk(store, sentences=2)
    second.number = 100
    origin = Imported("A title", None, None, None, "en", None, "0 1")
    first.append(first.draft(EventKind.IMPORT, origin, reviewer="lee"))
    second.append(second.draft(EventKind.IMPORT, origin, reviewer="lee"))

    def last(reviewer: str) -> str | None:
        found = store.find_last_document(reviewer)
        return None if found is None else found.id

    assert last("ana") == second.id
    first.label(0, "claim")
    assert (last("ana"), last("ben")) == (first.id, second.id)
    first.append(first.draft(EventKind.DELETE))
    assert (last("ana"), last("ben")) == (second.id, second.id)
    second.append(second.draft(EventKind.DELETE))
    assert last("ana") is None
    first.append(first.draft(EventKind.RESTORE))
    assert last("ana") == first.id


def test_rows_are_counted(desk: Desk) -> None:
    desk.label(0, "claim")
    desk.label(0, "denial")
    desk.label(1, "claim", reviewer="ben")
    assert dict(desk.store.count_rows()) == {
        "documents": 1,
        "sentences": 5,
        "annotations": 2,
        "events": 3,
    }


# -- one document


def test_the_text_and_the_sentences_come_back(desk: Desk) -> None:
    assert desk.store.read_text(desk.id) == article().text
    assert list(desk.store.read_sentences(desk.id)) == desk.sentences
    assert list(desk.store.read_sentences("0" * 16)) == []
    with pytest.raises(StoreError, match="0000"):
        desk.store.read_text("0" * 16)


def test_places_are_a_window_on_the_sentences(desk: Desk) -> None:
    assert indexes(desk, 0, 5) == [0, 1, 2, 3, 4]
    assert indexes(desk, 2, 2) == [2, 3]
    assert indexes(desk, 3, 10**6) == [3, 4]
    assert indexes(desk, 5, 3) == []
    assert indexes(desk, 0, 0) == []
    assert indexes(desk, 10**30, 1) == []
    assert indexes(desk, 0, 10**30) == [0, 1, 2, 3, 4]


def test_places_hold_what_this_reviewer_said(desk: Desk) -> None:
    desk.label(1, "claim")
    desk.label(1, "denial", reviewer="ben")
    denied = Denied("denial", (desk.sentences[4].span, desk.sentences[1].span))
    desk.append(
        desk.draft(EventKind.LABEL, "denial", index=3),
        desk.draft(EventKind.DENIES, denied, index=3),
    )
    places = desk.store.read_places(desk.id, reviewer="ana", first=0, count=5)
    labels = [place.annotation and place.annotation.label for place in places]
    assert labels == [None, "claim", None, "denial", None]
    assert places[3].annotation is not None
    assert places[3].annotation.denies == (desk.sentences[1].span, desk.sentences[4].span)
    assert [place.sentence for place in places] == desk.sentences


def test_the_nearest_unlabelled_sentence_is_found_both_ways(desk: Desk) -> None:
    def find(start: int, *, backwards: bool = False, reviewer: str = "ana") -> int | None:
        return desk.store.find_open(desk.id, reviewer=reviewer, start=start, backwards=backwards)

    for index in (1, 2, 4):
        desk.label(index, "claim")
    desk.append(desk.draft(EventKind.NOTE, "no label", index=3))
    assert [find(start) for start in range(6)] == [0, 3, 3, 3, None, None]
    assert [find(start, backwards=True) for start in range(6)] == [0, 0, 0, 3, 3, 3]
    assert find(4, reviewer="ben") == 4
    assert find(10**30) is None
    assert find(10**30, backwards=True) == 3
    assert find(-1) == 0
    assert find(-1, backwards=True) is None
    desk.label(2, None)
    assert find(1) == 2
    assert desk.store.find_open("0" * 16, reviewer="ana", start=0) is None


def test_a_sentence_is_found_by_where_it_begins(desk: Desk) -> None:
    for sentence in desk.sentences:
        found = desk.store.find_index(desk.id, start=sentence.span.start)
        assert found == sentence.index
    assert desk.store.find_index(desk.id, start=desk.sentences[1].span.start + 1) is None


def test_the_last_act_is_this_reviewers_newest_here(desk: Desk) -> None:
    def last() -> int | None:
        return desk.store.find_last_act(desk.id, reviewer="ana")

    assert last() is None
    desk.label(3, "claim")
    desk.label(1, "claim")
    desk.label(4, "claim", reviewer="ben")
    desk.append(desk.draft(EventKind.DELETE))
    assert last() == 1
    desk.append(desk.draft(EventKind.UNDO, index=3, target=1))
    assert last() == 3


def test_labels_are_counted_by_reviewer(desk: Desk) -> None:
    desk.label(0, "denial")
    desk.label(1, "claim")
    desk.label(2, "claim")
    desk.label(3, "claim", reviewer="ben")
    desk.append(desk.draft(EventKind.NOTE, "no label", index=4))
    counts = desk.store.count_labels(desk.id, reviewer="ana")
    assert list(counts.items()) == [("claim", 2), ("denial", 1)]
    assert desk.store.count_labels(desk.id, reviewer="cem") == {}


def test_annotations_come_by_sentence_and_reviewer(desk: Desk) -> None:
    for index, reviewer in ((2, "ben"), (0, "zoë"), (0, "ana"), (2, "Ana"), (1, "ben")):
        desk.label(index, "claim", reviewer=reviewer)
    found = [
        (
            desk.sentences.index(next(s for s in desk.sentences if s.span == note.span)),
            note.reviewer,
        )
        for note in desk.store.read_annotations(desk.id)
    ]
    assert found == [(0, "ana"), (0, "zoë"), (1, "ben"), (2, "Ana"), (2, "ben")]
    bens = desk.store.read_annotations(desk.id, reviewer="ben")
    assert [(note.reviewer, note.span) for note in bens] == [
        ("ben", desk.sentences[1].span),
        ("ben", desk.sentences[2].span),
    ]


def test_a_sound_store_finds_nothing_wrong_with_itself(desk: Desk) -> None:
    desk.label(0, "claim")
    assert desk.store.check_integrity() == []


# -- state and log


def test_annotations_on_spans_that_begin_together_are_two(desk: Desk) -> None:
    # As after a sentence was split, or cut differently on the machine that this came from.
    whole = desk.sentences[0].span
    half = Span(whole.start, whole.end - 5)
    desk.append(
        draft(EventKind.LABEL, "claim", number=1, span=whole, document_id=desk.id),
        draft(EventKind.NOTE, "of the half", number=2, span=half, document_id=desk.id),
        draft(EventKind.LABEL, "denial", number=3, span=half, document_id=desk.id),
        draft(
            EventKind.DENIES,
            Denied("denial", (whole,)),
            number=4,
            span=half,
            document_id=desk.id,
        ),
        draft(EventKind.LABEL, None, number=5, span=half, document_id=desk.id),
        draft(EventKind.UNDO, number=6, span=half, document_id=desk.id, target=5),
    )
    _check_fold(desk)
    place = desk.store.read_places(desk.id, reviewer="ana", first=0, count=1)[0]
    assert place.annotation is not None
    assert place.annotation.label == "claim"
    assert desk.store.find_open(desk.id, reviewer="ana", start=0) == 1


def _check_fold(desk: Desk) -> None:
    state = fold(desk.store.read_events(desk.id))
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
