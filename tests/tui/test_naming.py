"""What is typed wins; with nothing typed, the first offer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.tui.naming import Naming

OFFERS = ("Western diplomat", "Reuters", "the Diplomatic Post", "mayor")
NAMES = st.lists(st.text("ab W", min_size=1, max_size=6), max_size=5).map(tuple)


def open_naming(had: str = "") -> Naming:
    return Naming(OFFERS, had=had, typed=had)


def test_with_nothing_typed_it_is_the_first_offer() -> None:
    assert open_naming().decision == "Western diplomat"
    assert open_naming().type("x").type("").decision == "Western diplomat"
    assert Naming(()).decision == ""


def test_what_is_typed_wins_though_an_offer_begins_so() -> None:
    assert open_naming().type("Reu").decision == "Reu"


def test_a_name_that_is_there_is_kept_and_goes_with_the_emptied_line() -> None:
    assert open_naming("Ana").decision == "Ana"
    assert open_naming("Ana").listed == OFFERS
    assert open_naming("Ana").type("").decision == ""
    assert open_naming("Ana").type("").step(1).decision == "Western diplomat"


def test_typing_narrows_words_that_begin_so_first() -> None:
    assert open_naming().type("e").listed == ("Western diplomat", "Reuters", "the Diplomatic Post")
    assert open_naming().type("DIP").listed == ("Western diplomat", "the Diplomatic Post")
    assert open_naming().type("t").listed[0] == "the Diplomatic Post"
    assert open_naming().type("zzz").listed == ()


def test_arrows_choose_and_typing_lets_go() -> None:
    assert open_naming().step(1).decision == "Reuters"
    assert open_naming().type("dip").step(1).decision == "Western diplomat"
    assert open_naming().type("dip").step(1).step(1).step(1).decision == "the Diplomatic Post"
    assert open_naming().type("dip").step(1).step(-1).decision == "dip"
    assert open_naming().step(1).type("x").decision == "x"


def test_completing_writes_the_chosen_offer_or_the_first() -> None:
    assert open_naming().complete().typed == "Western diplomat"
    assert open_naming().type("po").complete().typed == "the Diplomatic Post"
    assert open_naming().step(1).complete().decision == "Reuters"
    assert open_naming().type("zzz").complete().typed == "zzz"


@given(NAMES, st.text("ab W", max_size=5), st.lists(st.sampled_from([-1, 1]), max_size=6))
def test_what_is_decided_is_what_is_typed_or_an_offer(
    offers: tuple[str, ...], typed: str, steps: list[int]
) -> None:
    naming = Naming(offers).type(typed)
    for step in steps:
        naming = naming.step(step)
        assert naming.decision in {typed.strip(), *offers}
        assert naming.cursor is None or 0 <= naming.cursor < len(naming.listed)
