"""Where two databases differ on what was done in each without knowing of the other.

Nothing is lost by it: both words stay in the history, and the order of the log says which counts.
What one side had seen of the other before it went on is no conflict.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from annotator.model.adjudication import fold_settled
from annotator.model.annotation import aim, fold_cut
from annotator.model.event import CUTS, REMARKS, EventKind, Imported, Settled
from annotator.model.origin import fold_origin
from annotator.model.span import Span, overlap, unite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from annotator.model.adjudication import Adjudication
    from annotator.model.annotation import Annotation
    from annotator.model.document import Document
    from annotator.model.event import Event
    from annotator.model.scheme import LabelScheme
    from annotator.store.base import Store


class Subject(StrEnum):
    """What two databases may differ on."""

    LABEL = "label"
    SPEAKER = "speaker"
    NOTE = "note"
    UNSURE = "unsure"
    DENIES = "denies"
    SETTLED = "settled"
    SENTENCES = "sentences"
    DELETED = "deleted"
    SCHEME = "scheme"
    GUIDELINE = "guideline"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Conflict:
    """What was said here, what there, and what counts now; `None`: nothing.

    `index` is the sentence's, from 0, as the text is cut now. A label settled has the lead's name
    in `reviewer`; what is of the whole document or library has none.
    """

    subject: Subject
    here: str | None
    there: str | None
    now: str | None
    document_id: str | None = None
    index: int | None = None
    reviewer: str | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What a document came to in one database."""

    cut: list[tuple[int, Span]]
    annotations: list[Annotation]
    settled: list[Adjudication]
    deleted: bool


_Views: TypeAlias = tuple[View, View, View]
_Only: TypeAlias = "tuple[Sequence[Event], Sequence[Event]]"
_Said: TypeAlias = "dict[str, list[Annotation]]"
_Words: TypeAlias = tuple[str | None, str | None, str | None]
"""Here, there, now."""

_Side = TypeVar("_Side")


def _tell_each(sides: tuple[_Side, _Side, _Side], tell: Callable[[_Side], str | None]) -> _Words:
    here, there, now = sides
    return tell(here), tell(there), tell(now)


def look_at(store: Store, document_id: str) -> View:
    """What a document comes to in a store now."""
    return View(
        [(sentence.paragraph, sentence.span) for sentence in store.read_sentences(document_id)],
        list(store.read_annotations(document_id)),
        list(store.read_adjudications(document_id)),
        store.find_documents(document_id, limit=1)[0].deleted,
    )


def fold_view(document: Document, events: Sequence[Event]) -> View:
    """What a document comes to by these events, under the names that they have.

    `StoreError` where its import is not among them.
    """
    document, cut = fold_origin(document, events)
    cutting, state = fold_cut(events, cut=cut)
    standing = cut if cutting is None else list(cutting)
    said = state.values() if cutting is None else (aim(a, cutting.find) for a in state.values())
    settled = fold_settled(events, [span for _, span in standing])
    return View(standing, list(said), list(settled.values()), document.deleted)


_TURNING: Final = frozenset({EventKind.UNDO, EventKind.REDO})
"""What may take back a split that both sides know."""

_CUTTING: Final = CUTS | _TURNING | {EventKind.IMPORT}
_SETTLING: Final = frozenset({EventKind.SETTLE, EventKind.RETRACT, EventKind.REINSTATE})
_MARKING: Final = frozenset({EventKind.DELETE, EventKind.RESTORE})


def may_conflict(only_here: Sequence[Event], only_there: Sequence[Event]) -> bool:
    """Whether both sides did what could differ. Quick: of two reviewers who labelled the same
    article apart, with the same cut, nothing needs to be compared.
    """
    if _list_touched(only_here).keys() & _list_touched(only_there).keys():
        return True
    kinds = ({event.kind for event in only_here}, {event.kind for event in only_there})
    if any(all(found & those for found in kinds) for those in (_MARKING, _SETTLING, _TURNING)):
        return True
    return _list_cuts(only_here) != _list_cuts(only_there) or any(found & CUTS for found in kinds)


def _list_cuts(events: Sequence[Event]) -> set[str]:
    return {event.value.layout for event in events if isinstance(event.value, Imported)}


def find_conflicts(
    store: Store,
    document: Document,
    *,
    before: View,
    theirs: Sequence[Event],
    only: _Only,
) -> Iterator[Conflict]:
    """The conflicts in one document, after the two were united in the store.

    `before` is what it came to here, `theirs` its events there, `only` what was done on one side
    alone until now: here, and there. All under the names that reviewers have now.
    """
    there, now = fold_view(document, theirs), look_at(store, document.id)
    views = (before, there, now)
    yield from _compare_documents(document.id, views, only)
    sides = (_group(before, store), _group(there, store), _group(now, store))
    spans = [span for _, span in now.cut]
    touched = (_list_touched(only[0]), _list_touched(only[1]))
    for reviewer in sorted(touched[0].keys() & touched[1].keys()):
        regions = (unite(touched[0][reviewer]), unite(touched[1][reviewer]))
        for index in _share(spans, *regions):
            here, other, after = (_pick(side, reviewer, spans[index]) for side in sides)
            for subject, words in _compare((here, other, after)):
                yield Conflict(subject, *words, document.id, index, reviewer)
    yield from _compare_settled(document.id, views, only)


