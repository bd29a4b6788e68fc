"""Many files at once come to what one after another comes to, whatever befalls one of them."""

from __future__ import annotations

import os
from multiprocessing import active_children
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import NotSavedError, StoreError
from annotator.readers import Source
from annotator.session import bulk, crew
from annotator.session.bulk import (
    Ended,
    Known,
    Ready,
    Terms,
    list_known,
    prepare,
    prepare_all,
    shelve_all,
)
from annotator.session.crew import Crew
from annotator.session.importing import add_reading
from annotator.session.verification import verify
from annotator.store.memory import MemoryStore
from tests.builders import CountingIds, TickingClock, make_library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.session import Library
    from annotator.session.bulk import Brought, Prepared

EMPTY = "empty.txt"


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Sixty articles, one file without any in the middle, and one that is not there."""
    names = []
    for number in range(60):
        name = tmp_path / f"{number:02}.txt"
        name.write_text(f"Title {number}\n\nIt rained. Nobody came.\n", encoding="utf-8")
        names.append(str(name))
    (tmp_path / EMPTY).write_text("\n", encoding="utf-8")
    return [*names[:30], str(tmp_path / EMPTY), *names[30:], str(tmp_path / "gone.txt")]


@pytest.fixture
def _eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are started however little there is to read."""
    monkeypatch.setattr(bulk, "LITTLE", 0)


