"""The documents of one store, as one reviewer sees them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from annotator.errors import NotSavedError, SourceError, StoreError, UnknownNameError
from annotator.model.assignment import name_again
from annotator.model.document import Document, Sentence, derive_document_id, hash_text
from annotator.model.event import EventKind, Imported
from annotator.model.layout import write_layout
from annotator.session.drafting import Drafting
from annotator.session.labelling import Session
from annotator.session.schemes import hash_guideline_in_force, read_scheme_in_force, set_scheme
from annotator.text.display import show_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.model.clock import Clock, EventIds
    from annotator.model.document import Article, Found, Shelved
    from annotator.model.event import Draft
    from annotator.model.scheme import LabelScheme
    from annotator.model.span import Span
    from annotator.store.base import Store

NAMED_IN_ERRORS: Final = 5
"""How many documents an error names before it points to the list of all."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What an import came to: the document, whether it was new, or deleted until now; how many
    annotations came with it, and how many did not since newer ones are here; how many suggestions
    of programs came, and what else there is to tell.
    """

    document: Document
    is_new: bool
    is_back: bool = False
    received: int = 0
    outdated: int = 0
    suggested: int = 0
    remarks: tuple[str, ...] = ()


class Library:
    """All documents, and the reviewer who opens them."""

    def __init__(
        self,
        store: Store,
        reviewer: str,
        *,
        scheme: LabelScheme,
        guideline: str,
        clock: Clock,
        ids: EventIds,
    ) -> None:
        self.store = store
        self.scheme = scheme
        self._drafting = Drafting(reviewer, guideline, clock, ids)

    @property
    def reviewer(self) -> str:
        """Who is working, by the name that they have now."""
        return self.store.resolve_reviewer(self._drafting.reviewer)

    @property
    def location(self) -> str:
        """Which database it is."""
        return self.store.location

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    def check_writable(self) -> None:
        """`StoreError` for a database that no label could be saved to, before any is lost."""
        try:
            self.store.transact(lambda: None)
        except NotSavedError as error:
            raise StoreError(str(error.__cause__)) from error

    def open(self, document: Document, *, again: bool = False) -> Session:
        """Sit down at a document; `again` for a second pass, which is blind to the first."""
        drafting = self._drafting
        if again:
            drafting = replace(drafting, reviewer=name_again(self.reviewer))
        return Session(self.store, document, scheme=self.scheme, drafting=drafting)

    def list_documents(self, *, deleted: bool = False) -> list[Shelved]:
        """The library, or what was deleted from it, by title; of an updated article its newest
        text, the others are found by their ids.
        """
        listed = self.store.list_documents(self.reviewer, deleted=deleted)
        if deleted or all(shelved.document.replaces is None for shelved in listed):
            return listed
        from annotator.session.updating import list_newest

        newest = {document.id for document in list_newest(self.store)}
        return [shelved for shelved in listed if shelved.document.id in newest]

    def search(self, words: str, *, limit: int) -> list[Found]:
        """Sentences of the library that hold all of these words, the last as a beginning of one."""
        return self.store.search(words, limit=limit)

    def find_last_document(self) -> Document | None:
        """The document worked on last, else the one imported last; `None` in an empty library."""
        return self.store.find_last_document(self.reviewer)

    def resolve(self, prefix: str, *, deleted: bool = False) -> Document:
        """See `find_document`."""
        return find_document(self.store, prefix, deleted=deleted)

    @property
    def drafting(self) -> Drafting:
        """What the reviewer's events have in common."""
        return self._drafting

    def add(
        self,
        article: Article,
        *,
        spans: list[Span],
        paragraphs: list[int],
        imported_at: str | None = None,
        history: Sequence[Draft] = (),
    ) -> Arrival:
        """Put an article on the shelf, cut into these spans; its `history`, with the import as its
        first event, takes the place of an import now.

        The same text is the same document: one that is here stays as it is, and comes back if it
        was deleted.
        """
        if not spans:
            raise SourceError(f"{_quote(article.source or article.title)} holds no sentence.")
        if article.source is not None:
            # A file's name need not be text; what is none of it is shown as Python would.
            source = article.source.encode("utf-8", "backslashreplace").decode("utf-8")
            article = replace(article, source=source)
        text_hash = hash_text(article.text)
        id_ = derive_document_id(text_hash)

        def work() -> Arrival:
            for known in self.store.find_documents(id_, limit=1):
                return self._welcome_back(known, text_hash)
            origin = _describe_origin(article, spans, paragraphs)
            event = self._drafting.draft(EventKind.IMPORT, id_, value=origin)
            event = replace(event, time=imported_at or event.time)
            document = _shelve(article, id_, text_hash, event.time, len(spans))
            sentences = _number_sentences(article.text, spans, paragraphs)
            self.store.add_document(document, article.text, sentences=sentences)
            self.store.append(history or [event])
            return Arrival(document, is_new=True)

        return self.store.transact(work)

    def _welcome_back(self, known: Document, text_hash: str) -> Arrival:
        if known.sha256 != text_hash:
            raise SourceError(
                f"The document {known.id} holds another text whose hash begins alike: change the"
                " new text, if only by a space, and import it again."
            )
        if known.deleted:
            self.store.append([self._drafting.draft(EventKind.RESTORE, known.id)])
        return Arrival(replace(known, deleted=False), is_new=False, is_back=known.deleted)

    def delete(self, document: Document) -> None:
        """Take a document out of the library; nothing is erased."""
        self._mark(document, EventKind.DELETE)

    def restore(self, document: Document) -> None:
        """Bring a deleted document back."""
        self._mark(document, EventKind.RESTORE)

    def set_scheme(self, scheme: LabelScheme) -> bool:
        """Give the database this label scheme; see `schemes.set_scheme`."""
        changed = set_scheme(self.store, scheme, drafting=self._drafting)
        self._take_up(scheme)
        return changed

    def look_at_scheme(self) -> None:
        """Take up the scheme that the database has, if it is another one than was thought."""
        scheme = read_scheme_in_force(self.store)
        if scheme != self.scheme:
            self._take_up(scheme)

    def _take_up(self, scheme: LabelScheme) -> None:
        guideline = hash_guideline_in_force(scheme)
        self.scheme, self._drafting = scheme, replace(self._drafting, guideline=guideline)

    def _mark(self, document: Document, kind: EventKind) -> None:
        draft = self._drafting.draft(kind, document.id)
        self.store.transact(lambda: self.store.append([draft]))


