"""Every kind of event in words, and every word of what a split or a join came to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotator.errors import StoreError
from annotator.model.document import Article
from annotator.model.event import Assigned, EventKind, Rule, Settled, Suggested
from annotator.model.span import Span
from annotator.session.history import tell_history
from annotator.session.telling import (
    Difference,
    Told,
    compare,
    inquire,
    quote_from,
    show,
    tell,
    tell_join,
    tell_split,
    touches,
)
from annotator.store.memory import MemoryStore
from annotator.store.sqlite import SqliteStore
from tests.builders import make_library, put

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.model.event import Value
    from annotator.session.labelling import Session
    from annotator.session.library import Library
    from annotator.session.telling import Shown

LINES = ("The dam broke. Nobody knew.", "The owner denies it.", "It is closed.")
BEFORE_NOBODY = LINES[0].index("Nobody")


@pytest.fixture
def library() -> Library:
    return make_library(MemoryStore())


@pytest.fixture
def session(library: Library) -> Session:
    text = "\n".join(LINES) + "\n"
    return library.open(put(library, Article(text=text, title=LINES[0], source="dam.txt")))


def tell_all(session: Session, span: Span | None = None) -> list[Told]:
    return tell(session.store, session.document, reviewer="ana", span=span)


def append(session: Session, kind: EventKind, value: Value, index: int | None = None) -> None:
    span = None if index is None else session.read_place(index).sentence.span
    drafted = session.drafting.draft(kind, session.document.id, span=span, value=value)
    session.store.transact(lambda: session.store.append([drafted]))


def newest(session: Session) -> str:
    return tell_all(session)[0].what


@pytest.mark.parametrize(
    ("kind", "value", "index", "told"),
    [
        (EventKind.SUGGEST, Suggested("m", "claim", None, ()), 1, "claim for sentence 2, by m"),
        (EventKind.SUGGEST, Suggested("m", None, None, ()), 0, "no label for sentence 1, by m"),
        (EventKind.SETTLE, Settled("claim", None, None), 1, "sentence 2: claim"),
        (EventKind.SETTLE, Settled(None, None, None), 2, "sentence 3: open again"),
        (
            EventKind.SETTLE,
            Settled("claim", "why", Rule.MAJORITY),
            0,
            "sentence 1: claim, by rule (majority), why",
        ),
        (EventKind.ASSIGN, Assigned("ben", again=False, withdrawn=False), None, "assigned to ben"),
        (
            EventKind.ASSIGN,
            Assigned("ben", again=True, withdrawn=False),
            None,
            "assigned to ben, a second time",
        ),
        (
            EventKind.ASSIGN,
            Assigned("ben", again=True, withdrawn=True),
            None,
            "taken away from ben, a second time",
        ),
        (EventKind.SEEN, None, 0, "others' labels for it"),
        (EventKind.DELETE, None, None, "taken out of the library"),
        (EventKind.RESTORE, None, None, "back in the library"),
    ],
)
def test_an_event_is_told_in_these_words(
    session: Session, kind: EventKind, value: Value, index: int | None, told: str
) -> None:
    append(session, kind, value, index)
    assert newest(session) == told


def test_an_import_without_a_source_is_from_standard_input(library: Library) -> None:
    session = library.open(put(library, Article("One.\nTwo.\n", "One.")))
    assert tell_all(session) == [
        Told(
            "2026-11-23T12:00:01Z",
            "ana",
            (),
            EventKind.IMPORT,
            "2 sentences from standard input",
        )
    ]


def test_an_event_is_told_with_its_time_its_reviewer_and_its_sentence(session: Session) -> None:
    session.annotate(1, "claim")
    session.undo()
    undone, label, _ = tell_all(session)
    assert label == Told(
        "2026-11-23T12:00:02Z", "ana", (1,), EventKind.LABEL, "label – → claim", undone=True
    )
    assert undone == Told("2026-11-23T12:00:03Z", "ana", (1,), EventKind.UNDO, "label claim → –")


def test_each_field_that_changed_is_told_from_what_to_what(session: Session) -> None:
    session.annotate(0, "claim")
    session.annotate(2, "claim")
    session.name_speaker(1, "the owner")
    assert newest(session) == "speaker – → the owner"
    session.flag_unsure(1, unsure=True)
    assert newest(session) == "unsure no → yes"
    session.note(1, "why?")
    assert newest(session) == "note – → why?"
    session.deny(1, "denial", [0, 2])
    session.undo()
    assert newest(session) == "label denial → –; denies 1, 3 → –"


def test_a_settlement_taken_back_and_put_back_is_told_and_how_many_more(
    session: Session,
) -> None:
    step: str | None = None
    for index, label in enumerate(("claim", "denial", "claim")):
        span = session.read_place(index).sentence.span
        drafted = session.drafting.draft(
            EventKind.SETTLE,
            session.document.id,
            span=span,
            value=Settled(label, None, None),
            step=step,
        )
        step = step or drafted.id
        made = replace(drafted, step=step)
        session.store.transact(lambda made=made: session.store.append([made]))  # type: ignore[misc]
    for kind, verb in ((EventKind.RETRACT, "taken back"), (EventKind.REINSTATE, "put back")):
        span = session.read_place(0).sentence.span
        turned = session.drafting.draft(kind, session.document.id, span=span, target=step)
        session.store.transact(lambda made=turned: session.store.append([made]))  # type: ignore[misc]
        assert newest(session) == f"{verb}: sentence 1: claim and 2 more"


def test_a_cut_and_what_undoes_and_redoes_it_are_told(session: Session) -> None:
    session.annotate(0, "claim")
    session.split(0, BEFORE_NOBODY)
    assert newest(session) == "before “Nobody knew.”; claim"
    session.undo()
    assert newest(session) == "the split: one sentence again"
    session.redo()
    assert newest(session) == "the split: two sentences again"
    session.join(0)
    assert newest(session) == "with “Nobody knew.”; claim"
    session.undo()
    assert newest(session) == "the join: two sentences again"
    session.redo()
    assert newest(session) == "the join: one sentence again"


def test_of_anothers_cut_only_the_cut_is_told(session: Session) -> None:
    other = make_library(session.store, "ben").open(session.document)
    other.annotate(0, "denial")
    other.split(0, BEFORE_NOBODY)
    assert newest(session) == "before “Nobody knew.”"
    assert [line.indexes for line in tell_all(session)] == [(0,), ()]


def test_a_long_quotation_ends_between_words() -> None:
    assert quote_from("one two")(Span(4, 7)) == "“two”"
    assert quote_from("x" * 40)(Span(0, 40)) == f"“{'x' * 40}”"
    assert quote_from("x" * 41)(Span(0, 41)) == f"“{'x' * 40} …”"
    words = "The harbour was closed for half of a year. More."
    assert quote_from(words)(Span(0, len(words))) == "“The harbour was closed for half of a …”"
    exact = f"{'x' * 40} y"
    assert quote_from(exact)(Span(0, 42)) == f"“{'x' * 40} …”"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "yes"),
        (False, "no"),
        ([], "–"),
        ([0, None, 4], "1, –, 5"),
        (None, "–"),
        ("", "–"),
        ("claim", "claim"),
    ],
)
def test_a_value_is_shown_as_a_person_reads_it(value: Shown, shown: str) -> None:
    assert show(value) == shown


def test_the_fields_of_an_annotation_are_compared_in_their_order(session: Session) -> None:
    session.annotate(0, "claim")
    session.name_speaker(1, "she")
    session.note(1, "n")
    session.flag_unsure(1, unsure=True)
    change = session.deny(1, "denial", [0])
    assert change.after is not None

    def find(span: Span) -> int | None:
        return session.store.find_index(session.document.id, start=span.start)

    assert list(compare(replace(change, before=None), find)) == [
        Difference(1, "label", None, "denial"),
        Difference(1, "speaker", None, "she"),
        Difference(1, "denies", [], [0]),
        Difference(1, "note", None, "n"),
        Difference(1, "unsure", False, True),
    ]
    gone = replace(change, after=None, before=change.after)
    assert next(compare(gone, find)) == Difference(1, "label", "denial", None)


def test_a_span_touches_what_shares_text_with_it() -> None:
    assert touches(None, Span(1, 2))
    assert touches(Span(1, 2), None)
    assert touches(Span(0, 5), Span(4, 9))
    assert touches(Span(4, 9), Span(0, 5))
    assert not touches(Span(0, 5), Span(5, 9))
    assert not touches(Span(5, 9), Span(0, 5))


def test_an_inquiry_is_of_a_reviewer_and_a_sentence(path: Path) -> None:
    store = SqliteStore.open(str(path))
    library = make_library(store)
    session = library.open(put(library, Article("One.\nTwo.\n", "One.")))
    asked = inquire(session, 1)
    assert (asked.location, asked.document, asked.reviewer, asked.span) == (
        str(path),
        session.document,
        "ana",
        Span(5, 9),
    )
    assert inquire(session).span is None
    session.annotate(0, "claim")
    session.annotate(1, "claim")
    assert [line.indexes for line in asked.answer()] == [(1,), ()]
    store.close()


def test_an_inquiry_of_a_database_that_is_gone_makes_none(path: Path) -> None:
    store = SqliteStore.open(str(path))
    library = make_library(store)
    asked = inquire(library.open(put(library, Article("One.\n", "One."))))
    store.close()
    gone = path.with_name("gone.db")
    with pytest.raises(StoreError):
        replace(asked, location=str(gone)).answer()
    assert not gone.exists()


# -- a split, a join


def test_what_a_split_came_to_is_told(session: Session) -> None:
    assert tell_split(session.split(0, BEFORE_NOBODY)) == "Split into 1 and 2: neither has a label"
    session.annotate(2, "claim")
    assert tell_split(session.split(2, 4)) == "Split into 3 and 4: both claim"


def test_what_a_join_of_later_sentences_came_to_is_told(session: Session) -> None:
    session.annotate(1, "claim")
    session.annotate(2, "denial")
    session.note(2, "why")
    assert tell_join(session.join(1)) == (
        "Joined 2 and 3: claim and denial, now denial, marked unsure, with a note"
    )


# -- the history behind it


def test_what_another_place_says_than_the_article_is_told(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.annotate(0, "claim")
    monkeypatch.setattr(session.store, "find_index", lambda _id, *, start: None)
    with pytest.raises(StoreError) as refused:
        list(tell_history(session.store, session.document))
    assert str(refused.value) == (
        f"The history of document {session.document.id} speaks of 0-27, which is no sentence: run"
        " 'annotator verify'."
    )


def test_a_label_cleared_and_given_again_in_a_history_begins_with_nothing(
    session: Session,
) -> None:
    session.annotate(0, "claim")
    session.clear(0)
    session.annotate(0, "denial")
    session.undo()
    session.undo()
    told = [line.what for line in tell_all(session)[:-1]]
    assert told == [
        "label – → claim",
        "label denial → –",
        "label – → denial",
        "label claim → –",
        "label – → claim",
    ]


def test_what_a_cut_changed_is_of_the_sentence_that_holds_its_beginning(
    session: Session,
) -> None:
    session.annotate(0, "claim")
    session.annotate(1, "denial")
    session.join(0)
    *_, joined = tell_history(session.store, session.document)
    (change,) = joined.changes
    assert (change.index, change.recut) == (0, True)
    said = [one and one.label for one in (change.before, change.after, change.absorbed)]
    assert said == ["claim", "denial", "denial"]
    session.annotate(1, "background")
    *_, labelled = tell_history(session.store, session.document)
    assert [change.index for change in labelled.changes] == [1]
