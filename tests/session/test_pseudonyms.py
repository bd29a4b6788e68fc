"""Reviewers under names that say nothing of them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotator.exporters import find_exporter, list_exporters
from annotator.model.event import EventKind, Settled
from annotator.session.assigning import Deal, assign
from annotator.session.delivery import Choice, write_corpus
from annotator.session.pseudonyms import choose_pseudonyms, hide_name
from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from annotator.model.document import Document
    from annotator.session import Library
    from annotator.store.sqlite import SqliteStore

SECRETS = ("zoe", "ana", "mia")


@pytest.fixture
def library(sqlite: SqliteStore) -> Library:
    return make_library(sqlite)


@pytest.fixture
def documents(library: Library) -> list[Document]:
    """Ana brought two in; Zoe began before Mia; a program has said something too."""
    found = [put(library, article(3, title=f"Bridge {number}")) for number in (1, 2)]
    store, ids = library.store, library.drafting.ids
    for name in ("zoe", "model:cue-1", "mia"):
        session = make_library(store, name, ids=ids).open(found[1])
        session.annotate(0, "claim")
        session.deny(1, "denial", [0])
    settled = Settled("claim", "as Zo\u00eb says", rule=None)
    zoe = make_library(store, "zoe", ids=ids)
    span = zoe.open(found[1]).read_place(0).sentence.span
    settling = zoe.drafting.draft(EventKind.SETTLE, found[1].id, span=span, value=settled)
    store.transact(lambda: store.append([settling]))
    zoe.open(found[0], again=True).annotate(0, "claim")
    assign(library, found, ("mia",), deal=Deal())
    return found


def write(library: Library, choice: Choice, name: str = "json") -> str:
    return "".join(write_corpus(library.store, find_exporter(name), choice))


def test_numbers_go_by_who_began_first(library: Library, documents: list[Document]) -> None:
    del documents
    assert choose_pseudonyms(library.store) == {
        "ana": "reviewer-1",
        "zoe": "reviewer-2",
        "mia": "reviewer-3",
    }


def test_programs_keep_their_names_and_second_passes_their_mark() -> None:
    names = {"zoe": "reviewer-2"}
    assert hide_name("model:cue-1", names) == "model:cue-1"
    assert hide_name("zoe (again)", names) == "reviewer-2 (again)"
    assert "nobody" not in hide_name("nobody", names)


@pytest.mark.parametrize("name", list_exporters())
def test_no_format_tells_a_name(library: Library, documents: list[Document], name: str) -> None:
    exporter = find_exporter(name)
    choice = Choice(tuple(documents), history=name == "json", pseudonyms=True)
    if exporter.write is None:
        from annotator.session.delivery import _collect

        assert exporter.write_files is not None
        written = "".join(
            f"{path}{''.join(pieces)}"
            for path, pieces in exporter.write_files(_collect(library.store, choice))
        )
    else:
        written = write(library, choice, name)
    assert not [secret for secret in SECRETS if secret in written]


def test_the_mapping_is_the_same_whichever_documents_are_written(
    library: Library, documents: list[Document]
) -> None:
    whole = json.loads(write(library, Choice(tuple(documents), pseudonyms=True)))
    for document, expected in zip(documents, whole["documents"], strict=True):
        (alone,) = json.loads(write(library, Choice((document,), pseudonyms=True)))["documents"]
        assert alone == expected


def test_without_the_names_everything_is_as_with_them(
    library: Library, documents: list[Document]
) -> None:
    choice = Choice(tuple(documents), history=True)
    plain = json.loads(write(library, choice))
    hidden = json.loads(write(library, replace(choice, pseudonyms=True)))
    names = choose_pseudonyms(library.store)
    for document in plain["documents"]:
        for sentence in document["sentences"]:
            for said in sentence["annotations"]:
                said["reviewer"] = hide_name(said["reviewer"], names)
            settled = sentence["adjudication"]
            if settled is not None:
                settled["reviewer"] = hide_name(settled["reviewer"], names)
            sentence["annotations"].sort(key=lambda said: said["reviewer"])
        for event in document["events"]:
            event["reviewer"] = hide_name(event["reviewer"], names)
            if event["kind"] == "assign":
                event["value"]["reviewer"] = hide_name(event["value"]["reviewer"], names)
    assert hidden == plain
