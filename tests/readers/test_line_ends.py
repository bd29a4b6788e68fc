"""The same article in every format, as files from Windows have it: lines that end in CRLF, and
before the labelled sentence an emoji, a combining mark and a text from right to left.
"""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Final

import docx
import pytest

from annotator.errors import SourceError
from annotator.exporters import Corpus
from annotator.exporters.json import write
from annotator.model.scheme import FACT_CHECK
from annotator.readers import Source, detect_format, find_reader, list_readers
from annotator.session.importing import lay_out
from tests.exporters.corpus import make_document, say

if TYPE_CHECKING:
    from collections.abc import Callable

BEFORE: Final = "🔥 Fire at the cafe\u0301 👩‍🚀.\r\n\r\nهذا خبر قديم."
LABELLED: Final = "The cafe\u0301’s owner 🔥 denied it."
AFTER: Final = "It rained."
RAW: Final = f"{BEFORE}\r\n\r\n{LABELLED} {AFTER}\r\n"
START: Final = RAW.index(LABELLED)
END: Final = START + len(LABELLED)
UNLABELLED: Final = ("text", "markdown", "html", "docx", "pdf")


def windows(text: str) -> bytes:
    """Lines as Windows ends them."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode()


def write_lines(*rows: object) -> bytes:
    return windows("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n")


def write_annotator() -> Source:
    paragraphs = [[BEFORE.replace("\r", "")], [LABELLED, AFTER]]
    document = make_document(paragraphs, {1: [say("denial", reviewer="ana")]})
    written = "".join(write(Corpus(FACT_CHECK, [document])))
    return Source("a.json", windows(written))


def write_docx() -> Source:
    made, content = docx.Document(), BytesIO()
    made.add_paragraph(BEFORE)
    made.add_paragraph(f"{LABELLED} {AFTER}")
    made.save(content)
    return Source("a.docx", content.getvalue())


def write_html() -> Source:
    body = "".join(f"<p>\n{part}\n</p>\n" for part in (*BEFORE.split("\r\n\r\n"), LABELLED, AFTER))
    head = "<!doctype html>\n<html><head><meta charset='utf-8'><title>Fire</title></head>\n"
    return Source("a.html", windows(f"{head}<body><article>\n{body}</article></body></html>\n"))


def write_csv() -> Source:
    file = StringIO(newline="")
    rows = [("text", "label"), (BEFORE, ""), (LABELLED, "denial"), (AFTER, "")]
    csv.writer(file, lineterminator="\r\n").writerows(rows)
    return Source("a.csv", file.getvalue().encode())


def write_label_studio() -> Source:
    value = {"start": START, "end": END, "text": LABELLED, "labels": ["denial"]}
    region = {"id": "1", "from_name": "label", "to_name": "text", "type": "labels", "value": value}
    task = {"id": 1, "data": {"text": RAW}, "annotations": [{"result": [region]}]}
    return Source("a.json", windows(json.dumps([task], indent=2)))


def write_brat() -> Source:
    files = {
        ".txt": RAW.encode(),
        ".ann": f"T1\tdenial {START} {END}\t{LABELLED}\r\n".encode(),
    }
    return Source("a.ann", files[".ann"], companion=files.get)


def write_rows(label: Callable[[str | None], dict[str, object]]) -> Source:
    """A row a sentence, its label as the format writes it."""
    parts = [(BEFORE, None), (LABELLED, "denial"), (AFTER, None)]
    rows = [{"text": text, **label(name)} for text, name in parts]
    return Source("a.jsonl", write_lines(*rows))


FORMS: Final[dict[str, Callable[[], Source]]] = {
    "annotator": write_annotator,
    "text": lambda: Source("a.txt", RAW.encode()),
    "markdown": lambda: Source("a.md", f"# Fire\r\n\r\n{RAW}".encode()),
    "html": write_html,
    "docx": write_docx,
    "jsonl": lambda: write_rows(lambda name: {"label": name}),
    "csv": write_csv,
    "prodigy": lambda: Source(
        "a.jsonl",
        write_lines(
            {
                "text": RAW,
                "answer": "accept",
                "spans": [{"start": START, "end": END, "label": "denial"}],
            }
        ),
    ),
    "doccano": lambda: write_rows(lambda name: {"label": [name] if name else []}),
    "doccano-spans": lambda: Source(
        "a.jsonl",
        write_lines(
            {
                "text": RAW,
                "entities": [
                    {"id": 1, "start_offset": START, "end_offset": END, "label": "denial"}
                ],
                "relations": [],
            }
        ),
    ),
    "label-studio": write_label_studio,
    "brat": write_brat,
}


def test_every_format_that_carries_text_is_here() -> None:
    # A pdf holds glyphs at places, and no line ends.
    assert {*FORMS, "pdf"} == set(list_readers())


@pytest.mark.parametrize("name", FORMS)
def test_no_carriage_return_comes_in_and_the_labelled_text_stays_whole(name: str) -> None:
    source = FORMS[name]()
    (reading,) = find_reader(name).read(source)
    text = reading.article.text
    assert "\r" not in text
    for part in ("🔥 Fire at the cafe\u0301 👩‍🚀.", "هذا خبر قديم.", AFTER):
        assert part in text
    expected = [] if name in UNLABELLED else [(LABELLED, "denial")]
    assert [(text[s.span.start : s.span.end], s.label) for s in reading.said] == expected
    sentences = [text[span.start : span.end] for _, span in lay_out(reading)[0]]
    assert LABELLED in sentences


@pytest.mark.parametrize("name", FORMS)
def test_it_is_known_for_what_it_is(name: str) -> None:
    assert detect_format(FORMS[name]()) == name


def test_an_export_whose_text_has_carriage_returns_is_refused() -> None:
    content = FORMS["annotator"]().content.replace(b"\\n", b"\\r\\n")
    with pytest.raises(SourceError, match="carriage returns"):
        list(find_reader("annotator").read(Source("a.json", content)))
