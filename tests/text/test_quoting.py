"""A sentence as it goes to the clipboard: one line, its source after it, nothing that steers."""

from __future__ import annotations

from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.document import Document, Sentence
from annotator.model.span import Span
from annotator.text.quoting import quote_sentence


def quote(text: str, *, author: str | None = None, source: str | None = None) -> str:
    document = Document(
        id="d" * 16,
        title="Dam talks",
        source=source,
        author=author,
        published=None if author is None else "2026-11-23",
        language="en",
        sha256="",
        imported_at="2026-11-23T12:00:00Z",
        replaces=None,
        sentence_count=9,
        deleted=False,
    )
    return quote_sentence(Sentence(3, 0, Span(0, len(text)), text), document)


def test_what_is_known_of_the_source_follows_the_sentence() -> None:
    assert quote("It broke.") == "“It broke.” — Dam talks, sentence 4"
    assert quote("It broke.", author="Ana Ruiz", source="dam.txt") == (
        "“It broke.” — Dam talks, Ana Ruiz, 2026-11-23, dam.txt, sentence 4"
    )


@given(
    st.text(st.characters() | st.sampled_from("\x00\x1b\n\t\x9b\u202e\u2066\ud800"), max_size=40)
)
def test_it_is_one_line_without_controls_whatever_the_text(text: str) -> None:
    quoted = quote(text, author=text, source=text)
    assert not any(category(character) in {"Cc", "Cs"} for character in quoted)
    assert not {"\u202e", "\u2066"} & set(quoted)
    assert quoted.splitlines() == [quoted]
    quoted.encode("utf-8")
