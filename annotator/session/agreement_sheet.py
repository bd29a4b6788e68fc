"""Agreement as a person reads it: headings, tables, and why a figure is not there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from annotator.agreement import Coefficient, Undefined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotator.agreement import (
        Agreement,
        Bootstrap,
        DocumentAgreement,
        LabelScores,
        Report,
        Score,
    )

UNDEFINED: Final = "undefined"

NAMES: Final = {
    "raw": "raw agreement",
    "cohen": "Cohen's kappa",
    "fleiss": "Fleiss' kappa",
    "alpha": "Krippendorff's alpha",
}
"""The coefficients, by the names of their fields."""

_SHORT: Final = {"raw": "raw", "cohen": "Cohen", "fleiss": "Fleiss", "alpha": "alpha"}
"""The same above columns, so that three of them with their intervals fit 67 cells."""

_FIGURE: Final = "figure [95 % interval]"


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a grid; where there is little room, one that gives way is cut or wrapped."""

    title: str
    number: bool = False
    gives_way: Literal["cut", "wrap"] | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of text; each row has a cell for each field. Without a header the titles are not
    shown.
    """

    fields: tuple[Field, ...]
    rows: tuple[tuple[str, ...], ...]
    header: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, a table or none, and lines to be wrapped below it. Names and titles in it are as
    they came: whoever shows them makes them harmless.
    """

    heading: str
    grid: Grid | None = None
    notes: tuple[str, ...] = ()


def lay_out_sheet(
    report: Report,
    *,
    titles: Mapping[str, str] | None = None,
    whose: str | None = None,
    ids: bool = True,
) -> tuple[Part, ...]:
    """All of a report, the whole first, then by label, who said what, links, document by document.

    `titles` are the documents' by id, which `ids` shows as well; `whose` is the reviewer who is
    measured against themselves. Where nothing can be compared there is one part that says why.
    """
    whole = report.whole
    parts = [_lay_out_whole(report, whose)]
    if isinstance(whole.scores.raw, Undefined):
        return tuple(parts)
    parts += [_lay_out_labels(whole), _lay_out_confusion(whole)]
    if len(whole.reviewers) > 2:
        parts.append(_lay_out_pairs(whole))
    parts.append(_lay_out_links(whole))
    if len(report.documents) > 1:
        parts.append(_lay_out_documents(report.documents, titles or {}, ids=ids))
    return tuple(parts)


def show_figure(value: float) -> str:
    """Two decimals, and never a minus before nothing."""
    shown = f"{value:.2f}"
    return "0.00" if shown == "-0.00" else shown


def show_score(score: Score, *, reason: bool = False) -> str:
    """A figure with its interval, where it has one; else that it is undefined, and why."""
    if isinstance(score, Undefined):
        return f"{UNDEFINED}: {score.reason}" if reason else UNDEFINED
    if isinstance(score.interval, Undefined):
        return show_figure(score.value)
    low, high = show_figure(score.interval.low), show_figure(score.interval.high)
    return f"{show_figure(score.value)} [{low}, {high}]"


def name_all(names: Sequence[str]) -> str:
    """Names as a sentence has them."""
    if len(names) < 2:
        return "".join(names) or "nobody"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _lay_out_whole(report: Report, whose: str | None) -> Part:
    whole = report.whole
    heading = f"Agreement between {name_all(whole.reviewers)}"
    if whose is not None:
        heading = f"Agreement of {whose} with their own second pass"
    elif len(whole.reviewers) < 2:
        heading = "Agreement between reviewers"
    scores = whole.scores
    if isinstance(scores.raw, Undefined):
        return Part(heading, None, (f"{UNDEFINED}: {scores.raw.reason}",))
    figures = (scores.raw, scores.cohen, scores.fleiss, scores.alpha)
    rows = tuple(
        (name, _count(score), show_score(score, reason=True))
        for name, score in zip(NAMES.values(), figures, strict=True)
    )
    fields = (Field(""), Field("n", number=True), Field(_FIGURE, gives_way="wrap"))
    notes = (
        f"{_number(whole.sentences, 'sentence')} labelled in "
        f"{_number(len(report.documents), 'document')}, {whole.shared:,} of them by two reviewers "
        "or more: that is n.",
        _tell_intervals(scores.raw, report.bootstrap),
    )
    return Part(heading, Grid(fields, rows), notes)


def _tell_intervals(score: Coefficient, bootstrap: Bootstrap) -> str:
    if isinstance(score.interval, Undefined):
        return f"No intervals: {score.interval.reason}"
    return (
        f"Intervals: 95 % of {bootstrap.resamples:,} resamples of the {bootstrap.over}, "
        f"seed {bootstrap.seed}."
    )


