"""Training, development and test documents, drawn so that the same draw can be made again."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from annotator.errors import UsageError
from annotator.text.display import show_line

if TYPE_CHECKING:
    from collections.abc import Iterable

PARTS: Final = ("train", "dev", "test")
"""The parts' names, which are their files' names as well."""

_SHARE: Final = re.compile(r"[0-9]{1,3}")


def parse_shares(text: str) -> tuple[int, int, int]:
    """Read `80,10,10`: the percentages of train, dev and test. `UsageError` for anything else."""
    found = [part.strip() for part in text.split(",")]
    if len(found) == len(PARTS) and all(_SHARE.fullmatch(part) for part in found):
        train, dev, test = (int(part) for part in found)
        if train + dev + test == 100:
            return train, dev, test
    raise UsageError(
        f"'{show_line(text)}' does not say how to split: give three whole percentages that add up"
        " to 100, for train, dev and test, such as 80,10,10."
    )


def split_documents(
    ids: Iterable[str], shares: tuple[int, int, int] = (80, 10, 10), *, seed: int
) -> dict[str, list[str]]:
    """Each document to one of `PARTS`; in a part they keep the order in which they came.

    The draw depends on the set of ids, the shares and the seed alone: documents are ranked by the
    SHA-256 of `seed:id`. How many go to each part is by the largest remainder (Hamilton's method),
    the earlier part first where two are alike. `UsageError` for shares that add up to nothing.
    """
    if min(shares) < 0 or sum(shares) == 0:
        raise UsageError("The shares of a split are whole numbers from 0, not all of them 0.")
    kept = list(dict.fromkeys(ids))
    ranked = sorted(kept, key=lambda id_: sha256(f"{seed}:{id_}".encode()).digest())
    parts: dict[str, list[str]] = {}
    at = 0
    for name, count in zip(PARTS, _apportion(len(kept), shares), strict=True):
        drawn = set(ranked[at : at + count])
        parts[name] = [id_ for id_ in kept if id_ in drawn]
        at += count
    return parts


def _apportion(total: int, shares: tuple[int, int, int]) -> list[int]:
    counts = [total * share // sum(shares) for share in shares]
    remainders = [total * share % sum(shares) for share in shares]
    largest = sorted(range(len(shares)), key=lambda place: -remainders[place])
    for place in largest[: total - sum(counts)]:
        counts[place] += 1
    return counts
