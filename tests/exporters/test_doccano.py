"""The `doccano` format: its golden file, and nothing lost on the way back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import given

from annotator.exporters.doccano import write
from annotator.readers import Source, detect_format
from annotator.readers.doccano import read
from tests.exporters.corpus import corpora, golden_corpus
from tests.exporters.flat import check_same

if TYPE_CHECKING:
    from annotator.exporters import Corpus

GOLDEN = Path(__file__).parent / "golden" / "doccano.jsonl"


def write_all(corpus: Corpus) -> str:
    return "".join(write(corpus))


def test_the_golden_corpus_is_the_golden_file() -> None:
    assert write_all(golden_corpus()) == GOLDEN.read_text(encoding="utf-8")


@given(corpora())
def test_what_is_written_is_read_back(corpus: Corpus) -> None:
    source = Source("dam.jsonl", write_all(corpus).encode())
    check_same(corpus, list(read(source)))
    assert detect_format(source) == "doccano"


@given(corpora())
def test_all_lines_have_all_columns_and_none_that_doccano_keeps_for_itself(corpus: Corpus) -> None:
    lines: list[dict[str, Any]] = [json.loads(line) for line in write_all(corpus).splitlines()]
    assert len({tuple(line) for line in lines}) == 1
    assert [line["id"] for line in lines] == list(range(1, len(lines) + 1))
    # Arguments of its importer's own, which a column of that name would collide with.
    assert not {"filename", "upload_name", "uuid"} & lines[0].keys()
    assert all(label for line in lines for label in line["label"])
