"""How far reviewers agree."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final, Literal

import click

from annotator.cli.options import document_argument, json_option, working_options
from annotator.cli.output import (
    Column,
    is_terminal,
    say,
    write,
    write_content,
    write_json,
    write_table,
)
from annotator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from annotator.agreement import Unit
    from annotator.model.document import Document
    from annotator.session.agreement import Comparison
    from annotator.session.agreement_sheet import Part
    from annotator.store.base import Store

STANDARD_OUTPUT: Final = "-"

NOBODY_AGAIN: Final = "Nobody has labelled anything here a second time."


@click.command("agreement", short_help="Print how far reviewers agree.")
@document_argument(many=True, required=False)
@click.option(
    "--between", metavar="NAMES", multiple=True, help="Only these reviewers, apart by commas."
)
@click.option("--again", is_flag=True, help="Each reviewer beside their own second pass.")
@click.option(
    "--csv", "csv_file", metavar="FILE", help="Write the labels behind the figures; '-': here."
)
@click.option(
    "--resamples",
    type=click.IntRange(min=0, max=100_000),
    default=1000,
    show_default=True,
    help="Of which intervals are made; 0: none.",
)
@click.option(
    "--over",
    type=click.Choice(["sentences", "documents"]),
    default="sentences",
    show_default=True,
    help="What is drawn.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Other resamples.")
@json_option
@working_options
def agreement_command(
    documents: tuple[str, ...],
    *,
    between: tuple[str, ...],
    again: bool,
    csv_file: str | None,
    resamples: int,
    over: Literal["sentences", "documents"],
    seed: int,
    as_json: bool,
    db: str | None,
    reviewer: str | None,
) -> None:
    """Print how far reviewers agree on the labels of all documents, or of those named: raw
    agreement, Cohen's kappa (of two), Fleiss' kappa (where all labelled all), Krippendorff's alpha
    (of any number, with gaps), with 95 % intervals; by label, two by two, on links, by document.

    A figure that does not exist is "undefined", and the reason is said. Second passes are left out,
    unless '--between' names them or '--again' asks for them. The same seed gives the same
    intervals.

    In a pipe, a line has: document or 'all', reviewers, label, label against it, figure, value, low
    and high end of the interval, sentences, reason.

    \b
      annotator agreement
      annotator agreement 3f9c --between ana,ben --csv labels.csv
      annotator agreement --json | jq .krippendorff_alpha.value
    """
    from annotator.agreement import Bootstrap
    from annotator.session.agreement import (
        choose_reviewers,
        collect_units,
        compare_passes,
        compare_people,
    )
    from annotator.session.schemes import read_scheme_in_force
    from annotator.store import open_store

    del reviewer  # who works does not matter here
    if as_json and csv_file == STANDARD_OUTPUT:
        raise UsageError("Only one can go to the standard output: give '--csv' a file's name.")
    bootstrap = Bootstrap(resamples, seed, over)
    with closing(open_store(db, must_exist=True)) as store, store.snapshot():
        names = choose_reviewers(store, _split(store, between))
        chosen = _choose(store, documents)
        units, scheme = collect_units(store, chosen), read_scheme_in_force(store)
        if again:
            found = compare_passes(units, scheme, between=names, bootstrap=bootstrap)
        else:
            found = [compare_people(units, scheme, between=names, bootstrap=bootstrap)]
        if csv_file is not None:
            _write_units(store, units, found, name=csv_file)
    if csv_file == STANDARD_OUTPUT:
        return
    titles = {document.id: document.title for document in chosen}
    if as_json:
        write_json(_describe(found, titles, again=again))
    else:
        _write(found, titles)


def _split(store: Store, between: Sequence[str]) -> Iterator[str]:
    """Names apart by commas; a name that has one in it stands alone."""
    known = set(store.list_reviewers()) if between else set()
    for given in between:
        if given in known:
            yield given
        else:
            yield from filter(None, map(str.strip, given.split(",")))


def _choose(store: Store, prefixes: tuple[str, ...]) -> list[Document]:
    """By id: those named, or all that are not deleted; of an updated article the newest."""
    from annotator.session import find_document
    from annotator.session.updating import list_newest

    if not prefixes:
        return list_newest(store)
    named = {found.id: found for found in (find_document(store, name) for name in prefixes)}
    return [named[id_] for id_ in sorted(named)]


def _write_units(
    store: Store, units: Sequence[Unit], found: Sequence[Comparison], *, name: str
) -> None:
    from annotator.session.agreement_rows import write_units
    from annotator.session.files import check_not_database, write_file

    reviewers = [reviewer for one in found for reviewer in one.report.whole.reviewers]
    pieces = write_units(store, units, reviewers)
    if name == STANDARD_OUTPUT:
        write_content(pieces)
    else:
        check_not_database(name, store.location)
        write_file(name, pieces)


def _describe(
    found: Sequence[Comparison], titles: Mapping[str, str], *, again: bool
) -> dict[str, object]:
    from annotator.session.agreement_rows import describe_report

    described = [describe_report(one.report, titles=titles, whose=one.whose) for one in found]
    if not again:
        return described[0]
    return {"again": described, **({} if found else {"reason": NOBODY_AGAIN})}


def _write(found: Sequence[Comparison], titles: Mapping[str, str]) -> None:
    from annotator.session.agreement_rows import ROW_NAMES, list_rows
    from annotator.session.agreement_sheet import UNDEFINED, lay_out_sheet

    if not found:
        say(f"{UNDEFINED}: {NOBODY_AGAIN}")
    for number, one in enumerate(found):
        if is_terminal():
            write("\n" * (number > 0))
            _write_sheet(lay_out_sheet(one.report, titles=titles, whose=one.whose))
        else:
            write_table([Column(name) for name in ROW_NAMES], list_rows(one.report))


def _write_sheet(parts: Sequence[Part]) -> None:
    for number, part in enumerate(parts):
        write("\n" * (number > 0))
        _write_lines([part.heading])
        if part.grid is not None:
            columns = [
                Column(field.title, number=field.number, gives_way=field.gives_way)
                for field in part.grid.fields
            ]
            write_table(columns, part.grid.rows)
        _write_lines(part.notes)


def _write_lines(lines: Sequence[str]) -> None:
    write_table([Column("", gives_way="wrap")], [(line,) for line in lines], header=False)
