"""brat's folder."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.exporters import Corpus, brat
from annotator.model.scheme import FACT_CHECK, Label, LabelScheme
from tests.exporters.corpus import corpora, golden_corpus, make_document, say

GOLDEN: Final = Path(__file__).parent / "golden" / "brat"
BOUND: Final = re.compile(r"T\d+\t([A-Za-z0-9_-]+) ([\d ;]+)\t([^\t\n]+)")


def write(corpus: Corpus) -> dict[str, str]:
    return {name: "".join(pieces) for name, pieces in brat.write_files(corpus)}


def test_the_golden_folder_is_what_is_written() -> None:
    found = {
        path.relative_to(GOLDEN).as_posix(): path.read_bytes().decode()
        for path in GOLDEN.rglob("*")
        if path.is_file()
    }
    assert write(golden_corpus()) == found


@given(corpora())
def test_every_line_quotes_the_text_that_its_offsets_cover(corpus: Corpus) -> None:
    files = write(corpus)
    assert files == write(corpus)
    for name, content in files.items():
        if not name.endswith(".ann"):
            continue
        text = files[name.removesuffix(".ann") + ".txt"]
        for line in content.splitlines():
            if line.startswith("T"):
                match = BOUND.fullmatch(line)
                assert match is not None
                pairs = [pair.split(" ") for pair in match[2].split(";")]
                assert match[3] == " ".join(text[int(start) : int(end)] for start, end in pairs)


@given(corpora())
def test_ids_are_given_once_and_links_name_those_of_the_file(corpus: Corpus) -> None:
    for name, content in write(corpus).items():
        if name.endswith(".ann"):
            ids = Counter(line.split("\t")[0] for line in content.splitlines())
            assert all(count == 1 for count in ids.values())
            assert set(re.findall(r"Arg[12]:(T\d+)", content)) <= ids.keys()


def test_a_sentence_over_several_lines_is_in_fragments() -> None:
    corpus = Corpus(
        FACT_CHECK, [make_document([["The dam\n\t broke\u2028now."]], {0: [say("claim")]})]
    )
    (ann,) = [content for name, content in write(corpus).items() if name.endswith(".ann")]
    assert ann.split("\n")[0] == "T1\tclaim 0 7;9 15;16 20\tThe dam  broke now."


def test_notes_stay_on_their_line() -> None:
    said = {0: [say("claim", note="a\nb\tc\\n\u2028d", speaker="x\ny")]}
    corpus = Corpus(FACT_CHECK, [make_document([["One."]], said)])
    (ann,) = [content for name, content in write(corpus).items() if name.endswith(".ann")]
    assert ann.splitlines()[1:] == [
        "#1\tReviewer T1\tana",
        "#2\tSpeaker T1\tx\\ny",
        "#3\tAnnotatorNotes T1\ta\\nb\\tc\\\\n\\u2028d",
    ]


def test_a_denied_sentence_of_which_nothing_is_said_is_there_unlabelled() -> None:
    corpus = Corpus(
        FACT_CHECK, [make_document([["No.", "One."]], {0: [say("denial", denies=[1])]})]
    )
    (ann,) = [content for name, content in write(corpus).items() if name.endswith(".ann")]
    assert "T2\tUnlabelled 4 8\tOne.\n" in ann
    assert ann.endswith("R1\tDenies Arg1:T1 Arg2:T2\n")


def test_labels_that_brat_cannot_take_get_types_of_their_own() -> None:
    names = ("not checked", "not-checked", "not_checked", "否认", "Unlabelled", "unlabelled!")
    labels = tuple(Label(name, key, "x") for name, key in zip(names, "abcdef", strict=True))
    scheme = LabelScheme("odd", labels)
    types = brat.name_types(scheme)
    assert list(types) == list(names)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", name) for name in types.values())
    folded = {name.casefold() for name in (*types.values(), brat.UNLABELLED)}
    assert len(folded) == len(names) + 1
    corpus = Corpus(scheme, [make_document([["One."]], {0: [say("否认")]})])
    (ann,) = [content for name, content in write(corpus).items() if name.endswith(".ann")]
    assert "\tLabel T1\t否认\n" in ann


def test_the_configuration_names_what_the_files_use() -> None:
    configuration = write(golden_corpus())["annotation.conf"]
    assert re.findall(r"^\[(\w+)\]$", configuration, re.MULTILINE) == [
        *("entities", "relations", "events", "attributes")
    ]
    assert "Denies\tArg1:denial, Arg2:claim|denial\n" in configuration


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), unique=True, max_size=8))
def test_no_two_reviewers_share_a_folder(names: list[str]) -> None:
    folders = [brat.name_folder(name) for name in names]
    assert len({folder.casefold() for folder in folders}) == len(names)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,59}", folder) for folder in folders)


def test_folders_are_named_like_their_reviewers() -> None:
    assert brat.name_folder("ana") == "ana"
    assert brat.name_folder("Ana Müller").startswith("ana-muller_")
    assert brat.name_folder("con") != "con"
    assert brat.name_folder("../..").startswith("reviewer_")


@pytest.mark.peers
@pytest.mark.filterwarnings(
    "ignore::DeprecationWarning"
)  # its pydantic models are of an older style
def test_bratly_loads_the_golden_folder() -> None:
    try:
        from bratly.annotation_types import EntityAnnotation, NoteAnnotation, RelationAnnotation
        from bratly.io.file_read_src import read_and_load_ann_file
    except ImportError:
        pytest.skip("bratly and bratly-io-fs are not installed (pip install 'annotator[peers]')")
    loaded: Counter[str] = Counter()
    for path in sorted(GOLDEN.rglob("*.ann")):
        text = path.with_suffix(".txt").read_bytes().decode()
        if not path.stat().st_size:
            continue
        found = read_and_load_ann_file(str(path), renumerotize=False)
        assert found is not None
        for one in found.annotations:
            loaded[type(one).__name__] += 1
            if isinstance(one, EntityAnnotation):
                covered = " ".join(text[part.start : part.end] for part in one.fragments)
                assert covered == one.content
    content = "".join(path.read_text(encoding="utf-8") for path in GOLDEN.rglob("*.ann"))
    kinds = {EntityAnnotation: "T", RelationAnnotation: "R", NoteAnnotation: "#"}
    for kind, letter in kinds.items():
        assert loaded[kind.__name__] == len(re.findall(f"^{letter}", content, re.MULTILINE))
