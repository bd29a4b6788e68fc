"""What the app does for itself while nobody types: brings in what the dialogs need, tidies up."""

from __future__ import annotations

import gc
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import App
    from textual.timer import Timer

FIRST_PAUSE: Final = 0.3
"""Seconds without a key before it begins."""

PAUSE: Final = 0.05
"""Seconds between two steps, in which a key finds nothing in its way."""

SHORT_PAUSE: Final = 0.1
"""Seconds without a key before what is young is looked through."""

LONG_PAUSE: Final = 20
"""So many short pauses without a key before garbage is looked for everywhere."""

THRESHOLD: Final = (50_000, 10, 1_000_000)
"""When the collector looks by itself: hardly ever. Of 20,000 young objects (some dialogs leave as
many) it takes 7 to 10 ms, which would be that of a key; in a pause it is nobody's.
"""

_WANTED: Final = (
    "annotator.tui.screens.prompt",
    "annotator.tui.screens.picker",
    "annotator.session.offers",
    "annotator.tui.screens.speaker",
    "annotator.session.speakers",
    "annotator.tui.screens.find",
    "annotator.session.finding",
    "annotator.tui.screens.filter",
    "annotator.tui.screens.split",
    "annotator.session.telling",
    "annotator.tui.screens.history",
    "annotator.tui.screens.help",
    "annotator.session.others",
    "annotator.tui.screens.others",
)
"""What a reviewer soon opens, the likeliest first; what is large and seldom wanted is not here."""

_STYLES: Final = Path(__file__).parent / "screens"


class Upkeep:
    """Does one small step at a time, and none within a pause after a key.

    Without it, the first dialog of a kind takes twice as long to open as the second.
    """

    def __init__(self, app: App[None], *, tidies: bool) -> None:
        """`tidies`: garbage that the collector finds only by looking at everything is left for a
        pause: that takes 60 ms, which now and then would be 60 ms of a key.
        """
        self._app = app
        self._tidies = tidies
        self._steps = self._list_steps()
        self._timer: Timer | None = None
        self._pauses = 0

    def begin(self) -> None:
        """Wait for the first pause."""
        if self._tidies:
            gc.set_threshold(*THRESHOLD)
        self._wait(FIRST_PAUSE)

    def put_off(self) -> None:
        """A key has come: wait for the next pause."""
        self._pauses = 0
        if self._timer is not None:
            self._timer.reset()
            self._timer.resume()

    def _wait(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._app.set_interval(seconds, self._work)

    def _work(self) -> None:
        step = next(self._steps, None)
        if step is not None:
            step()
        else:
            self._tidy()

    def _tidy(self) -> None:
        """What is young in a short pause, everything in a long one; then rest until a key."""
        self._pauses += 1
        if self._tidies and self._pauses == 1:
            gc.collect(0)
        if self._pauses == LONG_PAUSE and self._timer is not None:
            self._timer.pause()
            _, middle, old = gc.get_count()
            if self._tidies and (middle or old):
                gc.collect()

    def _list_steps(self) -> Iterator[Callable[[], object]]:
        yield partial(self._wait, PAUSE)
        for module in _WANTED:
            yield partial(import_module, module)
        sheet = self._app.stylesheet
        for path in sorted(_STYLES.glob("*.tcss")):
            if not sheet.has_source(str(path)):
                yield partial(sheet.read, path)
                yield sheet.parse
        # All of this is here to stay.
        if self._tidies:
            yield gc.freeze
        yield partial(self._wait, SHORT_PAUSE)
