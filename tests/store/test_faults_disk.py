"""No room on the disk, no right to write: one clear line, nothing half done, nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from annotator.store.sqlite import SqliteStore
from tests.builders import article, make_library, put
from tests.store.faults import ROOT, begin, check_message, fill, list_ids

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if sys.platform == "win32":
    pytest.skip("limits, mounts and users are POSIX's", allow_module_level=True)

ROOM = 40_000
"""Enough for what SQLite keeps in memory beside the database, and for no export."""

_LIMITED = """
import resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
sys.argv = sys.argv[2:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


def run_limited(
    size: int, module: str, *arguments: str, cwd: Path
) -> subprocess.CompletedProcess[str]:
    """A module's program that can make no file longer than so many bytes."""
    return subprocess.run(
        [sys.executable, "-c", _LIMITED, str(size), module, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def check_refused(done: subprocess.CompletedProcess[str], name: Path | str) -> None:
    assert done.returncode == 1, done
    check_message(done.stderr, name)


def list_names(folder: Path) -> set[str]:
    """What is in the folder, but for what SQLite keeps beside a database."""
    return {path.name for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm"))}


@pytest.mark.parametrize("room", [20_000, 70_000, 150_000, 300_000])
def test_labels_told_as_saved_before_the_disk_was_full_are_there(path: Path, room: int) -> None:
    fill(path, labels=5)
    before = list_ids(path)
    size = path.stat().st_size + room
    done = run_limited(size, "tests.store.acting", str(path), "1", "20", cwd=ROOT)
    told = [line for line in done.stdout.splitlines() if line.startswith("saved")]
    there = list_ids(path)
    assert there[: len(before)] == before
    assert {line.split()[2] for line in told} <= set(there)
    output = done.stdout.splitlines()[-1:] or [""]
    assert "not saved" in output[0] or "cannot be written" in done.stderr, done


def test_an_import_without_room_is_refused_and_nothing_of_it_is_there(path: Path) -> None:
    fill(path, labels=5)
    before = list_ids(path)
    source = path.with_name("article.txt")
    source.write_text("The harbour was closed on Monday by the mayor. \n" * 20_000)
    size = path.stat().st_size + 100_000
    done = run_limited(size, "annotator", "import", str(source), "--db", str(path), cwd=path.parent)
    check_refused(done, path)
    assert "not saved" in done.stderr
    assert list_ids(path) == before


def test_a_merge_without_room_is_refused_and_nothing_of_it_is_there(path: Path) -> None:
    # The databases are short enough for the limit; what the merge would add is not.
    fill(path, labels=5)
    other = path.with_name("other.db")
    fill(other, labels=200, reviewer="ben")
    before = list_ids(path)
    size = other.stat().st_size + 8192
    done = run_limited(size, "annotator", "merge", str(other), "--db", str(path), cwd=path.parent)
    if done.returncode == 0:
        assert len(list_ids(path)) > len(before)
    else:
        check_refused(done, path.parent)
        assert list_ids(path) == before
    for room in (30_000, 100_000):
        done = run_limited(
            room, "annotator", "merge", str(other), "--db", str(path), cwd=path.parent
        )
        assert done.returncode == 1
        check_message(done.stderr, path.parent)


@pytest.mark.parametrize("name", ["json", "csv", "html", "brat"])
def test_an_export_without_room_leaves_what_was_there_and_no_half_file(
    path: Path, name: str
) -> None:
    fill(path, labels=20)
    with closing(SqliteStore.open(str(path))) as store:
        put(make_library(store, "ben"), article(3000))
    there = list_ids(path)
    target = path.with_name("labels.out")
    if name != "brat":
        target.write_text("what was there before")
    before = list_names(path.parent)
    arguments = ("export", "--format", name, "-o", str(target), "--db", str(path))
    done = run_limited(ROOM, "annotator", *arguments, cwd=path.parent)
    assert done.returncode == 1, done
    check_message(done.stderr, path.parent)
    if name != "brat":
        assert list_names(path.parent) == before
        assert target.read_text() == "what was there before"
    else:
        assert not [one for one in target.rglob("*") if one.stat().st_size >= ROOM]
    assert list_ids(path) == there


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a file system of two mebibytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small file system can be mounted by root alone")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_fills_up_and_has_room_again(small_disk: Path) -> None:
    path = small_disk / "annotator.db"
    fill(path, labels=3)
    filler = small_disk / "filler"
    with closing(SqliteStore.open(str(path))) as store:
        session = begin(store)
        session.annotate(5, "claim")
        with filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * 4096)
            except OSError:
                pass
        refused = ""
        saved = 0
        for number in range(200):
            try:
                session.note(6, f"{number} " * 4000)
            except Exception as error:  # noqa: BLE001 - whatever it is, it has to be the right one
                refused = f"{type(error).__name__}: {error}"
                break
            saved += 1
        assert "NotSavedError" in refused
        assert "not saved" in refused
        assert "disk" in refused
        filler.unlink()
        assert session.annotate(7, "denial").after is not None
    # The import, three labels, the one before, the notes that were saved, the one after.
    assert len(list_ids(path)) == 1 + 3 + 1 + saved + 1


@pytest.fixture
def readonly(tmp_path: Path) -> Iterator[Path]:
    """A database in a folder that is mounted read-only while the test runs."""
    folder = tmp_path / "readonly"
    folder.mkdir()
    fill(folder / "annotator.db", labels=5)
    mounts = [
        ["mount", "--bind", str(folder), str(folder)],
        ["mount", "-o", "remount,ro,bind", str(folder)],
    ]
    if os.geteuid() != 0:
        pytest.skip("a folder can be mounted read-only by root alone")
    for command in mounts:
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("a folder cannot be mounted read-only here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_folder_that_is_read_only_is_read_and_never_written(readonly: Path) -> None:
    path = readonly / "annotator.db"
    before = path.read_bytes()
    done = run_limited(10**9, "annotator", "verify", "--db", str(path), cwd=ROOT)
    assert done.returncode == 0, done
    exported = run_limited(10**9, "annotator", "export", "--db", str(path), cwd=ROOT)
    said = [one["label"] for one in json.loads(exported.stdout)["documents"][0]["sentences"]]
    assert said[:6] == ["claim"] * 5 + [None]
    source = readonly.parent / "new.txt"
    source.write_text("The mayor closed the harbour on Monday.")
    done = run_limited(10**9, "annotator", "import", str(source), "--db", str(path), cwd=ROOT)
    check_refused(done, path)
    assert "not saved" in done.stderr or "read-only" in done.stderr
    out = str(readonly / "out.json")
    done = run_limited(10**9, "annotator", "export", "--db", str(path), "-o", out, cwd=ROOT)
    check_refused(done, out)
    assert path.read_bytes() == before
    assert [found.name for found in readonly.iterdir()] == ["annotator.db"]


@pytest.mark.parametrize("rights", [(0o444, 0o555), (0o444, 0o755), (0o644, 0o555)])
def test_without_the_right_to_write_nothing_is_told_as_saved(
    tmp_path: Path, rights: tuple[int, int]
) -> None:
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("root has every right, and there is no setpriv to take them away")
    # Root without its rights over other people's files owns its own, and is bound by their modes.
    bound = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    folder = tmp_path / "bound"
    folder.mkdir()
    path = folder / "annotator.db"
    fill(path, labels=3)
    before = list_ids(path)
    path.chmod(rights[0])
    folder.chmod(rights[1])
    try:
        done = subprocess.run(
            [*bound, sys.executable, "-m", "annotator", "review", "--plain", "--db", str(path)],
            input="c\nd\n",
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
    finally:
        folder.chmod(0o755)
        path.chmod(0o644)
    assert done.returncode == 1, done
    assert "Traceback" not in done.stderr
    for line in done.stderr.splitlines():
        check_message(line, path)
    assert done.stderr.strip()
    assert list_ids(path) == before
