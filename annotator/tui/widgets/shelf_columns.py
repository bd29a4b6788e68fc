"""What stands in which column of the library, on a screen of so many cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

TITLE_ROOM: Final = 28
"""Cells that a title keeps before another column goes."""

WIDEST_TITLE: Final = 88
ROOMY: Final = 100
"""Cells from which on columns stand three apart, not two."""

DONE: Final = "━"
HALF: Final = "╸"
TO_DO: Final = "─"


@dataclass(frozen=True, slots=True)
class Columns:
    """Cells of each column; 0 for one that there is no room for. `gap` is between two of them."""

    title: int
    sentences: int
    bar: int
    count: int
    others: int
    changed: int
    gap: int


def fit_columns(width: int, *, most: int, changed: int) -> Columns:
    """The columns in `width` cells. `most` is the length of the longest document in sentences, and
    `changed` the cells that a time needs.

    What a reviewer needs most goes last: how far they are, then the time, then who else was there.
    """
    is_roomy = width >= ROOMY
    gap = 3 if is_roomy else 2
    wanted = {
        "count": 2 * len(str(most)) + 1,
        "bar": 12 if is_roomy else 8,
        "changed": changed,
        "others": 20 if is_roomy else 10,
        "sentences": len("sentences") + 2,
    }
    fitting, room = dict.fromkeys(wanted, 0), width
    for name, cells in wanted.items():
        # The bar stands close by its count.
        needed = cells + (1 if name == "bar" else gap)
        if room - needed < TITLE_ROOM:
            break
        fitting[name] = cells
        room -= needed
    return Columns(title=max(min(room, WIDEST_TITLE), 0), gap=gap, **fitting)


def draw_bar(done: int, total: int, *, width: int) -> tuple[str, str]:
    """A bar of `width` cells: what is done, and what is left. Only all is drawn as all, and only
    nothing as nothing.
    """
    halves = 2 * done * width // total if total else 0
    if done:
        halves = max(halves, 1)
    if done < total:
        halves = min(halves, 2 * width - 1)
    filled = DONE * (halves // 2) + HALF * (halves % 2)
    return filled, TO_DO * (width - len(filled))
