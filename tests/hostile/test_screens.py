"""No screen of the app paints what steers the terminal, whatever there is to paint."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

import pytest

from annotator.store.sqlite import SqliteStore
from annotator.tui.adjudication import AdjudicationApp
from annotator.tui.app import AnnotatorApp
from tests.hostile.database import EVIL, find_unsafe, make_working

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import App
    from textual.pilot import Pilot

    from annotator.session.library import Library
    from tests.hostile.database import Hostile

WALKS: Final = {
    "moving and labelling": "end k home f f x c u U g 2 enter y tab end enter",
    "guideline": "i d c b end escape",
    "history": "h end escape j h escape",
    "others": "v end escape j v escape",
    "finding": "slash S p e a k enter n N escape slash z z z escape",
    "filtering": "F down space down space enter k F escape escape",
    "note": "n end backspace end enter",
    "speaker": "home s down down tab enter j s x backspace escape",
    "picker": "home j l down space escape end D down enter",
    "picker by words": "home j l i s down escape end d u",
    "splitting": "S right right enter J escape u u",
    "keys": "question_mark end escape",
    "palette": "ctrl+p a s escape ctrl+p t h e m e enter escape escape",
    "neighbours": "right_square_bracket right_square_bracket left_square_bracket",
    "library": "escape j k s s slash e v i l enter escape t r t x",
    "search": "escape f s a i d down enter",
    "status": "escape p end escape",
    "agreement": "escape A end escape",
    "trading": "escape e tab enter escape o d b slash tab escape",
    "library's keys": "escape question_mark escape i escape",
}
SETTLING: Final = {
    "labels": "c d b x u U s u j k tab home end",
    "names": "v v j v",
    "reason": "n backspace enter",
    "agreement": "a end escape",
    "guideline": "i d end escape",
    "keys": "question_mark end escape ctrl+p s escape",
    "documents": "right_square_bracket left_square_bracket escape",
}
SIZES: Final = [
    pytest.param((120, 40), id="wide"),
    pytest.param((64, 20), id="narrow", marks=pytest.mark.long),
]


@pytest.fixture
def library(hostile: Hostile) -> Iterator[Library]:
    with closing(SqliteStore.open(hostile.path)) as store:
        yield make_working(store, "lea")


def paint(pilot: Pilot[None]) -> str:
    """All that is on the screen and below its dialogs, as the terminal would get it."""
    lines = []
    for screen in pilot.app.screen_stack:
        for strip in screen._compositor.render_strips():
            lines += [segment.text for segment in strip if not segment.control]
    return "\n".join(lines)


async def walk(app: App[None], keys: str, size: tuple[int, int]) -> str:
    """Press the keys one by one, and look at the screen after each; all that was seen."""
    seen = []
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        for key in ("", *keys.split(" ")):
            if key:
                await pilot.press(key)
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            seen.append(paint(pilot))
            assert find_unsafe(seen[-1], lines="\n") == [], key
    return "\n".join(seen)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("walked", WALKS)
async def test_no_screen_steers_the_terminal(
    library: Library, hostile: Hostile, walked: str, size: tuple[int, int]
) -> None:
    document = library.resolve(hostile.ids[0])
    seen = await walk(AnnotatorApp(library, document), WALKS[walked], size)
    # Escaped, and so it was there to be painted.
    assert "␛]0;evil␇" in seen


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("walked", SETTLING)
async def test_no_screen_of_a_lead_steers_the_terminal(
    library: Library, hostile: Hostile, walked: str, size: tuple[int, int]
) -> None:
    document = library.resolve(hostile.ids[0])
    seen = await walk(AdjudicationApp(library, document), SETTLING[walked], size)
    assert "␛]0;evil␇" in seen


async def test_a_paste_is_shown_literally(library: Library, hostile: Hostile) -> None:
    from textual.events import Paste

    async with AnnotatorApp(library, library.resolve(hostile.ids[0])).run_test() as pilot:
        for key in ("n", "s", "slash"):
            await pilot.press(key)
            pilot.app.post_message(Paste(EVIL))
            await pilot.pause()
            await pilot.pause()
            assert find_unsafe(paint(pilot), lines="\n") == []
            await pilot.press("escape")
