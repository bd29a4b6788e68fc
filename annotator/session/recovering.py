"""A new database from what a damaged one still holds: nothing of it is believed unseen."""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from annotator.errors import AnnotatorError, NotSavedError, StoreError
from annotator.model.event import EventKind, Imported
from annotator.model.history import LABELLING, SETTLING
from annotator.session.files import is_taken
from annotator.session.mending import mend_import, mend_text
from annotator.session.verification import verify
from annotator.session.vetting import check_document, is_believable
from annotator.store.backing_up import draft_beside, put_log_away
from annotator.store.recovering import salvage
from annotator.store.sqlite import SqliteStore
from annotator.text.display import show_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from annotator.model.document import Document
    from annotator.model.event import Event
    from annotator.store.base import Store
    from annotator.store.recovering import Salvage

_SHOWN: Final = 10
"""Gaps that a message names, at most."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one document: how many of its events came along, and how many are known to be
    lost. The title may be lost too.
    """

    id: str
    title: str | None
    events: int
    lost: int


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was kept and what was lost. `events` counts those of no document too; `events_lost` all
    that the file still names. `gaps` are counters, first and last, that no event has: what is lost
    without a trace, or came about in a merge. `remarks` say what was put together again.
    """

    kept: tuple[Fate, ...]
    lost: tuple[Fate, ...]
    events: int
    events_lost: int
    gaps: tuple[tuple[int, int], ...]
    remarks: tuple[str, ...]

    def tell_losses(self) -> Iterator[str]:
        """A line for each thing that a person should know."""
        yield from self.remarks
        for fate in self.lost:
            title = "its title is lost" if fate.title is None else fate.title
            yield f"lost: the document {fate.id} ({title}), and {fate.lost:,} of its events"
        if self.events_lost:
            some = "event" if self.events_lost == 1 else "events"
            yield f"lost: {self.events_lost:,} {some} in all"
        if self.gaps:
            shown = ", ".join(
                str(first) if first == last else f"{first}-{last}"
                for first, last in self.gaps[:_SHOWN]
            )
            more = f", and {len(self.gaps) - _SHOWN:,} more" if len(self.gaps) > _SHOWN else ""
            yield f"no event has the counter {shown}{more}: what stood there may be lost"


@dataclass(frozen=True, slots=True)
class _Kept:
    """What goes into the new database."""

    documents: dict[str, tuple[Document, str]]
    events: dict[str | None, list[Event]]
    remarks: list[str]


def recover(
    name: str,
    output: str,
    *,
    replace: bool = False,
    report: Callable[[int, int], None] | None = None,
) -> Recovery:
    """Make a new database of all that can be read and believed of a damaged one, and prove it.

    The damaged file and its log are only read. `report` is called with how many documents were
    folded anew, of how many. `StoreError` where nothing was left, `OutputError` where the new file
    cannot be written or is there already; then there is none.
    """
    is_taken(output, name)
    with draft_beside(Path(output), replace=replace) as draft:
        found = salvage(name)
        kept = _believe(found)
        if not kept.documents:
            raise StoreError(
                f"{name} holds no document that can be read: nothing was recovered. Go back to a"
                " copy, such as those beside it ('annotator info' names them)."
            )
        with closing(SqliteStore.open(str(draft))) as store:
            _write(store, kept, report)
            failed = [proof for proof in verify(store) if not proof.holds]
        if failed:
            raise StoreError(
                f"What was read of {name} does not fit together"
                f" ({show_line(failed[0].failures[0])}): nothing was recovered. Go back to a copy."
            )
        put_log_away(draft)
    return _sum_up(found, kept)


def _believe(found: Salvage) -> _Kept:
    """Documents whose text and id hold, and the events that may be of them."""
    of_document: dict[str | None, list[Event]] = defaultdict(list)
    for event in sorted(found.events.values(), key=lambda event: event.order):
        of_document[event.document_id].append(event)
    kept = _Kept({}, {}, [])
    kept.events[None] = [event for event in of_document[None] if is_believable(event, None)]
    ids = {*found.documents, *(id_ for id_ in of_document if id_ is not None)}
    for id_ in sorted(ids):
        document = _choose(found, id_) or _mend_document(found, id_, of_document[id_], kept)
        if document is not None:
            events = [one for one in of_document[id_] if is_believable(one, document[1])]
            _keep(found, document, events, kept)
    return kept


def _choose(found: Salvage, id_: str) -> tuple[Document, str] | None:
    for document, text in reversed(found.documents.get(id_, [])):
        try:
            check_document(document, text)
        except StoreError:
            continue
        return document, text
    return None


def _mend_document(
    found: Salvage, id_: str, events: list[Event], kept: _Kept
) -> tuple[Document, str] | None:
    mended = mend_text(id_, events, found.sentences.get(id_, {}))
    if mended is not None:
        kept.remarks.append(
            f"the text of the document {id_} was lost, and was put together again from its"
            " sentences: it has the hash that it had"
        )
    return mended


def _keep(found: Salvage, document: tuple[Document, str], events: list[Event], kept: _Kept) -> None:
    at, text = document
    if not any(event.kind is EventKind.IMPORT for event in events):
        events = [mend_import(at, text, found.sentences.get(at.id, {})), *events]
        kept.remarks.append(
            f"the import of the document {at.id} was lost, and was written anew: its sentences may"
            " be cut otherwise"
        )
    kept.documents[at.id] = document
    kept.events[at.id] = list(_drop_orphans(events))


def _drop_orphans(events: list[Event]) -> Iterator[Event]:
    """Without the undoing of what is lost."""
    steps = {
        trail.undo: {event.step for event in events if event.kind in trail.acts}
        for trail in (LABELLING, SETTLING)
    }
    steps |= {trail.redo: steps[trail.undo] for trail in (LABELLING, SETTLING)}
    for event in events:
        if event.target is None or event.target in steps.get(event.kind, ()):
            yield event


def _write(store: Store, kept: _Kept, report: Callable[[int, int], None] | None) -> None:
    def work() -> None:
        store.take_in(kept.events[None])
        store.refold_names()
        for number, (id_, (document, text)) in enumerate(kept.documents.items(), 1):
            store.add_document(replace(document, sentence_count=0), text, sentences=())
            store.take_in(kept.events[id_])
            store.refold(id_)
            if report is not None:
                report(number, len(kept.documents))

    try:
        store.transact(work)
    except NotSavedError as error:
        cause = error.__cause__
        raise cause if isinstance(cause, AnnotatorError) else error from error


def _sum_up(found: Salvage, kept: _Kept) -> Recovery:
    ids = {event.id for events in kept.events.values() for event in events}
    dropped: dict[str | None, int] = defaultdict(int)
    titles: dict[str, str] = {}
    for event in found.events.values():
        dropped[event.document_id] += event.id not in ids
        if isinstance(event.value, Imported) and event.document_id is not None:
            titles[event.document_id] = event.value.title
    for id_, copies in found.documents.items():
        titles.setdefault(id_, copies[-1][0].title)
    known = found.named_documents | {id_ for id_ in dropped if id_ is not None}
    known |= found.documents.keys()
    return Recovery(
        kept=tuple(
            Fate(id_, document.title, len(kept.events[id_]), dropped[id_])
            for id_, (document, _) in kept.documents.items()
        ),
        lost=tuple(
            Fate(id_, titles.get(id_), 0, dropped[id_])
            for id_ in sorted(known - kept.documents.keys())
        ),
        events=len(ids),
        events_lost=len((found.named_events | found.events.keys()) - ids),
        gaps=tuple(_find_gaps(event.counter for event in found.events.values())),
        remarks=tuple(kept.remarks),
    )


def _find_gaps(counters: Iterable[int]) -> Iterator[tuple[int, int]]:
    before = 0
    for counter in sorted(set(counters)):
        if counter > before + 1:
            yield before + 1, counter - 1
        before = counter
