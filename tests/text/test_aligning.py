"""Which sentence of an older text is which of a newer one."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text import aligning
from annotator.text.aligning import Fate, Match, align

STORY = [
    "The bridge over the harbour was closed on Monday morning.",
    "The mayor said that it was safe for everybody.",
    "An engineer of the port authority denied that.",
    "Nobody was hurt.",
    "A report is expected in two weeks' time.",
]
FEW = st.sampled_from(
    [
        "Yes.",
        "No.",
        "It rained all day.",
        "It rained all night.",
        "",
        "雨が降った。",
        "雨は降った。",
    ]
)
TEXTS = st.lists(FEW | st.text(max_size=8), max_size=30)


def describe(old: list[str], new: list[str]) -> list[tuple[int, int, str]]:
    return [(match.old, match.new, match.fate.value) for match in align(old, new)]


@given(TEXTS)
def test_a_text_is_aligned_to_itself_as_kept(texts: list[str]) -> None:
    everything = [Match(index, index, Fate.KEPT) for index in range(len(texts))]
    assert align(texts, list(texts)) == everything


@given(TEXTS, TEXTS)
def test_no_sentence_is_in_two_matches(old: list[str], new: list[str]) -> None:
    matches = align(old, new)
    assert len({match.old for match in matches}) == len({match.new for match in matches})
    assert len({match.old for match in matches}) == len(matches)
    assert [match.old for match in matches] == sorted(match.old for match in matches)
    assert all(match.old < len(old) and match.new < len(new) for match in matches)


@given(TEXTS, TEXTS)
def test_kept_and_moved_ones_are_equal_and_changed_ones_are_not(
    old: list[str], new: list[str]
) -> None:
    for match in align(old, new):
        assert (old[match.old] == new[match.new]) is (match.fate is not Fate.CHANGED)


@given(TEXTS, TEXTS)
def test_kept_ones_keep_their_order(old: list[str], new: list[str]) -> None:
    kept = [match.new for match in align(old, new) if match.fate is Fate.KEPT]
    assert kept == sorted(kept)


@given(TEXTS, TEXTS)
def test_no_sentence_that_both_have_is_left(old: list[str], new: list[str]) -> None:
    matches = align(old, new)
    taken = [old[match.old] for match in matches if match.fate is not Fate.CHANGED]
    for text in set(old) & set(new):
        assert taken.count(text) == min(old.count(text), new.count(text))


@given(TEXTS, TEXTS)
def test_the_same_texts_are_aligned_the_same_way(old: list[str], new: list[str]) -> None:
    assert align(old, new) == align(tuple(old), tuple(new))


@given(TEXTS, TEXTS, st.integers(0, 30))
def test_sentences_put_in_between_move_nothing(texts: list[str], fresh: list[str], at: int) -> None:
    added = [f"{text} #" for text in fresh if f"{text} #" not in texts]
    found = align(texts, [*texts[:at], *added, *texts[at:]])
    assert [match.fate for match in found] == [Fate.KEPT] * len(texts)


@given(TEXTS, st.data())
def test_sentences_taken_away_leave_the_others_kept(texts: list[str], data: st.DataObject) -> None:
    kept = data.draw(
        st.lists(st.sampled_from(range(len(texts))), unique=True) if texts else st.just([])
    )
    left = [texts[index] for index in sorted(kept)]
    found = [match for match in align(texts, left) if match.fate is not Fate.CHANGED]
    assert len(found) == len(left)
    if len(set(texts)) == len(texts):
        assert [match.old for match in found] == sorted(kept)
        assert all(match.fate is Fate.KEPT for match in found)


def test_a_sentence_elsewhere_is_moved_and_the_others_are_kept() -> None:
    new = [STORY[0], STORY[2], STORY[3], STORY[4], STORY[1]]
    assert describe(STORY, new) == [
        (0, 0, "kept"),
        (1, 4, "moved"),
        (2, 1, "kept"),
        (3, 2, "kept"),
        (4, 3, "kept"),
    ]


@pytest.mark.parametrize(
    "newer",
    [
        "The mayor said on Monday that it was safe for everybody.",
        "The mayor said that it was not safe for everybody.",
        "The mayor said that it was safe.",
        "THE MAYOR SAID that it was safe for everybody!",
    ],
)
def test_a_sentence_that_differs_a_little_is_changed(newer: str) -> None:
    new = [STORY[0], newer, *STORY[2:]]
    assert describe(STORY, new)[1] == (1, 1, "changed")


@pytest.mark.parametrize(
    "newer", ["Trains run as usual.", "It rained.", "Officials gave no comment on the matter."]
)
def test_another_sentence_in_its_place_is_not(newer: str) -> None:
    new = [STORY[0], newer, *STORY[2:]]
    assert [match.old for match in align(STORY, new)] == [0, 2, 3, 4]


def test_of_several_similar_ones_each_goes_to_the_most_similar() -> None:
    old = ["Ten people were hurt in the fire.", "Two people were hurt in the storm."]
    new = ["Two people were badly hurt in the storm.", "Ten people were badly hurt in the fire."]
    assert describe(old, new) == [(0, 1, "changed"), (1, 0, "changed")]


def test_a_sentence_moved_and_hardly_changed_is_found() -> None:
    new = [*STORY[1:4], "Something quite different happened.", STORY[4]]
    new.append(STORY[0].replace("Monday", "Tuesday"))
    assert describe(STORY, new)[0] == (0, 5, "changed")


def test_a_script_without_spaces_is_compared_by_characters() -> None:
    old = ["市長は橋が安全だと述べた。", "技師はそれを否定した。"]
    new = ["市長は月曜日に橋が安全だと述べた。", "雨。"]
    assert describe(old, new) == [(0, 0, "changed")]


def test_repeated_sentences_are_told_apart_by_their_neighbours() -> None:
    old = ["Yes.", "One fine day.", "Yes.", "Two of them.", "Yes."]
    new = ["One fine day.", "Yes.", "Two of them.", "Yes."]
    assert [match.old for match in align(old, new)] == [1, 2, 3, 4]


@pytest.mark.parametrize("small", [0, 64 * 64])
@pytest.mark.parametrize("rounds", [0, 8])
def test_the_bounds_on_time_change_no_law(
    small: int, rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aligning, "_SMALL", small)
    monkeypatch.setattr(aligning, "_ROUNDS", rounds)
    chance = random.Random(4)
    for _ in range(50):
        old, new = (chance.choices(["Yes.", "No.", *STORY], k=30) for _ in range(2))
        matches = align(old, new)
        assert len({match.new for match in matches}) == len(matches)
        kept = [match.new for match in matches if match.fate is Fate.KEPT]
        assert kept == sorted(kept)
        equal = [match for match in matches if match.fate is not Fate.CHANGED]
        assert len(equal) == sum(min(old.count(text), new.count(text)) for text in set(old))


def test_many_sentences_are_aligned() -> None:
    old = [f"Sentence {number} says what {number * 7} said." for number in range(20_000)]
    new = [text.replace("says", "said") if at % 20 == 0 else text for at, text in enumerate(old)]
    fates = [match.fate for match in align(old, new)]
    assert (fates.count(Fate.KEPT), fates.count(Fate.CHANGED)) == (19_000, 1_000)


def test_very_long_sentences_are_compared_by_their_words() -> None:
    words = [f"word{number}" for number in range(5_000)]
    old, new = " ".join(words), " ".join(words[:-20])
    assert describe([old], [new]) == [(0, 0, "changed")]


def pair_slowly(old: list[str], new: list[str]) -> int:
    """How many sentences are in an order that both have: the longest common subsequence."""
    row = [0] * (len(new) + 1)
    for before in old:
        left = row
        row = [0]
        for place, after in enumerate(new, 1):
            row.append(left[place - 1] + 1 if before == after else max(left[place], row[-1]))
    return row[-1]


@given(st.permutations(range(8)), st.sets(st.integers(0, 7)))
def test_of_sentences_that_stand_once_as_many_as_can_be_are_kept(
    order: list[int], gone: set[int]
) -> None:
    names = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel"]
    new = [names[place] for place in order if place not in gone]
    fates = [match.fate for match in align(names, new)]
    assert fates.count(Fate.KEPT) == pair_slowly(names, new)
    assert fates.count(Fate.MOVED) == len(new) - pair_slowly(names, new)


def test_of_two_that_are_alike_the_more_alike_was_changed() -> None:
    old = ["The mayor said that the old bridge was safe for everybody."]
    new = [
        "The mayor said that a bridge was there for many years and for everybody in the old town.",
        "The mayor said that the old bridge was safe for nobody.",
    ]
    assert describe(old, new) == [(0, 1, "changed")]
    assert describe(old, new[::-1]) == [(0, 0, "changed")]


def test_what_was_put_in_front_moves_what_was_changed_no_further() -> None:
    old = ["Yes.", "The bridge was closed on Monday.", "No."]
    new = ["It rained.", "Yes.", "It snowed.", "The bridge was closed on Tuesday.", "No.", "End."]
    assert describe(old, new) == [(0, 1, "kept"), (1, 3, "changed"), (2, 4, "kept")]
