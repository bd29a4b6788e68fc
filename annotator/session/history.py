"""A document's history told event by event: what each one changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from annotator.errors import StoreError
from annotator.model.annotation import Change, apply, fold, fold_cut
from annotator.model.event import ACTS, CUTS, EventKind, Imported
from annotator.model.layout import read_layout
from annotator.model.span import overlap, unite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annotator.model.annotation import Annotation, State
    from annotator.model.document import Document
    from annotator.model.event import Event
    from annotator.model.span import Span
    from annotator.store.base import Store

_OF_SETTLEMENTS: Final = frozenset({EventKind.RETRACT, EventKind.REINSTATE})


@dataclass(frozen=True, slots=True)
class Entry:
    """An event and what it changed, sentence by sentence.

    `undone` holds, for an undo or a redo, the kinds of the acts that it takes back or puts back;
    `settlements`, for one of a settlement, the settlements.
    """

    event: Event
    changes: tuple[Change, ...]
    undone: tuple[EventKind, ...] = ()
    settlements: tuple[Event, ...] = ()


def tell_history(
    store: Store, document: Document, *, touching: Span | None = None
) -> Iterator[Entry]:
    """Every event of the document, oldest first; or those that `Store.read_events` finds touching a
    span. To be read inside `Store.snapshot`.

    A split or a join is one change, of the sentence that holds its beginning: what its reviewer had
    said of it before and after. What others had said goes along, and is not told.
    """
    steps: dict[str, list[Event]] = defaultdict(list)
    logs = _Logs(store.read_events(document.id, touching=touching))
    for event in store.read_events(document.id, touching=touching):
        if event.kind in ACTS or event.kind is EventKind.SETTLE:
            steps[event.step].append(event)
        if event.kind in _OF_SETTLEMENTS:
            yield Entry(event, (), settlements=tuple(steps.get(event.target or "", ())))
            continue
        acts = [event] if event.kind in ACTS else steps.get(event.target or "", [])
        changes = tuple(
            replace(change, index=_find_index(store, document, span))
            for span, change in logs.follow(event, acts)
        )
        undone = () if event.kind in ACTS else tuple(act.kind for act in acts)
        yield Entry(event, changes, undone)


class _Logs:
    """What stands, place by place, as the events go by.

    A place is a sentence and a reviewer; or, where sentences were ever split or joined, the stretch
    of text that this touched and all who said anything of it.
    """

    def __init__(self, events: Iterable[Event]) -> None:
        self._logs: dict[object, list[Event]] = defaultdict(list)
        self._state: dict[object, State] = {}
        self._base: list[tuple[int, Span]] = []
        wholes = []
        for event in events:
            if event.kind in CUTS and event.span is not None:
                wholes.append(event.span)
            if isinstance(event.value, Imported) and not self._base:
                self._base = read_layout(event.value.layout)
        self._regions = unite(wholes)

    def follow(self, event: Event, acts: list[Event]) -> Iterator[tuple[Span, Change]]:
        """What one more event changes: where that begins, and the change; its index is still 0."""
        cuts = [act for act in acts if act.kind in CUTS]
        for span in sorted({act.span for act in acts if act.span is not None}):
            region = next((r for r in self._regions if r.start <= span.start < r.end), None)
            if region is None:
                yield self._follow_sentence(event, acts, span)
            elif cuts:
                yield span, self._follow_cut(event, span, region)
            else:
                yield from self._follow_region(event, region)

    def _follow_sentence(self, event: Event, acts: list[Event], span: Span) -> tuple[Span, Change]:
        key = (acts[0].reviewer, span)
        log, before = self._logs[key], self._state.get(key, {}).get(key)
        log.append(event)
        # An act is the newest there is, so it applies to what stands; the rest is folded anew.
        after = apply(before, event) if event.kind in ACTS else fold(log).get(key)
        self._state[key] = {} if after is None else {key: after}
        return span, Change(0, before, after)

    def _follow_region(self, event: Event, region: Span) -> Iterator[tuple[Span, Change]]:
        before, after = self._fold_region(event, region)
        for reviewer, span in sorted(before.keys() | after.keys()):
            key = (reviewer, span)
            if reviewer == event.reviewer and before.get(key) != after.get(key):
                yield span, Change(0, before.get(key), after.get(key))

    def _follow_cut(self, event: Event, whole: Span, region: Span) -> Change:
        before, after = self._fold_region(event, region)

        def find(state: State) -> list[Annotation]:
            found = [
                said
                for (reviewer, span), said in sorted(state.items())
                if reviewer == event.reviewer and whole.start <= span.start < whole.end
            ]
            return [said for said in found if said.span.start == whole.start] + [
                said for said in found if said.span.start > whole.start
            ]

        said, now = find(before), find(after)
        return Change(
            0,
            next(iter(said), None),
            next(iter(now), None),
            recut=True,
            absorbed=said[1] if len(said) > 1 else None,
        )

    def _fold_region(self, event: Event, region: Span) -> tuple[State, State]:
        self._logs[region].append(event)
        base = [(paragraph, span) for paragraph, span in self._base if overlap(span, region)]
        before = self._state.get(region, {})
        self._state[region] = fold_cut(self._logs[region], cut=base)[1]
        return before, self._state[region]


def _find_index(store: Store, document: Document, span: Span) -> int:
    index = store.find_index(document.id, start=span.start)
    if index is None:
        raise StoreError(
            f"The history of document {document.id} speaks of {span.start}-{span.end}, which is no"
            " sentence: run 'annotator verify'."
        )
    return index
