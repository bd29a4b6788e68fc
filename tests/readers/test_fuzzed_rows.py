"""What readers of JSON rows owe whatever a file may hold: articles, or one clear error."""

from __future__ import annotations

import json
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import SourceError
from annotator.readers import Source, find_reader

# Every name that one of the formats gives a meaning to: each reader meets the others' too.
NAMES: Final = [
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
by_row = pytest.mark.parametrize("name", ["doccano", "doccano-spans", "prodigy"])


@pytest.mark.parametrize("name", ["doccano", "doccano-spans", "jsonl", "label-studio", "prodigy"])
@given(
    written=st.lists(rows, max_size=3).map(json.dumps)
    | st.lists(rows, max_size=3).map(lambda found: "\n".join(map(json.dumps, found)))
    | st.text(max_size=50)
)
def test_anything_ends_in_articles_or_one_clear_error(name: str, written: str) -> None:
    reader = find_reader(name)
    source = Source("dam.jsonl", written.encode("utf-8", "replace"))
    assert reader.sniff(source) in (True, False)
    try:
        readings = list(reader.read(source))
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


@by_row
@pytest.mark.parametrize(
    "written", ["[" * 100_000, '{"text": ' + "9" * 5000 + "}", "{}", "[1]", "nothing", "[]"]
)
def test_what_is_not_of_the_format_is_refused(name: str, written: str) -> None:
    reader = find_reader(name)
    source = Source("dam.jsonl", written.encode())
    assert not reader.sniff(source)
    with pytest.raises(SourceError, match=r"dam\.jsonl"):
        list(reader.read(source))
