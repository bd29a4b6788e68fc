"""The help and the palette say what the keys are: all of them, and nothing else."""

from __future__ import annotations

from annotator.tui.bindings import list_keys
from annotator.tui.screens.help import HelpScreen
from annotator.tui.screens.labelling import LabellingScreen
from tests.tui.conftest import Desk, number_of, screen_of, shown

CONTRACT = {
    "label-claim": {"c", "1"},
    "label-denial": {"d", "2"},
    "label-background": {"b", "3"},
    "next": {"j", "↓"},
    "previous": {"k", "↑"},
    "first": {"home"},
    "last": {"end"},
    "go-to": {"g"},
    "next-open": {"tab"},
    "previous-open": {"shift+tab"},
    "clear": {"x", "del"},
    "undo": {"u"},
    "redo": {"U", "ctrl+r"},
    "accept": {"enter"},
    "unsure": {"f"},
    "note": {"n"},
    "speaker": {"s"},
    "links": {"l"},
    "deny-denial": {"D"},
    "split": {"S"},
    "join": {"J"},
    "find": {"/"},
    "filter": {"F"},
    "history": {"h"},
    "others": {"v"},
    "guideline": {"i"},
    "copy": {"y"},
    "library": {"esc", "L"},
    "previous-document": {"["},
    "next-document": {"]"},
    "keys": {"?", "f1"},
    "palette": {"ctrl+p"},
    "suspend": {"ctrl+z"},
    "quit": {"q"},
}


async def test_the_keys_are_those_that_people_were_promised(desk: Desk) -> None:
    async with desk.open() as pilot:
        keys = {key.id: set(key.keys) for key in list_keys(screen_of(pilot))}
    assert {id_: keys[id_] for id_ in CONTRACT} == CONTRACT
    assert keys.keys() - CONTRACT.keys() == {"page-up", "page-down"}


async def test_every_binding_has_an_id_a_group_and_a_tooltip(desk: Desk) -> None:
    async with desk.open() as pilot:
        ours = [
            active
            for active in screen_of(pilot).active_bindings.values()
            if isinstance(active.node, LabellingScreen)
        ]
        assert ours
        for active in ours:
            assert active.binding.id
            assert active.binding.group
            assert active.binding.tooltip


async def test_the_help_lists_every_key_by_group_and_any_of_its_keys_closes_it(desk: Desk) -> None:
    async with desk.open((120, 60)) as pilot:
        for opening, closing in (("question_mark", "escape"), ("f1", "q"), ("f1", "f1")):
            await pilot.press(opening)
            picture = await shown(pilot)
            assert isinstance(pilot.app.screen, HelpScreen)
            for key in list_keys(screen_of(pilot)):
                if key.group != "Program":
                    assert key.does in picture
            # Two columns: what stands in the one is not above what stands in the other.
            assert picture.index("Labelling") < picture.index("Moving")
            assert picture.index("Looking up") < picture.index("Undo, without limit")
            await pilot.press(closing)
            assert isinstance(pilot.app.screen, LabellingScreen)
        await pilot.press("c")
        assert desk.labels() == {1: "claim"}


async def test_a_label_key_does_nothing_behind_a_dialog(desk: Desk) -> None:
    async with desk.open() as pilot:
        await pilot.press("f1", "c", "d", "x", "escape")
        assert (desk.labels(), number_of(pilot)) == ({}, 1)


async def test_every_action_of_the_palette_can_be_found_and_run(desk: Desk) -> None:
    async with desk.open() as pilot:
        screen = screen_of(pilot)
        for key in list_keys(screen):
            namespace, _, name = key.action.rpartition(".")
            node = pilot.app if namespace == "app" else screen
            assert hasattr(node, f"action_{name.split('(')[0]}"), key


async def test_the_palette_finds_an_action_by_its_name(desk: Desk) -> None:
    async with desk.open() as pilot:
        await pilot.press("ctrl+p", *"label den")
        await pilot.pause(0.5)
        assert "Label denial" in await shown(pilot)
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert desk.labels() == {1: "denial"}
