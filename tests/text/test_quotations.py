"""What a sentence quotes and what it says itself, though quotations run over several sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.quotations import QUOTED, find_quotation

MARKED = st.text('ab "“”„«» .,(', max_size=40)


@pytest.mark.parametrize(
    ("sentence", "own", "begins_inside", "ends_inside"),
    [
        ("The dam broke.", "The dam broke.", False, False),
        ('"It broke," she said.', "she said.", False, False),
        ('"That is an invention.', "", False, True),
        ('They wrote it," the mayor said.', "the mayor said.", True, False),
        ("“It broke,” she said. “It", "she said.", False, True),
        ('A "robust" reply (and "more").', "A  reply (and ).", False, False),
        ("Damascus's ally isn't “here”", "Damascus's ally isn't", False, False),
        ("", "", False, False),
    ],
)
def test_the_sentences_own_words_are_left(
    sentence: str, own: str, begins_inside: bool, ends_inside: bool
) -> None:
    quotation = find_quotation(sentence)
    assert quotation.rest.replace(QUOTED, "").strip() == own
    assert (quotation.begins_inside, quotation.ends_inside) == (begins_inside, ends_inside)


@given(MARKED)
def test_nothing_moves_and_nothing_is_changed_but_what_is_quoted(sentence: str) -> None:
    quotation = find_quotation(sentence)
    assert len(quotation.rest) == len(sentence)
    pairs = zip(quotation.rest, sentence, strict=True)
    assert all(kept in (QUOTED, character) for kept, character in pairs)


@given(MARKED)
def test_without_marks_nothing_is_quoted(sentence: str) -> None:
    plain = "".join(character for character in sentence if character not in '"“”„«»')
    assert find_quotation(plain).rest == plain
    assert not find_quotation(plain).is_quoted
