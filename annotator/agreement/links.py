"""Whether reviewers who call the same sentence a denial tie it to the same claims.

What is drawn and counted is the denial: a sentence to which two reviewers or more gave a label
that denies; of each of them the set of sentences that it denies.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import lcm
from typing import TYPE_CHECKING

from annotator.agreement.bootstrap import find_intervals, sum_rows
from annotator.agreement.coefficients import Sums, krippendorff_alpha
from annotator.agreement.figures import Coefficient, Undefined

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence, Set

    from annotator.agreement.bootstrap import Row
    from annotator.agreement.figures import Bootstrap, Score, Unit

WIDTH = 9
"""Numbers in a row; see `_Reading.read`."""

ANSWERS = ("linked", "not linked")


@dataclass(frozen=True, slots=True)
class LinkAgreement:
    """Agreement on links, on the `denials` that at least two reviewers called one.

    `links` counts what any of them tied such a denial to, `shared` what all of them did.

    `f1` is the F measure of one reviewer's links taken as the answer to another's, 2 |A ∩ B| /
    (|A| + |B|), over all pairs of reviewers and all denials together (Dice 1945; Hripcsak &
    Rothschild, "Agreement, the F-measure, and reliability in information retrieval", JAMIA 12
    (2005) 296-298). It asks for no count of the links that nobody made; where both made none,
    nothing is added.

    `alpha` is Krippendorff's, nominal, on yes and no for every denial and sentence that it could
    deny: those to which any reviewer gave a label that can be denied, and those linked. Were they
    only the linked ones, no pair of reviewers could agree on "no", and alpha would be below zero
    as soon as anyone differed.
    """

    denials: int
    links: int
    shared: int
    f1: Score
    alpha: Score


@dataclass(frozen=True, slots=True)
class Denial:
    """A sentence that several reviewers called a denial: what each ties it to, and how many
    sentences it could be tied to.
    """

    targets: tuple[Set[int], ...]
    candidates: int


def find_denials(
    units: Iterable[Unit],
    reviewers: Collection[str],
    *,
    denying: frozenset[str],
    deniable: frozenset[str],
) -> dict[str, list[Denial]]:
    """By document. `denying` are the labels that deny, `deniable` those that can be denied."""
    claims: defaultdict[str, set[int]] = defaultdict(set)
    called: list[tuple[Unit, tuple[Set[int], ...]]] = []
    for unit in units:
        given = list(map(unit.labels.get, reviewers))
        if not deniable.isdisjoint(given):
            claims[unit.document_id].add(unit.index)
        if denying.isdisjoint(given):
            continue
        denying_it = [
            name for name, label in zip(reviewers, given, strict=True) if label in denying
        ]
        if len(denying_it) > 1:
            called.append((unit, tuple(unit.denies.get(name, frozenset()) for name in denying_it)))
    denials: defaultdict[str, list[Denial]] = defaultdict(list)
    for unit, targets in called:
        known = claims[unit.document_id]
        outside = set().union(*targets) - known
        candidates = len(known) - (unit.index in known) + len(outside)
        denials[unit.document_id].append(Denial(targets, candidates))
    return dict(denials)


def score_links(
    documents: Sequence[Sequence[Denial]],
    *,
    without: Undefined | None,
    bootstrap: Bootstrap,
    resamples: int,
) -> LinkAgreement:
    """From the denials of each document. `without`: why there can be none at all."""
    if without is None and not any(documents):
        without = Undefined("No sentence was called a denial by two reviewers.")
    if without is not None:
        return LinkAgreement(0, 0, 0, without, without)
    sizes = {len(denial.targets) for denials in documents for denial in denials}
    reading = _Reading(lcm(*(size - 1 for size in sizes)))
    groups = [Counter(map(reading.read, denials)) for denials in documents if denials]
    rows: Counter[Row] = Counter()
    for group in groups:
        rows.update(group)
    sums = sum_rows(rows, WIDTH)
    if bootstrap.over == "documents":
        rows = Counter(sum_rows(group, WIDTH) for group in groups)
    intervals = find_intervals(
        rows, reading.judge, figures=2, resamples=resamples, seed=bootstrap.seed
    )
    counts = (sums[3], sums[5] + sums[6])
    f1, alpha = (
        value if isinstance(value, Undefined) else Coefficient(value, interval, sums[0], count)
        for value, interval, count in zip(reading.judge(sums), intervals, counts, strict=True)
    )
    return LinkAgreement(sums[0], sums[1], sums[2], f1, alpha)


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a denial becomes a row of numbers, and a sum of rows the two figures."""

    scale: int

    def read(self, denial: Denial) -> Row:
        """1 denial; its links, the shared ones; the links of each pair of reviewers, and of these
        the equal ones; yes; no; pairs that differ, plain and weighted.
        """
        size = len(denial.targets)
        linked = [*Counter(target for chosen in denial.targets for target in chosen).values()]
        yes = sum(linked)
        differing = sum(count * (size - count) for count in linked)
        return (
            1,
            len(linked),
            linked.count(size),
            (size - 1) * yes,
            sum(count * (count - 1) for count in linked),
            yes,
            size * denial.candidates - yes,
            differing,
            differing * (self.scale // (size - 1)),
        )

    def judge(self, row: Row) -> list[float | Undefined]:
        """F1 and alpha."""
        _, _, _, compared, equal, yes, no, differing, weighted = row
        if not compared:
            nothing = Undefined("Nobody tied any of these denials to a sentence.")
            return [nothing, nothing]
        sums = Sums(ANSWERS, (yes, no), 0, (differing,) * 2, (weighted,) * 2, self.scale)
        alpha = krippendorff_alpha(sums)
        if isinstance(alpha, Undefined):
            alpha = Undefined(
                "Everybody tied every denial to every sentence that it could deny: agreement by "
                "chance alone is 1."
            )
        return [equal / compared, alpha]
