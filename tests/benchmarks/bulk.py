"""Whole libraries in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benchmarks.figures import Row
from tests.benchmarks.places import label, measure_command
from tests.benchmarks.texts import write_prose

if TYPE_CHECKING:
    from pathlib import Path


def measure_bulk(folder: Path) -> list[Row]:
    """Import and export of 100,000 sentences, and memory against the number of documents."""
    place = folder / "bulk"
    place.mkdir()
    (place / "prose.txt").write_text(write_prose(100_000), encoding="utf-8")
    database = str(place / "bulk.db")
    imported = measure_command("import", str(place / "prose.txt"), "--db", database)
    label(database, ("claim",))  # each label a commit of its own: a minute or two
    exported = measure_command("export", "--db", database, "-o", str(place / "labels.json"))
    few, many = (_measure_documents(folder, count) for count in (20, 200))
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


def _measure_documents(folder: Path, count: int) -> float:
    """Peak MB of exporting so many documents of 500 sentences."""
    place = folder / f"documents-{count}"
    place.mkdir()
    for number in range(count):
        text = write_prose(500, seed=number)
        (place / f"{number}.txt").write_text(text, encoding="utf-8")
    database = str(folder / f"documents-{count}.db")
    measure_command("import", str(place), "--db", database)
    return measure_command("export", "--db", database, "-o", str(place / "labels.json"))[1]
