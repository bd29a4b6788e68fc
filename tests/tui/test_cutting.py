"""Split and join: keys in, sentences out."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.tui.screens.labelling import LabellingScreen
from annotator.tui.screens.split import SplitScreen
from annotator.tui.widgets.word_picker import WordPicker
from tests.builders import make_library
from tests.tui.conftest import DATABASE, Desk, number_of, query, screen_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

TEXT = (
    "The dam broke on Friday, they said. Nobody\n\nOne\n\n"
    "It is closed. The owner of the dam denies it.\n"
)


@pytest.fixture
def cut_desk(folder: Path) -> Iterator[Desk]:
    """Ana at four sentences: two of one paragraph at the end, one of a single word."""
    del folder
    made = Desk(TEXT)
    yield made
    made.store.close()


def sentences() -> list[str]:
    rows = query("SELECT text FROM sentences ORDER BY sentence_index")
    return [str(text) for (text,) in rows]


def cut_of(pilot: Pilot[None]) -> int:
    screen = pilot.app.screen
    assert isinstance(screen, SplitScreen)
    return screen.picker.cut


WHOLE = "The dam broke on Friday, they said."


@pytest.mark.parametrize(
    ("keys", "second"),
    [
        ([], "they said."),
        (["l"], "said."),
        (["right", "left"], "they said."),
        (["h", "left"], "on Friday, they said."),
        (["home"], "dam broke on Friday, they said."),
        (["home", "h", "tab"], "they said."),
        (["end", "l"], "said."),
        (["end", "shift+tab"], "they said."),
        (["end", "tab"], "said."),
    ],
)
async def test_enter_splits_before_the_word_that_the_keys_choose(
    cut_desk: Desk, keys: list[str], second: str
) -> None:
    before = sentences()
    assert before[0] == WHOLE
    async with cut_desk.open() as pilot:
        await pilot.press("S", *keys, "enter")
        assert isinstance(pilot.app.screen, LabellingScreen)
        assert number_of(pilot) == 1
        assert "Split into 1 and 2: neither has a label; u undoes." in await shown(pilot)
    first = WHOLE.removesuffix(second).rstrip()
    assert sentences() == [first, second, *before[1:]]


async def test_the_halves_inherit_and_undo_makes_them_one(cut_desk: Desk) -> None:
    before = sentences()
    async with cut_desk.open() as pilot:
        await pilot.press("c", "k", "f", "n", *"why", "enter", "S")
        assert "Both halves keep what it has: claim, unsure, with a note." in await shown(pilot)
        await pilot.press("enter")
        assert "both claim, unsure, with a note" in await shown(pilot)
        assert cut_desk.labels() == {1: "claim", 2: "claim"}
        await pilot.press("j", "b", "u", "u")
        assert sentences() == before
        assert cut_desk.labels() == {1: "claim"}
        await pilot.press("U", "U")
        assert cut_desk.labels() == {1: "claim", 2: "background"}
        assert "1 labelled" not in await shown(pilot)


async def test_escape_changes_nothing(cut_desk: Desk) -> None:
    before = sentences()
    async with cut_desk.open() as pilot:
        await pilot.press("S", "l", "escape", "c")
        assert sentences() == before
        assert cut_desk.labels() == {1: "claim"}


async def test_a_sentence_of_one_word_cannot_be_split(cut_desk: Desk) -> None:
    async with cut_desk.open() as pilot:
        await pilot.press("j", "j", "S")
        assert isinstance(pilot.app.screen, LabellingScreen)
        assert f"Sentence {number_of(pilot)} is one word" in await shown(pilot)


async def test_up_and_down_move_the_cut_by_lines(folder: Path) -> None:
    del folder
    words = [f"word{number:03}" for number in range(60)]
    desk = Desk(" ".join(words) + ".")
    async with desk.open((60, 24)) as pilot:
        await pilot.press("S", "home")
        seen = [cut_of(pilot)]
        for _ in range(20):
            await pilot.press("down")
            seen.append(cut_of(pilot))
        lines = sorted(set(seen))
        assert len(lines) > 5
        assert seen == lines + [lines[-1]] * (len(seen) - len(lines))
        for _ in range(20):
            await pilot.press("k")
        assert cut_of(pilot) == lines[0]
    desk.store.close()


async def test_a_click_on_a_word_moves_the_cut_before_it(cut_desk: Desk) -> None:
    async with cut_desk.open((80, 24)) as pilot:
        await pilot.press("S")
        picker = pilot.app.screen.query_one(WordPicker)
        for word in ("broke", "said.", "dam", "Friday,"):
            row, column = next(
                (row, picker.render_line(row).text.index(word))
                for row in range(picker.size.height)
                if word in picker.render_line(row).text
            )
            await pilot.click(picker, offset=(column + 1, row))
            assert WHOLE[cut_of(pilot) :].startswith(word)
            # The next one is no double click.
            await pilot.pause(0.6)


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (200, 60)])
async def test_the_cut_is_always_on_the_screen(folder: Path, size: tuple[int, int]) -> None:
    del folder
    desk = Desk("日本語の文章は空白なしで続く " * 40 + "and, " * 300 + "end " * 20 + "W" * 3000)
    async with desk.open(size) as pilot:
        await pilot.press("S")
        for key in ("home", "down", "down", "end", "up", "left", "shift+tab", "pageup", "home"):
            await pilot.press(key)
            assert "¦" in await shown(pilot), key
    desk.store.close()


async def test_a_sentence_of_a_megabyte_can_be_split(folder: Path) -> None:
    del folder
    desk = Desk("word, " * 170_000 + "end.")
    async with desk.open((80, 24)) as pilot:
        await pilot.press("S")
        assert "¦" in await shown(pilot)
        await pilot.press("end", "up", "down", "right", "home", "down", "end", "enter")
        assert sentences()[0].endswith("word,")
        assert sentences()[1] == "end."
    desk.store.close()


async def test_a_split_that_could_not_be_saved_leaves_the_dialog_open(cut_desk: Desk) -> None:
    before = sentences()
    async with cut_desk.open() as pilot:
        await pilot.press("S", "l")
        with closing(sqlite3.connect(DATABASE, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await pilot.press("enter")
            assert isinstance(pilot.app.screen, SplitScreen)
            assert "not saved" in await shown(pilot)
            other.execute("ROLLBACK")
        assert sentences() == before
        await pilot.press("enter")
        assert sentences()[1] == "said."


async def test_where_somebody_else_has_split_it_meanwhile_nothing_is_split(cut_desk: Desk) -> None:
    async with cut_desk.open() as pilot:
        await pilot.press("S")
        other = make_library(cut_desk.store, "ben").open(cut_desk.document)
        other.split(0, WHOLE.index("broke"))
        after = sentences()
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, LabellingScreen)
        assert "another one now" in await shown(pilot)
        assert sentences() == after


async def test_join_makes_one_of_two_and_tells_what_became_of_their_labels(
    cut_desk: Desk,
) -> None:
    before = sentences()
    last = len(before)
    async with cut_desk.open() as pilot:
        await pilot.press("end", "d", "k", "c", "k", "J")
        assert sentences()[-1] == f"{before[-2]} {before[-1]}"
        assert number_of(pilot) == last - 1
        notice = " ".join((await shown(pilot)).replace("▌", " ").split())
        assert "claim and denial, now denial, marked unsure; u undoes." in notice
        assert cut_desk.labels() == {last - 1: "denial"}
        await pilot.press("u")
        assert sentences() == before
        assert cut_desk.labels() == {last - 1: "claim", last: "denial"}
        await pilot.press("ctrl+r")
        assert cut_desk.labels() == {last - 1: "denial"}


async def test_the_last_of_a_paragraph_has_none_to_be_joined_with(cut_desk: Desk) -> None:
    before = sentences()
    async with cut_desk.open() as pilot:
        for where in (["home", "j"], ["end"]):
            await pilot.press(*where, "J")
            assert "last of its paragraph" in await shown(pilot)
        assert sentences() == before
        assert screen_of(pilot).cursor == len(before) - 1
