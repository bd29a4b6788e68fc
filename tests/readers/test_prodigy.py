"""The `prodigy` format as others write it, and whatever else a file may hold."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import SourceError
from annotator.readers import Reading, Source
from annotator.readers.prodigy import read, sniff

NAMES = [
    "text",
    "label",
    "labels",
    "annotations",
    "answer",
    "accept",
    "options",
    "spans",
    "meta",
    "entities",
    "relations",
    "remarks",
    "start",
    "end",
    "start_offset",
    "end_offset",
    "id",
    "from_id",
    "to_id",
    "type",
    "document",
    "before",
    "denies",
    "reviewer",
]
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 12)
    | st.floats()
    | st.sampled_from(["accept", "claim", "denies", "a b. c", "d\r\n\x00e ", "\ud800", "7-9"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6)
    ),
    max_leaves=12,
)
rows = st.dictionaries(st.sampled_from(NAMES), values, max_size=8).map(
    lambda row: {"text": "One. Two\r\nthree. 🔥 Four.", **row}
)


def read_rows(*found: object) -> list[Reading]:
    lines = "\n".join(json.dumps(row) for row in found)
    return list(read(Source("dam.jsonl", lines.encode())))


@given(st.lists(rows, max_size=3).map(json.dumps) | st.text(max_size=50) | rows.map(json.dumps))
def test_anything_ends_in_articles_or_one_clear_error(written: str) -> None:
    source = Source("dam.jsonl", written.encode("utf-8", "replace"))
    assert sniff(source) in (True, False)
    try:
        readings = list(read(source))
    except SourceError as error:
        if "dam.jsonl" not in str(error):
            raise
        return
    for reading in readings:
        text = reading.article.text
        for said in reading.said:
            stretch = text[said.span.start : said.span.end]
            assert stretch
            assert stretch == stretch.strip()


@pytest.mark.parametrize(
    "written", ["[" * 100_000, '{"text": ' + "9" * 5000 + "}", "{}", "[1]", "nothing", "[]"]
)
def test_what_is_not_of_the_format_is_refused(written: str) -> None:
    source = Source("dam.jsonl", written.encode())
    assert not sniff(source)
    with pytest.raises(SourceError, match=r"dam\.jsonl"):
        list(read(source))


def test_spans_and_relations_of_two_annotators_are_of_one_article() -> None:
    spans = [
        {"start": 0, "end": 5, "label": "claim"},
        {"start": 9, "end": 19, "label": "denial"},
        {"start": 9, "end": 99, "label": "claim"},
    ]
    relation = {"label": "DENIES", "head_span": spans[1], "child_span": spans[0]}
    row = {"text": "🔥 Up.\r\n\r\nNot so, no. ", "answer": "accept", "spans": spans}
    (reading,) = read_rows(
        {**row, "_annotator_id": "ana", "relations": [relation]},
        {**row, "answer": "reject", "_annotator_id": "ben"},
    )
    text = reading.article.text
    assert text == "🔥 Up.\n\nNot so, no. "
    first, second = reading.said
    assert (text[first.span.start : first.span.end], first.label) == ("🔥 Up.", "claim")
    assert second.denies == (first.span,)
    assert {said.reviewer for said in reading.said} == {"ana"}
    assert reading.remarks == ("line 1: span 3 left out: it is no stretch of the text",)


def test_a_question_of_yes_or_no_gives_its_label_where_it_was_accepted() -> None:
    (reading,) = read_rows(
        {"text": "Up.", "label": "claim", "answer": "accept", "_session_id": "x-ana"},
        {"text": "Down.", "label": "claim", "answer": "reject", "_session_id": "x-ana"},
        {"text": "Up.", "label": "denial", "answer": "accept", "_session_id": "x-ana"},
    )
    assert [(said.label, said.reviewer) for said in reading.said] == [("claim", "x-ana")]
    assert reading.article.text == "Up.\n\nDown."
    assert reading.remarks == ("line 3: the label 'denial' left out, after 'claim'",)
