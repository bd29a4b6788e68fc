"""The `doccano-spans` format as others write it."""

from __future__ import annotations

import json

import pytest

from annotator.errors import SourceError
from annotator.readers import Source
from annotator.readers.doccano_spans import read, sniff

TEXT = "🔥 Up.\r\n\r\nNot so, no. "


def write(**fields: object) -> Source:
    return Source("dam.jsonl", json.dumps({"id": 1, "text": TEXT, **fields}).encode())


@pytest.mark.parametrize("column", ["label", "labels", "annotations"])
def test_stretches_without_relations_are_read_under_each_name_that_a_release_gave_them(
    column: str,
) -> None:
    source = write(**{column: [[0, 5, "claim"], [8, 21, "denial"]]})
    assert sniff(source)
    (reading,) = read(source)
    text = reading.article.text
    assert [(text[said.span.start : said.span.end], said.label) for said in reading.said] == [
        ("🔥 Up.", "claim"),
        ("Not so, no.", "denial"),
    ]


def test_a_relation_ties_a_denial_to_what_it_denies() -> None:
    entities = [
        {"id": 7, "label": "claim", "start_offset": 0, "end_offset": 5},
        {"id": 8, "label": "denial", "start_offset": 9, "end_offset": 20},
    ]
    ties = [
        {"id": 1, "from_id": 8, "to_id": 7, "type": "Denies"},
        {"id": 2, "from_id": 8, "to_id": 9, "type": "denies"},
    ]
    (reading,) = read(write(entities=entities, relations=ties))
    first, second = reading.said
    assert (first.denies, second.denies) == ((), (first.span,))
    assert reading.remarks == (
        "line 1: relation 2 left out: it does not tie two labelled stretches",
    )


def test_an_entity_that_is_none_is_refused_with_its_line() -> None:
    with pytest.raises(SourceError, match=r"Line 1 of dam\.jsonl has an entity that is no object"):
        list(read(write(entities=["claim"])))
