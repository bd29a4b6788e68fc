"""A document's text and import, put together from what a database still says of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.model.document import Document, derive_document_id, hash_text
from annotator.model.event import Event, EventKind, Imported
from annotator.model.layout import read_layout, write_layout
from annotator.model.span import Span
from annotator.session.mending import RESCUER, mend_import, mend_text
from tests.builders import event

SENTENCES = ("The mayor spoke.", "Nobody heard.", "It rained.")
PARAGRAPHS = (0, 0, 1)


def write_text(within: str, between: str, end: str) -> tuple[str, dict[int, tuple[int, Span, str]]]:
    """A text of the sentences, two in a paragraph, and where they stand, by their start."""
    first, second, third = SENTENCES
    text = f"{first}{within}{second}{between}{third}{end}"
    places = {}
    for paragraph, sentence in zip(PARAGRAPHS, SENTENCES, strict=True):
        start = text.index(sentence)
        places[start] = (paragraph, Span(start, start + len(sentence)), sentence)
    return text, places


def import_of(places: dict[int, tuple[int, Span, str]]) -> Event:
    layout = write_layout([(paragraph, span) for paragraph, span, _ in places.values()])
    value = Imported("Title", "a.txt", "Zoë", "2026", "en", "c" * 16, layout)
    return event(EventKind.IMPORT, value, number=2)


@pytest.mark.parametrize("within", [" ", "\n", "  "])
@pytest.mark.parametrize("end", ["\n", "", "\n\n", " ", " \n"])
def test_a_text_is_put_together_where_spaces_and_line_ends_stood_between(
    within: str, end: str
) -> None:
    text, places = write_text(within, "\n\n", end)
    id_ = derive_document_id(hash_text(text))
    label = event(EventKind.LABEL, "claim", number=1)
    log = [label, import_of(places)]
    found = mend_text(id_, log, places)
    document = Document(
        *(id_, "Title", "a.txt", "Zoë", "2026", "en", hash_text(text), log[1].time, "c" * 16),
        sentence_count=0,
        deleted=False,
    )
    assert found == (document, text)


def test_a_sentence_that_was_split_is_whole_again() -> None:
    text, places = write_text(" ", "\n\n", "\n")
    log = [import_of(places)]
    id_ = derive_document_id(hash_text(text))
    halves = {start: place for start, place in places.items() if start}
    halves[0] = (0, Span(0, 9), "The mayor")
    halves[10] = (0, Span(10, 16), "spoke.")
    found = mend_text(id_, log, halves)
    assert found is not None
    assert found[1] == text


@pytest.mark.parametrize(("within", "between"), [("\t", "\n\n"), (" ", "\n \n")])
def test_a_text_that_stood_apart_by_something_else_is_lost(within: str, between: str) -> None:
    text, places = write_text(within, between, "\n")
    assert mend_text(derive_document_id(hash_text(text)), [import_of(places)], places) is None
    assert mend_text("d" * 16, [], places) is None


def make_document(text: str) -> Document:
    return Document(
        *(derive_document_id(hash_text(text)), "Title", "a.txt", "Zoë", "2026", "en"),
        sha256=hash_text(text),
        imported_at="2026-11-23T12:00:00Z",
        replaces="c" * 16,
        sentence_count=3,
        deleted=False,
    )


def cut_of(text: str, places: dict[int, tuple[int, Span, str]]) -> list[tuple[int, Span]]:
    value = mend_import(make_document(text), text, places).value
    assert isinstance(value, Imported)
    return read_layout(value.layout)


def test_an_import_is_written_anew_as_the_document_has_it_and_alike_each_time() -> None:
    text, places = write_text(" ", "\n\n", "\n")
    document = make_document(text)
    mended = mend_import(document, text, places)
    assert mended == mend_import(document, text, dict(reversed(places.items())))
    assert mended.id == mended.step
    assert mended.id != mend_import(replace(document, title="Other"), text, places).id
    assert mended.value == Imported(
        *("Title", "a.txt", "Zoë", "2026", "en", "c" * 16),
        write_layout([(paragraph, span) for paragraph, span, _ in places.values()]),
    )
    assert (mended.kind, mended.reviewer, mended.counter) == (EventKind.IMPORT, RESCUER, 1)
    assert (mended.document_id, mended.span, mended.spent_ms) == (document.id, None, 0)
    assert (mended.time, mended.guideline) == (document.imported_at, "")


def test_sentences_that_cover_the_text_are_kept_and_others_are_cut_anew() -> None:
    text, places = write_text(" ", "\n\n", "\n")
    spans = [span for _, span, _ in places.values()]
    whole = {
        0: (0, Span(0, spans[1].end), text[: spans[1].end]),
        spans[2].start: places[spans[2].start],
    }
    assert cut_of(text, whole) == [(0, Span(0, 30)), (1, spans[2])]
    anew = list(zip(PARAGRAPHS, spans, strict=True))
    for start in places:
        assert cut_of(text, {at: place for at, place in places.items() if at != start}) == anew
    assert cut_of(text, {}) == anew
    falling = {at: (2 - paragraph, span, held) for at, (paragraph, span, held) in places.items()}
    assert cut_of(text, falling) == anew
    changed = {**places, 0: (0, spans[0], "The mayor SPOKE.")}
    assert cut_of(text, changed) == anew
    overlapping = {**places, 4: (0, Span(4, 30), text[4:30])}
    assert cut_of(text, overlapping) == anew
