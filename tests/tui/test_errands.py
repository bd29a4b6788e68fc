"""What is done in a thread: the screen goes on, one at a time, and nobody is waited for in vain."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest

from annotator.errors import SourceError
from annotator.tui.errands import Outcome
from tests.tui.conftest import screen_of, shown
from tests.tui.shelves import Shelf, chosen_in, notices_in, titles_of, wait_for_errand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from annotator.session import Library


@pytest.fixture
def shelf(folder: Path) -> Iterator[Shelf]:
    del folder
    made = Shelf()
    yield made
    made.store.close()


class Held:
    """Deletes a document, once it may."""

    def __init__(self) -> None:
        self.may_go_on = Event()

    def __call__(self, library: Library, report: Callable[[str], None]) -> Outcome:
        assert self.may_go_on.wait(timeout=20)
        library.delete(library.list_documents()[0].document)
        return Outcome(told="It is done.", document_id=library.list_documents()[0].document.id)


class Endless:
    """Never comes to an end by itself."""

    def __init__(self) -> None:
        self.has_ended = Event()

    def __call__(self, library: Library, report: Callable[[str], None]) -> Outcome:
        try:
            while True:
                report("still at it")
        finally:
            self.has_ended.set()


def fail(library: Library, report: Callable[[str], None]) -> Outcome:
    raise SourceError("There is nothing to read.")


async def test_the_screens_stay_usable_meanwhile(shelf: Shelf) -> None:
    held = Held()
    app = shelf.make_app()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        app.start_errand(held, library=shelf.library, title="importing much")
        assert "… importing much" in await shown(pilot)
        app.start_errand(fail, library=shelf.library, title="more")
        assert "One thing at a time: importing much is not done yet." in await notices_in(pilot)
        await pilot.press("end", "enter", "c")
        assert screen_of(pilot).cursor == 1
        await pilot.press("escape")
        assert "… importing much" in await shown(pilot)
        held.may_go_on.set()
        await wait_for_errand(pilot)
        assert "It is done." in await notices_in(pilot)
        assert "…" not in await shown(pilot)
        assert (titles_of(pilot), chosen_in(pilot)) == (
            ["Ferry", "Harbour", "Minister", "Port"],
            "Ferry",
        )


async def test_an_errand_that_ends_on_another_screen_is_told_there(shelf: Shelf) -> None:
    held = Held()
    app = shelf.make_app()
    async with app.run_test(notifications=True) as pilot:
        app.start_errand(held, library=shelf.library, title="importing much")
        await pilot.press("end", "enter")
        held.may_go_on.set()
        await wait_for_errand(pilot)
        assert "It is done." in await notices_in(pilot)
        await pilot.press("escape")
        assert "Dam" not in titles_of(pilot)


async def test_what_goes_wrong_is_a_notice(shelf: Shelf) -> None:
    app = shelf.make_app()
    async with app.run_test(notifications=True) as pilot:
        app.start_errand(fail, library=shelf.library, title="importing")
        await wait_for_errand(pilot)
        assert "There is nothing to read." in await notices_in(pilot)
        app.start_errand(fail, library=shelf.library, title="importing")
        await wait_for_errand(pilot)


async def test_to_quit_ends_the_errand(shelf: Shelf) -> None:
    endless = Endless()
    app = shelf.make_app()
    async with app.run_test() as pilot:
        app.start_errand(endless, library=shelf.library, title="importing")
        await pilot.press("q")
    assert app.return_code == 0
    assert endless.has_ended.wait(timeout=20)
