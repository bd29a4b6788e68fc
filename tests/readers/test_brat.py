"""brat's pairs of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import SourceError
from annotator.exporters import Corpus, LabelledDocument
from annotator.exporters import brat as brat_exporter
from annotator.model.scheme import FACT_CHECK
from annotator.model.span import Span
from annotator.readers import Reading, Said, Source
from annotator.readers.brat import read
from annotator.text.normalize import normalize
from tests.exporters.corpus import corpora, make_document, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.model.annotation import Annotation

TEXT = "The dam broke.\nNobody\n died 🔥, he said. No."


def read_pair(ann: str | bytes, text: str | bytes = TEXT) -> Reading:
    content = ann.encode() if isinstance(ann, str) else ann
    other = text.encode() if isinstance(text, str) else text
    files = {".txt": other, ".ann": content}
    (reading,) = read(Source("harbour.ann", content, companion=files.get))
    return reading


def read_all(corpus: Corpus) -> list[Reading]:
    files = {name: "".join(pieces).encode() for name, pieces in brat_exporter.write_files(corpus)}

    def find(stem: str) -> Callable[[str], bytes | None]:
        return lambda suffix: files.get(stem + suffix)

    return [
        reading
        for name, content in files.items()
        if name.endswith(".ann")
        for reading in read(Source(name, content, companion=find(name.removesuffix(".ann"))))
    ]


def said_of(annotation: Annotation) -> Said:
    """What a file in brat's format keeps of an annotation."""
    return Said(
        annotation.span,
        annotation.label,
        annotation.reviewer,
        annotation.speaker,
        annotation.note,
        annotation.unsure,
        annotation.denies,
    )


@given(corpora(reviewers=("ana", "Ben “B” Ö")))
def test_what_is_written_comes_back(corpus: Corpus) -> None:
    readings = read_all(corpus)
    assert all(reading.remarks == () for reading in readings)
    documents: list[LabelledDocument] = list(corpus.documents)
    assert {reading.article.text for reading in readings} == {one.text for one in documents}
    for one in documents:
        expected = {
            said_of(annotation) for sentence in one.sentences for annotation in sentence.annotations
        }
        found = [
            said
            for reading in readings
            if reading.article.text == one.text
            for said in reading.said
        ]
        assert set(found) == expected
        assert len(found) == len(expected)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1), st.booleans())
def test_notes_come_back_with_their_line_breaks(note: str, first: bool) -> None:
    text = (f"\\n{note}\n\t\\u2028" if first else f"x{note}\u2028").lstrip("\ufeff")
    corpus = Corpus(FACT_CHECK, [make_document([["One."]], {0: [say("claim", note=text)]})])
    (reading,) = read_all(corpus)
    assert reading.said[0].note == text


def test_either_file_of_the_pair_may_be_named() -> None:
    files = {".txt": TEXT.encode(), ".ann": b"T1\tclaim 0 14\tThe dam broke.\n"}
    readings = [
        reading
        for suffix in files
        for reading in read(Source(f"harbour{suffix}", files[suffix], companion=files.get))
    ]
    assert readings[0] == readings[1]
    assert readings[0].said == (Said(Span(0, 14), "claim"),)
    assert readings[0].article.title == "The dam broke."


@pytest.mark.parametrize("name", ["harbour.ann", "harbour.txt"])
def test_half_a_pair_is_refused(name: str) -> None:
    with pytest.raises(SourceError, match="half of a pair"):
        list(read(Source(name, b"T1\tclaim 0 3\tThe\n")))


def test_an_empty_ann_is_a_document_without_labels() -> None:
    assert read_pair("").said == ()
    assert read_pair("\n \n").remarks == ()


def test_fragments_with_only_white_space_between_them_are_one() -> None:
    reading = read_pair("T1\tclaim 15 21;22 39\tNobody  died 🔥, he said.\n")
    (said,) = reading.said
    assert reading.article.text[said.span.start : said.span.end] == "Nobody\n died 🔥, he said."


