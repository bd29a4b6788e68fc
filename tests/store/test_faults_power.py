"""A loss of power: only what was told to be on the disk is there, and every saved label is in it.

A program that labels is watched by strace. Of what it wrote, only that counts which it had the
system put on the disk (fsync, fdatasync) before it told of a label: the files are put together from
that alone, and opened.
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

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

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


def watch(path: Path, *, seed: int, seconds: str) -> list[re.Match[str]]:
    """The calls of a program that acts, in order."""
    trace = path.with_name("trace")
    # A file: of a device strace says more than its name.
    with path.with_name("told").open("wb") as told:
        _watch(path, trace, told, seed=seed, seconds=seconds)
    calls = []
    for line in trace.read_text(encoding="ascii").splitlines():
        # With -xx names are in hexadecimal as well, or not, as the version of strace has it.
        found = _CALL.search(line)
        if found is not None:
            calls.append(found)
    return calls


def _watch(path: Path, trace: Path, told: IO[bytes], *, seed: int, seconds: str) -> None:
    subprocess.run(
        [
            *("strace", "-f", "-y", "-xx", "-s", "10000000", "-o", str(trace)),
            *("-e", "trace=pwrite64,write,fsync,fdatasync,ftruncate,rename"),
            *(sys.executable, "-m", "tests.store.acting", str(path), str(seed), seconds),
            str(path.with_name("other.db")),
        ],
        cwd=ROOT,
        stdout=told,
        check=True,
        timeout=120,
    )


def replay(disk: Disk, calls: list[re.Match[str]], folder: Path) -> Iterator[str]:
    """Each newest saved event's id, once what was told before it has happened to the disk."""
    said = b""
    for call in calls:
        path = read_text(call["path"])
        name = path.rsplit("/", 1)[-1]
        content = bytes.fromhex((call["bytes"] or "").replace("\\x", ""))
        if call["fd"] == "1":
            said += content
            if said.endswith(b"\n"):
                words, said = said.split(), b""
                if words[0] == b"saved":
                    yield words[2].decode()
        if path.rsplit("/", 1)[0] != str(folder) or not name.startswith("annotator.db"):
            continue
        match call["name"]:
            case "pwrite64":
                disk.write(name, int(call["at"]), content[: int(call["result"])])
            case "ftruncate":
                size = int(call["size"])
                file = disk.seen.setdefault(name, bytearray())
                file[size:] = bytes(max(0, size - len(file)))
            case "fsync" | "fdatasync":
                disk.sync(name)


def read_text(name: str) -> str:
    if not name.startswith("\\x"):
        return name
    return bytes.fromhex(name.replace("\\x", "")).decode()


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
def test_every_label_told_as_saved_outlives_a_loss_of_power(path: Path, seed: int) -> None:
    fill(path, labels=3)
    fill(path.with_name("other.db"), labels=10, reviewer="ben")
    disk = Disk({path.name: path.read_bytes()})
    calls = watch(path, seed=seed, seconds="3")
    told: list[str] = []
    for id_ in replay(disk, calls, path.parent):
        told.append(id_)
        if len(told) % 7 == 0:
            left = disk.restart(path.parent / f"restart-{len(told)}")
            assert set(told) <= set(list_ids(left)), f"after {len(told)} acts"
            shutil.rmtree(left.parent)
    assert len(told) > 50
    with closing(SqliteStore.open(str(path))) as store:
        assert "ben" in {event.reviewer for event in store.read_log()}, "nothing was merged"


@pytest.mark.long
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
