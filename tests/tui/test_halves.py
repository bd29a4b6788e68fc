"""How the halves of a split are told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from annotator.tui.widgets.halves import shorten_start


@given(st.text(alphabet="ab c日é"), st.integers(4, 30))
def test_the_end_of_a_half_fits_and_is_its_end(text: str, width: int) -> None:
    shown = shorten_start(text, width)
    assert cell_len(shown) <= width
    assert text.endswith(shown.removeprefix("… "))


def test_what_fits_is_left_alone() -> None:
    assert shorten_start("a word", 6) == "a word"
    assert shorten_start("a long word", 8) == "… word"
