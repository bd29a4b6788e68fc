"""The store in memory: every answer folded from the log anew, so plainly right, for small sets."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from annotator.errors import StoreError
from annotator.model.document import Document, Found, Link, Place, Sentence, Shelved
from annotator.model.event import Effort, EventKind
from annotator.model.scheme import LabelScheme
from annotator.model.sieve import lets_through
from annotator.model.suggestion import choose
from annotator.model.tally import Tally
from annotator.store.asking import fold_word, has_no_spaces, split_words
from annotator.store.memory_log import Shelf
from annotator.store.memory_team import MemoryTeam

_NO_WORK = frozenset({EventKind.SEEN, EventKind.SUGGEST})
_NO_LABELLING = _NO_WORK | {EventKind.SETTLE, EventKind.RETRACT, EventKind.REINSTATE}

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from annotator.model.sieve import Sieve
    from annotator.model.span import Span
    from annotator.model.suggestion import Suggestion


class MemoryStore(MemoryTeam):
    """A `Store` that lives as long as the program."""

    # -- the library

    def add_document(self, document: Document, text: str, *, sentences: Iterable[Sentence]) -> None:
        """See `Store.add_document`."""
        if document.id in self._shelves:
            raise StoreError(f"The document {document.id} is here already.")
        self._shelves[document.id] = Shelf(document, text, tuple(sentences))

    def find_documents(self, prefix: str, *, limit: int) -> list[Document]:
        """See `Store.find_documents`."""
        found = sorted(id_ for id_ in self._shelves if id_.startswith(prefix))
        return [self._shelves[id_].document for id_ in found[:limit]]

    def list_documents(self, reviewer: str, *, deleted: bool = False) -> list[Shelved]:
        """See `Store.list_documents`."""
        documents = [shelf.document for shelf in self._shelves.values()]
        listed = []
        for document in documents:
            if document.deleted is deleted:
                labelled = [note for note in self.read_annotations(document.id) if note.label]
                mine = sum(annotation.reviewer == reviewer for annotation in labelled)
                anyone = len({annotation.span for annotation in labelled})
                others = sorted({annotation.reviewer for annotation in labelled} - {reviewer})
                changed = [
                    e.time for e in self.read_events(document.id) if e.kind is not EventKind.SEEN
                ]
                newest = changed[-1] if changed else ""
                listed.append(Shelved(document, mine, anyone, tuple(others), newest))
        return sorted(listed, key=lambda shelved: (shelved.document.title, shelved.document.id))

    def find_last_document(self, reviewer: str) -> Document | None:
        """See `Store.find_last_document`."""
        newest_first = sorted(self._known(), key=lambda event: event.order, reverse=True)
        worked = (
            event
            for event in newest_first
            if event.reviewer == reviewer and event.span and event.kind not in _NO_WORK
        )
        imported = (event for event in newest_first if event.kind is EventKind.IMPORT)
        for event in (*worked, *imported):
            if event.document_id is None:
                continue
            document = self._shelves[event.document_id].document
            if not document.deleted:
                return document
        return None

    def search(self, words: str, *, limit: int) -> list[Found]:
        """See `Store.search`; in the order of the library."""
        wanted = [fold_word(word) for word in split_words(words)]
        found = []
        for shelved in self.list_documents(""):
            for sentence in self._sentences(shelved.document.id):
                there = [fold_word(word) for word in split_words(sentence.text)]
                fits = wanted and all(word in there for word in wanted[:-1])
                if has_no_spaces(words):
                    fits = words.strip() in sentence.text
                elif fits:
                    fits = any(word.startswith(wanted[-1]) for word in there)
                if fits:
                    found.append(Found(shelved.document, sentence.index, sentence.text))
        return found[:limit]

    def read_scheme(self) -> LabelScheme | None:
        """See `Store.read_scheme`."""
        for event in sorted(self._events, key=lambda event: event.order, reverse=True):
            if isinstance(event.value, LabelScheme):
                return event.value
        return None

    def count_given_labels(self) -> Mapping[str, int]:
        """See `Store.count_given_labels`."""
        given = (note.label for id_ in self._shelves for note in self.read_annotations(id_))
        return dict(sorted(Counter(label for label in given if label is not None).items()))

    def tally(self, document_id: str | None = None) -> Iterator[Tally]:
        """See `Store.tally`."""
        for id_ in sorted(self._shelves):
            if document_id not in (None, id_):
                continue
            flags = Counter(note.reviewer for note in self.read_annotations(id_) if note.unsure)
            for who in sorted({note.reviewer for note in self.read_annotations(id_)}):
                yield Tally(id_, who, self.count_labels(id_, reviewer=who), flags[who])

    def count_labelled(self) -> Mapping[tuple[str, str], int]:
        """See `Store.count_labelled`."""
        return Counter(
            (id_, note.reviewer)
            for id_ in self._shelves
            for note in self.read_annotations(id_)
            if note.label is not None
        )

    def read_efforts(
        self, document_id: str | None = None, *, reviewer: str | None = None
    ) -> Iterator[Effort]:
        """See `Store.read_efforts`."""
        for event in sorted(self._known(), key=lambda event: event.order):
            given = event.document_id if event.kind is EventKind.LABEL and event.value else None
            if given and document_id in (None, given) and reviewer in (None, event.reviewer):
                yield Effort(given, event.reviewer, event.time, event.spent_ms)

    def list_reviewers(self) -> list[str]:
        """See `Store.list_reviewers`."""
        return sorted({event.reviewer for event in self._known()})

    def count_rows(self) -> Mapping[str, int]:
        """See `Store.count_rows`."""
        return {
            "documents": len(self._shelves),
            "sentences": sum(len(self._sentences(id_)) for id_ in self._shelves),
            "annotations": sum(len(list(self.read_annotations(id_))) for id_ in self._shelves),
            "events": len(self._events),
        }

    # -- one document

    def read_text(self, document_id: str) -> str:
        """See `Store.read_text`."""
        return self._shelf(document_id).text

    def read_places(
        self, document_id: str, *, reviewer: str, first: int, count: int
    ) -> list[Place]:
        """See `Store.read_places`."""
        every = self._places(document_id, reviewer)
        return [place for place in every if first <= place.sentence.index < first + count]

    def _places(self, document_id: str, reviewer: str) -> list[Place]:
        mine = {note.span: note for note in self.read_annotations(document_id, reviewer=reviewer)}
        sentences = self._sentences(document_id)
        indexes = {sentence.span: sentence.index for sentence in sentences}
        suggested: dict[Span, list[Suggestion]] = {}
        for suggestion in self.read_suggestions(document_id):
            suggested.setdefault(suggestion.span, []).append(suggestion)
        places = []
        for sentence in sentences:
            said = mine.get(sentence.span)
            targets = () if said is None else said.denies
            denies = tuple(
                Link(indexes[target], mine[target].label if target in mine else None)
                for target in targets
                if target in indexes
            )
            denied_by = tuple(
                indexes[span]
                for span, note in mine.items()
                if sentence.span in note.denies and span in indexes
            )
            shown = choose(suggested.get(sentence.span, []))
            places.append(Place(sentence, said, denies, denied_by, shown))
        return places

    def read_these(self, document_id: str, *, reviewer: str, indexes: Sequence[int]) -> list[Place]:
        """See `Store.read_these`."""
        places = self._places(document_id, reviewer)
        return [places[index] for index in indexes if 0 <= index < len(places)]

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
        labelled = [
            place
            for place in self._places(document_id, reviewer)
            if place.annotation is not None and place.annotation.label in labels
        ]
        ahead = [place for place in labelled if place.sentence.index < around]
        behind = [place for place in labelled if place.sentence.index > around]
        return [*ahead[::-1][:before], *behind[:after]]

    def find_matching(self, document_id: str, *, reviewer: str, sieve: Sieve) -> list[int]:
        """See `Store.find_matching`."""
        places = self._places(document_id, reviewer)
        return [place.sentence.index for place in places if lets_through(sieve, place)]

    def count_matching(self, document_id: str, *, reviewer: str, sieve: Sieve) -> int:
        """See `Store.count_matching`."""
        return len(self.find_matching(document_id, reviewer=reviewer, sieve=sieve))

    def list_speakers(self, document_id: str, *, reviewer: str) -> list[str]:
        """See `Store.list_speakers`."""
        notes = list(self.read_annotations(document_id, reviewer=reviewer))
        counts = Counter(note.speaker for note in notes if note.speaker is not None)
        newest = {
            name: max(note.updated_at for note in notes if note.speaker == name) for name in counts
        }
        names = sorted(counts)
        names.sort(key=lambda name: newest[name], reverse=True)
        return sorted(names, key=lambda name: counts[name], reverse=True)

    def read_sentences(self, document_id: str) -> Iterator[Sentence]:
        """See `Store.read_sentences`."""
        return iter(self._sentences(document_id))

    def list_known(self, ids: Sequence[str]) -> set[str]:
        """See `Store.list_known`."""
        return {event.id for event in self._events} & set(ids)

    def find_open(
        self, document_id: str, *, reviewer: str, start: int, backwards: bool = False
    ) -> int | None:
        """See `Store.find_open`."""
        count = len(self._sentences(document_id))
        places = self.read_places(document_id, reviewer=reviewer, first=0, count=count)
        unlabelled = [
            place.sentence.index
            for place in places
            if place.annotation is None or place.annotation.label is None
        ]
        if backwards:
            return max((index for index in unlabelled if index <= start), default=None)
        return min((index for index in unlabelled if index >= start), default=None)

    def find_index(self, document_id: str, *, start: int) -> int | None:
        """See `Store.find_index`."""
        found = self.find_stretches(document_id, starts=[start])
        return found[0][0] if found else None

    def find_stretches(self, document_id: str, *, starts: Sequence[int]) -> list[tuple[int, Span]]:
        """See `Store.find_stretches`."""
        return [
            (sentence.index, sentence.span)
            for sentence in self._sentences(document_id)
            if any(sentence.span.start <= start < sentence.span.end for start in starts)
        ]

    def find_last_act(self, document_id: str, *, reviewer: str) -> int | None:
        """See `Store.find_last_act`."""
        for event in self.read_events_newest_first(document_id, reviewer=reviewer):
            if event.span is not None and event.kind not in _NO_LABELLING:
                return self.find_index(document_id, start=event.span.start)
        return None

    def count_labels(self, document_id: str, *, reviewer: str) -> dict[str, int]:
        """See `Store.count_labels`."""
        said = self.read_annotations(document_id, reviewer=reviewer)
        counts = Counter(one.label for one in said if one.label is not None)
        return dict(sorted(counts.items()))

    def read_generation(self) -> int:
        """See `Store.read_generation`; nobody else writes here."""
        return 0

    def check_integrity(self) -> list[str]:
        """See `Store.check_integrity`."""
        return []