@pytest.fixture
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No transaction ends for the time that it took."""
    monkeypatch.setattr(bulk, "BATCH_MS", 10**9)


def bring_in(library: Library, prepared: Iterator[Prepared]) -> list[Brought]:
    return list(shelve_all(library, prepared, clock=TickingClock()))


def describe(library: Library) -> list[object]:
    """All that a database holds, but for when it came there."""
    store = library.store
    return [
        (
            document.id,
            document.title,
            document.source,
            store.read_text(document.id),
            list(store.read_sentences(document.id)),
            [(event.kind, event.value, event.counter) for event in store.read_events(document.id)],
        )
        for document in store.find_documents("", limit=1000)
    ]


# -- the same as one by one


@pytest.mark.usefixtures("_eager")
def test_workers_bring_what_one_process_brings_in_the_files_order(files: list[str]) -> None:
    here = list(prepare_all(files, Terms(), workers=1))
    there = list(prepare_all(files, Terms(), workers=2))
    assert there == here
    assert [one.name for one in here if isinstance(one, Ended)] == files


@pytest.mark.usefixtures("_eager")
def test_one_bad_file_is_named_and_the_rest_is_in(library: Library, files: list[str]) -> None:
    brought = bring_in(library, prepare_all(files, Terms(), workers=2))
    failed = [Path(one.name).name for one in brought if one.error is not None]
    assert failed == [EMPTY, "gone.txt"]
    assert [one.name for one in brought if one.ends] == files
    assert len(library.list_documents()) == 60
    assert [proof for proof in verify(library.store) if not proof.holds] == []


def test_a_database_is_the_same_as_after_one_by_one(library: Library, files: list[str]) -> None:
    bring_in(library, prepare_all(files, Terms()))
    one_by_one = make_library(MemoryStore(), clock=TickingClock(), ids=CountingIds())
    for one in prepare_all(files, Terms()):
        if isinstance(one, Ready):
            add_reading(one_by_one, one.reading, name=one.name)
    assert describe(library) == describe(one_by_one)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(
        st.sampled_from(["One. Two.", "Three.", "\n", "Four?\n\nFive!", ""]), max_size=9
    ),
    batch=st.integers(1, 4),
    per_line=st.booleans(),
)
def test_how_many_share_a_transaction_makes_no_difference(
    texts: list[str], batch: int, per_line: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources: list[str | Source] = [
        Source(f"text {number}", text.encode()) for number, text in enumerate(texts)
    ]
    terms = Terms(sentence_per_line=per_line)
    told, held = [], []
    for documents in (batch, 1000):
        monkeypatch.setattr(bulk, "BATCH_DOCUMENTS", documents)
        library = make_library(MemoryStore(), clock=TickingClock(), ids=CountingIds())
        brought = bring_in(library, prepare_all(sources, terms))
        told.append([(one.name, str(one.error), one.ends) for one in brought])
        held.append(describe(library))
    assert told[0] == told[1]
    assert held[0] == held[1]


def test_a_pipe_and_a_large_file_keep_their_places(
    files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "LITTLE", 0)
    Path(files[3]).write_text("A long one. " * 30, encoding="utf-8")
    monkeypatch.setattr(bulk, "LARGE", 200)
    mixed: list[str | Source] = [
        *files[:40],
        Source("standard input", b"From a pipe."),
        *files[40:],
    ]
    names = [name if isinstance(name, str) else name.name for name in mixed]
    prepared = list(prepare_all(mixed, Terms(), workers=2))
    assert [one.name for one in prepared if isinstance(one, Ended)] == names


# -- once more


@pytest.mark.usefixtures("_eager")
def test_a_second_run_cuts_nothing_and_changes_nothing(library: Library, files: list[str]) -> None:
    bring_in(library, prepare_all(files[:20], Terms()))
    assert len(list_known(library)) == 20
    before = describe(library)
    prepared = list(prepare_all(files, Terms(known=list_known(library)), workers=2))
    assert [one.name for one in prepared if isinstance(one, Known)] == files[:20]
    brought = bring_in(library, iter(prepared))
    assert [one.arrival.is_new for one in brought if one.arrival] == [False] * 20 + [True] * 40
    after = describe(library)
    assert [shelf for shelf in after if shelf in before] == before


def test_what_was_deleted_is_not_known_and_comes_back(library: Library, files: list[str]) -> None:
    bring_in(library, prepare_all(files[:2], Terms()))
    library.delete(library.list_documents()[0].document)
    brought = bring_in(library, prepare_all(files[:2], Terms(known=list_known(library))))
    arrivals = [one.arrival for one in brought if one.arrival]
    assert sorted(arrival.is_back for arrival in arrivals) == [False, True]
    assert len(library.list_documents()) == 2


# -- what goes wrong


def test_a_file_that_does_not_fit_into_memory_is_an_error(
    files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(name: str, **_: object) -> Source:
        raise MemoryError

    monkeypatch.setattr(bulk, "read_file", fail)
    (ended,) = prepare(files[0], Terms())
    assert isinstance(ended, Ended)
    assert "memory" in str(ended.error)


@pytest.mark.usefixtures("_unhurried")
def test_what_is_in_stays_when_the_database_fails(
    library: Library, files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH_DOCUMENTS", 4)
    add, added = library.add, []

    def fail(*arguments: object, **named: object) -> object:
        added.append(arguments)
        if len(added) == 6:
            raise StoreError("The disk is full.")
        return add(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(library, "add", fail)
    told: list[Brought] = []
    with pytest.raises(NotSavedError, match="disk is full"):
        told.extend(shelve_all(library, prepare_all(files, Terms()), clock=TickingClock()))
    assert [one.name for one in told if one.arrival] == files[:4]
    assert len(library.list_documents()) == 4


@pytest.mark.usefixtures("_eager", "_unhurried")
def test_an_interruption_ends_the_workers_and_keeps_what_is_in(
    library: Library, files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH_DOCUMENTS", 4)

    def stop_at_ten(prepared: Iterator[Prepared]) -> Iterator[Prepared]:
        for one in prepared:
            if one.name == files[10]:
                raise KeyboardInterrupt
            yield one

    before = set(active_children())
    prepared = prepare_all(files, Terms(), workers=2)
    with pytest.raises(KeyboardInterrupt):
        bring_in(library, stop_at_ten(prepared))
    prepared.close()  # type: ignore[attr-defined]
    assert set(active_children()) <= before
    assert len(library.list_documents()) == 8


# -- workers that die


def work(file: str, mark: str) -> str:
    """What it does is told by the file's name."""
    if "dies" in file:
        os._exit(9)
    if "kept" in file and "once" in file and not Path(mark).exists():
        Path(mark).touch()
        os._exit(1)
    return file.upper()


def test_a_worker_that_dies_loses_its_own_file_alone(tmp_path: Path) -> None:
    files = [f"file {number}" for number in range(100)]
    files[33], files[34], files[90] = "dies 33", "dies 34", "dies 90"
    with Crew(work, str(tmp_path / "mark"), workers=2) as opened:
        done = list(opened.work_through((file, 1) for file in files))
    assert done == [(file, None if "dies" in file else file.upper()) for file in files]


def test_a_file_beside_one_that_dies_is_not_blamed(tmp_path: Path) -> None:
    files = ["kept once", *(f"kept {number}" for number in range(20))]
    with Crew(work, str(tmp_path / "mark"), workers=2) as opened:
        done = list(opened.work_through((file, 1) for file in files))
    assert done == [(file, file.upper()) for file in files]


def test_no_more_is_handed_out_than_fits_ahead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "AHEAD_FILES", 16)
    handed: list[str] = []

    def hand_out() -> Iterator[tuple[str, int]]:
        for number in range(200):
            handed.append(str(number))
            yield str(number), 1

    with Crew(work, str(tmp_path), workers=2) as opened:
        for taken, _ in enumerate(opened.work_through(hand_out())):
            assert len(handed) <= taken + 16 + 2 * crew.CHUNK_FILES
