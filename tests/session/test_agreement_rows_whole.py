"""The whole of what other programs read of a report: every key, cell and header."""

from __future__ import annotations

import csv

from annotator.model.document import derive_sentence_id
from annotator.session.agreement import collect_units
from annotator.session.agreement_rows import ROW_NAMES, describe_report, list_rows, write_units
from annotator.store.memory import MemoryStore
from tests.session.agreeing import Room
from tests.session.reports import THREE, TWO, make_report

TITLES = {"a" * 16: "Dam", "b" * 16: "Grain", "c" * 16: "Alone"}

FULL = {
    "value": 0.75,
    "interval": {"low": 0.5, "high": 0.9, "resamples": 200},
    "n": 1200,
    "values": 2410,
}
BARE = {
    "value": -0.001,
    "interval": {"low": None, "high": None, "reason": "Too few."},
    "n": 7,
    "values": 14,
}
NONE = {"value": None, "reason": "Nobody did."}
OTHER = {"value": None, "reason": "Not of three."}

BY_LABEL = [
    {
        "label": "claim",
        "raw_agreement": FULL,
        "cohen_kappa": BARE,
        "fleiss_kappa": OTHER,
        "krippendorff_alpha": FULL,
    },
    {
        "label": "denial",
        "raw_agreement": FULL,
        "cohen_kappa": NONE,
        "fleiss_kappa": OTHER,
        "krippendorff_alpha": NONE,
    },
]
LINKS = {"n": 1, "linked": 2500, "shared": 1800, "f1": FULL, "krippendorff_alpha": BARE}
TWO_DESCRIBED: dict[str, object] = {
    "reviewers": ["ana", "ben"],
    "labels": ["claim", "denial"],
    "sentences": 1300,
    "n": 1200,
    "values": 2410,
    "raw_agreement": FULL,
    "cohen_kappa": BARE,
    "fleiss_kappa": OTHER,
    "krippendorff_alpha": FULL,
    "by_label": BY_LABEL,
    "confusion": ((3, 1), (2, 1001)),
    "links": LINKS,
}


def test_the_object_of_a_report_is_this() -> None:
    described = describe_report(make_report(TWO), titles=TITLES)
    documents = described.pop("documents")
    assert described == {
        **TWO_DESCRIBED,
        "pairs": [
            {
                "reviewers": ["ana", "ben"],
                "n": 1007,
                "raw_agreement": {"value": 0.5},
                "cohen_kappa": {"value": -0.001},
                "confusion": ((3, 1), (2, 1001)),
            }
        ],
        "bootstrap": {
            "level": 0.95,
            "resamples": 1000,
            "document_resamples": 50,
            "over": "documents",
            "seed": 7,
        },
    }
    assert isinstance(documents, list)
    assert documents[0] == {"document": "a" * 16, "title": "Dam", **TWO_DESCRIBED}
    assert [(one["document"], one["title"]) for one in documents] == list(TITLES.items())
    assert documents[2]["links"] == {
        "n": 0,
        "linked": 0,
        "shared": 0,
        "f1": NONE,
        "krippendorff_alpha": NONE,
    }


def test_a_second_pass_is_described_under_its_reviewers_name() -> None:
    described = describe_report(make_report(TWO), titles=TITLES, whose="ana")
    assert next(iter(described.items())) == ("reviewer", "ana")
    assert "reviewer" not in describe_report(make_report(TWO), titles=TITLES)


def test_of_three_the_object_has_the_table_of_all_and_every_pair() -> None:
    described = describe_report(make_report(THREE), titles=TITLES)
    assert described["confusion"] == ((8, 1), (2, 1004))
    assert described["pairs"] == [
        {
            "reviewers": ["ana", "ben"],
            "n": 1007,
            "raw_agreement": {"value": 0.5},
            "cohen_kappa": NONE,
            "confusion": ((3, 1), (2, 1001)),
        },
        {
            "reviewers": ["ana", "cleo"],
            "n": 5,
            "raw_agreement": NONE,
            "cohen_kappa": {"value": 0.25},
            "confusion": ((1, 0), (0, 4)),
        },
        {
            "reviewers": ["ben", "cleo"],
            "n": 0,
            "raw_agreement": NONE,
            "cohen_kappa": OTHER,
            "confusion": ((0, 0), (0, 0)),
        },
    ]


# -- rows

FULL_CELLS = ("0.750000", "0.500000", "0.900000", "1200", None)
BARE_CELLS = ("-0.001000", None, None, "7", None)
NONE_CELLS = ("undefined", None, None, None, "Nobody did.")
OTHER_CELLS = ("undefined", None, None, None, "Not of three.")


def test_the_rows_have_these_names() -> None:
    assert ROW_NAMES == (
        "document",
        "reviewers",
        "label",
        "against",
        "figure",
        "value",
        "low",
        "high",
        "n",
        "reason",
    )


