"""The `json` format, over corpora of every kind."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from annotator.exporters import Corpus, LabelledDocument, LabelledSentence, read_schema
from annotator.exporters.json import write, write_value
from annotator.model.annotation import Annotation
from annotator.model.document import Document, Sentence, derive_document_id, hash_text
from annotator.model.scheme import FACT_CHECK
from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

TIME = "2026-11-23T08:00:00Z"
LABELS = [label.name for label in FACT_CHECK.labels]
VALIDATOR = Draft202012Validator(json.loads(read_schema()))

texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)
words = st.one_of(texts, st.just("x\u2028\u202e\x85\x7f\"\\'[bold]👩‍👩‍👧"))


@st.composite
def documents(draw: st.DrawFn) -> LabelledDocument:
    """A document whose sentences follow each other with gaps, with annotations on some."""
    sentences, at, text = [], 0, ""
    for index, (gap, content) in enumerate(
        draw(st.lists(st.tuples(st.sampled_from(["", " ", "\n\n"]), words), min_size=1, max_size=5))
    ):
        text += gap + content
        span = Span(at + len(gap), at + len(gap) + len(content))
        sentences.append(Sentence(index, 0, span, content))
        at = span.end
    spans = [sentence.span for sentence in sentences]
    text_hash = hash_text(text)
    document = Document(
        id=derive_document_id(text_hash),
        title=draw(words),
        source=draw(st.none() | words),
        author=None,
        published=draw(st.none() | words),
        language="en",
        sha256=text_hash,
        imported_at=TIME,
        replaces=None,
        sentence_count=len(sentences),
        deleted=False,
    )
    labelled = [
        LabelledSentence(sentence, tuple(draw(sayings(sentence.span, spans))))
        for sentence in sentences
    ]
    return LabelledDocument(document, text, labelled)


@st.composite
def sayings(draw: st.DrawFn, span: Span, others: list[Span]) -> list[Annotation]:
    """What some reviewers said of one sentence."""
    return [
        Annotation(
            span=span,
            reviewer=reviewer,
            label=draw(st.none() | st.sampled_from(LABELS)),
            speaker=draw(st.none() | words),
            note=draw(st.none() | words),
            unsure=draw(st.booleans()),
            denies=tuple(sorted(draw(st.sets(st.sampled_from(others))) - {span})),
            created_at=TIME,
            updated_at=TIME,
        )
        for reviewer in sorted(draw(st.sets(st.sampled_from(["ana", "ben", "Zoë"]))))
    ]


def export(*found: LabelledDocument) -> str:
    return "".join(write(Corpus(FACT_CHECK, iter(found))))


@given(st.lists(documents(), max_size=3))
def test_any_corpus_is_of_the_schemas_form(found: list[LabelledDocument]) -> None:
    VALIDATOR.validate(json.loads(export(*found)))


@given(documents())
def test_nothing_that_was_said_is_lost(labelled: LabelledDocument) -> None:
    (document,) = json.loads(export(labelled))["documents"]
    assert document["text"] == labelled.text
    assert (document["title"], document["source"]) == (
        labelled.document.title,
        labelled.document.source,
    )
    ids = [sentence["id"] for sentence in document["sentences"]]
    for sentence, expected in zip(document["sentences"], labelled.sentences, strict=True):
        assert document["text"][sentence["start"] : sentence["end"]] == sentence["text"]
        for said, annotation in zip(sentence["annotations"], expected.annotations, strict=True):
            assert (said["reviewer"], said["label"], said["speaker"]) == (
                annotation.reviewer,
                annotation.label,
                annotation.speaker,
            )
            assert (said["note"], said["unsure"]) == (annotation.note, annotation.unsure)
            assert len(said["denies"]) == len(annotation.denies)
            assert set(said["denies"]) <= set(ids)


@given(documents())
def test_the_label_is_the_one_that_all_who_labelled_share(labelled: LabelledDocument) -> None:
    (document,) = json.loads(export(labelled))["documents"]
    for sentence in document["sentences"]:
        given_labels = {said["label"] for said in sentence["annotations"] if said["label"]}
        assert ({sentence["label"]} == given_labels) is (len(given_labels) == 1)
        assert (sentence["label"] is None) is (len(given_labels) != 1)


@given(words)
def test_a_value_keeps_its_meaning_and_harms_no_terminal(text: str) -> None:
    written = write_value({text: [text]})
    assert json.loads(written) == {text: [text]}
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", written)


def test_a_lone_surrogate_is_written_as_an_escape() -> None:
    assert write_value("\udce9") == '"\\udce9"'
    assert json.loads(write_value("\udce9")) == "\udce9"


def test_documents_are_read_one_after_another_as_they_are_written() -> None:
    log: list[str] = []

    def sentences(name: str) -> Iterator[LabelledSentence]:
        log.append(f"{name} begins")
        yield LabelledSentence(Sentence(0, 0, Span(0, 1), "x"), ())
        log.append(f"{name} ends")

    def found() -> Iterator[LabelledDocument]:
        for name in ("a" * 16, "b" * 16):
            document = Document(
                name, name, None, None, None, "en", "0" * 64, TIME, None, 1, deleted=False
            )
            yield LabelledDocument(document, "x", sentences(name[0]))

    pieces = write(Corpus(FACT_CHECK, found()))
    log.extend("written" for piece in pieces if '"index": 0' in piece)
    assert log == ["a begins", "written", "a ends", "b begins", "written", "b ends"]


VALID: dict[str, Any] = json.loads(
    "".join(
        write(
            Corpus(
                FACT_CHECK,
                [
                    LabelledDocument(
                        Document(
                            "a" * 16, "t", None, None, None, "en", "0" * 64, TIME, None, 1, False
                        ),
                        "x",
                        [
                            LabelledSentence(
                                Sentence(0, 0, Span(0, 1), "x"),
                                (
                                    Annotation(
                                        Span(0, 1),
                                        "ana",
                                        "claim",
                                        None,
                                        None,
                                        False,
                                        (),
                                        TIME,
                                        TIME,
                                    ),
                                ),
                            )
                        ],
                    )
                ],
            )
        )
    )
)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("format", "other"),
        ("version", 2),
        ("extra", 1),
        ("scheme.labels", []),
        ("scheme.extra", 1),
        ("documents.0.id", "A" * 16),
        ("documents.0.sha256", "0" * 63),
        ("documents.0.imported_at", "2026-11-23 08:00:00"),
        ("documents.0.imported_at", "2026-11-23T08:00:00+00:00"),
        ("documents.0.extra", 1),
        ("documents.0.text", ""),
        ("documents.0.sentences.0.id", "x"),
        ("documents.0.sentences.0.start", -1),
        ("documents.0.sentences.0.start", 0.5),
        ("documents.0.sentences.0.label", ""),
        ("documents.0.sentences.0.extra", 1),
        ("documents.0.sentences.0.annotations.0.reviewer", ""),
        ("documents.0.sentences.0.annotations.0.unsure", None),
        ("documents.0.sentences.0.annotations.0.denies", ["x"]),
        ("documents.0.sentences.0.annotations.0.extra", 1),
    ],
)
def test_the_schema_refuses_what_is_not_of_the_form(path: str, value: object) -> None:
    VALIDATOR.validate(VALID)
    damaged: Any = json.loads(json.dumps(VALID))
    target: Any = damaged
    *steps, last = path.split(".")
    for step in steps:
        target = target[int(step) if step.isdigit() else step]
    target[last] = value
    assert not VALIDATOR.is_valid(damaged)


def test_every_field_but_the_history_is_required_and_described() -> None:
    schema = json.loads(read_schema())
    for definition in (schema, *schema["$defs"].values()):
        if definition["type"] == "object":
            assert set(definition["required"]) == set(definition["properties"]) - {"events", "rule"}
            assert definition["additionalProperties"] is False
