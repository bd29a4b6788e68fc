"""The `prodigy` format: what Prodigy needs of an example, and nothing lost on the way back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from annotator.exporters.prodigy import write
from annotator.readers import Source, detect_format
from annotator.readers.prodigy import read
from tests.exporters.corpus import LABELS, corpora, golden_corpus
from tests.exporters.flat import check_same

if TYPE_CHECKING:
    from annotator.exporters import Corpus

GOLDEN = Path(__file__).parent / "golden" / "prodigy.jsonl"


def write_all(corpus: Corpus) -> str:
    return "".join(write(corpus))


def test_the_golden_corpus_is_the_golden_file() -> None:
    assert write_all(golden_corpus()) == GOLDEN.read_text(encoding="utf-8")


@given(corpora())
def test_what_is_written_is_read_back(corpus: Corpus) -> None:
    source = Source("dam.jsonl", write_all(corpus).encode())
    check_same(corpus, list(read(source)))
    assert detect_format(source) == "prodigy"


@given(corpora())
def test_an_example_without_a_label_is_ignored_and_no_hash_is_made(corpus: Corpus) -> None:
    for line in write_all(corpus).splitlines():
        example: dict[str, Any] = json.loads(line)
        assert example["answer"] == ("accept" if example["accept"] else "ignore")
        assert not {"_input_hash", "_task_hash"} & example.keys()
        assert tuple(option["id"] for option in example["options"]) == LABELS


@pytest.mark.peers
def test_srsly_reads_what_the_choice_interface_needs(tmp_path: Path) -> None:
    import srsly

    path = tmp_path / "dam.jsonl"
    path.write_text(write_all(golden_corpus()), encoding="utf-8")
    examples = list(srsly.read_jsonl(path))
    assert len(examples) == len(path.read_text(encoding="utf-8").split("\n")) - 1
    for example in examples:
        assert example["text"]
        ids = [option["id"] for option in example["options"]]
        assert ids == list(LABELS)
        assert all(isinstance(option["text"], str) for option in example["options"])
        assert set(example["accept"]) <= set(ids)
        assert example["answer"] in ("accept", "reject", "ignore")
