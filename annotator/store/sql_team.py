"""What many reviewers come to, in SQL: suggestions, settlements, assignments and names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model.adjudication import fold_settled
from annotator.model.assignment import Assignment, fold_assignments
from annotator.model.event import Assigned, Suggested
from annotator.model.naming import fold_names
from annotator.model.suggestion import suggest
from annotator.store import rows, team_queries
from annotator.store.sql_log import WHOLE
from annotator.store.sql_reading import SqlReading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annotator.model.adjudication import Adjudication
    from annotator.model.event import Event
    from annotator.model.span import Span
    from annotator.model.suggestion import Suggestion

_MANY: int = 50
"""From so many sentences on, all of a document is settled anew rather than each by itself."""


class SqlTeam(SqlReading):
    """Keeps what reviewers, leads and programs have said of a document together."""

    # -- reading

    def read_suggestions(self, document_id: str) -> Iterator[Suggestion]:
        """See `Store.read_suggestions`."""
        found = self._rows(team_queries.READ_SUGGESTIONS, (document_id,))
        return map(rows.read_suggestion, found)

    def read_adjudications(
        self, document_id: str, *, within: Span | None = None
    ) -> Iterator[Adjudication]:
        """See `Store.read_adjudications`."""
        region = within or WHOLE
        cells = (document_id, region.start, region.end)
        found = self._rows(team_queries.READ_ADJUDICATIONS, cells)
        return map(rows.read_adjudication, found)

    def find_disputed(self, document_id: str) -> list[int]:
        """See `Store.find_disputed`."""
        found = self._rows(team_queries.FIND_DISPUTED, (document_id,))
        return [index for (index,) in found if isinstance(index, int)]

    def read_given_labels(self, document_id: str) -> Iterator[tuple[int, str, str]]:
        """See `Store.read_given_labels`."""
        return map(rows.read_given, self._rows(team_queries.READ_GIVEN_LABELS, (document_id,)))

    def read_given_links(self, document_id: str) -> Iterator[tuple[int, str, int]]:
        """See `Store.read_given_links`."""
        return map(rows.read_tie, self._rows(team_queries.READ_GIVEN_LINKS, (document_id,)))

    def list_assignments(self) -> list[Assignment]:
        """See `Store.list_assignments`."""
        return [
            Assignment(document_id, reviewer, bool(again))
            for document_id, reviewer, again in self._rows(team_queries.LIST_ASSIGNMENTS)
            if isinstance(document_id, str) and isinstance(reviewer, str)
        ]

    # -- following

    def _suggest(self, document_id: str, event: Event) -> None:
        if not isinstance(event.value, Suggested):
            return
        suggestion = suggest(event, event.value)
        if suggestion is not None:
            cells = rows.write_suggestion(document_id, suggestion)
            self._execute(team_queries.PUT_SUGGESTION, cells)

    def _settle(self, document_id: str, acts: Iterable[Event]) -> None:
        """Follow a settlement, or that these were undone or redone."""
        spans = {act.span for act in acts if act.span is not None}
        regions = [WHOLE] if len(spans) > _MANY else sorted(spans)
        for region in regions:
            self._settle_region(document_id, self._grow(document_id, region))

    def _settle_region(self, document_id: str, region: Span) -> None:
        cells = (document_id, region.start, region.end)
        found = self._events(team_queries.READ_SETTLING, cells)
        about = self._events(team_queries.READ_SETTLING_TARGETING, cells)
        known = {event.id: event for event in [*found, *about]}
        self._execute(team_queries.DROP_ADJUDICATIONS, cells)
        if not known:
            return
        sentences = [span for _, _, span in self._read_region(document_id, region)]
        for adjudication in fold_settled(known.values(), sentences).values():
            row = rows.write_adjudication(document_id, adjudication)
            self._execute(team_queries.PUT_ADJUDICATION, row)

    def _assign(self, document_id: str, event: Event) -> None:
        """Follow the newest word on who labels a document: of thousands that are dealt out at once,
        each by itself.
        """
        if not isinstance(event.value, Assigned):
            return
        whose = self.resolve_reviewer(event.value.reviewer)
        cells = (document_id, whose, int(event.value.again))
        self._execute(team_queries.DROP_ASSIGNMENT, cells)
        if not event.value.withdrawn:
            self._execute(team_queries.PUT_ASSIGNMENT, cells)

    def _assign_anew(self) -> None:
        events = self._events(team_queries.READ_ASSIGNING)
        self._execute(team_queries.DROP_ASSIGNMENTS)
        for one in fold_assignments(events, names=self._names()):
            cells = (one.document_id, one.reviewer, int(one.again))
            self._execute(team_queries.PUT_ASSIGNMENT, cells)

    def refold_names(self) -> set[str]:
        """See `Store.refold_names`; whose the assignments are follows from it."""
        events = [rows.read_event(row) for row in self._rows(team_queries.READ_RENAMING)]
        names = fold_names(events)
        self._execute(team_queries.DROP_ALIASES)
        for name, reviewer in names.items():
            self._execute(team_queries.PUT_ALIAS, (name, reviewer))
        self._forget_names()
        self._assign_anew()
        return {
            str(row[0])
            for name in {*names, *names.values()}
            for row in self._rows(team_queries.LIST_DOCUMENTS_OF, (name,))
        }
