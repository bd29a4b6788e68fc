"""CSV: its rows, its guard, and what comes back."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from annotator.exporters import Corpus, find_exporter
from annotator.exporters.csv import LOSES, write
from annotator.model.row import COLUMNS, guard, unguard
from annotator.model.scheme import FACT_CHECK
from annotator.readers import Source
from annotator.readers.csv import read
from tests.exporters.corpus import corpora, golden_corpus, make_document, say
from tests.exporters.test_jsonl import expect_readings

GOLDEN = Path(__file__).parent / "golden" / "golden.csv"

texts = st.text(st.sampled_from("'=+-@＝\t\r\n \u00a0ab\"")) | st.text()


def read_rows(corpus: Corpus) -> list[list[str]]:
    return list(csv.reader(StringIO("".join(write(corpus)), newline=""), strict=True))


@given(corpora())
def test_what_is_written_comes_back(corpus: Corpus) -> None:
    source = Source("labels.csv", "".join(write(corpus)).encode())
    assert list(read(source)) == expect_readings(corpus)


@given(texts)
def test_taking_the_guard_off_undoes_it(text: str) -> None:
    assert unguard(guard(text)) == text


@given(texts)
def test_no_guarded_cell_starts_a_formula(text: str) -> None:
    cell = guard(text)
    assert not cell.startswith(("\t", "\r"))
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@given(texts)
def test_a_cell_that_starts_no_formula_stays(text: str) -> None:
    assert guard(f"a{text}") == f"a{text}"
    assert unguard(f"a{text}") == f"a{text}"
    assert unguard(f"'a{text}") == f"'a{text}"


@given(corpora())
def test_every_row_is_as_wide_as_the_header(corpus: Corpus) -> None:
    header, *rows = read_rows(corpus)
    assert tuple(header) == COLUMNS
    assert {len(row) for row in rows} == {len(COLUMNS)}


def test_a_golden_file() -> None:
    assert "".join(write(golden_corpus())) == GOLDEN.read_text(encoding="utf-8")


def test_a_sentence_of_which_nobody_spoke_has_empty_cells() -> None:
    _, row = read_rows(Corpus(FACT_CHECK, [make_document([["One."]], {})]))
    assert row[6:] == ["", "", "", "", "", "[]", "", ""]


def test_values_are_as_json_has_them() -> None:
    labelled = make_document([["One.", "Two."]], {1: [say("denial", unsure=True, denies=[0])]})
    *_, row = read_rows(Corpus(FACT_CHECK, [labelled]))
    assert row[2:5] == ["1", "5", "9"]
    assert row[10:12] == ["true", "[0]"]


def test_a_lone_carriage_return_is_within_quotation_marks() -> None:
    labelled = make_document([["One."]], {0: [say("claim", note="a\rb")]})
    assert '"a\rb"' in "".join(write(Corpus(FACT_CHECK, [labelled])))


def test_the_registry_knows_it_and_it_says_what_it_loses() -> None:
    assert find_exporter("csv").write is write
    assert all(LOSES)
