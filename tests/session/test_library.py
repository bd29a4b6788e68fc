"""The documents of a store: coming, going, and being found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotator.errors import SourceError, UnknownNameError
from annotator.model.event import EventKind, Imported
from annotator.model.layout import read_layout
from annotator.model.span import Span
from annotator.session import open_library
from annotator.session.verification import verify
from tests.builders import article, cut_lines, make_library, put

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.model.document import Article, Document
    from annotator.session.library import Library
    from annotator.store.sqlite import SqliteStore


def titles(library: Library, *, deleted: bool = False) -> list[str]:
    return [shelved.document.title for shelved in library.list_documents(deleted=deleted)]


def kinds(library: Library, document: Document) -> list[str]:
    return [event.kind.value for event in library.store.read_events(document.id)]


def add(library: Library, article: Article, spans: list[Span] | None = None) -> bool:
    cut = cut_lines(article) if spans is None else spans
    arrival = library.add(article, spans=cut, paragraphs=[0] * len(cut))
    assert arrival.document == library.resolve(arrival.document.id)
    return arrival.is_new


# -- import


def test_an_imported_document_says_where_it_came_from(library: Library) -> None:
    whole = replace(
        article(3), author="Zoë", published="2026-11-20", language="fr", replaces="0" * 16
    )
    assert add(library, whole)
    document = library.list_documents()[0].document
    assert document.title == whole.title
    assert (document.source, document.author, document.published) == (
        "harbour.txt",
        "Zoë",
        "2026-11-20",
    )
    assert (document.language, document.replaces) == ("fr", "0" * 16)
    assert (document.sentence_count, document.deleted) == (3, False)
    (event,) = library.store.read_events(document.id)
    assert event.kind is EventKind.IMPORT
    assert event.time == document.imported_at
    assert isinstance(event.value, Imported)
    assert [span for _, span in read_layout(event.value.layout)] == cut_lines(whole)


def test_the_same_text_twice_is_one_document_and_one_event(library: Library) -> None:
    assert add(library, article())
    assert not add(library, replace(article(), title="Another title", source="elsewhere.txt"))
    assert len(library.list_documents()) == 1
    document = library.list_documents()[0].document
    assert (document.title, document.source) == (article().title, "harbour.txt")
    assert kinds(library, document) == ["import"]


def test_the_same_text_cut_otherwise_keeps_its_sentences(library: Library) -> None:
    add(library, article(2))
    whole = Span(0, len(article(2).text) - 1)
    assert not add(library, article(2), [whole])
    assert library.list_documents()[0].document.sentence_count == 2


def test_importing_a_deleted_document_brings_it_back_with_its_labels(library: Library) -> None:
    document = put(library, article())
    library.open(document).annotate(0, "claim")
    library.delete(document)
    assert not add(library, article())
    assert titles(library) == [document.title]
    assert library.list_documents()[0].labelled_by_me == 1
    assert kinds(library, document) == ["import", "label", "delete", "restore"]


def test_an_article_without_a_sentence_is_refused(library: Library) -> None:
    with pytest.raises(SourceError, match=r"'harbour\.txt' holds no sentence"):
        library.add(article(), spans=[], paragraphs=[])
    with pytest.raises(SourceError, match="'The harbour"):
        library.add(article(source=None), spans=[], paragraphs=[])
    assert library.list_documents() == []


def test_a_file_name_that_is_no_text_does_not_keep_an_article_out(library: Library) -> None:
    # As the system gives a name in another encoding than the terminal's.
    assert add(library, article(source="caf\udce9.txt"))
    source = library.list_documents()[0].document.source
    assert source is not None
    assert source.startswith("caf")


def test_another_text_of_the_same_id_is_refused(library: Library) -> None:
    first, second = article(), article(4)
    document = put(library, first)
    with pytest.MonkeyPatch.context() as patch:
        # No two texts are known whose hashes begin alike; an attacker may find some.
        patch.setattr("annotator.session.library.derive_document_id", lambda _: document.id)
        with pytest.raises(SourceError, match=document.id):
            put(library, second)
    assert library.store.read_text(document.id) == first.text


# -- finding


def test_a_document_is_found_by_its_id_and_by_any_prefix_of_its_own(library: Library) -> None:
    documents = [put(library, article(2, title=f"Article {n}")) for n in range(12)]
    for document in documents:
        own = next(
            length
            for length in range(1, 17)
            if sum(other.id.startswith(document.id[:length]) for other in documents) == 1
        )
        for length in range(1, 17):
            if length >= own:
                assert library.resolve(document.id[:length]) == document
            else:
                with pytest.raises(UnknownNameError, match=f"could be.*{document.id}"):
                    library.resolve(document.id[:length])


def test_an_ambiguous_prefix_names_five_and_counts_the_rest(library: Library) -> None:
    documents = [put(library, article(2, title=f"Article {n}")) for n in range(200)]
    first = documents[0].id[0]
    alike = sum(document.id[0] == first for document in documents)
    assert alike > 5
    with pytest.raises(UnknownNameError, match=f"and {alike - 5} more: give more of the id"):
        library.resolve(first)


@pytest.mark.parametrize(
    "prefix", ["", "zz", "0" * 17, "%", "*", "~", "é", "caf\udce9", "\x1b[31m"]
)
def test_an_unknown_document_lists_those_that_there_are(library: Library, prefix: str) -> None:
    with pytest.raises(UnknownNameError, match="annotator import FILE") as caught:
        library.resolve(prefix)
    document = put(library, article())
    with pytest.raises(UnknownNameError, match=document.id) as known:
        library.resolve(prefix)
    for message in (str(caught.value), str(known.value)):
        assert "\x1b" not in message
        assert message.encode("utf-8")


def test_deleted_documents_are_apart(library: Library) -> None:
    document, other = put(library, article()), put(library, article(2, title="Another"))
    library.delete(document)
    assert titles(library) == [other.title]
    assert titles(library, deleted=True) == [document.title]
    with pytest.raises(UnknownNameError, match=f"is deleted; 'annotator restore {document.id}'"):
        library.resolve(document.id)
    assert library.resolve(document.id, deleted=True).deleted
    with pytest.raises(UnknownNameError, match="is in the library already"):
        library.resolve(other.id, deleted=True)
    with pytest.raises(UnknownNameError, match="documents --deleted"):
        library.resolve("zz", deleted=True)
    library.restore(library.resolve(document.id, deleted=True))
    assert sorted(titles(library)) == sorted([document.title, other.title])
    assert titles(library, deleted=True) == []


def test_a_prefix_shared_with_a_deleted_document_alone_is_not_ambiguous(library: Library) -> None:
    documents = [put(library, article(2, title=f"Article {n}")) for n in range(40)]
    first = documents[0].id[0]
    for document in documents[1:]:
        if document.id.startswith(first):
            library.delete(document)
    assert library.resolve(first) == documents[0]


def test_titles_are_shown_without_what_could_steer_a_terminal(library: Library) -> None:
    put(library, article(title="A \x1b[31mred\u202e title"))
    with pytest.raises(UnknownNameError) as caught:
        library.resolve("zz")
    assert str(caught.value).isprintable()


def test_deleting_and_restoring_erases_nothing(sqlite: SqliteStore) -> None:
    library = make_library(sqlite)
    document = put(library, article())
    library.open(document).annotate(0, "claim")
    before = dict(sqlite.count_rows())
    library.delete(document)
    library.restore(document)
    assert dict(sqlite.count_rows()) == {**before, "events": before["events"] + 2}
    assert library.open(document).read_place(0).annotation is not None
    assert [proof for proof in verify(sqlite) if not proof.holds] == []


def test_the_last_document_is_the_reviewers_own(library: Library) -> None:
    assert library.find_last_document() is None
    first, second = put(library, article()), put(library, article(2, title="Another"))
    assert library.find_last_document() == second
    library.open(first).annotate(0, "claim")
    assert library.find_last_document() == first
    assert make_library(library.store, "ben").find_last_document() == second


def test_a_library_opens_by_the_rules_of_the_options(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANNOTATOR_REVIEWER", "zoë")
    library = open_library(str(path))
    try:
        assert library.reviewer == "zoë"
        assert library.store.location == str(path)
        session = library.open(put(library, article()))
        assert session.annotate(0, "claim").after is not None
        (event,) = [e for e in library.store.read_events(session.document.id) if e.span]
        assert len(event.guideline) == 16
    finally:
        library.close()


@pytest.mark.parametrize("count", [5, 6])
def test_a_prefix_of_several_names_as_many_as_there_are_and_no_more(
    library: Library, count: int
) -> None:
    documents = [put(library, article(2, title=f"Article {number}")) for number in range(count)]
    with pytest.raises(UnknownNameError) as refused:
        library.resolve("zz")
    message = str(refused.value)
    named = [document for document in documents if document.id in message]
    assert len(named) == 5
    assert ("and 1 more" in message) == (count == 6)
    assert "and 0 more" not in message
    assert f"({named[0].title})" in message
