"""A large article out in every format, and ten thousand small ones in."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from time import perf_counter
from typing import TYPE_CHECKING, Final

import psutil

from annotator.exporters import list_exporters
from annotator.session import open_library
from tests.benchmarks.figures import Row
from tests.benchmarks.texts import write_prose

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.session import Library, Session

QUICK: Final = frozenset({"json", "jsonl", "csv"})
"""Formats that are promised in 4 seconds; the others in 10."""

MEMORY: Final = "150 MB"

SENTENCES: Final = 100_000
ARTICLES: Final = 10_000
LENGTH: Final = 30
"""Sentences of an article of a whole library."""


def measure_formats(folder: Path) -> list[Row]:
    """Each exporter on one article, every sentence labelled and every second one a denial of the
    one before; then the import of a folder.
    """
    place = folder / "formats"
    place.mkdir()
    database = _make_labelled(place)
    rows = []
    for name in list_exporters():
        target = str(place / f"out-{name}")
        taken = measure_command(place, "export", "--format", name, "--db", database, "-o", target)
        rows += _tell(f"export to {name}, {SENTENCES:,} labelled sentences", taken, _promise(name))
    return rows + _measure_import(place)


def _promise(name: str) -> str:
    return "4 s" if name in QUICK else "10 s"


def _make_labelled(place: Path) -> str:
    (place / "prose.txt").write_text(write_prose(SENTENCES), encoding="utf-8")
    database = str(place / "labelled.db")
    measure_command(place, "import", str(place / "prose.txt"), "--db", database)
    library = open_library(database, reviewer="ana")
    library.store.transact(lambda: _label_all(library))
    library.close()
    return database


def _label_all(library: Library) -> None:
    """In one transaction: a hundred thousand commits take minutes, and are measured elsewhere."""
    for shelved in library.list_documents():
        session = library.open(shelved.document)
        for index in range(session.document.sentence_count):
            _label(session, index)


def _label(session: Session, index: int) -> None:
    session.annotate(index, "denial" if index % 2 else "claim")
    if index % 2:
        session.link(index, [index - 1])


def _measure_import(place: Path) -> list[Row]:
    articles = place / "articles"
    articles.mkdir()
    length = 0
    for number in range(ARTICLES):
        text = write_prose(LENGTH, seed=number)
        length += len(text)
        (articles / f"{number:05}.txt").write_text(text, encoding="utf-8")
    command = ("import", str(articles), "--db", str(place / "articles.db"))
    what = f"import, {ARTICLES:,} articles of {LENGTH} sentences ({length / 1e6:.0f} MB)"
    first, again = measure_command(place, *command), measure_command(place, *command)
    return [
        *_tell(what, first, "60 s"),
        *_tell("the same once more: all are there already", again, ""),
    ]


def measure_command(place: Path, *arguments: str) -> tuple[float, float]:
    """Seconds of a command, and peak MB of it and the processes that it starts, together: what
    they share is counted in each, so it is no less than this. `AssertionError` where it fails.
    """
    begun, peak = perf_counter(), 0
    with (place / "said").open("w+b") as said:
        command = [sys.executable, "-m", "annotator", *arguments]
        child = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        while child.poll() is None:
            peak = max(peak, _sum_memory(child))
            with suppress(psutil.TimeoutExpired):
                child.wait(timeout=0.05)
        seconds = perf_counter() - begun
        said.seek(0)
        if child.returncode:
            raise AssertionError(f"{' '.join(command)}: {said.read().decode()[-2000:]}")
    return seconds, peak / 1e6


def _sum_memory(parent: psutil.Process) -> int:
    """Bytes resident in a process and in all below it."""
    total = 0
    with suppress(psutil.Error):
        for process in (parent, *parent.children(recursive=True)):
            with suppress(psutil.Error):
                total += process.memory_info().rss
    return total


def _tell(what: str, taken: tuple[float, float], promise: str) -> list[Row]:
    seconds, memory = taken
    return [
        Row(what, f"{seconds:.1f} s", "", "", promise),
        Row("— peak memory", f"{memory:.0f} MB", "", "", MEMORY),
    ]
