"""The coefficients, each from sums over sentences, so that a resample costs a few additions.

Take a sentence that m reviewers labelled, c of them with a given label. It has m(m - 1) ordered
pairs of labels, of which c(m - c) have the label first and another second. Everything here follows
from sums of these over the sentences with m of at least 2. All sums are whole numbers: no order of
the sentences or reviewers changes a figure, and a divisor is zero exactly where it should be.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotator.agreement.figures import Undefined

REST = "another label"


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over sentences; the tuples have one number a label, in the order of `names`.

    `given` counts labels, `pairs` ordered pairs of labels on one sentence, `differing` those of
    them that begin with the label and end with another, and `weighted` the same, each divided by
    m - 1 and multiplied by `scale`, which makes it whole.
    """

    names: tuple[str, ...]
    given: tuple[int, ...]
    pairs: int
    differing: tuple[int, ...]
    weighted: tuple[int, ...]
    scale: int

    def set_against_rest(self, place: int) -> Sums:
        """The label at `place` against all others, taken as one."""
        given, differing = self.given[place], self.differing[place]
        return Sums(
            (self.names[place], REST),
            (given, sum(self.given) - given),
            self.pairs,
            (differing, differing),
            (self.weighted[place],) * 2,
            self.scale,
        )


@dataclass(frozen=True, slots=True)
class Margins:
    """What two reviewers gave on the sentences that both labelled, one number a label: how often
    both gave it, the first, the second.
    """

    names: tuple[str, ...]
    both: tuple[int, ...]
    first: tuple[int, ...]
    second: tuple[int, ...]

    def set_against_rest(self, place: int) -> Margins:
        """The label at `place` against all others, taken as one."""
        total = sum(self.first)
        both, first, second = self.both[place], self.first[place], self.second[place]
        return Margins(
            (self.names[place], REST),
            (both, total - first - second + both),
            (first, total - first),
            (second, total - second),
        )


def raw_agreement(sums: Sums) -> float | Undefined:
    """The share of pairs of labels on one sentence that are the same label.

    Every pair of reviewers on every sentence counts alike, as in the confusion table; where all
    labelled all this is the observed agreement of Fleiss (1971), and with two reviewers Cohen's.
    """
    if not sums.pairs:
        return _lack_pairs()
    return 1 - sum(sums.differing) / sums.pairs


def cohen_kappa(margins: Margins) -> float | Undefined:
    """Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
    Measurement 20 (1960) 37-46: (p_o - p_e) / (1 - p_e), each reviewer with their own margins.
    """
    total = sum(margins.first)
    if not total:
        return _lack_pairs()
    chance = sum(map(int.__mul__, margins.first, margins.second))
    if chance == total * total:
        return _lack_variety(margins.names, margins.first)
    return (total * sum(margins.both) - chance) / (total * total - chance)


def fleiss_kappa(sums: Sums) -> float | Undefined:
    """Fleiss, "Measuring nominal scale agreement among many raters", Psychological Bulletin 76
    (1971) 378-382, for sentences that all have the same number of labels, which is the caller's
    to see to.

    With a label set against the rest it is his kappa_j, the agreement on that category: both the
    observed and the expected disagreement double when the rest becomes a category too.
    """
    total = sum(sums.given)
    if not total:
        return _lack_pairs()
    expected = total * total - sum(count * count for count in sums.given)
    if not expected:
        return _lack_variety(sums.names, sums.given)
    return 1 - (total * sum(sums.weighted)) / (sums.scale * expected)


def krippendorff_alpha(sums: Sums) -> float | Undefined:
    """Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), nominal; Content Analysis
    (4th ed. 2018), ch. 12: 1 - D_o / D_e, over values that can be paired; gaps do no harm.
    """
    total = sum(sums.given)
    if not total:
        return _lack_pairs()
    expected = total * total - sum(count * count for count in sums.given)
    if not expected:
        return _lack_variety(sums.names, sums.given)
    return 1 - ((total - 1) * sum(sums.weighted)) / (sums.scale * expected)


def _lack_pairs() -> Undefined:
    return Undefined("No sentence was labelled by two reviewers.")


def _lack_variety(names: tuple[str, ...], given: tuple[int, ...]) -> Undefined:
    """Why nothing is left to correct for chance: all gave the same."""
    only = next(name for name, count in zip(names, given, strict=True) if count)
    if only == REST:
        return Undefined(
            f"Nobody gave the label {names[0]} on these sentences: agreement by chance alone is 1."
        )
    return Undefined(
        f"Everybody gave these sentences the one label {only}: agreement by chance alone is 1."
    )
