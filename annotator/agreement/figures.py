"""What is measured, and what a measurement says: sentences in, figures or a reason out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Set


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence and what each reviewer who labelled it said.

    `index` counts from 0 in its document. `labels` maps a reviewer's name to a label's; who gave
    none is not in it. `denies` maps a reviewer to the indexes of the sentences that this one is
    tied to as their denial. A name is only a name: "ana" and "ana again" measure how far somebody
    agrees with themselves.
    """

    document_id: str
    index: int
    labels: Mapping[str, str]
    denies: Mapping[str, Set[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Undefined:
    """A figure that does not exist, and why: a sentence for a person."""

    reason: str


@dataclass(frozen=True, slots=True)
class Interval:
    """95 % of the figures that resampling gives lie in it, both ends included.

    `resamples` is how many had a figure, of those that were drawn.
    """

    low: float
    high: float
    resamples: int


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A figure, how sure it is, and what it rests on.

    `sentences` are those that at least two reviewers labelled, `values` what is compared on them.
    """

    value: float
    interval: Interval | Undefined
    sentences: int
    values: int


Score: TypeAlias = Coefficient | Undefined


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """How intervals are found.

    By default sentences are drawn, each on its own, as Hayes & Krippendorff (2007) do; those of
    one article resemble one another, though, so that the interval is then rather too narrow.
    `over="documents"` draws whole articles, which allows for that, but wants a dozen or more.
    0 resamples: no intervals. Those within each document have their own number, as a library may
    have thousands.
    """

    resamples: int = 1_000
    seed: int = 0
    over: Literal["sentences", "documents"] = "sentences"
    document_resamples: int = 0
