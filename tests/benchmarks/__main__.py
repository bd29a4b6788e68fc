"""Measures the program in a real terminal, beside a minimal Textual app, and prints a table."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import psutil

from annotator.sample import read_sample
from annotator.session import open_library
from tests.benchmarks.figures import Row, compare, find_tail, write_table
from tests.benchmarks.texts import write_prose
from tests.terminal.screen import Terminal

MINIMAL = "tests.benchmarks.minimal"
ROOT = Path(__file__).parents[2]
WHERE = r"\b{} of \d+"


def main() -> None:
    """Measure, and print the table as it goes into the README."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=15, help="starts of each program")
    parser.add_argument("--keys", type=int, default=200, help="keys timed in each document")
    options = parser.parse_args()
    os.environ["PYTHONPATH"] = str(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        rows = [
            *measure_starts(Path(folder), options.starts),
            *measure_keys(Path(folder), options.keys),
            measure_help(options.starts),
            *measure_bulk(Path(folder)),
        ]
    print(write_table(rows))


def measure_starts(folder: Path, times: int) -> list[Row]:
    """Start to first sentence painted, and memory then: the two programs in turn."""
    rows = []
    for size, promised in ((31, "1.7 x"), (100_000, "2.2 x")):
        place = make_database(folder, size)
        ours, floors = [], []
        for _ in range(times):
            floors.append(start(place, module=MINIMAL))
            ours.append(start(place))
        name = f"{size:,} sentences"
        rows.append(
            compare(
                f"start to first sentence painted, {name}",
                [1000 * seconds for seconds, _ in ours],
                [1000 * seconds for seconds, _ in floors],
                unit="ms",
                promise="1.7 x",
            )
        )
        rows.append(
            compare(
                f"memory, {name}",
                [memory for _, memory in ours],
                [memory for _, memory in floors],
                unit="MB",
                promise=promised,
            )
        )
    return rows


def start(place: Path, *, module: str = "annotator") -> tuple[float, float]:
    """Seconds until the first sentence is painted, and MB of resident memory then."""
    begun = perf_counter()
    with Terminal(cwd=place, module=module) as terminal:
        terminal.wait_for(WHERE.format(1))
        seconds = terminal.taken_at - begun
        settle(terminal)
        memory = psutil.Process(terminal.child.pid).memory_info().rss / 1e6
        terminal.press("q")
        terminal.wait_for_end()
    return seconds, memory


def measure_keys(folder: Path, times: int) -> list[Row]:
    """Key written to next sentence painted, the label committed in between."""
    rows = []
    floor = time_keys(folder, "j", times, module=MINIMAL)
    for size in (31, 100_000):
        taken = time_keys(make_database(folder, size), "c", times)
        rows.append(
            Row(
                f"key, saved, painted, {size:,} sentences",
                f"p50 {median(taken):.1f} ms, p99 {find_tail(taken):.1f} ms",
                f"p50 {median(floor):.1f} ms, p99 {find_tail(floor):.1f} ms",
                f"{median(taken) / median(floor):.2f} x",
                "12 and 35 ms, idle",
            )
        )
    return rows


def time_keys(place: Path, key: str, times: int, *, module: str = "annotator") -> list[float]:
    """Milliseconds of each key press, one after another; at the end of the article, back home."""
    taken: list[float] = []
    with Terminal(cwd=place, module=module) as terminal:
        terminal.wait_for(WHERE.format(1))
        settle(terminal)
        number = 1
        while len(taken) < times:
            sent = perf_counter()
            terminal.press(key)
            terminal.wait_for(WHERE.format(number + 1))
            taken.append(1000 * (terminal.taken_at - sent))
            number += 1
            settle(terminal, 0.05)
            if module != MINIMAL and number == 30:
                terminal.press("home")
                terminal.wait_for(WHERE.format(1))
                number = 1
                settle(terminal)
        terminal.press("q")
        terminal.wait_for_end()
    return taken


def measure_help(times: int) -> Row:
    """`annotator --help` beside importing click."""
    ours, floors = [], []
    for _ in range(times):
        floors.append(time_command("-c", "import click"))
        ours.append(time_command("-m", "annotator", "--help"))
    return compare(
        "annotator --help, beside import click", ours, floors, unit="ms", promise="2.5 x"
    )


def time_command(*arguments: str) -> float:
    """Milliseconds of a whole Python program."""
    begun = perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return 1000 * (perf_counter() - begun)


def measure_bulk(folder: Path) -> list[Row]:
    """Import and export of 100,000 sentences, and memory against the number of documents."""
    place = folder / "bulk"
    place.mkdir()
    (place / "prose.txt").write_text(write_prose(100_000), encoding="utf-8")
    database = str(place / "bulk.db")
    imported = measure_command("import", str(place / "prose.txt"), "--db", database)
    label_everything(database)  # each label a commit of its own: a minute or two
    exported = measure_command("export", "--db", database, "-o", str(place / "labels.json"))
    few, many = (measure_documents(folder, count) for count in (20, 200))
    return [
        Row("import, 100,000 sentences (12 MB)", f"{imported[0]:.1f} s", "", "", "10 s"),
        Row("export, all of them labelled", f"{exported[0]:.1f} s", "", "", "4 s"),
        Row(
            "memory of an export, 200 documents beside 20",
            f"{many:.0f} MB",
            f"{few:.0f} MB",
            f"{many / few:.2f} x",
            "does not grow",
        ),
    ]


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


def measure_documents(folder: Path, count: int) -> float:
    """Peak MB of exporting so many documents of 500 sentences."""
    place = folder / f"documents-{count}"
    place.mkdir()
    for number in range(count):
        text = write_prose(500, seed=number)
        (place / f"{number}.txt").write_text(text, encoding="utf-8")
    database = str(folder / f"documents-{count}.db")
    measure_command("import", str(place), "--db", database)
    return measure_command("export", "--db", database, "-o", str(place / "labels.json"))[1]


def label_everything(database: str) -> None:
    """Give every sentence a label, as keys would."""
    library = open_library(database, reviewer="ana")
    for shelved in library.list_documents():
        session = library.open(shelved.document)
        for index in range(session.document.sentence_count):
            session.annotate(index, "claim")
    library.close()


def make_database(folder: Path, sentences: int) -> Path:
    """A working folder with a database that holds an article of so many sentences."""
    place = folder / str(sentences)
    if not place.is_dir():
        (place / "db").mkdir(parents=True)
        text = read_sample() if sentences == 31 else write_prose(sentences)
        (place / "article.txt").write_text(text, encoding="utf-8")
        measure_command(
            "import", str(place / "article.txt"), "--db", str(place / "db/annotator.db")
        )
    return place


def settle(terminal: Terminal, seconds: float = 0.3) -> None:
    """Let the terminal come to rest."""
    until = perf_counter() + seconds
    while perf_counter() < until:
        terminal.take()


if __name__ == "__main__":
    main()
