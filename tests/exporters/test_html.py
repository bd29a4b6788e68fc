"""The `html` format: the article's text, whole and literal, and nothing that it brings along."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.exporters import Corpus
from annotator.exporters.html import write
from annotator.model.scheme import FACT_CHECK
from annotator.text.display import show_literal
from tests.exporters.corpus import corpora, golden_corpus, make_document, say

GOLDEN = Path(__file__).with_name("golden") / "golden.html"
VOID = {"meta"}
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "nav", "article"),
    *("section", "div", "h1", "h2", "h3", "p", "ul", "ol", "li", "a", "bdi", "span", "mark"),
}
ATTRIBUTES = {
    *("id", "class", "lang", "dir", "href", "rel", "charset", "http-equiv", "content", "name"),
    *("aria-hidden", "aria-label", "aria-labelledby"),
}


class Page(HTMLParser):
    """A page read back: its elements, its ids and links, and the sentences' texts in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.sentences: list[str] = []
        self.written = ""
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        assert tag in ELEMENTS
        assert found.keys() <= ATTRIBUTES
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [value for name, value in attrs if name == "href" and value]
        if "t" in (found.get("class") or "").split():
            self.sentences.append("")
        if tag not in VOID:
            self.open.append((tag, found))

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self.open.pop()
        assert opened == tag

    def handle_data(self, data: str) -> None:
        classes = [set((found.get("class") or "").split()) for _, found in self.open]
        if any("t" in one for one in classes):
            self.sentences[-1] += data
        if any("text" in one for one in classes) and not any("x" in one for one in classes):
            self.written += data


def write_text(corpus: Corpus) -> str:
    return "".join(write(corpus))


def test_the_golden_corpus_is_the_golden_file() -> None:
    assert write_text(golden_corpus()) == GOLDEN.read_text(encoding="utf-8")


@given(corpora())
@settings(max_examples=60)
def test_the_page_read_back_has_each_sentence_in_order_and_no_other_text(corpus: Corpus) -> None:
    page = Page(write_text(corpus))
    documents = list(corpus.documents)
    sentences = [one.sentence.text for labelled in documents for one in labelled.sentences]
    assert page.sentences == [show_literal(text) for text in sentences]
    whole = " ".join(show_literal(labelled.text) for labelled in documents)
    assert page.written.split() == whole.split()


@given(corpora())
@settings(max_examples=60)
def test_ids_are_unique_and_every_link_leads_to_one_of_them(corpus: Corpus) -> None:
    page = Page(write_text(corpus))
    assert len(set(page.ids)) == len(page.ids)
    within = {link[1:] for link in page.links if link.startswith("#")}
    assert within <= set(page.ids)


@given(
    st.sampled_from(["<script>x</script>", '"><img src=x onerror=y>', "&lt;b&gt;", "\u202ex\x9b"])
)
def test_nothing_that_comes_from_outside_becomes_an_element_or_an_attribute(hostile: str) -> None:
    said = {0: [say("claim", hostile, speaker=hostile, note=hostile), say("denial", "ben")]}
    document = make_document(
        [(hostile,)],
        said,
        title=hostile,
        source=f"javascript:{hostile}",
        author=hostile,
        published=hostile,
        language=hostile,
    )
    text = write_text(Corpus(FACT_CHECK, [document]))
    page = Page(text)
    assert page.sentences == [show_literal(hostile)]
    assert not any(link.startswith("javascript") for link in page.links)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x80-\x9f]", text)


def test_links_lead_both_ways_and_reviewers_who_differ_are_named() -> None:
    text = write_text(golden_corpus())
    assert '↳\xa0denies\xa0<a href="#d1-s1">1</a>, <a href="#d1-s2">2</a>' in text
    assert 'denied\xa0by\xa0<a href="#d1-s3">3</a>' in text
    assert "<bdi>ana</bdi>: background · <bdi>ben</bdi>: claim" in text


def test_a_paragraph_begins_where_its_script_does_and_a_label_does_not_turn_it() -> None:
    document = make_document([("قال المتحدث.",), ("1. He said.",)], {0: [say("claim")]})
    text = write_text(Corpus(FACT_CHECK, [document]))
    assert re.findall(r'<p dir="(\w+)">', text) == ["rtl", "ltr"]


def test_the_page_needs_nothing_from_outside_and_says_so() -> None:
    text = write_text(golden_corpus())
    assert "default-src 'none'" in text
    assert not re.search(r"<script|<link|<img|<iframe|@import|url\(|\ssrc=|\son\w+=", text)


def test_text_between_sentences_is_not_left_out() -> None:
    document = make_document([("One.", "Two.")], {})
    _, second = document.sentences
    one = Corpus(FACT_CHECK, [type(document)(document.document, document.text, [second])])
    assert Page(write_text(one)).written.split() == ["One.", "Two."]


def test_no_document_is_a_page_that_says_so() -> None:
    assert "There is no document here." in write_text(Corpus(FACT_CHECK, []))
