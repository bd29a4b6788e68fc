"""A library of a few articles, in a database of its own, with a clock that a test holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from annotator.model.document import Article
from annotator.session.importing import add_article
from annotator.store.sqlite import SqliteStore
from annotator.tui.app import AnnotatorApp
from annotator.tui.screens.library import LibraryScreen
from tests.builders import NOON_MS, TickingClock, make_library
from tests.tui.conftest import DATABASE

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from textual.pilot import Pilot

    from annotator.config import Settings
    from annotator.model.document import Document

HOUR_MS: Final = 3_600_000
DAY_MS: Final = 24 * HOUR_MS

ARTICLES: Final = (
    ("Harbour wall to be rebuilt after the storm", "harbour.txt", "Ada Byrne", "2026-10-02", 5),
    ("Minister rejects report on hospital waits", "wire/waits.txt", None, "2026-10-14", 12),
    ("Dam inspectors “never asked” about cracks", "wire/dam.txt", "B. Olsen", None, 19),
    ("Port strike ends", "port.txt", None, None, 26),
    ("Ferry company denies cutting crews", "ferry.txt", "C. Ruiz", "2026-11-22", 33),
)
"""Title, source, author, date, and how many sentences follow the title."""


class Shelf:
    """Ana's library: five articles came in, a week apart; the last one is the one she works on."""

    def __init__(self) -> None:
        self.store = SqliteStore.open(DATABASE, patience_ms=50)
        self.clock = TickingClock(NOON_MS - 38 * DAY_MS)
        self.library = make_library(self.store, clock=self.clock)
        self.documents: list[Document] = []
        for title, source, author, published, count in ARTICLES:
            lines = [f"Witness {n} spoke of the {source} matter." for n in range(1, count + 1)]
            article = Article(
                text="\n\n".join([title, " ".join(lines)]),
                title=title,
                source=source,
                author=author,
                published=published,
            )
            self.documents.append(add_article(self.library, article).document)
            self.clock.now_ms += 7 * DAY_MS

    def label(self, number: int, count: int, *, reviewer: str = "ana") -> None:
        """Label so many sentences of a document, from the first, in turn with each label."""
        library = self.library
        if reviewer != "ana":
            library = make_library(self.store, reviewer, clock=self.clock)
        session = library.open(self.documents[number])
        names = [label.name for label in library.scheme.labels]
        for index in range(count):
            session.annotate(index, names[index % len(names)])

    def work(self) -> None:
        """What three people have done until noon."""
        self.clock.now_ms = NOON_MS - DAY_MS
        self.label(1, 13, reviewer="ben")
        self.label(1, 4, reviewer="cleo")
        self.clock.now_ms = NOON_MS - 2 * HOUR_MS
        for number, count in ((1, 13), (2, 7), (4, 20)):
            self.label(number, count)
        self.clock.now_ms = NOON_MS

    def make_app(
        self, document: int | None = None, settings: Settings | None = None
    ) -> AnnotatorApp:
        """The app on the library, or on a document."""
        opened = None if document is None else self.documents[document]
        return AnnotatorApp(self.library, opened, settings=settings, clock=self.clock)

    def open(
        self, size: tuple[int, int] = (120, 40), *, document: int | None = None
    ) -> AbstractAsyncContextManager[Pilot[None]]:
        """The same on a screen of this size, notices and all."""
        return self.make_app(document).run_test(size=size, notifications=True)


def library_of(pilot: Pilot[None]) -> LibraryScreen:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, LibraryScreen)
    return screen


def titles_of(pilot: Pilot[None]) -> list[str]:
    """The first word of each title that is listed."""
    return [shelved.document.title.split()[0] for shelved in library_of(pilot).listed]


def chosen_in(pilot: Pilot[None]) -> str:
    """The first word of the chosen document's title; empty where there is none."""
    chosen = library_of(pilot).chosen
    return chosen.document.title.split()[0] if chosen else ""


async def notices_in(pilot: Pilot[None]) -> str:
    """What the notices say that are on the screen, whatever lines they are broken into."""
    await pilot.pause()
    return "\n".join(notice.message for notice in pilot.app._notifications)


async def wait_for_errand(pilot: Pilot[None]) -> None:
    """Until what was begun in a thread has been told on the screen."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()
