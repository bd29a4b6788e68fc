"""Four times the text on one line is about four times the work, whatever the text.

The work is counted in calls; `python -m tests.benchmarks --only growth` times it, on longer lines,
with what happens inside a regular expression.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.growth import LINES, WORK, make_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

LENGTH = 2000
"""Code points of the shorter line."""

_FIXED = 200
"""Calls that are made however long the text is, at most."""


def count_calls(work: Callable[[str], object], text: str) -> int:
    """Calls of functions, in Python and in C."""
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work(text)
    finally:
        sys.setprofile(None)
    return calls


def check_growth(work: Callable[[str], object], piece: str) -> None:
    work(make_line(piece, 50))  # what is made once is made
    short = count_calls(work, make_line(piece, LENGTH))
    long = count_calls(work, make_line(piece, 4 * LENGTH))
    assert long <= 4.4 * short + _FIXED, (short, long)


@pytest.mark.parametrize("name", WORK)
def test_work_grows_with_the_text_and_no_faster(name: str) -> None:
    for piece in LINES.values():
        check_growth(WORK[name], piece)


pieces = st.lists(st.sampled_from([*LINES.values()]), min_size=1, max_size=4).map("".join)


@given(piece=pieces)
def test_mixtures_are_cut_in_work_that_grows_with_them(piece: str) -> None:
    check_growth(WORK["segment"], piece)


@pytest.mark.long
@pytest.mark.parametrize("name", WORK)
@given(piece=pieces | st.text(min_size=1, max_size=12))
def test_so_it_is_with_everything_and_any_text(name: str, piece: str) -> None:
    if name == "decode":  # what is full of control characters is no text, and refused
        piece = "".join(filter(str.isprintable, piece)) or "a"
    if "\0" not in piece:
        check_growth(WORK[name], piece)
