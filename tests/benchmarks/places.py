"""Working folders with a database in each, and commands measured from outside."""

from __future__ import annotations

import subprocess
import sys
from time import perf_counter
from typing import TYPE_CHECKING

import psutil

from annotator.sample import read_sample
from annotator.session import open_library
from tests.benchmarks.texts import write_prose

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = 31
"""Sentences of the sample article."""


def make_database(folder: Path, sentences: int) -> Path:
    """A working folder with a database that holds an article of so many sentences."""
    place = folder / str(sentences)
    if not place.is_dir():
        (place / "db").mkdir(parents=True)
        text = read_sample() if sentences == SAMPLE else write_prose(sentences)
        (place / "article.txt").write_text(text, encoding="utf-8")
        measure_command("import", str(place / "article.txt"), "--db", locate(place))
    return place


def locate(place: Path) -> str:
    """The database of a working folder."""
    return str(place / "db/annotator.db")


def measure_command(*arguments: str) -> tuple[float, float]:
    """Seconds and peak MB of a command."""
    begun = perf_counter()
    child = psutil.Popen([sys.executable, "-m", "annotator", *arguments], stdout=subprocess.DEVNULL)
    peak = 0
    while child.poll() is None:
        try:
            peak = max(peak, child.memory_info().rss)
        except psutil.Error:
            break
        try:
            child.wait(timeout=0.01)
        except psutil.TimeoutExpired:
            continue
    return perf_counter() - begun, peak / 1e6


def label(database: str, labels: tuple[str, ...], *, step: int = 1) -> None:
    """Give every so many sentences a label, in turn, as keys would."""
    library = open_library(database, reviewer="ana")
    for shelved in library.list_documents():
        session = library.open(shelved.document)
        for number, index in enumerate(range(0, session.document.sentence_count, step)):
            session.annotate(index, labels[number % len(labels)])
    library.close()
