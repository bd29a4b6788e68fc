"""The help as a page: all of it to be seen, on screens large and small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model.scheme import Label, LabelScheme
from annotator.tui.app import AnnotatorApp
from annotator.tui.bindings import list_keys
from annotator.tui.keys import LABELLING_KEYS, LIBRARY_KEYS
from annotator.tui.screens.help import HelpScreen, explain_keys
from tests.tui.conftest import Desk, screen_of, shown

if TYPE_CHECKING:
    from textual.pilot import Pilot


async def read_to_the_end(pilot: Pilot[None]) -> str:
    """All that scrolling brings to the screen, one picture after the other."""
    seen = await shown(pilot)
    while "↓ more" in (picture := await shown(pilot)):
        seen += picture
        await pilot.press("pagedown")
    return seen + picture


async def test_all_of_it_is_seen_at_once_from_120_columns_on(desk: Desk) -> None:
    async with desk.open((120, 40)) as pilot:
        await pilot.press("question_mark")
        picture = await shown(pilot)
        assert "↓ more" not in picture
        for binding in LABELLING_KEYS:
            assert binding.description in picture, binding.id
        assert "Label denial, and choose what it denies" in picture
        assert "escape changes nothing" in picture
        lines = picture.splitlines()
        assert any("Labelling" in line and "Remarks" in line for line in lines)


async def test_on_a_small_screen_it_scrolls_and_says_so(desk: Desk) -> None:
    async with desk.open((80, 24)) as pilot:
        await pilot.press("f1")
        assert "↓ more" in await shown(pilot)
        picture = await read_to_the_end(pilot)
        for binding in LABELLING_KEYS:
            assert binding.description in picture, binding.id
        assert "↑ more" in await shown(pilot)


async def test_it_fits_into_the_narrowest_screen(desk: Desk) -> None:
    async with desk.open((40, 12)) as pilot:
        await pilot.press("f1", "j", "end", "home", "escape", "c")
        assert desk.labels() == {1: "claim"}


async def test_keys_that_wait_for_a_search_are_listed_with_it(desk: Desk) -> None:
    async with desk.open() as pilot:
        screen = screen_of(pilot)
        in_force = {key.id for key in list_keys(screen)}
        keys = {key.id: key for key in explain_keys(screen, LABELLING_KEYS)}
        assert keys.keys() - in_force == {"next-match", "previous-match"}
        assert keys["previous-match"].keys == ("N",)
        assert keys["previous-match"].does == "Previous match (in a search)"
        assert keys["note"].keys == ("n",)
        await pilot.press("slash", *"the", "enter")
        keys = {key.id: key for key in explain_keys(screen, LABELLING_KEYS)}
        assert keys["next-match"].keys == ("n",)
        assert keys["note"].does == "Write a note (after the search)"
        assert [key.id for key in keys.values()] == list(keys)


async def test_an_action_without_a_key_is_listed_with_the_palette(desk: Desk) -> None:
    scheme = LabelScheme(
        "other", (Label("here", "h", "…"), Label("inner", "i", "…"), Label("voice", "v", "…"))
    )
    desk.library.set_scheme(scheme)
    async with desk.open() as pilot:
        keys = {key.id: key.keys for key in explain_keys(screen_of(pilot), LABELLING_KEYS)}
        assert keys["label-here"] == ("h", "1")
        for id_ in ("history", "guideline", "others"):
            assert keys[id_] == ("ctrl+p",)


async def test_the_librarys_help_has_the_librarys_keys(desk: Desk) -> None:
    app = AnnotatorApp(desk.library, None)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        picture = await shown(pilot)
        assert "↓ more" not in picture
        for binding in LIBRARY_KEYS:
            assert binding.description in picture, binding.id
        assert "click a document" in picture
        await pilot.press("question_mark")
        assert not isinstance(pilot.app.screen, HelpScreen)
