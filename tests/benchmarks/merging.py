"""Two databases of a hundred thousand events each become one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from annotator.session import open_library
from tests.benchmarks.figures import Row
from tests.benchmarks.formats import measure_command
from tests.benchmarks.texts import write_prose

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.session import Library

ARTICLES: Final = 1000
LENGTH: Final = 100
"""Sentences of an article; each is labelled once in each database."""

PROMISE: Final = "15 s"


def measure_merging(folder: Path) -> list[Row]:
    """Two reviewers with the same articles at two machines, merged, and once more; one of them at
    a third machine, who labelled otherwise there; and one large article.
    """
    place = folder / "merging"
    place.mkdir()
    here = _make(place, "here", "ana", articles=ARTICLES, length=LENGTH)
    there = _make(place, "there", "ben", articles=ARTICLES, length=LENGTH)
    again = _make(place, "again!", "ana", articles=ARTICLES, length=LENGTH)
    large = _make(place, "large", "ben", articles=1, length=ARTICLES * LENGTH)
    count = ARTICLES * (LENGTH + 1)
    what = f"merge of two databases, {count:,} events each, {ARTICLES:,} articles"
    rows = _tell(what, measure_command(place, "merge", there, "--db", here))
    rows += _tell("the same once more", measure_command(place, "merge", there, "--db", here))
    what = "and of a third, each of whose labels is in conflict"
    rows += _tell(what, measure_command(place, "merge", again, "--db", here))
    what = f"and of one article of {ARTICLES * LENGTH:,} labelled sentences"
    return rows + _tell(what, measure_command(place, "merge", large, "--db", here))


def _make(place: Path, name: str, reviewer: str, *, articles: int, length: int) -> str:
    """The path of a database in which a reviewer has labelled every sentence of some articles."""
    texts = place / f"{articles}-articles"
    texts.mkdir(exist_ok=True)
    for number in range(articles):
        prose = write_prose(length, seed=number)
        (texts / f"{number:05}.txt").write_text(prose, encoding="utf-8")
    database = str(place / f"{name}.db")
    measure_command(place, "import", str(texts), "--db", database)
    library = open_library(database, reviewer=reviewer)
    library.store.transact(lambda: _label_all(library, len(name)))
    library.close()
    return database


def _label_all(library: Library, first: int) -> None:
    """Each machine otherwise than the other; in one transaction: commits are measured elsewhere."""
    for shelved in library.list_documents():
        session = library.open(shelved.document)
        for index in range(session.document.sentence_count):
            session.annotate(index, ("claim", "background")[(index + first) % 2])


def _tell(what: str, taken: tuple[float, float]) -> list[Row]:
    seconds, memory = taken
    return [
        Row(what, f"{seconds:.1f} s", "", "", PROMISE),
        Row("— peak memory", f"{memory:.0f} MB", "", "", ""),
    ]
