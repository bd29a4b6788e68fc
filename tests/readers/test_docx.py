from __future__ import annotations

import random
import struct
import sys
import zipfile
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest

from annotator.errors import SourceError
from annotator.readers import Source, detect_format
from annotator.readers.docx import read

if TYPE_CHECKING:
    from annotator.model.document import Article

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = "word/document.xml"


@cache
def build() -> bytes:
    document = docx.Document()
    document.add_heading("The bridge", 1)
    document.add_paragraph("“It is safe,” said the mayor. 👨\u200d👩\u200d👧")
    document.add_paragraph("Cafe\u0301 שלום\u200f.", style="List Bullet")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Year"
    table.cell(0, 1).text = "2020"
    document.add_paragraph("It isn’t,\tsaid\nthe engineer.")
    said = document.core_properties
    said.title, said.author = "The bridge that nobody trusts", "Bea Stone"
    said.created = datetime(2024, 3, 5, 8, 0)  # noqa: DTZ001 - the library takes times without zone
    packed = BytesIO()
    document.save(packed)
    return packed.getvalue()


def change(parts: dict[str, bytes], *, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The document with parts of other contents, or more of them."""
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(build())) as old,
        zipfile.ZipFile(packed, "w", packing) as new,
    ):
        for name in [*old.namelist(), *(name for name in parts if name not in old.namelist())]:
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return packed.getvalue()


def with_body(inside: str) -> bytes:
    return change({BODY: f"<w:document {WORD}><w:body>{inside}</w:body></w:document>".encode()})


def read_one(content: bytes) -> Article:
    (reading,) = read(Source("a.docx", content, "a.docx"))
    return reading.article


def read_or_explain(content: bytes) -> str:
    try:
        return read_one(content).text
    except SourceError as error:
        return str(error)


def refusal(content: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read_one(content)
    assert str(caught.value).isprintable()
    return str(caught.value)


def test_paragraphs_headings_lists_and_cells_come_in_order() -> None:
    assert read_one(build()).text.split("\n\n") == [
        "The bridge",
        "“It is safe,” said the mayor. 👨\u200d👩\u200d👧",
        "Cafe\u0301 שלום\u200f.",
        "Year",
        "2020",
        "It isn’t,\tsaid\nthe engineer.",
    ]


def test_the_properties_give_title_author_and_time() -> None:
    article = read_one(build())
    assert article.title == "The bridge that nobody trusts"
    assert article.author == "Bea Stone"
    assert article.published == "2024-03-05T08:00:00Z"


def test_what_was_inserted_is_read_and_what_was_deleted_is_not() -> None:
    inside = (
        "<w:p><w:r><w:t>It is </w:t></w:r><w:ins><w:r><w:t>not </w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>quite </w:delText><w:t>x</w:t></w:r></w:del>"
        "<w:sdt><w:sdtContent><w:r><w:t>safe.</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    assert read_one(with_body(inside)).text == "It is not safe."


def test_line_ends_of_every_kind_become_line_feeds() -> None:
    inside = "<w:p><w:r><w:t>one&#13;&#10;two</w:t><w:br/><w:t>three</w:t></w:r></w:p>"
    assert read_one(with_body(inside)).text == "one\ntwo\nthree"


def test_footnotes_come_behind_the_text() -> None:
    notes = f"<w:footnotes {WORD}><w:footnote><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote>"
    with zipfile.ZipFile(BytesIO(build())) as old:
        kinds = old.read("[Content_Types].xml").decode()
        links = old.read("word/_rels/document.xml.rels").decode()
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    content = change(
        {
            "word/footnotes.xml": (notes + "</w:footnotes>").encode(),
            "[Content_Types].xml": kinds.encode(),
            "word/_rels/document.xml.rels": links.replace(
                "</Relationships>",
                f'<Relationship Id="rId99" Type="{base}" Target="footnotes.xml"/></Relationships>',
            ).encode(),
        }
    )
    assert read_one(content).text.endswith("the engineer.\n\nA note.")


def test_macros_and_pictures_are_never_unpacked() -> None:
    content = change({"word/vbaProject.bin": b"Sub AutoOpen()" * 100})
    assert read_one(content).text == read_one(build()).text


def test_a_document_with_macros_is_read_as_any_other() -> None:
    with zipfile.ZipFile(BytesIO(build())) as old:
        kinds = old.read("[Content_Types].xml")
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macros = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    assert plain in kinds
    content = change({"[Content_Types].xml": kinds.replace(plain, macros)})
    assert read_one(content).text == read_one(build()).text


@pytest.mark.parametrize("name", ["word/media/a.png", "word/extra.xml"])
def test_a_bomb_is_refused_before_it_is_unpacked(name: str) -> None:
    assert "was not unpacked" in refusal(change({name: bytes(3_000_000)}))


def test_parts_that_are_large_together_are_refused() -> None:
    noise = random.Random(1).randbytes(1000) * 100  # packed to a hundredth, so no single bomb
    assert "was not unpacked" in refusal(change({f"word/{n}.xml": noise * 10 for n in range(101)}))


def test_a_part_larger_than_it_claims_is_cut_or_refused() -> None:
    content = bytearray(change({"word/extra.xml": bytes(50_000_000)}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        found = content.rfind(mark, 0, content.rfind(b"word/extra.xml") if at == 24 else None)
        content[found + at : found + at + 4] = struct.pack("<I", 10)
    assert "archive" in refusal(bytes(content))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    body = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        f"<w:document {WORD}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert "entities" in refusal(change({BODY: body.encode(encoding)}))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "older kind"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        (b"plain words", "does not begin like one"),
        (b"PK\x03\x04", "damaged"),
    ],
)
def test_what_is_no_docx_is_refused_with_the_reason(content: bytes, words: str) -> None:
    assert words in refusal(content)


@pytest.mark.parametrize(
    "inside", ["", "<w:p/>", "<w:p><w:r><w:t xml:space='preserve'>  </w:t></w:r></w:p>"]
)
def test_a_document_without_text_is_refused(inside: str) -> None:
    assert "holds no text" in refusal(with_body(inside))


def test_deep_nesting_ends_in_a_document_or_one_refusal() -> None:
    assert read_or_explain(with_body("<w:p>" * 5_000 + "</w:p>" * 5_000))


def test_a_package_of_another_kind_is_refused() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as other:
        other.writestr("mimetype", "application/epub+zip")
    assert "parts are not" in refusal(packed.getvalue())


def test_a_document_is_known_by_its_suffix_and_beginning() -> None:
    assert detect_format(Source("a.DOCX", build())) == "docx"


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx.api", None)
    assert "pip install 'annotator[docx]'" in refusal(build())


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_document_ends_in_a_document_or_one_refusal(seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(
        change({}, packing=zipfile.ZIP_STORED if seed % 2 else zipfile.ZIP_DEFLATED)
    )
    for _ in range(chance.choice([1, 3, 30])):
        content[chance.randrange(len(content))] = chance.randrange(256)
    assert read_or_explain(bytes(content)).strip()


@pytest.mark.parametrize("seed", range(40))
def test_damaged_parts_end_in_a_document_or_one_refusal(seed: int) -> None:
    chance = random.Random(seed)
    with zipfile.ZipFile(BytesIO(build())) as old:
        name = chance.choice([name for name in old.namelist() if name.endswith((".xml", ".rels"))])
        part = bytearray(old.read(name))
    for _ in range(chance.choice([1, 3, 30])):
        part[chance.randrange(len(part))] = chance.randrange(256)
    assert read_or_explain(change({name: bytes(part)})).strip()
