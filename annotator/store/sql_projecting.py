"""What follows from an event: the state that a database keeps beside the log, in SQL.

An act on a sentence is applied to what stands. An undo folds what was ever said of its sentence
anew; a split or a join, or its undo, whatever was said of the text that it touches, by anybody, and
nothing beyond: a document of 100,000 sentences is split as quickly as one of thirty.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from annotator.errors import StoreError
from annotator.model.annotation import aim, apply, fold_cut
from annotator.model.cut import Cutting
from annotator.model.event import CUTS, REMARKS, EventKind, Imported, Recut, commit
from annotator.model.event_value import read_value
from annotator.model.layout import read_layout
from annotator.model.span import Span
from annotator.store import queries, rows
from annotator.store.sql_log import WHOLE
from annotator.store.sql_team import SqlTeam

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.model.annotation import Annotation, State
    from annotator.model.event import Draft, Event

_FAR = 10_000
"""Code points before a sentence from which on a longer span may begin that it is a part of."""

_Cut: TypeAlias = list[tuple[int, Span]]


class SqlProjecting(SqlTeam):
    """Keeps sentences, annotations and links as the log says."""

    @abstractmethod
    def refold(self, document_id: str) -> None:
        """See `Store.refold`."""

    @abstractmethod
    def _learn_region(self, document_id: str, region: Span) -> None:
        """Let the search find the words of these sentences, which have just been written."""

    @abstractmethod
    def _forget_region(self, document_id: str, region: Span) -> None:
        """Let the search forget these sentences, which are about to go."""

    def append(self, drafts: Sequence[Draft]) -> list[Event]:
        """See `Store.append`."""
        newest = self._number(queries.NEWEST_COUNTER) or 0
        events = [commit(draft, counter) for counter, draft in enumerate(drafts, newest + 1)]
        names = self._names()
        for event in events:
            self._execute(queries.ADD_EVENT, rows.write_event(event))
            self._project(replace(event, reviewer=names.get(event.reviewer, event.reviewer)))
        return events

    def _project(self, event: Event) -> None:
        if event.document_id is None:
            if event.kind is EventKind.RENAME:
                for document_id in sorted(self.refold_names()):
                    self.refold(document_id)
            return
        match event.kind:
            case EventKind.DELETE | EventKind.RESTORE:
                deleted = int(event.kind is EventKind.DELETE)
                self._execute(queries.MARK_DELETED, (deleted, event.document_id))
            case EventKind.UNDO | EventKind.REDO if event.target is not None:
                self._turn(event, event.document_id, self.read_step(event.target))
            case EventKind.SPLIT | EventKind.JOIN if event.span is not None:
                self._refold_region(event.document_id, event.span)
            case EventKind.SUGGEST:
                self._suggest(event.document_id, event)
            case EventKind.SETTLE:
                self._settle(event.document_id, [event])
            case EventKind.RETRACT | EventKind.REINSTATE if event.target is not None:
                self._settle(event.document_id, self.read_step(event.target))
            case EventKind.ASSIGN:
                self._assign(event.document_id, event)
            case _ if event.kind in REMARKS and event.span is not None:
                if not self._is_sentence(event.document_id, event.span):
                    self.refold(event.document_id)
                    return
                before = self._annotation(event.document_id, event.reviewer, event.span)
                after = apply(before, event)
                if after is not None:  # what a file or another machine links to may be split here
                    after = self._aim(event.document_id, after)
                self._put(event.document_id, event.reviewer, event.span, after)

    def _turn(self, event: Event, document_id: str, acts: list[Event]) -> None:
        """Follow an undo or a redo of these acts."""
        # What they were about may have been split or joined since.
        cut = any(act.kind in CUTS for act in acts) or self._is_recut(document_id)
        spans = sorted({act.span for act in acts if act.span is not None})
        if not cut and any(self._is_apart(document_id, span) for span in spans):
            self.refold(document_id)
            return
        for span in spans:
            if cut:
                self._refold_region(document_id, span)
            else:
                after = self._refold(document_id, event.reviewer, span)
                self._put(document_id, event.reviewer, span, after)

    def _is_recut(self, document_id: str) -> bool:
        """Whether anything may be said of a span that is no sentence now."""
        return bool(self._list_wholes(document_id)) or self._is_cut_twice(document_id)

    def _is_sentence(self, document_id: str, span: Span) -> bool:
        cells = (document_id, span.start, span.start + 1)
        return any(
            found == span for _, _, found in self._read_region(document_id, Span(*cells[1:]))
        )

    def _is_apart(self, document_id: str, span: Span) -> bool:
        """Whether a span is no sentence, or something was said of a part of it, or of more: in a
        file whose spans are not the sentences here.
        """
        if not self._is_sentence(document_id, span):
            return True
        cells = (document_id, span.start - _FAR, span.end, span.start, span.start, span.end)
        return self._first(queries.FIND_APART, cells) is not None

    # -- one sentence

    def _annotation(self, document_id: str, reviewer: str, span: Span) -> Annotation | None:
        row = self._first(queries.READ_ANNOTATION, (document_id, span.start, span.end, reviewer))
        return None if row is None else rows.read_annotation(row)

    def _refold(self, document_id: str, reviewer: str, span: Span) -> Annotation | None:
        """What the log says of one sentence."""
        if not self._is_recut(document_id):
            cells = (document_id, span.start, span.end, reviewer)
            found = self._events(queries.READ_OF_SPAN, cells)
            about = self._events(queries.READ_TARGETING, cells)
            # An undo carries the span of the sentence that it changed, so it may be in both.
            known = {event.id: event for event in [*found, *about]}
            return fold_cut(known.values(), cut=None)[1].get((reviewer, span))
        annotation = self._fold_region(document_id, self._grow(document_id, span))[1].get(
            (reviewer, span)
        )
        return None if annotation is None else self._aim(document_id, annotation)

    def _put(
        self, document_id: str, reviewer: str, span: Span, annotation: Annotation | None
    ) -> None:
        key = (document_id, span.start, span.end, reviewer)
        self._execute(queries.DROP_LINKS, key)
        if annotation is None:
            self._execute(queries.DROP_ANNOTATION, key)
            return
        self._execute(queries.PUT_ANNOTATION, rows.write_annotation(document_id, annotation))
        for target in annotation.denies:
            self._execute(queries.ADD_LINK, (*key, target.start, target.end))

    # -- all that a split or a join touches

    def _refold_region(self, document_id: str, span: Span) -> None:
        region = self._grow(document_id, span)
        cut, state = self._fold_region(document_id, region)
        self._put_cut(document_id, region, cut)
        self._settle_region(document_id, region)
        cells = (document_id, region.start, region.end)
        for start, end, reviewer in self._list_keys(queries.LIST_REGION_ANNOTATIONS, cells):
            self._put(document_id, reviewer, Span(start, end), None)
        for (reviewer, said_of), annotation in state.items():
            self._put(document_id, reviewer, said_of, self._aim(document_id, annotation))
        for start, end, reviewer in self._list_keys(queries.LIST_LINKS_INTO, cells):
            source = Span(start, end)
            if not region.start <= start < region.end:
                after = self._refold(document_id, reviewer, source)
                self._put(document_id, reviewer, source, after)

    def _fold_region(self, document_id: str, region: Span) -> tuple[_Cut, State]:
        """How the text of a region is cut, and what is said of it, by the log alone."""
        cells = (document_id, region.start, region.end)
        found = self._events(queries.READ_OF_REGION, cells)
        about = self._events(queries.READ_TARGETING_REGION, cells)
        known = {event.id: event for event in [*found, *about]}
        cutting, state = fold_cut(known.values(), cut=self._read_base(document_id, region))
        return list(cutting or ()), state

    def _read_base(self, document_id: str, region: Span) -> _Cut:
        """How the region was cut at the import.

        Where that was one, it follows from what stands: a boundary that was first of all taken away
        was there, one that was first of all put was not. So the layout of the whole document, which
        takes 200 ms to read at 100,000 sentences, need not be looked at.
        """
        if region != WHOLE:
            standing = self._read_region(document_id, region)
            cutting = Cutting((paragraph, span) for _, paragraph, span in standing)
            found = self._rows(queries.READ_CUTS, (document_id, region.start, region.end))
            cuts = sorted(map(rows.read_event, found), key=lambda cut: cut.order, reverse=True)
            for cut in cuts:
                if isinstance(cut.value, Recut):
                    turn_back = cutting.join if cut.kind is EventKind.SPLIT else cutting.split
                    turn_back(cut.value.parts)
            return list(cutting)
        match self._first(queries.READ_IMPORT, (document_id,)):
            case (str(value),):
                origin = read_value(EventKind.IMPORT, value)
                if isinstance(origin, Imported):
                    return read_layout(origin.layout)
        raise StoreError(f"The import of document {document_id} is not in its history.")

    def _put_cut(self, document_id: str, region: Span, cut: _Cut) -> None:
        standing = self._read_region(document_id, region)
        if [span for _, _, span in standing] == [span for _, span in cut] or not standing:
            return
        first, more = standing[0][0], len(cut) - len(standing)
        ahead = (document_id, -1, region.start)
        inside = (document_id, region.start, region.end)
        before = self._number(queries.COUNT_SHIFT, ahead) or 0
        behind = (self._number(queries.COUNT_SHIFT, inside) or 0) + more
        self._execute(queries.DROP_SHIFT, inside)
        if behind:
            self._execute(queries.ADD_SHIFT, (document_id, region.end, behind))
        self._forget_region(document_id, region)
        self._execute(queries.DROP_REGION, inside)
        for index, (paragraph, span) in enumerate(cut, first - before):
            cells = (document_id, index, paragraph, span.start, span.end)
            self._execute(queries.ADD_PART, cells)
        self._learn_region(document_id, region)
        self._execute(queries.COUNT_SENTENCES, (more, document_id))

    def _aim(self, document_id: str, annotation: Annotation) -> Annotation:
        def find(span: Span) -> list[Span]:
            cells = (document_id, span.start, span.end)
            found = [
                Span(int(str(start)), int(str(end)))
                for start, end in self._rows(queries.FIND_SHARING, cells)
            ]
            return [span] if span in found else found

        return aim(annotation, find)

    def _list_keys(self, query: str, cells: tuple[str, int, int]) -> list[tuple[int, int, str]]:
        found = []
        for row in self._rows(query, cells):
            match row:
                case (int(start), int(end), str(reviewer)):
                    found.append((start, end, reviewer))
        return found
