"""A document that two machines cut differently: whatever is done, it is the fold of the log."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from annotator.errors import NotSavedError, StoreError
from annotator.model.annotation import fold
from annotator.model.event import EventKind, Imported, Recut
from annotator.model.layout import write_layout
from annotator.model.span import Span
from tests.builders import draft
from tests.store.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.model.event import Event
    from annotator.store.base import Store


@dataclass
class Cut:
    """A desk whose document was imported here, sentence by sentence; and may be once more."""

    desk: Desk
    spans: list[Span]

    def append(
        self, kind: EventKind, value: object, span: Span | None = None, *, target: int | None = None
    ) -> Event:
        self.desk.number += 1
        made = draft(
            kind,
            value,  # type: ignore[arg-type]
            number=self.desk.number,
            span=span,
            document_id=self.desk.id,
            target=target,
        )
        return self.desk.append(made)[0]

    def import_as(self, spans: Sequence[Span]) -> Event:
        layout = write_layout((0, span) for span in spans)
        origin = Imported("The harbour", None, None, None, "en", None, layout)
        return self.append(EventKind.IMPORT, origin)

    def refold(self) -> None:
        self.desk.store.transact(lambda: self.desk.store.refold(self.desk.id))

    def labels(self) -> dict[Span, str | None]:
        """What is said of each span; and that it is what the log says."""
        store = self.desk.store
        found = {(note.reviewer, note.span): note for note in store.read_annotations(self.desk.id)}
        assert found == fold(
            store.read_events(self.desk.id), cut=[(0, span) for span in self.spans]
        )
        return {span: note.label for (_, span), note in found.items()}


@pytest.fixture
def cut(store: Store) -> Cut:
    desk = Desk(store)
    made = Cut(desk, [sentence.span for sentence in desk.sentences])
    made.import_as(made.spans)
    return made


@pytest.fixture
def cut_twice(cut: Cut) -> Cut:
    """Elsewhere the first two sentences were one."""
    cut.import_as([Span(cut.spans[0].start, cut.spans[1].end), *cut.spans[2:]])
    cut.refold()
    return cut


def test_a_label_of_the_other_cut_counts_for_both_sentences_and_can_be_undone(
    cut_twice: Cut,
) -> None:
    whole = Span(cut_twice.spans[0].start, cut_twice.spans[1].end)
    cut_twice.append(EventKind.LABEL, "claim", whole)
    number = cut_twice.desk.number
    assert cut_twice.labels() == dict.fromkeys(cut_twice.spans[:2], "claim")
    cut_twice.append(EventKind.UNDO, None, whole, target=number)
    assert cut_twice.labels() == {}
    cut_twice.append(EventKind.REDO, None, whole, target=number)
    assert cut_twice.labels() == dict.fromkeys(cut_twice.spans[:2], "claim")


def test_a_label_of_one_half_stands_beside_one_of_the_whole(cut_twice: Cut) -> None:
    whole = Span(cut_twice.spans[0].start, cut_twice.spans[1].end)
    cut_twice.append(EventKind.LABEL, "claim", whole)
    cut_twice.append(EventKind.LABEL, "denial", cut_twice.spans[1])
    number = cut_twice.desk.number
    assert cut_twice.labels() == {cut_twice.spans[0]: "claim", cut_twice.spans[1]: "denial"}
    cut_twice.append(EventKind.UNDO, None, cut_twice.spans[1], target=number)
    assert cut_twice.labels() == dict.fromkeys(cut_twice.spans[:2], "claim")


def test_a_split_leaves_what_is_said_of_the_rest(cut_twice: Cut) -> None:
    first, *_, last = cut_twice.spans
    whole = Span(first.start, cut_twice.spans[1].end)
    cut_twice.append(EventKind.LABEL, "claim", whole)
    cut_twice.append(EventKind.LABEL, "background", last)
    parts = (Span(last.start, last.start + 3), Span(last.start + 4, last.end))
    cut_twice.append(EventKind.SPLIT, Recut(parts), last)
    number = cut_twice.desk.number
    said = {**dict.fromkeys(cut_twice.spans[:2], "claim"), **dict.fromkeys(parts, "background")}
    assert cut_twice.labels() == said
    cut_twice.append(EventKind.UNDO, None, last, target=number)
    spans = [sentence.span for sentence in cut_twice.desk.store.read_sentences(cut_twice.desk.id)]
    assert spans == cut_twice.spans
    assert cut_twice.labels() == {**dict.fromkeys(spans[:2], "claim"), last: "background"}


def test_the_first_of_two_imports_says_how_the_text_is_cut(cut_twice: Cut) -> None:
    store = cut_twice.desk.store
    spans = [sentence.span for sentence in store.read_sentences(cut_twice.desk.id)]
    assert spans == cut_twice.spans
    assert store.find_documents(cut_twice.desk.id, limit=1)[0].sentence_count == 5


def test_the_history_of_a_stretch_is_everything_where_there_are_two_cuts(cut: Cut) -> None:
    store, id_ = cut.desk.store, cut.desk.id
    if store.location == "memory":
        pytest.skip("every answer in memory is folded from the whole log")
    for span in cut.spans:
        cut.append(EventKind.LABEL, "claim", span)

    def read() -> list[Span | None]:
        return [event.span for event in store.read_events(id_, touching=cut.spans[1])]

    assert read() == [None, cut.spans[1]]
    cut.import_as(cut.spans)
    assert read() == [None, cut.spans[1], None]
    cut.import_as([Span(cut.spans[0].start, cut.spans[1].end), *cut.spans[2:]])
    assert read() == [None, *cut.spans, None, None]


def test_the_history_of_a_stretch_grows_with_splits_and_joins(cut: Cut) -> None:
    one, two, three, four, _ = cut.spans
    for span in cut.spans:
        cut.append(EventKind.LABEL, "claim", span)
    joined = Span(two.start, three.end)
    cut.append(EventKind.JOIN, Recut((two, three)), joined)
    wider = Span(two.start, four.end)
    cut.append(EventKind.JOIN, Recut((joined, four)), wider)
    store, id_ = cut.desk.store, cut.desk.id
    for span in (two, three, four, joined, wider):
        found = [event.span for event in store.read_events(id_, touching=span)]
        assert found == [None, two, three, four, joined, wider]
    assert [event.span for event in store.read_events(id_, touching=one)] == [None, one]


def test_two_imports_with_one_cut_are_no_second_cut(cut: Cut) -> None:
    cut.import_as(cut.spans)
    whole = Span(cut.spans[0].start, cut.spans[1].end)
    cut.append(EventKind.JOIN, Recut((cut.spans[0], cut.spans[1])), whole)
    number = cut.desk.number
    cut.append(EventKind.LABEL, "claim", whole)
    assert cut.labels() == {whole: "claim"}
    cut.append(EventKind.UNDO, None, whole, target=number)
    assert cut.labels() == dict.fromkeys(cut.spans[:2], "claim")


# -- what cannot be folded


def test_a_document_that_is_not_here_cannot_be_folded(store: Store) -> None:
    missing = "0" * 16
    with pytest.raises(StoreError) as caught:
        store.transact(lambda: store.refold(missing))
    subject = (
        f"The text of document {missing} is not in memory."
        if store.location == "memory"
        else f"The document {missing} is not in {store.location}."
    )
    assert str(caught.value) == f"The last change was not saved. {subject}"


def test_a_document_without_its_import_cannot_be_folded(desk: Desk) -> None:
    desk.label(0, "claim")
    with pytest.raises(NotSavedError) as caught:
        desk.store.transact(lambda: desk.store.refold(desk.id))
    assert str(caught.value) == (
        f"The last change was not saved. The import of document {desk.id} is not in its history."
    )
    assert [note.label for note in desk.store.read_annotations(desk.id)] == ["claim"]


def test_a_refolding_brings_back_what_the_first_import_says(cut: Cut) -> None:
    store, id_ = cut.desk.store, cut.desk.id
    cut.refold()
    (document,) = store.find_documents(id_, limit=9)
    (origin, *_) = store.read_events(id_)
    assert document == replace(
        cut.desk.document, title="The harbour", source=None, imported_at=origin.time
    )
    cut.append(EventKind.DELETE, None)
    cut.refold()
    assert store.find_documents(id_, limit=9)[0].deleted
