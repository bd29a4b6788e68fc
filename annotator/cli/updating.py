"""A newer text of an article, and what became of its labels."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, TypeAlias

import click

from annotator.cli.options import document_argument, json_option, working_options
from annotator.cli.output import Column, is_terminal, say, write_json, write_table
from annotator.cli.sources import read_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.model.document import Article, Document
    from annotator.model.span import Span
    from annotator.session.updating import Carried, Update
    from annotator.store.base import Store

Row: TypeAlias = tuple[str, int, int | None, str, str | None, str, str]
"""What became of it, old and new number, reviewer, label, sentence, links lost."""

TERMINAL_COLUMNS = (
    Column("", width=7),
    Column("old", number=True, width=3),
    Column("new", number=True, width=3),
    Column("reviewer", gives_way="cut"),
    Column("label", width=10),
    Column("sentence", gives_way="wrap"),
)
COLUMNS = (*TERMINAL_COLUMNS, Column("links lost"))


@click.command("update", short_help="Bring in a newer text; the labels move along.")
@document_argument()
@click.argument("file", metavar="FILE", type=click.Path(readable=False, allow_dash=True))
@click.option("--dry-run", is_flag=True, help="Say what would become of the labels; write nothing.")
@click.option("--format", "format_name", metavar="NAME", help="The format; see 'formats'.")
@click.option("--sentence-per-line", is_flag=True, help="Each line is one sentence already.")
@click.option("--language", metavar="CODE", help="The language, where it is not the older text's.")
@click.option("--encoding", metavar="NAME", help="The encoding, where it is not UTF-8.")
@json_option
@working_options
def update_command(
    document: str,
    file: str,
    *,
    dry_run: bool,
    format_name: str | None,
    sentence_per_line: bool,
    language: str | None,
    encoding: str | None,
    as_json: bool,
    db: str | None,
    reviewer: str | None,
) -> None:
    """Bring in a newer text of an article; everybody's labels move along, sentence by sentence.

    Each label is kept (the same sentence, in the same order), moved (the same sentence elsewhere),
    changed (the sentence differs a little: its label comes along, flagged as unsure) or lost (the
    sentence is gone). The older text stays readable with all its labels: 'show --version 1'. Who
    was to label it is to label the newer.

    To take it back, delete the newer document: the older is the newest again, and 'restore' undoes
    that. Undo in the newer document takes back all labels that came along for you.

    \b
      annotator update 3f9c article.txt --dry-run
      annotator update 3f9c article.txt
    """
    from annotator.session import find_document, open_library
    from annotator.session.updating import foresee_update, update
    from annotator.store import open_store

    def read(store: Store) -> tuple[Document, Article, list[tuple[int, Span]]]:
        found = find_document(store, document)
        article, cut = _read_article(
            file,
            format_name=format_name,
            sentence_per_line=sentence_per_line,
            language=language or found.language,
            encoding=encoding,
        )
        return found, article, cut

    if dry_run:
        with closing(open_store(db, must_exist=True)) as store, store.snapshot():
            found, article, cut = read(store)
            report = foresee_update(store, found, article, cut=cut)
    else:
        with closing(open_library(db, reviewer=reviewer)) as library:
            found, article, cut = read(library.store)
            report = update(library, found, article, cut=cut)
    if as_json:
        write_json(_describe(report))
    else:
        _write_rows(report)
    say(_sum_up(report, found, dry_run=dry_run))


def _read_article(
    file: str,
    *,
    format_name: str | None,
    sentence_per_line: bool,
    language: str,
    encoding: str | None,
) -> tuple[Article, list[tuple[int, Span]]]:
    """The article, and its sentences; what there is to tell of reading it is told."""
    from dataclasses import replace

    from annotator.session.importing import lay_out
    from annotator.session.updating import read_newer

    source = read_source(file, encoding=encoding, language=language)
    reading = read_newer(source, format_name=format_name)
    remarks = list(reading.remarks)
    if reading.said or reading.history:
        remarks.append("the labels in it were left out: an update takes those of the older text")
    cut, told = lay_out(replace(reading, said=()), sentence_per_line=sentence_per_line)
    for remark in (*remarks, *told):
        say(f"{source.name}: {remark}")
    return reading.article, cut


def _group(report: Update) -> Iterator[tuple[str, Sequence[Carried]]]:
    yield "kept", report.kept
    yield "moved", report.moved
    yield "changed", report.changed
    yield "lost", report.lost


def _describe(report: Update) -> dict[str, object]:
    groups = {name: [_describe_one(one) for one in found] for name, found in _group(report)}
    return {"document": report.document_id, **groups}


def _describe_one(one: Carried) -> dict[str, object]:
    return {
        "old": one.old,
        "new": one.new,
        "label": one.label,
        "reviewer": one.reviewer,
        "old_text": one.text,
        "new_text": one.new_text,
        "links_lost": list(one.links_lost),
    }


def _write_rows(report: Update) -> None:
    rows = _list_rows(report)
    if is_terminal():
        # Lost links stand behind their sentence rather than in a column that is mostly empty.
        write_table(TERMINAL_COLUMNS, (_fold_links(row) for row in rows))
    else:
        write_table(COLUMNS, rows)


def _list_rows(report: Update) -> Iterator[Row]:
    for name, found in _group(report):
        for one in found:
            differs = one.new_text not in (None, one.text)
            text = f"{one.text} → {one.new_text}" if differs else one.text
            new = None if one.new is None else one.new + 1
            links = ", ".join(str(index + 1) for index in one.links_lost)
            yield name, one.old + 1, new, one.reviewer, one.label, text, links


def _fold_links(row: Row) -> tuple[str | int | None, ...]:
    name, old, new, reviewer, label, text, links = row
    told = f"{text} (links lost: {links})" if links else text
    return name, old, new, reviewer, label, told


def _sum_up(report: Update, document: Document, *, dry_run: bool) -> str:
    if report.is_same:
        return f"This is the text of {document.id} as it is: nothing was changed."
    if report.is_known:
        return (
            f"This text is here already as {report.document_id}, the newer one of {document.id}:"
            " nothing was changed."
        )
    counts = ", ".join(f"{len(found)} {name}" for name, found in _group(report))
    done = "would be replaced by" if dry_run else "is replaced by"
    links = sum(len(one.links_lost) for _, found in _group(report) for one in found)
    told = [f"{document.id} {done} {report.document_id}: labels {counts}"]
    if links:
        told.append(f"{links} {'link' if links == 1 else 'links'} lost")
    told.append(f"{report.unsaid} {'sentence' if report.unsaid == 1 else 'sentences'} had none")
    return "; ".join(told)