def test_what_has_no_place_here_is_counted_and_left_out() -> None:
    reading = read_pair(
        "T1\tclaim 0 14\tThe dam broke.\n"
        "T2\tclaim 4 7\tdam\n"
        "T3\tdenial 40 43\tNo.\n"
        "T4\tclaim 15 21;28 29\tNobody 🔥\n"
        "T5\tclaim 41 999\tNo.\n"
        "T6\tclaim 14 15\t\n"
        "T7\tclaim 23 27\tlied\n"
        "R1\tDenies Arg1:T3 Arg2:T1\nR2\tDenies Arg1:T3 Arg2:T2\nR3\tCauses Arg1:T3 Arg2:T1\n"
        "E1\tMove:T1 Who:T3\nN1\tReference T1 Wikipedia:534366\tx\n*\tEquiv T1 T3\n"
        "A1\tUnsure T1\nA2\tNegated T1\nM1\tUnsure T3\n"
        "#1\tAnnotatorNotes T1\ta\\nb\n#2\tSpeaker T3\tana\n#3\tAnnotatorNotes R1\tx\n"
    )
    assert reading.said == (
        Said(Span(0, 14), "claim", note="a\\nb", unsure=True),
        Said(Span(40, 43), "denial", speaker="ana", unsure=True, denies=(Span(0, 14),)),
    )
    assert reading.remarks == (
        "1 left out, annotation over text that another has: T2 (line 2)",
        "1 left out, annotation in several pieces with text between them: T4 (line 4)",
        "1 left out, annotation outside the text: T5 (line 5)",
        "1 left out, annotation of no text: T6 (line 6)",
        "1 left out, annotation whose text is not what stands there: T7 (line 7)",
        "1 left out, relation without two annotations that were read: R2 (line 9)",
        "1 left out, relation other than Denies: R3 (line 10)",
        "1 left out, event: E1 (line 11)",
        "1 left out, normalisation: N1 (line 12)",
        "1 left out, equivalence: * (line 13)",
        "1 left out, attribute other than Unsure: A2 (line 15)",
        "1 left out, note of another kind: #3 (line 19)",
    )


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("\ufeffOne.\r\n\x0bTwo 🔥.\r\n", 8),  # as brat counts: mark, CR and control character
        ("\ufeffOne.\r\n\x0bTwo 🔥.\r\n", 7),  # a mark or a CR counted as none
        ("\ufeffOne.\r\n\x0bTwo 🔥.\r\n", 6),  # neither
    ],
)
def test_offsets_are_moved_to_the_normalised_text(text: str, start: int) -> None:
    reading = read_pair(f"T1\tclaim {start} {start + 6}\tTwo 🔥.\n", text)
    (said,) = reading.said
    assert reading.article.text == "One.\nTwo 🔥.\n"
    assert reading.article.text[said.span.start : said.span.end] == "Two 🔥."


@given(
    st.text(st.sampled_from("a\r\n\x0b\ufeff \t🔥é"), min_size=1, max_size=12).filter(
        lambda text: text.strip("\ufeff\x0b \t\r\n")
    ),
    st.data(),
)
def test_brats_offsets_cover_the_same_text_after_normalisation(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    covered = normalize(text[start:end]).text.strip()
    reading = read_pair(f"T1\tclaim {start} {end}\n", text)
    for said in reading.said:
        found = reading.article.text[said.span.start : said.span.end]
        assert found == found.strip() != ""
        if "\ufeff" not in text:
            assert found == covered


@pytest.mark.parametrize(
    ("ann", "line"),
    [
        ("T1\tclaim 0 14\nX1\tclaim 0 1\n", 2),
        ("no tabs at all\n", 1),
        ("\nT1\tclaim x 14\tThe\n", 2),
        (f"T1\tclaim 0 {'9' * 5000}\tThe\n", 1),
        ("T1\tclaim 0 3\tThe\nT1\tclaim 4 7\tdam\n", 2),
        ("R1\tDenies T1 T2\n", 1),
        ("T1\t\t\n", 1),
    ],
)
def test_a_line_that_is_none_of_brats_is_refused_by_number(ann: str, line: int) -> None:
    with pytest.raises(SourceError, match=rf"Line {line} of the annotations of harbour\.ann"):
        read_pair(ann)


PIECES = (
    *("T1", "T2", "R1", "A1", "#1", "*", "\t", " ", "claim", "Denies", "0 3", "4 7;8 13", "\n"),
    *("Arg1:T1", "Arg2:T2", "Unsure", "Reviewer", "Label", "AnnotatorNotes", "\\ud800", "\r"),
    *("999999999999", "-1", "\\u0000", "\x00", "T1\tclaim 0 3\tThe\n", "#1\tReviewer T1\tx\n"),
)
LINES = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40)


@given(LINES, st.sampled_from([TEXT, "The dam", "\ufeffThe\r\ndam\x00 broke"]))
def test_anything_ends_in_a_document_or_one_error(pieces: list[str], text: str) -> None:
    try:
        reading = read_pair("".join(pieces).encode("utf-8", "surrogatepass"), text)
    except SourceError:
        return
    stored = reading.article.text
    ends = 0
    for said in reading.said:
        assert ends <= said.span.start < said.span.end <= len(stored)
        ends = said.span.end
        assert stored[said.span.start : said.span.end].strip()
        for part in (said.label, said.reviewer, said.note, said.speaker):
            (part or "").encode()
    assert reading.cut is None


@given(st.binary(max_size=100), st.binary(max_size=100))
def test_any_bytes_end_in_a_document_or_one_error(ann: bytes, text: bytes) -> None:
    try:
        reading = read_pair(ann, text)
    except SourceError:
        return
    assert reading.article.text.strip()
