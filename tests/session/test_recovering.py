"""A new database from what a damaged one still holds: what is kept, what is lost, what is told."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from annotator.errors import OutputError, StoreError
from annotator.model.event import EventKind, Renamed
from annotator.session import recovering
from annotator.session.recovering import Fate, Recovery, recover
from annotator.session.verification import Proof, verify
from annotator.store.memory import MemoryStore
from annotator.store.recovering import Salvage
from annotator.store.sqlite import SqliteStore
from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.model.document import Document


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, in which the damaged database is."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "damaged.db").write_bytes(b"noise")
    return tmp_path


@pytest.fixture
def source() -> MemoryStore:
    """Two documents: one of three sentences with a label and an undone note, and another."""
    store = MemoryStore()
    library = make_library(store)
    session = library.open(put(library, article(3)))
    session.annotate(0, "claim")
    session.note(1, "why?")
    session.undo()
    put(library, article(2, title="Another"))
    drafted = library.drafting.draft(EventKind.RENAME, None, value=Renamed("eve", "ana"))
    store.transact(lambda: store.append([drafted]))
    return store


def list_documents(store: MemoryStore) -> list[Document]:
    """The one of three sentences first."""
    found = store.find_documents("", limit=9)
    return sorted(found, key=lambda document: -document.sentence_count)


def salvage_all(store: MemoryStore) -> Salvage:
    found = Salvage()
    for document in store.find_documents("", limit=9):
        found.documents[document.id] = [(document, store.read_text(document.id))]
        found.sentences[document.id] = {
            sentence.span.start: (sentence.paragraph, sentence.span, sentence.text)
            for sentence in store.read_sentences(document.id)
        }
    found.events = {event.id: event for event in store.read_log()}
    return found


def recover_from(
    found: Salvage, monkeypatch: pytest.MonkeyPatch, *, replace: bool = False
) -> Recovery:
    monkeypatch.setattr(recovering, "salvage", lambda _name: found)
    return recover("damaged.db", "new.db", replace=replace)


def test_of_a_sound_database_all_is_kept_and_nothing_told(
    folder: Path, source: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = list_documents(source)
    done = recover_from(salvage_all(source), monkeypatch)
    kept = {
        first.id: Fate(first.id, first.title, 4, 0),
        second.id: Fate(second.id, second.title, 1, 0),
    }
    assert done == Recovery(
        kept=tuple(kept[id_] for id_ in sorted(kept)),
        lost=(),
        events=6,
        events_lost=0,
        gaps=(),
        remarks=(),
    )
    assert list(done.tell_losses()) == []
    with closing(SqliteStore.open("new.db")) as store:
        assert list(store.read_log()) == list(source.read_log())
        assert store.resolve_reviewer("eve") == "ana"
        assert all(proof.holds for proof in verify(store))
        assert [one.label for one in store.read_annotations(first.id)] == ["claim"]


def test_how_far_it_is_counts_documents(
    folder: Path, source: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, int]] = []
    found = salvage_all(source)
    monkeypatch.setattr(recovering, "salvage", lambda _name: found)
    recover("damaged.db", "new.db", report=lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


def test_the_newest_copy_of_a_text_that_holds_is_kept(
    folder: Path, source: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = list_documents(source)
    found = salvage_all(source)
    (whole,) = found.documents[first.id]
    newer = (replace(whole[0], title="Newer"), whole[1])
    broken = (replace(whole[0], title="Broken"), whole[1] + "noise")
    found.documents[first.id] = [whole, newer, broken]
    done = recover_from(found, monkeypatch)
    assert {fate.id: fate.title for fate in done.kept}[first.id] == "Newer"
    assert done.remarks == ()


def test_a_text_that_is_lost_is_put_together_and_that_is_told(
    folder: Path, source: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = list_documents(source)
    found = salvage_all(source)
    del found.documents[first.id]
    done = recover_from(found, monkeypatch)
    assert done.lost == ()
    assert list(done.tell_losses()) == [
        f"the text of the document {first.id} was lost, and was put together again from its"
        " sentences: it has the hash that it had"
    ]
    with closing(SqliteStore.open("new.db")) as store:
        assert store.read_text(first.id) == source.read_text(first.id)


def test_an_import_that_is_lost_is_written_anew_and_that_is_told(
    folder: Path, source: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = list_documents(source)
    found = salvage_all(source)
    for event in list(found.events.values()):
        if event.document_id == first.id and event.kind is EventKind.IMPORT:
            del found.events[event.id]
    done = recover_from(found, monkeypatch)
    assert list(done.tell_losses()) == [
        f"the import of the document {first.id} was lost, and was written anew: its sentences may"
        " be cut otherwise",
        "no event has the counter 1: what stood there may be lost",
    ]
    assert {fate.id: fate.events for fate in done.kept}[first.id] == 4
    with closing(SqliteStore.open("new.db")) as store:
        assert [one.label for one in store.read_annotations(first.id)] == ["claim"]


def test_a_document_that_is_lost_is_told_with_its_title_and_its_events(
    folder: Path, source: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = list_documents(source)
    found = salvage_all(source)
    del found.documents[first.id]
    del found.sentences[first.id]
    done = recover_from(found, monkeypatch)
    assert done.kept == (Fate(second.id, second.title, 1, 0),)
    assert done.lost == (Fate(first.id, first.title, 0, 4),)
    assert (done.events, done.events_lost) == (2, 4)
    assert list(done.tell_losses()) == [
        f"lost: the document {first.id} ({first.title}), and 4 of its events",
        "lost: 4 events in all",
    ]


def test_without_its_import_a_lost_document_has_the_title_of_its_newest_row(
    folder: Path, source: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = list_documents(source)
    found = salvage_all(source)
    found.events = {
        id_: event for id_, event in found.events.items() if event.document_id != first.id
    }
    del found.sentences[first.id]
    ((document, text),) = found.documents[first.id]
    found.documents[first.id] = [
        (replace(document, title=title), text + "noise") for title in ("Older", "Newer")
    ]
    assert recover_from(found, monkeypatch).lost == (Fate(first.id, "Newer", 0, 0),)


def test_what_only_an_index_names_is_lost_without_a_title(
    folder: Path, source: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = salvage_all(source)
    found.named_documents = {"0" * 16, *found.documents}
    found.named_events = {"an event", *found.events}
    done = recover_from(found, monkeypatch)
    assert done.lost == (Fate("0" * 16, None, 0, 0),)
    assert (done.events, done.events_lost) == (6, 1)
    assert list(done.tell_losses()) == [
        f"lost: the document {'0' * 16} (its title is lost), and 0 of its events",
        "lost: 1 event in all",
    ]


def test_an_undo_of_what_is_lost_goes_with_it(
    folder: Path, source: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = list_documents(source)
    found = salvage_all(source)
    (note,) = (event for event in found.events.values() if event.kind is EventKind.NOTE)
    del found.events[note.id]
    done = recover_from(found, monkeypatch)
    assert {fate.id: (fate.events, fate.lost) for fate in done.kept}[first.id] == (2, 1)
    assert list(done.tell_losses()) == [
        "lost: 1 event in all",
        "no event has the counter 3: what stood there may be lost",
    ]


def test_an_event_that_cannot_be_is_not_believed(
    folder: Path, source: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = list_documents(source)
    found = salvage_all(source)
    for event in list(found.events.values()):
        if event.kind in (EventKind.LABEL, EventKind.RENAME):
            found.events[event.id] = replace(event, reviewer=" ")
    done = recover_from(found, monkeypatch)
    assert {fate.id: (fate.events, fate.lost) for fate in done.kept}[first.id] == (3, 1)
    assert (done.events, done.events_lost) == (4, 2)


def test_gaps_are_told_ten_at_most() -> None:
    def tell(*gaps: tuple[int, int]) -> list[str]:
        return list(Recovery((), (), 0, 0, gaps, ()).tell_losses())

    end = ": what stood there may be lost"
    assert tell((1, 1)) == [f"no event has the counter 1{end}"]
    assert tell((1, 1), (3, 5)) == [f"no event has the counter 1, 3-5{end}"]
    ten = [(number, number) for number in range(1, 20, 2)]
    named = ", ".join(str(first) for first, _ in ten)
    assert tell(*ten) == [f"no event has the counter {named}{end}"]
    assert tell(*ten, (21, 22)) == [f"no event has the counter {named}, and 1 more{end}"]
    many = [(number, number) for number in range(100, 1200)]
    assert tell(*ten, *many) == [f"no event has the counter {named}, and 1,100 more{end}"]


def test_large_losses_are_told_with_commas() -> None:
    lost = (Fate("a" * 16, "Dam", 0, 1234), Fate("b" * 16, None, 0, 1))
    done = Recovery((), lost, 0, 1235, (), ("a remark",))
    assert list(done.tell_losses()) == [
        "a remark",
        f"lost: the document {'a' * 16} (Dam), and 1,234 of its events",
        f"lost: the document {'b' * 16} (its title is lost), and 1 of its events",
        "lost: 1,235 events in all",
    ]


def test_gaps_are_counters_that_no_event_has(
    folder: Path, source: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = salvage_all(source)
    found.events = {
        id_: replace(event, counter={5: 8, 6: 12}.get(event.counter, event.counter))
        for id_, event in found.events.items()
    }
    assert recover_from(found, monkeypatch).gaps == ((5, 7), (9, 11))


# -- what cannot be


def test_where_nothing_is_left_there_is_no_new_database(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StoreError) as refused:
        recover_from(Salvage(), monkeypatch)
    assert str(refused.value) == (
        "damaged.db holds no document that can be read: nothing was recovered. Go back to a copy,"
        " such as those beside it ('annotator info' names them)."
    )
    assert [path.name for path in folder.iterdir()] == ["damaged.db"]


def test_what_does_not_fit_together_is_told_by_its_first_failure(
    folder: Path, source: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    proofs = [
        Proof("hashes", "2 documents", ()),
        Proof("offsets", "2 documents", ("a first\nline", "a second")),
        Proof("replay", "2 documents", ("a third",)),
    ]
    monkeypatch.setattr(recovering, "verify", lambda _store: proofs)
    with pytest.raises(StoreError) as refused:
        recover_from(salvage_all(source), monkeypatch)
    message = str(refused.value)
    assert message.startswith("What was read of damaged.db does not fit together (a first")
    assert message.endswith("line): nothing was recovered. Go back to a copy.")
    assert message.isprintable()
    assert [path.name for path in folder.iterdir()] == ["damaged.db"]


def test_a_file_that_is_there_is_replaced_only_if_asked_for(
    folder: Path, source: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "new.db").write_text("mine", encoding="utf-8")
    found = salvage_all(source)
    with pytest.raises(OutputError, match=r"new\.db is there already"):
        recover_from(found, monkeypatch)
    assert (folder / "new.db").read_text(encoding="utf-8") == "mine"
    assert len(recover_from(found, monkeypatch, replace=True).kept) == 2


def test_the_damaged_database_is_never_written_over(
    folder: Path, source: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovering, "salvage", lambda _name: salvage_all(source))
    with pytest.raises(OutputError, match="is the database that is being read"):
        recover("damaged.db", "damaged.db", replace=True)
    assert (folder / "damaged.db").read_bytes() == b"noise"


def test_an_error_of_the_new_database_comes_through_as_it_is(
    folder: Path, source: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: SqliteStore, events: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(SqliteStore, "take_in", fail)
    with pytest.raises(StoreError) as refused:
        recover_from(salvage_all(source), monkeypatch)
    assert str(refused.value) == "The disk is full."