def find_document(store: Store, prefix: str, *, deleted: bool | None = False) -> Document:
    """The document whose id is this or alone begins so.

    Looks in the library, among what was deleted from it, or in both (`None`). `UnknownNameError`
    says what there is instead.
    """
    # An id is hexadecimal digits; what else a terminal hands over, not every database can take.
    can_be_id = prefix.isascii() and prefix.isprintable() and prefix != ""
    found = store.find_documents(prefix, limit=1000) if can_be_id else []
    there = [document for document in found if deleted is None or document.deleted is deleted]
    exact = [document for document in there if document.id == prefix]
    if len(exact or there) == 1:
        return (exact or there)[0]
    if there:
        raise UnknownNameError(f"{_quote(prefix)} could be {_name(there)}: give more of the id.")
    if found:
        state = "in the library already" if deleted else "deleted"
        remedy = "" if deleted else f"; 'annotator restore {found[0].id}' brings it back"
        raise UnknownNameError(f"The document {_quote(prefix)} is {state}{remedy}.")
    raise UnknownNameError(_describe_unknown(store, prefix, deleted=bool(deleted)))


def _describe_unknown(store: Store, prefix: str, *, deleted: bool) -> str:
    documents = [shelved.document for shelved in store.list_documents("", deleted=deleted)]
    where = "among the deleted documents" if deleted else "in the library"
    if not documents:
        remedy = "" if deleted else ": bring one in with 'annotator import FILE'"
        return f"There is no document {_quote(prefix)}; nothing is {where}{remedy}."
    command = "annotator documents --deleted" if deleted else "annotator documents"
    return (
        f"There is no document {_quote(prefix)} {where}; there is {_name(documents)}"
        f" ('{command}' lists all)."
    )


def _describe_origin(article: Article, spans: list[Span], paragraphs: list[int]) -> Imported:
    return Imported(
        title=article.title,
        source=article.source,
        author=article.author,
        published=article.published,
        language=article.language,
        replaces=article.replaces,
        layout=write_layout(zip(paragraphs, spans, strict=True)),
    )


def _shelve(
    article: Article, id_: str, text_hash: str, imported_at: str, sentence_count: int
) -> Document:
    return Document(
        id=id_,
        title=article.title,
        source=article.source,
        author=article.author,
        published=article.published,
        language=article.language,
        sha256=text_hash,
        imported_at=imported_at,
        replaces=article.replaces,
        sentence_count=sentence_count,
        deleted=False,
    )


def _number_sentences(text: str, spans: list[Span], paragraphs: list[int]) -> Iterator[Sentence]:
    for index, (span, paragraph) in enumerate(zip(spans, paragraphs, strict=True)):
        yield Sentence(index, paragraph, span, text[span.start : span.end])


def _name(documents: list[Document]) -> str:
    named = [f"{document.id} ({show_line(document.title)})" for document in documents]
    shown = ", ".join(named[:NAMED_IN_ERRORS])
    left = len(named) - NAMED_IN_ERRORS
    return f"{shown} and {left} more" if left > 0 else shown


def _quote(name: str) -> str:
    return f"'{show_line(name)}'"
