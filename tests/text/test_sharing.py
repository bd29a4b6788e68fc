"""Words that two sentences share, near enough."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.sharing import find_places, find_shared, find_words

SENTENCES = st.lists(
    st.sampled_from(["attack", "attacks", "Syria", "Syrian", "dam", "2014", "the", "ÉCOLE", "“"])
    | st.text(max_size=6),
    max_size=12,
).map(" ".join)


@pytest.mark.parametrize(
    ("text", "other", "shared"),
    [
        ("Two attacks in Syria.", "A Syrian attack?", ("attacks", "syria")),
        ("The mayor’s letters", "a letter to the Mayor", ("mayor", "letters")),
        ("The bank denied it, she said.", "They said that it was denied.", ()),
        ("One in 2014, one in 2015.", "In 2013 and 2014", ("2014",)),
        ("an interview", "the interior", ()),
        ("A dam in May", "the dam of May", ()),
        ("Die Regierung leugnet", "DIE REGIERUNGEN", ("regierung",)),
        ("", "anything", ()),
    ],
)
def test_words_are_shared_in_any_form_and_empty_ones_are_not(
    text: str, other: str, shared: tuple[str, ...]
) -> None:
    assert find_shared(text, other) == shared


@given(SENTENCES, SENTENCES)
def test_what_is_shared_comes_from_the_first_and_is_shared_both_ways(text: str, other: str) -> None:
    shared = find_shared(text, other)
    assert [word for word in find_words(text) if word in shared] == list(shared)
    assert bool(shared) == bool(find_shared(other, text))
    assert find_shared(text, text) == find_words(text)


@given(SENTENCES)
def test_each_word_is_found_where_it_stands(text: str) -> None:
    words = find_words(text)
    places = find_places(text, words)
    found = {
        text[start:end].casefold().replace("’", "'").removesuffix("'s") for start, end in places
    }
    assert found == set(words)
    assert places == sorted(places)
