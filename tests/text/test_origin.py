"""Fields that travel with a sentence: read back as they were described, others' ignored."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.document import Sentence
from annotator.model.span import Span
from annotator.text.origin import (
    Origin,
    describe_document,
    describe_place,
    describe_said,
    read_count,
    read_name,
    read_origin,
    read_time,
)
from tests.exporters.corpus import documents

if TYPE_CHECKING:
    from annotator.exporters import LabelledDocument

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


@given(documents())
def test_what_is_described_is_read_back_through_json(labelled: LabelledDocument) -> None:
    document, last_end = labelled.document, 0
    for sentence in labelled.sentences:
        for said in sentence.annotations or (None,):
            fields = {
                **describe_document(document),
                **describe_place(labelled.text, sentence.sentence, last_end=last_end),
                **describe_said(document.id, said),
            }
            origin = read_origin(json.loads(json.dumps(fields)))
            assert (origin.document, origin.title) == (document.id, document.title)
            assert (origin.source, origin.published) == (document.source, document.published)
            assert origin.span == sentence.sentence.span
            assert origin.paragraph == sentence.sentence.paragraph
            assert origin.before == labelled.text[last_end : sentence.sentence.span.start]
            if said is None:
                assert (origin.note, origin.unsure, origin.denies) == (None, False, ())
                continue
            assert (origin.speaker, origin.note) == (said.speaker, said.note)
            assert (origin.unsure, origin.denies) == (said.unsure, said.denies)
            assert (origin.created_at, origin.updated_at) == (said.created_at, said.updated_at)
        last_end = sentence.sentence.span.end


def test_only_white_space_is_told_of_the_text_around_a_sentence() -> None:
    text = " One. Two.\n"
    first = describe_place(text, Sentence(0, 0, Span(1, 5), "One."), last_end=0)
    assert (first["before"], first["after"]) == (" ", None)
    last = describe_place(text, Sentence(1, 0, Span(6, 10), "Two."), last_end=0)
    assert (last["before"], last["after"]) == (None, "\n")


NAMES = (*Origin.__dataclass_fields__, "start", "end")


@given(st.dictionaries(st.sampled_from(NAMES), anything))
def test_any_fields_are_read_without_failing(fields: dict[str, object]) -> None:
    origin = read_origin(fields)
    assert origin.span is None or 0 <= origin.span.start < origin.span.end
    assert origin.before is None or not origin.before.strip()
    for name in (origin.document, origin.title, origin.reviewer, origin.speaker):
        assert name is None or (name == name.strip() != "" and len(name.splitlines()) == 1)


@pytest.mark.parametrize(
    ("value", "count"),
    [(0, 0), (3.0, 3), (7, 7), (-1, None), (1.5, None), (True, None), ("1", None), (1e999, None)],
)
def test_a_count_is_a_whole_number_from_0(value: object, count: int | None) -> None:
    assert read_count(value) == count


@pytest.mark.parametrize(
    ("value", "name"),
    [(" a\r\nb\x1b ", "a b"), ("\ufeff", None), ("", None), (3, None), (None, None)],
)
def test_a_name_is_one_clean_line(value: object, name: str | None) -> None:
    assert read_name(value) == name


@pytest.mark.parametrize("value", ["2026-11-23T08:00:00", "yesterdayZ", "Z", 3, None])
def test_a_time_that_is_not_utc_is_none(value: object) -> None:
    assert read_time(value) is None
    assert read_time("2026-11-23T08:00:00Z") == "2026-11-23T08:00:00Z"


def test_ids_that_are_none_are_left_out() -> None:
    ids = ["d:3-9", "12-15", "3-", "x", 4, None, "9" * 16 + "-1"]
    assert read_origin({"denies": ids}).denies == (Span(3, 9), Span(12, 15))


@pytest.mark.parametrize("fields", [{"start": 3}, {"end": 3}, {"start": 3, "end": 3}, {}])
def test_a_span_takes_a_start_and_a_later_end(fields: dict[str, object]) -> None:
    assert read_origin(fields).span is None
    assert read_origin({"start": 3, "end": 4}).span == Span(3, 4)
