"""Themes, motion, colour, and what is loaded for the first screen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotator.config import Settings, read_settings
from annotator.tui.theme import LAMP, PAPER
from tests.tui.conftest import shown
from tests.tui.shelves import Shelf, notices_in

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def shelf(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(folder / "config.toml"))
    made = Shelf()
    yield made
    made.store.close()


def make_settings(theme: str) -> Settings:
    return Settings(path=Path("config.toml"), theme=theme)


async def test_the_theme_of_the_settings_is_in_force(shelf: Shelf) -> None:
    for name in (PAPER.name, "nord"):
        app = shelf.make_app(settings=make_settings(name))
        async with app.run_test():
            assert app.theme == name


async def test_an_unknown_theme_is_said_with_those_that_there_are(shelf: Shelf) -> None:
    app = shelf.make_app(settings=make_settings("paper-white"))
    async with app.run_test(notifications=True) as pilot:
        await pilot.pause()
        assert app.theme == LAMP.name
        notice = await notices_in(pilot)
        assert "'paper-white'" in notice
        assert "config.toml" in notice
        assert PAPER.name in notice


async def test_the_environment_has_the_first_word(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEXTUAL_THEME", "nord")
    app = shelf.make_app(settings=make_settings("dracula"))
    async with app.run_test():
        assert app.theme != "dracula"


async def test_a_theme_that_is_chosen_is_remembered_and_one_passed_over_is_not(
    shelf: Shelf,
) -> None:
    app = shelf.make_app(document=0)
    async with app.run_test() as pilot:
        app.action_change_theme()
        await pilot.pause()
        await pilot.press("down", "down", "escape")
        assert read_settings().theme is None
        app.action_change_theme()
        await pilot.pause()
        await pilot.press(*"annotator-light")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert app.theme == PAPER.name
    assert read_settings().theme == PAPER.name


async def test_a_theme_that_cannot_be_remembered_is_in_force_all_the_same(
    shelf: Shelf, folder: Path
) -> None:
    (folder / "config.toml").write_text("theme = \n", encoding="utf-8")
    app = shelf.make_app(document=0)
    async with app.run_test(notifications=True) as pilot:
        app.action_change_theme()
        await pilot.pause()
        await pilot.press(*"nord")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert app.theme == "nord"
        assert "config.toml" in await notices_in(pilot)


async def test_every_theme_can_be_put_on(shelf: Shelf) -> None:
    shelf.work()
    async with shelf.open(document=2) as pilot:
        for name in sorted(pilot.app.available_themes):
            pilot.app.theme = name
            await pilot.pause()
            assert pilot.app.theme == name
        assert "Dam" in await shown(pilot)
        await pilot.press("escape")
        for name in sorted(pilot.app.available_themes):
            pilot.app.theme = name
            await pilot.pause()
        assert "Dam" in await shown(pilot)


async def test_nothing_moves_by_itself(shelf: Shelf) -> None:
    async with shelf.open() as pilot:
        assert pilot.app.animation_level == "none"


def test_a_document_opens_without_the_library_screen(folder: Path) -> None:
    del folder
    code = (
        "import sys, annotator.tui.app; print(*(n for n in sys.modules if n.startswith("
        "('annotator.tui.hall', 'annotator.tui.screens'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert set(done.stdout.split()) == {
        "annotator.tui.screens",
        "annotator.tui.screens.labelling",
    }
