"""Only what can be seen is read, laid out and painted, and it is all shown literally."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from annotator.model.document import Place, Sentence
from annotator.model.span import Span
from annotator.tui.widgets.layout import Anchor, Page, Window
from annotator.tui.widgets.line_widget import LineWidget
from annotator.tui.widgets.wrapping import shorten, wrap
from tests.tui.conftest import Desk, number_of, screen_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.strip import Strip

WORDS = st.text(st.sampled_from("ab é\u0301日本👩🚀\u200d\u202e-"), max_size=60)


@given(WORDS, st.integers(2, 30))
@example("\u200d\u200da日", 2)
def test_wrapping_loses_nothing_but_space_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = list(wrap(text, width))
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)


@given(WORDS, st.integers(0, 30))
def test_shortening_fits_and_keeps_the_beginning(text: str, width: int) -> None:
    short = shorten(text, width)
    assert cell_len(short) <= width
    assert short == text or text.startswith(short.removesuffix("…"))


def test_a_sentence_of_a_megabyte_is_wrapped_no_further_than_asked() -> None:
    lines = iter(wrap("word " * 200_000, 20))
    assert [next(lines) for _ in range(3)] == ["word word word word"] * 3


@st.composite
def pages(draw: st.DrawFn) -> Page:
    lengths = draw(st.lists(st.integers(1, 12), min_size=1, max_size=40))
    breaks = draw(st.lists(st.booleans(), min_size=len(lengths), max_size=len(lengths)))
    places, paragraph = [], 0
    for index, length in enumerate(lengths):
        paragraph += breaks[index]
        sentence = Sentence(index, paragraph, Span(index, index + 1), "word " * length)
        places.append(Place(sentence, None))

    def read(first: int, count: int) -> list[Place]:
        return places[first : first + count]

    return Page(
        width=draw(st.integers(4, 20)),
        height=draw(st.integers(1, 30)),
        total=len(places),
        read=Window(read, len(places)).read,
        ending=("The end.",),
    )


@given(pages(), st.data())
def test_the_cursor_is_in_sight_from_wherever_the_view_hung_before(
    page: Page, data: st.DataObject
) -> None:
    indexes = st.integers(0, page.total - 1)
    anchor = Anchor(data.draw(indexes), 0)
    for cursor in data.draw(st.lists(indexes, min_size=1, max_size=5)):
        anchor = page.settle(anchor, cursor)
        rows = page.lay_out(anchor)
        assert len(rows) <= page.height
        assert any(
            row.place is not None and row.place.sentence.index == cursor and row.line == 0
            for row in rows
        )
        assert page.settle(anchor, cursor) == anchor, "a view that is right does not move"


@given(pages())
def test_the_end_of_the_article_leaves_no_sentence_out_that_would_fit(page: Page) -> None:
    anchor = page.hang(page.total - 1)
    rows = page.lay_out(anchor)
    if anchor.position:
        more = page.lay_out(Anchor(anchor.position - 1))
        assert len(more) == page.height, f"{page.height - len(rows)} rows were empty"


@given(pages(), st.data())
def test_scrolling_stays_in_the_article_and_comes_back_to_the_top(
    page: Page, data: st.DataObject
) -> None:
    anchor = Anchor(data.draw(st.integers(0, page.total - 1)), 0)
    for rows in data.draw(st.lists(st.integers(-9, 9), max_size=8)):
        anchor = page.scroll(anchor, rows)
        assert 0 <= anchor.position < page.total
        assert page.lay_out(anchor)
    for _ in range(page.total):
        anchor = page.scroll(anchor, -60)
    assert anchor == Anchor(0, 0)


@pytest.fixture
def long_desk(folder: Path) -> Iterator[Desk]:
    """Ana at an article of three thousand sentences."""
    del folder
    lines = [f"Sentence number {number} says it." for number in range(1, 3001)]
    made = Desk("\n\n".join(lines))
    yield made
    made.store.close()


async def test_a_key_reads_and_paints_a_screen_at_most_however_long_the_article(
    long_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = 0
    painted: list[str] = []
    read_places = type(long_desk.store).read_places
    render_line = LineWidget.render_line

    def count_read(*args: object, **kwargs: object) -> list[Place]:
        nonlocal read
        found = read_places(*args, **kwargs)  # type: ignore[arg-type]  # passed on as it came
        read += len(found)
        return found

    def count_painted(widget: LineWidget, y: int) -> Strip:
        painted.append(f"{type(widget).__name__} {y}")
        return render_line(widget, y)

    async with long_desk.open() as pilot:
        await pilot.press("g", *"1500", "enter", "c")
        monkeypatch.setattr(type(long_desk.store), "read_places", count_read)
        monkeypatch.setattr(LineWidget, "render_line", count_painted)
        await pilot.press("c")
        await pilot.pause()
        assert number_of(pilot) == 1502
    assert read <= 60, "the sentences of one screen, and the current one a few times"
    article = [line for line in painted if line.startswith("ArticleView")]
    assert 0 < len(article) <= 6, f"two sentences changed, {len(article)} lines were painted"
    assert len(painted) <= 20


async def test_text_from_outside_is_shown_literally_and_saved_as_it_is(folder: Path) -> None:
    del folder
    nasty = "[bold]Not bold[/] [/] \x1b[31mnot red\x1b]0;title\x07 and \u202eoverridden\u202c."
    plain = nasty.replace("\x1b", "").replace("\x07", "")
    desk = Desk(f"{plain}\n\n日本語の文。 👩‍🚀 flies. cafe\u0301.\n\nשלום עולם.\n")
    try:
        async with desk.open() as pilot:
            await pilot.press("c", "n", *"[b]", "enter")
            picture = await shown(pilot)
            assert "[bold]Not bold[/] [/] [31mnot red]0;title and ⟦RLO⟧overridden⟦PDF⟧." in picture
            assert "日本語の文。" in picture
            strips = [
                widget.render_line(y).text
                for widget in screen_of(pilot).query(LineWidget)
                for y in range(widget.size.height)
            ]
            assert not any(
                character < " " or "\x7f" <= character < "\xa0" for character in "".join(strips)
            )
    finally:
        desk.store.close()
