from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

import pytest

from annotator.sample import read_sample, sample_path
from annotator.text.normalize import normalize, title_of
from annotator.text.segment import segment

RUN = 7
"""The shortest run of words that counts as copied; the longest name in the story has six."""


def list_runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def test_it_has_about_thirty_sentences_each_on_one_line() -> None:
    text = read_sample()
    sentences = [text[span.start : span.end] for span in segment(text, language="en")]
    assert 28 <= len(sentences) <= 34
    assert not any("\n" in sentence for sentence in sentences)
    # The title and the caption are the only ones without a full stop.
    assert all(sentence.rstrip("”").endswith(".") for sentence in sentences[2:])


def test_every_full_stop_before_a_space_ends_a_sentence() -> None:
    text = read_sample()
    starts = {span.start for span in segment(text, language="en")}
    assert {match.end() for match in re.finditer(r"\.”? (?=\S)", text)} <= starts


def test_the_first_line_is_the_title() -> None:
    assert title_of(read_sample()) == "Inquiry names units behind chlorine attacks"
    assert read_sample().startswith(title_of(read_sample()) + "\n\n")


def test_it_is_stored_as_it_stands() -> None:
    text = read_sample()
    normalized = normalize(text)
    assert (normalized.text, normalized.dropped) == (text, 0)
    assert unicodedata.is_normalized("NFC", text)
    assert text.endswith(".\n")
    assert sample_path().read_bytes() == text.encode("utf-8")


def test_paragraphs_are_short_and_a_blank_line_apart() -> None:
    paragraphs = read_sample().rstrip("\n").split("\n\n")
    assert not any("\n" in paragraph for paragraph in paragraphs)
    assert max(map(len, paragraphs)) < 800
    assert not any(re.search(r"  |^ | $", paragraph) for paragraph in paragraphs)


def test_no_sentence_is_copied_from_the_report_that_it_retells() -> None:
    folder = os.environ.get("ANNOTATOR_CORPUS")
    if not folder:
        pytest.skip("ANNOTATOR_CORPUS does not name the folder with the original report")
    original = (Path(folder) / "article.txt").read_text(encoding="utf-8")
    assert list_runs(read_sample()) & list_runs(original) == set()
