"""Labels that a file puts on stretches of a text, carried to the text as it is stored."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.text.carrying import Carried

DENIES = "denies"
"""The type of the relations, in any case, that tie a denial to what it denies."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A label on a stretch (code points of the file's text); `place` says where in the file."""

    place: str
    span: Span | None
    label: str | None


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie between two stretches (code points of the file's text); `None`: it leads nowhere."""

    place: str
    type: str
    source: Span | None
    target: Span | None


@dataclass(frozen=True, slots=True)
class Marked:
    """What is left of them: each stretch's first label and what it denies; and what is not left."""

    labels: dict[Span, str]
    denies: dict[Span, tuple[Span, ...]]
    remarks: tuple[str, ...]


def settle(carried: Carried, marks: Iterable[Mark], relations: Iterable[Relation]) -> Marked:
    """Carry marks and relations to the stored text; the remarks name each that is left out."""
    labels: dict[Span, str] = {}
    remarks: list[str] = []
    for mark in marks:
        span = carried.carry(mark.span or Span(0, 0))
        if mark.label is None:
            remarks.append(f"{mark.place} left out: it has no label")
        elif span.start == span.end:
            remarks.append(f"{mark.place} left out: it is no stretch of the text")
        elif labels.setdefault(span, mark.label) != mark.label:
            remarks.append(f"{mark.place} left out: its stretch has the label {labels[span]!r}")
    denies: dict[Span, tuple[Span, ...]] = {}
    others: Counter[str] = Counter()
    for relation in relations:
        if relation.type.casefold() != DENIES:
            others[relation.type] += 1
            continue
        source = carried.carry(relation.source or Span(0, 0))
        target = carried.carry(relation.target or Span(0, 0))
        if source not in labels or target not in labels or source == target:
            remarks.append(f"{relation.place} left out: it does not tie two labelled stretches")
            continue
        denies[source] = tuple(sorted({*denies.get(source, ()), target}))
    remarks += [
        f"{number} of the relations left out: {name!r} is not {DENIES!r}"
        for name, number in sorted(others.items())
    ]
    return Marked(labels, denies, tuple(remarks))
