"""Label Studio's tasks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import SourceError
from annotator.exporters.label_studio import write
from annotator.model.span import Span
from annotator.readers import Reading, Said, Source
from annotator.readers.label_studio import read, sniff
from tests.exporters.corpus import corpora

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.exporters import Corpus, LabelledDocument

TEXT = "🔥🔥 First one. The second. And a third."
SECOND = Span(14, 25)


def read_all(found: object) -> list[Reading]:
    return list(read(Source("tasks.json", json.dumps(found).encode())))


def region(start: object, end: object, label: str = "claim", **fields: object) -> dict[str, object]:
    value = {"start": start, "end": end, "labels": [label], **fields}
    return {"id": f"r{start}", "from_name": "label", "type": "labels", "value": value}


def task(*results: object, text: str = TEXT, **fields: object) -> dict[str, object]:
    return {"data": {"text": text}, "annotations": [{"result": list(results), **fields}]}


def read_one(*results: object, text: str = TEXT, **fields: object) -> Reading:
    (reading,) = read_all([task(*results, text=text, **fields)])
    return reading


def list_said(document: LabelledDocument) -> Iterator[Said]:
    for sentence in document.sentences:
        for one in sentence.annotations:
            yield Said(
                span=one.span,
                label=one.label,
                reviewer=one.reviewer,
                speaker=one.speaker,
                note=one.note,
                unsure=one.unsure,
                denies=one.denies,
                created_at=one.created_at,
                updated_at=one.updated_at,
            )


@settings(deadline=None)
@given(corpus=corpora())
def test_what_is_exported_comes_back(corpus: Corpus) -> None:
    source = Source("tasks.json", "".join(write(corpus)).encode())
    assert sniff(source)
    readings = list(read(source))
    for reading, document in zip(readings, corpus.documents, strict=True):
        assert reading.remarks == ()
        assert reading.article.text == document.text
        assert reading.article.title == document.document.title
        assert reading.article.source == document.document.source
        assert reading.article.author == document.document.author
        assert reading.article.published == document.document.published
        assert set(reading.said) == set(list_said(document))


def test_code_points_are_read_as_they_are() -> None:
    assert TEXT[14:25] == "The second."
    reading = read_one(region(14, 25, text="The second."))
    assert [one.span for one in reading.said] == [SECOND]
    assert reading.remarks == ()


def test_utf_16_units_are_converted_where_the_text_says_so() -> None:
    reading = read_one(region(16, 27, text="The second."))
    assert [one.span for one in reading.said] == [SECOND]
    assert reading.remarks == ("task 1: annotation 1: offsets read as UTF-16 units",)


def test_one_region_decides_for_those_that_could_be_either() -> None:
    text = "🔥 ha ha ha ha. End."
    reading = read_one(region(6, 8, text="ha"), region(16, 20, text="End."), text=text)
    assert [one.span for one in reading.said] == [Span(5, 7), Span(15, 19)]


def test_a_region_whose_text_is_elsewhere_is_left_out_and_told() -> None:
    reading = read_one(region(0, 9, text="something else"))
    assert reading.said == ()
    assert reading.remarks == ("task 1: annotation 1: region 1 left out, its text is elsewhere",)


@pytest.mark.parametrize("text", [" The second. ", "The second.", None])
def test_white_space_at_the_edges_is_trimmed(text: str | None) -> None:
    fields = {} if text is None else {"text": text}
    (said,) = read_one(region(13, 26, **fields)).said
    assert said.span == SECOND


def test_offsets_follow_the_text_as_it_is_stored() -> None:
    text = "\ufeffOne.\r\nT\x00wo is here.\rThree."
    reading = read_one(region(7, 20, text="T\x00wo is here."), region(21, 27), text=text)
    stored = reading.article.text
    assert stored == "One.\nTwo is here.\nThree."
    assert [stored[one.span.start : one.span.end] for one in reading.said] == [
        "Two is here.",
        "Three.",
    ]


@pytest.mark.parametrize(
    ("span", "why"),
    [((15, 20), "overlaps"), ((13, 14), "empty"), ((0, 999), "elsewhere"), ((-3, 2), "elsewhere")],
)
def test_spans_that_have_no_place_are_told(span: tuple[int, int], why: str) -> None:
    reading = read_one(region(14, 25), region(*span))
    assert len(reading.said) == 1
    (remark,) = reading.remarks
    assert "region 2 left out" in remark
    assert why in remark


@pytest.mark.parametrize(
    ("completed_by", "reviewer"),
    [
        ({"email": "ana@example.org", "id": 3}, "ana@example.org"),
        (7, "user-7"),
        ({"id": 7}, "user-7"),
        (None, None),
        (True, None),
    ],
)
def test_who_completed_it_is_the_reviewer(completed_by: object, reviewer: str | None) -> None:
    (said,) = read_one(region(14, 25), completed_by=completed_by).said
    assert said.reviewer == reviewer


def test_cancelled_annotations_are_left_out_and_told() -> None:
    reading = read_one(region(14, 25), was_cancelled=True)
    assert reading.said == ()
    assert "cancelled" in reading.remarks[0]


def test_predictions_are_what_a_model_suggests() -> None:
    prediction = {"model_version": "v2", "result": [region(14, 25)]}
    (reading,) = read_all([{"data": {"text": TEXT}, "predictions": [prediction, 17]}])
    assert reading.said == ()
    assert [(one.reviewer, one.label) for one in reading.suggestions] == [("model:v2", "claim")]
    assert reading.remarks == ("task 1: predictions of which the file has only the number (1)",)


def test_a_prediction_of_a_speaker_alone_is_a_suggestion() -> None:
    value = {"start": 14, "end": 25, "text": ["Ana"]}
    speaker = {"id": "a", "from_name": "speaker", "type": "textarea", "value": value}
    (reading,) = read_all([{"data": {"text": TEXT}, "predictions": [{"result": [speaker]}]}])
    (one,) = reading.suggestions
    assert (one.reviewer, one.label, one.speaker) == ("model:unknown", None, "Ana")


def test_what_was_said_and_what_was_suggested_stay_apart() -> None:
    fields = {"predictions": [{"result": [region(14, 25, "denial")]}]}
    (reading,) = read_all([{**task(region(14, 25)), **fields}])
    assert [one.label for one in reading.said] == ["claim"]
    assert [one.label for one in reading.suggestions] == ["denial"]


@pytest.mark.parametrize(
    ("direction", "denies"),
    [("right", [(1, 0)]), ("left", [(0, 1)]), ("bi", [(0, 1), (1, 0)])],
)
def test_relations_go_their_way(direction: str, denies: list[tuple[int, int]]) -> None:
    ends = {"from_id": "r14", "to_id": "r3", "direction": direction}
    link = {"type": "relation", "labels": ["denies"], **ends}
    said = sorted(read_one(region(3, 13), region(14, 25), link).said, key=lambda one: one.span)
    spans = [one.span for one in said]
    found = [(spans.index(one.span), spans.index(to)) for one in said for to in one.denies]
    assert found == denies


def test_relations_without_a_place_are_counted() -> None:
    lost = {"type": "relation", "from_id": "r14", "to_id": "gone"}
    other = {"type": "relation", "from_id": "r14", "to_id": "r3", "labels": ["supports"]}
    reading = read_one(region(3, 13), region(14, 25), lost, other)
    assert "relations" in reading.remarks[0]
    assert reading.remarks[0].endswith("(2)")


def test_a_region_s_own_note_is_a_note() -> None:
    (said,) = read_one({**region(14, 25), "meta": {"text": ["look", "here"]}}).said
    assert said.note == "look\nhere"


def test_what_has_no_place_is_counted() -> None:
    odd = {**region(14, 25), "from_name": "tone", "type": "rating"}
    whole = {"from_name": "mood", "type": "rating", "value": {"rating": 3}}
    further = {**region(14, 25), "value": {"start": 14, "end": 25, "labels": ["denial"]}}
    reading = read_one(region(14, 25), odd, whole, further)
    assert [one.label for one in reading.said] == ["claim"]
    assert [remark.rsplit(" ", 1)[1] for remark in reading.remarks] == ["(1)"] * 3


def test_a_choice_for_the_whole_text_is_a_sentence_with_that_label() -> None:
    choice = {"from_name": "kind", "type": "choices", "value": {"choices": ["claim"]}}
    (said,) = read_one(choice, text=" The dam broke. \n").said
    assert (said.span, said.label) == (Span(1, 15), "claim")


def write_min(*spans: tuple[int, int], **controls: object) -> dict[str, object]:
    """An annotation as JSON-MIN has it: the task's fields, `id`, the controls, what is known."""
    regions = [{"start": start, "end": end, "labels": ["claim"]} for start, end in spans]
    given = {"label": regions} if spans else {}
    known = {"annotator": 2, "annotation_id": 1, "created_at": "2026-11-23T21:11:24.548721Z"}
    return {"text": TEXT, "id": 4, **given, **controls, **known}


