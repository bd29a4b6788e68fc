"""`export`, `schema` and `formats`."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from annotator.exporters import list_exporters
from annotator.readers import list_readers
from annotator.sample import read_sample
from tests.cli.conftest import run_apart

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.session import Session
    from tests.cli.conftest import Command


@pytest.fixture
def labelled(annotator: Command, folder: Path, label: Callable[..., None]) -> str:
    """The sample and a wild text, with everything that can be said of a sentence."""
    sample = annotator.import_(folder / "sample.txt", read_sample())
    wild = annotator.import_(
        folder / "wild.txt",
        "Title 👩‍👩‍👧\n\n\tHe said: “e\u0301, 新聞。” \u202eBad. [bold]x[/]\n مرحبا. \n",
    )

    def anas(session: Session) -> None:
        session.annotate(0, "background")
        session.annotate(1, "claim")
        session.annotate(2, "denial")
        session.link(2, [1])
        session.flag_unsure(2, unsure=True)
        session.name_speaker(2, "Zoë O’Neil")

    label(sample, anas)
    label(wild, lambda session: session.annotate(0, "claim"))
    for reviewer, name in (("ben", "claim"), ("cem", "denial")):

        def others(session: Session, name: str = name) -> None:
            session.annotate(1, name)
            session.annotate(0, "background")

        label(sample, others, reviewer=reviewer)
    label(sample, lambda session: session.note(5, "[bold] \u202e"), reviewer="ben")
    return sample


def test_the_export_is_of_the_form_that_schema_prints(annotator: Command, labelled: str) -> None:
    schema = annotator("schema").json
    Draft202012Validator.check_schema(schema)
    exported = annotator("export").json
    Draft202012Validator(schema).validate(exported)
    assert [document["id"] for document in exported["documents"]] == sorted(
        row[0] for row in annotator("documents").rows
    )


def test_every_offset_gives_its_sentence(annotator: Command, labelled: str) -> None:
    for document in annotator("export").json["documents"]:
        text = document["text"]
        for index, sentence in enumerate(document["sentences"]):
            start, end = sentence["start"], sentence["end"]
            assert text[start:end] == sentence["text"]
            assert sentence["index"] == index
            assert sentence["id"] == f"{document['id']}:{start}-{end}"


def test_the_settled_label_is_the_one_that_all_share(annotator: Command, labelled: str) -> None:
    documents = {found["id"]: found for found in annotator("export").json["documents"]}
    first, second, third, *_, sixth = documents[labelled]["sentences"][:6]
    assert (first["label"], second["label"], third["label"]) == ("background", None, "denial")
    assert [said["reviewer"] for said in second["annotations"]] == ["ana", "ben", "cem"]
    assert third["annotations"][0]["denies"] == [second["id"]]
    assert (third["annotations"][0]["unsure"], third["annotations"][0]["speaker"]) == (
        True,
        "Zoë O’Neil",
    )
    assert (sixth["label"], sixth["annotations"][0]["label"]) == (None, None)


def test_two_exports_are_the_same_bytes(annotator: Command, labelled: str) -> None:
    first = run_apart("export")
    assert first.returncode == 0
    assert run_apart("export", "-o", "labels.json").stdout == b""
    assert Path("labels.json").read_bytes() == first.stdout


def test_each_sentence_has_a_line_and_every_letter_stays_readable(
    annotator: Command, labelled: str
) -> None:
    out = annotator("export").out
    sentences = [line for line in out.splitlines() if '"paragraph": ' in line]
    assert len(sentences) == sum(len(found["sentences"]) for found in json.loads(out)["documents"])
    assert "新聞" in out
    # What would turn a terminal's line around is written as JSON's escape.
    assert "\u202e" not in out
    assert "\\u202e" in out


def test_documents_by_the_beginning_of_their_ids(annotator: Command, labelled: str) -> None:
    exported = annotator("export", labelled[:8], labelled)
    assert [found["id"] for found in exported.json["documents"]] == [labelled]


def test_the_reviewer_is_a_filter(
    annotator: Command, labelled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reviewers(*arguments: str) -> set[str]:
        return {
            said["reviewer"]
            for document in annotator(*arguments).json["documents"]
            for sentence in document["sentences"]
            for said in sentence["annotations"]
        }

    everyone = {"ana", "ben", "cem"}
    monkeypatch.setenv("ANNOTATOR_REVIEWER", "ben")
    assert reviewers("export") == everyone
    assert reviewers("export", "--reviewer", "all") == everyone
    assert reviewers("export", "--reviewer", "cem") == {"cem"}
    assert reviewers("--reviewer", "cem", "export") == {"cem"}


def test_a_reviewer_that_nobody_is_is_1_and_nothing_is_written(
    annotator: Command, labelled: str, folder: Path
) -> None:
    result = annotator("export", "--reviewer", "zoe", "-o", "labels.json")
    assert (result.status, result.out) == (1, "")
    assert all(name in result.message for name in ("zoe", "ana", "ben", "cem"))
    assert not (folder / "labels.json").exists()


def test_an_unknown_format_is_1_and_lists_the_known(annotator: Command, labelled: str) -> None:
    result = annotator("export", "--format", "[bold]")
    assert result.status == 1
    assert "[bold]" in result.message
    assert "json" in result.message


def test_an_empty_library_is_exported_as_such(annotator: Command) -> None:
    result = annotator("export")
    assert result.json["documents"] == []
    Draft202012Validator(annotator("schema").json).validate(result.json)


def test_a_dash_is_standard_output(annotator: Command, labelled: str) -> None:
    assert annotator("export", "-o", "-").out == annotator("export").out


def test_formats_lists_readers_and_exporters(annotator: Command) -> None:
    rows = annotator("formats").rows
    assert [row[:2] for row in rows] == [
        *(["reader", name] for name in list_readers()),
        *(["exporter", name] for name in list_exporters()),
    ]
    assert all(row[2] for row in rows)
    assert [list(found.values()) for found in annotator("formats", "--json").json] == rows


@pytest.mark.parametrize(
    ("output", "word"), [(".", "folder"), ("no/where/labels.json", "no folder"), ("", "no name")]
)
def test_a_file_that_cannot_be_written_is_1(
    annotator: Command, labelled: str, output: str, word: str
) -> None:
    result = annotator("export", "-o", output)
    assert (result.status, result.out) == (1, "")
    assert word in result.message


# -- writing a file whole or not at all


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such devices")
def test_a_device_is_written_to_and_not_replaced(annotator: Command, labelled: str) -> None:
    assert annotator("export", "-o", os.devnull).status == 0
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be replaced there")
def test_an_export_while_others_write_shows_one_moment(annotator: Command, labelled: str) -> None:
    label = (
        "from contextlib import closing\n"
        "from annotator.session import open_library\n"
        "with closing(open_library(reviewer='dan')) as library:\n"
        f"    session = library.open(library.resolve({labelled!r}))\n"
        "    for index in range(session.document.sentence_count):\n"
        "        session.annotate(index, 'claim')\n"
    )
    with subprocess.Popen([sys.executable, "-c", label]) as writer:
        while writer.poll() is None:
            assert annotator("export", "-o", "labels.json").status == 0
            written = json.loads(Path("labels.json").read_text(encoding="utf-8"))
            found = {document["id"]: document for document in written["documents"]}
            said = [
                any(note["reviewer"] == "dan" for note in sentence["annotations"])
                for sentence in found[labelled]["sentences"]
            ]
            # Dan goes from first to last, so a gap would be a label that was lost.
            assert said == sorted(said, reverse=True)
    assert writer.returncode == 0


@pytest.mark.parametrize("ending", ["", "-wal", "-shm"])
def test_the_database_itself_is_never_written_over(
    annotator: Command, labelled: str, ending: str
) -> None:
    before = annotator("export").out
    for name in (f"db/annotator.db{ending}", f"db/../db/annotator.db{ending}"):
        refused = annotator("export", "-o", name)
        assert refused.status == 1
        assert "is the database" in refused.message
    assert annotator("export").out == before
    assert labelled in before


def test_a_link_to_the_database_is_never_written_over(annotator: Command, labelled: str) -> None:
    Path("link.json").hardlink_to("db/annotator.db")
    assert annotator("export", "-o", "link.json").status == 1
    assert annotator("verify").status == 0
    assert labelled


def test_a_database_that_was_named_and_is_not_there_is_not_made(annotator: Command) -> None:
    for command in (["export"], ["verify"], ["show", "ab"], ["history", "ab"]):
        refused = annotator(*command, "--db", "typo.db")
        assert refused.status == 1
        assert "no database typo.db" in refused.message
    assert not Path("typo.db").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such names for streams")
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1"])
def test_a_stream_may_go_by_its_name(folder: Path, labelled: str, name: str) -> None:
    log = folder / "app.log"
    log.write_text("keep\n", encoding="utf-8")
    with log.open("ab") as file:
        subprocess.run(
            [sys.executable, "-m", "annotator", "export", "-o", name],
            cwd=folder,
            stdout=file,
            check=True,
        )
    piped = subprocess.run(
        [sys.executable, "-m", "annotator", "export", "-o", name],
        cwd=folder,
        stdout=subprocess.PIPE,
        check=True,
    ).stdout.decode()
    assert json.loads(piped)["documents"]
    assert log.read_text(encoding="utf-8") == "keep\n" + piped
    assert labelled in piped
