"""Which sentences a reviewer wants to see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.model.document import Place


@dataclass(frozen=True, slots=True)
class Sieve:
    """Lets some sentences of a document through, by what one reviewer has said of them.

    One criterion is set: a label of `labels`; no label (`unlabelled`); a flag (`unsure`); a note
    (`noted`); a label of `unlinked` and nothing that it denies; a label of `undenied` and nothing
    that denies it. `name` is what a person calls it.
    """

    name: str
    labels: tuple[str, ...] = ()
    unlabelled: bool = False
    unsure: bool = False
    noted: bool = False
    unlinked: tuple[str, ...] = ()
    undenied: tuple[str, ...] = ()


def lets_through(sieve: Sieve, place: Place) -> bool:
    """Whether a sentence is among those that the sieve wants."""
    said = place.annotation
    if sieve.unlabelled:
        return said is None or said.label is None
    if said is None:
        return False
    return (
        (sieve.unsure and said.unsure)
        or (sieve.noted and said.note is not None)
        or said.label in sieve.labels
        or (said.label in sieve.unlinked and not said.denies)
        or (said.label in sieve.undenied and not place.denied_by)
    )
