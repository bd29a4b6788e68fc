"""Agreement as other programs read it: JSON, rows, and the labels behind the figures as CSV."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final, TypeAlias

from annotator.agreement import Coefficient, Interval, Undefined
from annotator.model.document import derive_sentence_id
from annotator.model.row import guard
from annotator.session.agreement_sheet import UNDEFINED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from annotator.agreement import (
        Agreement,
        Bootstrap,
        LinkAgreement,
        PairTable,
        Report,
        Score,
        Scores,
        Unit,
    )
    from annotator.store.base import Store

ROW_NAMES: Final = (
    "document",
    "reviewers",
    "label",
    "against",
    "figure",
    "value",
    "low",
    "high",
    "n",
    "reason",
)
"""The cells of a row of `list_rows`."""

WHOLE: Final = "all"
"""What stands in a document's place in a row about all of them."""

_LEVEL: Final = 0.95
_FIELDS: Final = ("document_id", "sentence_index", "sentence_id")

_Row: TypeAlias = "tuple[str | None, ...]"


def describe_report(
    report: Report, *, titles: Mapping[str, str], whose: str | None = None
) -> dict[str, object]:
    """A JSON object. A figure that does not exist is `{"value": null, "reason": "…"}`; a table has
    a row and a column for each of `labels`, in their order.

    `confusion` has the first of two reviewers down and the second across; of more, all pairs of
    them, each in both orders.
    """
    person: dict[str, object] = {} if whose is None else {"reviewer": whose}
    documents = [
        {
            "document": one.document_id,
            "title": titles[one.document_id],
            **_describe_agreement(one.agreement),
        }
        for one in report.documents
    ]
    pairs = [_describe_pair(pair) for pair in report.whole.pairs]
    return {
        **person,
        **_describe_agreement(report.whole),
        "pairs": pairs,
        "documents": documents,
        "bootstrap": _describe_bootstrap(report.bootstrap),
    }


def _describe_agreement(agreement: Agreement) -> dict[str, object]:
    pairs = agreement.pairs
    return {
        "reviewers": list(agreement.reviewers),
        "labels": list(agreement.labels),
        "sentences": agreement.sentences,
        "n": agreement.shared,
        "values": agreement.values,
        **_describe_scores(agreement.scores),
        "by_label": [
            {"label": one.label, **_describe_scores(one.scores)} for one in agreement.by_label
        ],
        "confusion": pairs[0].counts if len(pairs) == 1 else agreement.confusion,
        "links": _describe_links(agreement.links),
    }


def _describe_scores(scores: Scores) -> dict[str, object]:
    return {
        "raw_agreement": _describe_score(scores.raw),
        "cohen_kappa": _describe_score(scores.cohen),
        "fleiss_kappa": _describe_score(scores.fleiss),
        "krippendorff_alpha": _describe_score(scores.alpha),
    }


def _describe_score(score: Score) -> dict[str, object]:
    if isinstance(score, Undefined):
        return {"value": None, "reason": score.reason}
    found: dict[str, object] = {"value": score.value}
    match score.interval:
        case Interval(low, high, resamples):
            found["interval"] = {"low": low, "high": high, "resamples": resamples}
        case Undefined(reason):
            found["interval"] = {"low": None, "high": None, "reason": reason}
    return {**found, "n": score.sentences, "values": score.values}


def _describe_plain(value: float | Undefined) -> dict[str, object]:
    if isinstance(value, Undefined):
        return {"value": None, "reason": value.reason}
    return {"value": value}


def _describe_pair(pair: PairTable) -> dict[str, object]:
    return {
        "reviewers": [pair.first, pair.second],
        "n": pair.sentences,
        "raw_agreement": _describe_plain(pair.raw),
        "cohen_kappa": _describe_plain(pair.cohen),
        "confusion": pair.counts,
    }


def _describe_links(links: LinkAgreement) -> dict[str, object]:
    return {
        "n": links.denials,
        "linked": links.links,
        "shared": links.shared,
        "f1": _describe_score(links.f1),
        "krippendorff_alpha": _describe_score(links.alpha),
    }


