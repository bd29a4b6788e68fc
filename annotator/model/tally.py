"""Counts of what reviewers have said, as a store makes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Tally:
    """What a reviewer has said in a document: how many sentences have each label, by its name, and
    how many are flagged as unsure.
    """

    document_id: str
    reviewer: str
    labels: Mapping[str, int]
    unsure: int
