"""Dealing documents out to reviewers."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from annotator.cli.options import document_argument, json_option, working_options
from annotator.cli.output import Column, say, write_json, write_table
from annotator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.model.assignment import Assignment
    from annotator.model.document import Document
    from annotator.session import Library
    from annotator.session.assigning import Assigning

COLUMNS = (
    Column("id"),
    Column("title", gives_way="cut"),
    Column("reviewer"),
    Column("pass"),
    Column("what"),
)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was asked for, as it stands on the command line."""

    names: str
    overlap: str | None
    each: int | None
    seed: int
    again: str | None
    removes: bool

    @property
    def draws(self) -> bool:
        return not (self.overlap is None and self.each is None and self.again is None)


@click.command("assign", short_help="Say who labels what.")
@document_argument(many=True, required=False)
@click.option("--to", "names", metavar="NAMES", required=True, help="Reviewers: ana,ben.")
@click.option("--all", "whole", is_flag=True, help="Every document of the library.")
@click.option("--overlap", metavar="SHARE", help="0.2: a fifth to everybody, the rest to one each.")
@click.option("--per-reviewer", "each", metavar="N", type=click.IntRange(min=1), help="N to each.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another draw.")
@click.option("--again", metavar="SHARE", help="Of what they have finished, a second, blind time.")
@click.option("--remove", "removes", is_flag=True, help="Take the documents away; labels stay.")
@json_option
@working_options
def assign_command(
    documents: tuple[str, ...],
    *,
    names: str,
    whole: bool,
    overlap: str | None,
    each: int | None,
    seed: int,
    again: str | None,
    removes: bool,
    as_json: bool,
    db: str | None,
    reviewer: str | None,
) -> None:
    """Say who labels what: everybody named gets every document, unless they are dealt out.

    '--overlap 0.2' draws a fifth of the documents for everybody, so that agreement can be measured,
    and gives each of the rest to one. '--per-reviewer 10' gives each ten, none to two; with
    --overlap a share of the ten is everybody's. The same --seed draws the same, and what is
    assigned already stays so. '--again 0.1' has each reviewer label a tenth of what they have
    finished a second time, blind to the first, for their agreement with themselves.

    In a pipe, a line has: document, title, reviewer, pass (first, again), and what was done
    (assigned, as before, taken away).

    \b
      annotator assign 3f9c 81d2 --to ana,ben
      annotator assign --all --to ana,ben,cleo --overlap 0.2 --seed 1
      annotator assign --all --to ana --again 0.1
      annotator assign 3f9c --to ben --remove
    """
    from annotator.session import open_library

    wish = _Wish(names, overlap, each, seed, again, removes)
    _check(wish, documents, whole=whole)
    with closing(open_library(db, reviewer=reviewer)) as library:
        if whole:
            chosen = [shelved.document for shelved in library.list_documents()]
        else:
            found = (library.resolve(prefix) for prefix in documents)
            chosen = list({document.id: document for document in found}.values())
        done = _do(library, chosen, wish)
    titles = {document.id: document for document in chosen}
    if as_json:
        write_json(_describe(done, titles, wish))
    else:
        rows = (
            (one.document_id, titles[one.document_id].title, one.reviewer, _name_pass(one), what)
            for one, what in _list_done(done)
        )
        write_table(COLUMNS, rows)
    for line in _sum_up(done, wish):
        say(line)


def _check(wish: _Wish, documents: tuple[str, ...], *, whole: bool) -> None:
    if whole == bool(documents):
        raise UsageError("Name documents, or give --all for every one of the library.")
    if wish.removes and wish.draws:
        raise UsageError("--remove takes away all that is named; there is nothing to draw.")
    if wish.again is not None and (wish.overlap is not None or wish.each is not None):
        raise UsageError("--again is of what each has finished: without --overlap, --per-reviewer.")


def _do(library: Library, documents: list[Document], wish: _Wish) -> Assigning:
    from annotator.session.assigning import (
        Deal,
        assign,
        assign_again,
        parse_names,
        parse_share,
        withdraw,
    )

    names = parse_names(wish.names)
    if wish.removes:
        return withdraw(library, documents, names)
    if wish.again is not None:
        share = parse_share(wish.again)
        return assign_again(library, documents, names, share=share, seed=wish.seed)
    overlap = None if wish.overlap is None else parse_share(wish.overlap)
    return assign(library, documents, names, deal=Deal(overlap, wish.each, wish.seed))


def _list_done(done: Assigning) -> Iterator[tuple[Assignment, str]]:
    """Every assignment spoken of, by document and reviewer."""
    marked = [
        *((one, "assigned") for one in done.given),
        *((one, "as before") for one in done.kept),
        *((one, "taken away") for one in done.withdrawn),
    ]
    yield from sorted(marked)


def _name_pass(one: Assignment) -> str:
    return "again" if one.again else "first"


def _describe(done: Assigning, titles: dict[str, Document], wish: _Wish) -> dict[str, object]:
    return {
        "seed": wish.seed if wish.draws else None,
        "assignments": [
            {
                "document": one.document_id,
                "title": titles[one.document_id].title,
                "reviewer": one.reviewer,
                "again": one.again,
                "done": what,
            }
            for one, what in _list_done(done)
        ],
        "newcomers": list(done.newcomers),
    }


def _sum_up(done: Assigning, wish: _Wish) -> Iterator[str]:
    from collections import Counter

    from annotator.session.assigning import parse_names
    from annotator.text.display import show_line

    if wish.removes:
        yield f"{_count(len(done.withdrawn))} taken away; labels stay"
        return
    standing = [*done.given, *done.kept]
    counts = Counter(one.reviewer for one in standing)
    shared = sum(many > 1 for many in Counter(one.document_id for one in standing).values())
    parts = [f"{show_line(name)} {count}" for name, count in sorted(counts.items())]
    told = f"{', '.join(parts) or 'nothing'}; {len(done.given)} of these new"
    if len(parts) > 1:
        told += (
            f"; {shared} {'document has' if shared == 1 else 'documents have'} several reviewers"
        )
    yield told + (f"; drawn with --seed {wish.seed}" if wish.draws else "")
    wanted = wish.each or 0
    short = [show_line(name) for name in sorted(counts) if counts[name] < wanted]
    if wanted and (short or not counts):
        yield f"there are not enough documents for {wanted} each: {', '.join(short)} got fewer"
    if wish.again is not None and len(counts) < len(parse_names(wish.names)):
        yield "whoever is not named has finished none of these documents yet"
    for name in done.newcomers:
        yield (
            f"{show_line(name)} has done nothing here yet: they begin with '--reviewer"
            f" {show_line(name)}'"
        )


def _count(number: int) -> str:
    return f"{number} {'assignment' if number == 1 else 'assignments'}"
