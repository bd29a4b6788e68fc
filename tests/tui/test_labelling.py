"""Keys in, rows out: what each key of the labelling screen does to the database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.errors import AppFailedError
from annotator.tui.app import AnnotatorApp, run_app
from annotator.tui.widgets.article import ArticleView
from annotator.tui.widgets.label_bar import LabelBar
from annotator.tui.widgets.side_panel import SidePanel
from tests.tui.conftest import DATABASE, Desk, number_of, query, screen_of, shown

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("c", "claim"),
        ("d", "denial"),
        ("b", "background"),
        ("1", "claim"),
        ("2", "denial"),
        ("3", "background"),
    ],
)
async def test_a_label_key_labels_saves_and_goes_on(desk: Desk, key: str, label: str) -> None:
    async with desk.open() as pilot:
        await pilot.press(key)
        assert desk.labels() == {1: label}
        assert number_of(pilot) == 2
        assert "saved ✓" in await shown(pilot)


async def test_nothing_is_called_saved_before_a_label_is_given(desk: Desk) -> None:
    async with desk.open() as pilot:
        await pilot.press("j", "k", "end", "home")
        assert "saved" not in await shown(pilot)


async def test_at_the_end_the_last_sentence_stays_and_a_line_says_what_is_next(
    short_desk: Desk,
) -> None:
    async with short_desk.open() as pilot:
        await pilot.press("b", "c", "c", "b")
        assert number_of(pilot) == 4
        assert "every sentence has a label" in await shown(pilot)
        await pilot.press("d")
        assert short_desk.labels() == {1: "background", 2: "claim", 3: "claim", 4: "denial"}
        await pilot.press("k", "x")
        assert "1 sentence has no label yet" in await shown(pilot)


async def test_the_app_opens_where_the_reviewer_left_off(desk: Desk) -> None:
    async with desk.open() as pilot:
        await pilot.press("c", "c", "j", "c", "q")
    async with desk.open() as pilot:
        assert number_of(pilot) == 5
        await pilot.press("shift+tab")
        assert number_of(pilot) == 3


async def test_undo_and_redo_go_where_they_change_and_outlive_the_app(desk: Desk) -> None:
    async with desk.open() as pilot:
        await pilot.press("c", "d", "b", "end")
    async with desk.open() as pilot:
        await pilot.press("u")
        assert (number_of(pilot), desk.labels()) == (3, {1: "claim", 2: "denial"})
        assert "undone · saved ✓" in await shown(pilot)
        await pilot.press("u", "u")
        assert (number_of(pilot), desk.labels()) == (1, {})
        await pilot.press("u")
        assert "nothing to undo" in await shown(pilot)
        await pilot.press("U", "ctrl+r")
        assert (number_of(pilot), desk.labels()) == (2, {1: "claim", 2: "denial"})
        await pilot.press("U", "U")
        assert desk.labels() == {1: "claim", 2: "denial", 3: "background"}
        assert "nothing to redo" in await shown(pilot)


@pytest.mark.parametrize("key", ["x", "delete"])
async def test_clearing_takes_the_label_and_leaves_flag_and_note(desk: Desk, key: str) -> None:
    async with desk.open() as pilot:
        await pilot.press("c", "k", "f", "n", "w", "h", "y", "enter", key)
        assert query("SELECT label, unsure, note FROM labels") == [(None, 1, "why")]
        assert number_of(pilot) == 1


async def test_the_flag_goes_on_and_off(desk: Desk) -> None:
    async with desk.open() as pilot:
        await pilot.press("f")
        assert query("SELECT sentence_index, unsure FROM labels") == [(0, 1)]
        assert "⚑" in await shown(pilot)
        await pilot.press("f")
        assert query("SELECT * FROM labels") == []
        assert number_of(pilot) == 1


async def test_a_note_is_saved_by_enter_and_left_alone_by_escape(desk: Desk) -> None:
    async with desk.open() as pilot:
        await pilot.press("n", "c", "d", "[", "b", "]", "enter")
        assert query("SELECT note, label FROM labels") == [("cd[b]", None)]
        assert "✎" in await shown(pilot)
        await pilot.press("n", "x", "escape")
        assert query("SELECT note FROM labels") == [("cd[b]",)]
        await pilot.press("n", *["backspace"] * 5, "enter")
        assert query("SELECT * FROM labels") == []


async def test_moving(desk: Desk) -> None:
    last = desk.document.sentence_count
    async with desk.open() as pilot:
        for keys, number in (
            (["k"], 1),
            (["j"], 2),
            (["down"], 3),
            (["up"], 2),
            (["k"], 1),
            (["end"], last),
            (["j"], last),
            (["home"], 1),
            (["g", "7", "enter"], 7),
            (["g", "9", "escape"], 7),
            (["g", "enter"], 7),
            (["g", "9", "9", "9", "enter"], 7),
            (["g", "0", "enter"], 7),
            (["g", "x", "enter"], 7),
        ):
            await pilot.press(*keys)
            assert number_of(pilot) == number, keys
        assert "There is no sentence x" in await shown(pilot)
    assert desk.labels() == {}


async def test_tab_walks_the_sentences_without_a_label_round_the_end(short_desk: Desk) -> None:
    async with short_desk.open() as pilot:
        await pilot.press("j", "c", "home", "tab")
        assert number_of(pilot) == 3
        for key, number in (("tab", 4), ("tab", 1), ("shift+tab", 4), ("shift+tab", 3)):
            await pilot.press(key)
            assert number_of(pilot) == number
        await pilot.press("b", "b", "tab")
        assert number_of(pilot) == 1
        await pilot.press("tab")
        assert (number_of(pilot), "Every other sentence has a label" in await shown(pilot)) == (
            1,
            True,
        )
        await pilot.press("b", "shift+tab")
        assert "Every sentence has a label" in await shown(pilot)


async def test_keys_without_a_meaning_do_nothing(desk: Desk) -> None:
    async with desk.open() as pilot:
        await pilot.press("enter", "z", "0", "4", "C", "B", "space")
        assert (number_of(pilot), desk.labels()) == (1, {})


async def test_a_click_goes_to_a_sentence_and_sets_a_label(desk: Desk) -> None:
    async with desk.open() as pilot:
        rows = screen_of(pilot).query_one(ArticleView).rows
        fourth = next(
            y for y, row in enumerate(rows) if row.place and row.place.sentence.index == 3
        )
        await pilot.click(ArticleView, offset=(20, fourth + 1))
        assert number_of(pilot) == 4
        await pilot.click(LabelBar, offset=(13, 0))
        assert desk.labels() == {4: "denial"}
        await pilot.click(SidePanel, offset=(4, 6))
        assert desk.labels() == {4: "denial", 5: "background"}
        await pilot.click(ArticleView, offset=(20, 2))
        assert number_of(pilot) == 6, "a gap between paragraphs is no sentence"


async def test_every_hint_of_the_bar_can_be_clicked(desk: Desk) -> None:
    async with desk.open() as pilot:
        await pilot.press("c")
        line = (await shown(pilot)).splitlines()[-1]
        await pilot.click(LabelBar, offset=(line.index("u undo"), 0))
        assert desk.labels() == {}
        await pilot.click(
            LabelBar, offset=((await shown(pilot)).splitlines()[-1].index("? keys"), 0)
        )
        await pilot.pause()
        assert "Next sentence without a label" in await shown(pilot)


async def test_a_failed_commit_is_said_moves_nothing_and_the_app_goes_on(desk: Desk) -> None:
    async with desk.open() as pilot:
        await pilot.press("c")
        with closing(sqlite3.connect(DATABASE, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await pilot.press("d")
            await pilot.pause()
            assert number_of(pilot) == 2
            picture = " ".join((await shown(pilot)).split())
            assert "not saved" in picture
            assert "locked" in picture
            assert "saved ✓" not in picture
            other.execute("ROLLBACK")
        assert desk.labels() == {1: "claim"}
        await pilot.press("d")
        assert desk.labels() == {1: "claim", 2: "denial"}
        assert (number_of(pilot), "saved ✓" in await shown(pilot)) == (3, True)


async def test_two_reviewers_see_their_own_labels_only(desk: Desk) -> None:
    ben = Desk("Another article.\n", reviewer="ben")
    ben.document = desk.document
    try:
        async with desk.open() as pilot:
            await pilot.press("c", "c")
        async with ben.open() as pilot:
            assert number_of(pilot) == 1
            await pilot.press("d", "u", "u")
            assert "nothing to undo" in await shown(pilot)
    finally:
        ben.store.close()
    assert desk.labels() == {1: "claim", 2: "claim"}
    assert desk.labels("ben") == {}


async def test_the_place_outlives_a_resize(desk: Desk) -> None:
    async with desk.open() as pilot:
        await pilot.press("g", "1", "7", "enter")
        for size in ((80, 24), (30, 8), (200, 60), (12, 3), (120, 40)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            rows = screen_of(pilot).query_one(ArticleView).rows
            assert number_of(pilot) == 17
            if size[1] > 4:
                assert any(row.place and row.place.sentence.index == 16 for row in rows), size


async def test_looking_around_moves_the_text_and_not_the_cursor(desk: Desk) -> None:
    async with desk.open((80, 24)) as pilot:
        await pilot.press("pagedown", "pagedown")
        rows = screen_of(pilot).query_one(ArticleView).rows
        assert number_of(pilot) == 1
        assert all(row.place is None or row.place.sentence.index > 4 for row in rows)
        await pilot.press("c")
        assert desk.labels() == {1: "claim"}
        assert _is_in_sight(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 10)])
async def test_the_current_sentence_is_always_in_sight(desk: Desk, size: tuple[int, int]) -> None:
    async with desk.open(size) as pilot:
        for key in [*"c" * 40, *"k" * 40, "end", "home", *"j" * 15, *"k" * 3]:
            await pilot.press(key)
            assert _is_in_sight(pilot), (key, number_of(pilot))


def _is_in_sight(pilot: Pilot[None]) -> bool:
    rows = screen_of(pilot).query_one(ArticleView).rows
    cursor = screen_of(pilot).cursor
    return any(
        row.place is not None and row.place.sentence.index == cursor and row.line == 0
        for row in rows
    )


async def test_a_note_goes_to_the_sentence_that_its_dialog_named(desk: Desk) -> None:
    async with desk.open() as pilot:
        await pilot.press("n")
        screen_of(pilot).action_move(3)
        await pilot.press(*"why", "enter")
        assert query("SELECT sentence_index, note FROM labels") == [(0, "why")]


async def test_a_note_that_could_not_be_saved_stays_in_its_dialog(desk: Desk) -> None:
    async with desk.open() as pilot:
        await pilot.press("n", *"why")
        with closing(sqlite3.connect(DATABASE, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await pilot.press("enter")
            picture = await shown(pilot)
            assert "not saved" in picture
            assert "Note on sentence 1" in picture
            other.execute("ROLLBACK")
        await pilot.press("enter")
        assert query("SELECT note FROM labels") == [("why",)]
        await pilot.press("c")
        assert desk.labels() == {1: "claim"}


async def test_a_number_of_any_length_is_no_sentence(desk: Desk) -> None:
    async with desk.open() as pilot:
        await pilot.press("g", *"9" * 30, "enter")
        assert number_of(pilot) == 1


async def test_where_nothing_can_be_read_the_cursor_stays_and_the_app_goes_on(desk: Desk) -> None:
    async with desk.open() as pilot:
        await pilot.press("j", "j")
        desk.store.close()
        await pilot.press("j", "j", "n", "pagedown", "c", "u", "tab")
        await pilot.resize_terminal(90, 30)
        await pilot.press("k")
        assert number_of(pilot) == 3
        assert "closed" in await shown(pilot)


async def test_a_right_click_and_a_double_click_set_nothing_twice(desk: Desk) -> None:
    async with desk.open() as pilot:
        await pilot.click(LabelBar, offset=(3, 0), button=3)
        assert desk.labels() == {}
        await pilot.click(LabelBar, offset=(3, 0), times=2)
        assert desk.labels() == {1: "claim"}


async def test_a_sentence_taller_than_the_screen_can_be_read_and_flagged(folder: Path) -> None:
    del folder
    tall = Desk("A title\n\n" + "word " * 2000 + "end.\n\nThe last one.\n")
    try:
        async with tall.open((80, 24)) as pilot:
            await pilot.press("j", "pagedown", "pagedown")
            top = screen_of(pilot).query_one(ArticleView).rows[0]
            assert top.line > 20
            await pilot.press("f")
            assert screen_of(pilot).query_one(ArticleView).rows[0].line == top.line
            await pilot.press("c")
            assert (number_of(pilot), tall.labels()) == (3, {2: "claim"})
    finally:
        tall.store.close()


def test_a_fault_of_the_apps_own_is_an_error_and_no_success(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run_into_a_wall(app: AnnotatorApp) -> None:
        app._return_code = 1

    monkeypatch.setattr(AnnotatorApp, "run", run_into_a_wall)
    with pytest.raises(AppFailedError, match="saved is saved"):
        run_app(desk.library, desk.document)
