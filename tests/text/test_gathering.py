"""Sentences gathered to a document: each where it stood, and nothing left out unsaid."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.span import Span
from annotator.text.gathering import Example, choose_labels, gather
from annotator.text.origin import Origin

words = st.text(st.sampled_from("ab. 🔥\r\n\x00\u0301"), max_size=6)
places = st.none() | st.builds(lambda at, size: Span(at, at + size), st.integers(0, 20), st.just(4))
origins = st.builds(
    Origin,
    document=st.none() | st.just("d"),
    span=places,
    paragraph=st.none() | st.integers(0, 3),
    before=st.sampled_from([None, "", " ", "\r\n", "\n\n"]),
    after=st.sampled_from([None, "\n"]),
    note=st.sampled_from([None, "why"]),
)
examples = st.lists(
    st.builds(
        Example,
        st.just("line 1"),
        words,
        origins,
        st.lists(st.sampled_from(["claim", "denial"]), max_size=2).map(tuple),
        st.sampled_from([None, "ana"]),
    ),
    max_size=6,
)


def place(text: str, start: int, *, before: str = " ", paragraph: int = 0) -> Example:
    span = Span(start, start + len(text))
    origin = Origin(document="d", span=span, paragraph=paragraph, before=before)
    return Example(f"at {start}", text, origin)


@given(examples)
def test_each_example_has_a_place_or_is_named(found: list[Example]) -> None:
    gathered = gather(found)
    assert len(gathered.placed) + len(gathered.remarks) == len(found)
    sentences = [span for _, span in gathered.cut]
    assert {span for _, span in gathered.placed} <= set(sentences)
    assert set(gathered.moved.values()) <= set(sentences)
    end = 0
    for span in sentences:
        assert end <= span.start < span.end <= len(gathered.text)
        end = span.end
    paragraphs = [paragraph for paragraph, _ in gathered.cut]
    assert paragraphs == sorted(paragraphs)


@given(examples)
def test_a_reviewer_says_one_thing_of_a_sentence_and_what_is_dropped_is_named(
    found: list[Example],
) -> None:
    placed = gather(found).placed
    chosen, remarks = choose_labels(placed)
    keys = [(example.reviewer, span) for example, span, _ in chosen]
    assert len(keys) == len(set(keys))
    for example, span in placed:
        key = (example.reviewer, span)
        labels = {label for one, at, label in chosen if (one.reviewer, at) == key}
        assert not example.labels or labels & {"claim", "denial"}
        dropped = set(example.labels) - labels
        assert not dropped or remarks


def test_sentences_in_any_order_stand_as_in_the_document_that_they_are_of() -> None:
    text = "One. Two.\r\n\r\nThree."
    one, two = place("One.", 0, before=""), place("Two.", 5)
    three = place("Three.", 13, before="\r\n\r\n", paragraph=1)
    gathered = gather([three, one, two])
    assert gathered.text == text.replace("\r", "")
    assert gathered.cut == ((0, Span(0, 4)), (0, Span(5, 9)), (1, Span(11, 17)))
    assert gathered.moved[Span(13, 19)] == Span(11, 17)
    assert [example for example, _ in gathered.placed] == [three, one, two]


def test_without_places_each_text_is_a_paragraph_in_the_order_in_which_it_came() -> None:
    texts = [Example(f"line {at}", text, Origin()) for at, text in enumerate("BAB", 1)]
    gathered = gather(texts)
    assert gathered.text == "B\n\nA"
    assert [span for _, span in gathered.placed] == [Span(0, 1), Span(3, 4), Span(0, 1)]


def test_what_overlaps_or_differs_or_is_blank_is_left_out_and_named() -> None:
    found = [place("One.", 0, before=""), place("e. T", 2), place("Uno.", 0), place("   ", 20)]
    gathered = gather(found)
    assert gathered.remarks == (
        "at 2 left out: it overlaps another sentence",
        "at 0 left out: it overlaps another sentence",
        "at 20 left out: its text is blank",
    )
    assert len(gathered.placed) == len(gathered.cut) == 1


def test_the_first_label_counts_and_what_says_nothing_is_nothing() -> None:
    span = Span(0, 4)
    says = [
        Example("line 1", "One.", Origin(), (), "ana"),
        Example("line 2", "One.", Origin(), ("claim", "denial"), "ana"),
        Example("line 3", "One.", Origin(note="why"), (), "ben"),
    ]
    chosen, remarks = choose_labels([(example, span) for example in says])
    assert [(example.place, label) for example, _, label in chosen] == [
        ("line 2", "claim"),
        ("line 3", None),
    ]
    assert remarks == ["line 2: the label 'denial' left out, after 'claim'"]
