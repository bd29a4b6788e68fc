"""Columns of blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.tui.widgets.plot import HEIGHT, draw_columns

EIGHTHS = " ▁▂▃▄▅▆▇█"


def test_a_small_plot() -> None:
    assert draw_columns([0, 1, 4, 8], ["9", "10", "11", "12"], width=16) == [
        "             8",
        "            ███",
        "         4  ███",
        "     1  ███ ███",
        "    ▄▄▄ ███ ███",
        " 9   10  11  12",
    ]


@given(
    st.lists(st.integers(0, 10**7), min_size=1, max_size=14),
    st.integers(3, 120),
)
def test_heights_are_in_proportion_and_nothing_overflows(numbers: list[int], width: int) -> None:
    *rows, names = draw_columns(numbers, [str(n) for n in range(len(numbers))], width=width)
    assert len(rows) == HEIGHT + 1
    assert all(len(row) <= width for row in (*rows, names))
    each = max(min(width // len(numbers), 6), 3)
    shown = numbers[-max(width // each, 1) :]
    for place, number in enumerate(shown):
        column = [row.ljust(width + 6)[place * each] for row in rows]
        eighths = sum(EIGHTHS.index(cell) for cell in column if cell in EIGHTHS)
        exact = number * HEIGHT * 8 / max(*shown, 1)
        assert 0 <= eighths - exact < 1
        # A number stands on its column, and none on nothing.
        own = "".join(row.ljust(width + 6)[place * each : place * each + each - 1] for row in rows)
        assert any(cell.isdecimal() for cell in own) == (number > 0)


@pytest.mark.parametrize(
    ("number", "shown"),
    [(7, "7"), (99, "99"), (100, "1k"), (1499, "1k"), (65_000, "65k")],
)
def test_a_number_too_wide_for_its_column_is_shortened(number: int, shown: str) -> None:
    width = 3 if len(shown) <= 2 else 4
    rows = draw_columns([number], ["1"], width=width)
    assert rows[0].strip() == shown
