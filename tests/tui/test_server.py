"""The app at a PostgreSQL server that goes away and comes back, and beside other reviewers."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.session.verification import verify
from annotator.tui.app import AnnotatorApp
from tests.builders import article, make_library, put
from tests.postgres import discard, make_server, open_store
from tests.tui.conftest import number_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres import Server


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of the test's own, which it may stop."""
    made = make_server()
    made.start()
    yield made
    discard(made)


async def test_a_server_that_stops_is_told_in_a_line_and_the_work_goes_on_when_it_is_back(
    server: Server,
) -> None:
    with server.schema() as schema, closing(open_store(server, schema, patience_ms=50)) as store:
        library = make_library(store)
        document = put(library, article(5))
        app = AnnotatorApp(library, document)
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await pilot.press("c")
            assert number_of(pilot) == 2
            server.stop()
            try:
                await pilot.press("d")
                await pilot.pause()
                picture = " ".join((await shown(pilot)).split())
                assert "not saved" in picture
                assert "saved ✓" not in picture
                assert number_of(pilot) == 2
            finally:
                server.start()
            await pilot.press("d")
            assert number_of(pilot) == 3
            assert "saved ✓" in await shown(pilot)
        assert store.count_labels(document.id, reviewer="ana") == {"claim": 1, "denial": 1}
        assert [proof for proof in verify(store) if not proof.holds] == []
