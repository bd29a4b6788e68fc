"""`annotator backup` and `annotator recover`, and the copies that are made unasked."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.session import open_library
from annotator.store.sqlite import SqliteStore
from tests.builders import article as make_article
from tests.builders import make_library, put
from tests.cli.conftest import run_apart
from tests.store.desk import make
from tests.store.test_migrations import make_first_version

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.session import Session
    from tests.cli.conftest import Command

    Act = Callable[..., None]


def label_first(session: Session) -> None:
    session.annotate(0, "claim")


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_a_database_that_says_the_same(
    annotator: Command, article: str, folder: Path, label: Act
) -> None:
    label(article, label_first)
    (folder / "safe").mkdir()
    result = annotator("backup", "safe/monday.db")
    assert (result.status, result.out) == (0, "")
    assert "safe/monday.db is a copy of" in result.err
    assert list_names(folder / "safe") == ["monday.db"]
    for command in (["export", "--history"], ["verify"], ["status"]):
        assert annotator(*command, "--db", "safe/monday.db").out == annotator(*command).out


@pytest.mark.parametrize("writers", [1, 5])
def test_a_backup_while_somebody_writes_is_of_one_moment(
    annotator: Command, article: str, folder: Path, writers: int
) -> None:
    stop, begun = threading.Event(), threading.Barrier(writers + 1, timeout=30)

    def write(reviewer: str) -> int:
        acts = 0
        with closing(open_library(reviewer=reviewer)) as library:
            session = library.open(library.resolve(article))
            while not stop.is_set():
                session.annotate(acts % 3, ("claim", "denial")[acts // 3 % 2])
                acts += 1
                if acts == 1:
                    begun.wait()
        return acts

    with ThreadPoolExecutor() as pool:
        writing = [pool.submit(write, f"ben {number}") for number in range(writers)]
        try:
            begun.wait()
            for number in range(5):
                assert annotator("backup", f"copy-{number}.db").status == 0
        finally:
            stop.set()
        acts = sum(one.result() for one in writing)
    with closing(SqliteStore.open("db/annotator.db")) as store:
        everything = [event.id for event in store.read_log()]
    assert acts == sum(1 for _ in everything) - 1
    for number in range(5):
        assert annotator("verify", "--db", f"copy-{number}.db").status == 0
        with closing(SqliteStore.open(f"copy-{number}.db")) as store:
            kept = [event.id for event in store.read_log()]
        assert kept == everything[: len(kept)]
        assert len(kept) > writers


def test_a_backup_replaces_nothing_unless_told_to(
    annotator: Command, article: str, folder: Path
) -> None:
    (folder / "there.db").write_text("mine")
    result = annotator("backup", "there.db")
    assert (result.status, "there already" in result.message) == (1, True)
    assert (folder / "there.db").read_text() == "mine"
    assert annotator("backup", "there.db", "--force").status == 0
    assert annotator("verify", "--db", "there.db").status == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["db/annotator.db"], "is the database that is being read"),
        (["db/annotator.db", "--force"], "is the database that is being read"),
        (["db/annotator.db-wal"], "is the database that is being read"),
        (["db"], "is a folder"),
        (["nowhere/x.db"], "There is no folder"),
        (["x.db", "--db", "missing.db"], "There is no database missing.db"),
        (["x.db", "--db", "article.txt"], "is not a database"),
    ],
)
def test_a_backup_that_cannot_be_is_one_line(
    annotator: Command, article: str, folder: Path, arguments: list[str], said: str
) -> None:
    before = list_names(folder), list_names(folder / "db")
    result = annotator("backup", *arguments)
    assert result.status == 1
    assert said in result.message
    assert (list_names(folder), list_names(folder / "db")) == before


def test_a_damaged_database_is_not_backed_up(
    annotator: Command, article: str, folder: Path
) -> None:
    break_page(folder / "db" / "annotator.db", 3)
    result = annotator("backup", "copy.db")
    assert (result.status, "is damaged" in result.message) == (1, True)
    assert "annotator recover" in result.message
    assert not (folder / "copy.db").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
def test_a_backup_has_the_rights_of_the_umask(
    annotator: Command, article: str, folder: Path
) -> None:
    before = os.umask(0o027)
    try:
        assert annotator("backup", "copy.db").status == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE((folder / "copy.db").stat().st_mode) == 0o640


# -- copies made unasked


def test_a_database_is_kept_before_it_is_migrated(annotator: Command, folder: Path) -> None:
    make(folder / "newer.db")
    make_first_version(folder / "older.db", folder / "newer.db")
    with closing(sqlite3.connect(folder / "older.db")) as connection:
        events = connection.execute("SELECT count(*) FROM event").fetchall()
    done = run_apart("documents", "--db", "older.db")
    assert done.returncode == 0
    assert b"annotator: older.db is brought up to date" in done.stderr
    kept = folder / "older.before-v4.db"
    assert kept.name.encode() in done.stderr
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM event").fetchall() == events != [(0,)]
    assert ["copies", kept.name] in annotator("info", "--db", "older.db").rows
    assert run_apart("documents", "--db", "older.db").stderr == b""


def test_a_copy_from_before_a_migration_is_never_written_over(
    annotator: Command, folder: Path
) -> None:
    make(folder / "newer.db")
    for _ in range(2):
        (folder / "older.db").unlink(missing_ok=True)
        make_first_version(folder / "older.db", folder / "newer.db")
        assert annotator("documents", "--db", "older.db").status == 0
    assert {"older.before-v4.db", "older.before-v4-2.db"} <= set(list_names(folder))


def test_without_room_for_a_copy_nothing_is_migrated(
    annotator: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(folder / "newer.db")
    make_first_version(folder / "older.db", folder / "newer.db")
    monkeypatch.setattr("annotator.store.backing_up._has_room", lambda location, copy: False)
    result = annotator("documents", "--db", "older.db")
    assert (result.status, "no room" in result.message) == (1, True)
    with closing(sqlite3.connect(folder / "older.db")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_a_new_database_and_a_current_one_leave_no_copy(
    annotator: Command, article: str, folder: Path
) -> None:
    annotator("documents")
    assert [name for name in list_names(folder / "db") if "before" in name] == []


def test_before_a_merge_the_database_is_kept_and_a_second_merge_leaves_that_copy(
    annotator: Command, article: str, folder: Path
) -> None:
    before = annotator("export").out
    make(folder / "other.db")
    result = annotator("merge", "other.db")
    assert "annotator.before-merge.db" in result.err
    assert "nothing was changed" in annotator("merge", "other.db").err
    kept = "db/annotator.before-merge.db"
    assert annotator("export", "--db", kept).out == before
    assert "annotator.before-merge-new.db" not in list_names(folder / "db")


def test_a_rehearsal_keeps_nothing(annotator: Command, article: str, folder: Path) -> None:
    make(folder / "other.db")
    assert annotator("merge", "other.db", "--dry-run").status == 0
    assert annotator("rename-reviewer", "ana", "anna", "--dry-run").status == 0
    assert [name for name in list_names(folder / "db") if "before" in name] == []


def test_before_a_renaming_the_database_is_kept(
    annotator: Command, article: str, folder: Path, label: Act
) -> None:
    label(article, label_first)
    before = annotator("export").out
    result = annotator("rename-reviewer", "ana", "anna")
    assert "annotator.before-rename.db" in result.err
    assert annotator("export", "--db", "db/annotator.before-rename.db").out == before


# -- recover


def break_page(path: Path, number: int, size: int = 4096) -> None:
    """Overwrite one page, counted from 1, with noise."""
    with path.open("r+b") as file:
        file.seek((number - 1) * size)
        file.write(b"\xa5\x5a\x0d\xff" * (size // 4))


def make_library_of(path: Path, *, sentences: int, documents: int = 1) -> None:
    with closing(SqliteStore.open(str(path))) as store:
        library = make_library(store)
        for number in range(documents):
            session = library.open(
                put(library, make_article(sentences, title=f"The harbour {number}"))
            )
            for index in range(sentences):
                session.annotate(index, ("claim", "denial", "background")[index % 3])
            session.undo()


def count_labels(annotator: Command, database: str) -> int:
    documents = annotator("export", "--db", database).json["documents"]
    return sum(
        bool(sentence["annotations"])
        for document in documents
        for sentence in document["sentences"]
    )


def test_of_a_sound_database_nothing_is_lost(
    annotator: Command, article: str, folder: Path, label: Act
) -> None:
    label(article, label_first)
    result = annotator("recover", "db/annotator.db", "-o", "new.db")
    assert result.status == 0
    assert [row[0] for row in result.rows] == ["kept"]
    assert "lost" not in result.err
    assert (
        annotator("export", "--history", "--db", "new.db").out
        == annotator("export", "--history").out
    )


def test_whichever_page_is_broken_the_rest_is_kept(annotator: Command, folder: Path) -> None:
    path, damaged = folder / "whole.db", folder / "damaged.db"
    make_library_of(path, sentences=30)
    content = path.read_bytes()
    pages, survived = len(content) // 4096, []
    for number in range(1, pages + 1):
        damaged.write_bytes(content)
        break_page(damaged, number)
        assert annotator("verify", "--db", "damaged.db").status == 1, number
        noise = damaged.read_bytes()
        result = annotator("recover", "damaged.db", "-o", "new.db", "--force")
        assert damaged.read_bytes() == noise
        assert result.status == 0, (number, result.err)
        assert annotator("verify", "--db", "new.db").status == 0, number
        survived.append(count_labels(annotator, "new.db"))
    assert sorted(survived)[len(survived) // 2] == 29
    assert min(survived) > 0
    assert list_names(folder) == ["damaged.db", "db", "new.db", "whole.db"]


def test_of_several_documents_those_that_are_whole_are_kept(
    annotator: Command, folder: Path
) -> None:
    make_library_of(folder / "damaged.db", sentences=40, documents=12)
    for number in range(40, 80):
        break_page(folder / "damaged.db", number)
    assert annotator("verify", "--db", "damaged.db").status == 1
    result = annotator("recover", "damaged.db", "-o", "new.db", "--json")
    assert result.status == 0
    assert len(result.json["kept"]) >= 3
    assert len(result.json["kept"]) + len(result.json["lost"]) == 12
    assert "lost:" in result.err
    assert annotator("verify", "--db", "new.db").status == 0


def test_without_its_header_a_database_is_kept_whole(annotator: Command, folder: Path) -> None:
    make_library_of(folder / "damaged.db", sentences=30)
    whole = annotator("export", "--history", "--db", "damaged.db").out
    content = (folder / "damaged.db").read_bytes()
    (folder / "damaged.db").write_bytes(b"\0" * 100 + content[100:])
    assert annotator("verify", "--db", "damaged.db").status == 1
    assert annotator("recover", "damaged.db", "-o", "new.db").status == 0
    assert annotator("export", "--history", "--db", "new.db").out == whole


@pytest.mark.parametrize("part", [0.9, 0.5])
def test_a_truncated_file_gives_what_is_left(annotator: Command, folder: Path, part: float) -> None:
    make_library_of(folder / "damaged.db", sentences=40, documents=6)
    content = (folder / "damaged.db").read_bytes()
    (folder / "damaged.db").write_bytes(content[: int(len(content) * part)])
    result = annotator("recover", "damaged.db", "-o", "new.db")
    assert result.status == 0, result.err
    assert annotator("verify", "--db", "new.db").status == 0
    assert count_labels(annotator, "new.db") > 0


def leave_open(folder: Path) -> tuple[bytes, bytes]:
    """A database and its log, as a program leaves them that was killed: no label is in the file."""
    path = folder / "source.db"
    make_library_of(path, sentences=30)
    held = SqliteStore.open(str(path))
    with closing(held):
        library = make_library(held, reviewer="ben")
        session = library.open(held.find_documents("", limit=1)[0])
        for index in range(30):
            session.annotate(index, "claim")
        return path.read_bytes(), path.with_name("source.db-wal").read_bytes()


def flip(log: bytes, at: int) -> bytes:
    return log[:at] + bytes([log[at] ^ 0x10]) + log[at + 1 :]


@pytest.mark.parametrize(
    ("harm", "least"),
    [
        (lambda log: log, 59),
        (lambda log: b"", 29),
        (lambda log: log[: len(log) // 2], 30),
        (lambda log: log[:-1], 50),
        (lambda log: flip(log, 32 + 16), 59),
        (lambda log: b"\0" * 32 + log[32:], 59),
    ],
    ids=["whole", "missing", "half", "torn", "checksum", "header"],
)
def test_of_a_damaged_log_all_that_was_committed_and_is_there_is_kept(
    annotator: Command, folder: Path, harm: Callable[[bytes], bytes], least: int
) -> None:
    file, log = leave_open(folder)
    (folder / "damaged.db").write_bytes(file)
    if harm(log):
        (folder / "damaged.db-wal").write_bytes(harm(log))
    result = annotator("recover", "damaged.db", "-o", "new.db")
    assert result.status == 0, result.err
    assert annotator("verify", "--db", "new.db").status == 0
    exported = annotator("export", "--db", "new.db").json["documents"][0]["sentences"]
    assert sum(len(sentence["annotations"]) for sentence in exported) >= least
    assert (folder / "damaged.db").read_bytes() == file


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "There is no database"),
        (b"", "is empty"),
        (b"a text, and no database\n" * 999, "holds no document"),
        (b"SQLite format 3\0" + b"\xff" * 9000, "holds no document"),
    ],
)
def test_where_nothing_is_left_there_is_no_new_file(
    annotator: Command, folder: Path, content: bytes | None, said: str
) -> None:
    if content is not None:
        (folder / "damaged.db").write_bytes(content)
    result = annotator("recover", "damaged.db", "-o", "new.db")
    assert (result.status, result.out) == (1, "")
    assert said in result.message
    assert not (folder / "new.db").exists()


def test_a_newer_database_is_not_guessed_at(annotator: Command, folder: Path) -> None:
    make(folder / "newer.db")
    with closing(sqlite3.connect(folder / "newer.db")) as connection:
        connection.execute("PRAGMA user_version = 99")
    result = annotator("recover", "newer.db", "-o", "new.db")
    assert (result.status, "newer" in result.message) == (1, True)
