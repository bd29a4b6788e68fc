"""What is said of documents that are not found, and of schemes that will not do."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from annotator.errors import (
    NotSavedError,
    SchemeError,
    SourceError,
    StoreError,
    UnknownNameError,
)
from annotator.model.scheme import FACT_CHECK
from annotator.session.library import Arrival, find_document
from annotator.store.memory import MemoryStore
from tests.builders import article, cut_lines, make_library, put
from tests.session.refusals import refuse

if TYPE_CHECKING:
    from annotator.model.document import Document
    from annotator.session.library import Library


@pytest.fixture
def library() -> Library:
    return make_library(MemoryStore())


def test_an_unknown_document_is_told_with_what_there_is(library: Library) -> None:
    assert refuse(UnknownNameError, lambda: library.resolve("zz")) == (
        "There is no document 'zz'; nothing is in the library: bring one in with 'annotator import"
        " FILE'."
    )
    assert refuse(UnknownNameError, lambda: library.resolve("zz", deleted=True)) == (
        "There is no document 'zz'; nothing is among the deleted documents."
    )
    document = put(library, article())
    assert refuse(UnknownNameError, lambda: library.resolve("zz")) == (
        f"There is no document 'zz' in the library; there is {document.id} ({document.title})"
        " ('annotator documents' lists all)."
    )
    library.delete(document)
    assert refuse(UnknownNameError, lambda: library.resolve("zz", deleted=True)) == (
        f"There is no document 'zz' among the deleted documents; there is {document.id}"
        f" ({document.title}) ('annotator documents --deleted' lists all)."
    )
    assert refuse(UnknownNameError, lambda: library.resolve(document.id)) == (
        f"The document '{document.id}' is deleted; 'annotator restore {document.id}' brings it"
        " back."
    )
    library.restore(document)
    assert refuse(UnknownNameError, lambda: library.resolve(document.id, deleted=True)) == (
        f"The document '{document.id}' is in the library already."
    )


def test_a_prefix_of_several_is_told_with_them_all(library: Library) -> None:
    documents = [put(library, article(2, title=f"Article {number}")) for number in range(40)]
    by_first: dict[str, list[Document]] = {}
    for document in sorted(documents, key=lambda document: document.id):
        by_first.setdefault(document.id[0], []).append(document)
    first, alike = next((key, found) for key, found in by_first.items() if 1 < len(found) < 6)
    named = ", ".join(f"{document.id} ({document.title})" for document in alike)
    assert refuse(UnknownNameError, lambda: library.resolve(first)) == (
        f"'{first}' could be {named}: give more of the id."
    )


def test_a_document_is_looked_for_in_both_places_where_it_may_be(library: Library) -> None:
    document = put(library, article())
    assert find_document(library.store, document.id, deleted=None).deleted is False
    library.delete(document)
    assert find_document(library.store, document.id, deleted=None).deleted is True


def test_an_article_without_a_sentence_is_told_by_source_or_title(library: Library) -> None:
    for given, name in ((article(), "harbour.txt"), (article(source=None), article().title)):
        act = partial(library.add, given, spans=[], paragraphs=[])
        assert refuse(SourceError, act) == f"'{name}' holds no sentence."


def test_another_text_of_the_same_id_is_told(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = put(library, article())
    monkeypatch.setattr("annotator.session.library.derive_document_id", lambda _: document.id)
    assert refuse(SourceError, lambda: put(library, article(4))) == (
        f"The document {document.id} holds another text whose hash begins alike: change the new"
        " text, if only by a space, and import it again."
    )


def test_a_database_that_cannot_be_written_says_what_is_wrong_with_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_work: object) -> None:
        raise NotSavedError("Not saved.") from StoreError("The disk is full.")

    library.check_writable()
    monkeypatch.setattr(library.store, "transact", fail)
    assert refuse(StoreError, library.check_writable) == "The disk is full."


def test_an_arrival_says_whether_it_is_new_or_back(library: Library) -> None:
    document = put(library, article())
    library.delete(document)
    spans = cut_lines(article())
    back = library.add(article(), spans=spans, paragraphs=[0] * len(spans))
    assert back == Arrival(document, is_new=False, is_back=True)
    there = library.add(article(), spans=spans, paragraphs=[0] * len(spans))
    assert there == Arrival(document, is_new=False, is_back=False)


# -- schemes


def test_a_scheme_that_breaks_a_rule_is_told_with_the_label_and_the_field(
    library: Library,
) -> None:
    labels = (replace(FACT_CHECK.labels[0], key="u"), *FACT_CHECK.labels[1:])
    told = refuse(
        SchemeError, lambda: library.set_scheme(replace(FACT_CHECK, name="mine", labels=labels))
    )
    assert told.startswith("The scheme mine will not do: label 'claim', key: ")
    assert told.endswith(".")
    told = refuse(SchemeError, lambda: library.set_scheme(replace(FACT_CHECK, labels=())))
    assert told.startswith("The scheme fact-check will not do: labels: ")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            ["claim"],
            "1 label (1 claim), and the scheme fact-check stays: keep claim in",
        ),
        (
            ["claim", "denial", "background", "claim"],
            "4 labels (1 background, 2 claim, 1 denial), and the scheme fact-check stays: keep"
            " background, claim and denial in",
        ),
    ],
)
def test_labels_that_would_be_orphaned_are_counted(
    library: Library, given: list[str], told: str
) -> None:
    session = library.open(put(library, article()))
    for index, label in enumerate(given):
        session.annotate(index, label)
    labels = tuple(replace(label, name=f"{label.name} 2", denies=()) for label in FACT_CHECK.labels)
    scheme = replace(FACT_CHECK, name="new", labels=labels)
    assert refuse(SchemeError, lambda: library.set_scheme(scheme)) == (
        f"The scheme new would orphan {told} the new one, or label those sentences otherwise first."
    )
