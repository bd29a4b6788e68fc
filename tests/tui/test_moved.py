"""Somebody else splits or joins sentences meanwhile: what is said stays with what was seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from annotator.store.sqlite import SqliteStore
from annotator.tui.screens.labelling import LabellingScreen
from tests.builders import make_library
from tests.tui.conftest import DATABASE, Desk, number_of, query, shown
from tests.tui.shelves import notices_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from annotator.session import Session

ARTICLE: Final = [
    "The mill poisoned the river, farmers say.",
    "Nine people died in May.",
    "The mill denies that it poisoned the river.",
    "The sluice was open for a week.",
    "The river was green.",
]


@pytest.fixture
def mill(folder: Path) -> Iterator[Desk]:
    """Ana at an article of five sentences in one paragraph."""
    del folder
    made = Desk(" ".join(ARTICLE))
    yield made
    made.store.close()


@pytest.fixture
def ben(mill: Desk) -> Iterator[Session]:
    """Another reviewer at the same article, in another terminal."""
    store = SqliteStore.open(DATABASE)
    yield make_library(store, "ben").open(mill.document)
    store.close()


def said(column: str) -> dict[str, object]:
    """What Ana has said: the sentence's text → a column of the view, where there is anything."""
    rows = query(
        f"SELECT text, {column} FROM labels WHERE reviewer = 'ana' AND {column} IS NOT NULL"
    )
    return {str(text): cell for text, cell in rows}


async def test_a_label_goes_to_the_sentence_that_was_seen(mill: Desk, ben: Session) -> None:
    async with mill.open() as pilot:
        await pilot.press("g", "3", "enter")
        ben.split(0, 4)
        await pilot.press("d")
        assert said("label") == {ARTICLE[2]: "denial"}
        assert number_of(pilot) == 5
        ben.join(0)
        await pilot.press("c")
        assert said("label") == {ARTICLE[2]: "denial", ARTICLE[3]: "claim"}
        ben.split(0, 4)
        await pilot.press("f")
        assert number_of(pilot) == 6
        ben.split(1, 5)
        await pilot.press("J")
        assert number_of(pilot) == 7
        assert "last of its paragraph" in await notices_in(pilot)


@pytest.mark.parametrize("key", ["c", "x", "f", "n", "s", "D", "S", "J", "h", "y"])
async def test_nothing_is_done_to_a_sentence_that_was_not_seen(
    mill: Desk, ben: Session, key: str
) -> None:
    async with mill.open() as pilot:
        await pilot.press("c", "c", "d", "k")
        before = said("label")
        ben.split(2, 4)
        halves = query("SELECT count(*) FROM sentences")
        await pilot.press(key)
        assert isinstance(pilot.app.screen, LabellingScreen)
        assert "Sentence 3 is another one now" in await notices_in(pilot)
        assert len(said("label")) == len(before) + 1, "both halves have what the whole had"
        assert query("SELECT count(*) FROM sentences") == halves
        assert number_of(pilot) == 3
        assert re.search(r"▶ +3  d    The +│", await shown(pilot))
        await pilot.press("b")
        assert said("label")["The"] == "background"


async def test_at_the_end_of_an_article_that_became_shorter_every_key_works(
    mill: Desk, ben: Session
) -> None:
    async with mill.open() as pilot:
        await pilot.press("end")
        ben.join(3)
        await pilot.press("c")
        assert said("label") == {}
        assert number_of(pilot) == 4
        await pilot.press("home", "end", "c")
        assert said("label") == {f"{ARTICLE[3]} {ARTICLE[4]}": "claim"}
        ben.join(2)
        await pilot.press("home", "end")
        assert number_of(pilot) == 3


@pytest.mark.parametrize(("key", "column"), [("n", "note"), ("s", "speaker")])
async def test_a_dialog_saves_to_its_own_sentence_or_not_at_all(
    mill: Desk, ben: Session, key: str, column: str
) -> None:
    async with mill.open() as pilot:
        await pilot.press("end", key, *"Bob")
        ben.split(0, 4)
        await pilot.press("enter")
        assert said(column) == {ARTICLE[4]: "Bob"}
        assert number_of(pilot) == 6
        await pilot.press("k", key, *"Eve")
        dialog = pilot.app.screen
        ben.split(4, 4)
        for _ in range(2):
            await pilot.press("enter")
            assert said(column) == {ARTICLE[4]: "Bob"}
            assert pilot.app.screen is dialog, "what was typed is still there"
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, LabellingScreen)


async def test_a_split_cuts_its_own_sentence(mill: Desk, ben: Session) -> None:
    async with mill.open() as pilot:
        await pilot.press("end", "S")
        ben.split(0, 4)
        await pilot.press("enter")
        texts = [text for (text,) in query("SELECT text FROM sentences ORDER BY sentence_index")]
        assert [text for text in texts if text not in ARTICLE][2:] == ["The river", "was green."]


@pytest.mark.parametrize("cut", [0, 3])
async def test_a_denial_is_tied_to_what_was_chosen_or_not_at_all(
    mill: Desk, ben: Session, cut: int
) -> None:
    async with mill.open() as pilot:
        await pilot.press("c", "c", "j", "c", "c", "g", "3", "enter", "D")
        await pilot.press("slash", *"green", "enter", "space")
        ben.split(cut, 4)
        await pilot.press("enter")
        assert ARTICLE[2] not in said("label")
        assert isinstance(pilot.app.screen, LabellingScreen)
        assert "choose again" in await notices_in(pilot)
        await pilot.press("D", "slash", *"green", "enter", "space", "enter")
        assert said("label")[ARTICLE[2]] == "denial"
        assert str(said("denies")[ARTICLE[2]]) == "[5]"
