"""Looking at a document's sentences with their labels."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from annotator.cli.options import EVERYONE, document_argument, filter_options, json_option
from annotator.cli.output import Column, is_terminal, write_json_list, write_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.exporters import LabelledSentence
    from annotator.store.base import Store

FLAG = "⚑"
NOTE = "✎"

TERMINAL_COLUMNS = (
    Column("", number=True, width=3),
    Column("label", width=10),
    Column("", width=2),
    Column("sentence", gives_way="wrap"),
)
SENTENCE_COLUMNS = (*TERMINAL_COLUMNS, Column("note"))


@click.command("show", short_help="Print sentences with their labels.")
@document_argument()
@click.option(
    "--version", "number", type=int, metavar="N", help="An article's N-th text, the oldest 1."
)
@json_option
@filter_options("the one working")
def show_command(
    document: str,
    *,
    number: int | None,
    as_json: bool,
    db: str | None,
    reviewer: str | None,
) -> None:
    """Print a document's sentences, numbered, with your labels, flags and notes.

    An article that was updated has several texts: '--version' shows one of them, whichever of its
    documents is named.

    \b
      annotator show 3f9c
      annotator show 3f9c --reviewer all
      annotator show 3f9c --version 1
    """
    from annotator.exporters.json import describe_sentence
    from annotator.session import find_document
    from annotator.session.exporting import read_sentences
    from annotator.session.updating import find_version
    from annotator.store import open_store

    with closing(open_store(db, must_exist=True)) as store, store.snapshot():
        found = find_document(store, document)
        if number is not None:
            found = find_version(store, found, number)
        whose = choose_filter(store, reviewer)
        sentences = read_sentences(store, found, reviewer=whose)
        if as_json:
            write_json_list(describe_sentence(found.id, labelled) for labelled in sentences)
        else:
            _write_sentences(sentences, name_reviewers=whose is None)


def choose_filter(store: Store, option: str | None) -> str | None:
    """Whose: the one working unless the option says otherwise; `None` for all."""
    from annotator.config import choose_reviewer
    from annotator.session.exporting import check_reviewer

    if option is None:
        return store.resolve_reviewer(choose_reviewer())
    if option == EVERYONE:
        return None
    return check_reviewer(store, option)


def _write_sentences(sentences: Iterator[LabelledSentence], *, name_reviewers: bool) -> None:
    rows = (_list_sentence(labelled, name_reviewers=name_reviewers) for labelled in sentences)
    if is_terminal():
        # A note stands under its sentence rather than in a narrow column of its own.
        write_table(TERMINAL_COLUMNS, (_fold_note(row) for row in rows))
    else:
        write_table(SENTENCE_COLUMNS, rows)


def _list_sentence(
    labelled: LabelledSentence, *, name_reviewers: bool
) -> tuple[int, str, str, str, str]:
    labels, notes = [], []
    for annotation in labelled.annotations:
        who = f"{annotation.reviewer}: " if name_reviewers else ""
        if annotation.label is not None:
            labels.append(who + annotation.label)
        if annotation.note is not None:
            notes.append(who + annotation.note)
    if labelled.adjudication is not None:
        labels.append(f"settled: {labelled.adjudication.label}")
    unsure = any(annotation.unsure for annotation in labelled.annotations)
    marks = FLAG * unsure + NOTE * bool(notes)
    sentence = labelled.sentence
    return sentence.index + 1, ", ".join(labels), marks, sentence.text, "; ".join(notes)


def _fold_note(row: tuple[int, str, str, str, str]) -> tuple[int, str, str, str]:
    number, labels, marks, text, notes = row
    return number, labels, marks, f"{text}  {NOTE} {notes}" if notes else text
