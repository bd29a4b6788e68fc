"""Where a reviewer goes on in an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from annotator.session.labelling import Session
    from annotator.session.library import Library


@pytest.fixture
def session(library: Library) -> Session:
    return library.open(put(library, article()))


def test_a_newcomer_starts_at_the_first_sentence(session: Session) -> None:
    assert session.find_resumption() == 0


@pytest.mark.parametrize(
    ("labelled", "last", "expected"),
    [
        ([0, 1], None, 2),
        ([3, 1], None, 2),
        ([0, 2, 1], None, 3),
        ([0, 1, 3, 4], None, 2),
        ([0, 1, 2, 3, 4], None, 4),
        ([0, 1, 2], "clear", 2),
        ([0, 1, 2], "undo", 2),
        ([2, 3, 4], None, 0),
        ([2, 4], None, 0),
        ([0, 4], "note on 2", 2),
        ([0, 4], "flag on 3", 3),
    ],
)
def test_a_reviewer_goes_on_at_the_first_unlabelled_sentence_after_the_last_act(
    session: Session, labelled: list[int], last: str | None, expected: int
) -> None:
    for index in labelled:
        session.annotate(index, "claim")
    match last:
        case "clear":
            session.clear(labelled[-1])
        case "undo":
            session.undo()
        case "note on 2":
            session.note(2, "why")
        case "flag on 3":
            session.flag_unsure(3, unsure=True)
    assert session.find_resumption() == expected


def test_others_labels_do_not_move_where_i_go_on(library: Library) -> None:
    document = put(library, article())
    make_library(library.store, "ben").open(document).annotate(3, "claim")
    assert library.open(document).find_resumption() == 0


def test_an_article_of_one_sentence_has_one_place_to_be(library: Library) -> None:
    session = library.open(put(library, article(1)))
    assert session.find_resumption() == 0
    session.annotate(0, "claim")
    assert session.find_resumption() == 0
    assert session.find_open(0) is None
    session.undo()
    assert session.find_resumption() == 0
