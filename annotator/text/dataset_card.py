"""The card beside the files of a split, by which Hugging Face's `datasets` loads the folder.

Without one it guesses each column's type from the first rows of the first file, and a column that
is null there and holds text later ends the load. After
https://huggingface.co/docs/hub/datasets-manual-configuration, checked with `datasets` 5.2.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from annotator.model.row import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence

CARD: Final = "README.md"
"""The name by which a card is found."""

_NUMBERS: Final = dict.fromkeys(("sentence_index", "start", "end"), "dtype: int64")
_FLAG: Final = {"unsure": "dtype: bool"}
# The reader of JSON takes a column of ISO 8601 times for times, and as text would write them anew.
_TIMES: Final = dict.fromkeys(("created_at", "updated_at"), "dtype: timestamp[s, tz=UTC]")

_TYPES: Final = {
    "jsonl": {**_NUMBERS, **_FLAG, **_TIMES, "denies": "list: int64"},
    "csv": {**_NUMBERS, **_FLAG},
}
"""The columns of each format that are no text."""

_OPTIONS: Final = {
    "jsonl": "",
    # Else a speaker who is called NA, or a note that says None, would be nothing.
    "csv": "  keep_default_na: false\n  na_values: ['']\n",
}

_ABOUT: Final = {
    "jsonl": "`denies` lists the indexes of sentences.",
    "csv": "`denies` is a JSON list of the indexes of sentences, as text; a cell that a spreadsheet"
    " would run\nas a formula has an apostrophe in front.",
}


def has_card(format_name: str) -> bool:
    """Whether a folder of such files gets a card."""
    return format_name in _TYPES


def write_card(format_name: str, parts: Sequence[str]) -> str:
    """The card for the parts that have rows: `datasets` refuses a split without any."""
    files = "".join(f"  - split: {part}\n    path: {part}.{format_name}\n" for part in parts)
    types = _TYPES[format_name]
    features = "".join(
        f"  - name: {name}\n    {types.get(name, 'dtype: string')}\n" for name in COLUMNS
    )
    return (
        "---\nconfigs:\n- config_name: default\n"
        f"{_OPTIONS[format_name]}"
        f"  data_files:{'' if files else ' []'}\n{files}"
        f"dataset_info:\n- config_name: default\n  features:\n{features}---\n\n"
        "# Labelled sentences\n\n"
        "A row is a sentence and what one reviewer said of it; the files share no document.\n"
        f"`start` and `end` are code points in the document's text. {_ABOUT[format_name]}\n"
    )


def is_card(text: str, parts: Sequence[str]) -> bool:
    """Whether it is a card as it is written here, of any format, for any of these parts."""
    return any(
        text == write_card(name, chosen)
        for name in _TYPES
        for count in range(len(parts) + 1)
        for chosen in combinations(parts, count)
    )
