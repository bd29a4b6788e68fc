"""Tables from elsewhere: delimiters, guards, long cells, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import SourceError
from annotator.readers import Reading, Source, detect_format
from annotator.readers.csv import read
from tests.readers.test_jsonl import check_readings, quote


def read_all(content: str, **fields: str) -> list[Reading]:
    return list(read(Source("rows.csv", content.encode(), fields=fields)))


def read_one(content: str, **fields: str) -> Reading:
    (reading,) = read_all(content, **fields)
    return reading


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_delimiter_is_found_by_the_header(delimiter: str, end: str) -> None:
    table = [["label", "text"], ["claim", '"A, b; c\td."'], ["", "E."]]
    reading = read_one("".join(delimiter.join(row) + end for row in table))
    assert reading.article.text == "A, b; c\td. E."
    assert quote(reading) == [("A, b; c\td.", "claim")]


def test_a_table_of_one_column_is_an_article_a_row() -> None:
    readings = read_all('text\n"One.\nTwo."\n\nThree.\n')
    assert [reading.article.text for reading in readings] == ["One.\nTwo.", "Three."]


def test_fields_may_have_other_names() -> None:
    reading = read_one("nr;body\n1;A.\n1;B.\n", text="body", id="nr")
    assert reading.article.text == "A. B."


@pytest.mark.parametrize(
    ("cell", "text"),
    [("'=SUM(A1)", "=SUM(A1)"), ("' -5", "-5"), ("''=x", "'=x"), ("'tis so", "'tis so")],
)
def test_the_guard_is_taken_off(cell: str, text: str) -> None:
    reading = read_one(f"text,label\n{cell},claim\n")
    assert quote(reading) == [(text, "claim")]


def test_a_cell_may_hold_a_long_article() -> None:
    text = "word " * 100_000
    assert read_one(f'text,title\n"{text}",T\n').article.text == text


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("body\nA.\n", "no column 'text'; its columns are body"),
        ("text,text\nA.,B.\n", "twice"),
        ("text,label\nA.,claim\nB.\n", "Line 3 of rows.csv has 1 cells"),
        ('text,label\nA.,claim\n"B.\nC.,claim\n', "Line 3 of rows.csv begins a row"),
        ("text,start\nA.,x\n", "Line 2 of rows.csv has a 'start'"),
        ("text\n", "no row with a text"),
        (" ", "no column"),
        ("", "empty"),
    ],
)
def test_what_is_no_such_table_is_refused(content: str, told: str) -> None:
    with pytest.raises(SourceError, match=told):
        read_all(content)


def test_a_row_is_told_by_its_first_line() -> None:
    reading, *_ = read_all('text,title\n"A.\nB.",T\n,U\n')
    assert reading.remarks == ("line 4 has no text: left out",)


@pytest.mark.parametrize("name", ["rows.csv", "ROWS.TSV"])
def test_it_goes_by_its_suffix(name: str) -> None:
    assert detect_format(Source(name, b"text\nA.\n")) == "csv"


tables = st.text(st.sampled_from("text,;\t\r\n\"'=a1[]\x00\ufeff 🔥"), max_size=60)


@given(tables | st.text(), st.sampled_from(["", "text,label\n", "id;text;start;end\n"]))
def test_any_text_ends_in_articles_or_one_error(content: str, header: str) -> None:
    try:
        readings = list(read(Source("rows.csv", (header + content).encode("utf-8", "replace"))))
    except SourceError as error:
        assert "rows.csv" in str(error)  # noqa: PT017
    else:
        check_readings(readings)
