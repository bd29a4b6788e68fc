"""Sorting and filtering the library."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.document import Document, Shelved
from annotator.session.shelving import (
    Sort,
    describe_share,
    filter_documents,
    keep_order,
    sort_documents,
)
from annotator.text.find import fold

if TYPE_CHECKING:
    import random

BLANK = Document(
    id="",
    title="",
    source=None,
    author=None,
    published=None,
    language="en",
    sha256="",
    imported_at="2026-11-23T12:00:00Z",
    replaces=None,
    sentence_count=1,
    deleted=False,
)


@st.composite
def shelved(draw: st.DrawFn) -> Shelved:
    count = draw(st.integers(1, 9))
    document = replace(
        BLANK,
        id=f"{draw(st.integers(0, 10**6)):016x}",
        title=draw(st.text("abAB “’İ", max_size=4)),
        author=draw(st.none() | st.text("abc ", max_size=3)),
        source=draw(st.none() | st.text("xyz", max_size=3)),
        published=draw(st.none() | st.just("2026-11-23")),
        sentence_count=count,
    )
    mine = draw(st.integers(0, count))
    changed_at = f"2026-11-{draw(st.integers(1, 30)):02}T12:00:00Z"
    return Shelved(document, mine, mine, (), changed_at)


lists = st.lists(shelved(), max_size=8, unique_by=lambda found: found.document.id)


@given(lists, st.sampled_from(Sort), st.randoms())
def test_the_order_does_not_depend_on_how_they_came(
    listed: list[Shelved], sort: Sort, chance: object
) -> None:
    assert sort_documents(listed[::-1], sort) == sort_documents(listed, sort)
    assert sorted(map(id, sort_documents(listed, sort))) == sorted(map(id, listed))


@given(lists)
def test_each_sort_puts_first_what_it_says(listed: list[Shelved]) -> None:
    titles = [fold(found.document.title) for found in sort_documents(listed, Sort.TITLE)]
    assert titles == sorted(titles)
    parts = [
        found.labelled_by_me / found.document.sentence_count
        for found in sort_documents(listed, Sort.PROGRESS)
    ]
    assert parts == sorted(parts)
    times = [found.changed_at for found in sort_documents(listed, Sort.CHANGED)]
    assert times == sorted(times, reverse=True)
    counts = [found.document.sentence_count for found in sort_documents(listed, Sort.SENTENCES)]
    assert counts == sorted(counts, reverse=True)


@given(lists, st.text("abx ", max_size=4))
def test_a_filter_keeps_the_order_and_what_holds_every_word(
    listed: list[Shelved], words: str
) -> None:
    kept = filter_documents(listed, words)
    assert kept == [found for found in listed if found in kept]
    for found in listed:
        document = found.document
        parts = [document.title, document.author, document.source, document.published]
        holds = all(
            any(fold(word) in fold(part) for part in parts if part) for word in words.split()
        )
        assert (found in kept) is holds


@given(lists, st.text("abx ", max_size=3), st.text("abx ", max_size=3))
def test_more_words_never_bring_a_document_back(
    listed: list[Shelved], words: str, more: str
) -> None:
    narrower = filter_documents(listed, f"{words} {more}")
    assert narrower == filter_documents(filter_documents(listed, words), more)


def test_the_sorts_go_round() -> None:
    sort, seen = Sort.TITLE, []
    for _ in Sort:
        seen.append(sort)
        sort = sort.following
    assert (sort, set(seen)) == (Sort.TITLE, set(Sort))


@pytest.mark.parametrize(
    ("words", "fits"),
    [("OLSEN dam", True), ("2026", True), ("wire/", True), ("olsen port", False), ("  ", True)],
)
def test_author_source_and_date_are_looked_at_too(words: str, fits: bool) -> None:
    document = replace(
        BLANK, title="The Dam", author="B. Olsen", source="wire/dam.txt", published="2026-10-01"
    )
    assert bool(filter_documents([Shelved(document, 0, 0)], words)) is fits


@given(lists, st.sampled_from(Sort), st.data())
def test_what_is_mine_comes_first_and_of_that_what_is_not_finished(
    listed: list[Shelved], sort: Sort, data: st.DataObject
) -> None:
    marked = [replace(row, is_mine=data.draw(st.booleans())) for row in listed]
    found = sort_documents(marked, sort)
    ranks = [2 if not row.is_mine else int(row.is_finished) for row in found]
    assert ranks == sorted(ranks)
    for rank in range(3):
        group = [row for row, its in zip(found, ranks, strict=True) if its == rank]
        plain = [replace(row, is_mine=False) for row in group]
        assert plain == sort_documents(plain, sort)


@given(lists, lists, st.randoms(use_true_random=False))
def test_rows_that_were_there_keep_their_order_and_new_ones_follow_their_neighbours(
    old: list[Shelved], new: list[Shelved], chance: random.Random
) -> None:
    before = [row.key for row in old]
    fresh = [row for row in new if row.key not in before]
    now = sort_documents([*old, *fresh], Sort.TITLE)
    chance.shuffle(before)
    kept = [row.key for row in keep_order(before, now)]
    assert [key for key in kept if key in before] == before
    assert sorted(kept) == sorted(row.key for row in now)
    sorted_keys = [row.key for row in now]
    for row in fresh:
        ahead = sorted_keys[: sorted_keys.index(row.key)]
        if ahead:
            assert kept[kept.index(row.key) - 1] == ahead[-1]
        else:
            assert kept[0] == row.key


@given(st.integers(1, 5000), st.data())
def test_only_all_is_a_tick_and_only_nothing_is_0(total: int, data: st.DataObject) -> None:
    done = data.draw(st.integers(0, total))
    shown = describe_share(done, total)
    assert (shown == "✓") is (done == total)
    assert (shown == "0 %") is (done == 0)
