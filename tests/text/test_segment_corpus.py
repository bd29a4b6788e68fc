"""Scores on annotated texts, where ANNOTATOR_CORPUS in the environment names a folder of them."""

from __future__ import annotations

import json
import os
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import pytest

from annotator.text.segment import segment

if TYPE_CHECKING:
    from collections.abc import Iterator


class Document(TypedDict, total=False):
    """One annotated text; `sentences` are pairs of code point offsets."""

    lang: str
    text: str
    sentences: list[tuple[int, int]]


LEAST = {
    "seed": 1.0,
    "golden_rules": 0.97,
    "gum_news": 0.97,
    "ewt_weblog": 0.97,
    "adversarial_en": 0.97,
    "adversarial_other": 0.88,
}


def _read(name: str) -> list[Document]:
    folder = os.environ.get("ANNOTATOR_CORPUS")
    path = Path(folder or "", "segmentation", f"{name}.json")
    if not folder or not path.exists():
        pytest.skip(f"ANNOTATOR_CORPUS does not name a folder with segmentation/{name}.json")
    documents: list[Document] = json.loads(path.read_text(encoding="utf-8"))["documents"]
    return documents


def _cut(document: Document) -> list[tuple[int, int]]:
    return [(s.start, s.end) for s in segment(document["text"], document.get("lang", "en"))]


def _count_ends(text: str, spans: list[tuple[int, int]]) -> set[int]:
    """Return the ends in characters that are not white space, the text's own end left out."""
    counts = [0, *accumulate(not character.isspace() for character in text)]
    return {counts[end] for _, end in spans} - {counts[-1]}


def _compare(documents: list[Document]) -> Iterator[tuple[int, int, int]]:
    for document in documents:
        found = _count_ends(document["text"], _cut(document))
        gold = _count_ends(document["text"], document["sentences"])
        yield len(found & gold), len(found), len(gold)


@pytest.mark.parametrize("name", LEAST)
def test_sentence_ends_are_found(name: str) -> None:
    right, found, gold = (sum(column) for column in zip(*_compare(_read(name)), strict=True))
    assert 2 * right / (found + gold) >= LEAST[name]


def test_the_example_article_is_cut_exactly() -> None:
    (document,) = _read("seed")
    assert _cut(document) == [(start, end) for start, end in document["sentences"]]


def test_the_golden_rules_hold() -> None:
    documents = _read("golden_rules")
    kept = sum(_cut(d) == [(start, end) for start, end in d["sentences"]] for d in documents)
    assert kept >= 45
