"""From the labels in a database to a report."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement import Coefficient, Unit
from annotator.errors import StoreError, UnknownNameError
from annotator.model.scheme import FACT_CHECK
from annotator.session.agreement import (
    AgreementSurvey,
    choose_reviewers,
    collect_units,
    compare_passes,
    compare_people,
    measure_people,
)
from annotator.session.updating import list_newest
from annotator.store.memory import MemoryStore
from annotator.store.sqlite import SqliteStore
from tests.session.agreeing import LABELS, Room

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def room() -> Room:
    return Room(MemoryStore())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotator.db"


def test_a_unit_has_all_labels_of_its_sentence_and_what_it_denies(room: Room) -> None:
    dam, grain = room.shelve("Dam", 3), room.shelve("Grain", 3)
    room.label(dam, "ana", "c.d")
    room.label(dam, "ben", "c.d")
    room.label(grain, "ana", ".b")
    room.tie(dam, "ben", 2, 0)
    assert collect_units(room.store, [dam, grain]) == [
        Unit(dam.id, 0, {"ana": "claim", "ben": "claim"}),
        Unit(dam.id, 2, {"ana": "denial", "ben": "denial"}, {"ben": {0}}),
        Unit(grain.id, 1, {"ana": "background"}),
    ]


@settings(max_examples=25)
@given(st.lists(st.text("cdb.", min_size=4, max_size=4), min_size=1, max_size=4))
def test_every_label_is_in_a_unit_once(answers: list[str]) -> None:
    room = Room(MemoryStore())
    document = room.shelve("Dam", 4)
    for number, keys in enumerate(answers):
        room.label(document, f"r{number}", keys)
    found = {
        (unit.index, name): label
        for unit in collect_units(room.store, [document])
        for name, label in unit.labels.items()
    }
    assert found == {
        (index, f"r{number}"): LABELS[key]
        for number, keys in enumerate(answers)
        for index, key in enumerate(keys)
        if key != "."
    }


def test_sentences_behind_a_split_keep_their_own_indexes(room: Room) -> None:
    document = room.shelve("Dam", 4)
    room.library("ana").open(document).split(0, len("Dam, "))
    room.label(document, "ana", "...cd")
    room.tie(document, "ana", 4, 3)
    assert collect_units(room.store, [document]) == [
        Unit(document.id, 3, {"ana": "claim"}),
        Unit(document.id, 4, {"ana": "denial"}, {"ana": {3}}),
    ]


def test_a_label_that_is_no_sentences_is_named(path: Path) -> None:
    with closing(SqliteStore.open(str(path))) as store:
        room = Room(store)
        document = room.shelve("Dam", 3)
        room.label(document, "ana", "c")
        store.transact(lambda: store._execute('UPDATE annotation SET "start" = 5'))
        with pytest.raises(StoreError, match=rf"{document.id}.*from 5 on.*verify"):
            collect_units(store, [document])


def test_second_passes_are_no_other_people(room: Room) -> None:
    document = room.shelve("Dam", 4)
    room.label(document, "ana", "ccdb")
    room.label(document, "ben", "ccdd")
    room.label(document, "ana (again)", "cbdb")
    report = measure_people(room.store, [document])
    assert report.whole.reviewers == ("ana", "ben")
    units = collect_units(room.store, [document])
    (own,) = compare_passes(units, FACT_CHECK)
    assert (own.whose, own.report.whole.reviewers) == ("ana", ("ana", "ana (again)"))
    assert isinstance(own.report.whole.scores.raw, Coefficient)
    assert own.report.whole.scores.raw.value == 0.75
    named = compare_people(units, FACT_CHECK, between=("ben", "ana (again)"))
    assert named.report.whole.reviewers == ("ana (again)", "ben")
    assert compare_passes(units, FACT_CHECK, between=("ben",)) == []


def test_reviewers_are_chosen_by_the_names_they_have(room: Room) -> None:
    room.label(room.shelve("Dam", 2), "ana", "c")
    assert choose_reviewers(room.store, ["ana", "ana"]) == ("ana",)
    with pytest.raises(UnknownNameError, match=r"'cleo'; there is ana"):
        choose_reviewers(room.store, ["ana", "cleo"])


def test_few_documents_have_intervals_of_their_own(room: Room) -> None:
    for title in ("Dam", "Grain"):
        document = room.shelve(title, 4)
        room.label(document, "ana", "ccdb")
        room.label(document, "ben", "ccdd")
    report = measure_people(room.store, list_newest(room.store))
    assert report.bootstrap.document_resamples == report.bootstrap.resamples == 1000


def test_a_label_that_the_scheme_lost_is_measured_too() -> None:
    units = [Unit("d", index, {"ana": "rumour", "ben": "claim"}) for index in range(3)]
    whole = compare_people(units, FACT_CHECK).report.whole
    assert whole.labels == ("claim", "denial", "background", "rumour")


def test_a_survey_measures_a_library_without_what_was_deleted(path: Path) -> None:
    with closing(SqliteStore.open(str(path))) as store:
        room = Room(store)
        dam, grain = room.shelve("Dam", 3), room.shelve("Grain", 3)
        for document in (dam, grain):
            for name in ("ana", "ben"):
                room.label(document, name, "cdb")
        room.library("ana").delete(grain)
        report, titles = AgreementSurvey(store.location).measure()
    assert [one.document_id for one in report.documents] == [dam.id]
    assert titles == {dam.id: dam.title}
