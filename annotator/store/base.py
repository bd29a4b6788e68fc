"""What every store can do, whatever keeps its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from annotator.model.adjudication import Adjudication
    from annotator.model.annotation import Annotation
    from annotator.model.assignment import Assignment
    from annotator.model.document import Document, Found, Place, Sentence, Shelved
    from annotator.model.event import Draft, Effort, Event
    from annotator.model.scheme import LabelScheme
    from annotator.model.sieve import Sieve
    from annotator.model.span import Span
    from annotator.model.suggestion import Suggestion
    from annotator.model.tally import Tally

Result = TypeVar("Result")


class Store(Protocol):
    """Documents, the log of events, and the state folded from it.

    Sentences are named by their index in the document, from 0. Every method raises `StoreError`
    where the database fails. A store belongs to the thread that opened it.
    """

    @property
    def location(self) -> str:
        """Where the database is, as a person would name it."""
        ...

    @property
    def version(self) -> int:
        """The version of the database's schema."""
        ...

    @property
    def engine(self) -> str:
        """What keeps the rows, and its version."""
        ...

    def close(self) -> None:
        """Let go of the database; nothing is ever unsaved."""
        ...

    def transact(self, work: Callable[[], Result]) -> Result:
        """Do `work` in one transaction that is durable when this returns.

        It holds the right to write from its beginning, so what `work` reads stays true until the
        commit. `work` may be run again if the connection was lost before the commit.
        `NotSavedError` where it was not committed; then nothing has changed.
        """
        ...

    def snapshot(self) -> AbstractContextManager[None]:
        """Everything read inside sees the database as it is at the first of these reads."""
        ...

    def append(self, drafts: Sequence[Draft]) -> list[Event]:
        """Commit events to the log, in this order, and fold them into the state.

        Only inside `transact`.
        """
        ...

    def add_document(self, document: Document, text: str, *, sentences: Iterable[Sentence]) -> None:
        """Put a document on the shelf; its import is an event of its own.

        Only inside `transact`.
        """
        ...

    def find_documents(self, prefix: str, *, limit: int) -> list[Document]:
        """Documents whose id begins so, deleted ones too, by id; at most `limit`."""
        ...

    def list_documents(self, reviewer: str, *, deleted: bool = False) -> list[Shelved]:
        """The library (or what was deleted from it), by title and id."""
        ...

    def find_last_document(self, reviewer: str) -> Document | None:
        """The document that the reviewer worked on last, else the one imported last."""
        ...

    def list_reviewers(self) -> list[str]:
        """Everyone who has done anything here, by name."""
        ...

    def count_rows(self) -> Mapping[str, int]:
        """How many documents, sentences, annotations and events there are."""
        ...

    def read_text(self, document_id: str) -> str:
        """The whole stored text."""
        ...

    def read_places(
        self, document_id: str, *, reviewer: str, first: int, count: int
    ) -> list[Place]:
        """`count` sentences from `first` on, each with what this reviewer has said of it."""
        ...

    def read_these(self, document_id: str, *, reviewer: str, indexes: Sequence[int]) -> list[Place]:
        """These sentences, in this order, as far as there are any."""
        ...

    def read_sentences(self, document_id: str) -> Iterator[Sentence]:
        """Every sentence, in order."""
        ...

    def read_annotations(
        self, document_id: str, *, reviewer: str | None = None
    ) -> Iterator[Annotation]:
        """Every annotation, by sentence and reviewer; of one reviewer, or of all."""
        ...

    def read_events(self, document_id: str, *, touching: Span | None = None) -> Iterator[Event]:
        """Every event of a document, oldest first; or those about the text of a span (and of what
        it was ever split from or joined with), and about the whole document.
        """
        ...

    def read_events_newest_first(self, document_id: str, *, reviewer: str) -> Iterator[Event]:
        """One reviewer's events of a document, without the values of imports."""
        ...

    def read_step(self, step: str) -> list[Event]:
        """The events of one step, oldest first."""
        ...

    def list_known(self, ids: Sequence[str]) -> set[str]:
        """Which of these events are in the log."""
        ...

    def read_log(self) -> Iterator[Event]:
        """Every event of every document and of none, oldest first, under the names that reviewers
        had then: what another database takes in. Everywhere else events bear the names that
        reviewers have now.
        """
        ...

    def read_library_log(self) -> Iterator[Event]:
        """The part of `read_log` that is of no one document: what is of none, and who is to label
        what.
        """
        ...

    def take_in(self, events: Sequence[Event]) -> int:
        """Put events that were committed elsewhere into the log, where they stand in its order; how
        many were not here. What follows from them is not folded: `refold` does.

        An event whose id comes from its content may be in both logs at different places: the
        earlier counts. `StoreError` where two different events have one id. Only inside `transact`,
        and only of documents that are here.
        """
        ...

    def refold(self, document_id: str) -> None:
        """Fold a document's whole state from its log anew: what its first import says of it, its
        sentences, and all that is said of them. Only inside `transact`.
        """
        ...

    def refold_names(self) -> set[str]:
        """Find out from the log anew which names are one person's; the documents in which any of
        these has done something, for `refold`. Only inside `transact`.
        """
        ...

    def resolve_reviewer(self, name: str) -> str:
        """The name that a reviewer has now; the same where it was never changed."""
        ...

    def read_suggestions(self, document_id: str) -> Iterator[Suggestion]:
        """What programs suggest, by span and program."""
        ...

    def read_adjudications(
        self, document_id: str, *, within: Span | None = None
    ) -> Iterator[Adjudication]:
        """What is settled, by sentence; of all, or of those that begin within a span."""
        ...

    def find_disputed(self, document_id: str) -> list[int]:
        """The sentences to which reviewers gave different labels, settled or not, by index; what
        somebody said in a second pass does not count.
        """
        ...

    def read_given_labels(self, document_id: str) -> Iterator[tuple[int, str, str]]:
        """Every label that is given: where its sentence starts, the reviewer, the label; by
        sentence and reviewer.
        """
        ...

    def read_given_links(self, document_id: str) -> Iterator[tuple[int, str, int]]:
        """Every link: where its denial starts, the reviewer, where the sentence starts that it
        denies; by denial and reviewer.
        """
        ...

    def list_assignments(self) -> list[Assignment]:
        """Who is to label what, by document and reviewer."""
        ...

    def find_open(
        self, document_id: str, *, reviewer: str, start: int, backwards: bool = False
    ) -> int | None:
        """The nearest sentence that the reviewer has not labelled, from `start` on, included."""
        ...

    def find_index(self, document_id: str, *, start: int) -> int | None:
        """The sentence that holds this code point of the text."""
        ...

    def find_stretches(self, document_id: str, *, starts: Sequence[int]) -> list[tuple[int, Span]]:
        """The sentences that hold these code points, each once: index and span, in order."""
        ...

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
        """Sentences to which the reviewer gave one of these labels: at most `before` ahead of
        the one of this index and `after` behind it, nearest first, the earlier ones first.
        """
        ...

    def find_matching(self, document_id: str, *, reviewer: str, sieve: Sieve) -> list[int]:
        """The sentences that a sieve lets through, by index."""
        ...

    def count_matching(self, document_id: str, *, reviewer: str, sieve: Sieve) -> int:
        """How many sentences a sieve lets through."""
        ...

    def find_last_act(self, document_id: str, *, reviewer: str) -> int | None:
        """The sentence that the reviewer's newest act speaks of."""
        ...

    def list_speakers(self, document_id: str, *, reviewer: str) -> list[str]:
        """Whom the reviewer has named here, most often first."""
        ...

    def count_labels(self, document_id: str, *, reviewer: str) -> dict[str, int]:
        """How often the reviewer has given each label here."""
        ...

    def search(self, words: str, *, limit: int) -> list[Found]:
        """Sentences of the library that hold all of these words, the last as a beginning of one;
        the best first.
        """
        ...

    def read_scheme(self) -> LabelScheme | None:
        """The label scheme that was set last; `None` where none ever was."""
        ...

    def count_given_labels(self) -> Mapping[str, int]:
        """How often each label is given, by anyone, in any document, deleted ones too."""
        ...

    def tally(self, document_id: str | None = None) -> Iterator[Tally]:
        """What each reviewer has said in each document, deleted ones too, counted; by document id
        and reviewer; of one document, or all. Where nothing was said there is none.
        """
        ...

    def count_labelled(self) -> Mapping[tuple[str, str], int]:
        """How many sentences have a label, by document and reviewer, of deleted documents too.
        Where none has there is no entry.
        """
        ...

    def read_efforts(
        self, document_id: str | None = None, *, reviewer: str | None = None
    ) -> Iterator[Effort]:
        """Every label ever given, with the time it took, oldest first; of one document, or all,
        and of one reviewer, or all.
        """
        ...

    def read_generation(self) -> int:
        """A number that is another once somebody else has committed to this database."""
        ...

    def check_integrity(self) -> list[str]:
        """What the database itself finds wrong with its files; empty: nothing."""
        ...
