from __future__ import annotations

import random
import sys
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader, PdfWriter

from annotator.errors import SourceError
from annotator.readers import Reading, Source, detect_format
from annotator.readers.pdf import read, sniff

if TYPE_CHECKING:
    from collections.abc import Sequence

ODD = "Cafe\u0301 👨\u200d👩 said"
LINES = ["The mayor said that the bridge is safe, and that", "nobody need be afraid of it."]


def build(pages: Sequence[Sequence[str]], *, gaps: dict[str, int] | None = None) -> bytes:
    """A PDF with a line of text each 14 points; `gaps` says where there is more above a line."""
    signs = sorted({sign for page in pages for line in page for sign in line})
    codes = {sign: number + 1 for number, sign in enumerate(signs)}
    rows = "".join(
        f"<{code:04X}> <{sign.encode('utf-16-be').hex()}>\n" for sign, code in codes.items()
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{rows}endbfchar endcmap end end"
    )
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(len(pages)))
    parts = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        3: "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H"
        " /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        4: "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 500"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        5: pack(cmap),
        6: "<< /Title (The bridge that nobody trusts) /Author (Bea Stone)"
        " /CreationDate (D:20240305080000Z) >>",
    }
    for number, page in enumerate(pages):
        parts[10 + 2 * number] = (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            f" /Resources << /Font << /F1 3 0 R >> >> /Contents {11 + 2 * number} 0 R >>"
        )
        top, drawn = 800, []
        for line in page:
            top -= 14 + (gaps or {}).get(line, 0)
            shown = "".join(f"{codes[sign]:04X}" for sign in line)
            drawn.append(f"BT /F1 10 Tf 1 0 0 1 50 {top} Tm <{shown}> Tj ET")
        parts[11 + 2 * number] = pack("\n".join(drawn))
    return assemble(parts)


def pack(text: str) -> str:
    content = zlib.compress(text.encode("latin-1"))
    return (
        f"<< /Length {len(content)} /Filter /FlateDecode >>\nstream\n"
        f"{content.decode('latin-1')}\nendstream"
    )


def assemble(parts: dict[int, str]) -> bytes:
    body, places = "%PDF-1.7\n", {}
    for number, part in parts.items():
        places[number] = len(body)
        body += f"{number} 0 obj\n{part}\nendobj\n"
    last = max(parts)
    table = "".join(
        f"{places[number]:010} 00000 n \n" if number in places else "0000000000 65535 f \n"
        for number in range(last + 1)
    )
    return (
        f"{body}xref\n0 {last + 1}\n{table}"
        f"trailer\n<< /Size {last + 1} /Root 1 0 R /Info 6 0 R >>\n"
        f"startxref\n{len(body)}\n%%EOF\n"
    ).encode("latin-1")


def read_one(content: bytes) -> Reading:
    (reading,) = read(Source("a.pdf", content, "a.pdf"))
    return reading


def read_or_explain(content: bytes) -> str:
    try:
        return read_one(content).article.text
    except SourceError as error:
        return str(error)


def refusal(content: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read_one(content)
    assert str(caught.value).isprintable()
    return str(caught.value)


def text_of(*pages: Sequence[str], gaps: dict[str, int] | None = None) -> str:
    return read_one(build(pages, gaps=gaps)).article.text


def test_the_lines_of_a_paragraph_are_joined_by_a_blank() -> None:
    assert text_of(LINES) == " ".join(LINES)


def test_a_wider_gap_parts_paragraphs() -> None:
    more = ["The engineer, who had measured the steel, says", "that it is not."]
    text = text_of([*LINES, *more], gaps={more[0]: 10})
    assert text == " ".join(LINES) + "\n\n" + " ".join(more)


def test_the_end_of_a_page_does_not_cut_a_sentence() -> None:
    assert text_of(LINES[:1], LINES[1:]) == " ".join(LINES)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["The bridge is un-", "safe for all."], "The bridge is unsafe for all."),
        (["The bridge is un\u00ad", "safe for all."], "The bridge is unsafe for all."),
        (["The well-known and well-", "known bridge."], "The well-known and well-known bridge."),
        (["It is the Franco-", "British bridge."], "It is the Franco-British bridge."),
        (["It is safe -", "or so they say."], "It is safe - or so they say."),
    ],
)
def test_a_word_broken_at_the_end_of_a_line_is_made_whole(lines: list[str], text: str) -> None:
    assert text_of(lines) == text


