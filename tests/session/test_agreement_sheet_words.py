"""The whole of what a person reads of a report: every heading, column, row and note."""

from __future__ import annotations

from dataclasses import replace

from annotator.agreement import Bootstrap, Coefficient, Report, Scores, Undefined
from annotator.session.agreement_sheet import Field, Grid, Part, lay_out_sheet, show_figure
from tests.session.reports import (
    BARE,
    FULL,
    LINKS,
    NO_LINKS,
    NONE,
    OTHER,
    THREE,
    TWO,
    make_agreement,
    make_report,
)

FIGURES = (Field(""), Field("n", True), Field("figure [95 % interval]", gives_way="wrap"))
TITLES = {"a" * 16: "Dam", "b" * 16: "Grain"}


def test_the_sheet_of_two_reviewers_is_this() -> None:
    assert lay_out_sheet(make_report(TWO), titles=TITLES) == (
        Part(
            "Agreement between ana and ben",
            Grid(
                FIGURES,
                (
                    ("raw agreement", "1,200", "0.75 [0.50, 0.90]"),
                    ("Cohen's kappa", "7", "0.00"),
                    ("Fleiss' kappa", "", "undefined: Not of three."),
                    ("Krippendorff's alpha", "1,200", "0.75 [0.50, 0.90]"),
                ),
            ),
            (
                "1,300 sentences labelled in 3 documents, 1,200 of them by two reviewers or more:"
                " that is n.",
                "Intervals: 95 % of 1,000 resamples of the documents, seed 7.",
            ),
        ),
        Part(
            "By label, each against all others",
            Grid(
                (Field("label", gives_way="cut"), Field("raw"), Field("Cohen"), Field("alpha")),
                (
                    ("claim", "0.75 [0.50, 0.90]", "0.00", "0.75 [0.50, 0.90]"),
                    ("denial", "0.75 [0.50, 0.90]", "undefined", "undefined"),
                ),
            ),
            ("denial: undefined: Nobody did.",),
        ),
        Part(
            "Confusion table: ana down, ben across",
            Grid(
                (Field(""), Field("claim", True), Field("denial", True)),
                (("claim", "3", "1"), ("denial", "2", "1,001")),
            ),
        ),
        Part(
            "Links of denials",
            Grid(
                FIGURES,
                (
                    ("F1", "1", "0.75 [0.50, 0.90]"),
                    ("Krippendorff's alpha", "1", "0.00"),
                ),
            ),
            (
                "1 sentence called a denial by two reviewers or more: that is n. They are tied to"
                " 2,500 sentences by anybody, to 1,800 by all who call it one.",
            ),
        ),
        Part(
            "By document, least agreement first",
            Grid(
                (
                    Field("id"),
                    Field("title", gives_way="cut"),
                    Field("n", True),
                    Field("raw"),
                    Field("alpha"),
                ),
                (
                    ("b" * 16, "Grain", "2", "0.25", "0.00"),
                    ("a" * 16, "Dam", "1,200", "0.75 [0.50, 0.90]", "0.75 [0.50, 0.90]"),
                    ("c" * 16, "c" * 16, "0", "undefined", "undefined"),
                ),
            ),
            ("undefined: Nobody did.", "undefined: Not of three."),
        ),
    )


def test_the_sheet_of_three_reviewers_is_this() -> None:
    whole, labels, confusion, pairs, links, documents = lay_out_sheet(
        make_report(THREE), titles=TITLES, ids=False
    )
    assert whole.heading == "Agreement between ana, ben and cleo"
    assert labels == Part(
        "By label, each against all others",
        Grid(
            (Field("label", gives_way="cut"), Field("raw"), Field("Fleiss"), Field("alpha")),
            (
                ("claim", "0.75 [0.50, 0.90]", "undefined", "0.75 [0.50, 0.90]"),
                ("denial", "0.75 [0.50, 0.90]", "undefined", "undefined"),
            ),
        ),
        (
            "claim: undefined: Not of three.",
            "denial: undefined: Not of three.",
            "denial: undefined: Nobody did.",
        ),
    )
    assert confusion == Part(
        "Confusion table: all pairs of reviewers, each in both orders",
        Grid(
            (Field(""), Field("claim", True), Field("denial", True)),
            (("claim", "8", "1"), ("denial", "2", "1,004")),
        ),
    )
    assert pairs == Part(
        "Two by two",
        Grid(
            (
                Field("pair", gives_way="cut"),
                Field("n", True),
                Field("raw agreement", True),
                Field("Cohen's kappa", True),
            ),
            (
                ("ana, ben", "1,007", "0.50", "undefined"),
                ("ana, cleo", "5", "undefined", "0.25"),
                ("ben, cleo", "0", "undefined", "undefined"),
            ),
        ),
        ("undefined: Nobody did.", "undefined: Not of three."),
    )
    assert links == Part("Links of denials", None, ("undefined: Nobody did.",))
    assert documents.grid is not None
    assert documents.grid.fields == (
        Field("title", gives_way="cut"),
        Field("n", True),
        Field("raw"),
        Field("alpha"),
    )
    assert documents.grid.rows[0] == ("Grain", "2", "0.25", "0.00")


