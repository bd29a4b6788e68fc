"""Everything about how far reviewers agree, as one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.agreement.figures import Bootstrap, Undefined
from annotator.agreement.links import find_denials, score_links
from annotator.agreement.patterns import (
    add_up,
    check_labels,
    count_patterns,
    find_reviewers,
    narrow,
)
from annotator.agreement.scores import explain_too_few, score
from annotator.agreement.tables import sum_tables, tabulate_pairs

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from annotator.agreement.figures import Unit
    from annotator.agreement.links import Denial, LinkAgreement
    from annotator.agreement.patterns import Patterns
    from annotator.agreement.scores import LabelScores, Scores
    from annotator.agreement.tables import PairTable, Table


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the reviewers of some sentences agree.

    `reviewers` are those who labelled any of them, sorted. Of the `sentences` that anybody
    labelled, `shared` have labels of two reviewers or more; `values` are the labels on those.
    `pairs` is the confusion table of every two reviewers; `confusion` all of them added up, each
    pair in both orders.
    """

    reviewers: tuple[str, ...]
    labels: tuple[str, ...]
    sentences: int
    shared: int
    values: int
    scores: Scores
    by_label: tuple[LabelScores, ...]
    pairs: tuple[PairTable, ...]
    confusion: Table
    links: LinkAgreement


@dataclass(frozen=True, slots=True)
class DocumentAgreement:
    """Agreement within one document, between those who labelled in it."""

    document_id: str
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Report:
    """Agreement over all documents and within each, in order of their ids, and how the intervals
    were found.
    """

    whole: Agreement
    documents: tuple[DocumentAgreement, ...]
    bootstrap: Bootstrap


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked of every set of sentences alike."""

    labels: tuple[str, ...]
    denying: frozenset[str]
    bootstrap: Bootstrap


def measure(
    units: Sequence[Unit],
    labels: Sequence[str],
    *,
    reviewers: Collection[str] | None = None,
    denying: Collection[str] = (),
    deniable: Collection[str] = (),
    bootstrap: Bootstrap | None = None,
) -> Report:
    """Agreement between all who labelled, or only between `reviewers`.

    A sentence is given once, with all of its labels; one without any may be left out. `labels` are
    the scheme's, in its order, `denying` those of them that deny and `deniable` those that can be
    denied. A figure that does not exist is `Undefined`. Raises `UnknownNameError` for a label on a
    sentence that is none of `labels`.
    """
    bootstrap = bootstrap or Bootstrap()
    question = _Question(tuple(labels), frozenset(denying), bootstrap)
    names = find_reviewers(units, among=reviewers)
    documents = dict(sorted(count_patterns(units, names).items()))
    patterns = add_up(documents.values())
    check_labels(patterns, labels)
    denials = find_denials(units, names, denying=question.denying, deniable=frozenset(deniable))
    by_document = [denials.get(document_id, []) for document_id in documents]
    whole = _measure_one(
        question,
        names,
        patterns,
        groups=list(documents.values()),
        denials=by_document,
        resamples=bootstrap.resamples,
    )
    within = [
        _measure_one(
            question,
            *narrow(own, names),
            groups=None,
            denials=[links],
            resamples=bootstrap.document_resamples,
        )
        for own, links in zip(documents.values(), by_document, strict=True)
    ]
    return Report(whole, tuple(map(DocumentAgreement, documents, within)), bootstrap)


def _measure_one(
    question: _Question,
    reviewers: tuple[str, ...],
    patterns: Patterns,
    *,
    groups: Sequence[Patterns] | None,
    denials: Sequence[Sequence[Denial]],
    resamples: int,
) -> Agreement:
    """`groups`: the patterns of each document; `None` where they are one document's."""
    sizes = {pattern: len(pattern) - pattern.count(None) for pattern in patterns}
    scores, by_label = score(
        patterns,
        reviewers,
        question.labels,
        groups=[patterns] if groups is None else groups,
        bootstrap=question.bootstrap,
        resamples=resamples,
    )
    without = explain_too_few(reviewers, max(sizes.values(), default=0))
    if not question.denying:
        without = Undefined("No label of the scheme denies another.")
    pairs = tabulate_pairs(patterns, reviewers, question.labels)
    return Agreement(
        reviewers,
        question.labels,
        sum(patterns.values()),
        sum(count for pattern, count in patterns.items() if sizes[pattern] > 1),
        sum(count * sizes[pattern] for pattern, count in patterns.items() if sizes[pattern] > 1),
        scores,
        by_label,
        pairs,
        sum_tables(pairs, len(question.labels)),
        score_links(denials, without=without, bootstrap=question.bootstrap, resamples=resamples),
    )
