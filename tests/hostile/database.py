"""A database in which every text steers terminals, put together past all that would refuse it."""

from __future__ import annotations

import re
import unicodedata
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from annotator.model.document import Article
from annotator.model.event import Denied, Draft, EventKind, Settled, Suggested
from annotator.model.scheme import Label, LabelScheme
from annotator.store.sqlite import SqliteStore
from tests.builders import CountingIds, make_library, put

if TYPE_CHECKING:
    from annotator.model.document import Document
    from annotator.model.event import Value
    from annotator.model.span import Span
    from annotator.session.library import Library
    from annotator.store.base import Store

MILD: Final = "\u202e\u2066[b]<b>&amp;"
"""What a text may hold, and still come in from another database."""

EVIL: Final = "\x1b]0;evil\x07\x9b31m\u202e\r\x00\x7f\x08\x9d2;x\x9c\u2066\u2028[b]<b>&amp;"
"""A title for the window, colours, backspaces, text from right to left, a line's end that is none;
and markup, of Textual's kind and of HTML's."""

LABELS: Final = LabelScheme(
    f"scheme {EVIL}",
    (
        Label(f"claim{EVIL}", "c", f"A claim {EVIL}.", "warning", f"Look at {EVIL}\n# {EVIL}\n"),
        Label(f"denial{EVIL}", "d", f"A denial {EVIL}.", "error", None, (f"claim{EVIL}",)),
        Label("background", "b", "Else.", f"red{EVIL}"),
    ),
)
CLAIM, DENIAL, ELSE = (label.name for label in LABELS.labels)

REVIEWERS: Final = (f"ana{EVIL}", f"ben{EVIL}", "lea")
"""The last is the one who works."""

GIVEN: Final = {
    REVIEWERS[0]: (CLAIM, DENIAL, ELSE, CLAIM),
    REVIEWERS[1]: (CLAIM, CLAIM, DENIAL, CLAIM),
    REVIEWERS[2]: (CLAIM, DENIAL, CLAIM),
}
SENTENCES: Final = 6


@dataclass(frozen=True, slots=True)
class Hostile:
    """Where the database is, and its documents: two that reviewers worked on, one deleted."""

    path: str
    ids: tuple[str, str]
    deleted: str


def find_unsafe(text: str, *, lines: str = "\n\t") -> list[str]:
    """The characters of a text that steer a terminal or turn the words around them; `lines` are the
    control characters that may stand in it.
    """
    found = set()
    for character in text:
        if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} and character not in lines:
            found.add(f"U+{ord(character):04X}")
        if unicodedata.bidirectional(character) in {"RLO", "LRO", "RLE", "LRE", "RLI", "LRI"}:
            found.add(f"U+{ord(character):04X}")
    return sorted(found)


def make_hostile(path: str, text: str = EVIL) -> Hostile:
    """Put the database there; in each sentence of its documents stands `text`."""
    with closing(SqliteStore.open(path)) as store:
        return fill(store, path, text)


def fill(store: Store, path: str, text: str) -> Hostile:
    """The same in an empty store."""
    library = make_library(store, REVIEWERS[-1])
    put_event(library, EventKind.SCHEME, None, LABELS)
    library.look_at_scheme()
    documents = [_shelve(library, number, text) for number in range(3)]
    for reviewer, labels in GIVEN.items():
        own = library if reviewer == REVIEWERS[-1] else make_working(store, reviewer)
        for document in documents[:2]:
            _work(own, document, labels)
    for document in documents[:2]:
        _suggest(library, document, index=SENTENCES - 1)
    _settle(library, documents[0], index=1)
    library.delete(documents[2])
    first, second, third = (document.id for document in documents)
    return Hostile(path, (first, second), third)


def make_working(store: Store, reviewer: str, *, first: int | None = None) -> Library:
    """A reviewer's library, with the scheme of the database; its ids count from `first` on."""
    ids = None if first is None else CountingIds(first)
    library = make_library(store, reviewer, ids=ids)
    library.look_at_scheme()
    return library


def _shelve(library: Library, number: int, evil: str) -> Document:
    lines = [f'"It is so {evil}," said Ada {evil} in {number}-{each}.' for each in range(SENTENCES)]
    # Only what `splitlines` takes for the end of a line keeps a sentence from being one.
    text = "\n".join(re.sub("[\r\u2028]", "\x1b[7m", line) for line in lines) + "\n"
    article = Article(
        text=text,
        title=f"Title {number} {EVIL}",
        source=f"folder/{EVIL}.txt",
        author=f"Author {EVIL}",
        published=f"2026 {EVIL}",
        language=f"en{EVIL}",
    )
    return put(library, article)


def _work(library: Library, document: Document, labels: tuple[str, ...]) -> None:
    put_event(library, EventKind.ASSIGN, document.id, _assigned(library.drafting.reviewer))
    spans = _spans(library, document)
    for span, label in zip(spans, labels, strict=False):
        put_event(library, EventKind.LABEL, document.id, label, span=span)
        put_event(library, EventKind.NOTE, document.id, f"Note {EVIL}", span=span)
        put_event(library, EventKind.SPEAKER, document.id, f"Speaker {EVIL}", span=span)
        if label == DENIAL:
            link = Denied(DENIAL, (spans[0],))
            put_event(library, EventKind.DENIES, document.id, link, span=span)
    put_event(library, EventKind.UNSURE, document.id, value=True, span=spans[0])


def _assigned(reviewer: str) -> Value:
    from annotator.model.event import Assigned

    return Assigned(reviewer, again=False, withdrawn=False)


def _suggest(library: Library, document: Document, *, index: int) -> None:
    span = _spans(library, document)[index]
    value = Suggested(f"program {EVIL}", CLAIM, f"Speaker {EVIL}", ())
    put_event(library, EventKind.SUGGEST, document.id, value, span=span)


def _settle(library: Library, document: Document, *, index: int) -> None:
    span = _spans(library, document)[index]
    value = Settled(DENIAL, f"Why {EVIL}", None)
    put_event(library, EventKind.SETTLE, document.id, value, span=span)


def _spans(library: Library, document: Document) -> list[Span]:
    return [sentence.span for sentence in library.store.read_sentences(document.id)]


def put_event(
    library: Library,
    kind: EventKind,
    document_id: str | None,
    value: Value,
    *,
    span: Span | None = None,
) -> None:
    """Put an event into the log, whatever it says."""
    drafts: list[Draft] = [library.drafting.draft(kind, document_id, span=span, value=value)]
    library.store.transact(lambda: library.store.append(drafts))
