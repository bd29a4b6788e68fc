"""The `label-studio` format: tasks, and the configuration that shows them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from annotator.exporters import Corpus, LabelledDocument
from annotator.exporters.label_studio import write, write_config
from annotator.model.scheme import FACT_CHECK, Label, LabelScheme
from annotator.model.scheme_rules import COLOURS
from tests.exporters.corpus import corpora, golden_corpus, make_document, say
from tests.schemes import schemes

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLDEN = Path(__file__).parent / "golden" / "label_studio.json"


def write_all(corpus: Corpus) -> str:
    return "".join(write(corpus))


def read_results(corpus: Corpus) -> Iterator[tuple[str, dict[str, object]]]:
    """Each result, with the text that its task holds."""
    for task in json.loads(write_all(corpus)):
        for annotation in task["annotations"]:
            for result in annotation["result"]:
                yield task["data"]["text"], result


def test_the_file_is_the_golden_one() -> None:
    assert write_all(golden_corpus()) == GOLDEN.read_text(encoding="utf-8")


def test_nothing_is_an_empty_list() -> None:
    assert write_all(Corpus(FACT_CHECK, [])) == "[]\n"


@settings(deadline=None)
@given(corpus=corpora())
def test_offsets_are_code_points_into_the_task_s_text(corpus: Corpus) -> None:
    for text, result in read_results(corpus):
        if result["type"] == "labels":
            value = result["value"]
            assert isinstance(value, dict)
            assert text[value["start"] : value["end"]] == value["text"]


@settings(deadline=None)
@given(corpus=corpora())
def test_both_ends_of_a_relation_are_regions_of_the_same_annotation(corpus: Corpus) -> None:
    for task in json.loads(write_all(corpus)):
        for annotation in task["annotations"]:
            results = annotation["result"]
            regions = [one["id"] for one in results if one["type"] == "labels"]
            assert len(set(regions)) == len(regions)
            for relation in (one for one in results if one["type"] == "relation"):
                assert {relation["from_id"], relation["to_id"]} <= set(regions)


def test_each_reviewer_has_an_annotation_by_name() -> None:
    document = make_document([("One.",)], {0: [say("claim", "zoe"), say("denial", "ana")]})
    (task,) = json.loads(write_all(Corpus(FACT_CHECK, [document])))
    names = [one["result"][0]["value"]["text"] for one in task["annotations"]]
    assert names == [["ana"], ["zoe"]]
    # An unknown one would fail the whole import.
    assert not any("completed_by" in one for one in task["annotations"])


def test_more_than_waits_in_memory_is_written_whole() -> None:
    words = tuple(f"Sentence {number} of a long text." for number in range(5000))
    long = make_document([words], {place: [say("claim")] for place in range(len(words))})
    (task,) = json.loads(write_all(Corpus(FACT_CHECK, [long])))
    assert len(task["annotations"][0]["result"]) == 1 + len(words)


def test_a_document_without_labels_is_a_task_without_annotations() -> None:
    document: LabelledDocument = make_document([("One.",)], {})
    (task,) = json.loads(write_all(Corpus(FACT_CHECK, [document])))
    assert task["annotations"] == []


@given(scheme=schemes())
def test_the_configuration_is_xml_with_the_scheme_s_labels(scheme: LabelScheme) -> None:
    labels = ET.fromstring(write_config(scheme)).findall("Labels/Label")
    names = [label.get("alias") or label.get("value") for label in labels]
    assert names == [label.name for label in scheme.labels]
    assert [label.get("hotkey") for label in labels] == [label.key for label in scheme.labels]


def test_every_colour_of_a_theme_is_one_of_its_own() -> None:
    labels = tuple(
        Label(colour, chr(ord("a") + place), "A thing.", colour=colour)
        for place, colour in enumerate(COLOURS)
    )
    bare = Label("bare", "z", "A thing.")
    found = ET.fromstring(write_config(LabelScheme("all", (*labels, bare)))).findall("Labels/Label")
    shown = [label.get("background", "") for label in found]
    assert len(set(shown)) == len(COLOURS) + 1
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in shown)


def test_a_label_is_not_looked_up_in_the_task() -> None:
    scheme = LabelScheme("money", (Label("$text", "c", "A sum."),))
    (label,) = ET.fromstring(write_config(scheme)).findall("Labels/Label")
    assert (label.get("value"), label.get("alias")) == ("Label: $text", "$text")


@pytest.mark.peers
@pytest.mark.filterwarnings("ignore")
def test_label_studio_s_own_interface_takes_configuration_and_tasks() -> None:
    from label_studio_sdk.label_interface.interface import LabelInterface

    interface = LabelInterface(write_config(FACT_CHECK))
    interface.validate()
    assert {"label", "speaker", "note", "unsure", "reviewer"} <= set(interface._controls)
    for task in json.loads(write_all(golden_corpus())):
        # Asked about both at once, release 2.1.2 calls itself without the annotation.
        assert interface.validate_task({"data": task["data"]})
        for annotation in task["annotations"]:
            assert interface.validate_annotation(annotation)


@pytest.mark.peers
@pytest.mark.filterwarnings("ignore")
def test_label_studio_s_own_converter_reads_the_export(tmp_path: Path) -> None:
    from label_studio_sdk.converter.converter import Converter

    tasks = json.loads(write_all(golden_corpus()))
    for number, task in enumerate(tasks, 1):  # the numbers that its server would give
        task["id"] = number
        for place, annotation in enumerate(task["annotations"], 1):
            annotation |= {"id": place, "completed_by": {"email": "one@example.org"}}
    source = tmp_path / "tasks.json"
    source.write_text(json.dumps(tasks), encoding="utf-8")
    config = tmp_path / "config.xml"
    config.write_text(write_config(FACT_CHECK), encoding="utf-8")
    converter = Converter(str(config), project_dir=None)
    converter.convert_to_json_min(str(source), str(tmp_path / "out"), is_dir=False)
    (found,) = (tmp_path / "out").glob("*.json")
    rows = json.loads(found.read_text(encoding="utf-8"))
    labelled = [row for row in rows if "label" in row]
    assert sorted(row["reviewer"] for row in labelled) == ["ana", "ben"]
    for row in labelled:
        for region in row["label"]:
            assert row["text"][region["start"] : region["end"]] == region["text"]
