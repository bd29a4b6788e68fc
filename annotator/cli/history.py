"""Telling a document's history."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from annotator.cli.inspecting import choose_filter
from annotator.cli.options import document_argument, filter_options, json_option
from annotator.cli.output import Column, write_json_list, write_table
from annotator.errors import UnknownNameError

if TYPE_CHECKING:
    from annotator.cli.output import Cell
    from annotator.model.document import Document
    from annotator.model.span import Span
    from annotator.session.history import Entry
    from annotator.session.telling import FindIndex, Quote
    from annotator.store.base import Store

COLUMNS = (
    Column("when"),
    Column("who"),
    Column("sentence", number=True),
    Column("event", width=7),
    Column("what", gives_way="wrap"),
)


@click.command("history", short_help="Print what happened to a document.")
@document_argument()
@click.option("--sentence", "number", metavar="N", type=int, help="Of this sentence, from 1.")
@json_option
@filter_options("the one working")
def history_command(
    document: str,
    *,
    number: int | None,
    as_json: bool,
    db: str | None,
    reviewer: str | None,
) -> None:
    """Print every event of a document, oldest first: its import, and what you did since.

    \b
      annotator history 3f9c --sentence 3
      annotator history 3f9c --reviewer all --json
    """
    from annotator.session import find_document
    from annotator.session.history import tell_history
    from annotator.session.telling import quote_from
    from annotator.store import open_store

    with closing(open_store(db, must_exist=True)) as store, store.snapshot():
        found = find_document(store, document, deleted=None)
        whose = choose_filter(store, reviewer)
        span = _find_span(store, found, number)
        entries = (
            entry
            for entry in tell_history(store, found)
            if _is_wanted(entry, reviewer=whose, span=span)
        )

        def find_index(span: Span) -> int | None:
            return store.find_index(found.id, start=span.start)

        if as_json:
            write_json_list(_describe_entry(entry, find_index) for entry in entries)
        else:
            quote = quote_from(store.read_text(found.id))
            rows = (_list_entry(entry, find_index, quote=quote) for entry in entries)
            write_table(COLUMNS, rows)


def _find_span(store: Store, document: Document, number: int | None) -> Span | None:
    """Where the sentence stands that `--sentence` names."""
    if number is None:
        return None
    if not 1 <= number <= document.sentence_count:
        raise UnknownNameError(
            f"There is no sentence {number} in {document.id} ({document.title}): it has"
            f" {document.sentence_count}, numbered from 1."
        )
    return store.read_places(document.id, reviewer="", first=number - 1, count=1)[0].sentence.span


def _is_wanted(entry: Entry, *, reviewer: str | None, span: Span | None) -> bool:
    from annotator.session.telling import touches

    event = entry.event
    if event.kind == "import":
        return True
    if reviewer is not None and event.reviewer != reviewer:
        return False
    return span is None or (event.span is not None and touches(event.span, span))


def _list_entry(entry: Entry, find_index: FindIndex, *, quote: Quote) -> tuple[Cell, ...]:
    from annotator.session.telling import tell_entry

    event = entry.event
    numbers = ", ".join(str(change.index + 1) for change in entry.changes)
    what = tell_entry(entry, find_index, quote=quote)
    return event.time, event.reviewer, numbers, event.kind.value, what


def _describe_entry(entry: Entry, find_index: FindIndex) -> dict[str, object]:
    from annotator.session.telling import compare

    event = entry.event
    return {
        "id": event.id,
        "time": event.time,
        "reviewer": event.reviewer,
        "kind": event.kind.value,
        "sentence_index": entry.changes[0].index if entry.changes else None,
        "changes": [
            {
                "sentence_index": different.index,
                "field": different.field,
                "before": different.before,
                "after": different.after,
            }
            for change in entry.changes
            for different in compare(change, find_index)
        ],
        "parts": _read_parts(entry),
        "undone": [kind.value for kind in entry.undone],
        "spent_ms": event.spent_ms,
        "import": _read_import(entry),
    }


def _read_import(entry: Entry) -> dict[str, object] | None:
    from annotator.model.event import Imported
    from annotator.model.layout import read_layout

    value = entry.event.value
    if not isinstance(value, Imported):
        return None
    return {"sentences": len(read_layout(value.layout)), "source": value.source}


def _read_parts(entry: Entry) -> list[list[int]] | None:
    """The two parts of a split or a join: start and end of each."""
    from annotator.model.event import Recut

    value = entry.event.value
    return [[part.start, part.end] for part in value.parts] if isinstance(value, Recut) else None
