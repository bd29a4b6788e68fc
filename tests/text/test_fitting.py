"""A cut made to fit labelled spans: laws over any text, and the cases by name."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.span import Span
from annotator.text.fitting import fit, trim
from annotator.text.segment import find_paragraphs, segment

texts = st.text(st.sampled_from("ab. \n\t🔥\u0301\u00a0”"), max_size=60)
spans = st.lists(st.builds(Span, st.integers(-2, 62), st.integers(-2, 62)), max_size=6)


def cut_up(text: str) -> list[tuple[int, Span]]:
    sentences = segment(text)
    return list(zip(find_paragraphs(text, sentences), sentences, strict=True))


@given(texts, spans)
def test_sentences_are_sorted_disjoint_and_without_white_space_at_their_edges(
    text: str, given_spans: list[Span]
) -> None:
    fitted, _ = fit(text, cut_up(text), given_spans)
    ends = [0, *(span.end for _, span in fitted)]
    for (_, span), end in zip(fitted, ends, strict=False):
        assert end <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()


@given(texts, spans)
def test_every_character_stands_in_a_sentence_and_paragraphs_never_fall(
    text: str, given_spans: list[Span]
) -> None:
    fitted, _ = fit(text, cut_up(text), given_spans)
    covered = {at for _, span in fitted for at in range(span.start, span.end)}
    assert all(at in covered for at, character in enumerate(text) if not character.isspace())
    paragraphs = [paragraph for paragraph, _ in fitted]
    assert paragraphs == sorted(paragraphs)


@given(texts, spans)
def test_a_span_is_a_sentence_or_left_out_for_a_reason(text: str, given_spans: list[Span]) -> None:
    fitted, left_out = fit(text, cut_up(text), given_spans)
    sentences = {span for _, span in fitted}
    for span in given_spans:
        if span not in left_out:
            assert trim(text, span) in sentences
            continue
        within = 0 <= span.start < span.end <= len(text)
        trimmed = trim(text, span) if within else Span(0, 0)
        others = [trim(text, one) for one in given_spans if one not in left_out]
        overlapped = any(one.start < trimmed.end and one.end > trimmed.start for one in others)
        assert trimmed.start == trimmed.end or overlapped


@given(texts, st.data())
def test_nothing_changes_where_the_spans_are_sentences(text: str, data: st.DataObject) -> None:
    cut = cut_up(text)
    some = data.draw(st.lists(st.sampled_from(cut), max_size=5)) if cut else []
    assert fit(text, cut, [span for _, span in some]) == (cut, [])


@given(texts, spans)
def test_a_fitted_cut_fits(text: str, given_spans: list[Span]) -> None:
    fitted, left_out = fit(text, cut_up(text), given_spans)
    rest = [span for span in given_spans if span not in left_out]
    assert fit(text, fitted, rest) == (fitted, [])


def test_a_span_within_a_sentence_leaves_its_rests() -> None:
    text = "He said it broke, she did not."
    fitted, _ = fit(text, [(3, Span(0, 30))], [Span(7, 17)])
    assert [(number, text[one.start : one.end]) for number, one in fitted] == [
        (3, "He said"),
        (3, "it broke,"),
        (3, "she did not."),
    ]


def test_a_span_over_a_paragraphs_end_is_of_the_first() -> None:
    text = "One. Two.\n\nThree. Four."
    assert fit(text, cut_up(text), [Span(5, 17)])[0] == [
        (0, Span(0, 4)),
        (0, Span(5, 17)),
        (1, Span(18, 23)),
    ]


def test_of_spans_that_overlap_the_first_has_the_room_then_the_longest() -> None:
    text = "One two three."
    cut = [(0, Span(0, 14))]
    assert fit(text, cut, [Span(4, 14), Span(0, 3), Span(0, 7)]) == (
        [(0, Span(0, 7)), (0, Span(8, 14))],
        [Span(0, 3), Span(4, 14)],
    )


def test_what_no_sentence_covered_is_of_the_paragraph_before() -> None:
    text = "One. Two. Three."
    cut = [(0, Span(0, 4)), (1, Span(10, 16))]
    assert fit(text, cut, [Span(5, 9)])[0] == [
        (0, Span(0, 4)),
        (0, Span(5, 9)),
        (1, Span(10, 16)),
    ]
    assert fit(text, [], [Span(5, 9)])[0] == [(0, Span(5, 9))]
