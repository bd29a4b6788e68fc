"""JSON Lines from elsewhere: what becomes an article, what a sentence, and what is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import SourceError
from annotator.model.row import COLUMNS
from annotator.model.span import Span
from annotator.readers import Reading, Source, find_reader
from annotator.readers.jsonl import read, sniff

OWN = {"document_id": "d", "title": "The dam", "sentence_index": 0, "start": 0, "end": 4}


def write(*rows: object) -> bytes:
    return "".join(f"{json.dumps(row)}\n" for row in rows).encode()


def read_all(*rows: object, **fields: str) -> list[Reading]:
    return list(read(Source("rows.jsonl", write(*rows), origin="rows.jsonl", fields=fields)))


def read_one(*rows: object, **fields: str) -> Reading:
    (reading,) = read_all(*rows, **fields)
    return reading


def quote(reading: Reading) -> list[tuple[str, str | None]]:
    text = reading.article.text
    return [(text[said.span.start : said.span.end], said.label) for said in reading.said]


def test_texts_without_labels_are_an_article_each() -> None:
    one, two = read_all({"text": "One. \nTwo."}, {"text": "Three.", "title": "T", "source": "s"})
    assert (one.article.text, one.article.title, one.cut) == ("One. \nTwo.", "One.", None)
    assert (two.article.title, two.article.source) == ("T", "s")
    assert one.article.source == "rows.jsonl"


def test_texts_with_labels_are_the_sentences_of_one_article() -> None:
    reading = read_one(
        {"text": "A."}, {"text": " B. ", "label": "claim"}, {"text": "C", "label": 3}
    )
    assert quote(reading) == [("B.", "claim"), ("C", "3")]
    assert reading.cut is not None
    assert [reading.article.text[span.start : span.end] for _, span in reading.cut] == [
        "A.",
        "B.",
        "C",
    ]


def test_rows_with_one_id_are_one_article() -> None:
    one, two = read_all(
        {"id": 1, "text": "A.", "label": "claim"},
        {"id": 2, "text": "B."},
        {"id": 1, "text": "C."},
    )
    assert one.article.text == "A. C."
    assert (two.article.text, two.cut) == ("B.", None)


def test_fields_may_have_other_names() -> None:
    reading = read_one(
        {"body": "A.", "head": "T", "url": "u", "gold": "claim", "nr": 7, "text": 1},
        {"body": "B.", "gold": None, "nr": 7},
        text="body",
        title="head",
        source="url",
        label="gold",
        id="nr",
    )
    assert (reading.article.title, reading.article.source) == ("T", "u")
    assert quote(reading) == [("A.", "claim")]


def test_sentences_stand_where_their_offsets_say() -> None:
    reading = read_one(
        {**OWN, "text": "Two.", "sentence_index": 1, "start": 6, "end": 10, "label": "claim"},
        {**OWN, "text": "One."},
        {**OWN, "text": "Four", "sentence_index": 3, "start": 15, "end": 19, "denies": [1, 0]},
    )
    assert reading.article.text == "One.\n\nTwo.\n\n   Four"
    assert reading.cut == ((0, Span(0, 4)), (1, Span(6, 10)), (2, Span(15, 19)))
    assert reading.said[-1].denies == (Span(0, 4), Span(6, 10))
    assert reading.remarks == ()


@pytest.mark.parametrize("place", [(2, 6), (5, 8), (2_000_000, 2_000_004), (10, 5)])
def test_offsets_that_do_not_fit_are_told_and_nothing_is_lost(place: tuple[int, int]) -> None:
    start, end = place
    reading = read_one(
        {**OWN, "text": "Two.", "sentence_index": 1, "start": start, "end": end, "label": "claim"},
        {**OWN, "text": "One."},
    )
    assert reading.article.text == "One. Two."
    assert quote(reading) == [("Two.", "claim")]
    assert "line 1" in reading.remarks[0]


def test_line_ends_and_control_characters_shift_what_follows() -> None:
    reading = read_one(
        {**OWN, "text": "A\r\n\x07b", "end": 5},
        {**OWN, "text": "🔥 c.", "sentence_index": 1, "start": 6, "end": 10, "label": "claim"},
    )
    assert reading.article.text == "A\nb 🔥 c."
    assert quote(reading) == [("🔥 c.", "claim")]
    assert reading.remarks == ("1 control character left out",)


def test_what_cannot_be_kept_is_told_with_its_line() -> None:
    reading = read_one(
        {**OWN, "text": "One.", "label": "claim", "reviewer": "ana", "denies": [0, 9]},
        {**OWN, "text": "One.", "label": "denial", "reviewer": "ana"},
        {**OWN, "text": "  "},
        {**OWN, "text": "One.", "label": "denial", "reviewer": "ben", "created_at": "yesterday"},
    )
    assert [(said.reviewer, said.label) for said in reading.said] == [
        ("ana", "claim"),
        ("ben", "denial"),
    ]
    assert [remark[:6] for remark in reading.remarks] == ["line 3", "line 4", "line 1", "line 2"]


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("2026-11-23T08:00:00Z", "2026-11-23T08:00:00Z"),
        ("2026-11-23T08:00:00+02:00", "2026-11-23T06:00:00Z"),
        ("2026-11-23 08:00", "2026-11-23T08:00:00Z"),
    ],
)
def test_times_become_utc(time: str, expected: str) -> None:
    reading = read_one({"text": "A.", "label": "claim", "created_at": time})
    assert reading.said[0].created_at == expected


def test_the_database_s_own_way_with_flags_and_lists_is_read() -> None:
    reading = read_one(
        {**OWN, "text": "One.", "label": "denial", "unsure": 1, "denies": "[1]"},
        {**OWN, "text": "Two.", "sentence_index": 1, "start": 5, "end": 9, "unsure": 0},
    )
    assert reading.said[0].unsure
    assert reading.said[0].denies == (Span(5, 9),)
    assert len(reading.said) == 1


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"body": "A."}, "body"),
        ({"text": 1}, "'text'"),
        ({"text": "A", "label": ["claim"]}, "'label'"),
        ({"text": "A", "label": True}, "'label'"),
        ({"text": "A", "start": -1}, "'start'"),
        ({"text": "A", "end": 1e999}, "'end'|number"),
        ({"text": "A", "denies": [None]}, "'denies'"),
        ({"text": "A", "denies": "[" * 100_000}, "'denies'"),
        ({"text": "A", "unsure": "perhaps"}, "'unsure'"),
        ({"text": "\ud800"}, "surrogate"),
        (["text"], "object"),
    ],
)
def test_a_row_of_another_kind_is_refused_with_its_line(row: object, told: str) -> None:
    with pytest.raises(SourceError, match=rf"(?s)Line 2 of rows\.jsonl.*({told})"):
        read_all({"text": "Before."}, row)


@pytest.mark.parametrize(
    "line",
    [b"{", b'{"text": NaN}', b'{"text": ' + b"1" * 5000 + b"}", b"[" * 200_000, b"not JSON"],
)
def test_a_line_that_is_not_json_is_refused_with_its_number(line: bytes) -> None:
    with pytest.raises(SourceError, match=r"Line 3 of rows\.jsonl"):
        list(read(Source("rows.jsonl", b'\n{"text": "A."}\n' + line)))


def test_a_file_without_a_text_is_refused() -> None:
    with pytest.raises(SourceError, match="no row with a text"):
        read_all({"text": " "}, {"text": None})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_sniffing_looks_for_a_text_on_the_first_line(encoding: str) -> None:
    assert sniff(Source("a.jsonl", '\n\n{"text": "é"}\nrubbish'.encode(encoding)))
    assert not sniff(Source("a.jsonl", '{"body": "é"}'.encode(encoding)))
    assert not sniff(Source("a.jsonl", '["text"]'.encode(encoding)))
    renamed = Source("a.jsonl", '{"body": "é"}'.encode(encoding), fields={"text": "body"})
    assert sniff(renamed)


@given(st.binary() | st.just(b"[" * 100_000))
def test_sniffing_never_fails(content: bytes) -> None:
    assert sniff(Source("a.jsonl", content)) in {True, False}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
names = st.sampled_from(["id", "source", *COLUMNS])
plain = st.fixed_dictionaries(
    {"text": st.text()},
    optional={
        "id": st.sampled_from(["a", "b"]),
        "label": st.text(max_size=3),
        "start": st.integers(0, 9),
        "end": st.integers(0, 9),
        "sentence_index": st.integers(0, 3),
        "denies": st.lists(st.integers(0, 3), max_size=3),
    },
)
rows = plain | st.dictionaries(names, json_values, max_size=5) | json_values


def check_readings(readings: list[Reading]) -> None:
    """The laws of every reading: spans in order and within the text, none blank at its edges."""
    for reading in readings:
        text, end = reading.article.text, 0
        spans = [span for _, span in reading.cut or ()]
        for span in spans:
            assert end <= span.start < span.end <= len(text)
            end = span.end
            assert text[span.start : span.end] == text[span.start : span.end].strip()
        assert {said.span for said in reading.said} <= set(spans)
        assert {span for said in reading.said for span in said.denies} <= set(spans)


@given(st.lists(rows, max_size=5))
def test_any_rows_end_in_articles_or_one_error(rows: list[object]) -> None:
    try:
        readings = read_all(*rows)
    except SourceError as error:
        assert "rows.jsonl" in str(error)  # noqa: PT017
    else:
        check_readings(readings)


@given(st.binary())
def test_any_bytes_end_in_articles_or_one_error(content: bytes) -> None:
    try:
        readings = list(read(Source("rows.jsonl", content)))
    except SourceError as error:
        assert "rows.jsonl" in str(error)  # noqa: PT017
    else:
        check_readings(readings)


def test_the_registry_knows_it() -> None:
    assert find_reader("jsonl").sniff is sniff
