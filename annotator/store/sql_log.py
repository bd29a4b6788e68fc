"""The log in SQL: events by document, reviewer and step, under the names of today."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from heapq import merge
from typing import TYPE_CHECKING, Final

from annotator.model.span import Span
from annotator.store import queries, rows, team_queries

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from annotator.model.event import Event
    from annotator.store.rows import Cell

WHOLE: Final = Span(0, 2**62)
"""A whole text, however long."""


class SqlLog(ABC):
    """What was done, as it is read from a database.

    Queries are those of `annotator.store.queries`; an engine of another dialect looks up its own.
    """

    _aliases: Mapping[str, str] | None = None

    @property
    @abstractmethod
    def location(self) -> str:
        """See `Store.location`."""

    @abstractmethod
    def _execute(self, sql: str, cells: Sequence[Cell] = ()) -> None:
        """Do what a statement says. `StoreError` where the database fails."""

    @abstractmethod
    def _rows(self, sql: str, cells: Sequence[Cell] = ()) -> Iterator[Sequence[object]]:
        """The answer, row by row; nothing is asked before the first. `StoreError` as above."""

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
            return self._events(queries.READ_EVENTS, (document_id,))
        region = self._grow(document_id, touching)
        cells = (document_id, region.start, region.end)
        return self._events(queries.READ_EVENTS_TOUCHING, cells)

    def read_events_newest_first(self, document_id: str, *, reviewer: str) -> Iterator[Event]:
        """See `Store.read_events_newest_first`."""
        found = [
            self._events(queries.READ_NEWEST_FIRST, (document_id, name))
            for name in self._list_names_of(reviewer)
        ]
        return merge(*found, key=lambda event: event.order, reverse=True)

    def read_step(self, step: str) -> list[Event]:
        """See `Store.read_step`."""
        return list(self._events(queries.READ_STEP, (step, step)))

    def _events(self, sql: str, cells: Sequence[Cell] = ()) -> Iterator[Event]:
        """The events, under the names that their reviewers have now."""
        names = self._names()
        for row in self._rows(sql, cells):
            event = rows.read_event(row)
            name = names.get(event.reviewer)
            yield event if name is None else replace(event, reviewer=name)

    def _names(self) -> Mapping[str, str]:
        """Names that are not used any more → those that are; read once a transaction, and once for
        all that is read outside of one until others have written.
        """
        if self._aliases is None:
            found = self._rows(team_queries.READ_ALIASES)
            self._aliases = {str(name): str(reviewer) for name, reviewer in found}
        return self._aliases

    def _forget_names(self) -> None:
        """Somebody may have been renamed: where a transaction begins or ends."""
        self._aliases = None

    def _list_names_of(self, reviewer: str) -> list[str]:
        """The names under which a reviewer has worked, the present one first."""
        names = self._names()
        return [reviewer, *(name for name, whose in names.items() if whose == reviewer)]

    def resolve_reviewer(self, name: str) -> str:
        """See `Store.resolve_reviewer`."""
        return self._names().get(name, name)

    def _grow(self, document_id: str, span: Span) -> Span:
        """The text that is touched by whatever split or joined anything of this span.

        Everything where the document was imported with more than one cut, as after a merge.
        """
        if self._is_cut_twice(document_id):
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

    def _is_cut_twice(self, document_id: str) -> bool:
        """Whether two machines imported the text, each with another cut."""
        # Most documents have one import, whose value may be as large as the text.
        if (self._number(queries.COUNT_IMPORTS, (document_id,)) or 0) < 2:
            return False
        return (self._number(queries.COUNT_LAYOUTS, (document_id,)) or 0) > 1

    def _list_wholes(self, document_id: str) -> list[Span]:
        """What was ever split, or came of a join."""
        return [
            Span(start, end)
            for start, end in self._rows(queries.READ_WHOLES, (document_id,))
            if isinstance(start, int) and isinstance(end, int)
        ]

    def _read_region(self, document_id: str, region: Span) -> list[tuple[int, int, Span]]:
        found = []
        for row in self._rows(queries.READ_REGION, (document_id, region.start, region.end)):
            match row:
                case (int(index), int(paragraph), int(start), int(end)):
                    found.append((index, paragraph, Span(start, end)))
        return found
