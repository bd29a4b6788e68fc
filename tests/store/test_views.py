"""The views that people query: `labels` and `sentences`."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from annotator.model.document import Document
    from annotator.session.library import Library
    from annotator.store.sqlite import SqliteStore


@pytest.fixture
def ana(sqlite: SqliteStore) -> Library:
    return make_library(sqlite)


@pytest.fixture
def ben(sqlite: SqliteStore) -> Library:
    return make_library(sqlite, "ben")


@pytest.fixture
def document(ana: Library) -> Document:
    return put(ana, article())


@pytest.fixture
def reader(path: Path, sqlite: SqliteStore) -> Iterator[sqlite3.Connection]:
    """A connection as anybody's tool makes one."""
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def columns(reader: sqlite3.Connection, name: str) -> list[str]:
    return [column[0] for column in reader.execute(f"SELECT * FROM {name}").description]


def test_labels_has_the_promised_columns_in_their_order(reader: sqlite3.Connection) -> None:
    assert columns(reader, "labels") == [
        "document_id",
        "title",
        "sentence_index",
        "start",
        "end",
        "text",
        "reviewer",
        "label",
        "speaker",
        "note",
        "unsure",
        "denies",
        "created_at",
        "updated_at",
    ]


def test_documents_and_sentences_have_the_promised_columns(reader: sqlite3.Connection) -> None:
    assert {
        "id",
        "title",
        "source",
        "author",
        "published",
        "language",
        "text",
        "sha256",
        "imported_at",
    } <= set(columns(reader, "document"))
    assert {"document_id", "sentence_index", "start", "end", "text", "label"} <= set(
        columns(reader, "sentences")
    )


def test_labels_has_a_row_for_each_sentence_and_reviewer_with_something_said(
    ana: Library, ben: Library, document: Document, reader: sqlite3.Connection
) -> None:
    mine, bens = ana.open(document), ben.open(document)
    mine.annotate(2, "denial")
    bens.note(2, "no label from me")
    mine.annotate(0, "claim")
    mine.flag_unsure(0, unsure=True)
    mine.name_speaker(0, "the minister")
    rows = reader.execute(
        "SELECT sentence_index, reviewer, label, speaker, note, unsure, denies FROM labels"
    ).fetchall()
    assert rows == [
        (0, "ana", "claim", "the minister", None, 1, "[]"),
        (2, "ana", "denial", None, None, 0, "[]"),
        (2, "ben", None, None, "no label from me", 0, "[]"),
    ]


def test_a_rows_text_stands_at_its_offsets(
    ana: Library, document: Document, reader: sqlite3.Connection
) -> None:
    ana.open(document).annotate(3, "claim")
    (row,) = reader.execute('SELECT "start", "end", text, title FROM labels').fetchall()
    assert article().text[row[0] : row[1]] == row[2]
    assert row[3] == document.title


def test_denies_is_a_json_list_of_indexes_in_order(
    ana: Library, reader: sqlite3.Connection
) -> None:
    # More than nine: as text, 10 would come before 2.
    session = ana.open(put(ana, article(15)))
    for index in (14, 2, 10, 0, 9):
        session.annotate(index, "claim")
    session.annotate(7, "denial")
    session.link(7, [14, 2, 10, 0, 9])
    query = "SELECT denies FROM labels WHERE sentence_index = 7"
    (denies,) = reader.execute(query).fetchone()
    assert json.loads(denies) == [0, 2, 9, 10, 14]
    session.undo()
    assert reader.execute(query).fetchone() == ("[]",)


@pytest.mark.parametrize(
    ("anas", "bens", "settled"),
    [
        ("claim", "claim", "claim"),
        ("claim", None, "claim"),
        (None, "denial", "denial"),
        ("claim", "denial", None),
        (None, None, None),
    ],
)
def test_a_label_is_settled_where_all_who_labelled_agree(
    ana: Library,
    ben: Library,
    document: Document,
    reader: sqlite3.Connection,
    anas: str | None,
    bens: str | None,
    settled: str | None,
) -> None:
    for library, label in ((ana, anas), (ben, bens)):
        session = library.open(document)
        # A note is no vote.
        session.note(1, "why")
        if label is not None:
            session.annotate(1, label)
    # A second pass is nobody else's word.
    make_library(ana.store, "ana (again)").open(document).annotate(1, "background")
    rows = reader.execute("SELECT sentence_index, label FROM sentences").fetchall()
    assert rows == [(index, settled if index == 1 else None) for index in range(5)]


def test_deleted_documents_are_in_neither_view_and_come_back(
    ana: Library, document: Document, reader: sqlite3.Connection
) -> None:
    ana.open(document).annotate(0, "claim")
    ana.delete(document)
    for view in ("labels", "sentences"):
        assert reader.execute(f"SELECT * FROM {view}").fetchall() == []
    ana.restore(document)
    assert len(reader.execute("SELECT * FROM labels").fetchall()) == 1
    assert len(reader.execute("SELECT * FROM sentences").fetchall()) == 5


def test_documents_stand_together_in_the_texts_order(
    ana: Library, reader: sqlite3.Connection
) -> None:
    for title in ("Bees", "Ants"):
        session = ana.open(put(ana, article(12, title=title)))
        for index in (11, 0, 5):
            session.annotate(index, "claim")
    rows = reader.execute("SELECT title, sentence_index FROM labels").fetchall()
    assert [(title[:4], index) for title, index in rows] == [
        ("Ants", 0),
        ("Ants", 5),
        ("Ants", 11),
        ("Bees", 0),
        ("Bees", 5),
        ("Bees", 11),
    ]
    everything = reader.execute("SELECT title, sentence_index FROM sentences").fetchall()
    assert [index for _, index in everything] == [*range(12), *range(12)]
