"""Reviewers at several databases that know nothing of one another, and what each database holds."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from hypothesis import strategies as st

from annotator.errors import ActError, SourceError
from annotator.exporters import Corpus, find_exporter
from annotator.model.document import Article
from annotator.model.event import (
    Assigned,
    Draft,
    EventKind,
    Imported,
    Renamed,
    Settled,
    Suggested,
)
from annotator.model.layout import read_layout
from annotator.model.scheme import FACT_CHECK
from annotator.readers import Reading, Said
from annotator.session.exporting import read_labelled
from annotator.session.receiving import receive
from annotator.session.updating import update
from annotator.store.memory import MemoryStore
from tests.builders import CountingIds, TickingClock, article, cut_lines, make_library

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.session.labelling import Session
    from annotator.session.library import Library
    from annotator.store.base import Store

REVIEWERS = ("ana", "ben")
ARTICLES = (article(4), article(3, title="The ferry"))

Act: TypeAlias = "tuple[str, int, int, int]"
"""What, who, where, and with which words."""

KINDS = (
    "label", "label", "label", "clear", "note", "unsure", "deny", "undo", "undo", "redo", "split",
    "split", "join", "import", "import again", "settle", "retract", "reinstate", "suggest",
    "assign", "rename", "delete", "restore", "scheme", "seen", "receive", "receive", "update",
)  # fmt: skip
ACTS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 1), st.integers(0, 7), st.integers(0, 3)),
    max_size=14,
)


@dataclass
class Machine:
    """One database, and all who work at it. Each machine's `number` is its own."""

    store: Store
    number: int

    def __post_init__(self) -> None:
        # Clocks of machines are never quite alike.
        self.clock = TickingClock()
        self.clock.now_ms += self.number * 1234
        self.ids = CountingIds((self.number + 1) << 40)

    def library(self, who: str) -> Library:
        made = make_library(self.store, who, clock=self.clock, ids=self.ids)
        made.look_at_scheme()
        return made

    def work(self, acts: Sequence[Act]) -> None:
        """Do what can be done of these."""
        for kind, who, place, words in acts:
            library = self.library(REVIEWERS[who])
            with suppress(ActError):
                self._act(library, kind, place, words)

    def _act(self, library: Library, kind: str, place: int, words: int) -> None:
        if kind in _OF_THE_LIBRARY:
            _OF_THE_LIBRARY[kind](library, place, words)
            return
        documents = library.store.find_documents("", limit=9)
        if not documents:
            _OF_THE_LIBRARY["import"](library, place, 0)
            return
        document = documents[place % len(documents)]
        session = library.open(document)
        index = (place // 2) % session.document.sentence_count
        _OF_A_SENTENCE[kind](library, session, index, words)


def clone(store: MemoryStore) -> MemoryStore:
    """Another database that holds the same."""
    made = MemoryStore()
    made._shelves, made._events = dict(store._shelves), list(store._events)
    return made


def describe(store: Store) -> tuple[object, ...]:
    """All that a database holds, and the file that is exported from it, with the history."""
    documents = store.find_documents("", limit=99)
    each = [
        (
            list(store.read_sentences(document.id)),
            list(store.read_annotations(document.id)),
            list(store.read_suggestions(document.id)),
            list(store.read_adjudications(document.id)),
            store.find_disputed(document.id),
        )
        for document in documents
    ]
    scheme = store.read_scheme() or FACT_CHECK
    write = find_exporter("json").write
    assert write is not None
    with store.snapshot():
        file = "".join(write(Corpus(scheme, read_labelled(store, documents, history=True))))
    names = [store.resolve_reviewer(who) for who in (*REVIEWERS, "eve")]
    log = list(store.read_log())
    return documents, each, store.list_assignments(), names, scheme, log, file


# -- acts


def _import(library: Library, place: int, words: int) -> None:
    chosen = ARTICLES[place % 2]
    spans = cut_lines(chosen)
    if words % 2:  # another program, or another version of it, cuts otherwise
        first, second, *rest = spans
        spans = [replace(first, end=second.end), *rest]
    title = chosen.title if words < 2 else "Another title"
    library.add(replace(chosen, title=title), spans=spans, paragraphs=[0] * len(spans))


def _rename(library: Library, place: int, words: int) -> None:
    names = (*REVIEWERS, "eve")
    old, new = names[place % 3], names[words % 3]
    if old != new:
        _append(library, EventKind.RENAME, None, value=Renamed(old, new))


def _set_scheme(library: Library, place: int, words: int) -> None:
    labels = [replace(one, definition=f"As of version {words}.") for one in FACT_CHECK.labels]
    library.set_scheme(replace(FACT_CHECK, name=f"version-{words}", labels=tuple(labels)))


def _receive(library: Library, place: int, words: int) -> None:
    """A file of another program's, which says something of two sentences."""
    chosen = ARTICLES[place % 2]
    cut = tuple((0, span) for span in cut_lines(chosen))
    span, other = cut[0][1], cut[1][1]
    label, time = ("claim", "denial")[place // 2 % 2], f"2026-11-2{words}T12:00:00Z"
    said = (
        Said(span, label, "ben", created_at=time, updated_at=time),
        Said(other, "denial", None, denies=(span,), unsure=words > 1),
    )
    receive(library, Reading(chosen, cut=cut, said=said), cut=list(cut), name="labels.jsonl")


def hand_on(source: Store, library: Library) -> None:
    """What an export with its history brings to another database."""
    for document in source.find_documents("", limit=9):
        events = list(source.read_events(document.id))
        fields = dict.fromkeys(Draft.__slots__)
        drafts = [Draft(**{name: getattr(event, name) for name in fields}) for event in events]
        origin = events[0].value
        assert isinstance(origin, Imported)
        article = Article(
            source.read_text(document.id), origin.title, origin.source, replaces=origin.replaces
        )
        cut = read_layout(origin.layout)
        reading = Reading(article, imported_at=events[0].time, history=tuple(drafts))
        receive(library, reading, cut=cut, name="export.json")


_OF_THE_LIBRARY: dict[str, Callable[[Library, int, int], None]] = {
    "import": _import,
    "import again": _import,
    "receive": _receive,
    "rename": _rename,
    "scheme": _set_scheme,
}


def _append(library: Library, kind: EventKind, document_id: str | None, **fields: object) -> None:
    draft: Draft = library.drafting.draft(kind, document_id)
    draft = replace(draft, **fields)  # type: ignore[arg-type]
    library.store.transact(lambda: library.store.append([draft]))


def _label(_: Library, session: Session, index: int, words: int) -> None:
    session.annotate(index, ("claim", "denial", "background", "claim")[words])


def _split(_: Library, session: Session, index: int, words: int) -> None:
    text = session.read_place(index).sentence.text
    session.split(index, len(" ".join(text.split()[: words + 1])) + 1)


def _settle(library: Library, session: Session, index: int, words: int) -> None:
    value = Settled(("claim", "denial", None, "background")[words], None, None)
    span = session.read_place(index).sentence.span
    _append(library, EventKind.SETTLE, session.document.id, span=span, value=value)


def _turn_settled(library: Library, session: Session, kind: EventKind, words: int) -> None:
    found = [
        event
        for event in library.store.read_events(session.document.id)
        if event.kind is EventKind.SETTLE and event.reviewer == library.reviewer
    ]
    if found:
        aim = found[words % len(found)]
        _append(library, kind, session.document.id, span=aim.span, target=aim.step)


def _suggest(library: Library, session: Session, index: int, words: int) -> None:
    value = Suggested(f"cues 1.{words % 2}", ("claim", "denial")[words // 2], None, ())
    span = session.read_place(index).sentence.span
    _append(library, EventKind.SUGGEST, session.document.id, span=span, value=value)


def _assign(library: Library, session: Session, index: int, words: int) -> None:
    value = Assigned(REVIEWERS[index % 2], words == 1, words == 3)
    _append(library, EventKind.ASSIGN, session.document.id, value=value)


def _update(library: Library, session: Session, index: int, words: int) -> None:
    if session.document.deleted:
        return
    newer = article(5 + words % 2, title=("The harbour", "The ferry")[index % 2])
    cut = [(0, span) for span in cut_lines(newer)]
    with suppress(SourceError):  # it has a newer one already, or this is another document's
        update(library, session.document, newer, cut=cut)


def _see(library: Library, session: Session, index: int, words: int) -> None:
    span = session.read_place(index).sentence.span
    _append(library, EventKind.SEEN, session.document.id, span=span)


def _deny(_: Library, session: Session, index: int, words: int) -> None:
    targets = [
        place.sentence.index
        for place in session.read_places(0, count=9)
        if place.annotation
        and place.annotation.label in ("claim", "denial")
        and place.sentence.index != index
    ]
    session.deny(index, "denial", targets[: words + 1])


_OF_A_SENTENCE: dict[str, Callable[[Library, Session, int, int], object]] = {
    "label": _label,
    "clear": lambda _, session, index, __: session.clear(index),
    "note": lambda _, session, index, words: session.note(index, ("", "why", "how", "so")[words]),
    "unsure": lambda _, session, index, words: session.flag_unsure(index, unsure=words > 0),
    "deny": _deny,
    "undo": lambda _, session, __, ___: session.undo(),
    "redo": lambda _, session, __, ___: session.redo(),
    "split": _split,
    "join": lambda _, session, index, __: session.join(index),
    "settle": _settle,
    "retract": lambda lib, ses, _, words: _turn_settled(lib, ses, EventKind.RETRACT, words),
    "reinstate": lambda lib, ses, _, words: _turn_settled(lib, ses, EventKind.REINSTATE, words),
    "suggest": _suggest,
    "assign": _assign,
    "seen": _see,
    "update": _update,
    "delete": lambda library, session, _, __: library.delete(session.document),
    "restore": lambda library, session, _, __: library.restore(session.document),
}
