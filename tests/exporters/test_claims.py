"""The `claims` format: schema.org's claims, and never a verdict."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from annotator.errors import SchemeError
from annotator.exporters import Corpus
from annotator.exporters.claims import list_claim_labels, write
from annotator.model.scheme import FACT_CHECK, Label, LabelScheme
from tests.exporters.contexts import expand
from tests.exporters.corpus import corpora, golden_corpus, make_document, say

GOLDEN = Path(__file__).with_name("golden") / "claims.json"
SCHEMA = "http://schema.org/"


def write_text(corpus: Corpus) -> str:
    return "".join(write(corpus))


def read_claims(corpus: Corpus) -> list[dict[str, Any]]:
    graph = json.loads(write_text(corpus))["@graph"]
    return [node for node in graph if node["@type"] == "Claim"]


def test_the_golden_corpus_is_the_golden_file() -> None:
    assert write_text(golden_corpus()) == GOLDEN.read_text(encoding="utf-8")


@given(corpora())
@settings(max_examples=40)
def test_the_claims_are_the_sentences_whose_settled_label_is_one(corpus: Corpus) -> None:
    expected = [
        (sentence.sentence.text, sentence.label, sentence.sentence.index + 1)
        for labelled in corpus.documents
        for sentence in labelled.sentences
        if sentence.label in ("claim", "denial")
    ]
    claims = read_claims(corpus)
    assert [(one["text"], one["keywords"], one["position"]) for one in claims] == expected
    assert len({one["@id"] for one in claims}) == len(claims)


@given(corpora(reviewers=["ana"]))
@settings(max_examples=40)
def test_a_denial_is_about_what_it_denies(corpus: Corpus) -> None:
    expected = [
        [labelled.text[span.start : span.end] for span in said.denies]
        for labelled in corpus.documents
        for sentence in labelled.sentences
        for said in sentence.annotations
        if said.label in ("claim", "denial")
    ]
    found = [[one["text"] for one in claim.get("about", ())] for claim in read_claims(corpus)]
    assert found == expected


@given(corpora())
@settings(max_examples=10, deadline=None)
def test_as_linked_data_there_are_articles_and_claims_and_no_verdict(corpus: Corpus) -> None:
    nodes = expand(write_text(corpus))
    articles = {node["@id"] for node in nodes if node["@type"] == [f"{SCHEMA}Article"]}
    for node in nodes:
        assert node["@type"][0] in (f"{SCHEMA}Article", f"{SCHEMA}Claim")
        if node["@id"] not in articles:
            assert node[f"{SCHEMA}appearance"][0]["@id"] in articles
            assert node["@id"].startswith("ni:///sha-256;")
    assert f"{SCHEMA}ClaimReview" not in json.dumps(nodes)


def test_two_speakers_are_two_authors_and_neither_is_called_a_person() -> None:
    said = {0: [say("claim", speaker="the mayor"), say("claim", "ben", speaker="the city")]}
    (claim,) = read_claims(Corpus(FACT_CHECK, [make_document([("One.",)], said)]))
    assert claim["author"] == [
        {"@type": "Thing", "name": "the city"},
        {"@type": "Thing", "name": "the mayor"},
    ]


def test_where_nothing_denies_the_label_called_claim_is_one_and_else_it_is_an_error() -> None:
    plain = tuple(replace(label, denies=()) for label in FACT_CHECK.labels)
    assert list_claim_labels(replace(FACT_CHECK, labels=plain)) == {"claim"}
    other = LabelScheme("moods", (Label("glad", "g", "It is glad."),))
    with pytest.raises(SchemeError, match="'moods' says which sentences are claims"):
        list_claim_labels(other)


def test_no_document_is_a_graph_of_nothing() -> None:
    assert read_claims(Corpus(FACT_CHECK, [])) == []
