"""The names of sieves, the places of what was found, and the way there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotator.model.document import Article
from annotator.model.scheme import FACT_CHECK
from annotator.model.sieve import Sieve
from annotator.session import finding
from annotator.session.finding import (
    Finder,
    Matches,
    Sifted,
    find_open_among,
    list_sieves,
    sift,
)
from annotator.session.paths import Completion, complete_path
from annotator.session.speakers import _is_inside
from annotator.store.memory import MemoryStore
from tests.builders import article, make_library, put
from tests.schemes import STANCE

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.model.document import Place
    from annotator.session.labelling import Session


@pytest.fixture
def session() -> Session:
    library = make_library(MemoryStore())
    return library.open(put(library, article(60)))


def test_the_sieves_of_a_scheme_are_these() -> None:
    assert list_sieves(FACT_CHECK) == [
        Sieve("claim", labels=("claim",)),
        Sieve("denial", labels=("denial",)),
        Sieve("background", labels=("background",)),
        Sieve("no label", unlabelled=True),
        Sieve("unsure", unsure=True),
        Sieve("with a note", noted=True),
        Sieve("denial without a claim", unlinked=("denial",)),
        Sieve("claim that nobody denies", undenied=("claim",)),
    ]
    labels = tuple(replace(label, denies=()) for label in STANCE.labels)
    names = [sieve.name for sieve in list_sieves(replace(STANCE, labels=labels))]
    assert names == ["for", "against", "neither", "no label", "unsure", "with a note"]


def test_a_label_that_only_denies_its_like_has_sieves_too() -> None:
    labels = tuple(
        replace(label, denies=("denial",) if label.name == "denial" else ())
        for label in FACT_CHECK.labels
    )
    assert [sieve.name for sieve in list_sieves(replace(FACT_CHECK, labels=labels))[-2:]] == [
        "denial without a denial",
        "denial that nobody denies",
    ]


def test_a_place_among_what_was_found_counts_from_one() -> None:
    for found in (Matches("x", (2, 5, 9)), Sifted(Sieve("any"), (2, 5, 9))):
        assert [found.rank(index) for index in (1, 2, 5, 6, 9, 10)] == [None, 1, 2, None, 3, None]


def test_of_two_as_near_the_later_is_the_nearest() -> None:
    sifted = Sifted(Sieve("any"), (2, 6))
    assert [sifted.find_nearest(index) for index in (0, 3, 4, 5, 9)] == [2, 2, 6, 6, 6]
    assert [sifted.step(index, 1) for index in (0, 2, 4, 6)] == [2, 6, 6, 6]
    assert [sifted.step(index, -1) for index in (0, 4, 6, 9)] == [2, 2, 2, 6]


def test_words_are_matched_folded_and_told_so(session: Session) -> None:
    found = Finder(session).find("PART 2 of")
    assert found == Matches("part 2 of", (1,), is_complete=True)
    assert Finder(session).find(" ") == Matches(" ", (), is_complete=True)


def test_the_sentences_of_what_is_found_are_asked_for_at_once(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    find_index = session.store.find_index

    def ask(id_: str, *, start: int) -> int | None:
        asked.append(id_)
        return find_index(id_, start=start)

    monkeypatch.setattr(session.store, "find_index", ask)
    assert len(Finder(session).find("harbour").indexes) == 60
    assert asked == []


def test_where_counting_ends_is_not_complete(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST", 3)
    assert Finder(session).find("harbour") == Matches("harbour", (0, 1, 2), False)
    monkeypatch.setattr(finding, "MOST", 60)
    assert Finder(session).find("harbour").is_complete


@pytest.mark.parametrize("backwards", [False, True])
def test_what_is_open_further_on_is_sifted_from_the_whole(
    session: Session, backwards: bool
) -> None:
    for index in range(0, 60, 2):
        session.annotate(index, "claim")
    session.note(51, "why?")
    order = list(range(1, 60, 2)) if not backwards else list(range(59, 0, -2))
    start = 59 if backwards else 0
    found = find_open_among(session, list(range(60)), start=start, backwards=backwards)
    assert list(found) == order


def test_what_is_sifted_names_its_sieve(session: Session) -> None:
    session.annotate(1, "claim")
    sieve = Sieve("claim", labels=("claim",))
    assert sift(session, sieve) == Sifted(sieve, (1,))
    assert 1 in sift(session, sieve)
    assert 0 not in sift(session, sieve)


# -- paths


def test_a_name_typed_in_another_case_is_completed_in_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Zoo.txt").touch()
    assert complete_path("zoo.txt") == Completion("Zoo.txt", ("Zoo.txt",))
    assert complete_path("ZO") == Completion("Zoo.txt", ("Zoo.txt",))


# -- quotations


def read_lines(*lines: str) -> list[Place]:
    library = make_library(MemoryStore())
    session = library.open(put(library, Article("\n".join(lines) + "\n", lines[0])))
    return session.read_places(0, count=len(lines))


def test_a_quotation_goes_on_until_it_is_closed() -> None:
    places = read_lines("“It was late. ", "Nobody knew.", "They slept.", "It rained,” he said.")
    assert [_is_inside(places, here) for here in range(4)] == [False, True, True, False]
    places = read_lines("“It was late.", "It rained,” he said.", "Nobody knew.")
    assert [_is_inside(places, here) for here in range(3)] == [False, False, False]