def _describe_bootstrap(bootstrap: Bootstrap) -> dict[str, object]:
    return {
        "level": _LEVEL,
        "resamples": bootstrap.resamples,
        "document_resamples": bootstrap.document_resamples,
        "over": bootstrap.over,
        "seed": bootstrap.seed,
    }


# -- rows


def list_rows(report: Report) -> Iterator[_Row]:
    """A row for each figure, and for each field of the confusion tables, under `ROW_NAMES`.

    The whole has `all` for its document. A figure that does not exist has `undefined` for its
    value, and a reason. Within a document there are only the figures over all labels, and those of
    its links.
    """
    yield from _list_agreement(WHOLE, report.whole)
    for one in report.whole.by_label:
        yield from _list_scores((WHOLE, _join(report.whole.reviewers), one.label), one.scores)
    for pair in report.whole.pairs:
        yield from _list_pair(pair, report.whole.labels)
    for document in report.documents:
        yield from _list_agreement(document.document_id, document.agreement)


def _list_agreement(document_id: str, agreement: Agreement) -> Iterator[_Row]:
    about = (document_id, _join(agreement.reviewers), None)
    yield from _list_scores(about, agreement.scores)
    yield (*about, None, "link_f1", *_list_score(agreement.links.f1))
    yield (*about, None, "link_krippendorff_alpha", *_list_score(agreement.links.alpha))


def _list_scores(about: _Row, scores: Scores) -> Iterator[_Row]:
    yield (*about, None, "raw_agreement", *_list_score(scores.raw))
    yield (*about, None, "cohen_kappa", *_list_score(scores.cohen))
    yield (*about, None, "fleiss_kappa", *_list_score(scores.fleiss))
    yield (*about, None, "krippendorff_alpha", *_list_score(scores.alpha))


def _list_score(score: Score) -> _Row:
    match score:
        case Undefined(reason):
            return (UNDEFINED, None, None, None, reason)
        case Coefficient(value, Interval(low, high), sentences):
            return (_write(value), _write(low), _write(high), str(sentences), None)
    return (_write(score.value), None, None, str(score.sentences), None)


def _list_pair(pair: PairTable, labels: Sequence[str]) -> Iterator[_Row]:
    who = _join((pair.first, pair.second))
    for figure, value in (("raw_agreement", pair.raw), ("cohen_kappa", pair.cohen)):
        number = str(pair.sentences)
        about = (WHOLE, who, None, None, f"pair_{figure}")
        if isinstance(value, Undefined):
            yield (*about, UNDEFINED, None, None, number, value.reason)
        else:
            yield (*about, _write(value), None, None, number, None)
    for label, counts in zip(labels, pair.counts, strict=True):
        for against, count in zip(labels, counts, strict=True):
            at = (WHOLE, who, label, against)
            yield (*at, "confusion", str(count), None, None, None, None)


def _join(names: Sequence[str]) -> str:
    return ", ".join(names)


def _write(value: float) -> str:
    """Six digits behind the point; a minus never stands before nothing."""
    shown = f"{value:.6f}"
    return shown.removeprefix("-") if float(shown) == 0 else shown


# -- the labels behind the figures


class _Echo:
    """A file for `csv.writer` that keeps nothing: `writerow` returns what `write` does."""

    def write(self, line: str) -> str:
        # Only with CRLF as the line's end does `csv` quote a cell that holds a lone CR.
        return line.removesuffix("\r\n") + "\n"


def write_units(store: Store, units: Iterable[Unit], reviewers: Sequence[str]) -> Iterator[str]:
    """Comma-separated values, with a header: a row for each sentence that any of the reviewers
    labelled, a column for each of them. Cells that would start a formula are guarded. Inside the
    `Store.snapshot` that the units were read in.
    """
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    header: str = writer.writerow([*_FIELDS, *map(guard, reviewers)])
    yield header
    document_id: str | None = None
    ids: dict[int, str] = {}
    for unit in units:
        if unit.document_id != document_id:
            document_id = unit.document_id
            ids = {
                sentence.index: derive_sentence_id(document_id, sentence.span)
                for sentence in store.read_sentences(document_id)
            }
        labels = [unit.labels.get(name, "") for name in reviewers]
        if any(labels):
            line: str = writer.writerow(
                [document_id, unit.index, ids[unit.index], *map(guard, labels)]
            )
            yield line
