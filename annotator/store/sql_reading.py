"""What is asked of a database in SQL, whichever engine answers: every reading of the store."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from annotator.errors import StoreError
from annotator.model.document import Link
from annotator.model.event import EventKind
from annotator.model.event_value import read_value
from annotator.model.scheme import LabelScheme
from annotator.model.span import Span
from annotator.model.suggestion import choose
from annotator.store import queries, rows, status_queries, team_queries
from annotator.store.asking import add_up, count_shift, group_runs
from annotator.store.sifting import match_sieve
from annotator.store.sql_log import SqlLog

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from annotator.model.annotation import Annotation
    from annotator.model.document import Document, Place, Sentence, Shelved
    from annotator.model.event import Effort
    from annotator.model.sieve import Sieve
    from annotator.model.suggestion import Suggestion
    from annotator.model.tally import Tally
    from annotator.store.rows import Cell

_AFTER_EVERY_ID: Final = "~"  # ids are hexadecimal digits, and all of those sort before it
_LARGEST: Final = 2**62  # an INTEGER holds twice as much; an index that was typed may be larger


class SqlReading(SqlLog):
    """The half of the store that changes nothing."""

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
        worked = self._find_newest(queries.LAST_WORKED, (), reviewer)
        row = worked or self._first(queries.LAST_IMPORTED)
        return None if row is None else rows.read_document(row)

    def _find_newest(
        self, sql: str, cells: Sequence[Cell], reviewer: str
    ) -> Sequence[object] | None:
        """The newest of what was found under each of the reviewer's names; the rows begin with an
        event's counter and id, which are left out.
        """
        found = [self._first(sql, (*cells, name)) for name in self._list_names_of(reviewer)]
        there = [(int(str(row[0])), str(row[1]), row[2:]) for row in found if row is not None]
        return max(there, key=lambda row: row[:2])[2] if there else None

    def list_reviewers(self) -> list[str]:
        """See `Store.list_reviewers`."""
        names = self._names()
        found = {str(row[0]) for row in self._rows(queries.LIST_REVIEWERS)}
        return sorted({names.get(name, name) for name in found})

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
        raise StoreError(f"The text of document {document_id} is not in {self.location}.")

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
        suggested: dict[Span, list[Suggestion]] = {}
        for row in self._rows(team_queries.SUGGESTIONS_BETWEEN, cells[:3]):
            suggestion = rows.read_suggestion(row)
            suggested.setdefault(suggestion.span, []).append(suggestion)
        if not outwards and not inwards and not suggested:
            return places
        return [
            replace(
                place,
                denies=tuple(outwards.get(place.sentence.span.start, ())),
                denied_by=tuple(inwards.get(place.sentence.span.start, ())),
                suggestion=choose(suggested.get(place.sentence.span, ())),
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
        match self._find_newest(queries.FIND_LAST_ACT, (document_id,), reviewer):
            case (int(start),):
                return self.find_index(document_id, start=start)
        return None

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

    def tally(self, document_id: str | None = None) -> Iterator[Tally]:
        """See `Store.tally`."""
        from annotator.model.tally import Tally

        if document_id is None:
            flags, given = (
                self._rows(status_queries.TALLY_UNSURE),
                self._rows(status_queries.TALLY_LABELS),
            )
        else:
            flags = self._rows(status_queries.TALLY_DOCUMENTS_UNSURE, (document_id,))
            given = self._rows(status_queries.TALLY_DOCUMENTS_LABELS, (document_id,))
        unsure = {(id_, who): number for id_, who, _, number in map(rows.read_count, flags)}
        counts = map(rows.read_count, given)
        for (id_, reviewer), group in groupby(counts, key=itemgetter(0, 1)):
            labels = {label: number for _, _, label, number in group if label is not None}
            yield Tally(id_, reviewer, labels, unsure.get((id_, reviewer), 0))

    def count_labelled(self) -> Mapping[tuple[str, str], int]:
        """See `Store.count_labelled`."""
        # Asked each time that the library is shown, where tallies would take ten times as long.
        found = self._rows(status_queries.COUNT_LABELLED)
        counts = map(rows.read_count, found)
        return {(document_id, reviewer): number for document_id, reviewer, _, number in counts}

    def read_efforts(
        self, document_id: str | None = None, *, reviewer: str | None = None
    ) -> Iterator[Effort]:
        """See `Store.read_efforts`."""
        names = self._names()
        found = (
            self._rows(status_queries.READ_EFFORTS, (reviewer,))
            if document_id is None
            else self._rows(status_queries.READ_DOCUMENTS_EFFORTS, (reviewer, document_id))
        )
        for row in found:
            effort = rows.read_effort(row)
            name = names.get(effort.reviewer)
            yield effort if name is None else replace(effort, reviewer=name)
