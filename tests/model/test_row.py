"""Rows: spread, described, guarded, and put back into a text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import StoreError
from annotator.model.annotation import Annotation
from annotator.model.document import Document, Sentence
from annotator.model.row import (
    COLUMNS,
    LARGEST_BLANK,
    Layout,
    Piece,
    Row,
    can_place,
    describe_row,
    guard,
    lay_out,
    spread,
    unguard,
)
from annotator.model.span import Span

DOCUMENT = Document(
    "d" * 16, "Title", None, None, None, "en", "s" * 64, "", None, sentence_count=3, deleted=False
)
SENTENCE = Sentence(2, 1, Span(10, 14), "Four")
SAID = Annotation(
    SENTENCE.span, "ana", "denial", "Zoë", "why", True, (Span(0, 4), Span(5, 9)), "then", "later"
)
ROW = Row(
    *("d" * 16, "Title", 2, 10, 14, "Four", "ana", "denial", "Zoë", "why"),
    unsure=True,
    denies=(0, 1),
    created_at="then",
    updated_at="later",
)
BARE = Row("d" * 16, "Title", 2, 10, 14, "Four")
INDEXES: dict[int, int] = {0: 0, 5: 1}


def test_a_sentence_has_a_row_for_each_annotation_or_one_without() -> None:
    ben = replace(SAID, reviewer="ben", denies=())
    rows = spread(DOCUMENT, SENTENCE, annotations=[SAID, ben], find_index=INDEXES.get)
    assert list(rows) == [ROW, replace(ROW, reviewer="ben", denies=())]
    assert list(spread(DOCUMENT, SENTENCE, annotations=[], find_index=INDEXES.get)) == [BARE]


def test_a_link_to_no_sentence_is_named() -> None:
    lost = replace(SAID, denies=(Span(7, 9),))
    with pytest.raises(StoreError) as refused:
        list(spread(DOCUMENT, SENTENCE, annotations=[lost], find_index=INDEXES.get))
    assert str(refused.value) == (
        f"In document {'d' * 16} a denial names 7-9, which is no sentence: run 'annotator verify'."
    )


def test_a_row_is_described_column_by_column() -> None:
    assert tuple(describe_row(ROW)) == COLUMNS
    assert list(describe_row(ROW).values()) == [
        *("d" * 16, "Title", 2, 10, 14, "Four", "ana", "denial", "Zoë", "why", True),
        *([0, 1], "then", "later"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        replace(BARE, label="claim"),
        replace(BARE, speaker="Zoë"),
        replace(BARE, note="why"),
        replace(BARE, unsure=True),
        replace(BARE, denies=(1,)),
    ],
)
def test_a_row_says_nothing_only_where_nothing_is_said(said: Row) -> None:
    assert not said.says_nothing
    assert BARE.says_nothing
    assert replace(BARE, reviewer="ana", unsure=False, created_at="then").says_nothing


@given(st.text(st.sampled_from("'=+-@＝ \t\rab")) | st.text())
def test_a_guarded_cell_comes_back_as_it_was(cell: str) -> None:
    assert unguard(guard(cell)) == cell


@pytest.mark.parametrize(
    "cell", ["=1", "+1", "-1", "@a", "＝1", " =1", "\ta", "\ra", "'=1", "''=1"]
)
def test_a_formula_is_guarded(cell: str) -> None:
    assert guard(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "a", "a=1", "'a", "1-2", "'", " a"])
def test_what_is_no_formula_stays_as_it_is(cell: str) -> None:
    assert guard(cell) == cell
    assert unguard(cell) == cell


def test_pieces_go_where_they_were() -> None:
    pieces = [Piece("One.", 4, 2, 6), Piece("Two.", 4, 7, 11), Piece("Three.", 6, 14, 20)]
    assert can_place(pieces)
    assert lay_out(pieces) == Layout(
        "  One. Two.\n\n Three.", ((0, Span(2, 6)), (0, Span(7, 11)), (1, Span(14, 20)))
    )
    close = [Piece("One.", 4, 0, 4), Piece("Two.", 4, 4, 8), Piece("Three.", 6, 10, 16)]
    assert lay_out(close) == Layout(
        "One.Two.\n\nThree.", ((0, Span(0, 4)), (0, Span(4, 8)), (1, Span(10, 16)))
    )


@pytest.mark.parametrize(
    "second",
    [
        Piece("Two.", 4),
        Piece("Two.", 4, 5),
        Piece("Two.", 4, None, 9),
        Piece("Two.", 4, 3, 7),
        Piece("Two.", 4, 5, 8),
        Piece("Two.", 4, 5, 10),
        Piece("Two.", 4, LARGEST_BLANK + 5, LARGEST_BLANK + 9),
    ],
)
def test_pieces_that_do_not_fit_stand_a_space_apart(second: Piece) -> None:
    pieces = [Piece("One.", 4, 0, 4), second, Piece("Three.", 6, None, None)]
    assert not can_place(pieces)
    assert not can_place(pieces[:2])
    spans = ((0, Span(0, 4)), (0, Span(5, 9)), (0, Span(10, 16)))
    assert lay_out(pieces) == Layout("One. Two. Three.", spans)


def test_as_much_blank_as_is_allowed_is_placed() -> None:
    assert can_place([Piece("One.", 4, LARGEST_BLANK, LARGEST_BLANK + 4)])
    assert can_place([Piece("One.", 4, 0, 4), Piece("Two.", 4, LARGEST_BLANK + 4, 1_000_008)])
    half = LARGEST_BLANK // 2
    twice = [Piece("A", 1, half, half + 1), Piece("B", 1, 2 * half + 2, 2 * half + 3)]
    assert not can_place(twice)
    assert can_place([])
    assert lay_out([]) == Layout("", ())


def test_a_sentence_is_without_the_white_space_around_it() -> None:
    pieces = [Piece(" One. ", 6, 0, 6), Piece("Two.\n", 5, 6, 11)]
    assert lay_out(pieces) == Layout(" One. Two.\n", ((0, Span(1, 5)), (0, Span(6, 10))))
