"""What is chosen in the picker, whatever it looks like."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.session.offers import Offer
from annotator.tui.choice import Choice


def offer(index: int, text: str = "The dam broke.", speaker: str | None = None) -> Offer:
    return Offer(index, text, "claim", speaker, (), False, False)


OFFERS = st.lists(
    st.builds(
        offer,
        st.integers(0, 99),
        st.lists(st.sampled_from(["dam", "River", "14", "mayor"]), max_size=3).map(" ".join),
        st.sampled_from([None, "Ana", "the mayor"]),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda made: made.index,
).map(tuple)
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("toggle"), st.integers(-1, 12)),
        st.tuples(st.just("go_to"), st.integers(-3, 14)),
        st.tuples(st.just("narrow"), st.sampled_from(["", "dam", "RIVER dam", "may", "14", "x"])),
        st.tuples(st.just("widen"), st.none()),
    ),
    max_size=12,
)


@given(OFFERS, st.booleans(), MOVES)
def test_whatever_is_done_the_cursor_is_on_the_list_and_the_decision_among_the_offers(
    offers: tuple[Offer, ...], clears: bool, moves: list[tuple[str, int | str | None]]
) -> None:
    choice = Choice(offers, frozenset(), clears=clears)
    for move, to in moves:
        match move, to:
            case "toggle", int(position):
                before = choice.chosen
                choice = choice.toggle(position)
                assert len(before ^ choice.chosen) == (0 <= position < len(choice.listed))
            case "go_to", int(position):
                choice = choice.go_to(position)
            case "narrow", str(words):
                choice = choice.narrow(words)
            case _:
                here = choice.listed[choice.cursor : choice.cursor + 1]
                choice = choice.widen()
                assert choice.listed == offers
                assert not here or choice.listed[choice.cursor] == here[0]
        assert 0 <= choice.cursor < max(len(choice.listed), 1)
        assert set(choice.decision) <= {offer.index for offer in offers}
        assert list(choice.decision) == sorted(choice.decision)
        if choice.chosen:
            assert set(choice.decision) == choice.chosen
        elif clears:
            assert choice.decision == ()
        else:
            assert len(choice.decision) == bool(choice.listed)
        assert choice.can_save == (clears or bool(choice.decision))


def test_nothing_chosen_means_the_offer_at_the_cursor_the_first_one_unless_it_was_moved() -> None:
    choice = Choice((offer(7), offer(3), offer(1)), frozenset())
    assert choice.decision == (7,)
    assert choice.go_to(1).decision == (3,)
    assert choice.go_to(1).toggle(2).decision == (1,)
    assert choice.toggle(0).toggle(2).decision == (1, 7)


def test_what_was_chosen_stays_chosen_when_the_list_is_narrowed() -> None:
    choice = Choice((offer(7), offer(3, "A mayor.", "Ana")), frozenset()).toggle(0).narrow("ANA")
    assert [offer.index for offer in choice.listed] == [3]
    assert choice.toggle(0).decision == (3, 7)


def test_a_number_goes_to_its_sentence() -> None:
    choice = Choice((offer(1, "In 2014"), offer(3, "1 January"), offer(13)), frozenset())
    assert [offer.index for offer in choice.narrow("14").listed] == [1, 13]
    assert choice.narrow("14").decision == (13,)
    assert not choice.narrow("14").names_another
    assert choice.narrow("1").names_another
    assert not choice.narrow("1" * 30).names_another
    assert choice.narrow("1").add(offer(0)).decision == (0,)
