"""Markdown, read for its prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import SourceError
from annotator.readers import Reading, Source
from annotator.readers.markdown import read


def read_one(text: str) -> Reading:
    (reading,) = read(Source("harbour.md", text.encode()))
    return reading


def test_blocks_become_paragraphs_without_their_marks() -> None:
    text = read_one(
        "# The *harbour*\n\nIt was\nclosed.\n\n> “Never,” she said.\n\n- One.\n- Two.\n\n"
        "| a | b |\n|---|---|\n| c | d |\n\n    Indented prose.\n"
    ).article.text
    assert text.split("\n\n") == [
        "The harbour",
        "It was closed.",
        "“Never,” she said.",
        "One.",
        "Two.",
        *("a", "b", "c", "d"),
        "Indented prose.\n",
    ]


def test_links_keep_their_text_and_entities_are_characters() -> None:
    reading = read_one('A [link](https://x.org "t"), <https://y.org>, `code`, &eacute; &lt;b&gt;.')
    assert reading.article.text == "A link, https://y.org, code, é <b>.\n"


def test_front_matter_gives_title_author_and_date() -> None:
    article = read_one(
        '---\ntitle: "The \\"harbour\\""\nauthor: Ana # staff\ndate: 2026-11-20\n'
        "lang: fr\nother:\n  - a\n---\n# Heading\n\nText.\n"
    ).article
    assert article.title == 'The "harbour"'
    assert (article.author, article.published, article.language) == ("Ana", "2026-11-20", "fr")
    assert article.text == "Heading\n\nText.\n"


def test_without_front_matter_the_first_heading_is_the_title() -> None:
    assert read_one("Intro.\n\n## *Second*\n\n# First\n").article.title == "Second"
    assert read_one("Intro.\n\nMore.\n").article.title == "Intro."


def test_a_rule_is_no_front_matter() -> None:
    assert read_one("---\nProse, and no field.\n\n---\n").article.text == "Prose, and no field.\n"


def test_what_is_left_out_is_counted_and_comments_are_not() -> None:
    reading = read_one(
        "One.\n\n```\ncode\n```\n\n![a](b) Two.<!-- x -->\n\n<!-- y -->\n\n<div>x</div>\n"
    )
    assert reading.article.text == "One.\n\nTwo.\n"
    assert reading.remarks == (
        "1 block of code left out",
        "1 picture left out",
        "1 block of HTML left out",
    )


@pytest.mark.parametrize("mark", [">", "- "])
def test_a_passage_nested_too_deeply_is_told(mark: str) -> None:
    reading = read_one(f"One.\n\n{mark * 200}Two.\n")
    assert "1 passage nested too deeply left out" in reading.remarks


def test_a_reference_to_a_control_character_is_dropped_and_counted() -> None:
    reading = read_one("A&#12;&#27;[31m B\r\n")
    assert reading.article.text == "A\ufffd[31m B\n"
    assert reading.remarks == ("1 control character left out",)


def test_markup_alone_is_refused() -> None:
    with pytest.raises(SourceError, match=r"harbour\.md holds no text"):
        read_one("```\ncode\n```\n")


PIECES = (
    *("---\n", "title: x\n", "- ", "> ", "[", "](", ")", "<!--", "<b", ">", "&#", "x1b;", "*"),
    *("_", "`", "~", "|", "\n", "\n\n", "    ", "1. ", "\r", "\\", "![", "a", "é🔥"),
)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=60))
def test_anything_ends_in_a_document_or_one_error(pieces: list[str]) -> None:
    content = "".join(pieces).encode("utf-8", "surrogatepass")
    try:
        (reading,) = read(Source("harbour.md", content))
    except SourceError:
        return
    text = reading.article.text
    assert text.strip()
    assert reading.article.title
    assert not any(ch != "\n" and ch != "\t" and ch < " " for ch in text)
    text.encode()


@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_document_or_one_error(content: bytes) -> None:
    try:
        readings = list(read(Source("harbour.md", content)))
    except SourceError:
        return
    assert len(readings) == 1
