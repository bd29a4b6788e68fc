"""Plain text."""

from __future__ import annotations

import pytest

from annotator.errors import SourceError
from annotator.readers import Reading, Source
from annotator.readers.text import read


def read_one(
    content: bytes,
    *,
    origin: str | None = None,
    encoding: str | None = None,
    language: str | None = None,
) -> Reading:
    (reading,) = read(Source("harbour.txt", content, origin, encoding, language))
    return reading


def test_the_first_line_that_is_not_blank_is_the_title() -> None:
    article = read_one(b"\n \n  The harbour  \nIt was closed.\n").article
    assert article.title == "The harbour"
    assert article.text == "\n \n  The harbour  \nIt was closed.\n"
    assert (article.author, article.published, article.replaces) == (None, None, None)


def test_source_and_language_are_what_was_said() -> None:
    assert read_one(b"One.").article.source is None
    assert read_one(b"One.").article.language == "en"
    article = read_one(b"Un.", origin="/news/harbour.txt", language="fr").article
    assert (article.source, article.language) == ("/news/harbour.txt", "fr")


def test_plain_utf_8_needs_no_remark() -> None:
    assert read_one("“Zoë” 🧿\n".encode()).remarks == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_decides_and_is_dropped(encoding: str) -> None:
    reading = read_one("“Zoë”\r\nsaid so.\r".encode(encoding))
    assert reading.article.text == "“Zoë”\nsaid so.\n"
    assert reading.remarks == ()


def test_dropped_control_characters_are_counted() -> None:
    assert read_one(b"A\x1b[31m B").remarks == ("1 control character left out",)
    reading = read_one(b"A\x00\x1b B")
    assert reading.remarks == ("2 control characters left out",)
    assert reading.article.text == "A B"


def test_a_guess_is_said() -> None:
    text = "La ministre a déclaré que le café était fermé à cause de la grève. " * 20
    reading = read_one(text.encode("cp1252"))
    assert reading.article.text == text
    assert "guess" in reading.remarks[0]
    told = read_one(text.encode("cp1252"), encoding="cp1252")
    assert told.article.text == text
    assert told.remarks == ()


def test_one_bad_byte_in_utf_8_is_refused_with_its_line() -> None:
    content = "“One.”\n“Two.”\n“Th\x00ree.”\n".encode().replace(b"\x00", b"\xff")
    with pytest.raises(SourceError, match=r"Line 3 of harbour\.txt"):
        read_one(content)
