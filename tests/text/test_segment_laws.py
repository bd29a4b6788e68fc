"""What holds for every text, and what keeps segmentation linear."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sentencex import (
    get_sentence_boundaries,
)

from annotator.model.span import Span
from annotator.text import base
from annotator.text.segment import find_paragraphs, segment, segment_lines

if TYPE_CHECKING:
    from collections.abc import Callable

MARKS = st.text(
    alphabet=".?!…\"'“”‘’«»()[]{} \n\t\u00a0\u2028,;:-—•*1aAbI。！？」।؟😀", max_size=80
)
PIECES = [
    "U.S.",
    "a.m.",
    "Mr.",
    "St.",
    "No.",
    "J.",
    "etc.",
    "...",
    ".",
    "word",
    "The",
    "said",
    "5",
    "Yes!",
    '"',
    "(",
    ")",
    "'",
    "•",
    "***",
    ":)",
    "Image:",
    "1.",
    "a)",
    "?",
    "Yahoo!",
]
WORDS = st.lists(st.sampled_from([*PIECES, '"Yes!"', ". . .", "\n", "\n\n"]), max_size=25).map(
    " ".join
)
TEXTS = st.one_of(st.text(max_size=120), MARKS, WORDS)
LANGUAGES = st.sampled_from(
    ["en", "de", "fr", "es", "ru", "ar", "hi", "zh", "ja", "el", "pl", "xx"]
)

HOSTILE = [
    '"“',
    "(",
    ")",
    "( ",
    ".",
    "a.",
    "A.",
    '?"',
    '? "',
    "'",
    " ",
    "1",
    "1. ",
    "1) ",
    "U.S. ",
    ". . ",
    "!? ",
    "… ",
    "。",
    "• ",
    "*** ",
    ":) ",
    "Image: A",
    "[1]",
    "ab.Cd ",
    'x. " ',
    "(x. Y) ",
    '"Hi?" Al ',
    "x. - ",
    "é. ",
    "A. B. ",
    "x ",
    "a@",
]


def _squeeze(text: str) -> str:
    return "".join(text.split())


@given(TEXTS, LANGUAGES)
def test_every_character_that_is_not_white_space_is_in_exactly_one_span(
    text: str, language: str
) -> None:
    spans = segment(text, language)
    assert [_squeeze(text[s.start : s.end]) for s in spans] != [""]
    assert "".join(_squeeze(text[s.start : s.end]) for s in spans) == _squeeze(text)


@given(TEXTS, LANGUAGES)
def test_spans_are_trimmed_in_order_and_apart(text: str, language: str) -> None:
    spans = segment(text, language)
    for span in spans:
        sentence = text[span.start : span.end]
        assert sentence
        assert sentence == sentence.strip()
        assert "\n" not in sentence
    assert all(a.end <= b.start for a, b in pairwise(spans))


@given(TEXTS, TEXTS, LANGUAGES)
def test_each_line_is_segmented_by_itself(first: str, second: str, language: str) -> None:
    shift = len(first) + 1
    moved = [Span(s.start + shift, s.end + shift) for s in segment(second, language)]
    assert segment(f"{first}\n{second}", language) == segment(first, language) + moved


@given(st.text(alphabet=" \n\t\r\u2028", max_size=5), TEXTS)
@example("\u2028", '. "')
@example(" ", 'It rained. "')
@example("\r\n", 'It rained. "')
def test_white_space_after_a_text_changes_nothing(space: str, text: str) -> None:
    trimmed = text.rstrip()
    assert segment(trimmed + space) == segment(trimmed)


@given(TEXTS)
def test_lines_hold_the_same_characters(text: str) -> None:
    spans = segment_lines(text)
    assert "".join(_squeeze(text[s.start : s.end]) for s in spans) == _squeeze(text)
    assert len(spans) == sum(bool(line.strip()) for line in text.split("\n"))


@given(TEXTS)
def test_paragraphs_count_the_blank_lines_between_sentences(text: str) -> None:
    spans = segment(text)
    numbers = find_paragraphs(text, spans)
    assert len(numbers) == len(spans)
    assert numbers[:1] in ([], [0])
    for (before, a), (after, b) in pairwise(zip(spans, numbers, strict=True)):
        between = text[before.end : after.start].split("\n")
        assert b - a == (len(between) > 2)


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_sentencex_is_handed_bounded_pieces_of_twice_the_text_at_most(
    unit: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces: list[int] = []
    original: Callable[[str, str], list[dict[str, object]]] = get_sentence_boundaries

    def count(code: str, text: str) -> list[dict[str, object]]:
        pieces.append(len(text))
        return original(code, text)

    monkeypatch.setattr(base, "get_sentence_boundaries", count)
    text = (unit * 40_000)[:40_000]
    segment(text, language)
    assert sum(pieces) <= 2 * len(text) + base.PIECE
    assert max(pieces, default=0) <= base.PIECE


@pytest.mark.parametrize("closer", ['"', "”", "»", ")", "]"])
def test_sentencex_never_sees_quotes_or_brackets(
    closer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def note(code: str, text: str) -> list[dict[str, object]]:
        seen.append(text)
        return [{"start_index": 0, "text": text}]

    monkeypatch.setattr(base, "get_sentence_boundaries", note)
    assert base.find_base_ends(f"Go.{closer}\u00a0No", "en") == {7}
    assert seen == ["Go.  No"]
