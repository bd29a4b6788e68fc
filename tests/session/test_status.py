"""Progress, pace and what is left, on every kind of store."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from statistics import median
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.session.status import (
    BREAK_MS,
    DAYS,
    Status,
    Survey,
    Timing,
    Work,
    describe_duration,
    draw_days,
    measure_status,
)
from annotator.store.memory import MemoryStore
from tests.builders import NOON_MS, CountingIds, TickingClock, article, make_library, put

if TYPE_CHECKING:
    from annotator.model.document import Document
    from annotator.session.labelling import Session
    from annotator.store.base import Store
    from annotator.store.sqlite import SqliteStore

DAY_MS = 24 * 60 * 60 * 1000


class Hands(TickingClock):
    """A clock that stands still unless it is moved."""

    def __init__(self) -> None:
        super().__init__()
        self.tick_ms = 0

    def steady_ms(self) -> int:
        return self.steady


def label(
    session: Session, index: int, clock: Hands, *, spent_ms: int, name: str = "claim"
) -> None:
    """Give a label after so long."""
    clock.steady += spent_ms
    session.annotate(index, name)


def measure(store: Store, clock: Hands, **options: object) -> Status:
    return measure_status(store, clock=clock, zone=UTC, **options)  # type: ignore[arg-type]


@pytest.fixture
def hands() -> Hands:
    return Hands()


def shelve(store: Store, title: str, *, sentences: int = 4) -> Document:
    library = make_library(store, "importer", ids=CountingIds(ord(title) << 40))
    return put(library, article(sentences, title=title))


def test_an_empty_library_has_no_status(store: Store, hands: Hands) -> None:
    status = measure(store, hands)
    assert (status.works, status.totals) == ((), ())
    assert len(status.days) == DAYS
    assert status.days[-1] == date(2026, 11, 23)


def test_a_document_that_nobody_has_labelled_stands_once_without_a_reviewer(
    store: Store, hands: Hands
) -> None:
    document = shelve(store, "A")
    status = measure(store, hands)
    assert status.works == (Work(document, None, 4, {}, 0, Timing()),)
    assert status.totals == ()
    assert status.works[0].left_ms is None


def test_each_reviewer_of_each_document_and_all_documents_of_each(
    store: Store, hands: Hands
) -> None:
    documents = [shelve(store, title) for title in "BAC"]
    ana = make_library(store, "ana", clock=hands)
    for who, count in (("ben", 1), ("ana", 3)):
        library = ana if who == "ana" else make_library(store, who, clock=hands)
        for document in documents[: 2 if who == "ana" else 1]:
            session = library.open(document)
            for index in range(count):
                label(session, index, hands, spent_ms=2000)
    session = ana.open(documents[0])
    label(session, 0, hands, spent_ms=6000, name="denial")
    session.flag_unsure(3, unsure=True)
    status = measure(store, hands)
    # By title, which the first sentence is.
    assert [(work.document and work.document.title[0], work.reviewer) for work in status.works] == [
        ("A", "ana"),
        ("B", "ana"),
        ("B", "ben"),
        ("C", None),
    ]
    work = status.works[1]
    assert (work.labelled, work.open, work.unsure) == (3, 1, 1)
    assert work.counts == {"claim": 2, "denial": 1}
    assert (work.timing.measured, work.timing.median_ms) == (4, 2000)
    assert work.left_ms == 2000
    total = status.totals[0]
    assert (total.document, total.reviewer) == (None, "ana")
    assert (total.sentences, total.labelled, total.timing.measured) == (12, 6, 7)
    assert [total.reviewer for total in status.totals] == ["ana", "ben"]


def test_of_one_reviewer_every_document_and_of_the_others_only_how_many(
    store: Store, hands: Hands
) -> None:
    first, second = shelve(store, "A"), shelve(store, "B")
    label(make_library(store, "ben", clock=hands).open(first), 0, hands, spent_ms=9000)
    make_library(store, "cleo", clock=hands).open(first).note(0, "only a note")
    status = measure(store, hands, reviewer="ana")
    assert [(work.document, work.reviewer, work.labelled) for work in status.works] == [
        (first, "ana", 0),
        (second, "ana", 0),
    ]
    assert [(total.reviewer, total.labelled) for total in status.totals] == [("ana", 0)]
    assert status.totals[0].timing == Timing()
    assert {id_: dict(found) for id_, found in status.others.items()} == {first.id: {"ben": 1}}


def test_only_the_documents_that_are_asked_for(store: Store, hands: Hands) -> None:
    first, second = shelve(store, "A"), shelve(store, "B")
    library = make_library(store, clock=hands)
    for document in (first, second):
        label(library.open(document), 0, hands, spent_ms=1000)
    status = measure(store, hands, documents=[second])
    assert [work.document for work in status.works] == [second]
    assert status.totals[0].timing.measured == 1
    assert status.totals[0].sentences == 4


def test_a_deleted_document_counts_for_nothing(store: Store, hands: Hands) -> None:
    library = make_library(store, clock=hands)
    document = put(library, article(3))
    label(library.open(document), 0, hands, spent_ms=1000)
    library.delete(document)
    assert measure(store, hands).works == ()


def test_what_was_cleared_was_work_and_is_not_labelled(store: Store, hands: Hands) -> None:
    library = make_library(store, clock=hands)
    session = library.open(put(library, article(3)))
    label(session, 0, hands, spent_ms=1000)
    hands.steady += 50_000
    session.clear(0)
    (work,) = measure(store, hands).works
    assert (work.reviewer, work.labelled, work.open) == ("ana", 0, 3)
    assert (work.timing.measured, work.timing.median_ms, work.timing.today) == (1, 1000, 1)


def test_todays_pace_leaves_breaks_out_and_takes_a_minute_to_tell(
    store: Store, hands: Hands
) -> None:
    library = make_library(store, clock=hands)
    session = library.open(put(library, article(9)))
    hands.now_ms = NOON_MS - DAY_MS
    label(session, 0, hands, spent_ms=600_000)
    hands.now_ms = NOON_MS
    label(session, 1, hands, spent_ms=59_999)
    assert measure(store, hands).totals[0].timing.hourly is None
    label(session, 2, hands, spent_ms=1)
    timing = measure(store, hands).totals[0].timing
    assert (timing.today, timing.hourly) == (2, 120)
    label(session, 3, hands, spent_ms=10 * BREAK_MS)
    timing = measure(store, hands).totals[0].timing
    assert timing.hourly == 3 * 3_600_000 / (60_000 + BREAK_MS)
    assert timing.days[-2:] == (1, 3)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        (UTC, 23),
        (timezone(timedelta(hours=-13)), 22),
        (timezone(timedelta(hours=12)), 24),
        (ZoneInfo("Europe/Berlin"), 23),
    ],
)
def test_days_are_those_of_the_reviewers_zone(hands: Hands, zone: timezone, day: int) -> None:
    status = measure_status(MemoryStore(), clock=hands, zone=zone)
    assert status.days[-1] == date(2026, 11, day)


def test_a_night_without_an_hour_has_its_labels_in_the_right_day(
    store: Store, hands: Hands
) -> None:
    berlin = ZoneInfo("Europe/Berlin")  # on 25 October 2026 an hour comes twice
    library = make_library(store, clock=hands)
    session = library.open(put(library, article(9)))
    for index, (day, hour) in enumerate([(24, 23), (25, 0), (25, 23), (26, 0)]):
        moment = datetime(2026, 10, day, hour, 30, tzinfo=berlin)
        hands.now_ms = round(moment.timestamp() * 1000)
        label(session, index, hands, spent_ms=1)
    days = measure_status(store, clock=hands, zone=berlin).totals[0].timing.days
    assert days[-3:] == (1, 2, 1)


@given(
    st.lists(st.tuples(st.integers(-20 * DAY_MS, 2 * DAY_MS), st.integers(0, 10**6)), max_size=20)
)
def test_medians_and_days_are_those_of_a_plain_count(labels: list[tuple[int, int]]) -> None:
    hands, store = Hands(), MemoryStore()
    library = make_library(store, clock=hands)
    session = library.open(put(library, article(2)))
    for number, (offset, spent_ms) in enumerate(labels):
        hands.now_ms = NOON_MS + offset
        label(session, 0, hands, spent_ms=spent_ms, name=["claim", "denial"][number % 2])
    hands.now_ms = NOON_MS
    (work,) = measure(store, hands, reviewer="ana").works
    assert work.timing.measured == len(labels)
    assert work.timing.median_ms == (median(spent for _, spent in labels) if labels else None)
    today = NOON_MS // DAY_MS
    counted = [0] * DAYS
    for offset, _ in labels:
        ago = today - (NOON_MS + offset) // DAY_MS
        if 0 <= ago < DAYS:
            counted[DAYS - 1 - ago] += 1
    assert work.timing.days == tuple(counted)


def test_a_survey_opens_the_database_anew(sqlite: SqliteStore, hands: Hands) -> None:
    library = make_library(sqlite, clock=hands)
    document = put(library, article(3))
    label(library.open(document), 0, hands, spent_ms=1000)
    status = Survey(sqlite.location, "ana", hands).measure()
    assert [(work.document, work.labelled) for work in status.works] == [(document, 1)]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "under a minute"),
        (29, "under a minute"),
        (31, "about 1 min"),
        (12 * 60, "about 12 min"),
        (59 * 60 + 29, "about 59 min"),
        (60 * 60, "about 1 h"),
        (64 * 60, "about 1 h"),
        (80 * 60, "about 1 h 20 min"),
        (119 * 60, "about 2 h"),
        (1000 * 3600 + 1200, "about 1000 h"),
    ],
)
def test_a_duration_in_words(seconds: int, words: str) -> None:
    assert describe_duration(seconds * 1000) == words


@given(st.lists(st.integers(0, 10**6), max_size=20))
def test_a_row_of_days_is_as_long_as_they_are_and_hides_none(days: list[int]) -> None:
    drawn = draw_days(days)
    assert len(drawn) == len(days)
    for number, block in zip(days, drawn, strict=True):
        assert (block == "·") == (number == 0)
        assert (block == "█") == (number > max(days) * 7 / 8)


def test_many_documents_take_as_many_questions_as_few(sqlite: SqliteStore, hands: Hands) -> None:
    library = make_library(sqlite, clock=hands)
    asked: list[int] = []
    for titles in ("ABC", "DEFGHIJKLM"):
        for title in titles:
            session = library.open(put(library, article(3, title=title)))
            label(session, 0, hands, spent_ms=1000)
        questions: list[str] = []
        sqlite._connection.set_trace_callback(questions.append)
        assert measure(sqlite, hands).totals[0].labelled == len(measure(sqlite, hands).works)
        sqlite._connection.set_trace_callback(None)
        asked.append(len(questions))
    assert asked[0] == asked[1]
