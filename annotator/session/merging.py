"""Other machines' databases, brought into this one: their documents and events are united with
those here, and what follows from them is folded anew.

The state depends on the set of events alone, so any order of merging ends alike, and a second time
changes nothing. Two merges of the same pair may say different things of which came "new".
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.errors import AnnotatorError, NotSavedError, SchemeError, StoreError
from annotator.model.event import EventKind, Renamed
from annotator.model.scheme import FACT_CHECK, LabelScheme
from annotator.model.scheme_rules import find_faults
from annotator.session.conflicts import (
    Conflict,
    Subject,
    find_conflicts,
    find_guideline_conflict,
    find_scheme_conflict,
    fold_view,
    may_conflict,
)
from annotator.session.schemes import hash_guideline_in_force, read_scheme_in_force
from annotator.session.vetting import check_document, check_log
from annotator.text.display import show_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.model.document import Document
    from annotator.model.event import Event
    from annotator.store.base import Store

_ALL = 2**31
"""More documents than any library has."""

_TOGETHER = 5000
"""Events that are looked for in the log at a time."""


@dataclass(frozen=True, slots=True)
class Gain:
    """What one document got: whether it is new here, and how many events came."""

    document: Document
    is_new: bool
    events: int


@dataclass(frozen=True, slots=True)
class Merging:
    """What a merge came to. `events` are all that were new here, those of no document too;
    `gains` are the documents that got any, by id.
    """

    source: str
    gains: tuple[Gain, ...]
    events: int
    conflicts: tuple[Conflict, ...]

    @property
    def documents(self) -> int:
        """How many documents were new here."""
        return sum(gain.is_new for gain in self.gains)


@dataclass(frozen=True, slots=True)
class Foreign:
    """What another store holds, by document id; the library's own events by `None`."""

    name: str
    store: Store
    documents: dict[str, Document]
    events: dict[str | None, list[Event]]

    def refuse(self, why: object) -> StoreError:
        """The error for a store of which nothing is taken."""
        return StoreError(
            f"{show_line(self.name)} was not brought in: {str(why).rstrip('.')}. Run 'annotator"
            " verify' on it."
        )


class _RehearsedError(Exception):
    """Takes back what was only tried."""


def read_foreign(store: Store, *, report: Callable[[int, int], None] | None = None) -> Foreign:
    """Read all of another store, and look whether it can be believed; inside `Store.snapshot`.

    `report` is called with how many documents were looked at, of how many. `StoreError` names the
    store and the first thing that is wrong.
    """
    foreign = Foreign(store.location, store, {}, defaultdict(list))
    try:
        for document in store.find_documents("", limit=_ALL):
            foreign.documents[document.id] = document
        for event in store.read_log():
            foreign.events[event.document_id].append(event)
        _check(foreign, report)
    except StoreError as error:
        raise foreign.refuse(error) from error
    return foreign


def _check(foreign: Foreign, report: Callable[[int, int], None] | None) -> None:
    for id_ in foreign.events:
        if id_ is not None and id_ not in foreign.documents:
            raise StoreError(f"its history is of a document {show_line(id_)} without a text")
    check_log(foreign.events[None], None)
    for number, (id_, document) in enumerate(foreign.documents.items(), 1):
        text = foreign.store.read_text(id_)
        check_document(document, text)
        check_log(foreign.events[id_], text)
        if report is not None:
            report(number, len(foreign.documents))


def merge(
    store: Store,
    other: Store,
    *,
    rehearse: bool = False,
    report: Callable[[int, int], None] | None = None,
) -> Merging:
    """Unite another store's documents and events with those here, in one transaction.

    `rehearse` takes everything back and only says what it would come to. `report` is called with
    how many of all steps are done. `StoreError` for a store that cannot be believed, `SchemeError`
    where labels would be left without a scheme that has them; then nothing of it is here.
    """

    def tell(half: int) -> Callable[[int, int], None]:
        return lambda part, whole: report and report(half * whole + part, 2 * whole)

    with other.snapshot():
        foreign = read_foreign(other, report=tell(0))
        came: list[Merging] = []

        def work() -> Merging:
            merging = _Merge(store, foreign).do(report=tell(1))
            if rehearse:
                came.append(merging)
                raise _RehearsedError
            return merging

        try:
            return store.transact(work)
        except _RehearsedError:
            return came[-1]
        except NotSavedError as error:
            cause = error.__cause__
            raise cause if isinstance(cause, AnnotatorError) else error from error


