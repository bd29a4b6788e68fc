"""What is found where, and what a sieve lets through: against the plainest way of asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.model.document import Article
from annotator.model.scheme import FACT_CHECK
from annotator.model.sieve import Sieve
from annotator.model.span import Span
from annotator.session.finding import (
    MOST,
    Finder,
    Sifted,
    count_sieves,
    find_open_among,
    list_sieves,
    sift,
)
from annotator.store.memory import MemoryStore
from annotator.text.find import fold
from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.session import Library, Session

LINES = st.lists(
    st.text(st.sampled_from("abB’' ,“"), min_size=1, max_size=12).map(str.strip).filter(bool),
    min_size=1,
    max_size=12,
)
WORDS = st.text(st.sampled_from("abB'\" \n"), max_size=3)


def open_lines(lines: Sequence[str], between: str = "\n") -> Session:
    """A document whose sentences are these lines."""
    text, spans = "", []
    for line in lines:
        spans.append(Span(len(text), len(text) + len(line)))
        text += line + between
    library = make_library(MemoryStore())
    added = library.add(Article(text=text, title="A"), spans=spans, paragraphs=[0] * len(spans))
    return library.open(added.document)


@given(LINES, WORDS, st.sampled_from(["\n", "", " "]))
def test_every_sentence_with_the_words_is_found_and_no_other(
    lines: list[str], words: str, between: str
) -> None:
    session = open_lines(lines, between)
    having = [
        index for index, line in enumerate(lines) if words.strip() and fold(words) in fold(line)
    ]
    matches = Finder(session).find(words)
    assert list(matches.indexes) == having
    assert matches.is_complete
    assert [matches.rank(index) for index in having] == list(range(1, len(having) + 1))


@given(LINES, WORDS, st.data())
def test_from_anywhere_the_nearest_in_either_direction_is_found_round_the_ends(
    lines: list[str], words: str, data: st.DataObject
) -> None:
    finder = Finder(open_lines(lines))
    having = list(finder.find(words).indexes)
    here = data.draw(st.integers(0, len(lines) - 1))
    from_here = [index for index in having if index >= here]
    after = [index for index in having if index > here]
    before = [index for index in having if index < here]
    assert finder.seek_from(words, here) == next(iter([*from_here, *having]), None)
    assert finder.seek_next(words, here) == next(iter([*after, *having]), None)
    assert finder.seek_previous(words, here) == next(iter([*before[::-1], *having[::-1]]), None)


def test_words_across_two_sentences_are_no_match(library: Library) -> None:
    session = library.open(put(library, article(3)))
    assert Finder(session).find("it.\nThe").indexes == ()
    assert Finder(session).find("it. The").indexes == ()
    assert Finder(session).find("PART 2").indexes == (1,)


def test_counting_ends_somewhere_and_seeking_does_not(library: Library) -> None:
    session = library.open(put(library, article(MOST + 20)))
    finder = Finder(session)
    matches = finder.find("harbour")
    assert (len(matches.indexes), matches.is_complete) == (MOST, False)
    assert finder.seek_next("harbour", MOST + 10) == MOST + 11
    assert matches.rank(MOST + 11) is None


def test_a_sentence_that_was_cut_meanwhile_is_found_where_it_is_now(library: Library) -> None:
    session = library.open(put(library, article(4)))
    finder = Finder(session)
    assert finder.seek_from("part 3", 0) == 2
    session.split(0, 13)
    again = Finder(session)
    assert again.seek_from("part 3", 0) == 3


@given(st.sets(st.integers(0, 30), min_size=1), st.integers(0, 30), st.integers(-40, 40))
def test_steps_stay_among_what_was_sifted(indexes: set[int], start: int, step: int) -> None:
    ordered = sorted(indexes)
    sifted = Sifted(Sieve("any"), tuple(ordered))
    aim = sifted.step(start, step)
    assert aim in indexes
    if start in indexes:
        at = ordered.index(start) + step
        assert aim == ordered[max(0, min(at, len(ordered) - 1))]
        assert start in sifted
    nearest = sifted.find_nearest(start)
    assert abs(nearest - start) == min(abs(index - start) for index in indexes)


def test_each_sieve_counts_what_it_lets_through(library: Library) -> None:
    session = library.open(put(library, article(6)))
    session.annotate(0, "claim")
    session.annotate(1, "claim")
    session.annotate(2, "denial")
    session.link(2, [0])
    session.annotate(3, "denial")
    session.flag_unsure(3, unsure=True)
    session.note(4, "why")
    counts = count_sieves(session)
    assert {sieve.name: count for sieve, count in counts} == {
        "claim": 2,
        "denial": 2,
        "background": 0,
        "no label": 2,
        "unsure": 1,
        "with a note": 1,
        "denial without a claim": 1,
        "claim that nobody denies": 1,
    }
    for sieve, count in counts:
        assert len(sift(session, sieve).indexes) == count
    found = {sieve.name: sift(session, sieve).indexes for sieve, _ in counts}
    assert found["denial without a claim"] == (3,)
    assert found["claim that nobody denies"] == (1,)


def test_every_sieve_of_a_scheme_has_a_name_of_its_own() -> None:
    names = [sieve.name for sieve in list_sieves(FACT_CHECK)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("start", "backwards", "found"),
    [(1, False, [2, 5, 0]), (1, True, [0, 5, 2]), (2, False, [2, 5, 0]), (5, True, [5, 2, 0])],
)
def test_what_is_open_among_some_is_found_round_the_end(
    library: Library, start: int, backwards: bool, found: list[int]
) -> None:
    session = library.open(put(library, article(6)))
    session.annotate(1, "claim")
    order = find_open_among(session, [0, 1, 2, 5], start=start, backwards=backwards)
    assert list(order) == found


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(LINES, st.lists(WORDS, max_size=4))
def test_what_was_looked_for_before_changes_nothing(lines: list[str], words: list[str]) -> None:
    session = open_lines(lines)
    finder = Finder(session)
    for one in words:
        assert finder.find(one) == Finder(session).find(one)
