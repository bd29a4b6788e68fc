"""What other programs read of a report."""

from __future__ import annotations

import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import Bootstrap, Unit, measure
from annotator.model.document import derive_sentence_id
from annotator.model.row import unguard
from annotator.session.agreement import collect_units
from annotator.session.agreement_rows import (
    ROW_NAMES,
    describe_report,
    list_rows,
    write_units,
)
from annotator.store.memory import MemoryStore
from tests.agreement.builders import LABELS, units_of_rows
from tests.session.agreeing import Room

LABEL = st.sampled_from([*LABELS, None])
ANSWERS = st.lists(st.tuples(LABEL, LABEL, LABEL), max_size=8)


@given(ANSWERS, st.integers(0, 3))
def test_json_has_no_nan_and_a_reason_for_every_null(
    rows: list[tuple[str | None, ...]], resamples: int
) -> None:
    units = units_of_rows(rows)
    report = measure(units, LABELS, denying=["denial"], bootstrap=Bootstrap(resamples))
    described = describe_report(report, titles={"d": "Dam"})
    found = json.loads(json.dumps(described, allow_nan=False))
    check_reasons(found)
    assert found["n"] == report.whole.shared
    assert found["labels"] == list(LABELS)


def check_reasons(value: object) -> None:
    match value:
        case dict():
            if None in value.values():
                assert isinstance(value["reason"], str)
            else:
                assert "reason" not in value
            for each in value.values():
                check_reasons(each)
        case list():
            for each in value:
                check_reasons(each)


@given(ANSWERS)
def test_rows_have_a_cell_for_each_name_and_say_what_json_says(
    rows: list[tuple[str | None, ...]],
) -> None:
    report = measure(units_of_rows(rows), LABELS, bootstrap=Bootstrap(5))
    found = [dict(zip(ROW_NAMES, row, strict=True)) for row in list_rows(report)]
    described = describe_report(report, titles={"d": "Dam"})
    alpha = described["krippendorff_alpha"]
    assert isinstance(alpha, dict)
    (row,) = (
        row
        for row in found
        if (row["document"], row["label"], row["figure"]) == ("all", None, "krippendorff_alpha")
    )
    if alpha["value"] is None:
        assert (row["value"], row["reason"]) == ("undefined", alpha["reason"])
    else:
        assert float(row["value"] or "") == pytest.approx(alpha["value"], abs=1e-6)
        assert row["reason"] is None


def test_confusion_of_two_has_the_first_down_in_json_and_in_rows() -> None:
    units = units_of_rows([("claim", "denial"), ("claim", "claim")])
    report = measure(units, LABELS, bootstrap=Bootstrap(0))
    described = describe_report(report, titles={"d": "Dam"})
    assert described["confusion"] == ((1, 1, 0), (0, 0, 0), (0, 0, 0))
    counts = {row[2:4]: row[5] for row in list_rows(report) if row[4] == "confusion"}
    assert counts["claim", "denial"] == "1"
    assert counts["denial", "claim"] == "0"


def test_csv_holds_the_labels_behind_the_figures() -> None:
    room = Room(MemoryStore())
    document = room.shelve("Dam", 4)
    room.label(document, "=ana", "c.d")
    room.label(document, "ben", "cb")
    room.label(document, "cleo", "...b")
    units = collect_units(room.store, [document])
    pieces = list(write_units(room.store, units, ["=ana", "ben"]))
    header, *rows = csv.reader(pieces)
    assert list(map(unguard, header[3:])) == ["=ana", "ben"]
    assert header[3] == "'=ana"
    sentences = list(room.store.read_sentences(document.id))
    ids = [derive_sentence_id(document.id, sentence.span) for sentence in sentences]
    assert rows == [
        [document.id, "0", ids[0], "claim", "claim"],
        [document.id, "1", ids[1], "", "background"],
        [document.id, "2", ids[2], "denial", ""],
    ]


@given(ANSWERS)
def test_from_the_csv_the_same_figures_follow(rows: list[tuple[str | None, ...]]) -> None:
    room = Room(MemoryStore())
    document = room.shelve("Dam", 8)
    names = ("ana", "ben", "cleo")
    for name, column in zip(names, zip(*rows, strict=True), strict=bool(rows)):
        keys = "".join("." if label is None else label[0] for label in column)
        room.label(document, name, keys)
    units = collect_units(room.store, [document])
    header, *lines = csv.reader(write_units(room.store, units, names))
    again = [
        Unit(line[0], int(line[1]), {n: v for n, v in zip(names, line[3:], strict=True) if v})
        for line in lines
    ]
    assert header[:3] == ["document_id", "sentence_index", "sentence_id"]
    assert measure(again, LABELS) == measure(units, LABELS)
