"""The adjudication screen, on a real database: what is pressed is what is settled."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.model.document import Article
from annotator.session.importing import add_article
from annotator.store.sqlite import SqliteStore
from annotator.tui.adjudication import AdjudicationApp
from annotator.tui.screens.adjudicating import AdjudicationScreen
from annotator.tui.screens.library import LibraryScreen
from annotator.tui.widgets.dispute import DisputeView
from tests.builders import make_library
from tests.tui.conftest import DATABASE, query, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from textual.pilot import Pilot

TEXT = "The harbour\n\nThe dam broke on Friday. Nobody had looked at it.\n\nIt is closed.\n"
GIVEN = {"ana": "cdbc", "ben": "ccbd", "cleo": "cbbd"}
"""Sentences 2 and 4 are disputed."""


class LeadsDesk:
    """Lea at one article on which three reviewers disagree, and one on which two do."""

    def __init__(self) -> None:
        self.store = SqliteStore.open(DATABASE, patience_ms=50)
        self.library = make_library(self.store, "lea")
        names = {label.key: label.name for label in self.library.scheme.labels}
        self.documents = []
        for title in ("A", "B"):
            article = Article(text=f"{title} {TEXT}", title=f"{title} title")
            self.documents.append(add_article(self.library, article).document)
        for reviewer, keys in GIVEN.items():
            library = make_library(self.store, reviewer)
            session = library.open(self.documents[0])
            for index, key in enumerate(keys):
                session.annotate(index, names[key])
            if reviewer != "cleo":
                library.open(self.documents[1]).annotate(3, names[keys[3]])
            session.note(1, "somebody said so")
            session.name_speaker(1, "the mayor")

    def open(self, size: tuple[int, int] = (120, 40)) -> AbstractAsyncContextManager[Pilot[None]]:
        app = AdjudicationApp(self.library, self.documents[0])
        return app.run_test(size=size, notifications=True)


@pytest.fixture
def desk(folder: Path) -> Iterator[LeadsDesk]:
    del folder
    made = LeadsDesk()
    yield made
    made.store.close()


def screen_of(pilot: Pilot[None]) -> AdjudicationScreen:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, AdjudicationScreen)
    return screen


def number_of(pilot: Pilot[None]) -> int:
    return screen_of(pilot).cursor + 1


def settled() -> list[tuple[object, ...]]:
    """What another program reads in the file."""
    return query('SELECT reviewer, label, note FROM adjudication ORDER BY document_id, "start"')


async def test_one_key_settles_and_goes_on_to_the_next_disagreement(desk: LeadsDesk) -> None:
    labels = query("SELECT * FROM labels")
    async with desk.open() as pilot:
        assert number_of(pilot) == 2
        await pilot.press("d")
        assert settled() == [("lea", "denial", None)]
        assert number_of(pilot) == 4
        screen = await shown(pilot)
        assert "saved ✓" in screen
        assert "disagreement 2 of 2   1 settled · 1 open" in screen
        await pilot.press("c")
        assert number_of(pilot) == 4
        assert "Every disagreement in this article is settled" in await shown(pilot)
    assert query("SELECT * FROM labels") == labels


async def test_names_are_hidden_until_asked_for(desk: LeadsDesk) -> None:
    async with desk.open() as pilot:
        screen = await shown(pilot)
        assert all(f"    {letter}  " in screen for letter in "ABC")
        assert not any(f" {name} " in screen for name in GIVEN)
        assert "the mayor" in screen
        await pilot.press("v")
        screen = await shown(pilot)
        assert all(f"    {name} " in screen for name in GIVEN)
        await pilot.press("v")
        screen = await shown(pilot)
        assert not any(f" {name} " in screen for name in GIVEN)


async def test_undo_and_redo_go_to_what_they_changed(desk: LeadsDesk) -> None:
    async with desk.open() as pilot:
        await pilot.press("d", "c", "u")
        assert (number_of(pilot), settled()) == (4, [("lea", "denial", None)])
        await pilot.press("u")
        assert (number_of(pilot), settled()) == (2, [])
        await pilot.press("u")
        assert "nothing to undo" in await shown(pilot)
        await pilot.press("U", "ctrl+r")
        assert (number_of(pilot), len(settled())) == (4, 2)


async def test_the_reason_is_saved_with_the_label_or_at_once_where_there_is_one(
    desk: LeadsDesk,
) -> None:
    async with desk.open() as pilot:
        await pilot.press("n", *"why", "enter")
        assert settled() == []
        assert "why (saved with the label)" in await shown(pilot)
        await pilot.press("d", "k", "n", *" not", "enter")
        assert settled() == [("lea", "denial", "why not")]
        assert number_of(pilot) == 2


async def test_tab_goes_to_what_is_open_and_then_to_the_next_document(desk: LeadsDesk) -> None:
    async with desk.open() as pilot:
        await pilot.press("tab")
        assert number_of(pilot) == 4
        await pilot.press("c", "shift+tab")
        assert number_of(pilot) == 2
        await pilot.press("c")
        assert "tab goes on to “B" in await shown(pilot)
        await pilot.press("tab")
        assert screen_of(pilot).session.document.id == desk.documents[1].id
        await pilot.press("c", "tab")
        assert "Nothing else is open" in await shown(pilot)
        await pilot.press("q")
    assert len(settled()) == 3


async def test_moving_walks_disagreements_only(desk: LeadsDesk) -> None:
    async with desk.open() as pilot:
        walked = []
        for key in ("j", "j", "k", "k", "end", "home", "right_square_bracket"):
            await pilot.press(key)
            walked.append(number_of(pilot))
        assert walked == [4, 4, 2, 2, 4, 2, 4]


async def test_what_all_agree_on_is_settled_by_rule_with_one_key_and_one_undo(
    desk: LeadsDesk,
) -> None:
    async with desk.open() as pilot:
        await pilot.press("s")
        rules = query("SELECT label, rule FROM adjudication")
        assert rules == [("claim", "unanimous"), ("background", "unanimous")]
        assert "2 sentences settled" in await shown(pilot)
        await pilot.press("u")
        assert settled() == []


async def test_a_click_on_a_label_settles(desk: LeadsDesk) -> None:
    async with desk.open() as pilot:
        view = screen_of(pilot).query_one(DisputeView)
        lines = ["".join(one.text for one in line.segments) for line in view.list_lines()]
        at = next(y for y, line in enumerate(lines) if line.startswith("     B  "))
        assert "claim" in lines[at] or "denial" in lines[at] or "background" in lines[at]
        await pilot.click(view, offset=(10, at))
        await pilot.pause()
        assert len(settled()) == 1


async def test_a_failed_commit_is_said_and_moves_nothing(desk: LeadsDesk) -> None:
    async with desk.open() as pilot:
        with closing(sqlite3.connect(DATABASE, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await pilot.press("d")
            assert "not saved" in await shown(pilot)
            other.execute("ROLLBACK")
        assert (number_of(pilot), settled()) == (2, [])
        await pilot.press("d")
        assert (number_of(pilot), len(settled())) == (4, 1)


async def test_what_others_do_appears_and_the_sentence_stays(desk: LeadsDesk) -> None:
    async with desk.open() as pilot:
        with closing(SqliteStore.open(DATABASE)) as store:
            make_library(store, "zoe").open(desk.documents[0]).annotate(1, "background")
            make_library(store, "yan").open(desk.documents[0]).annotate(0, "denial")
        screen_of(pilot).follow_others()
        assert number_of(pilot) == 2
        screen = await shown(pilot)
        assert "    D  background" in screen
        assert "disagreement 2 of 3" in screen


async def test_agreement_guideline_keys_and_library_are_one_key_away(desk: LeadsDesk) -> None:
    async with desk.open() as pilot:
        for key in ("a", "i", "question_mark"):
            await pilot.press(key)
            assert len(pilot.app.screen_stack) == 2
            await pilot.press("escape")
            assert len(pilot.app.screen_stack) == 1
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_a_low_screen_scrolls_and_a_narrow_one_keeps_labels(desk: LeadsDesk) -> None:
    async with desk.open(size=(40, 10)) as pilot:
        assert "↓ more" in await shown(pilot)
        await pilot.press("pagedown", "pagedown", "pagedown")
        assert "settled" in await shown(pilot)
        await pilot.press("pageup", "pageup", "pageup")
        assert "▶" in await shown(pilot)
        await pilot.resize_terminal(80, 30)
        assert "↓ more" not in await shown(pilot)
