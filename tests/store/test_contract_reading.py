"""What every store answers, the same over memory and SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator.errors import StoreError
from annotator.model.event import Denied, EventKind, Imported
from tests.builders import article, shelve
from tests.store.desk import Desk

if TYPE_CHECKING:
    from annotator.store.base import Store


def indexes(desk: Desk, first: int, count: int) -> list[int]:
    places = desk.store.read_places(desk.id, reviewer="ana", first=first, count=count)
    return [place.sentence.index for place in places]


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


def test_a_sentence_is_found_by_what_it_holds(desk: Desk) -> None:
    for sentence in desk.sentences:
        for start in (sentence.span.start, sentence.span.start + 5, sentence.span.end - 1):
            assert desk.store.find_index(desk.id, start=start) == sentence.index
            assert desk.store.find_stretches(desk.id, starts=[start, start]) == [
                (sentence.index, sentence.span)
            ]
        assert desk.store.find_index(desk.id, start=sentence.span.end) is None
    assert desk.store.find_index("0" * 16, start=0) is None
    sentences = list(desk.store.read_sentences(desk.id))
    every = [at for one in reversed(sentences) for at in (one.span.start, one.span.end)]
    assert desk.store.find_stretches(desk.id, starts=every) == [
        (one.index, one.span) for one in sentences
    ]


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