def test_json_min_is_read_by_annotation() -> None:
    first = write_min((14, 25))
    second = {**write_min((14, 25), reviewer="zoe"), "annotation_id": 2, "annotator": 3}
    (reading,) = read_all([first, second])
    assert [one.reviewer for one in reading.said] == ["user-2", "zoe"]
    assert {one.created_at for one in reading.said} == {"2026-11-23T21:11:24Z"}


def test_json_min_says_that_it_has_no_relations_where_there_could_be_some() -> None:
    (reading,) = read_all([write_min((3, 13), (14, 25))])
    assert reading.remarks == (
        "task 1: no relations are in JSON-MIN: export as JSON to keep what denies what",
    )
    (reading,) = read_all([write_min()])
    assert reading.remarks == ()


def test_json_min_of_one_region_keeps_what_was_said_of_it() -> None:
    (reading,) = read_all([write_min((14, 25), speaker="Ana", note="Look", unsure="unsure")])
    (one,) = reading.said
    assert (one.span, one.speaker, one.note, one.unsure) == (SECOND, "Ana", "Look", True)


def test_json_min_of_several_regions_tells_what_names_none() -> None:
    spans = (3, 13), (14, 25)
    lines = [{"start": 14, "end": 25, "text": ["Two", "lines"]}, "One"]
    (reading,) = read_all([write_min(*spans, speaker="Ana", note=lines, unsure=["unsure"] * 2)])
    assert [(one.label, one.speaker, one.note) for one in reading.said] == [
        ("claim", None, None),
        ("claim", None, "Two\nlines"),
    ]
    assert reading.remarks[:-1] == (
        "task 1: flags that name no sentence (JSON-MIN), left out (2)",
        "task 1: notes that name no sentence (JSON-MIN), left out (1)",
        "task 1: speakers that name no sentence (JSON-MIN), left out (1)",
    )


