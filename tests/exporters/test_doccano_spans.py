"""The `doccano-spans` format: its golden file, and nothing lost on the way back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import given

from annotator.exporters.doccano_spans import write
from annotator.readers import Source, detect_format
from annotator.readers.doccano_spans import read
from tests.exporters.corpus import corpora, golden_corpus
from tests.exporters.flat import check_same

if TYPE_CHECKING:
    from annotator.exporters import Corpus

GOLDEN = Path(__file__).parent / "golden" / "doccano_spans.jsonl"


def write_all(corpus: Corpus) -> str:
    return "".join(write(corpus))


def test_the_golden_corpus_is_the_golden_file() -> None:
    assert write_all(golden_corpus()) == GOLDEN.read_text(encoding="utf-8")


@given(corpora())
def test_what_is_written_is_read_back_but_for_the_cut_and_the_times(corpus: Corpus) -> None:
    source = Source("dam.jsonl", write_all(corpus).encode())
    check_same(corpus, list(read(source)), cut=False, times=False)
    assert detect_format(source) == "doccano-spans"


@given(corpora())
def test_entities_are_stretches_and_relations_tie_those_of_their_line(corpus: Corpus) -> None:
    entities: set[int] = set()
    for line in write_all(corpus).splitlines():
        fields: dict[str, Any] = json.loads(line)
        own = {entity["id"] for entity in fields["entities"]}
        assert len(own) == len(fields["entities"])
        assert not own & entities
        entities |= own
        for entity in fields["entities"]:
            assert 0 <= entity["start_offset"] < entity["end_offset"] <= len(fields["text"])
            assert entity["label"]
        for relation in fields["relations"]:
            assert {relation["from_id"], relation["to_id"]} <= own