class _Merge:
    """One store on its way into another; inside a transaction."""

    def __init__(self, store: Store, foreign: Foreign) -> None:
        self._store = store
        self._foreign = foreign
        self._conflicts: list[Conflict] = []
        self._gains: list[Gain] = []
        self._fresh: list[Event] = []

    def do(self, *, report: Callable[[int, int], None]) -> Merging:
        before = read_scheme_in_force(self._store)
        renamed = self._take_in_library()
        ids = sorted(self._foreign.documents)
        for number, id_ in enumerate(ids, 1):
            if self._take_in_document(id_):
                renamed.discard(id_)
            report(number, len(ids))
        for id_ in sorted(renamed):
            self._store.refold(id_)
        self._agree_on_scheme(before)
        gains, conflicts = tuple(self._gains), tuple(self._conflicts)
        return Merging(self._foreign.name, gains, len(self._fresh), conflicts)

    def _take_in_library(self) -> set[str]:
        """Label schemes and renamings; the documents that a renaming is about."""
        events = self._foreign.events[None]
        known = self._list_known(events)
        fresh = [event for event in events if event.id not in known]
        self._store.take_in(events)
        self._fresh += fresh
        # First, so that `now` is whose the name is after all of them.
        is_renamed = any(event.kind is EventKind.RENAME for event in fresh)
        renamed = self._store.refold_names() if is_renamed else set()
        for event in fresh:
            if isinstance(event.value, Renamed):
                old, new = event.value.old, event.value.new
                now = self._store.resolve_reviewer(new)
                self._conflicts.append(Conflict(Subject.NAME, here=old, there=new, now=now))
        return renamed

    def _list_known(self, events: Sequence[Event]) -> set[str]:
        ids = [event.id for event in events]
        known: set[str] = set()
        for at in range(0, len(ids), _TOGETHER):
            known |= self._store.list_known(ids[at : at + _TOGETHER])
        return known

    def _take_in_document(self, id_: str) -> bool:
        """Whether it was folded anew."""
        document, events = self._foreign.documents[id_], self._foreign.events[id_]
        here = self._store.find_documents(id_, limit=1)
        if here and here[0].sha256 != document.sha256:
            raise self._foreign.refuse(
                f"its document {id_} holds another text than the one here, whose hash begins alike"
            )
        known = self._list_known(events)
        fresh = [event for event in events if event.id not in known]
        ours = list(self._store.read_events(id_)) if here else []
        news = fresh + _find_earlier(ours, [event for event in events if event.id in known])
        if not news:
            return False
        if not here:
            text = self._foreign.store.read_text(id_)
            empty = replace(document, sentence_count=0)
            self._store.add_document(empty, text, sentences=())
        theirs_known = {event.id for event in events}
        only = (
            self._rename([event for event in ours if event.id not in theirs_known]),
            self._rename(fresh),
        )
        # By the log and not as it stands here: two names may be one person's by now.
        before = fold_view(here[0], self._rename(ours)) if here and may_conflict(*only) else None
        self._store.take_in(news)
        self._store.refold(id_)
        after = self._store.find_documents(id_, limit=1)[0]
        self._fresh += fresh
        self._gains.append(Gain(after, is_new=not here, events=len(fresh)))
        if before is not None:
            theirs = self._rename(events)
            self._conflicts += find_conflicts(
                self._store, after, before=before, theirs=theirs, only=only
            )
        return True

    def _rename(self, events: Sequence[Event]) -> list[Event]:
        """Events under the names that their reviewers have now."""
        names = {event.reviewer for event in events}
        now = {name: self._store.resolve_reviewer(name) for name in names}
        return [
            event
            if now[event.reviewer] == event.reviewer
            else replace(event, reviewer=now[event.reviewer])
            for event in events
        ]

    def _agree_on_scheme(self, before: LabelScheme) -> None:
        now = read_scheme_in_force(self._store)
        theirs = _find_scheme(self._foreign.events[None])
        _check_labels(self._store, self._foreign.name, now=now, before=before, theirs=theirs)
        self._conflicts += find_scheme_conflict(
            before=before, theirs=theirs, now=now, came=self._fresh
        )
        self._conflicts += find_guideline_conflict(self._fresh, hash_guideline_in_force(now))


def _find_scheme(events: Sequence[Event]) -> LabelScheme:
    """The scheme that was set last in a store, by its events in order."""
    schemes = [event.value for event in events if isinstance(event.value, LabelScheme)]
    return schemes[-1] if schemes else FACT_CHECK


def _find_earlier(ours: Sequence[Event], known: Sequence[Event]) -> list[Event]:
    """Of events that are here too, those that are not the same; `take_in` says which counts."""
    here = {event.id: event for event in ours}
    return [
        event
        for event in known
        if event.id not in here
        or replace(event, reviewer=here[event.id].reviewer) != here[event.id]
    ]


def _check_labels(
    store: Store, name: str, *, now: LabelScheme, before: LabelScheme, theirs: LabelScheme
) -> None:
    """`SchemeError` where a label is given, or settled, that the scheme in force does not have."""
    if now != before and any(True for _ in find_faults(now)):
        raise SchemeError(
            f"{show_line(name)} was not brought in: its label scheme {show_line(now.name)} breaks"
            " a rule of such schemes. Run 'annotator scheme show' on it."
        )
    used = set(store.count_given_labels())
    for document in store.find_documents("", limit=_ALL):
        used |= {settled.label for settled in store.read_adjudications(document.id)}
    orphans = sorted(used - {label.name for label in now.labels})
    if orphans:
        raise SchemeError(
            f"{show_line(name)} was not brought in: it has {_describe(theirs)}, this database has"
            f" {_describe(before)}, and {_describe(now)}, set last, would orphan the labels"
            f" {', '.join(map(show_line, orphans))}. Give both one scheme that has them all, with"
            " 'annotator scheme set'."
        )


def _describe(scheme: LabelScheme) -> str:
    labels = ", ".join(show_line(label.name) for label in scheme.labels)
    return f"the scheme '{show_line(scheme.name)}' ({labels})"
