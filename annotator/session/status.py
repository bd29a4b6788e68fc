"""How far reviewers are, how fast they are, and how long the rest will take them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from statistics import median
from typing import TYPE_CHECKING, Final, TypeAlias

from annotator.model.assignment import is_again
from annotator.model.clock import format_time

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, tzinfo

    from annotator.model.clock import Clock
    from annotator.model.document import Document
    from annotator.model.event import Effort
    from annotator.model.tally import Tally
    from annotator.store.base import Store

DAYS: Final = 14
"""How many days back labels are counted day by day, today among them."""

BREAK_MS: Final = 5 * 60 * 1000
"""What a single label counts for at most in the pace: whoever took longer was elsewhere."""

LEAST_MS: Final = 60 * 1000
"""What today's labels must have taken before they say anything of an hour."""

_HOUR_MS: Final = 60 * 60 * 1000
_BLOCKS: Final = " ▁▂▃▄▅▆▇█"
_EVERY: Final = 2**31

_Key: TypeAlias = tuple[str, str]
"""A document's id and a reviewer."""


@dataclass(frozen=True, slots=True)
class Timing:
    """What the labels that somebody gave say of their pace; changed or undone ones were work too.

    `median_ms` is the median time of a label, of the `measured` ones ever given (`None`: none was).
    `today` is how many were given today, `hourly` how many an hour, by the time that today's took
    (`None` where that is under a minute). `days` are the labels of the last `DAYS` days, today's
    last.
    """

    measured: int = 0
    median_ms: float | None = None
    today: int = 0
    hourly: float | None = None
    days: tuple[int, ...] = (0,) * DAYS


@dataclass(frozen=True, slots=True)
class Work:
    """What a reviewer has done in a document, or in all (`document` is `None`).

    `reviewer` is `None` for a document in which nobody has done anything. `counts` is how many
    sentences have each label, by its name. `is_assigned`: the document is theirs to label, whether
    they have begun or not.
    """

    document: Document | None
    reviewer: str | None
    sentences: int
    counts: Mapping[str, int]
    unsure: int
    timing: Timing
    is_assigned: bool = False

    @property
    def labelled(self) -> int:
        """How many sentences have a label."""
        return sum(self.counts.values())

    @property
    def open(self) -> int:
        """How many have none."""
        return self.sentences - self.labelled

    @property
    def left_ms(self) -> float | None:
        """How long the rest will take at the median so far; `None` where there is none yet."""
        if not self.open:
            return 0.0
        return None if self.timing.median_ms is None else self.open * self.timing.median_ms


@dataclass(frozen=True, slots=True)
class Status:
    """Every document's work, by title, then by reviewer, done or assigned; and every reviewer's,
    all documents together, by name: for whom any is assigned, those and what else they have worked
    on. `days` are the dates that `Timing.days` counts for.

    Where it is one reviewer's, `others` is how many sentences the others have labelled: document id
    → name → number, and nothing of how.
    """

    works: tuple[Work, ...]
    totals: tuple[Work, ...]
    days: tuple[date, ...]
    others: Mapping[str, Mapping[str, int]]


def measure_status(
    store: Store,
    *,
    clock: Clock,
    documents: Sequence[Document] | None = None,
    reviewer: str | None = None,
    zone: tzinfo | None = None,
) -> Status:
    """The status of these documents, or of the whole library; of one reviewer, or of all.

    Of one reviewer it holds every document, worked on or not. Days are those of `zone`, else the
    machine's own. The whole library takes three readings, however many documents are in it.
    """
    chosen = _list_library(store) if documents is None else documents
    calendar = _Calendar(clock, zone)
    entries: dict[_Key, _Entry] = defaultdict(_Entry)
    others: dict[str, dict[str, int]] = defaultdict(dict)
    # Of some documents only what is of them is read, however large the library.
    for document_id in [None] if documents is None else [document.id for document in chosen]:
        for tally in store.tally(document_id):
            if reviewer in (None, tally.reviewer):
                entries[tally.document_id, tally.reviewer].tally = tally
            elif tally.labels:
                others[tally.document_id][tally.reviewer] = sum(tally.labels.values())
        for effort in store.read_efforts(document_id, reviewer=reviewer):
            entries[effort.document_id, effort.reviewer].take(effort, calendar.find(effort.time))
    assigned = {(one.document_id, one.writes_as) for one in store.list_assignments()}
    for document_id, name in sorted(assigned):
        if reviewer not in (None, name):
            others[document_id].setdefault(name, 0)
    who: dict[str, list[str | None]] = defaultdict(list)
    for document_id, name in sorted({*entries, *assigned}):
        if reviewer in (None, name):
            who[document_id].append(name)
    works = tuple(
        _sum_up([document], document, name, entries=entries, assigned=assigned)
        for document in chosen
        for name in who.get(document.id, [reviewer])
    )
    everyone = {work.reviewer for work in works if work.reviewer is not None}
    totals = tuple(
        _sum_up(_choose(chosen, name, who, assigned), None, name, entries=entries)
        for name in sorted(everyone)
    )
    return Status(works, totals, calendar.days, others)


