"""A newer text of an article: what becomes of what was said of the older."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import SourceError, UnknownNameError
from annotator.model.document import Article, Document
from annotator.model.event import EventKind, Suggested
from annotator.readers import Source
from annotator.session.assigning import Deal, assign
from annotator.session.updating import (
    Update,
    find_version,
    foresee_update,
    leave_only_newest,
    list_newest,
    list_versions,
    read_newer,
    update,
)
from annotator.session.verification import verify
from annotator.store.memory import MemoryStore
from tests.builders import cut_lines, make_library, put

if TYPE_CHECKING:
    from annotator.model.annotation import Annotation
    from annotator.model.span import Span
    from annotator.session.library import Library
    from annotator.store.base import Store

STORY = [
    "The bridge over the harbour was closed on Monday morning.",
    "The mayor said that it was safe for everybody.",
    "An engineer of the port authority denied that.",
    "Nobody was hurt.",
    "A report is expected in two weeks' time.",
]
NEWER = [
    STORY[0],
    "Police were called.",
    "The mayor said on Tuesday that it was safe for everybody.",
    STORY[4],
    STORY[2],
]
"""The second is changed, the third or the last moved, the fourth is gone."""

LINES = st.lists(
    st.sampled_from([*STORY, *NEWER, "Yes.", "No.", "Two were hurt."]), min_size=1, max_size=8
)


def make(lines: list[str]) -> tuple[Article, list[tuple[int, Span]]]:
    """An article of these lines, and its sentences, all of one paragraph."""
    article = Article("\n".join(lines) + "\n", lines[0], source="story.txt")
    return article, [(0, span) for span in cut_lines(article)]


def renew(library: Library, document: Document, lines: list[str]) -> Update:
    article, cut = make(lines)
    return update(library, document, article, cut=cut)


def open_new(library: Library, report: Update) -> Document:
    return library.resolve(report.document_id)


def read(store: Store, id_: str) -> list[Annotation]:
    return list(store.read_annotations(id_))


def check(store: Store) -> None:
    assert [proof for proof in verify(store) if not proof.holds] == []


@pytest.fixture
def story(library: Library) -> Document:
    """Labelled by Ana, and in part by Ben."""
    document = put(library, make(STORY)[0])
    ana = library.open(document)
    ana.annotate(1, "claim")
    ana.name_speaker(1, "the mayor")
    ana.annotate(3, "claim")
    ana.deny(2, "denial", [1, 3])
    ana.note(2, "who?")
    ana.annotate(0, "background")
    ana.annotate(0, "background")
    make_library(library.store, "ben").open(document).note(4, "when?")
    return document


def test_labels_move_along_and_each_is_told(library: Library, story: Document) -> None:
    report = renew(library, story, NEWER)
    told = {
        name: [(one.reviewer, one.label, one.old, one.new) for one in getattr(report, name)]
        for name in ("kept", "moved", "changed", "lost")
    }
    by_place = sorted(told["kept"] + told["moved"], key=lambda one: one[2])
    assert by_place == [
        ("ana", "background", 0, 0),
        ("ana", "denial", 2, 4),
        ("ben", None, 4, 3),
    ]
    assert len(told["moved"]) == 1
    assert told["changed"] == [("ana", "claim", 1, 2)]
    assert told["lost"] == [("ana", "claim", 3, None)]
    assert report.unsaid == 0
    (denial,) = (one for one in (*report.kept, *report.moved) if one.label == "denial")
    assert denial.links_lost == (3,)
    check(library.store)


def test_everything_said_comes_along_with_its_times(library: Library, story: Document) -> None:
    before = {one.reviewer + str(one.label): one for one in read(library.store, story.id)}
    new = renew(library, story, NEWER)
    spans = [span for _, span in make(NEWER)[1]]
    after = read(library.store, new.document_id)
    assert [(one.span, one.reviewer, one.label) for one in after] == [
        (spans[0], "ana", "background"),
        (spans[2], "ana", "claim"),
        (spans[3], "ben", None),
        (spans[4], "ana", "denial"),
    ]
    assert after[0] == before["anabackground"]
    assert (after[1].speaker, after[1].unsure) == ("the mayor", True)
    assert after[2] == replace(before["benNone"], span=spans[3])
    assert after[3] == replace(before["anadenial"], span=spans[4], denies=(spans[2],))


def test_the_older_text_and_its_labels_stay(library: Library, story: Document) -> None:
    before = (library.store.read_text(story.id), read(library.store, story.id))
    report = renew(library, story, NEWER)
    assert (library.store.read_text(story.id), read(library.store, story.id)) == before
    assert open_new(library, report).replaces == story.id


def test_foreseeing_says_the_same_and_writes_nothing(library: Library, story: Document) -> None:
    article, cut = make(NEWER)
    before = library.store.count_rows()
    with library.store.snapshot():
        foreseen = foresee_update(library.store, story, article, cut=cut)
    assert library.store.count_rows() == before
    assert foreseen == update(library, story, article, cut=cut)


def test_one_undo_takes_back_what_is_mine(library: Library, story: Document) -> None:
    new = open_new(library, renew(library, story, NEWER))
    session = library.open(new)
    moved = read(library.store, new.id)
    session.undo()
    assert [one.reviewer for one in read(library.store, new.id)] == ["ben"]
    session.redo()
    assert read(library.store, new.id) == moved
    check(library.store)


def test_deleting_the_newer_makes_the_older_the_newest_again(
    library: Library, story: Document
) -> None:
    new = open_new(library, renew(library, story, NEWER))
    assert [document.id for document in list_newest(library.store)] == [new.id]
    library.delete(new)
    assert [document.id for document in list_newest(library.store)] == [story.id]
    assert [document.id for document in list_versions(library.store, story)] == [story.id]
    with pytest.raises(SourceError, match=f"annotator restore {new.id}"):
        renew(library, story, NEWER)
    library.restore(new)
    assert [document.id for document in list_newest(library.store)] == [new.id]


def test_the_same_text_changes_nothing(library: Library, story: Document) -> None:
    before = library.store.count_rows()
    report = renew(library, story, STORY)
    assert report.is_same
    assert [(one.old, one.new) for one in report.kept] == [(index, index) for index in range(5)]
    assert (report.moved, report.changed, report.lost) == ((), (), ())
    assert library.store.count_rows() == before


def test_a_newer_text_brought_in_twice_changes_nothing(library: Library, story: Document) -> None:
    report = renew(library, story, NEWER)
    before = library.store.count_rows()
    assert renew(library, story, NEWER) == Update(report.document_id, is_known=True)
    assert library.store.count_rows() == before


def test_the_text_of_another_document_is_refused(library: Library, story: Document) -> None:
    other = put(library, make(NEWER)[0])
    with pytest.raises(SourceError, match=other.id):
        renew(library, story, NEWER)
    assert library.resolve(other.id).replaces is None


def test_a_document_with_a_newer_text_is_refused_and_the_newest_named(
    library: Library, story: Document
) -> None:
    second = open_new(library, renew(library, story, NEWER))
    third = open_new(library, renew(library, second, NEWER[:3]))
    with pytest.raises(SourceError, match=third.id):
        renew(library, story, NEWER[:2])
    with pytest.raises(SourceError, match="is no newer text of"):
        renew(library, third, STORY)


def test_an_update_that_fails_writes_nothing(library: Library, story: Document) -> None:
    before = library.store.count_rows()
    article, _ = make(NEWER)
    with pytest.raises(SourceError):
        update(library, story, article, cut=[])
    assert library.store.count_rows() == before


def test_versions_are_found_from_each_of_them(library: Library, story: Document) -> None:
    second = open_new(library, renew(library, story, NEWER))
    third = open_new(library, renew(library, second, NEWER[:3]))
    ids = [story.id, second.id, third.id]
    for document in (story, second, third):
        assert [version.id for version in list_versions(library.store, document)] == ids
    assert find_version(library.store, third, 1).id == story.id
    for number in (0, 4, -1):
        with pytest.raises(UnknownNameError, match=f"1 .{story.id}., 2"):
            find_version(library.store, third, number)
    library.delete(second)
    assert [version.id for version in list_versions(library.store, story)] == [story.id, third.id]
    assert [document.id for document in list_newest(library.store)] == [third.id]


def make_document(id_: str, replaces: str | None, *, deleted: bool = False) -> Document:
    return Document(
        id_, id_, None, None, None, "en", id_, "2026-11-23T12:00:00Z", replaces, 1, deleted
    )


def test_texts_that_replace_one_another_stay_both() -> None:
    documents = [make_document("a", "b"), make_document("b", "a"), make_document("c", "c")]
    assert leave_only_newest(documents) == documents


def test_one_whose_older_text_is_not_here_stays() -> None:
    documents = [make_document("b", "a"), make_document("c", "b")]
    assert leave_only_newest(documents) == documents[1:]


GRAPHS = st.lists(st.tuples(st.none() | st.integers(0, 6), st.booleans()), min_size=1, max_size=7)


@given(GRAPHS)
def test_something_newest_is_left_of_whatever_replaces_what(
    graph: list[tuple[int | None, bool]],
) -> None:
    documents = [
        make_document(str(at), None if older is None else str(older), deleted=deleted)
        for at, (older, deleted) in enumerate(graph)
    ]
    left = leave_only_newest(documents)
    assert bool(left) is any(not document.deleted for document in documents)
    assert left == [document for document in documents if document in left]
    assert not any(document.deleted for document in left)


def test_two_machines_write_the_same_events(story: Document, library: Library) -> None:
    def carry(store: Store) -> list[tuple[str, str, str]]:
        other = make_library(store, "zoe")
        document = put(other, make(STORY)[0])
        session = make_library(store, "ana").open(document)
        session.annotate(1, "claim")
        session.deny(2, "denial", [1])
        report = renew(other, document, NEWER)
        events = store.read_events(report.document_id)
        return [
            (event.id, event.step, event.time) for event in events if event.kind is EventKind.GIVEN
        ]

    first = carry(MemoryStore())
    assert len(first) == 2
    assert first == carry(MemoryStore())
    assert len({id_ for id_, _, _ in first}) == 2
    assert {step for _, step, _ in first} == {first[0][0]}


def test_who_labels_the_older_is_to_label_the_newer(library: Library, story: Document) -> None:
    assign(library, [story], ["ana", "ben"], deal=Deal())
    report = renew(library, story, NEWER)
    found = {
        one.reviewer
        for one in library.store.list_assignments()
        if one.document_id == report.document_id
    }
    assert found == {"ana", "ben"}
    check(library.store)


def test_suggestions_go_along_with_the_sentences_that_are_the_same(library: Library) -> None:
    document = put(library, make(STORY)[0])
    spans = [sentence.span for sentence in library.store.read_sentences(document.id)]
    drafts = [
        library.drafting.draft(
            EventKind.SUGGEST,
            document.id,
            span=span,
            value=Suggested("model 2", "denial", None, tuple(spans[:number])),
        )
        for number, span in enumerate(spans)
    ]
    library.store.transact(lambda: library.store.append(drafts))
    report = renew(library, document, NEWER)
    newer = library.store.read_text(report.document_id)
    found = list(library.store.read_suggestions(report.document_id))
    there = {newer[one.span.start : one.span.end] for one in found}
    assert there == set(STORY) & set(NEWER) != set()
    assert all(newer[span.start : span.end] in there for one in found for span in one.denies)
    check(library.store)


def test_what_was_split_moves_by_the_sentences_there_are(library: Library) -> None:
    document = put(library, make(STORY)[0])
    session = library.open(document)
    session.annotate(1, "claim")
    session.split(1, STORY[1].index("that"))
    report = renew(library, document, [STORY[0], *STORY[2:]])
    assert [(one.old, one.label) for one in report.lost] == [(1, "claim"), (2, "claim")]
    check(library.store)


SAYINGS = st.lists(
    st.tuples(
        st.sampled_from(["ana", "ben"]),
        st.integers(0, 7),
        st.sampled_from(["claim", "background", "denial", "note", "unsure", "speaker"]),
        st.integers(0, 7),
    ),
    max_size=12,
)


def say(store: Store, document: Document, sayings: list[tuple[str, int, str, int]]) -> None:
    sessions = {name: make_library(store, name).open(document) for name in ("ana", "ben")}
    for name, at, what, target in sayings:
        session, index = sessions[name], at % document.sentence_count
        aim = target % document.sentence_count
        if what == "note":
            session.note(index, "hm")
        elif what == "unsure":
            session.flag_unsure(index, unsure=True)
        elif what == "speaker":
            session.name_speaker(index, "she")
        elif what == "denial" and aim != index:
            session.annotate(aim, "claim")
            session.deny(index, "denial", [aim])
        elif what != "denial":
            session.annotate(index, what)


@given(LINES, LINES, SAYINGS)
def test_everything_said_is_in_one_list_and_nothing_is_dropped(
    old: list[str], new: list[str], sayings: list[tuple[str, int, str, int]]
) -> None:
    store = MemoryStore()
    library = make_library(store, "zoe")
    document = put(library, make(old)[0])
    say(store, document, sayings)
    said = read(store, document.id)
    index_of = {span: index for index, (_, span) in enumerate(make(old)[1])}
    report = renew(library, document, new)
    groups = (report.kept, report.moved, report.changed, report.lost)
    told = [(one.reviewer, one.old, one.label) for group in groups for one in group]
    assert sorted(told, key=str) == sorted(
        ((one.reviewer, index_of[one.span], one.label) for one in said), key=str
    )
    assert report.unsaid == len(old) - len({one.span for one in said})
    for one in (*report.kept, *report.moved):
        assert one.new is not None
        assert one.text == one.new_text == new[one.new]
    if report.is_same:
        return
    there = read(store, report.document_id)
    assert len(there) == len(said) - len(report.lost)
    spans = [span for _, span in make(new)[1]]
    links = sum(len(one.denies) for one in said)
    gone = {(one.reviewer, one.old) for one in report.lost}
    alive = sum(len(one.denies) for one in said if (one.reviewer, index_of[one.span]) not in gone)
    lost_links = sum(len(one.links_lost) for group in groups for one in group)
    assert sum(len(one.denies) for one in there) == alive - lost_links <= links
    by_place = {(one.reviewer, one.span): one for one in there}
    for one in (*report.kept, *report.moved, *report.changed):
        assert one.new is not None
        assert by_place[one.reviewer, spans[one.new]].label == one.label
    assert all(
        by_place[one.reviewer, spans[one.new]].unsure
        for one in report.changed
        if one.new is not None
    )
    check(store)


def test_a_source_without_an_article_is_refused() -> None:
    assert read_newer(Source("a.txt", b"One.\n")).article.text == "One.\n"
    with pytest.raises(SourceError):
        read_newer(Source("a.txt", b" \n"))
