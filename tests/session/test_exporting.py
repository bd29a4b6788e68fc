"""Reading for an export: sentences and what was said of them, in step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotator.errors import StoreError, UnknownNameError
from annotator.model.span import Span
from annotator.session.exporting import check_reviewer, read_labelled, read_sentences
from annotator.store.memory import MemoryStore
from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.model.annotation import Annotation
    from annotator.session import Library
    from annotator.store.base import Store


def test_every_sentence_comes_with_all_that_was_said_of_it(library: Library) -> None:
    document = put(library, article(5))
    other = make_library(library.store, "ben")
    for reviewer, indexes in ((library, (0, 2)), (other, (2, 4))):
        for index in indexes:
            reviewer.open(document).annotate(index, "claim")
    said = {
        labelled.sentence.index: [note.reviewer for note in labelled.annotations]
        for labelled in read_sentences(library.store, document)
    }
    assert said == {0: ["ana"], 1: [], 2: ["ana", "ben"], 3: [], 4: ["ben"]}
    mine = read_sentences(library.store, document, reviewer="ben")
    assert [len(labelled.annotations) for labelled in mine] == [0, 0, 1, 0, 1]


def test_documents_come_in_the_order_asked_for(library: Library) -> None:
    found = [put(library, article(2, title=title)) for title in ("One", "Two", "Three")]
    read = read_labelled(library.store, found[::-1])
    assert [labelled.document.id for labelled in read] == [document.id for document in found[::-1]]


@pytest.mark.parametrize(("index", "shift"), [(1, 1), (4, 1000)])
def test_what_is_said_of_no_sentence_is_an_error(index: int, shift: int) -> None:
    class Damaged(MemoryStore):
        def read_annotations(
            self, document_id: str, *, reviewer: str | None = None
        ) -> Iterator[Annotation]:
            for note in super().read_annotations(document_id, reviewer=reviewer):
                yield replace(note, span=Span(note.span.start + shift, note.span.end + shift))

    library = make_library(Damaged())
    document = put(library, article(5))
    session = library.open(document)
    session.annotate(index, "claim")
    with pytest.raises(StoreError, match="annotator verify"):
        list(read_sentences(library.store, document))


def test_a_reviewer_must_have_done_something(store: Store) -> None:
    with pytest.raises(UnknownNameError, match="nobody"):
        check_reviewer(store, "ana")
    put(make_library(store), article(2))
    check_reviewer(store, "ana")
    with pytest.raises(UnknownNameError, match="ana"):
        check_reviewer(store, "zoe")