def _compare_documents(document_id: str, views: _Views, only: _Only) -> Iterator[Conflict]:
    before, there, _ = views
    if before.cut != there.cut and all(any(e.kind in _CUTTING for e in side) for side in only):
        words = _tell_each(views, lambda view: f"{len(view.cut)} sentences")
        yield Conflict(Subject.SENTENCES, *words, document_id)
    if before.deleted != there.deleted and all(any(e.kind in _MARKING for e in s) for s in only):
        words = _tell_each(views, lambda view: "deleted" if view.deleted else "in the library")
        yield Conflict(Subject.DELETED, *words, document_id)


def _compare_settled(document_id: str, views: _Views, only: _Only) -> Iterator[Conflict]:
    spans = [span for _, span in views[-1].cut]
    here, there = (
        unite([e.span for e in side if e.span and (isinstance(e.value, Settled) or _turns(e))])
        for side in only
    )
    for index in _share(spans, here, there):
        words = _tell_each(views, partial(_tell_settled, span=spans[index]))
        if words[0] != words[1]:
            yield Conflict(Subject.SETTLED, *words, document_id, index)


def _tell_settled(view: View, span: Span) -> str | None:
    found = (one for one in view.settled if overlap(one.span, span))
    return " / ".join(f"{one.label} ({one.reviewer})" for one in found) or None


def _turns(event: Event) -> bool:
    return event.kind in (EventKind.RETRACT, EventKind.REINSTATE)


def _is_remark(event: Event) -> bool:
    return event.kind in REMARKS or event.kind in _TURNING


def _list_touched(events: Iterable[Event]) -> dict[str, list[Span]]:
    """Of which spans each reviewer has said or taken back anything."""
    found: dict[str, list[Span]] = defaultdict(list)
    for event in events:
        if event.span is not None and _is_remark(event):
            found[event.reviewer].append(event.span)
    return found


def _group(view: View, store: Store) -> _Said:
    found: _Said = defaultdict(list)
    for annotation in sorted(view.annotations, key=lambda one: one.span):
        found[store.resolve_reviewer(annotation.reviewer)].append(annotation)
    return found


def _pick(said: _Said, reviewer: str, span: Span) -> list[Annotation]:
    """What a reviewer says of the text of a span; sentences do not overlap."""
    own = said.get(reviewer, [])
    at = end = bisect_left(own, span.end, key=lambda one: one.span.start)
    while at > 0 and own[at - 1].span.end > span.start:
        at -= 1
    return own[at:end]


def _share(spans: Sequence[Span], one: Sequence[Span], other: Sequence[Span]) -> Iterator[int]:
    """The sentences that share text with a region of each side, by index."""
    for index, span in enumerate(spans):
        if _meets(span, one) and _meets(span, other):
            yield index


def _meets(span: Span, regions: Sequence[Span]) -> bool:
    # Regions neither overlap nor stand in another order than the text's.
    at = bisect_left(regions, span.end, key=lambda region: region.start)
    return at > 0 and regions[at - 1].end > span.start


def _compare(
    sides: tuple[list[Annotation], list[Annotation], list[Annotation]],
) -> Iterator[tuple[Subject, _Words]]:
    if _list_said(sides[0]) == _list_said(sides[1]):
        return
    for subject, tell in _TELLING.items():
        words = _tell_each(sides, partial(_tell_all, tell=tell))
        if words[0] != words[1]:
            yield subject, words


def _list_said(said: list[Annotation]) -> list[tuple[object, ...]]:
    return [(one.label, one.speaker, one.note, one.unsure, one.denies) for one in said]


def _tell_all(said: list[Annotation], tell: Callable[[Annotation], str | None]) -> str | None:
    return " / ".join(dict.fromkeys(filter(None, map(tell, said)))) or None


def _tell_links(annotation: Annotation) -> str | None:
    return ", ".join(f"{span.start}-{span.end}" for span in annotation.denies) or None


_TELLING: Final[dict[Subject, Callable[[Annotation], str | None]]] = {
    Subject.LABEL: lambda annotation: annotation.label,
    Subject.SPEAKER: lambda annotation: annotation.speaker,
    Subject.NOTE: lambda annotation: annotation.note,
    Subject.UNSURE: lambda annotation: "unsure" if annotation.unsure else None,
    Subject.DENIES: _tell_links,
}


def find_scheme_conflict(
    *, before: LabelScheme, theirs: LabelScheme, now: LabelScheme, came: Iterable[Event]
) -> Iterator[Conflict]:
    """Two schemes, of which one came only now."""
    if before != theirs and any(event.kind is EventKind.SCHEME for event in came):
        yield Conflict(Subject.SCHEME, before.name, theirs.name, now.name)


def find_guideline_conflict(came: Iterable[Event], in_force: str) -> Iterator[Conflict]:
    """What came was labelled by another guideline than the one in force: by each of them."""
    counts: dict[str, int] = defaultdict(int)
    for event in came:
        if event.kind in REMARKS and event.guideline not in ("", in_force):
            counts[event.guideline] += 1
    for guideline, count in sorted(counts.items()):
        there = f"{guideline[:16]} ({count} {'event' if count == 1 else 'events'})"
        yield Conflict(Subject.GUIDELINE, in_force[:16], there, in_force[:16])
