"""What a document is by its log."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from annotator.errors import StoreError
from annotator.model.document import Document
from annotator.model.event import EventKind, Imported
from annotator.model.origin import fold_origin
from annotator.model.span import Span
from tests.builders import event

DOCUMENT = Document(
    "d" * 16, "", None, None, None, "", "s" * 64, "", None, sentence_count=2, deleted=False
)
IMPORTED = Imported("Title", "a.txt", "Zoë", "2026-01-02", "fr", "c" * 16, "0 5 / 1 6")
IMPORT = event(EventKind.IMPORT, IMPORTED, number=1)
AGAIN = event(EventKind.IMPORT, replace(IMPORTED, title="Other", layout="0 12"), number=2)
DELETE = event(EventKind.DELETE, number=3)
RESTORE = event(EventKind.RESTORE, number=4)
LATER = event(EventKind.LABEL, "claim", number=5, span=Span(0, 5))


def test_the_first_import_says_where_a_document_came_from_and_how_it_was_cut() -> None:
    for log in permutations([IMPORT, AGAIN, LATER]):
        found, cut = fold_origin(DOCUMENT, log)
        assert found == replace(
            DOCUMENT,
            title="Title",
            source="a.txt",
            author="Zoë",
            published="2026-01-02",
            language="fr",
            imported_at=IMPORT.time,
            replaces="c" * 16,
        )
        assert cut == [(0, Span(0, 5)), (1, Span(6, 12))]


def test_the_last_word_says_whether_it_is_deleted() -> None:
    for log in permutations([IMPORT, DELETE, LATER]):
        assert fold_origin(DOCUMENT, log)[0].deleted
    for log in permutations([IMPORT, DELETE, RESTORE, LATER]):
        assert not fold_origin(DOCUMENT, log)[0].deleted


def test_a_log_without_an_import_is_refused_by_name() -> None:
    with pytest.raises(StoreError) as refused:
        fold_origin(DOCUMENT, [LATER])
    assert str(refused.value) == f"The import of document {'d' * 16} is not in its history."
