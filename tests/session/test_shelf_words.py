"""The library's rows with who labels what, the words for them, and the words of a status."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from annotator.errors import StoreError
from annotator.model.document import Colleague, Shelved
from annotator.session.assigning import Deal, assign, assign_again
from annotator.session.shelving import (
    Shelving,
    Sort,
    describe_colleagues,
    describe_share,
    keep_order,
    list_shelf,
    sort_documents,
)
from annotator.session.status import Survey, Timing, Work, describe_duration, draw_days
from annotator.store.memory import MemoryStore
from tests.builders import TickingClock, article, make_library, put

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.model.document import Document
    from annotator.session.library import Library
    from annotator.store.sqlite import SqliteStore


@pytest.fixture
def library() -> Library:
    return make_library(MemoryStore())


@pytest.fixture
def document(library: Library) -> Document:
    return put(library, article(3))


@pytest.mark.parametrize(
    ("done", "total", "shown"),
    [
        (0, 200, "0 %"),
        (1, 201, "1 %"),
        (1, 3, "33 %"),
        (2, 3, "67 %"),
        (99, 100, "99 %"),
        (100, 200, "50 %"),
        (150, 200, "75 %"),
        (999, 1000, "99 %"),
        (3, 3, "✓"),
        (4, 3, "✓"),
        (0, 0, "✓"),
    ],
)
def test_a_share_is_shown_in_whole_per_cent(done: int, total: int, shown: str) -> None:
    assert describe_share(done, total) == shown


def test_colleagues_are_told_with_their_shares(document: Document) -> None:
    row = Shelved(document, 0, 0, colleagues=(Colleague("ben", 3), Colleague("cleo", 1)))
    assert describe_colleagues(row) == "ben ✓, cleo 33 %"
    assert describe_colleagues(replace(row, colleagues=())) == ""


def finish(library: Library, document: Document, who: str, count: int = 3) -> None:
    session = make_library(library.store, who).open(document)
    for index in range(count):
        session.annotate(index, "claim")


def test_the_shelf_has_those_who_label_and_those_who_are_to_by_name(
    library: Library, document: Document
) -> None:
    finish(library, document, "zoe", 2)
    finish(library, document, "ben", 3)
    assign(library, [document], ("ben", "cleo", "ana"), deal=Deal())
    (row,) = list_shelf(library)
    assert (row.is_mine, row.again) == (True, False)
    assert row.colleagues == (
        Colleague("ben", 3, is_assigned=True),
        Colleague("cleo", 0, is_assigned=True),
        Colleague("zoe", 2, is_assigned=False),
    )


def test_colleagues_are_told_where_nothing_is_assigned(
    library: Library, document: Document
) -> None:
    put(library, article(2, title="Another"))
    finish(library, document, "ben", 1)
    rows = {row.document.id: row for row in list_shelf(library)}
    assert rows[document.id].colleagues == (Colleague("ben", 1),)
    assert not rows[document.id].is_mine
    assert [row.colleagues for id_, row in rows.items() if id_ != document.id] == [()]


def test_a_second_pass_that_has_not_begun_is_a_row_at_nothing(
    library: Library, document: Document
) -> None:
    session = library.open(document)
    for index in range(3):
        session.annotate(index, "claim")
    assign_again(library, [document], ("ana",), share=Fraction(1), seed=0)
    first, second = list_shelf(library)
    assert (first.again, first.is_mine, first.labelled_by_me) == (False, False, 3)
    assert (second.again, second.is_mine, second.labelled_by_me) == (True, True, 0)
    assert first.colleagues == second.colleagues == ()
    library.open(document, again=True).annotate(0, "claim")
    assert [row.labelled_by_me for row in list_shelf(library)] == [3, 1]
    assert [row.colleagues for row in list_shelf(make_library(library.store, "ben"))] == [
        (Colleague("ana", 3),)
    ]
    library.delete(document)
    assert [row.again for row in list_shelf(library, deleted=True)] == [False]


def test_rows_alike_stand_by_title_and_id_whatever_they_are_sorted_by(document: Document) -> None:
    rows = [
        Shelved(replace(document, id=id_, title=title, sentence_count=count), mine, 0, (), changed)
        for id_, title, count, mine, changed in (
            ("3", "Zoo", 4, 2, "2026-11-02"),
            ("2", "ant", 4, 2, "2026-11-02"),
            ("1", "ant", 4, 2, "2026-11-02"),
            ("4", "Bee", 9, 1, "2026-11-03"),
            ("5", "bee", 0, 0, "2026-11-01"),
        )
    ]
    orders = {sort: "".join(row.document.id for row in sort_documents(rows, sort)) for sort in Sort}
    assert orders == {
        Sort.TITLE: "12453",
        Sort.PROGRESS: "41235",
        Sort.CHANGED: "41235",
        Sort.SENTENCES: "41235",
    }


def test_the_sorts_follow_one_another_and_two_are_falling() -> None:
    assert [sort.following for sort in Sort] == [
        Sort.PROGRESS,
        Sort.CHANGED,
        Sort.SENTENCES,
        Sort.TITLE,
    ]
    assert [sort.value for sort in Sort if sort.is_falling] == ["changed", "sentences"]
    assert Shelving() == Shelving(Sort.TITLE, "", deleted=False)


def test_rows_that_are_new_come_behind_the_row_that_they_follow(document: Document) -> None:
    rows = {id_: Shelved(replace(document, id=id_), 0, 0) for id_ in "abcdef"}

    def keep(before: str, now: str) -> str:
        return "".join(row.document.id for row in keep_order(before, [rows[id_] for id_ in now]))

    assert keep("ba", "ab") == "ba"
    assert keep("ba", "cabd") == "cbda"
    assert keep("cba", "adebf") == "bfade"
    assert keep("", "cab") == "cab"
    assert keep("abc", "ca") == "ac"


# -- status


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0.49, "under a minute"),
        (0.51, "about 1 min"),
        (59.4, "about 59 min"),
        (59.6, "about 1 h"),
        (66, "about 1 h 10 min"),
        (114, "about 1 h 50 min"),
        (116, "about 2 h"),
        (9 * 60 + 50, "about 9 h 50 min"),
        (9 * 60 + 56, "about 10 h"),
        (10 * 60 + 30, "about 10 h"),
    ],
)
def test_a_duration_is_told_to_the_minute_then_to_ten_then_to_the_hour(
    minutes: float, words: str
) -> None:
    assert describe_duration(minutes * 60_000) == words


def test_days_are_drawn_in_eight_heights() -> None:
    assert draw_days([0, 1, 2, 3, 4, 5, 6, 7, 8]) == "·▁▂▃▄▅▆▇█"
    assert draw_days([1, 0, 1000]) == "▁·█"
    assert draw_days([5]) == "█"
    assert draw_days([0, 0]) == "··"
    assert draw_days([]) == ""


def test_what_is_left_takes_as_long_as_the_median_says() -> None:
    work = Work(None, "ana", 10, {"claim": 3, "denial": 1}, 2, Timing(4, 2500.0))
    assert (work.labelled, work.open, work.left_ms) == (4, 6, 15_000)
    assert replace(work, timing=Timing()).left_ms is None
    assert replace(work, sentences=4, timing=Timing()).left_ms == 0
    assert Timing() == Timing(0, None, 0, None, (0,) * 14)


def test_a_survey_tells_one_reviewer_of_others_only_how_many(sqlite: SqliteStore) -> None:
    library = make_library(sqlite)
    document = put(library, article(3))
    library.open(document).annotate(0, "claim")
    make_library(sqlite, "ben").open(document).annotate(1, "denial")
    status = Survey(sqlite.location, "ana", TickingClock()).measure()
    assert [(work.reviewer, work.counts) for work in status.works] == [("ana", {"claim": 1})]
    assert [work.reviewer for work in status.totals] == ["ana"]
    assert {id_: dict(found) for id_, found in status.others.items()} == {document.id: {"ben": 1}}


def test_a_survey_of_a_database_that_is_gone_makes_none(tmp_path: Path) -> None:
    gone = tmp_path / "gone.db"
    with pytest.raises(StoreError):
        Survey(str(gone), "ana", TickingClock()).measure()
    assert not gone.exists()
