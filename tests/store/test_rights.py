"""Databases that may be read and not written, or neither."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from annotator.store.sqlite import SqliteStore
from tests.builders import article, make_library, put
from tests.store.desk import make

ROOT = Path(__file__).parents[2]
NOBODY = 65534

needs_rights = pytest.mark.skipif(
    sys.platform == "win32", reason="rights to files and folders are POSIX's"
)


def as_nobody(path: Path, *, label: bool = False) -> str:
    """Read the database, or label in it, without root's rights, which ignore those of files.

    Returns what was printed: the labels, "saved", or the error.
    """
    done = subprocess.run(
        [sys.executable, "-c", LABEL if label else READ, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.strip()


# Everything is imported before root's rights go, for root may own the interpreter's files too.
BEGIN = f"""
import os, sys, urllib.parse
sys.path.insert(0, os.getcwd())
from annotator.errors import StoreError
from annotator.store.sqlite import SqliteStore
from tests.builders import make_library
if os.geteuid() == 0:
    os.setgroups([]), os.setgid({NOBODY}), os.setuid({NOBODY})
"""
READ = f"""{BEGIN}
try:
    store = SqliteStore.open(sys.argv[1], patience_ms=50)
    print([note.label for document in store.find_documents("", limit=9)
        for note in store.read_annotations(document.id)])
    store.close()
except StoreError as error:
    print(type(error).__name__, error)
"""
LABEL = f"""{BEGIN}
try:
    store = SqliteStore.open(sys.argv[1], patience_ms=50)
    library = make_library(store, "ben")
    library.open(store.find_documents("", limit=1)[0]).annotate(0, "denial")
    print("saved")
except StoreError as error:
    print(type(error).__name__, error)
"""


@pytest.fixture
def open_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place that everybody can reach: pytest's own folders are their owner's alone."""
    folder = tmp_path_factory.mktemp("open")
    for parent in (folder, *folder.parents):
        if parent.stat().st_uid == os.geteuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o055)
    folder.chmod(0o777)
    return folder / "annotator.db"


@needs_rights
def test_a_read_only_file_can_be_read_and_not_labelled(open_path: Path) -> None:
    make(open_path)
    open_path.chmod(0o444)
    assert as_nobody(open_path) == "['claim']"
    said = as_nobody(open_path, label=True)
    assert said.startswith("NotSavedError")
    assert f"{open_path} is read-only" in said


@needs_rights
def test_a_database_in_a_read_only_folder_can_be_read_and_not_labelled(open_path: Path) -> None:
    make(open_path)
    open_path.chmod(0o444)
    open_path.parent.chmod(0o555)
    try:
        assert as_nobody(open_path) == "['claim']"
        said = as_nobody(open_path, label=True)
    finally:
        open_path.parent.chmod(0o777)
    assert said.startswith("NotSavedError")
    assert f"{open_path} is read-only" in said


@needs_rights
def test_a_read_only_database_with_labels_still_in_its_log_is_not_read_without_them(
    open_path: Path,
) -> None:
    with closing(SqliteStore.open(str(open_path))) as store:
        library = make_library(store)
        library.open(put(library, article())).annotate(0, "claim")
        folder = open_path.parent / "copy"
        folder.mkdir()
        for suffix in ("", "-wal"):
            shutil.copy(f"{open_path}{suffix}", folder)
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(0o555)
    try:
        said = as_nobody(folder / open_path.name)
    finally:
        folder.chmod(0o777)
    assert "cannot be opened" in said


@needs_rights
def test_a_database_that_others_may_write_is_not_taken_for_an_archive(open_path: Path) -> None:
    make(open_path)
    open_path.parent.chmod(0o755)
    open_path.chmod(0o644)
    try:
        said = as_nobody(open_path)
    finally:
        open_path.parent.chmod(0o777)
    # Its owner, whom root is here, may write; who is not the owner cannot tell that nobody does.
    assert said == "['claim']" if os.geteuid() else f"{open_path} is read-only" in said


@needs_rights
def test_a_read_only_folder_without_a_database_is_refused(open_path: Path) -> None:
    open_path.parent.chmod(0o555)
    try:
        said = as_nobody(open_path)
    finally:
        open_path.parent.chmod(0o777)
    assert said.startswith(f"StoreError The database {open_path} cannot be opened")


@needs_rights
def test_a_file_that_may_not_be_read_is_refused(open_path: Path) -> None:
    make(open_path)
    open_path.chmod(0)
    said = as_nobody(open_path)
    assert said.startswith(f"StoreError The database {open_path} cannot be opened")


@needs_rights
def test_a_folder_that_may_not_be_entered_is_refused(open_path: Path) -> None:
    make(open_path)
    open_path.parent.chmod(0)
    try:
        said = as_nobody(open_path)
    finally:
        open_path.parent.chmod(0o777)
    assert str(open_path) in said
    assert "cannot be opened" in said
