"""The library screen: which documents it lists, and what its keys do to the database."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.store.sqlite import SqliteStore
from annotator.tui.bindings import list_keys
from annotator.tui.screens.help import HelpScreen
from annotator.tui.screens.labelling import LabellingScreen
from annotator.tui.screens.library import LibraryScreen
from annotator.tui.widgets.label_bar import LabelBar
from annotator.tui.widgets.shelf import ShelfView
from tests.builders import article, make_library, put
from tests.tui.conftest import DATABASE, query, screen_of, shown
from tests.tui.shelves import Shelf, chosen_in, library_of, notices_in, titles_of, wait_for_errand

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BY_TITLE = ["Dam", "Ferry", "Harbour", "Minister", "Port"]


@pytest.fixture
def shelf(folder: Path) -> Iterator[Shelf]:
    del folder
    made = Shelf()
    made.work()
    yield made
    made.store.close()


def read_deleted() -> list[str]:
    rows = query("SELECT title FROM document WHERE deleted = 1 ORDER BY title")
    return [str(title).split()[0] for (title,) in rows]


async def test_a_row_says_how_far_i_am_who_else_was_there_and_when_it_changed(shelf: Shelf) -> None:
    async with shelf.open() as pilot:
        row = next(line for line in (await shown(pilot)).splitlines() if "Minister" in line)
        assert row.rstrip().endswith(f"13/13   ben ✓, cleo 31 %       today {row.split()[-1]}")
        assert "━" * 12 in row
        assert chosen_in(pilot) == "Ferry", "the one worked on last"


async def test_the_card_shows_where_the_document_comes_from_and_my_labels_alone(
    shelf: Shelf,
) -> None:
    async with shelf.open() as pilot:
        await pilot.press("end", "k")
        picture = " ".join((await shown(pilot)).split())
        assert "claim 5 denial 4 background 4 0 open" in picture
        assert "date 2026-10-14" in picture
        assert "source wire/waits.txt" in picture
        assert f"id {shelf.documents[1].id} language en" in picture
        await pilot.press("home")
        assert "author B. Olsen" in " ".join((await shown(pilot)).split())


async def test_moving_keeps_the_chosen_document_in_sight(folder: Path) -> None:
    del folder
    store = SqliteStore.open(DATABASE)
    library = make_library(store)
    for number in range(60):
        put(library, article(1, title=f"{number:03}"))
    shelf = Shelf()
    try:
        async with shelf.open((80, 24)) as pilot:
            for keys, number in (
                (["home"], 0),
                (["k"], 0),
                (["j"], 1),
                (["pagedown"], 13),
                (["pageup", "up"], 0),
                (["end"], 64),
                (["down"], 64),
                (["home", *"j" * 20], 20),
            ):
                await pilot.press(*keys)
                assert library_of(pilot).cursor == number
                assert "▶" in await shown(pilot)
            for size in ((30, 8), (200, 60), (12, 3), (120, 40)):
                await pilot.resize_terminal(*size)
                await pilot.pause()
                assert library_of(pilot).cursor == 20
                if size[1] > 3:
                    assert "▶ 020" in await shown(pilot), size
    finally:
        shelf.store.close()
        store.close()


async def test_enter_opens_and_escape_comes_back_to_the_document(shelf: Shelf) -> None:
    async with shelf.open() as pilot:
        await pilot.press("home", "enter")
        assert screen_of(pilot).session.document == shelf.documents[2]
        assert screen_of(pilot).cursor == 7, "where I left off"
        await pilot.press("c", "escape")
        assert chosen_in(pilot) == "Dam"
        assert "8/20" in await shown(pilot)


async def test_sorting_goes_round_the_columns_and_is_remembered(shelf: Shelf) -> None:
    async with shelf.open() as pilot:
        assert (titles_of(pilot), "title ↑" in await shown(pilot)) == (BY_TITLE, True)
        await pilot.press("s")
        assert titles_of(pilot) == ["Harbour", "Port", "Dam", "Ferry", "Minister"]
        assert "my progress ↑" in await shown(pilot)
        await pilot.press("s")
        assert titles_of(pilot) == ["Ferry", "Dam", "Minister", "Port", "Harbour"]
        assert "changed ↓" in await shown(pilot)
        await pilot.press("s")
        assert titles_of(pilot) == ["Ferry", "Port", "Dam", "Minister", "Harbour"]
        assert "sentences ↓" in await shown(pilot)
        assert chosen_in(pilot) == "Ferry"
        await pilot.press("enter", "escape")
        assert "sentences ↓" in await shown(pilot)
        await pilot.press("s")
        assert titles_of(pilot) == BY_TITLE


async def test_a_filter_acts_with_each_letter_until_escape_ends_it(shelf: Shelf) -> None:
    async with shelf.open() as pilot:
        await pilot.press("slash", *"wi")
        await pilot.pause()
        assert titles_of(pilot) == ["Dam", "Minister"], "by source"
        await pilot.press(*"re m", "enter")
        assert titles_of(pilot) == ["Dam", "Minister"]
        await pilot.press("slash", *"in", "enter")
        assert titles_of(pilot) == ["Minister"]
        assert "1 of 5 documents with “wire min”" in await shown(pilot)
        await pilot.press("enter", "escape")
        assert titles_of(pilot) == ["Minister"], "kept while the app runs"
        await pilot.press("escape")
        assert titles_of(pilot) == BY_TITLE
        assert chosen_in(pilot) == "Minister"
        await pilot.press("slash", *"zzz", "escape")
        assert titles_of(pilot) == BY_TITLE
        await pilot.press("slash", *"zzz", "enter", "enter", "x", "e")
        assert "holds “zzz”" in await shown(pilot)
        assert read_deleted() == []


async def test_deleting_takes_a_document_out_and_restoring_brings_it_back(shelf: Shelf) -> None:
    async with shelf.open() as pilot:
        await pilot.press("x")
        assert (read_deleted(), chosen_in(pilot)) == (["Ferry"], "Harbour")
        assert "is deleted. t, then r brings it back." in await notices_in(pilot)
        assert "saved ✓" in await shown(pilot)
        await pilot.press("end", "delete")
        assert (read_deleted(), chosen_in(pilot)) == (["Ferry", "Port"], "Minister")
        await pilot.press("t")
        assert titles_of(pilot) == ["Ferry", "Port"]
        await pilot.press("x", "enter")
        assert isinstance(pilot.app.screen, LibraryScreen)
        assert "is deleted" in await notices_in(pilot)
        await pilot.press("r")
        assert (read_deleted(), chosen_in(pilot)) == (["Port"], "Port")
        await pilot.press("r")
        assert "Nothing is deleted" in await shown(pilot)
        await pilot.press("escape", "r")
        assert titles_of(pilot) == BY_TITLE
        assert read_deleted() == []


async def test_a_delete_that_could_not_be_saved_is_said_and_the_app_goes_on(shelf: Shelf) -> None:
    async with shelf.open() as pilot:
        with closing(sqlite3.connect(DATABASE, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await pilot.press("x")
            assert "not saved" in await notices_in(pilot)
            other.execute("ROLLBACK")
        assert titles_of(pilot) == BY_TITLE
        await pilot.press("x")
        assert read_deleted() == ["Ferry"]


async def test_a_file_comes_in_and_is_chosen(shelf: Shelf, folder: Path) -> None:
    (folder / "a b.txt").write_text("Bells\n\nThey rang.\n", encoding="utf-8")
    async with shelf.open() as pilot:
        await pilot.press("o", *"'a b.txt'", "enter")
        await wait_for_errand(pilot)
        assert chosen_in(pilot) == "Bells"
        assert "is in the library, 2 sentences" in await notices_in(pilot)
        await pilot.press("o", *"a b.txt", "enter")
        await wait_for_errand(pilot)
        assert "was here already" in await notices_in(pilot)
    assert query(
        "SELECT source, reviewer FROM document JOIN event ON document_id = document.id"
        " WHERE title = 'Bells'"
    ) == [("a b.txt", "ana")]


async def test_a_folder_comes_in_but_for_what_cannot_be_read(shelf: Shelf, folder: Path) -> None:
    (folder / "in").mkdir()
    for name in ("one", "two"):
        (folder / "in" / f"{name}.txt").write_text(f"{name.title()}.\n", encoding="utf-8")
    (folder / "in" / "bad.txt").write_bytes(b"Caf\xc3\xa9 is good.\nThis one \xff is not.\n" * 9)
    (folder / "in" / "bell.txt").write_bytes(b"Ring.\x07\n")
    async with shelf.open() as pilot:
        await pilot.press("o", "i", "n", "tab", "enter")
        await wait_for_errand(pilot)
        for words in ("3 documents: 3 new.", "control character", "bad.txt"):
            assert words in await notices_in(pilot)
        assert len(titles_of(pilot)) == 8


async def test_what_is_not_there_is_said(shelf: Shelf) -> None:
    async with shelf.open() as pilot:
        await pilot.press("o", "enter")
        assert "Type the path" in await shown(pilot)
        await pilot.press(*"gone.txt", "enter")
        await wait_for_errand(pilot)
        assert "There is no file gone.txt" in await notices_in(pilot)
        assert titles_of(pilot) == BY_TITLE


async def test_tab_completes_what_is_certain_and_shows_the_rest(shelf: Shelf, folder: Path) -> None:
    for name in ("news-a.txt", "news-b.txt"):
        (folder / name).write_text("Text.\n", encoding="utf-8")
    async with shelf.open() as pilot:
        await pilot.press("o", "n", "tab")
        picture = await shown(pilot)
        assert "news-a.txt   news-b.txt" in picture
        assert " news- " in picture
        await pilot.press("b", "tab", "enter")
        await wait_for_errand(pilot)
        assert query("SELECT source FROM document WHERE title = 'Text.'") == [("news-b.txt",)]


async def test_an_export_is_what_the_command_writes(shelf: Shelf, folder: Path) -> None:
    async with shelf.open() as pilot:
        await pilot.press("e", "enter")
        await wait_for_errand(pilot)
        assert "are in ferry-company-denies-cutting-crews.json" in await notices_in(pilot)
    written = json.loads((folder / "ferry-company-denies-cutting-crews.json").read_bytes())
    (document,) = written["documents"]
    assert document["id"] == shelf.documents[4].id
    assert sum(sentence["label"] is not None for sentence in document["sentences"]) == 20


async def test_an_export_asks_before_it_writes_over_a_file(shelf: Shelf, folder: Path) -> None:
    (folder / "a.json").write_text("old", encoding="utf-8")
    (folder / "b.json").write_text("old", encoding="utf-8")
    clear = ["ctrl+u"]
    async with shelf.open() as pilot:
        await pilot.press("e", *clear, *"a.json", "enter")
        assert "enter again writes over it" in await shown(pilot)
        await pilot.press("ctrl+u", *"b.json", "enter")
        assert "file b.json already" in await shown(pilot)
        await pilot.press("escape", "e", *clear, *"a.json", "enter", "enter")
        await wait_for_errand(pilot)
    assert (folder / "a.json").read_text(encoding="utf-8").startswith("{")
    assert (folder / "b.json").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize(
    "name", ["db/annotator.db", "./db/annotator.db-wal", "nowhere/x.json", "."]
)
async def test_an_export_never_goes_where_no_file_can_be(shelf: Shelf, name: str) -> None:
    async with shelf.open() as pilot:
        await pilot.press("e", "ctrl+u", *name, "enter", "enter")
        picture = " ".join((await shown(pilot)).split())
        assert "Export the labels" in picture, "the dialog stays"
        assert any(word in picture for word in ("database", "no folder", "is a folder"))
    with closing(sqlite3.connect(DATABASE)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_an_empty_library_says_what_to_do(folder: Path) -> None:
    del folder
    shelf = Shelf()
    try:
        async with shelf.open((80, 24)) as pilot:
            await pilot.press(*"xxxxx")
            picture = await shown(pilot)
            assert "The library is empty" in picture
            assert "o imports a file or a folder" in picture
            await pilot.press("enter", "x", "e", "j", "end", "pagedown", "s", "escape")
            assert chosen_in(pilot) == ""
    finally:
        shelf.store.close()


async def test_a_click_chooses_and_a_second_one_opens(shelf: Shelf) -> None:
    async with shelf.open() as pilot:
        await pilot.click(ShelfView, offset=(20, 5))
        assert chosen_in(pilot) == "Minister"
        await pilot.click(ShelfView, offset=(20, 2), button=3)
        await pilot.click(ShelfView, offset=(20, 1))
        await pilot.click(ShelfView, offset=(20, 20))
        assert chosen_in(pilot) == "Minister"
        await pilot.click(ShelfView, offset=(20, 2), times=2)
        await pilot.pause()
        assert screen_of(pilot).session.document == shelf.documents[2]
        await pilot.press("escape")
        await pilot.click(ShelfView, offset=(40, 2))
        await pilot.pause()
        assert isinstance(pilot.app.screen, LabellingScreen)


async def test_every_hint_of_the_bar_can_be_clicked(shelf: Shelf) -> None:
    async with shelf.open() as pilot:
        line = (await shown(pilot)).splitlines()[-1]
        await pilot.click(LabelBar, offset=(line.index("x delete"), 0))
        await pilot.pause()
        assert read_deleted() == ["Ferry"]
        await pilot.click(LabelBar, offset=(line.index("enter open"), 0))
        await pilot.pause()
        assert isinstance(pilot.app.screen, LabellingScreen)


async def test_the_help_lists_every_key_of_the_library(shelf: Shelf) -> None:
    async with shelf.open((120, 60)) as pilot:
        await pilot.press("question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        picture = await shown(pilot)
        for key in list_keys(library_of(pilot)):
            assert key.does in picture
            assert key.id


async def test_every_action_of_the_library_can_be_run(shelf: Shelf) -> None:
    async with shelf.open() as pilot:
        screen = library_of(pilot)
        for key in list_keys(screen):
            namespace, _, name = key.action.rpartition(".")
            node = pilot.app if namespace == "app" else screen
            assert hasattr(node, f"action_{name.split('(')[0]}"), key


async def test_titles_are_shown_literally(folder: Path) -> None:
    del folder
    shelf = Shelf()
    put(shelf.library, article(1, title="[bold]A\u202e\x1b[31m"))
    try:
        async with shelf.open() as pilot:
            await pilot.press("home")
            assert "[bold]A⟦RLO⟧␛[31m" in await shown(pilot)
    finally:
        shelf.store.close()


async def test_what_cannot_be_read_is_a_notice_and_the_app_goes_on(shelf: Shelf) -> None:
    async with shelf.open() as pilot:
        shelf.store.close()
        await pilot.press("j", "x", "t", "s", "slash", "a", "enter", "enter", "f", "a", "escape")
        assert "closed" in await notices_in(pilot)
