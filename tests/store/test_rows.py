"""A damaged row is named, by its table and how it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotator.errors import StoreError
from annotator.store import rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

READERS: dict[str, tuple[str, Callable[[Sequence[object]], object]]] = {
    "document": ("document", rows.read_document),
    "shelved": ("document", rows.read_shelved),
    "found": ("sentence", rows.read_found),
    "count": ("annotation", rows.read_count),
    "effort": ("event", rows.read_effort),
    "sentence": ("sentence", rows.read_sentence),
    "annotation": ("annotation", rows.read_annotation),
    "event": ("event", rows.read_event),
    "suggestion": ("suggestion", rows.read_suggestion),
    "adjudication": ("adjudication", rows.read_adjudication),
    "given": ("annotation", rows.read_given),
    "tie": ("link", rows.read_tie),
}
WIDTHS = {
    "document": 11,
    "count": 4,
    "effort": 4,
    "sentence": 5,
    "annotation": 10,
    "event": 13,
    "given": 3,
    "tie": 3,
}
"""Of the rows that are taken apart before they are looked at."""


@pytest.mark.parametrize("name", list(READERS))
def test_a_damaged_row_is_named_by_its_table_and_how_it_begins(name: str) -> None:
    table, read = READERS[name]
    with pytest.raises(StoreError) as refused:
        read(["\x1b" + "x" * 50, *[b"\xff"] * (WIDTHS.get(name, 20) - 1)])
    assert str(refused.value) == (
        f"A row of the table for {table}s is damaged (it begins '\\x1b{'x' * 39}');"
        " run 'annotator verify' to see how far."
    )
