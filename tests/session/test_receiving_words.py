"""What is said of labels and histories that cannot come in, and what comes in, exactly."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotator.errors import SchemeError, SourceError, StoreError
from annotator.model.document import Article
from annotator.model.event import EventKind, Given
from annotator.model.scheme import FACT_CHECK
from annotator.model.span import Span
from annotator.readers import Reading, Said
from annotator.session.importing import add_reading, lay_out
from annotator.session.vetting import check_document, check_log
from annotator.store.memory import MemoryStore
from tests.builders import TickingClock, make_library
from tests.session.refusals import refuse

if TYPE_CHECKING:
    from annotator.model.event import Event
    from annotator.session.library import Arrival, Library

TEXT = "The harbour was mined. The ministry denies that. Nobody was hurt, it says.\n"
MINED, DENIED, HURT = Span(0, 22), Span(23, 48), Span(49, 74)
ARTICLE = Article(TEXT, "The harbour")


@pytest.fixture
def library() -> Library:
    return make_library(MemoryStore())


def bring(library: Library, *said: Said) -> tuple[Arrival, tuple[str, ...]]:
    return add_reading(library, Reading(ARTICLE, said=said), name="a.json")


def list_given(library: Library, arrival: Arrival) -> list[Event]:
    events = library.store.read_events(arrival.document.id)
    return [event for event in events if event.kind is EventKind.GIVEN]


# -- refused


@pytest.mark.parametrize(
    ("labels", "named"),
    [
        ("a", "'a'"),
        ("edcba", "'a', 'b', 'c', 'd', 'e'"),
        ("gfedcba", "'a', 'b', 'c', 'd', 'e' and 2 more"),
    ],
)
def test_labels_that_the_database_does_not_have_are_told(
    library: Library, labels: str, named: str
) -> None:
    said = [Said(MINED, label, f"r{label}") for label in labels]
    assert refuse(SchemeError, lambda: bring(library, *said)) == (
        f"a.json has labels that this database does not: {named}. Its scheme fact-check has"
        " background, claim, denial; 'annotator scheme set' gives it another."
    )
    assert library.list_documents() == []


def test_another_scheme_is_told_once_there_is_a_label(library: Library) -> None:
    bring(library, Said(MINED, "claim", "ben"))
    reading = Reading(ARTICLE, scheme=replace(FACT_CHECK, name="mine"))
    assert refuse(SchemeError, lambda: add_reading(library, reading, name="b.json")) == (
        "b.json is labelled with the scheme 'mine' (claim, denial, background), and this database"
        " with the scheme 'fact-check' (claim, denial, background): import it into a database of"
        " its own (--db)."
    )


def test_a_history_that_cannot_be_is_told(library: Library) -> None:
    arrival, _ = bring(library, Said(MINED, "claim", "ben"))
    events = list(library.store.read_events(arrival.document.id))
    reading = Reading(ARTICLE, history=tuple(events[1:]))
    assert refuse(SourceError, lambda: add_reading(library, reading, name="b.json")) == (
        "b.json has a history that cannot be: a document has no import in its history. Nothing of"
        " the article came in: export it again where it comes from."
    )


# -- received


def test_an_annotation_comes_in_as_one_event_of_its_reviewer(library: Library) -> None:
    said = [
        Said(
            DENIED,
            "denial",
            "ben",
            speaker="she",
            note="why?",
            unsure=True,
            denies=(HURT, MINED),
            created_at="2026-01-01T00:00:00Z",
            updated_at="2026-01-02T00:00:00Z",
        ),
        Said(HURT, "claim", None),
        Said(MINED, "claim", "ben", created_at="2026-01-03T00:00:00Z"),
    ]
    arrival, remarks = bring(library, *said)
    assert (arrival.received, arrival.outdated, arrival.suggested, remarks) == (3, 0, 0, ())
    first, second, third = list_given(library, arrival)
    assert first.value == Given(
        label="denial",
        speaker="she",
        note="why?",
        unsure=True,
        denies=(MINED, HURT),
        created_at="2026-01-01T00:00:00Z",
        updated_at="2026-01-02T00:00:00Z",
    )
    assert [event.reviewer for event in (first, second, third)] == ["ben", "ana", "ben"]
    assert [event.span for event in (first, second, third)] == [DENIED, HURT, MINED]
    assert [event.step for event in (first, second, third)] == [first.id, second.id, first.id]
    assert {(event.spent_ms, event.guideline) for event in (first, second, third)} == {
        (0, library.drafting.guideline)
    }
    now = second.time
    assert {event.time for event in (first, third)} == {now}
    assert isinstance(second.value, Given)
    assert isinstance(third.value, Given)
    assert (second.value.created_at, second.value.updated_at) == (now, now)
    assert (third.value.created_at, third.value.updated_at) == (
        "2026-01-03T00:00:00Z",
        "2026-01-03T00:00:00Z",
    )


def test_the_same_word_without_a_time_is_one_event_whenever_it_comes() -> None:
    ids = set()
    for hours in (0, 5):
        clock = TickingClock()
        clock.now_ms += hours * 3_600_000
        library = make_library(MemoryStore(), clock=clock)
        arrival, _ = bring(library, Said(MINED, "claim", "ben"))
        ids.add(list_given(library, arrival)[0].id)
    assert len(ids) == 1


def test_words_of_other_times_are_other_events(library: Library) -> None:
    ids = set()
    for created, updated in (
        (None, None),
        ("2026-01-01T00:00:00Z", None),
        (None, "2026-01-01T00:00:00Z"),
        (None, "2026-01-02T00:00:00Z"),
        ("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"),
    ):
        fresh = make_library(MemoryStore())
        said = Said(MINED, "claim", "ben", created_at=created, updated_at=updated)
        arrival, _ = bring(fresh, said)
        ids.add(list_given(fresh, arrival)[0].id)
    assert len(ids) == 5


@pytest.mark.parametrize(("count", "told"), [(1, "1 annotation left"), (2, "2 annotations left")])
def test_annotations_older_than_what_is_here_are_counted_and_told(
    library: Library, count: int, told: str
) -> None:
    arrival, _ = bring(library)
    session = library.open(arrival.document)
    for index in range(3):
        session.annotate(index, "background")
    old = "2026-01-01T00:00:00Z"
    said = [Said(span, "claim", "ana", updated_at=old) for span in (MINED, DENIED)[:count]]
    arrival, remarks = bring(library, *said, Said(HURT, "background", "ana", updated_at=old))
    assert (arrival.received, arrival.outdated) == (0, count)
    assert remarks == (f"{told} as they are here: changed later than the file",)


def test_a_word_of_the_same_time_or_of_none_takes_the_place_of_what_is_here(
    library: Library,
) -> None:
    arrival, _ = bring(library)
    here = library.open(arrival.document).annotate(0, "background").after
    assert here is not None
    arrival, _ = bring(library, Said(MINED, "claim", "ana", updated_at=here.updated_at))
    assert (arrival.received, arrival.outdated) == (1, 0)
    arrival, _ = bring(library, Said(MINED, "denial", "ana"))
    assert (arrival.received, arrival.outdated) == (1, 0)


@pytest.mark.parametrize(
    "changed",
    [
        {"label": "denial"},
        {"speaker": "he"},
        {"note": "what?"},
        {"unsure": False},
        {"denies": (HURT,)},
        {"reviewer": "cleo"},
        {"span": HURT},
    ],
)
def test_an_annotation_that_differs_in_anything_comes_in(
    library: Library, changed: dict[str, object]
) -> None:
    said = Said(DENIED, "claim", "ben", speaker="she", note="why?", unsure=True, denies=(MINED,))
    assert bring(library, said)[0].received == 1
    assert bring(library, said)[0].received == 0
    assert bring(library, replace(said, **changed))[0].received == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("spans", "told"),
    [
        (
            [Span(0, 10), Span(5, 15)],
            ["1 labelled span overlaps another: its label goes to the sentences it touches"],
        ),
        (
            [Span(0, 10), Span(5, 15), Span(8, 20)],
            ["2 labelled spans overlap others: its label goes to the sentences it touches"],
        ),
        ([MINED, DENIED], []),
    ],
)
def test_spans_that_overlap_are_told(spans: list[Span], told: list[str]) -> None:
    said = tuple(Said(span, "claim", "ben") for span in spans)
    assert lay_out(Reading(ARTICLE, said=said))[1] == told


# -- what cannot be believed


def test_a_document_that_is_not_its_text_is_told(library: Library) -> None:
    arrival, _ = bring(library)
    document = arrival.document
    named = f"the document {document.id}"
    for changed, text, told in (
        (document, TEXT + "more", f"the text of {named} is not the one of its hash"),
        (
            replace(document, id="0" * 16),
            TEXT,
            f"the id of the document {'0' * 16} does not come from its hash",
        ),
    ):
        with pytest.raises(StoreError) as refused:
            check_document(changed, text)
        assert str(refused.value) == told
    for text in ("One\x07.", " \n"):
        odd = library.add(Article(text, "x"), spans=[Span(0, len(text))], paragraphs=[0]).document
        with pytest.raises(StoreError) as refused:
            check_document(odd, text)
        assert str(refused.value) == (
            f"the text of the document {odd.id} holds control characters, or nothing at all"
        )


def list_faults(library: Library, **changed: object) -> str:
    arrival, _ = bring(library, Said(MINED, "claim", "ben"))
    events = list(library.store.read_events(arrival.document.id))
    last = replace(events[-1], **changed)  # type: ignore[arg-type]
    with pytest.raises(StoreError) as refused:
        check_log([events[0], last], TEXT)
    head = f"the event {last.id} of kind {last.kind.value} "
    message = str(refused.value)
    assert message.startswith(head)
    return message.removeprefix(head)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"counter": 0}, "has a counter out of all bounds"),
        ({"counter": 2**53}, "has a counter out of all bounds"),
        ({"spent_ms": -1}, "took a time out of all bounds"),
        ({"spent_ms": 2**53}, "took a time out of all bounds"),
        ({"id": ""}, "has no id, or one that is too long"),
        ({"step": "x" * 201}, "has no id, or one that is too long"),
        ({"reviewer": " "}, "has no reviewer"),
        ({"kind": EventKind.SCHEME}, "is of a document that it cannot be of"),
        ({"target": "x"}, "has the wrong kind of target"),
        ({"kind": EventKind.SEEN}, "holds a value, which it cannot"),
        ({"value": None}, "holds no value"),
        ({"span": None}, "speaks of no sentence"),
        ({"span": Span(0, 99)}, "names the span 0-99 in a text of 75 code points"),
        ({"span": Span(5, 5)}, "names the span 5-5 in a text of 75 code points"),
        ({"span": Span(-1, 5)}, "names the span -1-5 in a text of 75 code points"),
    ],
)
def test_an_event_that_cannot_be_is_told(
    library: Library, changed: dict[str, object], told: str
) -> None:
    assert list_faults(library, **changed) == told


def test_an_event_at_the_bounds_is_believed(library: Library) -> None:
    arrival, _ = bring(library, Said(MINED, "claim", "ben"))
    events = list(library.store.read_events(arrival.document.id))
    for changed in (
        {"counter": 1},
        {"counter": 2**53 - 1},
        {"spent_ms": 0},
        {"spent_ms": 2**53 - 1},
        {"id": "x"},
        {"step": "x" * 200},
        {"span": Span(0, 75)},
        {"span": Span(74, 75)},
    ):
        check_log([events[0], replace(events[-1], **changed)], TEXT)


@pytest.mark.parametrize(
    ("layout", "told"),
    [
        ("x", "cuts the text in a way that cannot be read"),
        ("0 76", "cuts a sentence 0-76 that the text does not have"),
        ("0 22", "leaves out the end of the text"),
        ("", "leaves out the end of the text"),
    ],
)
def test_an_import_that_loses_text_is_told(library: Library, layout: str, told: str) -> None:
    arrival, _ = bring(library)
    (event,) = library.store.read_events(arrival.document.id)
    changed = replace(event, value=replace(event.value, layout=layout))  # type: ignore[type-var]
    with pytest.raises(StoreError) as refused:
        check_log([changed], TEXT)
    assert str(refused.value) == f"the event {event.id} of kind import {told}"
