"""Where a sentence ends at the edges of the rules: credits, dots, abbreviations at the end."""

from __future__ import annotations

import pytest

from annotator.text.segment import segment


def cut(text: str) -> list[str]:
    return [text[span.start : span.end] for span in segment(text, language="en")]


@pytest.mark.parametrize(
    "caption", ["in Paris", "(in Paris)", "“in Paris”", '"Paris"', "in Paris."]
)
def test_a_photo_credit_is_apart_from_its_caption(caption: str) -> None:
    assert cut(f"A vigil {caption} Photo: AFP") == [f"A vigil {caption}", "Photo: AFP"]


@pytest.mark.parametrize("caption", ["A vigil in Paris,", "A vigil in Paris -"])
def test_a_caption_that_goes_on_holds_what_looks_like_a_credit(caption: str) -> None:
    assert cut(f"{caption} Photo: AFP") == [f"{caption} Photo: AFP"]


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_dots_before_i_lead_on_whichever_its_apostrophe(apostrophe: str) -> None:
    text = f"He said no... I{apostrophe}m sure of it."
    assert cut(text) == [text]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The answer is no.", "Smith left."],
        ["They took vitamin d.", "Doctors had advised it."],
        ["He chose option b.", "Nobody else did."],
        ["He works for Acme Inc.", "Shares fell."],
        ["He works for Acme Inc. shares fell."],
        ["He works for Acme Inc. (it fell) and left."],
        ["It is no. 5 of them."],
        ['"He said it."', "(Reuters, 2020) It fell."],
        ['"He said it."', "(It was late.)", "It fell."],
    ],
)
def test_what_may_be_short_for_something_ends_a_sentence_where_the_next_one_begins(
    sentences: list[str],
) -> None:
    assert cut(" ".join(sentences)) == sentences
