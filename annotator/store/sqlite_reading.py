"""What SQLite answers: every reading of the store on SQLite."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from annotator.errors import StoreError
from annotator.model.document import Link
from annotator.model.event import EventKind, read_value
from annotator.model.scheme import LabelScheme
from annotator.model.span import Span
from annotator.store import queries, rows
from annotator.store.asking import (
    add_up,
    count_shift,
    group_runs,
    has_no_spaces,
    write_search,
)
from annotator.store.opening import explain
from annotator.store.sifting import match_sieve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from annotator.model.annotation import Annotation
    from annotator.model.document import Document, Found, Place, Sentence, Shelved
    from annotator.model.event import Effort, Event
    from annotator.model.sieve import Sieve
    from annotator.model.tally import Tally
    from annotator.store.rows import Cell

FAILURES: Final = (sqlite3.Error, UnicodeEncodeError)

WHOLE: Final = Span(0, 2**62)
"""A whole text, however long."""

_AFTER_EVERY_ID: Final = "~"  # ids are hexadecimal digits, and all of those sort before it
_LARGEST: Final = 2**63 - 1  # what an INTEGER holds; an index that someone typed may be larger


class SqliteReading:
    """The half of the store that changes nothing."""

    def __init__(self, connection: sqlite3.Connection, location: str) -> None:
        self._connection = connection
        self._location = location

    @property
    def location(self) -> str:
        """The path as it was given."""
        return self._location

    def _execute(self, sql: str, cells: Sequence[Cell] = ()) -> sqlite3.Cursor:
        try:
            return self._connection.execute(sql, cells)
        except FAILURES as error:
            raise explain(error, self._location) from error

    def _rows(self, sql: str, cells: Sequence[Cell] = ()) -> Iterator[Sequence[object]]:
        try:
            # Not `yield from`: a generator dropped half-way would close a cursor whose connection
            # may be closed already, which is an error that nobody could catch.
            for row in self._connection.execute(sql, cells):  # noqa: UP028
                yield row
        except FAILURES as error:
            raise explain(error, self._location) from error

    def _first(self, sql: str, cells: Sequence[Cell] = ()) -> Sequence[object] | None:
        return next(self._rows(sql, cells), None)

    def _number(self, sql: str, cells: Sequence[Cell] = ()) -> int | None:
        match self._first(sql, cells):
            case (int(number),):
                return number
        return None

    # -- the log

    def read_events(self, document_id: str, *, touching: Span | None = None) -> Iterator[Event]:
        """See `Store.read_events`."""
        if touching is None:
            return map(rows.read_event, self._rows(queries.READ_EVENTS, (document_id,)))
        region = self._grow(document_id, touching)
        cells = (document_id, region.start, region.end)
        return map(rows.read_event, self._rows(queries.READ_EVENTS_TOUCHING, cells))

    def read_events_newest_first(self, document_id: str, *, reviewer: str) -> Iterator[Event]:
        """See `Store.read_events_newest_first`."""
        return map(rows.read_event, self._rows(queries.READ_NEWEST_FIRST, (document_id, reviewer)))

    def read_step(self, step: str) -> list[Event]:
        """See `Store.read_step`."""
        return [rows.read_event(row) for row in self._rows(queries.READ_STEP, (step, step))]

    def _grow(self, document_id: str, span: Span) -> Span:
        """The text that is touched by whatever split or joined anything of this span.

        Everything where the document was imported with more than one cut, as after a merge.
        """
        if (self._number(queries.COUNT_IMPORTS, (document_id,)) or 0) > 1:
            return WHOLE
        region, wholes = span, self._list_wholes(document_id)
        while True:
            touching = [w for w in wholes if w.start < region.end and w.end > region.start]
            grown = Span(
                min([region.start, *(whole.start for whole in touching)]),
                max([region.end, *(whole.end for whole in touching)]),
            )
            if grown == region:
                return region
            region = grown

    def _list_wholes(self, document_id: str) -> list[Span]:
        """What was ever split, or came of a join."""
        return [
            Span(start, end)
            for start, end in self._rows(queries.READ_WHOLES, (document_id,))
            if isinstance(start, int) and isinstance(end, int)
        ]

    # -- the library

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
        cells = (reviewer, document_id, min(first, _LARGEST), min(count, _LARGEST))
        places = [rows.read_place(row) for row in self._rows(queries.READ_PLACES, cells)]
        return self._tie(document_id, reviewer, places)

    def _tie(self, document_id: str, reviewer: str, places: list[Place]) -> list[Place]:
        """The places with their links, of which most articles have few."""
        if not places:
            return places
        cells = (
            document_id,
            places[0].sentence.span.start,
            places[-1].sentence.span.start,
            reviewer,
        )
        outwards: dict[int, list[Link]] = {}
        for row in self._rows(queries.LINKS_FROM, cells):
            match row:
                case (int(start), int(index), str() | None as label):
                    outwards.setdefault(start, []).append(Link(index, label))
        inwards: dict[int, list[int]] = {}
        for row in self._rows(queries.LINKS_TO, cells):
            match row:
                case (int(start), int(index)):
                    inwards.setdefault(start, []).append(index)
        if not outwards and not inwards:
            return places
        return [
            replace(
                place,
                denies=tuple(outwards.get(place.sentence.span.start, ())),
                denied_by=tuple(inwards.get(place.sentence.span.start, ())),
            )
            for place in places
        ]

    def read_these(self, document_id: str, *, reviewer: str, indexes: Sequence[int]) -> list[Place]:
        """See `Store.read_these`."""
        places = []
        for first, count in group_runs(indexes):
            places += self.read_places(document_id, reviewer=reviewer, first=first, count=count)
        return places

    def read_sentences(self, document_id: str) -> Iterator[Sentence]:
        """See `Store.read_sentences`."""
        shifts = self._read_shifts(document_id)
        for row in self._rows(queries.READ_SENTENCES, (document_id,)):
            sentence = rows.read_sentence(row)
            if shifts:
                index = sentence.index + count_shift(shifts, sentence.span.start)
                sentence = replace(sentence, index=index)
            yield sentence

    def _read_shifts(self, document_id: str) -> list[tuple[int, int]]:
        """What splits and joins have added to the numbers from where on: one walk through all
        sentences reads it once, where SQL would for each of them.
        """
        found = []
        for row in self._rows(queries.READ_SHIFTS, (document_id,)):
            match row:
                case (int(start), int(moved)):
                    found.append((start, moved))
        return add_up(found)

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

    def list_known(self, ids: Sequence[str]) -> set[str]:
        """See `Store.list_known`."""
        return {str(row[0]) for row in self._rows(queries.LIST_KNOWN, (json.dumps(list(ids)),))}

    def find_open(
        self, document_id: str, *, reviewer: str, start: int, backwards: bool = False
    ) -> int | None:
        """See `Store.find_open`."""
        query = queries.FIND_OPEN_BACKWARDS if backwards else queries.FIND_OPEN_FORWARDS
        return self._number(query, (document_id, min(start, _LARGEST), reviewer))

    def find_index(self, document_id: str, *, start: int) -> int | None:
        """See `Store.find_index`."""
        match self._first(queries.FIND_INDEX, (document_id, start)):
            case (int(index), int(end)) if end > start:
                return index
        return None

    def find_stretches(self, document_id: str, *, starts: Sequence[int]) -> list[tuple[int, Span]]:
        """See `Store.find_stretches`."""
        shifts = self._read_shifts(document_id)
        return [
            (index + count_shift(shifts, start), Span(start, end))
            for index, start, end in self._rows(
                queries.FIND_STRETCHES, (document_id, json.dumps(list(starts)))
            )
            if isinstance(index, int) and isinstance(start, int) and isinstance(end, int)
        ]

    def find_labelled(
        self,
        document_id: str,
        *,
        reviewer: str,
        labels: Sequence[str],
        around: int,
        before: int,
        after: int,
    ) -> list[Place]:
        """See `Store.find_labelled`."""
        wanted = json.dumps(list(labels))
        starts: list[object] = []
        for query, limit in (
            (queries.FIND_LABELLED_BEFORE, before),
            (queries.FIND_LABELLED_AFTER, after),
        ):
            cells = (document_id, min(around, _LARGEST), reviewer, wanted, limit)
            starts += [row[0] for row in self._rows(query, cells)]
        found = self._rows(queries.READ_PLACES_AT, (reviewer, document_id, json.dumps(starts)))
        places = self._tie(document_id, reviewer, [rows.read_place(row) for row in found])
        by_start = {place.sentence.span.start: place for place in places}
        return [by_start[start] for start in starts if isinstance(start, int)]

    def find_matching(self, document_id: str, *, reviewer: str, sieve: Sieve) -> list[int]:
        """See `Store.find_matching`."""
        found = [
            row
            for query, cells in match_sieve(document_id, reviewer, sieve)
            for row in self._rows(query, cells)
        ]
        shifts = self._read_shifts(document_id)
        return sorted(
            index + count_shift(shifts, start)
            for index, start in found
            if isinstance(index, int) and isinstance(start, int)
        )

    def count_matching(self, document_id: str, *, reviewer: str, sieve: Sieve) -> int:
        """See `Store.count_matching`."""
        counts = (
            self._number(queries.COUNT_MATCHING % query, cells)
            for query, cells in match_sieve(document_id, reviewer, sieve)
        )
        return sum(count or 0 for count in counts)

    def find_last_act(self, document_id: str, *, reviewer: str) -> int | None:
        """See `Store.find_last_act`."""
        start = self._number(queries.FIND_LAST_ACT, (document_id, reviewer))
        return None if start is None else self.find_index(document_id, start=start)

    def list_speakers(self, document_id: str, *, reviewer: str) -> list[str]:
        """See `Store.list_speakers`."""
        return [str(row[0]) for row in self._rows(queries.LIST_SPEAKERS, (document_id, reviewer))]

    def count_labels(self, document_id: str, *, reviewer: str) -> dict[str, int]:
        """See `Store.count_labels`."""
        counts: dict[str, int] = {}
        for row in self._rows(queries.COUNT_LABELS, (document_id, reviewer)):
            match row:
                case (str(label), int(number)):
                    counts[label] = number
        return counts

    def search(self, words: str, *, limit: int) -> list[Found]:
        """See `Store.search`: by SQLite's FTS5; by looking at every sentence for what is written
        in a script without spaces, since FTS5 takes a whole run of it for one word.
        """
        if has_no_spaces(words):
            found = self._rows(queries.SEARCH_LITERALLY, (words.strip(), limit))
        elif query := write_search(words):
            found = self._rows(queries.SEARCH, (query, limit))
        else:
            return []
        return [rows.read_found(row) for row in found]

    def read_scheme(self) -> LabelScheme | None:
        """See `Store.read_scheme`."""
        match self._first(queries.READ_SCHEME):
            case (str(value),):
                scheme = read_value(EventKind.SCHEME, value)
                if isinstance(scheme, LabelScheme):
                    return scheme
        return None

    def count_given_labels(self) -> Mapping[str, int]:
        """See `Store.count_given_labels`."""
        counts: dict[str, int] = {}
        for row in self._rows(queries.COUNT_GIVEN_LABELS):
            match row:
                case (str(label), int(number)):
                    counts[label] = number
        return counts

    def tally(self) -> Iterator[Tally]:
        """See `Store.tally`."""
        from annotator.model.tally import Tally

        flags = map(rows.read_count, self._rows(queries.TALLY_UNSURE))
        unsure = {(id_, reviewer): number for id_, reviewer, _, number in flags}
        counts = map(rows.read_count, self._rows(queries.TALLY_LABELS))
        for (id_, reviewer), group in groupby(counts, key=itemgetter(0, 1)):
            labels = {label: number for _, _, label, number in group if label is not None}
            yield Tally(id_, reviewer, labels, unsure.get((id_, reviewer), 0))

    def read_efforts(
        self, document_id: str | None = None, *, reviewer: str | None = None
    ) -> Iterator[Effort]:
        """See `Store.read_efforts`."""
        return map(rows.read_effort, self._rows(queries.READ_EFFORTS, (document_id, reviewer)))

    def read_generation(self) -> int:
        """See `Store.read_generation`: SQLite counts other connections' commits."""
        return self._number("PRAGMA data_version") or 0

    def check_integrity(self) -> list[str]:
        """See `Store.check_integrity`, and `proving.find_faults`."""
        from annotator.store.proving import find_faults

        return find_faults(self._rows)
