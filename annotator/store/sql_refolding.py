"""Events from another database, and a document's whole state folded from the log anew."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from annotator.errors import StoreError
from annotator.model.adjudication import fold_settled
from annotator.model.annotation import aim, fold_cut
from annotator.model.assignment import fold_assignments
from annotator.model.cut import Cutting
from annotator.model.event import EventKind, Suggested
from annotator.model.event_value import write_value
from annotator.model.origin import fold_origin
from annotator.model.suggestion import fold_suggestions
from annotator.model.twin import choose_twin
from annotator.store import queries, rows, team_queries
from annotator.store.sql_log import WHOLE
from annotator.store.sql_projecting import SqlProjecting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.model.annotation import Annotation
    from annotator.model.document import Document, Sentence
    from annotator.model.event import Event
    from annotator.model.span import Span
    from annotator.store.rows import Cell

_TOGETHER: int = 500
"""Events that are looked for in the log at a time."""


class SqlRefolding(SqlProjecting):
    """Takes in what was committed elsewhere."""

    @abstractmethod
    def _execute_each(self, sql: str, cells: Iterable[Sequence[Cell]]) -> None:
        """Execute a statement once for each row of cells."""

    def add_document(self, document: Document, text: str, *, sentences: Iterable[Sentence]) -> None:
        """See `Store.add_document`."""
        self._execute(queries.ADD_DOCUMENT, rows.write_document(document, text))
        self._execute_each(
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
        self._learn_region(document.id, WHOLE)

    def read_log(self) -> Iterator[Event]:
        """See `Store.read_log`."""
        return map(rows.read_event, self._rows(team_queries.READ_LOG))

    def read_library_log(self) -> Iterator[Event]:
        """See `Store.read_library_log`."""
        return map(rows.read_event, self._rows(team_queries.READ_LIBRARY_LOG))

    def take_in(self, events: Sequence[Event]) -> int:
        """See `Store.take_in`."""
        taken = 0
        for at in range(0, len(events), _TOGETHER):
            some = events[at : at + _TOGETHER]
            known = self.list_known([event.id for event in some])
            fresh = [event for event in some if event.id not in known]
            self._execute_each(queries.ADD_EVENT, map(rows.write_event, fresh))
            for event in some:
                if event.id in known:
                    self._meet_twin(event)
            taken += len(fresh)
        return taken

    def _meet_twin(self, there: Event) -> None:
        row = self._first(team_queries.READ_EVENT, (there.id,))
        if row is None:
            raise StoreError(f"The event {there.id} is in the log twice: run 'annotator verify'.")
        here = rows.read_event(row)
        twin = choose_twin(here, there)
        if twin != here:
            cells = (
                twin.counter,
                twin.time,
                write_value(twin.value),
                twin.step,
                twin.guideline,
                twin.spent_ms,
                twin.target,
                twin.id,
            )
            self._execute(team_queries.REPLACE_TWIN, cells)

    def refold(self, document_id: str) -> None:
        """See `Store.refold`."""
        events = list(self.read_events(document_id))
        known = self.find_documents(document_id, limit=1)
        if not known:
            raise StoreError(f"The document {document_id} is not in {self.location}.")
        document, cut = fold_origin(known[0], events)
        cutting, state = fold_cut(events, cut=cut)
        cutting = cutting or Cutting(cut)
        self._put_origin(document)
        self._put_sentences(document, list(cutting))
        said = (aim(annotation, cutting.find) for annotation in state.values())
        self._put_annotations(document_id, list(said))
        self._put_team(document_id, events, [span for _, span in cutting])

    def _put_origin(self, document: Document) -> None:
        cells = (
            document.title,
            document.source,
            document.author,
            document.published,
            document.language,
            document.imported_at,
            document.replaces,
            int(document.deleted),
            document.id,
        )
        self._execute(team_queries.PUT_ORIGIN, cells)

    def _put_sentences(self, document: Document, cut: list[tuple[int, Span]]) -> None:
        standing = [(one.paragraph, one.span) for one in self.read_sentences(document.id)]
        if standing == cut:
            return
        self._forget_region(document.id, WHOLE)
        self._execute(queries.DROP_REGION, (document.id, WHOLE.start, WHOLE.end))
        self._execute(team_queries.DROP_SHIFTS, (document.id,))
        text = self.read_text(document.id)
        numbered = (
            (document.id, index, paragraph, span.start, span.end, text[span.start : span.end])
            for index, (paragraph, span) in enumerate(cut)
        )
        self._execute_each(queries.ADD_SENTENCE, numbered)
        self._learn_region(document.id, WHOLE)
        self._execute(team_queries.SET_SENTENCE_COUNT, (len(cut), document.id))

    def _put_annotations(self, document_id: str, said: list[Annotation]) -> None:
        self._execute(team_queries.DROP_DOCUMENT_LINKS, (document_id,))
        self._execute(team_queries.DROP_DOCUMENT_ANNOTATIONS, (document_id,))
        annotations = (rows.write_annotation(document_id, one) for one in said)
        self._execute_each(queries.PUT_ANNOTATION, annotations)
        links = (
            (document_id, one.span.start, one.span.end, one.reviewer, target.start, target.end)
            for one in said
            for target in one.denies
        )
        self._execute_each(queries.ADD_LINK, links)

    def _put_team(self, document_id: str, events: list[Event], sentences: list[Span]) -> None:
        self._execute(team_queries.DROP_SUGGESTIONS, (document_id,))
        self._execute(team_queries.DROP_ADJUDICATIONS, (document_id, WHOLE.start, WHOLE.end))
        suggested = fold_suggestions(e for e in events if isinstance(e.value, Suggested))
        self._execute_each(
            team_queries.PUT_SUGGESTION,
            (rows.write_suggestion(document_id, one) for one in suggested.values()),
        )
        settled = fold_settled(events, sentences)
        self._execute_each(
            team_queries.PUT_ADJUDICATION,
            (rows.write_adjudication(document_id, one) for one in settled.values()),
        )
        assigning = [event for event in events if event.kind is EventKind.ASSIGN]
        self._execute(team_queries.DROP_DOCUMENT_ASSIGNMENTS, (document_id,))
        for one in fold_assignments(assigning, names=self._names()):
            cells = (one.document_id, one.reviewer, int(one.again))
            self._execute(team_queries.PUT_ASSIGNMENT, cells)
