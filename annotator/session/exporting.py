"""From the shelf to an exporter: documents and sentences, read as they are written."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.errors import StoreError, UnknownNameError
from annotator.exporters import LabelledDocument, LabelledSentence
from annotator.text.display import show_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from annotator.model.annotation import Annotation
    from annotator.model.document import Document
    from annotator.model.span import Span
    from annotator.store.base import Store


def check_reviewer(store: Store, reviewer: str) -> str:
    """The name that a reviewer has now. `UnknownNameError`, with those that there are, for one who
    has done nothing here.
    """
    known = store.list_reviewers()
    found = store.resolve_reviewer(reviewer)
    if found not in known:
        there = ", ".join(show_line(name) for name in known)
        hint = f"there is {there}" if known else "nobody has done anything here yet"
        raise UnknownNameError(f"There is no reviewer '{show_line(reviewer)}'; {hint}.")
    return found


def read_labelled(
    store: Store,
    documents: Iterable[Document],
    *,
    reviewer: str | None = None,
    labels: Collection[str] = (),
    settled: bool = False,
    history: bool = False,
) -> Iterator[LabelledDocument]:
    """The documents in this order, with what one reviewer, or all, have said; of sentences that
    got one of these labels, or of all; where wanted, only of those that have a settled label. With
    their history, which is everybody's, where wanted.

    To be read inside `Store.snapshot`, each document's sentences before the next document.
    """
    for document in documents:
        text = store.read_text(document.id)
        yield LabelledDocument(
            document,
            text,
            _keep(read_sentences(store, document, reviewer=reviewer), labels, settled=settled),
            partial(_find_index, store, document.id),
            store.read_events(document.id) if history else None,
        )


def _keep(
    sentences: Iterator[LabelledSentence], labels: Collection[str], *, settled: bool
) -> Iterator[LabelledSentence]:
    for sentence in sentences:
        is_labelled = not labels or any(one.label in labels for one in sentence.annotations)
        if is_labelled and (sentence.label is not None or not settled):
            yield sentence


def _find_index(store: Store, document_id: str, start: int) -> int | None:
    return store.find_index(document_id, start=start)


def read_sentences(
    store: Store, document: Document, *, reviewer: str | None = None
) -> Iterator[LabelledSentence]:
    """A document's sentences, each with what one reviewer, or all, have said of it, and with what
    a lead has settled, whoever is asked for.

    Readings in step, all in the text's order. `StoreError` for an annotation whose span is no
    sentence's: what a reviewer said is never left out in silence.
    """
    said = store.read_annotations(document.id, reviewer=reviewer)
    settled = store.read_adjudications(document.id)
    waiting, adjudication = next(said, None), next(settled, None)
    for sentence in store.read_sentences(document.id):
        here: list[Annotation] = []
        while waiting is not None and waiting.span.start <= sentence.span.start:
            if waiting.span != sentence.span:
                raise _describe_stray(document, waiting.span)
            here.append(waiting)
            waiting = next(said, None)
        if adjudication is not None and adjudication.span == sentence.span:
            yield LabelledSentence(sentence, tuple(here), adjudication)
            adjudication = next(settled, None)
        else:
            yield LabelledSentence(sentence, tuple(here))
    for stray in (waiting, adjudication):
        if stray is not None:
            raise _describe_stray(document, stray.span)


def _describe_stray(document: Document, span: Span) -> StoreError:
    return StoreError(
        f"In document {document.id} something is said of {span.start}-{span.end}, which is no"
        " sentence: run 'annotator verify'."
    )