def _lay_out_labels(whole: Agreement) -> Part:
    kappa = _choose_kappa(whole)
    names = ["raw", *kappa, "alpha"]
    rows = tuple(
        (one.label, *(show_score(_find(one, name)) for name in names)) for one in whole.by_label
    )
    missing = [
        f"{one.label}: {UNDEFINED}: {reason}"
        for one in whole.by_label
        for reason in _list_reasons(_find(one, name) for name in names)
    ]
    fields = (Field("label", gives_way="cut"), *(Field(_SHORT[name]) for name in names))
    return Part("By label, each against all others", Grid(fields, rows), tuple(missing))


def _choose_kappa(whole: Agreement) -> list[str]:
    """The kappa that such reviewers can have; there is room for one."""
    if len(whole.reviewers) == 2:
        return ["cohen"]
    return [] if isinstance(whole.scores.fleiss, Undefined) else ["fleiss"]


def _find(one: LabelScores, name: str) -> Score:
    scores = one.scores
    known = {
        "raw": scores.raw,
        "cohen": scores.cohen,
        "fleiss": scores.fleiss,
        "alpha": scores.alpha,
    }
    return known[name]


def _list_reasons(scores: Iterable[Score]) -> list[str]:
    """Each reason once."""
    return list(dict.fromkeys(one.reason for one in scores if isinstance(one, Undefined)))


def _lay_out_confusion(whole: Agreement) -> Part:
    table, heading = whole.confusion, "Confusion table: all pairs of reviewers, each in both orders"
    if len(whole.pairs) == 1:
        (pair,) = whole.pairs
        table, heading = pair.counts, f"Confusion table: {pair.first} down, {pair.second} across"
    fields = (Field(""), *(Field(label, number=True) for label in whole.labels))
    rows = tuple(
        (label, *(f"{count:,}" for count in counts))
        for label, counts in zip(whole.labels, table, strict=True)
    )
    return Part(heading, Grid(fields, rows))


def _lay_out_pairs(whole: Agreement) -> Part:
    fields = (
        Field("pair", gives_way="cut"),
        Field("n", number=True),
        Field(NAMES["raw"], number=True),
        Field(NAMES["cohen"], number=True),
    )
    rows = tuple(
        (
            f"{pair.first}, {pair.second}",
            f"{pair.sentences:,}",
            _show_plain(pair.raw),
            _show_plain(pair.cohen),
        )
        for pair in whole.pairs
    )
    reasons = [
        each.reason
        for pair in whole.pairs
        for each in (pair.raw, pair.cohen)
        if isinstance(each, Undefined)
    ]
    notes = tuple(f"{UNDEFINED}: {reason}" for reason in dict.fromkeys(reasons))
    return Part("Two by two", Grid(fields, rows), notes)


def _show_plain(value: float | Undefined) -> str:
    return UNDEFINED if isinstance(value, Undefined) else show_figure(value)


def _lay_out_links(whole: Agreement) -> Part:
    links = whole.links
    if isinstance(links.f1, Undefined):
        return Part("Links of denials", None, (f"{UNDEFINED}: {links.f1.reason}",))
    fields = (Field(""), Field("n", number=True), Field(_FIGURE, gives_way="wrap"))
    rows = tuple(
        (name, f"{links.denials:,}", show_score(score, reason=True))
        for name, score in (("F1", links.f1), (NAMES["alpha"], links.alpha))
    )
    note = (
        f"{_number(links.denials, 'sentence')} called a denial by two reviewers or more: that is n."
        f" They are tied to {_number(links.links, 'sentence')} by anybody, to {links.shared:,} by"
        " all who call it one."
    )
    return Part("Links of denials", Grid(fields, rows), (note,))


def _lay_out_documents(
    documents: Sequence[DocumentAgreement], titles: Mapping[str, str], *, ids: bool
) -> Part:
    fields = (
        *([Field("id")] if ids else []),
        Field("title", gives_way="cut"),
        Field("n", number=True),
        Field(_SHORT["raw"]),
        Field(_SHORT["alpha"]),
    )
    rows = tuple(
        (
            *([one.document_id] if ids else []),
            titles.get(one.document_id, one.document_id),
            f"{one.agreement.shared:,}",
            show_score(one.agreement.scores.raw),
            show_score(one.agreement.scores.alpha),
        )
        for one in sorted(documents, key=lambda one: _rank(one.agreement))
    )
    reasons = _list_reasons(
        score
        for one in documents
        for score in (one.agreement.scores.raw, one.agreement.scores.alpha)
    )
    notes = tuple(f"{UNDEFINED}: {reason}" for reason in reasons)
    return Part("By document, least agreement first", Grid(fields, rows), notes)


def _rank(agreement: Agreement) -> float:
    raw = agreement.scores.raw
    return raw.value if isinstance(raw, Coefficient) else 2.0


def _count(score: Score) -> str:
    return f"{score.sentences:,}" if isinstance(score, Coefficient) else ""


def _number(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count:,} {noun}s"