def test_json_min_s_choice_for_the_whole_text_is_its_label() -> None:
    (reading,) = read_all([write_min(label="denial")])
    (one,) = reading.said
    assert (one.span, one.label) == (Span(0, len(TEXT)), "denial")


def test_json_min_s_other_controls_are_counted_and_its_task_s_fields_are_not() -> None:
    (reading,) = read_all([{"note": "of the task", **write_min(mood="glad", stars=3)}])
    assert reading.said == ()
    assert reading.remarks == ("task 1: results of other controls (JSON-MIN), left out (2)",)


def test_another_field_s_text_is_found_or_asked_for() -> None:
    (reading,) = read_all([{"data": {"body": "One.", "n": 1}}])
    assert reading.article.text == "One."
    with pytest.raises(SourceError, match="its fields are body, lead"):
        read_all([{"data": {"body": "One.", "lead": "Two."}}])
    source = Source(
        "t.json", b'[{"data": {"body": "One.", "lead": "Two."}}]', fields={"text": "lead"}
    )
    (found,) = read(source)
    assert found.article.text == "Two."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"[]", "no task"),
        (b"[3]", "Task 1 of tasks.json is no object"),
        (b'[\n{"data":\n', "Line 3"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"data": {"text": "a"}, "id": ' + b"9" * 9999 + b"}", "number"),
        (b'{"data": {"text": "a\\ud83d"}}', "surrogate"),
        (b'{"data": {"image": "a.png"}}', "not on images"),
        (b'{"data": {"text": ["a", "b"]}}', "dialogues"),
        (b'{"data": {"text": "https://example.org/a.txt"}}', "address"),
        (b'{"data": {"text": "  "}}', "no text"),
        (b'{"data": []}', "no data"),
    ],
)
def test_what_is_no_task_on_text_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        list(read(Source("tasks.json", content)))


