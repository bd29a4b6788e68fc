"""Documents drawn into train, dev and test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import UsageError
from annotator.session.splitting import PARTS, parse_shares, split_documents

if TYPE_CHECKING:
    from random import Random

ids = st.lists(st.text(st.characters(codec="utf-8"), max_size=8), unique=True, max_size=40)
seeds = st.integers()


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int, int]:
    train = draw(st.integers(0, 100))
    dev = draw(st.integers(0, 100 - train))
    return train, dev, 100 - train - dev


@given(ids, shares(), seeds)
def test_every_document_is_in_one_part(
    ids: list[str], shares: tuple[int, int, int], seed: int
) -> None:
    parts = split_documents(ids, shares, seed=seed)
    assert tuple(parts) == PARTS
    assert sorted(id_ for part in parts.values() for id_ in part) == sorted(ids)


@given(ids, shares(), seeds)
def test_no_part_is_a_document_off_its_share(
    ids: list[str], shares: tuple[int, int, int], seed: int
) -> None:
    parts = split_documents(ids, shares, seed=seed)
    for part, share in zip(parts.values(), shares, strict=True):
        assert abs(len(part) - len(ids) * share / 100) < 1
        if share == 0:
            assert part == []


@given(ids, shares(), seeds, st.randoms())
def test_the_order_in_which_they_come_draws_nothing(
    ids: list[str], shares: tuple[int, int, int], seed: int, random: Random
) -> None:
    shuffled = list(ids)
    random.shuffle(shuffled)
    one = split_documents(ids, shares, seed=seed)
    other = split_documents(shuffled, shares, seed=seed)
    assert {name: set(part) for name, part in one.items()} == {
        name: set(part) for name, part in other.items()
    }
    for part in one.values():
        assert part == sorted(part, key=ids.index)


def test_the_draw_is_known_and_another_seed_is_another() -> None:
    names = [f"document-{number}" for number in range(10)]
    assert split_documents(names, seed=1) == split_documents(names, seed=1)
    assert split_documents(names, seed=1) != split_documents(names, seed=2)
    assert [len(part) for part in split_documents(names, seed=1).values()] == [8, 1, 1]


def test_an_id_that_comes_twice_is_drawn_once() -> None:
    parts = split_documents(["a", "a"], seed=0)
    assert sum(len(part) for part in parts.values()) == 1


@pytest.mark.parametrize("wrong", [(0, 0, 0), (-1, 50, 51)])
def test_shares_of_nothing_are_refused(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(UsageError, match="shares"):
        split_documents(["a"], wrong, seed=0)


@given(shares())
def test_shares_are_read_as_they_are_written(shares: tuple[int, int, int]) -> None:
    assert parse_shares(",".join(map(str, shares))) == shares
    assert parse_shares(", ".join(map(str, shares))) == shares


@pytest.mark.parametrize(
    "wrong",
    ["", "80", "80,20", "80,10,5", "80,10,10,0", "a,b,c", "110,-10,0", "80;10;10", "٨٠,10,10"],
)
def test_other_shares_are_refused_with_an_example(wrong: str) -> None:
    with pytest.raises(UsageError, match="80,10,10"):
        parse_shares(wrong)
