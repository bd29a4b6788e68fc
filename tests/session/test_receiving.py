"""What a file says of an article, in the log."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from jsonschema import validate

from annotator.errors import SchemeError
from annotator.exporters import Corpus, find_exporter, read_schema
from annotator.exporters.json import write
from annotator.readers import Source, annotator
from annotator.session import open_library
from annotator.session.delivery import Choice, write_corpus
from annotator.session.exporting import read_labelled
from annotator.session.history import tell_history
from annotator.session.importing import add_reading
from annotator.session.schemes import read_scheme_in_force
from annotator.session.verification import verify
from annotator.store.memory import MemoryStore
from tests.builders import article, make_library, put
from tests.exporters.corpus import corpora, golden_corpus

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.session import Library


def bring_in(library: Library, written: str) -> list[int]:
    """How many annotations came with each document."""
    readings = annotator.read(Source("export.json", written.encode()))
    return [add_reading(library, reading, name="export.json")[0].received for reading in readings]


def write_out(library: Library, *, history: bool = False) -> str:
    store = library.store
    listed = [shelved.document for shelved in store.list_documents("")]
    chosen = sorted(listed, key=lambda document: document.id)
    labelled = read_labelled(store, chosen, history=history)
    with store.snapshot():
        return "".join(write(Corpus(read_scheme_in_force(store), labelled)))


@given(corpus=corpora())
def test_an_export_comes_back_byte_for_byte(corpus: Corpus) -> None:
    written = "".join(write(corpus))
    library = make_library(MemoryStore())
    bring_in(library, written)
    assert write_out(library) == written


def test_an_export_comes_back_byte_for_byte_from_a_database(tmp_path: Path) -> None:
    written = "".join(write(golden_corpus()))
    with closing(open_library(str(tmp_path / "a.db"), reviewer="lea")) as library:
        assert sum(bring_in(library, written)) == 7
        assert write_out(library) == written
        assert all(proof.holds for proof in verify(library.store))


def test_the_same_file_twice_brings_nothing_twice() -> None:
    written = "".join(write(golden_corpus()))
    library = make_library(MemoryStore())
    assert sum(bring_in(library, written)) == 7
    before = library.store.count_rows()
    assert sum(bring_in(library, written)) == 0
    assert library.store.count_rows() == before


def test_what_was_changed_here_since_stays() -> None:
    written = "".join(write(golden_corpus()))
    library = make_library(MemoryStore(), reviewer="ana")
    bring_in(library, written)
    labelled = next(one for one in golden_corpus().documents if one.document.author)
    session = library.open(library.resolve(labelled.document.id))
    session.annotate(0, "background")
    changed = write_out(library)
    bring_in(library, written)
    assert write_out(library) == changed


def test_imported_labels_are_taken_back_by_one_undo() -> None:
    library = make_library(MemoryStore(), reviewer="ana")
    bring_in(library, "".join(write(golden_corpus())))
    labelled = next(one for one in golden_corpus().documents if one.document.author)
    session = library.open(library.resolve(labelled.document.id))
    session.undo()
    assert not session.measure_progress().counts.get("claim")
    assert [one.reviewer for one in library.store.read_annotations(labelled.document.id)] == [
        "ben"
    ] * 3
    session.redo()
    assert write_out(library) == "".join(write(golden_corpus()))


def test_the_history_comes_back_event_by_event() -> None:
    first = make_library(MemoryStore(), reviewer="ana")
    bring_in(first, "".join(write(golden_corpus())))
    document = first.list_documents()[0].document
    session = first.open(document)
    session.annotate(0, "claim")
    session.note(0, "why?")
    session.undo()
    written = write_out(first, history=True)
    validate(json.loads(written), json.loads(read_schema()))
    second = make_library(MemoryStore(), reviewer="lea")
    bring_in(second, written)
    assert write_out(second, history=True) == written
    bring_in(second, written)
    assert write_out(second, history=True) == written
    assert len(list(tell_history(second.store, document))) == len(
        list(tell_history(first.store, document))
    )


def test_another_scheme_is_refused_once_there_is_a_label_and_taken_before() -> None:
    corpus = golden_corpus()
    labels = tuple(replace(label, definition="Mine.") for label in corpus.scheme.labels)
    scheme = replace(corpus.scheme, name="mine", labels=labels)
    written = "".join(write(Corpus(scheme, list(corpus.documents))))
    fresh = make_library(MemoryStore())
    bring_in(fresh, written)
    assert fresh.scheme == scheme
    used = make_library(MemoryStore())
    bring_in(used, "".join(write(golden_corpus())))
    with pytest.raises(SchemeError, match=r"'mine'.*'fact-check'"):
        bring_in(used, written)


def test_a_label_that_the_scheme_lacks_is_refused_by_name() -> None:
    corpus = golden_corpus()
    reading = next(annotator.read(Source("x.json", "".join(write(corpus)).encode())))
    while not reading.said:
        *_, reading = annotator.read(Source("x.json", "".join(write(corpus)).encode()))
    other = tuple(replace(one, label="rumour") for one in reading.said)
    library = make_library(MemoryStore())
    with pytest.raises(SchemeError, match=r"'rumour'.*background, claim, denial"):
        add_reading(library, replace(reading, said=other, scheme=None), name="x.json")
    assert not library.list_documents()


def test_only_sentences_with_a_label_are_written_where_one_is_named() -> None:
    library = make_library(MemoryStore())
    bring_in(library, "".join(write(golden_corpus())))
    documents = tuple(shelved.document for shelved in library.list_documents())
    chosen = Choice(documents, None, ("denial",))
    written = "".join(write_corpus(library.store, find_exporter("json"), chosen))
    assert written.count('"paragraph"') == 1


def test_a_newer_label_comes_in_and_an_older_one_does_not_at_the_same_time() -> None:
    source = make_library(MemoryStore(), reviewer="ana")
    session = source.open(put(source, article()))
    session.annotate(0, "claim")
    target = make_library(MemoryStore(), reviewer="lea")
    older = write_out(source)
    assert bring_in(target, older) == [1]
    session.annotate(0, "denial")
    assert bring_in(target, write_out(source)) == [1]
    assert bring_in(target, older) == [0]
    (here,) = target.store.read_annotations(session.document.id)
    assert here.label == "denial"
