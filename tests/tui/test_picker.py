"""Denials tied to their claims: keys in, rows out."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from annotator.tui.screens.picker import Picker
from annotator.tui.widgets.offer_list import OfferList
from tests.tui.conftest import Desk, number_of, query, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

CORPUS: Final = os.environ.get("ANNOTATOR_CORPUS")
ARTICLE: Final = [
    "The mill poisoned the river, farmers say.",
    "Nine people died in May.",
    "The price of grain rose.",
    "The mill denies that it poisoned the river.",
    "The owner never closed the sluice.",
    "The sluice was open for a week.",
]


@pytest.fixture
def mill(folder: Path) -> Iterator[Desk]:
    """Ana at an article of six sentences."""
    del folder
    made = Desk("\n\n".join(ARTICLE))
    yield made
    made.store.close()


def links() -> dict[int, list[int]]:
    """What another program reads in the file: a denial's number from 1 → those it denies."""
    rows = query("SELECT sentence_index, denies FROM labels WHERE denies <> '[]' ORDER BY 1")
    return {
        int(str(index)) + 1: [target + 1 for target in json.loads(str(denies))]
        for index, denies in rows
    }


def is_picking(pilot: Pilot[None]) -> bool:
    return isinstance(pilot.app.screen, Picker)


async def test_enter_takes_the_first_offer_and_goes_on(mill: Desk) -> None:
    async with mill.open() as pilot:
        await pilot.press("c", "c", "c", "D", "enter")
        assert links() == {4: [1]}
        assert mill.labels()[4] == "denial"
        assert number_of(pilot) == 5
        assert not is_picking(pilot)
        assert "saved ✓" in await shown(pilot)


async def test_digits_arrows_space_and_words_choose(mill: Desk) -> None:
    """The first offer is sentence 1, which shares most; then 3, the nearest; then 2."""
    async with mill.open() as pilot:
        await pilot.press("c", "c", "c")
        for keys, denied in (
            (["2"], [3]),
            (["3"], [2]),
            (["1", "2"], [1, 3]),
            (["3", "1", "2", "3"], [1, 3]),
            (["9"], [1]),
            (["down"], [3]),
            (["j", "j"], [2]),
            (["j", "j", "k"], [3]),
            (["end"], [2]),
            (["end", "home"], [1]),
            (["pagedown"], [2]),
            (["pagedown", "pageup"], [1]),
            (["down", "down", "down", "down", "up"], [3]),
            (["down", "space"], [3]),
            (["space", "down", "space"], [1, 3]),
            (["space", "space"], [1]),
            (["2", "end"], [3]),
            (["slash", *"people", "enter"], [2]),
            (["slash", *"GRAIN ro", "enter", "space"], [3]),
            (["slash", *"people", "escape"], [2]),
            (["slash", *"people", "enter", "1", "slash", "escape", "1"], [1, 2]),
            (["slash", *"the", "down", "enter"], [3]),
            (["slash", *"x", "backspace", "3", "enter"], [3]),
            (["slash", *"jk 12", *["backspace"] * 5, "enter"], [1]),
        ):
            await pilot.press("D", *keys)
            assert is_picking(pilot), keys
            assert 4 not in mill.labels(), "nothing is saved before enter"
            await pilot.press("enter")
            assert links() == {4: denied}, keys
            await pilot.press("u")


async def test_escape_changes_nothing_not_even_the_label(mill: Desk) -> None:
    async with mill.open() as pilot:
        await pilot.press("c", "c", "c", "D", "2", "escape")
        assert mill.labels() == {1: "claim", 2: "claim", 3: "claim"}
        assert number_of(pilot) == 4
        await pilot.press("d", "k", "l", "2", "escape")
        assert links() == {}
        await pilot.press("l", "slash", "x", "escape", "escape", "c")
        assert mill.labels()[4] == "claim"


async def test_words_that_no_offer_has_save_nothing(mill: Desk) -> None:
    async with mill.open() as pilot:
        await pilot.press("c", "c", "c", "D", "slash", *"zebra", "enter", "enter")
        assert is_picking(pilot)
        assert "no offer has these words" in await shown(pilot)
        await pilot.press("slash", "escape", "enter")
        assert links() == {4: [1]}


async def test_label_and_links_are_one_step_to_undo_and_redo(mill: Desk) -> None:
    async with mill.open() as pilot:
        await pilot.press("c", "c", "c", "D", "1", "3", "enter", "u")
        assert mill.labels() == {1: "claim", 2: "claim", 3: "claim"}
        assert (links(), number_of(pilot)) == ({}, 4)
        await pilot.press("U")
        assert (links(), number_of(pilot)) == ({4: [1, 2]}, 4)


async def test_without_a_claim_the_label_is_given_at_once_and_a_line_says_so(mill: Desk) -> None:
    async with mill.open() as pilot:
        await pilot.press("D")
        assert mill.labels() == {1: "denial"}
        assert number_of(pilot) == 2
        text = " ".join((await shown(pilot)).split())
        assert "no claim yet to tie sentence 1 to" in text
        assert not is_picking(pilot)
        await pilot.press("k", "l")
        assert "There is no claim yet" in await shown(pilot)
        assert not is_picking(pilot)


@pytest.mark.parametrize("keys", [["l"], ["c", "k", "l"]])
async def test_only_a_denial_has_links(mill: Desk, keys: list[str]) -> None:
    async with mill.open() as pilot:
        await pilot.press(*keys)
        assert not is_picking(pilot)
        assert "Sentence 1 is no denial: D labels it denial" in await shown(pilot)