@pytest.mark.parametrize("start", ["/div[1]/p[1]/text()[1]", 1.5, float("nan"), None, True])
def test_regions_on_html_or_sound_are_refused(start: object) -> None:
    with pytest.raises(SourceError, match="not on plain text"):
        read_one(region(start, 9))


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b'[{"data": {"text": "a"}}]', True),
        (b'\xef\xbb\xbf[{"id": 1, "data": {"text": "a"}}]', True),
        (b'[{"id": 1, "annotations": [], "data": {}}]', True),
        (b'[{"text": "a", "annotator": 1, "annotation_id": 2}]', True),
        (b'{"format": "annotator", "documents": [{"annotations": [], "data": 1}]}', False),
        (b'{"text": "a", "label": "claim"}', False),
        (b'The "data" and "annotations"', False),
        (b"\xff\x00", False),
        (b"", False),
    ],
)
def test_sniffing_tells_tasks_from_other_json(content: bytes, answer: bool) -> None:
    assert sniff(Source("a.json", content)) is answer


_KEYS = st.sampled_from(
    [
        "data",
        "text",
        "annotations",
        "predictions",
        "result",
        "value",
        "start",
        "end",
        "labels",
        "choices",
        "type",
        "id",
        "from_id",
        "to_id",
        "from_name",
        "meta",
        "completed_by",
        "email",
        "was_cancelled",
        "model_version",
        "annotation_id",
        "annotator",
        "speaker",
        "note",
        "unsure",
        "label",
    ]
)
_LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.just(10**400),
    st.floats(),
    st.text(max_size=9),
    st.sampled_from(["labels", "relation", "textarea", "choices", "A text. Two.", "\ud800", "\0"]),
)
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=5),
    max_leaves=25,
)
_RESULTS = st.lists(
    st.fixed_dictionaries(
        {"type": st.sampled_from(["labels", "textarea", "choices", "relation"])},
        optional={
            "id": _LEAVES,
            "value": st.dictionaries(_KEYS, _VALUES, max_size=5),
            "from_name": st.sampled_from(["label", "speaker", "unsure", "reviewer"]),
            "meta": _VALUES,
            "from_id": _LEAVES,
            "to_id": _LEAVES,
        },
    ),
    max_size=4,
)
_TASKS = st.builds(
    lambda results, who: task(*results, completed_by=who, text="🔥 A text.\r\nTwo."),
    _RESULTS,
    _VALUES,
)


@settings(deadline=None, max_examples=300)
@given(found=_VALUES | st.lists(_TASKS, max_size=3))
def test_anything_ends_in_documents_or_one_error(found: object) -> None:
    try:
        readings = read_all(found)
    except SourceError:
        return
    for reading in readings:
        text = reading.article.text
        for one in (*reading.said, *reading.suggestions):
            sentence = text[one.span.start : one.span.end]
            assert sentence
            assert sentence == sentence.strip()


@given(content=st.binary(max_size=60))
def test_bytes_of_any_kind_end_in_documents_or_one_error(content: bytes) -> None:
    source = Source("a.json", content)
    sniff(source)
    try:
        list(read(source))
    except SourceError:
        return
