"""How far reviewers are, and how fast."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

import click

from annotator.cli.inspecting import FLAG
from annotator.cli.options import EVERYONE, document_argument, filter_options, json_option
from annotator.cli.output import Column, is_terminal, say, write, write_json_list, write_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from annotator.cli.output import Cell
    from annotator.model.scheme import LabelScheme
    from annotator.session.status import Status, Work
    from annotator.store.base import Store

    _Extend: TypeAlias = Callable[[Work, tuple[Cell, ...]], tuple[Cell, ...]]

TERMINAL_COLUMNS: Final = (
    Column("id"),
    Column("title", gives_way="cut"),
    Column("reviewer"),
    Column("labelled", number=True),
    Column("labels"),
    Column("median", number=True),
)
TOTAL_COLUMNS: Final = (
    Column("reviewer"),
    Column("labelled", number=True),
    Column("median", number=True),
    Column("of", number=True),
    Column("today", number=True),
    Column("an hour", number=True),
    Column("left"),
    Column("last 14 days"),
)
COLUMNS: Final = tuple(
    Column(title)
    for title in (
        "id",
        "title",
        "reviewer",
        "sentences",
        "labelled",
        "open",
        "labels",
        "unsure",
        "median",
        "of",
        "today",
        "an hour",
        "left",
    )
)
ASSIGNED: Final = Column("assigned")
"""Stands last where anything is assigned to anybody."""

NOTHING: Final = "–"


@click.command("status", short_help="Print progress, labels by kind, pace.")
@document_argument(many=True, required=False)
@json_option
@filter_options("all")
def status_command(
    documents: tuple[str, ...],
    *,
    as_json: bool,
    db: str | None,
    reviewer: str | None,
) -> None:
    """Print how far each reviewer is in each document, and how fast: the median seconds that a
    label took, labels given today, about how long the rest will take.

    In a pipe, a line has: document, title, reviewer, sentences, labelled, open, labels by kind,
    unsure, median seconds, of how many labels, labels today, labels an hour today, left; and where
    documents are assigned, whether this one is theirs: open, finished, or nothing.

    \b
      annotator status
      annotator status 3f9c --reviewer ana --json
    """
    from annotator.session import SystemClock, find_document
    from annotator.session.schemes import read_scheme_in_force
    from annotator.session.status import measure_status
    from annotator.store import open_store

    with closing(open_store(db)) as store, store.snapshot():
        chosen = {found.id: found for found in (find_document(store, name) for name in documents)}
        status = measure_status(
            store,
            clock=SystemClock(),
            documents=list(chosen.values()) if documents else None,
            reviewer=_choose_reviewer(store, reviewer),
        )
        scheme = read_scheme_in_force(store)
    if not status.works:
        say("The library is empty: bring an article in with 'annotator import FILE'.")
    if as_json:
        write_json_list(_describe(work, status) for work in status.works)
        return
    if is_terminal():
        _write_for_person(status, scheme)
    else:
        columns, extend = _choose_columns(COLUMNS, status)
        write_table(columns, (extend(work, _list_cells(work, scheme)) for work in status.works))


def _choose_reviewer(store: Store, option: str | None) -> str | None:
    from annotator.session.exporting import check_reviewer

    if option in (None, EVERYONE):
        return None
    return check_reviewer(store, option)


def _write_for_person(status: Status, scheme: LabelScheme) -> None:
    columns, extend = _choose_columns(TERMINAL_COLUMNS, status)
    write_table(columns, (extend(work, _list_short(work, scheme)) for work in status.works))
    if status.totals:
        write("\n")
        write_table(TOTAL_COLUMNS, map(_list_total, status.totals))


def _choose_columns(
    columns: tuple[Column, ...], status: Status
) -> tuple[tuple[Column, ...], _Extend]:
    """One more for assignments, where there are any."""
    if not any(work.is_assigned for work in status.works):
        return columns, lambda _work, cells: cells
    return (*columns, ASSIGNED), lambda work, cells: (*cells, _name_assignment(work))


def _name_assignment(work: Work) -> str:
    if not work.is_assigned:
        return ""
    return "open" if work.open else "finished"


def _list_short(work: Work, scheme: LabelScheme) -> tuple[Cell, ...]:
    """What a terminal of 80 columns has room for: a label by its key, a flag by its sign."""
    document = work.document
    keys = {label.name: label.key for label in scheme.labels}
    counts = [f"{keys.get(name, name)} {count}" for name, count in _order(work, scheme)]
    flags = [f"{FLAG} {work.unsure}"] * (work.unsure > 0)
    return (
        document.id if document else None,
        document.title if document else None,
        work.reviewer or NOTHING,
        _show_progress(work),
        "  ".join(counts + flags),
        _show_seconds(work.timing.median_ms, " s"),
    )


def _list_total(work: Work) -> tuple[Cell, ...]:
    from annotator.session.status import draw_days

    timing = work.timing
    return (
        work.reviewer,
        _show_progress(work),
        _show_seconds(timing.median_ms, " s"),
        timing.measured,
        timing.today,
        _show_hourly(timing.hourly),
        _show_left(work),
        draw_days(timing.days),
    )


def _list_cells(work: Work, scheme: LabelScheme) -> tuple[Cell, ...]:
    document, timing = work.document, work.timing
    return (
        document.id if document else None,
        document.title if document else None,
        work.reviewer,
        work.sentences,
        work.labelled,
        work.open,
        _name_counts(work, scheme),
        work.unsure,
        _show_seconds(timing.median_ms),
        timing.measured,
        timing.today,
        _show_hourly(timing.hourly),
        _show_left(work),
    )


def _order(work: Work, scheme: LabelScheme) -> list[tuple[str, int]]:
    """Labels and their numbers in the scheme's order; labels that it has no more come last."""
    known = [label.name for label in scheme.labels]
    names = [*known, *(name for name in work.counts if name not in known)]
    return [(name, work.counts[name]) for name in names if name in work.counts]


def _name_counts(work: Work, scheme: LabelScheme) -> str:
    return ", ".join(f"{name} {count}" for name, count in _order(work, scheme))


def _show_progress(work: Work) -> str:
    return f"{work.labelled} of {work.sentences}"


def _show_seconds(milliseconds: float | None, unit: str = "") -> str:
    return NOTHING if milliseconds is None else f"{milliseconds / 1000:.1f}{unit}"


def _show_hourly(hourly: float | None) -> str:
    return NOTHING if hourly is None else str(round(hourly))


def _show_left(work: Work) -> str:
    from annotator.session.status import describe_duration

    if not work.open:
        return "nothing"
    return NOTHING if work.left_ms is None else describe_duration(work.left_ms)


def _describe(work: Work, status: Status) -> dict[str, object]:
    document, timing = work.document, work.timing
    return {
        "document": document.id if document else None,
        "title": document.title if document else None,
        "reviewer": work.reviewer,
        "sentences": work.sentences,
        "labelled": work.labelled,
        "open": work.open,
        "labels": dict(work.counts),
        "unsure": work.unsure,
        "median_seconds": _round(timing.median_ms, 1000),
        "labels_measured": timing.measured,
        "labels_today": timing.today,
        "labels_an_hour_today": _round(timing.hourly, 1),
        "seconds_left": _round(work.left_ms, 1000),
        "labels_a_day": [
            {"date": day.isoformat(), "labels": labels}
            for day, labels in zip(status.days, timing.days, strict=True)
        ],
        "assigned": work.is_assigned,
        "finished": not work.open,
    }


def _round(number: float | None, divisor: int) -> float | None:
    return None if number is None else round(number / divisor, 3)
