"""What everything takes against how many sentences the database holds, in articles of thirty; each
figure beside the least that it could take, measured in the same run.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from functools import partial
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Final

from annotator.session import open_library
from annotator.text.segment import segment
from tests.benchmarks.clocked import MINIMAL
from tests.benchmarks.figures import Row, compare, compare_tails
from tests.benchmarks.formats import measure_command
from tests.benchmarks.keys import time_keys
from tests.benchmarks.places import locate
from tests.benchmarks.shelves import LENGTH, fill_library
from tests.benchmarks.starts import list_library, start
from tests.benchmarks.texts import write_prose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SIZES: Final = (30, 10_000, 100_000, 1_000_000)
READER: Final = f"reader {os.getpid()}"
"""Who has labelled nothing yet, in no run before either: every key is a label that is new."""

SAMPLE: Final = 3000
"""Sentences at which the floors are measured that grow with nothing but them."""

_TURNS: Final = 5
_BARE_COMMIT: Final = "INSERT INTO event (label) VALUES ('claim')"
_PEAK: Final = "— peak memory"


def measure_sizes(folder: Path, sizes: list[int], *, starts: int, keys: int) -> Iterator[Row]:
    """All rows of each size, the small ones first; each as soon as it is known, since a million
    sentences take a long while.
    """
    for size in sizes:
        yield from _Size(folder, size).measure(starts=starts, keys=keys)


class _Size:
    """One library of so many sentences."""

    def __init__(self, folder: Path, size: int) -> None:
        self._size = size
        self._name = f"{size:,} sentences"
        self._place = folder / f"shelves-{size}"
        self._database = locate(self._place)
        self._merged = str(self._place / "merged.db")
        fill_library(self._place / "db/annotator.db", size)

    def measure(self, *, starts: int, keys: int) -> Iterator[Row]:
        yield from self._measure_starts(starts)
        yield from self._measure_keys(keys)
        yield self._measure_search()
        yield from self._measure_proof()
        yield from self._measure_export()
        yield from self._measure_import()
        yield from self._measure_merge()
        yield self._measure_agreement()

    def _measure_starts(self, times: int) -> list[Row]:
        ours, floors = [], []
        for _ in range(times):
            floors.append(start(self._place, module=MINIMAL))
            ours.append(start(self._place, reviewer=READER))
        seconds, memory = zip(*ours, strict=True)
        floor_seconds, floor_memory = zip(*floors, strict=True)
        listed = [list_library(self._place, reviewer=READER) for _ in range(min(times, _TURNS))]
        floor = [1000 * one for one in floor_seconds]
        return [
            compare(
                f"start, an article opened, {self._name} in the database",
                [1000 * one for one in seconds],
                floor,
                unit="ms",
                promise="1.7 x",
            ),
            compare("— memory", [*memory], [*floor_memory], unit="MB", promise="1.7 x"),
            compare(
                f"start, the library listed, {self._name} in the database",
                [1000 * one for one in listed],
                floor,
                unit="ms",
                promise="",
            ),
        ]

    def _measure_keys(self, times: int) -> list[Row]:
        floor = time_keys(self._place, "j", times, module=MINIMAL)
        ours = time_keys(self._place, "cb", times, reviewer=READER)
        committed = self._time_commits(times)
        return [
            compare_tails(
                f"key, saved, painted, {self._name} in the database",
                ours,
                floor,
                promise="12 and 35 ms, idle",
            ),
            compare_tails(
                "— the label saved, beside a bare commit",
                [one for one, _ in committed],
                [one for _, one in committed],
                promise="",
            ),
        ]

    def _time_commits(self, times: int) -> list[tuple[float, float]]:
        """Milliseconds of a label, and of the least that SQLite commits as safely, in turn."""
        taken = []
        with (
            closing(open_library(self._database, reviewer="dee")) as library,
            closing(sqlite3.connect(self._place / "bare.db", isolation_level=None)) as bare,
        ):
            bare.execute("PRAGMA journal_mode = WAL")
            bare.execute("PRAGMA synchronous = FULL")
            bare.execute("CREATE TABLE IF NOT EXISTS event (id INTEGER PRIMARY KEY, label TEXT)")
            document = library.find_last_document()
            assert document is not None
            session = library.open(document)
            for number in range(times):
                index, turn = number % document.sentence_count, number // document.sentence_count
                label = ("claim", "background")[turn % 2]
                ours = _time(partial(session.annotate, index, label))
                taken.append((ours, _time(partial(bare.execute, _BARE_COMMIT))))
        return [(1000 * ours, 1000 * floor) for ours, floor in taken]

    def _measure_import(self) -> list[Row]:
        articles = self._place / "articles"
        articles.mkdir(exist_ok=True)
        for number in range(-(-self._size // LENGTH)):
            file = articles / f"{number:05}.txt"
            if not file.exists():
                file.write_text(write_prose(LENGTH, seed=number), encoding="utf-8")
        into = str(self._place / f"imported-{os.getpid()}.db")
        taken = measure_command(self._place, "import", str(articles), "--db", into)
        sample = write_prose(SAMPLE)
        floor = _repeat(lambda: list(segment(sample)))
        return self._tell("import", taken, floor * self._size / SAMPLE, "60 s at 300,000")

    def _measure_export(self) -> list[Row]:
        into = self._place / "labels.json"
        taken = measure_command(self._place, "export", "--db", self._database, "-o", str(into))
        few = fill_library(self._place / "few.db", SAMPLE)
        small = self._place / "few.json"
        measure_command(self._place, "export", "--db", str(few), "-o", str(small))
        content = json.loads(small.read_text(encoding="utf-8"))
        floor = _repeat(lambda: json.dumps(content, ensure_ascii=False))
        return self._tell("export", taken, floor * self._size / SAMPLE, "4 s at 100,000")

    def _measure_search(self) -> Row:
        with (
            closing(open_library(self._database, reviewer=READER)) as library,
            closing(sqlite3.connect(self._database)) as bare,
        ):
            bare_search = (
                "SELECT rowid FROM sentence_search WHERE sentence_search MATCH 'river AND counc*'"
                " LIMIT 2000"
            )
            ours = [_time(lambda: library.search("river counc", limit=50)) for _ in range(_TURNS)]
            floors = [_time(lambda: bare.execute(bare_search).fetchall()) for _ in range(_TURNS)]
        what = f"search for two words, {self._name}"
        return compare(
            what,
            [1000 * one for one in ours],
            [1000 * one for one in floors],
            unit="ms",
            promise="",
        )

    def _measure_proof(self) -> list[Row]:
        taken = measure_command(self._place, "verify", "--db", self._database)
        with closing(sqlite3.connect(self._database)) as bare:
            floor = _time(lambda: bare.execute("PRAGMA integrity_check").fetchall())
        return self._tell("verify", taken, floor, "20 s at 1,000,000")

    def _measure_merge(self) -> list[Row]:
        there = fill_library(self._place / "there.db", self._size, reviewer="ben", first=1)
        with closing(sqlite3.connect(self._place / "copy.db", isolation_level=None)) as bare:
            bare.execute("ATTACH ? AS there", (str(there),))
            bare.execute("DROP TABLE IF EXISTS main.copied")
            floor = _time(
                lambda: bare.execute(
                    "CREATE TABLE main.copied AS SELECT * FROM there.event"
                ).fetchall()
            )
        into = shutil.copy(self._database, self._merged)
        taken = measure_command(self._place, "merge", str(there), "--db", into)
        return self._tell("merge of as many events", taken, floor, "15 s at 100,000")

    def _measure_agreement(self) -> Row:
        """Of the merged database: two reviewers have labelled every sentence."""
        seconds, _ = measure_command(self._place, "agreement", "--db", self._merged)
        with closing(sqlite3.connect(self._merged)) as bare:
            read = "SELECT document_id, start, reviewer, label FROM annotation"
            floor = _time(lambda: bare.execute(read).fetchall())
        what = f"agreement of two reviewers, {self._name}"
        return _compare_seconds(what, seconds, floor, "")

    def _tell(self, what: str, taken: tuple[float, float], floor: float, promise: str) -> list[Row]:
        seconds, memory = taken
        return [
            _compare_seconds(f"{what}, {self._name}", seconds, floor, promise),
            Row(_PEAK, f"{memory:.0f} MB", "", "", ""),
        ]


def _compare_seconds(what: str, seconds: float, floor: float, promise: str) -> Row:
    return Row(what, f"{seconds:.2f} s", f"{floor:.3f} s", f"{seconds / floor:.1f} x", promise)


def _repeat(act: Callable[[], object]) -> float:
    return median(_time(act) for _ in range(_TURNS))


def _time(act: Callable[[], object]) -> float:
    """Seconds."""
    begun = perf_counter()
    act()
    return perf_counter() - begun