async def test_links_are_edited_later(mill: Desk) -> None:
    async with mill.open() as pilot:
        await pilot.press("c", "c", "c", "d", "k", "l", "enter")
        assert (links(), number_of(pilot)) == ({4: [1]}, 4)
        await pilot.press("l", "3", "enter")
        assert links() == {4: [1, 2]}
        await pilot.press("l", "enter")
        assert links() == {4: [1, 2]}
        await pilot.press("l", "1", "2")
        assert "takes the links away" in await shown(pilot)
        await pilot.press("enter")
        assert links() == {}
        assert mill.labels()[4] == "denial"
        await pilot.press("u")
        assert links() == {4: [1, 2]}


async def test_a_denial_labelled_again_keeps_its_links_until_they_are_unchosen(mill: Desk) -> None:
    async with mill.open() as pilot:
        await pilot.press("c", "c", "c", "D", "2", "enter", "k", "D", "enter")
        assert links() == {4: [3]}
        await pilot.press("k", "D", "1", "2", "enter")
        assert len(links()[4]) == 1


async def test_a_claim_beyond_the_offers_is_found_by_its_number(folder: Path) -> None:
    del folder
    desk = Desk("\n\n".join(f"Sentence number {n} of it." for n in range(1, 101)))
    session = desk.library.open(desk.document)
    for index in range(99):
        session.annotate(index, "claim" if index != 1 else "background")
    async with desk.open() as pilot:
        await pilot.press("end", "D", "slash", "3", "enter", "enter")
        assert links() == {100: [3]}
        await pilot.press("l", "slash", "2", "enter")
        await pilot.press("enter", "l", "slash", *"500", "enter")
        assert "There is no sentence 500" in await shown(pilot)
    desk.store.close()


async def test_the_mouse_chooses_and_saves(mill: Desk) -> None:
    async with mill.open() as pilot:
        await pilot.press("c", "c", "c", "D")
        await pilot.click(OfferList, offset=(20, 2))
        assert "[x] 2" in await shown(pilot)
        await pilot.click(OfferList, offset=(3, 3))
        await pilot.click(OfferList, offset=(3, 0))
        await pilot.click(OfferList, offset=(3, 2))
        assert "enter  sentence 4 denies 2" in await shown(pilot)
        await pilot.click("#picker-decision", offset=(8, 0))
        assert links() == {4: [2]}
        await pilot.press("k", "l")
        await pilot.click("#picker-keys", offset=(40, 0))
        assert not is_picking(pilot)
        assert links() == {4: [2]}


async def test_links_are_shown_at_both_ends_and_marked_when_the_claim_is_gone(mill: Desk) -> None:
    async with mill.open() as pilot:
        await pilot.press("c", "c", "c", "D", "1", "3", "enter", "k")
        text = await shown(pilot)
        assert "poisoned the river.  ↳ denies 1, 2" in text
        assert "farmers say.  ↰ denied by 4" in text
        assert "│ denies     1, 2" in text
        await pilot.press("home", "k", "j", "b")
        text = await shown(pilot)
        assert "↳ denies 1, 2?" in text
        assert "Nine people died in May.  ↰ denied by 4" in text
        await pilot.press("j")
        assert "2 is no claim any more" in await shown(pilot)
        await pilot.press("l")
        assert "no claim any more" in await shown(pilot)
        await pilot.press("escape", "x")
        text = await shown(pilot)
        assert "↳" not in text
        assert "↰" not in text


async def test_the_folded_panel_tells_of_links_and_speaker(mill: Desk) -> None:
    async with mill.open((80, 24)) as pilot:
        await pilot.press("c", "c", "c", "D", "1", "enter", "k")
        assert "4/6  c3 d1 b0   label denial   denies 1   speaker –" in await shown(pilot)
        await pilot.press("home")
        assert "1/6  c3 d1 b0   label claim   denied by 4   speaker –" in await shown(pilot)


async def test_text_in_the_picker_is_literal(folder: Path) -> None:
    del folder
    desk = Desk("[bold]Markup[/bold] and [@click=app.quit]more[/].\n\nNo $what \u202e[/] at all.")
    async with desk.open() as pilot:
        await pilot.press("c", "D")
        text = await shown(pilot)
        assert "[bold]Markup[/bold] and [@click=app.quit]more[/]." in text
        assert "No $what ⟦RLO⟧[/] at all." in text
    desk.store.close()


@pytest.mark.parametrize("size", [(40, 10), (20, 6), (200, 60)])
async def test_the_picker_works_on_any_screen_and_through_a_resize(
    mill: Desk, size: tuple[int, int]
) -> None:
    async with mill.open(size) as pilot:
        await pilot.press("c", "c", "c", "D", "j", "space")
        await pilot.resize_terminal(100, 30)
        assert "[x] 2" in await shown(pilot)
        await pilot.press("enter")
        assert links() == {4: [3]}


@pytest.mark.skipif(CORPUS is None, reason="ANNOTATOR_CORPUS does not say where the corpus is")
async def test_a_whole_article_is_tied_as_a_careful_labeller_tied_it(folder: Path) -> None:
    del folder
    corpus = Path(str(CORPUS))
    gold = json.loads((corpus / "article_labels.json").read_text(encoding="utf-8"))
    desk = Desk((corpus / "article.txt").read_text(encoding="utf-8"))
    async with desk.open((80, 24)) as pilot:
        for sentence in gold:
            if not sentence["denies"]:
                await pilot.press(sentence["label"][0])
                continue
            await pilot.press("D")
            for target in sentence["denies"]:
                await pilot.press("slash", *str(target + 1), "enter", "space", "slash", "escape")
            await pilot.press("enter")
        assert links() == {
            sentence["index"] + 1: [target + 1 for target in sentence["denies"]]
            for sentence in gold
            if sentence["denies"]
        }
        assert list(desk.labels().values()) == [sentence["label"] for sentence in gold]
    desk.store.close()
