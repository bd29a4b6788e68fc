"""Rows as JSON Lines: one JSON object a line, every column of one type in all of them.

`datasets` (Hugging Face) reads it as it is: `denies` is a list in every row, and what is unknown is
`null`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from annotator.exporters.json import write_value
from annotator.model.row import ROWS_LOSE, describe_row, spread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.exporters import Corpus

DESCRIPTION = "one JSON object a line for each sentence and reviewer; for Hugging Face datasets"
LOSES: Final[tuple[str, ...]] = ROWS_LOSE


def write(corpus: Corpus) -> Iterator[str]:
    """The file, line by line. `StoreError` for a link that leads to no sentence."""
    for labelled in corpus.documents:
        for said in labelled.sentences:
            for row in spread(
                labelled.document,
                said.sentence,
                annotations=said.annotations,
                find_index=labelled.find_index,
            ):
                yield f"{write_value(describe_row(row))}\n"