def test_without_a_kappa_of_all_by_label_there_is_only_alpha() -> None:
    whole = replace(THREE, scores=Scores(FULL, OTHER, NONE, FULL))
    _, labels, *_ = lay_out_sheet(make_report(whole))
    assert labels.grid is not None
    assert [field.title for field in labels.grid.fields] == ["label", "raw", "alpha"]
    assert labels.notes == ("denial: undefined: Nobody did.",)


def test_one_document_has_no_table_of_documents_and_stands_in_the_singular() -> None:
    whole = make_agreement("ana", "ben", scores=TWO.scores, sentences=1, shared=1, links=NO_LINKS)
    report = make_report(whole)
    one = Report(whole, report.documents[:1], Bootstrap(0))
    parts = lay_out_sheet(one)
    assert [part.heading for part in parts] == [
        "Agreement between ana and ben",
        "By label, each against all others",
        "Confusion table: all pairs of reviewers, each in both orders",
        "Links of denials",
    ]
    assert parts[0].notes[0] == (
        "1 sentence labelled in 1 document, 1 of them by two reviewers or more: that is n."
    )


def test_without_intervals_the_note_says_why() -> None:
    whole = make_agreement("ana", "ben", scores=Scores(BARE, BARE, OTHER, BARE))
    head, *_ = lay_out_sheet(make_report(whole))
    assert head.notes[1] == "No intervals: Too few."


def test_many_links_are_told_in_the_plural() -> None:
    links = replace(LINKS, denials=3000, links=1, shared=0)
    whole = make_agreement("ana", "ben", scores=TWO.scores, links=links)
    parts = {part.heading: part for part in lay_out_sheet(make_report(whole))}
    told = parts["Links of denials"]
    assert told.notes == (
        "3,000 sentences called a denial by two reviewers or more: that is n. They are tied to"
        " 1 sentence by anybody, to 0 by all who call it one.",
    )
    assert told.grid is not None
    assert [row[1] for row in told.grid.rows] == ["3,000", "3,000"]


def test_where_nothing_can_be_compared_the_one_part_has_its_heading_and_reason() -> None:
    nothing = Scores(Undefined("Only ana."), NONE, NONE, NONE)
    for reviewers in ((), ("ana",)):
        whole = make_agreement(*reviewers, scores=nothing)
        assert lay_out_sheet(make_report(whole)) == (
            Part("Agreement between reviewers", None, ("undefined: Only ana.",)),
        )
    whole = make_agreement("ana", "ana (again)", scores=nothing)
    assert lay_out_sheet(make_report(whole), whose="ana") == (
        Part("Agreement of ana with their own second pass", None, ("undefined: Only ana.",)),
    )


def test_documents_that_disagree_on_everything_come_first_and_those_without_a_figure_last() -> None:
    report = make_report(TWO)
    whole = make_agreement(
        "ana", "ben", scores=Scores(Coefficient(0, NONE, 1, 2), BARE, BARE, BARE)
    )
    perfect = make_agreement(
        "ana", "ben", scores=Scores(Coefficient(1, NONE, 1, 2), BARE, BARE, BARE)
    )
    first, second, third = report.documents
    ordered = lay_out_sheet(
        replace(
            report,
            documents=(third, replace(second, agreement=perfect), replace(first, agreement=whole)),
        )
    )[-1].grid
    assert ordered is not None
    assert [row[0][0] for row in ordered.rows] == ["a", "b", "c"]


def test_a_figure_just_below_nothing_has_no_minus_and_one_below_that_has() -> None:
    assert [show_figure(value) for value in (-0.004, -0.006, 0.004, 1, -1)] == [
        "0.00",
        "-0.01",
        "0.00",
        "1.00",
        "-1.00",
    ]
