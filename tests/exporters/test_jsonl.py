"""JSON Lines: its rows, what comes back, and what Hugging Face's `datasets` makes of it."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from annotator.errors import StoreError
from annotator.exporters import Corpus, LabelledDocument, LabelledSentence, find_exporter
from annotator.exporters.jsonl import LOSES, write
from annotator.model.document import Article, Sentence
from annotator.model.row import COLUMNS
from annotator.model.scheme import FACT_CHECK
from annotator.model.span import Span
from annotator.readers import Reading, Said, Source
from annotator.readers.jsonl import read
from tests.exporters.corpus import corpora, golden_corpus, make_document, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.model.annotation import Annotation

GOLDEN = Path(__file__).parent / "golden" / "golden.jsonl"


def expect_readings(corpus: Corpus) -> list[Reading]:
    """The documents as they come back, less what `LOSES` says."""
    return [_expect_reading(labelled) for labelled in corpus.documents]


def _expect_reading(labelled: LabelledDocument) -> Reading:
    sentences = list(labelled.sentences)
    return Reading(
        Article(labelled.text, labelled.document.title),
        cut=tuple((one.sentence.paragraph, one.sentence.span) for one in sentences),
        said=tuple(_expect_said(said) for one in sentences for said in one.annotations),
    )


def _expect_said(said: Annotation) -> Said:
    return Said(
        span=said.span,
        label=said.label,
        reviewer=said.reviewer,
        speaker=said.speaker,
        note=said.note,
        unsure=said.unsure,
        denies=said.denies,
        created_at=said.created_at,
        updated_at=said.updated_at,
    )


def read_rows(corpus: Corpus) -> list[dict[str, object]]:
    return [json.loads(line) for line in "".join(write(corpus)).split("\n")[:-1]]


@given(corpora())
def test_what_is_written_comes_back(corpus: Corpus) -> None:
    source = Source("labels.jsonl", "".join(write(corpus)).encode())
    assert list(read(source)) == expect_readings(corpus)


@given(corpora())
def test_every_row_has_every_column_and_each_is_of_one_type(corpus: Corpus) -> None:
    for row in read_rows(corpus):
        assert tuple(row) == COLUMNS
        assert isinstance(row["denies"], list)
        assert row["unsure"] is None or isinstance(row["unsure"], bool)
        assert (row["reviewer"] is None) == (row["unsure"] is None) == (row["created_at"] is None)


@given(corpora())
def test_there_is_a_row_for_each_sentence_and_reviewer(corpus: Corpus) -> None:
    expected = sum(
        max(1, len(one.annotations)) for labelled in corpus.documents for one in labelled.sentences
    )
    assert len(read_rows(corpus)) == expected


def test_a_golden_file() -> None:
    assert "".join(write(golden_corpus())) == GOLDEN.read_text(encoding="utf-8")


def test_sentences_are_read_one_by_one() -> None:
    read_so_far = []
    labelled = make_document([["One.", "Two.", "Three."]], {0: [say("claim"), say(None, "ben")]})

    def sentences() -> Iterator[LabelledSentence]:
        for one in labelled.sentences:
            read_so_far.append(one.sentence.index)
            yield one

    document = LabelledDocument(labelled.document, labelled.text, sentences())
    pieces = write(Corpus(FACT_CHECK, iter([document])))
    next(pieces)
    next(pieces)
    assert read_so_far == [0]


def test_a_link_to_no_sentence_is_refused() -> None:
    labelled = make_document([["One.", "Two."]], {0: [say("denial", denies=[1])]})
    lost = LabelledDocument(labelled.document, labelled.text, labelled.sentences)
    with pytest.raises(StoreError, match="annotator verify"):
        list(write(Corpus(FACT_CHECK, [lost])))


def test_the_registry_knows_it_and_it_says_what_it_loses() -> None:
    assert find_exporter("jsonl").write is write
    assert all(LOSES)


def test_a_document_without_sentences_has_no_row() -> None:
    labelled = make_document([["One."]], {})
    empty = LabelledDocument(labelled.document, labelled.text, [])
    assert list(write(Corpus(FACT_CHECK, [empty]))) == []


def test_separators_within_a_text_break_no_line() -> None:
    sentence = LabelledSentence(Sentence(0, 0, Span(0, 3), "a\u2028b"), ())
    labelled = make_document([["One."]], {})
    document = LabelledDocument(labelled.document, "a\u2028b", [sentence])
    (line,) = write(Corpus(FACT_CHECK, [document]))
    assert len(line.splitlines()) == 1


@pytest.mark.peers
@pytest.mark.skipif(not find_spec("datasets"), reason="datasets, of the extra 'peers', is missing")
# Arrow and its neighbours are others' code: what they warn of is not ours to mend.
@pytest.mark.filterwarnings("ignore")
def test_datasets_loads_it_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    from datasets import disable_progress_bars, load_dataset

    disable_progress_bars()
    loaded = load_dataset(
        "json", data_files=str(GOLDEN), split="train", cache_dir=str(tmp_path / "cache")
    )
    assert tuple(loaded.column_names) == COLUMNS
    rows = read_rows(golden_corpus())
    # Arrow takes a column of ISO 8601 times for times.
    times = {"created_at", "updated_at"}
    for column in set(COLUMNS) - times:
        assert list(loaded[column]) == [row[column] for row in rows]
