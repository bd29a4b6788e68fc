"""The `doccano` format as others write it."""

from __future__ import annotations

import json

import pytest

from annotator.errors import SourceError
from annotator.readers import Source
from annotator.readers.doccano import read, sniff


@pytest.mark.parametrize("column", ["label", "labels", "annotations"])
@pytest.mark.parametrize("label", ["claim", {"label": "claim", "user": 1}])
def test_labels_are_read_under_each_name_that_a_release_gave_them(
    column: str, label: object
) -> None:
    rows = [{"id": 1, "text": "🔥 Up.", column: [label]}, {"id": 2, "text": "Down.", column: []}]
    source = Source("dam.json", json.dumps(rows).encode())
    assert sniff(source)
    (reading,) = read(source)
    assert reading.article.text == "🔥 Up.\n\nDown."
    assert [(said.span.start, said.span.end, said.label) for said in reading.said] == [
        (0, 5, "claim")
    ]


def test_a_label_that_is_no_name_is_refused_with_its_line() -> None:
    source = Source("dam.jsonl", b'{"text": "Up.", "label": []}\n{"text": "No.", "label": [true]}')
    with pytest.raises(SourceError, match=r"Line 2 of dam\.jsonl has labels that are not names"):
        list(read(source))