def test_the_rows_of_a_report_are_these() -> None:
    who, one = "ana, ben", "a" * 16
    rows = list(list_rows(make_report(TWO)))
    assert rows[:26] == [
        ("all", who, None, None, "raw_agreement", *FULL_CELLS),
        ("all", who, None, None, "cohen_kappa", *BARE_CELLS),
        ("all", who, None, None, "fleiss_kappa", *OTHER_CELLS),
        ("all", who, None, None, "krippendorff_alpha", *FULL_CELLS),
        ("all", who, None, None, "link_f1", *FULL_CELLS),
        ("all", who, None, None, "link_krippendorff_alpha", *BARE_CELLS),
        ("all", who, "claim", None, "raw_agreement", *FULL_CELLS),
        ("all", who, "claim", None, "cohen_kappa", *BARE_CELLS),
        ("all", who, "claim", None, "fleiss_kappa", *OTHER_CELLS),
        ("all", who, "claim", None, "krippendorff_alpha", *FULL_CELLS),
        ("all", who, "denial", None, "raw_agreement", *FULL_CELLS),
        ("all", who, "denial", None, "cohen_kappa", *NONE_CELLS),
        ("all", who, "denial", None, "fleiss_kappa", *OTHER_CELLS),
        ("all", who, "denial", None, "krippendorff_alpha", *NONE_CELLS),
        ("all", who, None, None, "pair_raw_agreement", "0.500000", None, None, "1007", None),
        ("all", who, None, None, "pair_cohen_kappa", "-0.001000", None, None, "1007", None),
        ("all", who, "claim", "claim", "confusion", "3", None, None, None, None),
        ("all", who, "claim", "denial", "confusion", "1", None, None, None, None),
        ("all", who, "denial", "claim", "confusion", "2", None, None, None, None),
        ("all", who, "denial", "denial", "confusion", "1001", None, None, None, None),
        (one, who, None, None, "raw_agreement", *FULL_CELLS),
        (one, who, None, None, "cohen_kappa", *BARE_CELLS),
        (one, who, None, None, "fleiss_kappa", *OTHER_CELLS),
        (one, who, None, None, "krippendorff_alpha", *FULL_CELLS),
        (one, who, None, None, "link_f1", *FULL_CELLS),
        (one, who, None, None, "link_krippendorff_alpha", *BARE_CELLS),
    ]
    assert len(rows) == 26 + 2 * 6
    assert rows[-1] == ("c" * 16, "ana", None, None, "link_krippendorff_alpha", *NONE_CELLS)


def test_a_pair_without_a_figure_has_a_reason_in_its_row() -> None:
    rows = list(list_rows(make_report(THREE)))
    assert [row for row in rows if row[4] == "pair_cohen_kappa"] == [
        ("all", "ana, ben", None, None, "pair_cohen_kappa", *NONE_CELLS[:3], "1007", "Nobody did."),
        ("all", "ana, cleo", None, None, "pair_cohen_kappa", "0.250000", None, None, "5", None),
        ("all", "ben, cleo", None, None, "pair_cohen_kappa", *OTHER_CELLS[:3], "0", OTHER_CELLS[4]),
    ]


# -- the labels behind the figures


def test_the_file_of_labels_is_this_to_the_last_sign() -> None:
    room = Room(MemoryStore())
    documents = [room.shelve("Dam", 3), room.shelve("Grain", 2)]
    for document, keys in zip(documents, ("c.d", "b"), strict=True):
        room.label(document, "ana", keys)
        room.label(document, "=b,\r", keys)
    units = collect_units(room.store, documents)
    ids = {
        (document.id, sentence.index): derive_sentence_id(document.id, sentence.span)
        for document in documents
        for sentence in room.store.read_sentences(document.id)
    }
    said = {documents[0].id: {0: "claim", 2: "denial"}, documents[1].id: {0: "background"}}
    expected = ['document_id,sentence_index,sentence_id,ana,"\'=b,\r"\n']
    expected += [
        f"{document.id},{index},{ids[document.id, index]},{label},{label}\n"
        for document in (documents if units[0].document_id == documents[0].id else documents[::-1])
        for index, label in said[document.id].items()
    ]
    assert list(write_units(room.store, units, ["ana", "=b,\r"])) == expected


def test_a_sentence_that_none_of_those_asked_for_labelled_has_no_line() -> None:
    room = Room(MemoryStore())
    document = room.shelve("Dam", 3)
    room.label(document, "ana", "c")
    room.label(document, "ben", ".d")
    units = collect_units(room.store, [document])
    lines = list(csv.reader(write_units(room.store, units, ["ben", "nobody"])))
    assert [(line[1], line[3:]) for line in lines[1:]] == [("1", ["denial", ""])]
