"""Keys that the user has moved: each does one thing, and the screens show and do it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.config import Settings
from annotator.errors import ConfigError
from annotator.model.scheme import FACT_CHECK, LabelScheme
from annotator.tui.app import AnnotatorApp
from annotator.tui.bindings import bind_screen, list_keyless, list_keys
from annotator.tui.commands import ActionCommands
from annotator.tui.keymap import check_keys, list_actions
from annotator.tui.keys import (
    FIXED,
    LABELLING_KEYS,
    LIBRARY_KEYS,
    ONLY_IN_SEARCH,
    SEARCH_KEYS,
    YIELDING,
)
from tests.schemes import STANCE, schemes
from tests.tui.conftest import screen_of, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import Binding

    from tests.tui.conftest import Desk

KEYS = st.sampled_from(
    ["z", "Z", "c", "d", "D", "1", "n", "y", "u", "t", "e", "?", "f5", "ctrl+r", "tab", "space"]
)
IDS = st.sampled_from(
    ["undo", "redo", "note", "copy", "next", "open", "sort", "label-claim", "deny-denial", "keys"]
)


def labelled(scheme: LabelScheme, key: str) -> LabelScheme:
    """The scheme with another key for its last label."""
    return replace(scheme, labels=(*scheme.labels[:-1], replace(scheme.labels[-1], key=key)))


def complain(keys: Mapping[str, str], *, scheme: LabelScheme = FACT_CHECK) -> str:
    with pytest.raises(ConfigError) as caught:
        check_keys(keys, scheme=scheme)
    message = str(caught.value)
    assert message.isprintable()
    assert message.endswith(".")
    return message


# -- what is right


@given(schemes())
def test_no_scheme_that_keeps_to_the_rules_clashes_with_the_tables(scheme: LabelScheme) -> None:
    check_keys({}, scheme=scheme)


@pytest.mark.parametrize(
    "keys",
    [
        {"undo": "z"},
        {"undo": "U", "redo": "u"},
        {"undo": "ctrl+z", "suspend": "f12"},
        {"quit": "q,ctrl+q"},
        {"label-claim": "k", "previous": "up"},
        {"label-claim": "y"},
        {"note": "t", "others": "n", "next-match": "f3"},
        {"deny-denial": "r"},
        {"label-opinion": "o"},
        {"search-next": "ctrl+n"},
        {"import": "i", "guideline": "w"},
    ],
)
def test_a_key_may_be_moved_to_where_nothing_else_is(keys: dict[str, str]) -> None:
    check_keys(keys, scheme=FACT_CHECK)


# -- what is wrong


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"undo": "c"}, ["'c'", "'undo'", "'label-claim'"]),
        ({"undo": "3"}, ["'3'", "'undo'", "'label-background'"]),
        ({"undo": "D"}, ["'D'", "'undo'", "'deny-denial'"]),
        ({"undo": "n"}, ["'n'", "'undo'", "'note'"]),
        ({"undo": "N"}, ["'N'", "'undo'", "'previous-match'"]),
        ({"note": "t", "undo": "n"}, ["'n'", "'undo'", "'next-match'"]),
        ({"undo": "shift+f"}, ["'F'", "'undo'", "'filter'"]),
        ({"undo": "question_mark"}, ["'?'", "'undo'", "'keys'"]),
        ({"undo": "z", "redo": "z"}, ["'z'", "'undo'", "'redo'"]),
        ({"label-claim": "d"}, ["'d'", "'label-claim'", "'label-denial'"]),
        ({"label-claim": "u"}, ["'u'", "'label-claim'", "'undo'"]),
        ({"sort": "o"}, ["'o'", "'sort'", "'import'", "library"]),
        ({"next": "e"}, ["'e'", "'next'", "'export'", "library"]),
        ({"search-next": "up"}, ["'up'", "'search-next'", "'search-previous'"]),
        ({"search-next": "j"}, ["'j'", "'search-next'", "words"]),
        ({"search-next": "space"}, ["'space'", "'search-next'", "words"]),
        ({"undo": "enter"}, ["'enter'", "'undo'", "suggestion"]),
        ({"accept": "a"}, ["'accept'", "cannot be moved"]),
        ({"undo": "ctrl+q"}, ["'ctrl+q'", "'undo'", "'quit'"]),
        ({"undo": "esc"}, ["'esc'", "'undo'", "'escape'"]),
        ({"undoo": "z"}, ["'undoo'", "undo", "label-claim", "sort"]),
    ],
)
def test_an_error_names_the_key_and_both_actions(keys: dict[str, str], words: list[str]) -> None:
    message = complain(keys)
    assert all(word in message for word in words), message


def test_a_label_that_has_the_key_of_a_moved_action_names_both() -> None:
    message = complain({"undo": "o"}, scheme=labelled(FACT_CHECK, "o"))
    assert "'label-background'" in message
    assert "'undo'" in message


def test_what_gives_way_stays_where_its_user_has_put_it() -> None:
    check_keys({"copy": "Y"}, scheme=STANCE)
    assert "'copy'" in complain({"copy": "y"}, scheme=STANCE)


def test_an_error_has_the_line_of_the_settings(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('theme = "nord"\n\n[keys]\nredo = "Z"\nundo = "c"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"line 5: .*'undo'"):
        check_keys({"redo": "Z", "undo": "c"}, scheme=FACT_CHECK, source=path)
    path.unlink()
    with pytest.raises(ConfigError, match=r"config.toml: .*'undo'"):
        check_keys({"undo": "c"}, scheme=FACT_CHECK, source=path)


@given(st.dictionaries(IDS, KEYS, max_size=4))
def test_what_was_checked_has_no_key_for_two_actions(keys: dict[str, str]) -> None:
    def find_clashes() -> set[str]:
        clashes = set()
        for table, scheme in (
            (LABELLING_KEYS, FACT_CHECK),
            (LIBRARY_KEYS, None),
            (SEARCH_KEYS, None),
        ):
            bindings: list[Binding] = bind_screen(table, scheme=scheme, keys=keys)
            # A search has keys of its own for as long as it is on.
            always = [binding for binding in bindings if binding.id not in ONLY_IN_SEARCH]
            counted = Counter(key for binding in always for key in binding.key.split(","))
            clashes |= {key for key, number in counted.items() if number > 1}
        return clashes

    try:
        check_keys(keys, scheme=FACT_CHECK)
        right = True
    except ConfigError:
        right = False
    if right:
        assert find_clashes() == set()
    elif not FIXED & set(keys) and not {"n", "N", "ctrl+q", "enter"} & set(keys.values()):
        assert find_clashes() != set()


# -- what is listed


@given(schemes(), st.sampled_from([{}, {"undo": "f5"}, {"others": "f5"}]))
def test_every_action_is_listed_with_its_keys_or_said_to_have_given_way(
    scheme: LabelScheme, keys: dict[str, str]
) -> None:
    listed = {action.id: action for action in list_actions(scheme=scheme, keys=keys)}
    assert {binding.id for binding in (*LABELLING_KEYS, *LIBRARY_KEYS)} <= set(listed)
    assert all(listed[id_].keys == (key,) for id_, key in keys.items())
    keyless = {key.id for key in list_keyless(scheme, keys)}
    assert keyless <= YIELDING - set(keys)
    # The library has its guideline key whatever a scheme says.
    assert {id_ for id_, action in listed.items() if not action.keys} == keyless - {"guideline"}


# -- on the screen


def settled(desk: Desk, **settings: object) -> AnnotatorApp:
    keys = settings.get("keys", {})
    assert isinstance(keys, dict)
    return AnnotatorApp(
        desk.library,
        desk.document,
        settings=Settings(
            path=Path(), keys=keys, auto_advance=bool(settings.get("auto_advance", True))
        ),
    )


async def test_moved_keys_do_what_they_were_moved_for_and_nothing_else_does(desk: Desk) -> None:
    keys = {"undo": "z, f5", "redo": "?", "keys": "f1", "label-claim": "k", "previous": "up"}
    check_keys(keys, scheme=FACT_CHECK)
    async with settled(desk, keys=keys).run_test(size=(120, 40)) as pilot:
        await pilot.press("k", "c", "1", "d")
        assert desk.labels() == {1: "claim", 2: "denial"}
        await pilot.press("z", "u")
        assert desk.labels() == {1: "claim"}
        await pilot.press("question_mark")
        assert desk.labels() == {1: "claim", 2: "denial"}
        await pilot.press("f5", "f5")
        assert desk.labels() == {}


async def test_the_footer_and_the_help_show_the_keys_that_are_in_force(desk: Desk) -> None:
    keys = {"undo": "z", "label-claim": "ctrl+k", "keys": "f2"}
    async with settled(desk, keys=keys).run_test(size=(160, 60)) as pilot:
        footer = (await shown(pilot)).splitlines()[-1]
        assert "ctrl+k claim" in footer
        assert "z undo" in footer
        assert "f2 keys" in footer
        listed = {key.id: key.keys for key in list_keys(screen_of(pilot))}
        assert listed["undo"] == ("z",)
        assert listed["label-claim"] == ("ctrl+k",)
        await pilot.press("f2")
        helped = await shown(pilot)
        assert "ctrl+k" in helped
        assert any("z" in line.split() and "Undo" in line for line in helped.splitlines())


async def test_without_going_on_the_cursor_stays_at_what_was_labelled(desk: Desk) -> None:
    async with settled(desk, auto_advance=False).run_test(size=(120, 40)) as pilot:
        await pilot.press("c", "d")
        assert screen_of(pilot).cursor == 0
        assert desk.labels() == {1: "denial"}
        await pilot.press("j", "b")
        assert screen_of(pilot).cursor == 1
        assert desk.labels() == {1: "denial", 2: "background"}


async def test_the_palette_finds_what_has_no_key_before_and_after_something_is_typed(
    desk: Desk,
) -> None:
    desk.library.set_scheme(STANCE)
    async with desk.open() as pilot:
        commands = ActionCommands(screen_of(pilot))
        discovered = [hit.text async for hit in commands.discover()]
        assert "Copy the sentence with its source" in discovered
        found = [hit async for hit in commands.search("copy the sentence")]
        assert len(found) == 1
        await pilot.press("y")
        assert desk.labels() == {1: "neither"}


async def test_a_label_may_have_any_character_as_its_key(desk: Desk) -> None:
    labels = [replace(STANCE.labels[2], name=key, key=f"{key}") for key in (",", "é", "!", "文")]
    desk.library.set_scheme(LabelScheme("odd", tuple(labels)))
    async with desk.open() as pilot:
        for key in ("comma", "é", "exclamation_mark", "文", "1"):
            await pilot.press(key)
        assert desk.labels() == {1: ",", 2: "é", 3: "!", 4: "文", 5: ","}
