"""The `web-annotation` format: what is selected is what was labelled, and JSON-LD says so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings

from annotator.exporters import Corpus
from annotator.exporters.web_annotation import AROUND, is_address, name_text, write
from annotator.model.scheme import FACT_CHECK
from tests.exporters.contexts import expand
from tests.exporters.corpus import corpora, golden_corpus, make_document, say

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLDEN = Path(__file__).with_name("golden") / "web_annotation.json"
OA = "http://www.w3.org/ns/oa#"


def write_text(corpus: Corpus) -> str:
    return "".join(write(corpus))


def read_items(corpus: Corpus) -> list[dict[str, Any]]:
    page = json.loads(write_text(corpus))
    items: list[dict[str, Any]] = page["first"]["items"]
    assert page["total"] == len(items)
    return items


def targets(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in items:
        for one in (item["target"], *item["body"]):
            if isinstance(one, dict) and one["type"] == "SpecificResource":
                yield one


def test_the_golden_corpus_is_the_golden_file() -> None:
    assert write_text(golden_corpus()) == GOLDEN.read_text(encoding="utf-8")


@given(corpora())
@settings(max_examples=40)
def test_each_selector_selects_a_sentence_by_words_and_by_code_points(corpus: Corpus) -> None:
    texts = {name_text(one.document): one.text for one in corpus.documents}
    for target in targets(read_items(corpus)):
        text = texts[target["source"]["dc:identifier"]]
        quote, position = target["selector"]
        start, end = position["start"], position["end"]
        assert quote["exact"] == text[start:end]
        assert quote["prefix"] == text[:start][-AROUND:]
        assert quote["suffix"] == text[end:][:AROUND]


@given(corpora())
@settings(max_examples=40)
def test_ids_are_unique_and_every_link_leads_to_one(corpus: Corpus) -> None:
    items = read_items(corpus)
    ids = [item["id"] for item in items]
    assert len(set(ids)) == len(ids)
    for link in (item for item in items if item["motivation"] == "linking"):
        ends = [link["target"], *(body for body in link["body"] if isinstance(body, str))]
        assert set(ends) <= set(ids)


@given(corpora())
@settings(max_examples=40)
def test_everything_that_was_said_is_there(corpus: Corpus) -> None:
    said = [
        (one.reviewer, one.label, one.speaker, one.unsure, one.note, bool(one.denies))
        for labelled in corpus.documents
        for sentence in labelled.sentences
        for one in sentence.annotations
    ]
    items = read_items(corpus)
    links = {item["target"] for item in items if item["motivation"] == "linking"}
    found = []
    for item in (item for item in items if item["motivation"] != "linking"):
        bodies = {body["label"]: body["value"] for body in item["body"]}
        kept = (bodies.get("label"), bodies.get("speaker"), "flag" in bodies, bodies.get("note"))
        found.append((item["creator"]["name"], *kept, item["id"] in links))
    assert found == said


@given(corpora())
@settings(max_examples=10, deadline=None)
def test_as_linked_data_each_annotation_has_what_the_model_requires(corpus: Corpus) -> None:
    (collection,) = expand(write_text(corpus))
    (page,) = collection["http://www.w3.org/ns/activitystreams#first"]
    (items,) = page["http://www.w3.org/ns/activitystreams#items"]
    assert len(items["@list"]) == len(read_items(corpus))
    for node in items["@list"]:
        assert node["@type"] == [f"{OA}Annotation"]
        assert node["@id"].startswith("urn:uuid:")
        assert len(node[f"{OA}hasTarget"]) == 1
        assert node[f"{OA}motivatedBy"][0]["@id"].startswith(OA)
        for body in node.get(f"{OA}hasBody", ()):
            assert f"{OA}hasPurpose" not in body or "@id" in body[f"{OA}hasPurpose"][0]


def test_a_denial_is_linked_to_the_claim_or_to_a_sentence_of_which_nothing_is_said() -> None:
    said = {0: [say("claim")], 2: [say("denial", denies=[0, 1])]}
    document = make_document([("One.", "Two.", "Three.")], said)
    claim, denial, link = read_items(Corpus(FACT_CHECK, [document]))
    assert link["motivation"] == "linking"
    assert link["target"] == denial["id"]
    assert link["body"][0] == claim["id"]
    assert link["body"][1]["selector"][0]["exact"] == "Two."


def test_a_source_that_is_no_web_address_is_kept_beside_the_text_s_own_name() -> None:
    document = make_document([("One.",)], {0: [say("claim")]}, source="my files/dam.txt")
    (item,) = read_items(Corpus(FACT_CHECK, [document]))
    source = item["target"]["source"]
    assert source["id"] == name_text(document.document)
    assert source["dc:source"] == "my files/dam.txt"
    assert not is_address("https://example.org/a b")
    assert not is_address("javascript:alert(1)")


def test_no_document_is_a_collection_of_nothing() -> None:
    assert read_items(Corpus(FACT_CHECK, [])) == []
