"""The page to read."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from annotator.exporters import Corpus, markdown
from annotator.model.scheme import FACT_CHECK
from tests.exporters.corpus import corpora, golden_corpus, make_document, say

GOLDEN: Final = Path(__file__).parent / "golden" / "golden.md"
READER: Final = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
TEXTS: Final = st.text(
    st.sampled_from("\\`*_{}[]<>()#+-.!|~&$^=@:/1 9\ta🔥;\"'\u202e")
    | st.characters(codec="utf-8", exclude_categories=["Cc"]),
    min_size=1,
    max_size=20,
).filter(str.strip)


def write(corpus: Corpus) -> str:
    return "".join(markdown.write(corpus))


def test_the_golden_file_is_what_is_written() -> None:
    assert write(golden_corpus()) == GOLDEN.read_text(encoding="utf-8")


@given(corpora())
def test_the_same_corpus_gives_the_same_bytes_and_each_sentence_a_number(corpus: Corpus) -> None:
    page = write(corpus)
    assert page == write(corpus)
    shown = iter([token.content for token in READER.parse(page) if token.type == "inline"])
    for document in corpus.documents:
        for sentence in document.sentences:
            escaped = markdown.escape(sentence.sentence.text)
            assert any(text == escaped for text in shown)


@given(TEXTS)
def test_a_text_is_shown_as_it_is_and_never_interpreted(text: str) -> None:
    for before in ("", "1. ", "- a; note: ", "# "):
        tokens = READER.parse(before + markdown.escape(text))
        blocks = {token.type.removesuffix("_open") for token in tokens if token.nesting == 1}
        assert blocks <= {"paragraph", "heading", "ordered_list", "bullet_list", "list_item"}
        (inline,) = [token for token in tokens if token.type == "inline"]
        children = inline.children or []
        assert {child.type for child in children} <= {"text"}
        shown = "".join(child.content for child in children)
        spaced = " ".join(part for part in text.replace("\t", " ").split(" ") if part)
        expected = spaced if not before.startswith("- a") else f"a; note: {spaced}"
        assert shown.strip() == expected.strip()
    assert (
        sum(token.type.endswith("_list_open") for token in READER.parse(markdown.escape(text))) == 0
    )


def test_lists_of_paragraphs_do_not_run_together() -> None:
    corpus = Corpus(FACT_CHECK, [make_document([["One.", "Two."], ["Three."], ["Four."]], {})])
    tokens = READER.parse(write(corpus))
    starts = [token.attrGet("start") or 1 for token in tokens if token.type == "ordered_list_open"]
    assert starts == [1, 3, 4]


def test_addresses_and_names_of_emoji_are_broken_up() -> None:
    assert markdown.escape("https://x.org www.x.org a@b.org :fire: at 10:30: no") == (
        r"https\://x.org www\.x.org a\@b.org \:fire: at 10:30: no"
    )


def test_links_name_the_sentences_by_number() -> None:
    said = {0: [say("claim")], 2: [say("denial", denies=[0, 1])]}
    corpus = Corpus(FACT_CHECK, [make_document([["One.", "Two.", "No."]], said)])
    assert "   - ana: **denial**; denies 1, 2\n" in write(corpus)
