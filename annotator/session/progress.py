"""How far a reviewer is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one reviewer is in one document: sentences in all, and how many of each label."""

    total: int
    counts: dict[str, int]

    @property
    def labelled(self) -> int:
        """How many sentences have a label."""
        return sum(self.counts.values())

    @property
    def open(self) -> int:
        """How many sentences have none."""
        return self.total - self.labelled
