"""Guideline, history and others' labels: what the reviewer looks up."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from annotator.model.scheme import FACT_CHECK, Label, LabelScheme
from annotator.session.schemes import read_guideline_in_force
from annotator.tui.screens.guideline import GuidelineScreen
from annotator.tui.screens.history import HistoryScreen
from annotator.tui.screens.labelling import LabellingScreen
from annotator.tui.screens.others import OthersScreen
from tests.builders import make_library
from tests.tui.conftest import Desk, query, shown

if TYPE_CHECKING:
    from textual.pilot import Pilot


async def read(pilot: Pilot[None]) -> str:
    """What is painted, once everything has been read."""
    await pilot.app.workers.wait_for_complete()
    return await shown(pilot)


def kinds() -> list[str]:
    rows = query("SELECT kind FROM event WHERE kind <> 'import' ORDER BY counter, id")
    return [str(kind) for (kind,) in rows]


# -- guideline


@pytest.mark.parametrize(
    ("keys", "first", "gone"),
    [
        (["i"], "Labelling guideline:", "Edge cases"),
        (["c", "k", "i"], "claim: the sentence puts forward", "Read the whole article"),
        (["d", "k", "i"], "denial: someone in the sentence", "claim: the sentence"),
        (["b", "k", "i"], "background: everything else", "denial: someone"),
        (["i", "b"], "background: everything else", "denial: someone"),
        (["i", "3", "1"], "claim: the sentence puts forward", "Read the whole article"),
        (["i", "end"], "those corpora.", "claim: the sentence"),
        (["i", "end", "home"], "Labelling guideline:", "Edge cases"),
        (["i", "end", "pageup", "pageup", "d"], "denial: someone in the sentence", "literature"),
    ],
)
async def test_the_guideline_opens_at_the_label_in_question(
    desk: Desk, keys: list[str], first: str, gone: str
) -> None:
    async with desk.open((80, 24)) as pilot:
        await pilot.press(*keys)
        assert isinstance(pilot.app.screen, GuidelineScreen)
        picture = await shown(pilot)
        assert first in picture
        assert gone not in picture


async def test_the_guideline_is_read_to_its_end_line_by_line(desk: Desk) -> None:
    async with desk.open((80, 24)) as pilot:
        await pilot.press("i")
        assert "↓ more" in await shown(pilot)
        assert "↑ more" not in await shown(pilot)
        await pilot.press("j", "k", "down", "up", "k")
        assert "Labelling guideline" in await shown(pilot)
        await pilot.press(*["space"] * 40)
        assert "those corpora." in await shown(pilot)
        assert "↓ more" not in await shown(pilot)
        await pilot.press("j", "j", "k")
        assert "↓ more" in await shown(pilot)


@pytest.mark.parametrize("key", ["i", "q", "escape", "enter"])
async def test_the_guideline_closes_and_nothing_has_changed(desk: Desk, key: str) -> None:
    async with desk.open() as pilot:
        await pilot.press("i", "c", "d", key)
        assert isinstance(pilot.app.screen, LabellingScreen)
        assert (desk.labels(), kinds()) == ({}, [])


def scheme_of(guideline: str) -> LabelScheme:
    labels = (
        Label("fact [x]", "i", "What <b>is</b>.", guideline=guideline),
        Label("opinion", "o", "What is not."),
    )
    return LabelScheme("other", labels)


async def test_a_guideline_of_ones_own_is_shown_as_it_is_written(desk: Desk) -> None:
    scheme = scheme_of("See [here](http://x.example), \u202e and \x1b[31mred</p>.\n\n    Indented.")
    screen = GuidelineScreen(read_guideline_in_force(scheme), "opinion", scheme=scheme)
    async with desk.open() as pilot:
        await pilot.app.push_screen(screen)
        picture = await shown(pilot)
        for part in ("What <b>is</b>.", "here", "⟦RLO⟧", "␛[31mred</p>.", "Indented.", "opinion"):
            assert part in picture
        await pilot.press("i")
        assert pilot.app.screen is screen
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, LabellingScreen)


async def test_each_label_of_a_long_scheme_has_its_place(desk: Desk) -> None:
    labels = tuple(
        Label(f"label{number}", key, f"Definition {number}.", guideline="Word. " * 300)
        for number, key in enumerate("abcdeg")
    )
    scheme = LabelScheme("long", labels)
    screen = GuidelineScreen(read_guideline_in_force(scheme), "label3", scheme=scheme)
    async with desk.open((80, 24)) as pilot:
        await pilot.app.push_screen(screen)
        assert "Definition 3" in await shown(pilot)
        for number, key in enumerate("abcdeg"):
            await pilot.press(key)
            picture = await shown(pilot)
            assert f"Definition {number}" in picture
            assert f"Definition {number + 1}" not in picture


def test_the_shipped_guideline_has_a_part_a_label() -> None:
    text = read_guideline_in_force(FACT_CHECK)
    for label in FACT_CHECK.labels:
        assert f"\n\n**{label.name}**" in text


# -- history


async def test_the_history_of_a_sentence_is_told_newest_first(desk: Desk) -> None:
    async with desk.open() as pilot:
        await pilot.press("c", "k", "d", "k", "f", "n", *"why?", "enter", "u", "j", "b", "k", "k")
        await pilot.press("h")
        assert isinstance(pilot.app.screen, HistoryScreen)
        picture = await read(pilot)
        told = [
            "6 events, newest first",
            "undo: note why? → –",
            "note – → why? (undone)",
            "unsure no → yes",
            "label claim → denial",
            "label – → claim",
            "import: 31 sentences from sample",
        ]
        places = [picture.index(words) for words in told]
        assert places == sorted(places)
        assert "label – → background" not in picture


@pytest.mark.parametrize("key", ["a", "tab"])
async def test_a_key_turns_to_the_whole_document_and_back(desk: Desk, key: str) -> None:
    async with desk.open() as pilot:
        await pilot.press("c", "d", "h")
        assert "History of sentence 3 · 1 event" in await read(pilot)
        await pilot.press(key)
        picture = await read(pilot)
        assert "History of the document · 3 events" in picture
        assert picture.index("2  label – → denial") < picture.index("1  label – → claim")
        await pilot.press(key)
        assert "History of sentence 3 · 1 event" in await read(pilot)


@pytest.mark.parametrize("key", ["h", "q", "escape", "enter"])
async def test_the_history_closes_and_nothing_has_changed(desk: Desk, key: str) -> None:
    async with desk.open() as pilot:
        await pilot.press("h", "c", "d", key, "b")
        assert isinstance(pilot.app.screen, LabellingScreen)
        assert desk.labels() == {1: "background"}


async def test_times_are_the_reviewers_own(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "IST-5:30")
        time.tzset()
        async with desk.open() as pilot:
            await pilot.press("c", "k", "h")
            assert "2026-11-23 17:30" in await read(pilot)
    time.tzset()


async def test_a_long_history_is_scrolled(desk: Desk) -> None:
    session = desk.library.open(desk.document)
    for number in range(150):
        session.note(0, f"note {number} " + "and more words " * (number % 7))
    async with desk.open((80, 24)) as pilot:
        await pilot.press("h")
        assert "151 events" in await read(pilot)
        assert "note 149" in await shown(pilot)
        await pilot.press("end")
        assert "import: 31 sentences" in await shown(pilot)
        await pilot.press("home", "end", "pageup", "pagedown", "k", "j")
        assert "import: 31 sentences" in await shown(pilot)
        await pilot.resize_terminal(60, 20)
        await pilot.press("end")
        assert "import: 31 sentences" in await shown(pilot)


async def test_others_deeds_are_in_no_history(desk: Desk) -> None:
    other = make_library(desk.store, "ben").open(desk.document)
    other.annotate(0, "denial")
    other.note(0, "a secret")
    async with desk.open() as pilot:
        await pilot.press("h")
        for key in ("a", "a"):
            assert "→ denial" not in await read(pilot)
            assert "secret" not in await shown(pilot)
            await pilot.press(key)


# -- others


def let_ben_label(desk: Desk) -> None:
    session = make_library(desk.store, "ben").open(desk.document)
    session.annotate(1, "claim")
    session.annotate(0, "denial")
    session.link(0, [1])
    session.name_speaker(0, "The owner")
    session.note(0, "says [b]no[/b]")
    session.flag_unsure(0, unsure=True)


async def test_before_ones_own_label_others_stay_unseen(desk: Desk) -> None:
    let_ben_label(desk)
    async with desk.open() as pilot:
        await pilot.press("v")
        assert isinstance(pilot.app.screen, LabellingScreen)
        picture = await shown(pilot)
        assert "Label sentence 1 first" in picture
        assert "ben" not in picture
        assert "seen" not in kinds()


async def test_after_ones_own_label_others_are_seen_and_that_is_written_down(desk: Desk) -> None:
    let_ben_label(desk)
    async with desk.open() as pilot:
        await pilot.press("c", "k", "v")
        assert isinstance(pilot.app.screen, OthersScreen)
        picture = await shown(pilot)
        for part in ("ben", "denial", "⚑ unsure", "The owner", "denies   2", "says [b]no[/b]"):
            assert part in picture
        assert kinds()[-1] == "seen"
        await pilot.press("c", "v", "d")
        assert desk.labels() == {1: "denial"}
        await pilot.press("u", "u", "u")
        assert desk.labels() == {}
        assert "nothing to undo" in await shown(pilot)


async def test_where_nobody_else_was_a_line_says_so(desk: Desk) -> None:
    let_ben_label(desk)
    async with desk.open() as pilot:
        await pilot.press("j", "j", "c", "k", "v")
        assert isinstance(pilot.app.screen, LabellingScreen)
        assert "Nobody else" in await shown(pilot)
        assert "seen" not in kinds()


async def test_the_history_tells_that_somebody_has_looked(desk: Desk) -> None:
    let_ben_label(desk)
    async with desk.open() as pilot:
        await pilot.press("c", "k", "v", "escape", "h")
        assert "seen: others' labels for it" in await read(pilot)
