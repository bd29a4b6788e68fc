"""Pictures of the screens, compared on every run; the README shows some of them.

`pytest tests/tui/test_snapshots.py --snapshot-update` draws them anew: look at them before you
commit them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, TypeAlias

from annotator.tui.theme import LAMP, PAPER
from tests.tui.conftest import DATABASE, Desk

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

Compare: TypeAlias = Callable[..., bool]

FIRST_SIX = ["b", "b", "c", "c", "c", "b"]
# A flag, a denial with its claim, a note on the next, and back to name who denies.
SOME_WORK = [
    *[*FIRST_SIX, "f", "c", "D", "enter"],
    *["n", *"Who says so?", "enter", "k", "s", "enter"],
]


def compare(snap_compare: Compare, desk: Desk, *, theme: str, size: str, keys: list[str]) -> bool:
    """Whether the app looks as it did after these keys."""
    app = desk.app
    app.theme = theme
    width, height = (int(number) for number in size.split("x"))
    return snap_compare(app, press=keys, terminal_size=(width, height))


def test_labelling_80x24_dark(snap_compare: Compare, desk: Desk) -> None:
    assert compare(snap_compare, desk, theme=LAMP.name, size="80x24", keys=SOME_WORK)


def test_labelling_80x24_light(snap_compare: Compare, desk: Desk) -> None:
    assert compare(snap_compare, desk, theme=PAPER.name, size="80x24", keys=SOME_WORK)


def test_labelling_120x40_dark(snap_compare: Compare, desk: Desk) -> None:
    assert compare(snap_compare, desk, theme=LAMP.name, size="120x40", keys=SOME_WORK)


def test_labelling_120x40_light(snap_compare: Compare, desk: Desk) -> None:
    assert compare(snap_compare, desk, theme=PAPER.name, size="120x40", keys=SOME_WORK)


def test_labelling_200x60_dark(snap_compare: Compare, desk: Desk) -> None:
    assert compare(snap_compare, desk, theme=LAMP.name, size="200x60", keys=SOME_WORK)


def test_labelling_200x60_light(snap_compare: Compare, desk: Desk) -> None:
    assert compare(snap_compare, desk, theme=PAPER.name, size="200x60", keys=SOME_WORK)


def test_end_of_the_article_120x40_light(snap_compare: Compare, desk: Desk) -> None:
    keys = [*"b" * desk.document.sentence_count, "d"]
    assert compare(snap_compare, desk, theme=PAPER.name, size="120x40", keys=keys)


def test_end_with_open_sentences_80x24_dark(snap_compare: Compare, desk: Desk) -> None:
    keys = ["end", "c"]
    assert compare(snap_compare, desk, theme=LAMP.name, size="80x24", keys=keys)


def test_note_80x24_light(snap_compare: Compare, desk: Desk) -> None:
    keys = [*FIRST_SIX, "n", *"Who says so?"]
    assert compare(snap_compare, desk, theme=PAPER.name, size="80x24", keys=keys)


def test_keys_80x24_light(snap_compare: Compare, desk: Desk) -> None:
    keys = [*FIRST_SIX, "question_mark"]
    assert compare(snap_compare, desk, theme=PAPER.name, size="80x24", keys=keys)


def test_keys_120x40_dark(snap_compare: Compare, desk: Desk) -> None:
    keys = [*FIRST_SIX, "question_mark"]
    assert compare(snap_compare, desk, theme=LAMP.name, size="120x40", keys=keys)


def test_not_saved_120x40_dark(snap_compare: Compare, desk: Desk) -> None:
    other = sqlite3.connect(DATABASE, isolation_level=None, check_same_thread=False)

    async def lock_and_label(pilot: Pilot[None]) -> None:
        await pilot.press("b", "b")
        other.execute("BEGIN IMMEDIATE")
        await pilot.press("c")
        await pilot.pause()

    app = desk.app
    app.theme = LAMP.name
    with closing(other):
        assert snap_compare(app, terminal_size=(120, 40), run_before=lock_and_label)


def test_text_shown_literally_80x24_light(snap_compare: Compare, folder: Path) -> None:
    del folder
    lines = [
        "[bold]Markup[/bold] stays what it is, \\x1b too",
        "An override \u202edesrever\u202c is named. A tab\tis a space.",
        "日本語の文章は空白なしで続く。" * 6,
        "שלום עולם, אמר הדובר. مرحبا بالعالم، قال المتحدث.",
        "Cafe\u0301, nai\u0308ve, 👩‍🚀 and 🇺🇳 take their cells.",
        "W" * 200,
    ]
    desk = Desk("\n\n".join(lines))
    try:
        keys = ["c", "d", "b"]
        assert compare(snap_compare, desk, theme=PAPER.name, size="80x24", keys=keys)
    finally:
        desk.store.close()
