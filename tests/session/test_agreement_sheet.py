"""What a person reads of a report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import Bootstrap, Coefficient, Interval, Report, Undefined, Unit, measure
from annotator.session.agreement_sheet import (
    Part,
    lay_out_sheet,
    name_all,
    show_figure,
    show_score,
)
from tests.agreement.builders import LABELS, units_of_rows

ROWS = [("claim", "claim"), ("denial", "denial"), ("claim", "denial"), ("claim", "claim")] * 5


def report_of(units: list[Unit], bootstrap: Bootstrap | None = None) -> Report:
    return measure(units, LABELS, denying=["denial"], deniable=["claim"], bootstrap=bootstrap)


def text_of(parts: tuple[Part, ...]) -> str:
    lines = []
    for part in parts:
        rows = part.grid.rows if part.grid else ()
        lines += [part.heading, *(" | ".join(row) for row in rows), *part.notes]
    return "\n".join(lines)


def test_figures_have_their_intervals_and_what_they_rest_on() -> None:
    text = text_of(lay_out_sheet(report_of(units_of_rows(ROWS))))
    assert "Agreement between r00 and r01" in text
    assert "raw agreement | 20 | 0.75 [0.55, 0.90]" in text
    assert "20 sentences labelled in 1 document, 20 of them by two reviewers or more" in text
    assert "1,000 resamples of the sentences, seed 0" in text


def test_the_confusion_table_of_two_has_the_first_down() -> None:
    parts = {part.heading: part for part in lay_out_sheet(report_of(units_of_rows(ROWS)))}
    grid = parts["Confusion table: r00 down, r01 across"].grid
    assert grid is not None
    assert grid.rows[0] == ("claim", "10", "5", "0")
    assert grid.rows[1] == ("denial", "0", "5", "0")


def test_of_three_there_are_pairs_and_no_cohen() -> None:
    rows = [(*row, "claim") for row in ROWS]
    text = text_of(lay_out_sheet(report_of(units_of_rows(rows))))
    assert "Cohen's kappa |  | undefined: Cohen's kappa is of exactly two" in text
    assert "Confusion table: all pairs" in text
    assert "r00, r01 | 20 | 0.75 | " in text


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ([], "Nobody has labelled a sentence here."),
        (units_of_rows([("claim",)]), "Only r00 has labelled here"),
        ([Unit("d", 0, {"a": "claim"}), Unit("d", 1, {"b": "claim"})], "No sentence was labelled"),
    ],
)
def test_where_nothing_can_be_compared_it_says_why_once(units: list[Unit], words: str) -> None:
    (part,) = lay_out_sheet(report_of(units))
    assert part.grid is None
    assert len(part.notes) == 1
    assert part.notes[0].startswith(f"undefined: {words}")


def test_a_figure_by_label_that_is_not_there_is_explained() -> None:
    text = text_of(lay_out_sheet(report_of(units_of_rows(ROWS))))
    assert "background | 1.00 [1.00, 1.00] | undefined | undefined" in text
    assert "background: undefined: Nobody gave the label background" in text


def test_documents_come_with_the_least_agreement_first() -> None:
    units = [
        *units_of_rows(ROWS, document_id="a"),
        *units_of_rows([("claim", "denial")] * 3, document_id="b"),
        *units_of_rows([("claim",)], document_id="c"),
    ]
    titles = {"a": "Dam", "b": "Grain", "c": "Alone"}
    *_, last = lay_out_sheet(report_of(units), titles=titles)
    assert last.grid is not None
    assert [row[:3] for row in last.grid.rows] == [
        ("b", "Grain", "3"),
        ("a", "Dam", "20"),
        ("c", "Alone", "0"),
    ]
    *_, last = lay_out_sheet(report_of(units), titles=titles, ids=False)
    assert last.grid is not None
    assert [row[0] for row in last.grid.rows] == ["Grain", "Dam", "Alone"]
    assert any(note.startswith("undefined: Only r00") for note in last.notes)


def test_no_resamples_are_said_to_be_none() -> None:
    text = text_of(lay_out_sheet(report_of(units_of_rows(ROWS), Bootstrap(0))))
    assert "raw agreement | 20 | 0.75\n" in text
    assert "No intervals: No resamples were asked for." in text


def test_a_second_pass_is_called_one() -> None:
    head, *_ = lay_out_sheet(report_of(units_of_rows(ROWS)), whose="ana")
    assert head.heading == "Agreement of ana with their own second pass"


@given(st.floats(-1, 1))
def test_a_figure_has_two_decimals_and_no_minus_before_nothing(value: float) -> None:
    shown = show_figure(value)
    assert abs(float(shown) - value) <= 0.005 + 1e-9
    assert len(shown.partition(".")[2]) == 2
    assert shown != "-0.00"


def test_a_score_is_shown_in_each_of_its_shapes() -> None:
    known = Coefficient(0.714, Interval(0.64, 0.78, 1000), 30, 60)
    bare = Coefficient(0.714, Undefined("one"), 1, 2)
    assert show_score(known) == "0.71 [0.64, 0.78]"
    assert show_score(bare) == "0.71"
    assert show_score(Undefined("No.")) == "undefined"
    assert show_score(Undefined("No."), reason=True) == "undefined: No."


def test_names_stand_as_in_a_sentence() -> None:
    shown = [name_all(names) for names in ([], ["ana"], ["ana", "ben"], ["ana", "ben", "cleo"])]
    assert shown == ["nobody", "ana", "ana and ben", "ana, ben and cleo"]