def describe_duration(milliseconds: float) -> str:
    """About how long that is, as a person would say it."""
    minutes = round(milliseconds / 60_000)
    if minutes < 1:
        return "under a minute"
    if minutes < 60:
        return f"about {minutes} min"
    hours, minutes = divmod(round(minutes / 10) * 10, 60)
    return f"about {hours} h {minutes} min" if minutes and hours < 10 else f"about {hours} h"


def draw_days(days: Sequence[int]) -> str:
    """Numbers as blocks of eight heights side by side; only nothing is drawn as nothing."""
    most = max(days, default=0)
    return "".join(_BLOCKS[-(-number * 8 // most)] if number else "·" for number in days)


class _Calendar:
    """The last days and their midnights, written as events write their times.

    Times so written are in order as text, which spares reading a million of them.
    """

    def __init__(self, clock: Clock, zone: tzinfo | None) -> None:
        today = datetime.fromtimestamp(clock.wall_ms() / 1000, UTC).astimezone(zone).date()
        self.days = tuple(today - timedelta(days=back) for back in reversed(range(DAYS)))
        self._midnights = [
            _write_midnight(day, zone) for day in (*self.days, today + timedelta(days=1))
        ]

    def find(self, time: str) -> int | None:
        """Which of the days a time is in, from 0; `None` where it is in none."""
        place = bisect_right(self._midnights, time) - 1
        return place if 0 <= place < DAYS else None


def _write_midnight(day: date, zone: tzinfo | None) -> str:
    # Without a zone it is the machine's, of which `astimezone` knows the summer time, too.
    return format_time(
        round(datetime.combine(day, time(), zone).astimezone(UTC).timestamp() * 1000)
    )


@dataclass(slots=True)
class _Entry:
    """What is counted of a reviewer in a document while the database is being read."""

    tally: Tally | None = None
    spent_ms: list[int] = field(default_factory=list)
    days: list[int] = field(default_factory=lambda: [0] * DAYS)
    today_ms: int = 0

    def take(self, effort: Effort, day: int | None) -> None:
        """Count one label given on the day of that number."""
        self.spent_ms.append(effort.spent_ms)
        if day is not None:
            self.days[day] += 1
        if day == DAYS - 1:
            self.today_ms += min(effort.spent_ms, BREAK_MS)


def _sum_up(
    documents: Sequence[Document],
    document: Document | None,
    reviewer: str | None,
    *,
    entries: Mapping[_Key, _Entry],
    assigned: Collection[_Key] = (),
) -> Work:
    keys = [(document.id, reviewer or "") for document in documents]
    found = [entries[key] for key in keys if key in entries]
    counts: Counter[str] = Counter()
    tallies = [entry.tally for entry in found if entry.tally is not None]
    for tally in tallies:
        counts.update(tally.labels)
    return Work(
        document=document,
        reviewer=reviewer,
        sentences=sum(document.sentence_count for document in documents),
        counts=dict(sorted(counts.items())),
        unsure=sum(tally.unsure for tally in tallies),
        timing=_time(found),
        is_assigned=any(key in assigned for key in keys),
    )


def _choose(
    chosen: Sequence[Document],
    reviewer: str,
    who: Mapping[str, Sequence[str | None]],
    assigned: Collection[_Key],
) -> Sequence[Document]:
    """The documents that are a reviewer's: all, unless any is assigned to them."""
    if not is_again(reviewer) and not any(name == reviewer for _, name in assigned):
        return chosen
    return [document for document in chosen if reviewer in who.get(document.id, ())]


def _time(entries: Sequence[_Entry]) -> Timing:
    spent = [ms for entry in entries for ms in entry.spent_ms]
    days = tuple(sum(column) for column in zip(*(entry.days for entry in entries), strict=True))
    today_ms = sum(entry.today_ms for entry in entries)
    today = days[-1] if days else 0
    return Timing(
        measured=len(spent),
        median_ms=median(spent) if spent else None,
        today=today,
        hourly=today * _HOUR_MS / today_ms if today_ms >= LEAST_MS else None,
        days=days or (0,) * DAYS,
    )


def _list_library(store: Store) -> list[Document]:
    found = store.find_documents("", limit=_EVERY)
    there = (document for document in found if not document.deleted)
    return sorted(there, key=lambda document: (document.title, document.id))


@dataclass(frozen=True, slots=True)
class Survey:
    """The status of a library that is to be measured for one reviewer, whose own alone is told."""

    location: str
    reviewer: str
    clock: Clock

    def measure(self) -> Status:
        """See `measure_status`. Opens the database anew, so that any thread may ask."""
        from annotator.store import open_store

        with closing(open_store(self.location, must_exist=True)) as store, store.snapshot():
            return measure_status(store, clock=self.clock, reviewer=self.reviewer)
