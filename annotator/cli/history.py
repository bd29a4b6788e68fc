"""Telling a document's history."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import click

from annotator.cli.inspecting import choose_filter
from annotator.cli.options import document_argument, filter_options, json_option
from annotator.cli.output import Column, write_json_list, write_table
from annotator.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from annotator.cli.output import Cell
    from annotator.model.annotation import Annotation, Change
    from annotator.model.document import Document
    from annotator.model.span import Span
    from annotator.session.history import Entry

COLUMNS = (
    Column("when"),
    Column("who"),
    Column("sentence", number=True),
    Column("event", width=7),
    Column("what", gives_way="wrap"),
)

NOTHING = "–"

_Shown: TypeAlias = "str | bool | list[int | None] | None"
_FindIndex: TypeAlias = "Callable[[Span], int | None]"


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
    from annotator.store import open_store

    with closing(open_store(db, must_exist=True)) as store, store.snapshot():
        found = find_document(store, document, deleted=None)
        whose = choose_filter(store, reviewer)
        index = _read_number(found, number)
        entries = (
            entry
            for entry in tell_history(store, found)
            if _is_wanted(entry, reviewer=whose, index=index)
        )

        def find_index(span: Span) -> int | None:
            return store.find_index(found.id, start=span.start)

        if as_json:
            write_json_list(_describe_entry(entry, find_index) for entry in entries)
        else:
            write_table(COLUMNS, (_list_entry(entry, find_index) for entry in entries))


@dataclass(frozen=True, slots=True)
class _Difference:
    """One field of an annotation that a change touched. Spans stand as sentence indexes."""

    sentence_index: int
    field: str
    before: _Shown
    after: _Shown


def _read_number(document: Document, number: int | None) -> int | None:
    if number is None:
        return None
    if not 1 <= number <= document.sentence_count:
        raise UnknownNameError(
            f"There is no sentence {number} in {document.id} ({document.title}): it has"
            f" {document.sentence_count}, numbered from 1."
        )
    return number - 1


def _is_wanted(entry: Entry, *, reviewer: str | None, index: int | None) -> bool:
    if entry.event.kind == "import":
        return True
    if reviewer is not None and entry.event.reviewer != reviewer:
        return False
    return index is None or any(change.index == index for change in entry.changes)


def _list_entry(entry: Entry, find_index: _FindIndex) -> tuple[Cell, ...]:
    event = entry.event
    numbers = ", ".join(str(change.index + 1) for change in entry.changes)
    return event.time, event.reviewer, numbers, event.kind.value, _tell(entry, find_index)


def _tell(entry: Entry, find_index: _FindIndex) -> str:
    imported = _read_import(entry)
    if imported is not None:
        source = imported["source"]
        return f"{imported['sentences']} sentences from {source or 'standard input'}"
    return "; ".join(
        f"{different.field} {_show(different.before)} → {_show(different.after)}"
        for change in entry.changes
        for different in _compare(change, find_index)
    )


def _describe_entry(entry: Entry, find_index: _FindIndex) -> dict[str, object]:
    event = entry.event
    return {
        "id": event.id,
        "time": event.time,
        "reviewer": event.reviewer,
        "kind": event.kind.value,
        "sentence_index": entry.changes[0].index if entry.changes else None,
        "changes": [
            {
                "sentence_index": different.sentence_index,
                "field": different.field,
                "before": different.before,
                "after": different.after,
            }
            for change in entry.changes
            for different in _compare(change, find_index)
        ],
        "undone": [kind.value for kind in entry.undone],
        "spent_ms": event.spent_ms,
        "import": _read_import(entry),
    }


def _read_import(entry: Entry) -> dict[str, object] | None:
    from annotator.model.event import Imported, read_layout

    value = entry.event.value
    if not isinstance(value, Imported):
        return None
    return {"sentences": len(read_layout(value.layout)), "source": value.source}


def _compare(change: Change, find_index: _FindIndex) -> Iterator[_Difference]:
    before, after = _list_fields(change.before, find_index), _list_fields(change.after, find_index)
    for field, value in before.items():
        if value != after[field]:
            yield _Difference(change.index, field, value, after[field])


def _list_fields(annotation: Annotation | None, find_index: _FindIndex) -> dict[str, _Shown]:
    if annotation is None:
        return {"label": None, "speaker": None, "denies": [], "note": None, "unsure": False}
    return {
        "label": annotation.label,
        "speaker": annotation.speaker,
        "denies": [find_index(span) for span in annotation.denies],
        "note": annotation.note,
        "unsure": annotation.unsure,
    }


def _show(value: _Shown) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case list():
            numbers = (NOTHING if index is None else str(index + 1) for index in value)
            return ", ".join(numbers) or NOTHING
    return value or NOTHING
