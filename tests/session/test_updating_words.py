"""What is said of a newer text that cannot be one, and what an update comes to, exactly."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotator.errors import SourceError, UnknownNameError
from annotator.model.document import Article
from annotator.model.event import EventKind, Given
from annotator.readers import Reading, Source
from annotator.session import updating
from annotator.session.updating import (
    Carried,
    Update,
    find_version,
    list_newest,
    list_versions,
    read_newer,
    update,
)
from annotator.store.memory import MemoryStore
from tests.builders import cut_lines, make_library, put
from tests.session.refusals import refuse

if TYPE_CHECKING:
    from annotator.model.document import Document
    from annotator.session.library import Library

OLD = [
    "The bridge over the harbour was closed on Monday morning.",
    "The mayor said that it was safe for everybody.",
    "An engineer of the port authority denied that.",
    "Nobody was hurt.",
]
NEW = [OLD[0], "The mayor said on Tuesday that it was safe for everybody.", OLD[2]]


@pytest.fixture
def library() -> Library:
    return make_library(MemoryStore())


def make(lines: list[str], source: str | None = "story.txt") -> Article:
    return Article("\n".join(lines) + "\n", lines[0], source=source)


def renew(library: Library, document: Document, article: Article) -> Update:
    return update(library, document, article, cut=[(0, span) for span in cut_lines(article)])


@pytest.mark.parametrize(("articles", "count"), [(2, "several articles"), (0, "no article")])
def test_a_source_of_several_articles_or_none_is_told(
    monkeypatch: pytest.MonkeyPatch, articles: int, count: str
) -> None:
    class Reader:
        def read(self, _source: Source) -> list[Reading]:
            return [Reading(make(OLD))] * articles

    monkeypatch.setattr(updating, "find_reader", lambda _name: Reader())
    assert refuse(SourceError, lambda: read_newer(Source("news.txt", b"One."))) == (
        f"news.txt holds {count}, and an update is of one: give a file that holds the newer text"
        " alone."
    )


def test_the_one_article_of_a_source_is_read() -> None:
    assert read_newer(Source("a.txt", b"One. Two.\n")).article.text == "One. Two.\n"
    assert read_newer(Source("a.md", b"# One\n"), format_name="text").article.text == "# One\n"


def test_the_text_of_another_document_is_told_and_so_is_a_deleted_one(library: Library) -> None:
    document, other = put(library, make(OLD)), put(library, make(NEW))
    assert refuse(SourceError, lambda: renew(library, document, make(NEW, "new.txt"))) == (
        f"The text of 'new.txt' is here already as the document {other.id} ({other.title}), which"
        f" is no newer text of {document.id}: nothing was changed."
    )
    library.delete(other)
    assert refuse(SourceError, lambda: renew(library, document, make(NEW, None))) == (
        f"The text of '{NEW[0]}' is here as {other.id}, which was deleted: 'annotator restore"
        f" {other.id}' brings it back with its labels."
    )


def test_a_newest_text_is_named_where_there_is_one(library: Library) -> None:
    document = put(library, make(OLD))
    second = library.resolve(renew(library, document, make(NEW)).document_id)
    third = library.resolve(renew(library, second, make(NEW[:2])).document_id)
    assert refuse(SourceError, lambda: renew(library, document, make(OLD[:2]))) == (
        f"The document {document.id} has a newer text already, {third.id} ({third.title}): update"
        " that one."
    )
    assert refuse(UnknownNameError, lambda: find_version(library.store, second, 4)) == (
        f"There is no version 4 of {second.title}; there is 1 ({document.id}), 2 ({second.id}), 3"
        f" ({third.id})."
    )
    versions = [find_version(library.store, second, number).id for number in (1, 2, 3)]
    assert versions == [document.id, second.id, third.id]
    assert [found.id for found in list_newest(library.store)] == [third.id]
    assert [found.id for found in list_versions(library.store, third)] == versions


def test_what_an_update_comes_to_is_this(library: Library) -> None:
    document = put(library, make(OLD))
    session = library.open(document)
    session.annotate(0, "background")
    session.annotate(1, "claim")
    session.annotate(3, "claim")
    session.deny(2, "denial", [1, 3])
    session.note(2, "who?")
    session.name_speaker(2, "an engineer")
    report = renew(library, document, make(NEW))
    assert report == Update(
        report.document_id,
        kept=(
            Carried("ana", "background", 0, 0, OLD[0], OLD[0]),
            Carried("ana", "denial", 2, 2, OLD[2], OLD[2], (3,)),
        ),
        changed=(Carried("ana", "claim", 1, 1, OLD[1], NEW[1]),),
        lost=(Carried("ana", "claim", 3, None, OLD[3], None),),
    )
    first, second, third = cut_lines(make(NEW))
    old = {one.span: one for one in library.store.read_annotations(document.id)}
    spans = cut_lines(make(OLD))
    events = [
        event
        for event in library.store.read_events(report.document_id)
        if event.kind is EventKind.GIVEN
    ]
    assert [event.span for event in events] == [first, second, third]
    for event, old_span, unsure, denies in zip(
        events, spans, (False, True, False), ((), (), (second,)), strict=False
    ):
        before = old[old_span]
        assert event.value == Given(
            label=before.label,
            speaker=before.speaker,
            note=before.note,
            unsure=unsure,
            denies=denies,
            created_at=before.created_at,
            updated_at=before.updated_at,
        )
        assert (event.time, event.spent_ms, event.reviewer) == (before.updated_at, 0, "ana")
        assert event.guideline == library.drafting.guideline
        assert event.step == events[0].id
    assert len({event.id for event in events}) == 3


def test_the_sentences_that_nobody_said_anything_of_are_counted(library: Library) -> None:
    document = put(library, make(OLD))
    for who in ("ben", "cleo"):
        make_library(library.store, who).open(document).annotate(1, "claim")
    assert renew(library, document, make(NEW)).unsaid == 3


def test_two_newer_texts_of_one_are_both_versions_by_their_time(library: Library) -> None:
    document = put(library, make(OLD))
    articles = [replace(make(lines), replaces=document.id) for lines in (NEW, NEW[:2])]
    first, second = (put(library, article) for article in articles)
    for each in (document, first, second):
        expected = [document.id, first.id, second.id]
        if each is not document:
            expected = [document.id, each.id]
        assert [found.id for found in list_versions(library.store, each)] == expected
    assert {found.id for found in list_newest(library.store)} == {first.id, second.id}
