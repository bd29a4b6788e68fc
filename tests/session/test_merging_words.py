"""What a merge says to the last word: of conflicts, of how far it is, and of what it refuses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotator.errors import SchemeError, StoreError
from annotator.model.event import EventKind, Renamed, Rule, Settled
from annotator.model.scheme import FACT_CHECK
from annotator.session.conflicts import Conflict, Subject
from annotator.session.merging import Foreign, Gain, Merging, merge, read_foreign
from annotator.session.schemes import hash_guideline_in_force, read_scheme_in_force
from annotator.store.memory import MemoryStore
from tests.builders import CountingIds, article, make_library, put
from tests.session.machines import clone

if TYPE_CHECKING:
    from annotator.model.document import Document
    from annotator.model.event import Value
    from annotator.session.labelling import Session
    from annotator.session.library import Library

LABELS = "(claim, denial, background)"


class Side:
    """One of two databases that were one until now."""

    def __init__(self, store: MemoryStore, document: Document, number: int) -> None:
        self.store = store
        self.document = document
        self.ids = CountingIds(number << 40)

    def library(self, who: str) -> Library:
        made = make_library(self.store, who, ids=self.ids)
        made.set_scheme(read_scheme_in_force(self.store))  # and with it its guideline
        return made

    def sit(self, who: str = "ana") -> Session:
        return self.library(who).open(self.document)

    def append(self, kind: EventKind, value: Value, index: int | None, who: str = "lee") -> None:
        session = self.sit(who)
        span = None if index is None else session.read_place(index).sentence.span
        id_ = None if index is None else self.document.id
        drafted = session.drafting.draft(kind, id_, span=span, value=value)
        self.store.transact(lambda: self.store.append([drafted]))

    def merge(self, other: Side) -> Merging:
        return merge(self.store, other.store)


@pytest.fixture
def sides() -> tuple[Side, Side]:
    store = MemoryStore()
    document = put(make_library(store, "ana", ids=CountingIds(1 << 40)), article())
    return Side(store, document, 2), Side(clone(store), document, 3)


# -- conflicts


def test_everything_said_of_a_sentence_on_both_sides_is_told_field_by_field(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    for side in sides:
        side.sit().annotate(0, "claim")
        side.sit().annotate(1, "claim")
    here.sit().deny(2, "denial", [0])
    here.sit().name_speaker(2, "the mayor")
    there.sit().deny(2, "denial", [0, 1])
    there.sit().name_speaker(2, "the owner")
    there.sit().note(2, "why?")
    there.sit().flag_unsure(2, unsure=True)
    first, second = (here.sit().read_place(index).sentence.span for index in (0, 1))
    one, both = (
        f"{first.start}-{first.end}",
        f"{first.start}-{first.end}, {second.start}-{second.end}",
    )
    of_it = (here.document.id, 2, "ana")
    assert here.merge(there).conflicts == (
        Conflict(Subject.SPEAKER, "the mayor", "the owner", "the owner", *of_it),
        Conflict(Subject.NOTE, None, "why?", "why?", *of_it),
        Conflict(Subject.UNSURE, None, "unsure", "unsure", *of_it),
        Conflict(Subject.DENIES, one, both, both, *of_it),
    )


def test_cuts_are_told_by_how_many_sentences_there_are(sides: tuple[Side, Side]) -> None:
    here, there = sides
    here.sit().split(0, 4)
    there.sit().join(2)
    assert here.merge(there).conflicts == (
        Conflict(Subject.SENTENCES, "6 sentences", "4 sentences", "5 sentences", here.document.id),
    )


def test_splits_that_both_knew_and_each_took_one_back_of_are_told(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    here.sit("ana").split(0, 4)
    there.sit("ben").split(2, 4)
    here.merge(there)
    there.merge(here)
    here.sit("ana").undo()
    there.sit("ben").undo()
    assert here.merge(there).conflicts == (
        Conflict(Subject.SENTENCES, "6 sentences", "6 sentences", "5 sentences", here.document.id),
    )


def test_a_deletion_on_one_side_and_a_return_on_the_other_are_told(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    here.library("ana").delete(here.document)
    there.library("ben").delete(there.document)
    there.library("ben").restore(there.document)
    told = here.merge(there)
    assert told.conflicts == (
        Conflict(Subject.DELETED, "deleted", "in the library", "in the library", here.document.id),
    )
    assert [gain.document.deleted for gain in told.gains] == [False]


def test_a_deletion_on_one_side_alone_is_no_conflict(sides: tuple[Side, Side]) -> None:
    here, there = sides
    there.library("ben").delete(there.document)
    there.sit().annotate(0, "claim")
    here.sit().annotate(0, "claim")
    assert here.merge(there).conflicts == ()


def test_settled_labels_are_told_with_who_settled_them(sides: tuple[Side, Side]) -> None:
    here, there = sides
    here.append(EventKind.SETTLE, Settled("claim", None, None), 2, "lee")
    there.append(EventKind.SETTLE, Settled("denial", None, Rule.MAJORITY), 2, "max")
    assert here.merge(there).conflicts == (
        Conflict(
            Subject.SETTLED, "claim (lee)", "denial (max)", "denial (max)", here.document.id, 2
        ),
    )


def test_the_same_settlement_by_the_same_lead_is_no_conflict(sides: tuple[Side, Side]) -> None:
    for side in sides:
        side.append(EventKind.SETTLE, Settled("claim", None, None), 2, "lee")
    assert sides[0].merge(sides[1]).conflicts == ()


def test_settlements_of_two_sentences_are_no_conflict(sides: tuple[Side, Side]) -> None:
    here, there = sides
    here.append(EventKind.SETTLE, Settled("claim", None, None), 2, "lee")
    there.append(EventKind.SETTLE, Settled("denial", None, None), 3, "max")
    assert here.merge(there).conflicts == ()


def test_a_name_a_scheme_and_a_guideline_are_told(sides: tuple[Side, Side]) -> None:
    here, there = sides
    here.sit().annotate(4, "claim")
    for index in (0, 1):
        there.sit("ben").annotate(index, "claim")
    labels = tuple(replace(one, definition="Another.") for one in FACT_CHECK.labels)
    there.append(EventKind.SCHEME, replace(FACT_CHECK, name="newer", labels=labels), None)
    there.append(EventKind.RENAME, Renamed("eve", "ana"), None)
    old = hash_guideline_in_force(FACT_CHECK)
    now = hash_guideline_in_force(replace(FACT_CHECK, name="newer", labels=labels))
    assert here.merge(there).conflicts == (
        Conflict(Subject.NAME, "eve", "ana", "ana"),
        Conflict(Subject.SCHEME, "fact-check", "newer", "newer"),
        Conflict(Subject.GUIDELINE, now[:16], f"{old[:16]} (2 events)", now[:16]),
    )


# -- what came


def test_a_merge_counts_documents_and_events_by_document(sides: tuple[Side, Side]) -> None:
    here, there = sides
    new = put(there.library("ben"), article(2, title="New"))
    there.sit("ben").annotate(0, "claim")
    there.sit("ben").annotate(1, "claim")
    there.append(EventKind.RENAME, Renamed("eve", "ben"), None)
    told = here.merge(there)
    gains = {gain.document.id: (gain.is_new, gain.events) for gain in told.gains}
    assert gains == {new.id: (True, 1), here.document.id: (False, 2)}
    assert (told.source, told.events, told.documents) == (there.store.location, 4, 1)
    assert here.merge(there) == Merging(there.store.location, (), 0, ())


def test_what_is_new_is_told_as_it_is_here_now(sides: tuple[Side, Side]) -> None:
    here, there = sides
    there.sit("ben").split(0, 4)
    (document,) = there.store.find_documents("", limit=2)
    assert document.sentence_count == 6
    assert here.merge(there).gains == (Gain(document, is_new=False, events=1),)


def test_how_far_a_merge_is_counts_looking_and_taking_in_as_halves(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    put(there.library("ben"), article(2, title="New"))
    told: list[tuple[int, int]] = []
    merge(here.store, there.store, report=lambda done, of: told.append((done, of)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


# -- what is refused


def test_a_store_that_is_refused_is_named_with_the_reason_and_what_to_do() -> None:
    foreign = Foreign("the\x1bir.db", MemoryStore(), {}, {})
    for why in ("it is so", "it is so.", StoreError("it is so.")):
        message = str(foreign.refuse(why))
        assert message.endswith(" was not brought in: it is so. Run 'annotator verify' on it.")
        assert message.startswith("the")
        assert message.isprintable()


def test_a_history_without_its_text_is_refused(
    sides: tuple[Side, Side], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, there = sides
    monkeypatch.setattr(there.store, "find_documents", lambda _prefix, *, limit: [])
    with pytest.raises(StoreError) as refused:
        read_foreign(there.store)
    assert str(refused.value) == (
        f"{there.store.location} was not brought in: its history is of a document"
        f" {there.document.id} without a text. Run 'annotator verify' on it."
    )


def test_another_text_of_the_same_id_is_refused(
    sides: tuple[Side, Side], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = sides
    there.sit("ben").annotate(0, "claim")
    (document,) = here.store.find_documents("", limit=2)
    other = [replace(document, sha256="f" * 64)]
    monkeypatch.setattr(here.store, "find_documents", lambda _prefix, *, limit: other)
    with pytest.raises(StoreError) as refused:
        here.merge(there)
    assert str(refused.value) == (
        f"{there.store.location} was not brought in: its document {document.id} holds another text"
        " than the one here, whose hash begins alike. Run 'annotator verify' on it."
    )


def test_a_scheme_that_breaks_a_rule_is_refused(sides: tuple[Side, Side]) -> None:
    here, there = sides
    labels = (replace(FACT_CHECK.labels[0], key="u"), *FACT_CHECK.labels[1:])
    there.append(EventKind.SCHEME, replace(FACT_CHECK, name="mine", labels=labels), None)
    with pytest.raises(SchemeError) as refused:
        here.merge(there)
    assert str(refused.value) == (
        f"{there.store.location} was not brought in: its label scheme mine breaks a rule of such"
        " schemes. Run 'annotator scheme show' on it."
    )
    assert read_scheme_in_force(here.store) == FACT_CHECK


def test_a_label_that_would_be_orphaned_is_refused_with_all_three_schemes(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    here.sit().annotate(1, "denial")
    here.append(EventKind.SETTLE, Settled("background", None, None), 3)
    (claim,) = (one for one in FACT_CHECK.labels if one.name == "claim")
    (other,) = (one for one in FACT_CHECK.labels if one.name == "background")
    kept = (replace(claim, denies=()), replace(other, name="other", denies=()))
    there.append(EventKind.SCHEME, replace(FACT_CHECK, name="two", labels=kept), None)
    with pytest.raises(SchemeError) as refused:
        here.merge(there)
    assert str(refused.value) == (
        f"{there.store.location} was not brought in: it has the scheme 'two' (claim, other), this"
        f" database has the scheme 'fact-check' {LABELS}, and the scheme 'two' (claim, other), set"
        " last, would orphan the labels background, denial. Give both one scheme that has them"
        " all, with 'annotator scheme set'."
    )


def test_a_store_without_a_scheme_of_its_own_is_told_with_the_built_in_one(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    there.sit("ben").annotate(1, "denial")
    kept = tuple(replace(one, denies=()) for one in FACT_CHECK.labels if one.name != "denial")
    here.append(EventKind.SCHEME, replace(FACT_CHECK, name="two", labels=kept), None)
    with pytest.raises(SchemeError) as refused:
        here.merge(there)
    assert (
        f"it has the scheme 'fact-check' {LABELS}, this database has the scheme 'two' (claim,"
        " background), and the scheme 'two' (claim, background), set last, would orphan the labels"
        " denial."
    ) in str(refused.value)
