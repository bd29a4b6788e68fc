from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotator.errors import SourceError
from annotator.readers import Source, detect_format
from annotator.readers.html import read, sniff

if TYPE_CHECKING:
    from annotator.model.document import Article

PAGES = Path(__file__).parent / "pages"
BRIDGE = (PAGES / "bridge.html").read_bytes()
SHORT = (
    "<html><head><title>T</title></head><body><article><p>Señor Muñoz said “no” – again.</p>"
    "<p>Nobody in the town believed the minister that day.</p></article></body></html>"
)


def read_one(
    content: bytes, content_type: str | None = None, encoding: str | None = None
) -> Article:
    source = Source("a.html", content, "a.html", content_type=content_type, encoding=encoding)
    (reading,) = read(source)
    return reading.article


def read_or_explain(content: bytes) -> str:
    try:
        return read_one(content).text
    except SourceError as error:
        return str(error)


def test_the_main_text_comes_by_paragraphs_without_what_stands_around_it() -> None:
    article = read_one(BRIDGE)
    paragraphs = article.text.split("\n\n")
    assert "“The bridge is safe,” said Mayor Ana Ruiz. 👨‍👩‍👧 applauded." in paragraphs
    assert "It cost 5\u00a0million & was paid by the council <in cash>, she said." in paragraphs
    assert "“It isn’t,” said the engineer, who had measured\nthe steel twice." in paragraphs
    assert "A report is due in June." in paragraphs
    assert [part for part in paragraphs if part in ("Year", "Cost", "2020", "5")] == [
        *("Year", "Cost", "2020", "5")
    ]
    assert all(word not in article.text for word in ("Subscribe", "Copyright", "alert"))


def test_combining_marks_joiners_and_directions_stay_as_they_are() -> None:
    text = read_one(BRIDGE).text
    assert "Cafe\u0301" in text
    assert "שלום\u200f" in text
    assert "👨\u200d👩\u200d👧" in text
    assert "\r" not in text


def test_the_head_gives_title_author_date_and_language() -> None:
    article = read_one(BRIDGE)
    assert article.title == "The bridge that nobody trusts"
    assert article.author == "Bea Stone"
    assert article.published == "2024-03-05"
    assert article.language == "en-GB"
    assert article.source == "a.html"


def test_a_page_without_a_date_has_none() -> None:
    assert read_one(SHORT.encode()).published is None


def test_the_users_language_overrules_the_pages() -> None:
    (reading,) = read(Source("a.html", BRIDGE, language="fr"))
    assert reading.article.language == "fr"


def test_the_same_page_read_often_is_the_same() -> None:
    assert len({read_one(BRIDGE).text for _ in range(5)}) == 1


@pytest.mark.parametrize(
    ("encoding", "content_type", "meta"),
    [
        ("utf-8-sig", "text/html; charset=iso-8859-1", "koi8-r"),
        ("utf-16", None, "utf-8"),
        ("cp1252", "text/html; charset=ISO-8859-1", "utf-8"),
        ("utf-8", 'text/html; charset="utf-8"', "iso-8859-1"),
        ("cp1252", "text/html", "iso-8859-1"),
        ("utf-8", None, "no-such-thing"),
        ("utf-8", "text/html; charset=hex", ""),
    ],
)
def test_the_encoding_is_by_mark_server_page_and_guess_in_this_order(
    encoding: str, content_type: str | None, meta: str
) -> None:
    page = SHORT.replace("<head>", f'<head><meta charset="{meta}">')
    text = read_one(page.encode(encoding), content_type).text
    assert text.startswith("Señor Muñoz said “no” – again.")


def test_the_users_encoding_overrules_all() -> None:
    page = SHORT.replace("<head>", '<head><meta charset="utf-8">').encode("cp1252")
    assert "Muñoz" in read_one(page, "text/html; charset=utf-8", "cp1252").text


@pytest.mark.parametrize(
    "content",
    [
        b"<html></html>",
        b"<html><body><script>render()</script><div id=root></div></body></html>",
        b"<!doctype html>",
        b"<html><body>" + b"<div>" * 50_000 + b"</body></html>",
        b"<!-- -->",
        b"<html><body><p>\xc2\xa0</p></body></html>",
    ],
)
def test_a_page_without_a_main_text_is_refused(content: bytes) -> None:
    with pytest.raises(SourceError, match=r"save the article's text and import that|holds no text"):
        read_one(content)


def test_a_page_of_too_many_elements_is_refused_before_it_is_searched() -> None:
    with pytest.raises(SourceError, match="too many elements"):
        read_one(b"<html><body><p>" + b"<a href=x>y</a> " * 20_000 + b"</p></body></html>")


@pytest.mark.parametrize(
    ("content", "content_type", "is_page"),
    [
        (b"\xef\xbb\xbf  <!DOCTYPE html><p>x", None, True),
        (b"<?xml version='1.0'?>\n<html xmlns='x'>", None, True),
        ("<html>".encode("utf-16"), None, True),
        (b"<p>x", "Text/HTML; charset=x", True),
        (b"plain words", None, False),
        (b"", None, False),
        (bytes(range(256)), "text/plain", False),
    ],
)
def test_a_page_is_known_by_its_beginning_or_by_what_the_server_says(
    content: bytes, content_type: str | None, is_page: bool
) -> None:
    assert sniff(Source("a.html", content, content_type=content_type)) is is_page


def test_a_page_is_read_as_one() -> None:
    assert detect_format(Source("a.HTML", BRIDGE)) == "html"


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SourceError):
        read_one(b"<html><body></body></html>")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_page_ends_in_a_document_or_one_refusal(seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(BRIDGE)
    for _ in range(chance.choice([1, 5, 50, 400])):
        content[chance.randrange(len(content))] = chance.randrange(256)
    if seed % 4 == 0:
        del content[chance.randrange(len(content)) :]
    assert read_or_explain(bytes(content)).strip()
