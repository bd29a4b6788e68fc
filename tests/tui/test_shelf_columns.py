"""The columns of the library, and its bars, on any width."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.text.moment import LONGEST
from annotator.tui.widgets.shelf_columns import DONE, TO_DO, draw_bar, fit_columns


@given(st.integers(0, 300), st.integers(0, 10**6))
def test_the_columns_fit_and_the_title_keeps_its_room(width: int, most: int) -> None:
    columns = fit_columns(width, most=most, changed=LONGEST)
    parts = [columns.title, columns.sentences, columns.count, columns.others, columns.changed]
    used = sum(parts) + columns.bar + bool(columns.bar)
    gaps = columns.gap * (sum(bool(part) for part in parts) - 1)
    assert used + max(gaps, 0) <= width
    assert columns.title >= min(width, 28)


@given(st.integers(1, 10**6), st.integers(0, 10**6), st.integers(1, 40))
def test_a_bar_is_full_for_all_and_empty_for_nothing_alone(
    total: int, done: int, width: int
) -> None:
    done = min(done, total)
    filled, left = draw_bar(done, total, width=width)
    assert len(filled + left) == width
    assert (filled == DONE * width) is (done == total)
    assert (left == TO_DO * width) is (done == 0)


@given(st.integers(1, 10**4), st.integers(1, 40))
def test_more_done_is_never_a_shorter_bar(total: int, width: int) -> None:
    bars = [draw_bar(done, total, width=width)[0] for done in range(0, total + 1, 1 + total // 9)]
    halves = [2 * bar.count(DONE) + bar.count("╸") for bar in bars]
    assert halves == sorted(halves)


def test_a_document_without_a_sentence_has_an_empty_bar() -> None:
    assert draw_bar(0, 0, width=4) == ("", TO_DO * 4)
