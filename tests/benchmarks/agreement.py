"""Agreement between five reviewers of a hundred thousand sentences, intervals and all."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from itertools import count
from random import Random
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Final

from annotator.agreement import Bootstrap, Unit, measure
from annotator.model.clock import make_uuid7
from annotator.model.event import Denied, Draft, EventKind
from annotator.session.agreement import measure_people
from annotator.session.updating import list_newest
from annotator.store.sqlite import SqliteStore
from tests.benchmarks.figures import Row
from tests.builders import NOON_MS, article, shelve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import Literal

    from annotator.model.document import Sentence
    from annotator.model.event import Value

SENTENCES: Final = 100_000
LENGTH: Final = 30
"""Sentences of an article; and once all are of one."""

REVIEWERS: Final = ("ana", "ben", "chi", "dee", "eva")
LABELS: Final = ("claim", "denial", "background")
TURNS: Final = 5


def measure_agreement(folder: Path) -> list[Row]:
    """In articles and in one, drawing sentences and drawing articles; with gaps and links. Then
    from a database, as the command does it.
    """
    return [
        _time(LENGTH, "sentences", "3 s"),
        _time(LENGTH, "documents", ""),
        _time(SENTENCES, "sentences", "3 s"),
        _time_database(folder, LENGTH),
        _time_database(folder, SENTENCES),
    ]


def _time(length: int, over: Literal["sentences", "documents"], promise: str) -> Row:
    units = write_units(length)
    taken = []
    for _ in range(TURNS):
        begun = perf_counter()
        measure(
            units, LABELS, denying={"denial"}, deniable={"claim"}, bootstrap=Bootstrap(over=over)
        )
        taken.append(perf_counter() - begun)
    what = (
        f"agreement, {SENTENCES:,} sentences in {-(-SENTENCES // length):,} articles, "
        f"{len(REVIEWERS)} reviewers, {Bootstrap().resamples:,} resamples of {over}"
    )
    return Row(what, f"{median(taken):.1f} s", "", "", promise)


def _time_database(folder: Path, length: int) -> Row:
    path = folder / f"agreement-{length}.db"
    fill(path, write_units(length), length=length)
    taken = []
    for _ in range(TURNS):
        begun = perf_counter()
        with closing(SqliteStore.open(str(path))) as store, store.snapshot():
            measure_people(store, list_newest(store))
        taken.append(perf_counter() - begun)
    what = (
        f"agreement from a database, {SENTENCES:,} sentences in {-(-SENTENCES // length):,} "
        f"articles, {len(REVIEWERS)} reviewers"
    )
    return Row(what, f"{median(taken):.1f} s", "", "", "3 s")


def fill(path: Path, units: Sequence[Unit], *, length: int) -> None:
    """A database in which these sentences are labelled so: a minute or two."""
    numbers = count(1)
    with closing(SqliteStore.open(str(path))) as store:
        for first in range(0, len(units), length):
            here = units[first : first + length]
            made, sentences = shelve(store, article(len(here), title=f"Article {first}"))
            drafts = list(_draft_all(made.id, here, sentences, numbers=numbers))
            store.transact(partial(store.append, drafts))


def _draft_all(
    document_id: str, units: Sequence[Unit], sentences: Sequence[Sentence], *, numbers: count[int]
) -> Iterator[Draft]:
    for unit, sentence in zip(units, sentences, strict=True):
        for reviewer, label in unit.labels.items():
            targets = tuple(sentences[index].span for index in unit.denies.get(reviewer, ()))
            values: dict[EventKind, Value] = {
                EventKind.LABEL: label,
                EventKind.DENIES: Denied(label, targets),
            }
            for kind, value in values.items():
                if kind is EventKind.DENIES and not targets:
                    continue
                id_ = make_uuid7(NOON_MS, next(numbers))
                yield Draft(
                    id=id_,
                    step=id_,
                    document_id=document_id,
                    span=sentence.span,
                    reviewer=reviewer,
                    kind=kind,
                    value=value,
                    time="2026-11-23T12:00:00Z",
                    spent_ms=0,
                    guideline="0123456789abcdef",
                    target=None,
                )


def write_units(length: int, *, seed: int = 0) -> list[Unit]:
    """Sentences that reviewers mostly label alike, one label in ten missing; a denial is tied to
    one of the three sentences before it.
    """
    source = Random(seed)
    units = []
    for number in range(SENTENCES):
        index = number % length
        usual = source.choice(LABELS)
        labels = {
            name: usual if source.random() < 0.8 else source.choice(LABELS)
            for name in REVIEWERS
            if source.random() < 0.9
        }
        denies = {
            name: frozenset({max(0, index - source.randint(1, 3))} - {index})
            for name, label in labels.items()
            if label == "denial"
        }
        units.append(Unit(str(number // length), index, labels, denies))
    return units