def test_headers_and_footers_that_repeat_are_left_out_and_told() -> None:
    pages = [
        ["Town Crier, page %d" % n, f"Words of page {'abcd'[n]} go on and", "on", f"{n}"]  # noqa: UP031
        for n in range(4)
    ]
    reading = read_one(build(pages))
    assert "Crier" not in reading.article.text
    assert all(f"page {letter}" in reading.article.text for letter in "abcd")
    assert any("headers and footers left out" in remark for remark in reading.remarks)


def test_two_pages_are_too_few_to_tell_a_header() -> None:
    reading = read_one(build([["Town Crier", *LINES]] * 2))
    assert reading.article.text.count("Town Crier") == 2
    assert reading.remarks == ()


def test_emoji_and_combining_marks_come_as_they_are() -> None:
    assert text_of([ODD]) == ODD


def test_letters_from_right_to_left_are_all_there() -> None:
    assert set("שלום") <= set(text_of(["שלום"]))


def test_line_ends_of_every_kind_and_controls_leave_nothing_behind() -> None:
    text = text_of(["one\r\ntwo\x01 three"])
    assert "\r" not in text
    assert "\x01" not in text


def test_the_properties_give_title_author_and_day() -> None:
    article = read_one(build([LINES])).article
    assert article.title == "The bridge that nobody trusts"
    assert article.author == "Bea Stone"
    assert article.published == "2024-03-05"


def test_a_scan_is_refused_with_that_reason() -> None:
    assert "no text layer" in refusal(build([[], []]))


def test_an_encrypted_one_is_refused_with_that_reason() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(build([LINES]))))
    writer.encrypt("secret", algorithm="RC4-128")
    packed = BytesIO()
    writer.write(packed)
    assert "encrypted" in refusal(packed.getvalue())


def test_too_many_pages_are_refused() -> None:
    assert "2,001 pages" in refusal(build([[]] * 2_001))


@pytest.mark.parametrize("content", [b"", b"plain words", b"%PDF-1.7", b"%PDF-1.7\n" + bytes(999)])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    assert "no PDF that can be read" in refusal(content)


def test_pages_that_hold_themselves_are_refused() -> None:
    parts = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>",
    }
    assert "a.pdf" in refusal(assemble(parts))


def test_a_stream_that_unpacks_without_end_is_refused() -> None:
    bomb = pack("%" * 200_000_000)
    content = build([LINES]).decode("latin-1")
    start = content.index("11 0 obj\n")
    assert read_or_explain(
        (
            content[:start] + "11 0 obj\n" + bomb + content[content.index("\nendobj", start) :]
        ).encode("latin-1")
    )


def test_a_pdf_is_known_by_its_suffix_and_beginning() -> None:
    assert detect_format(Source("a.PDF", build([LINES]))) == "pdf"
    assert not sniff(Source("a.pdf", b"words"))


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    assert "pip install 'annotator[pdf]'" in refusal(build([LINES]))


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    read_or_explain(build([LINES])[:-30])
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("seed", range(100))
def test_a_damaged_file_ends_in_a_document_or_one_refusal(seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(build([[*LINES, ODD], LINES]))
    for _ in range(chance.choice([1, 3, 30, 200])):
        content[chance.randrange(len(content))] = chance.randrange(256)
    if seed % 5 == 0:
        del content[chance.randrange(len(content)) :]
    assert read_or_explain(bytes(content)).strip()
