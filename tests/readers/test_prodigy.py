"""The `prodigy` format as others write it."""

from __future__ import annotations

import json

from annotator.readers import Reading, Source
from annotator.readers.prodigy import read


def read_rows(*found: object) -> list[Reading]:
    lines = "\n".join(json.dumps(row) for row in found)
    return list(read(Source("dam.jsonl", lines.encode())))


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
