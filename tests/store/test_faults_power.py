"""A loss of power: only what was told to be on the disk is there, and every saved label is in it.

A program that labels, or migrates, is watched by strace. Of what it wrote, only that counts which
it had the system put on the disk (fsync, fdatasync) before it told of a label: the files are put
together from that alone, and opened.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotator.store.sqlite import SqliteStore
from tests.store.faults import ROOT, fill, list_ids, run_command
from tests.store.test_migrations import make_first_version

if TYPE_CHECKING:
    from collections.abc import Iterator

if shutil.which("strace") is None:
    pytest.skip("strace is not installed", allow_module_level=True)

_CALL = re.compile(
    r'(?P<name>\w+)\((?P<fd>\d+)<(?P<path>[^>]*)>(?:, "(?P<bytes>(?:\\x[0-9a-f]{2})*)", \d+'
    r"(?:, (?P<at>\d+))?)?(?:, (?P<size>\d+))?\)\s+= (?P<result>-?\d+)"
)


class Disk:
    """Files as the program sees them, and as they are after a loss of power."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.seen = {name: bytearray(content) for name, content in files.items()}
        self.kept = dict(files)

    def write(self, name: str, at: int, content: bytes) -> None:
        file = self.seen.setdefault(name, bytearray())
        file.extend(bytes(max(0, at + len(content) - len(file))))
        file[at : at + len(content)] = content

    def sync(self, name: str) -> None:
        self.kept[name] = bytes(self.seen.get(name, b""))

    def restart(self, folder: Path) -> Path:
        """What is left, in a folder of its own."""
        folder.mkdir()
        for name, content in self.kept.items():
            (folder / name).write_bytes(content)
        return folder / "annotator.db"


def watch(*program: str, path: Path) -> list[re.Match[str]]:
    """The calls of a Python program that acts on the database at this path, in order."""
    trace = path.with_name("trace")
    command = (
        *("strace", "-f", "-y", "-xx", "-s", "10000000", "-o", str(trace)),
        *("-e", "trace=pwrite64,write,fsync,fdatasync,ftruncate,rename"),
        *(sys.executable, *program),
    )
    # A file: of a device strace says more than its name.
    with path.with_name("told").open("wb") as told:
        subprocess.run(command, cwd=ROOT, stdout=told, check=True, timeout=120)
    calls = []
    for line in trace.read_text(encoding="ascii").splitlines():
        # With -xx names are in hexadecimal as well, or not, as the version of strace has it.
        found = _CALL.search(line)
        if found is not None:
            calls.append(found)
    return calls


def replay(disk: Disk, calls: list[re.Match[str]], folder: Path) -> Iterator[str]:
    """Each newest saved event's id, once what was told before it has happened to the disk."""
    said = b""
    for call in calls:
        if call["fd"] == "1":
            said += read_bytes(call)
            if said.endswith(b"\n"):
                words, said = said.split(), b""
                if words[0] == b"saved":
                    yield words[2].decode()
        do(disk, call, folder)


def do(disk: Disk, call: re.Match[str], folder: Path) -> bool:
    """What a call does to the files of the database; whether it brings anything onto the disk."""
    place, _, name = read_text(call["path"]).rpartition("/")
    if place != str(folder) or not name.startswith("annotator.db"):
        return False
    match call["name"]:
        case "pwrite64":
            disk.write(name, int(call["at"]), read_bytes(call)[: int(call["result"])])
        case "ftruncate":
            size = int(call["size"])
            file = disk.seen.setdefault(name, bytearray())
            file[size:] = bytes(max(0, size - len(file)))
        case "fsync" | "fdatasync":
            disk.sync(name)
            return True
    return False


def read_bytes(call: re.Match[str]) -> bytes:
    return bytes.fromhex((call["bytes"] or "").replace("\\x", ""))


def read_text(name: str) -> str:
    if not name.startswith("\\x"):
        return name
    return bytes.fromhex(name.replace("\\x", "")).decode()


@pytest.mark.parametrize(
    ("seed", "seconds"),
    [(0, 1), *(pytest.param(seed, 3, marks=pytest.mark.long) for seed in range(3))],
)
def test_every_label_told_as_saved_outlives_a_loss_of_power(
    path: Path, seed: int, seconds: int
) -> None:
    fill(path, labels=3)
    other = path.with_name("other.db")
    fill(other, labels=10, reviewer="ben")
    disk = Disk({path.name: path.read_bytes()})
    acting = ("-m", "tests.store.acting", str(path), str(seed), str(seconds), str(other))
    calls = watch(*acting, path=path)
    told: list[str] = []
    for id_ in replay(disk, calls, path.parent):
        told.append(id_)
        if len(told) % 7 == 0:
            left = disk.restart(path.parent / f"restart-{len(told)}")
            assert set(told) <= set(list_ids(left)), f"after {len(told)} acts"
            shutil.rmtree(left.parent)
    assert len(told) > 20 * seconds
    with closing(SqliteStore.open(str(path))) as store:
        assert "ben" in {event.reviewer for event in store.read_log()}, "nothing was merged"


def test_an_older_database_that_loses_power_while_it_is_migrated_has_all_that_was_in_it(
    path: Path,
) -> None:
    newer = path.with_name("newer.db")
    fill(newer, labels=30)
    expected = list_ids(newer)
    make_first_version(path, newer)
    disk = Disk({path.name: path.read_bytes()})
    opening = "import sys; from annotator.store.sqlite import SqliteStore as Store;"
    calls = watch("-c", f"{opening} Store.open(sys.argv[1]).close()", str(path), path=path)
    times = 0
    for call in calls:
        if do(disk, call, path.parent):
            times += 1
            left = disk.restart(path.parent / f"restart-{times}")
            assert list_ids(left) == expected, f"after what was brought onto the disk {times} times"
    assert times > 3


@pytest.mark.parametrize("words", ["export -o", "backup", "recover annotator.db -o"])
def test_a_file_and_its_name_are_on_the_disk_before_it_is_told_of(path: Path, words: str) -> None:
    fill(path, labels=3)
    trace, target = path.with_name("trace"), path.with_name("made")
    database = () if words.startswith("recover") else ("--db", path.name)
    watcher = (
        "strace",
        "-f",
        "-y",
        "-e",
        "trace=fsync,rename,renameat,renameat2",
        "-o",
        trace.name,
    )
    done = run_command(
        *words.split(),
        "made",
        *database,
        cwd=path.parent,
        prefix=(*watcher, "env", f"PYTHONPATH={ROOT}"),
    )
    assert done.returncode == 0, done
    calls = trace.read_text(encoding="utf-8")
    renamed = re.search(r'rename\w*\(.*"([^"]+\.tmp)".*"[^"]*made".*= 0', calls)
    assert renamed is not None, calls
    draft = re.escape(Path(renamed[1]).name)
    assert re.search(rf"fsync\(\d+<[^>]*{draft}>\) += 0", calls[: renamed.start()])
    assert re.search(rf"fsync\(\d+<{re.escape(str(target.parent))}>\) += 0", calls[renamed.end() :])
