"""The store on SQLite: one file, several writers, every commit on the disk before it counts."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from annotator.errors import NotSavedError, StoreError
from annotator.model.annotation import Annotation, apply, fold
from annotator.model.event import ACTS, Draft, Event, EventKind, commit
from annotator.store import queries, rows
from annotator.store.opening import (
    check_still_there,
    connect,
    explain,
    identify,
    prepare,
)
from annotator.store.version import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Self

    from annotator.model.document import Document, Place, Sentence, Shelved
    from annotator.model.span import Span
    from annotator.store.rows import Cell

Result = TypeVar("Result")

_AFTER_EVERY_ID: Final = "~"  # ids are hexadecimal digits, and all of those sort before it
_FAILURES: Final = (sqlite3.Error, UnicodeEncodeError)
_LARGEST: Final = 2**63 - 1  # what an INTEGER holds; an index that someone typed may be larger


class SqliteStore:
    """A `Store` in one SQLite file."""

    def __init__(self, connection: sqlite3.Connection, location: str) -> None:
        self._connection = connection
        self._identity = identify(location)
        self._only_reads = False
        self._location = location

    @classmethod
    def open(cls, location: str, *, patience_ms: int = 5000) -> Self:
        """Open or make the database at this path.

        `patience_ms` is how long a write waits for another program's before it gives up.
        """
        connection = connect(Path(location), patience_ms=patience_ms)
        try:
            prepare(connection, location)
        except StoreError:
            connection.close()
            raise
        return cls(connection, location)

    @property
    def location(self) -> str:
        """The path as it was given."""
        return self._location

    @property
    def version(self) -> int:
        """The version of the schema: the number of migrations."""
        return SCHEMA_VERSION

    @property
    def engine(self) -> str:
        """SQLite's own version, not the schema's."""
        return f"SQLite {sqlite3.sqlite_version}"

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    # -- transactions

    def transact(self, work: Callable[[], Result]) -> Result:
        """See `Store.transact`. `BEGIN IMMEDIATE`: a deferred transaction that reads and then
        writes fails at once beside a second writer, however long the busy timeout.

        Inside another `transact` it is a savepoint: what it did stays or goes with the whole.
        """
        if self._only_reads:
            raise NotSavedError("The last change was not saved: this is a snapshot, for reading.")
        try:
            is_nested = self._is_in_transaction()
        except StoreError as error:
            raise NotSavedError(f"The last change was not saved. {error}") from error
        if is_nested:
            return self._nest(work)
        try:
            check_still_there(self._identity, self._location)
            self._execute("BEGIN IMMEDIATE")
            result = work()
            self._execute("COMMIT")
        except StoreError as error:
            raise NotSavedError(f"The last change was not saved. {error}") from error
        finally:
            self._roll_back()
        return result

    def _is_in_transaction(self) -> bool:
        try:
            return self._connection.in_transaction
        except sqlite3.Error as error:
            raise explain(error, self._location) from error

    def _nest(self, work: Callable[[], Result]) -> Result:
        self._execute("SAVEPOINT nested")
        done = False
        try:
            result = work()
            done = True
        finally:
            # An error such as a full disk may have ended the whole transaction already.
            if self._connection.in_transaction:
                if not done:
                    self._execute("ROLLBACK TO nested")
                self._execute("RELEASE nested")
        return result

    def _roll_back(self) -> None:
        # Where even this fails, what went wrong before is what counts; SQLite rolls back by itself
        # when the connection goes.
        with suppress(sqlite3.Error):
            self._connection.rollback()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See `Store.snapshot`: a deferred transaction that only reads."""
        if self._is_in_transaction():
            yield
            return
        self._execute("BEGIN")
        self._only_reads = True
        try:
            yield
        finally:
            self._only_reads = False
            self._roll_back()

    def _execute(self, sql: str, cells: Sequence[Cell] = ()) -> sqlite3.Cursor:
        try:
            return self._connection.execute(sql, cells)
        except _FAILURES as error:
            raise explain(error, self._location) from error

    def _rows(self, sql: str, cells: Sequence[Cell] = ()) -> Iterator[Sequence[object]]:
        try:
            # Not `yield from`: a generator dropped half-way would close a cursor whose connection
            # may be closed already, which is an error that nobody could catch.
            for row in self._connection.execute(sql, cells):  # noqa: UP028
                yield row
        except _FAILURES as error:
            raise explain(error, self._location) from error

    def _first(self, sql: str, cells: Sequence[Cell] = ()) -> Sequence[object] | None:
        return next(self._rows(sql, cells), None)

    def _number(self, sql: str, cells: Sequence[Cell] = ()) -> int | None:
        match self._first(sql, cells):
            case (int(number),):
                return number
        return None

    # -- the log

    def append(self, drafts: Sequence[Draft]) -> list[Event]:
        """See `Store.append`."""
        newest = self._number(queries.NEWEST_COUNTER) or 0
        events = [commit(draft, counter) for counter, draft in enumerate(drafts, newest + 1)]
        for event in events:
            self._execute(queries.ADD_EVENT, rows.write_event(event))
            self._project(event)
        return events

    def _project(self, event: Event) -> None:
        match event.kind:
            case EventKind.DELETE | EventKind.RESTORE:
                deleted = int(event.kind is EventKind.DELETE)
                self._execute(queries.MARK_DELETED, (deleted, event.document_id))
            case EventKind.UNDO | EventKind.REDO if event.target is not None:
                touched = {act.span for act in self.read_step(event.target)}
                for span in sorted(span for span in touched if span is not None):
                    self._put(event, span, self._refold(event, span))
            case _ if event.kind in ACTS and event.span is not None:
                self._put(event, event.span, apply(self._annotation(event, event.span), event))

    def _annotation(self, event: Event, span: Span) -> Annotation | None:
        key = (event.document_id, span.start, span.end, event.reviewer)
        row = self._first(queries.READ_ANNOTATION, key)
        return None if row is None else rows.read_annotation(row)

    def _refold(self, event: Event, span: Span) -> Annotation | None:
        cells = (event.document_id, span.start, span.end, event.reviewer)
        found = [rows.read_event(row) for row in self._rows(queries.READ_OF_SPAN, cells)]
        about = [rows.read_event(row) for row in self._rows(queries.READ_TARGETING, cells)]
        # An undo carries the span of the sentence that it changed, so it may be in both.
        known = {event.id: event for event in [*found, *about]}
        return fold(known.values()).get((event.reviewer, span))

    def _put(self, event: Event, span: Span, annotation: Annotation | None) -> None:
        key = (event.document_id, span.start, span.end, event.reviewer)
        self._execute(queries.DROP_LINKS, key)
        if annotation is None:
            self._execute(queries.DROP_ANNOTATION, key)
            return
        cells = rows.write_annotation(event.document_id, annotation)
        self._execute(queries.PUT_ANNOTATION, cells)
        for target in annotation.denies:
            self._execute(queries.ADD_LINK, (*key, target.start, target.end))

    def read_events(self, document_id: str) -> Iterator[Event]:
        """See `Store.read_events`."""
        return map(rows.read_event, self._rows(queries.READ_EVENTS, (document_id,)))

    def read_events_newest_first(self, document_id: str, *, reviewer: str) -> Iterator[Event]:
        """See `Store.read_events_newest_first`."""
        return map(rows.read_event, self._rows(queries.READ_NEWEST_FIRST, (document_id, reviewer)))

    def read_step(self, step: str) -> list[Event]:
        """See `Store.read_step`."""
        return [rows.read_event(row) for row in self._rows(queries.READ_STEP, (step, step))]

    # -- the library

    def add_document(self, document: Document, text: str, *, sentences: Iterable[Sentence]) -> None:
        """See `Store.add_document`."""
        self._execute(queries.ADD_DOCUMENT, rows.write_document(document, text))
        try:
            self._connection.executemany(
                queries.ADD_SENTENCE,
                (
                    (
                        document.id,
                        sentence.index,
                        sentence.paragraph,
                        sentence.span.start,
                        sentence.span.end,
                        sentence.text,
                    )
                    for sentence in sentences
                ),
            )
        except _FAILURES as error:
            raise explain(error, self._location) from error

    def find_documents(self, prefix: str, *, limit: int) -> list[Document]:
        """See `Store.find_documents`."""
        cells = (prefix, prefix + _AFTER_EVERY_ID, limit)
        return [rows.read_document(row) for row in self._rows(queries.FIND_DOCUMENTS, cells)]

    def list_documents(self, reviewer: str, *, deleted: bool = False) -> list[Shelved]:
        """See `Store.list_documents`."""
        found = self._rows(queries.LIST_DOCUMENTS, (reviewer, int(deleted)))
        return [rows.read_shelved(row) for row in found]

    def find_last_document(self, reviewer: str) -> Document | None:
        """See `Store.find_last_document`."""
        row = self._first(queries.LAST_WORKED, (reviewer,)) or self._first(queries.LAST_IMPORTED)
        return None if row is None else rows.read_document(row)

    def list_reviewers(self) -> list[str]:
        """See `Store.list_reviewers`."""
        return [str(row[0]) for row in self._rows(queries.LIST_REVIEWERS)]

    def count_rows(self) -> Mapping[str, int]:
        """See `Store.count_rows`."""
        tables = {
            "documents": "document",
            "sentences": "sentence",
            "annotations": "annotation",
            "events": "event",
        }
        return {
            name: self._number(f"SELECT count(*) FROM {table}") or 0  # noqa: S608 - our own names
            for name, table in tables.items()
        }

    # -- one document

    def read_text(self, document_id: str) -> str:
        """See `Store.read_text`."""
        match self._first(queries.READ_TEXT, (document_id,)):
            case (str(text),):
                return text
        raise StoreError(f"The text of document {document_id} is not in {self._location}.")

    def read_places(
        self, document_id: str, *, reviewer: str, first: int, count: int
    ) -> list[Place]:
        """See `Store.read_places`."""
        cells = (reviewer, document_id, min(first, _LARGEST), min(first + count, _LARGEST))
        return [rows.read_place(row) for row in self._rows(queries.READ_PLACES, cells)]

    def read_sentences(self, document_id: str) -> Iterator[Sentence]:
        """See `Store.read_sentences`."""
        return map(rows.read_sentence, self._rows(queries.READ_SENTENCES, (document_id,)))

    def read_annotations(
        self, document_id: str, *, reviewer: str | None = None
    ) -> Iterator[Annotation]:
        """See `Store.read_annotations`."""
        found = (
            self._rows(queries.READ_ANNOTATIONS, (document_id,))
            if reviewer is None
            else self._rows(queries.READ_REVIEWERS_ANNOTATIONS, (document_id, reviewer))
        )
        return map(rows.read_annotation, found)

    def find_open(
        self, document_id: str, *, reviewer: str, start: int, backwards: bool = False
    ) -> int | None:
        """See `Store.find_open`."""
        query = queries.FIND_OPEN_BACKWARDS if backwards else queries.FIND_OPEN_FORWARDS
        return self._number(query, (document_id, min(start, _LARGEST), reviewer))

    def find_index(self, document_id: str, *, start: int) -> int | None:
        """See `Store.find_index`."""
        return self._number(queries.FIND_INDEX, (document_id, start))

    def find_last_act(self, document_id: str, *, reviewer: str) -> int | None:
        """See `Store.find_last_act`."""
        start = self._number(queries.FIND_LAST_ACT, (document_id, reviewer))
        return None if start is None else self.find_index(document_id, start=start)

    def count_labels(self, document_id: str, *, reviewer: str) -> dict[str, int]:
        """See `Store.count_labels`."""
        counts: dict[str, int] = {}
        for row in self._rows(queries.COUNT_LABELS, (document_id, reviewer)):
            match row:
                case (str(label), int(number)):
                    counts[label] = number
        return counts

    def read_generation(self) -> int:
        """See `Store.read_generation`: SQLite counts other connections' commits."""
        return self._number("PRAGMA data_version") or 0

    def check_integrity(self) -> list[str]:
        """See `Store.check_integrity`: SQLite's own `integrity_check` and `foreign_key_check`, and
        that tables, triggers and views are those of the migrations.
        """
        found = [str(row[0]) for row in self._rows("PRAGMA integrity_check")]
        broken = [
            f"a row of {row[0]} points at a row of {row[2]} that is not there"
            for row in self._rows("PRAGMA foreign_key_check")
        ]
        return [line for line in found if line != "ok"] + broken + self._check_schema()

    def _check_schema(self) -> list[str]:
        from annotator.store.migrations import list_schema

        ours = list_schema()
        there = dict.fromkeys(ours)
        for row in self._rows("SELECT type || ' ' || name, sql FROM sqlite_master"):
            there[str(row[0])] = str(row[1])
        return [
            f"the {name} is {'not there' if there[name] is None else 'not what it was made as'}"
            for name, sql in ours.items()
            if there[name] != sql
        ]
