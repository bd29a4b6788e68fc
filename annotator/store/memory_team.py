"""What many reviewers come to, in memory: suggestions, settlements, assignments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model.adjudication import Adjudication, fold_settled
from annotator.model.annotation import Annotation, fold
from annotator.model.assignment import Assignment, fold_assignments, is_again
from annotator.model.suggestion import Suggestion, fold_suggestions
from annotator.store.memory_log import MemoryLog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.model.span import Span


class MemoryTeam(MemoryLog):
    """Folds what reviewers and programs have said of a document together."""

    def read_annotations(
        self, document_id: str, *, reviewer: str | None = None
    ) -> Iterator[Annotation]:
        """See `Store.read_annotations`."""
        shelf = self._shelves.get(document_id)
        base = [] if shelf is None else shelf.sentences
        cut = [(sentence.paragraph, sentence.span) for sentence in base]
        state = fold(self.read_events(document_id), cut=cut)
        found = sorted(state.values(), key=lambda note: (note.span, note.reviewer))
        return (note for note in found if reviewer in (None, note.reviewer))

    def read_suggestions(self, document_id: str) -> Iterator[Suggestion]:
        """See `Store.read_suggestions`."""
        found = fold_suggestions(self.read_events(document_id))
        return iter(suggestion for _, suggestion in sorted(found.items()))

    def read_adjudications(
        self, document_id: str, *, within: Span | None = None
    ) -> Iterator[Adjudication]:
        """See `Store.read_adjudications`."""
        spans = [sentence.span for sentence in self._sentences(document_id)]
        found = fold_settled(self.read_events(document_id), spans).values()
        return (
            one for one in found if within is None or within.start <= one.span.start < within.end
        )

    def read_given_labels(self, document_id: str) -> Iterator[tuple[int, str, str]]:
        """See `Store.read_given_labels`."""
        for annotation in self.read_annotations(document_id):
            if annotation.label is not None:
                yield annotation.span.start, annotation.reviewer, annotation.label

    def read_given_links(self, document_id: str) -> Iterator[tuple[int, str, int]]:
        """See `Store.read_given_links`."""
        for annotation in self.read_annotations(document_id):
            for target in annotation.denies:
                yield annotation.span.start, annotation.reviewer, target.start

    def find_disputed(self, document_id: str) -> list[int]:
        """See `Store.find_disputed`."""
        given: dict[int, set[str]] = {}
        for start, reviewer, label in self.read_given_labels(document_id):
            if is_again(reviewer):
                continue
            given.setdefault(start, set()).add(label)
        return [
            sentence.index
            for sentence in self._sentences(document_id)
            if len(given.get(sentence.span.start, ())) > 1
        ]

    def list_assignments(self) -> list[Assignment]:
        """See `Store.list_assignments`."""
        return fold_assignments(self._events, names=self._names())
