"""What a damaged database still holds: its documents and events, each row by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from annotator.errors import NewerDatabaseError, StoreError
from annotator.model.span import Span
from annotator.model.twin import choose_twin
from annotator.store.borrowing import check_file
from annotator.store.pages import MAGIC, guess_page_sizes, open_image, read_rows
from annotator.store.rows import read_document, read_event
from annotator.store.version import APPLICATION_ID, SCHEMA_VERSION

if TYPE_CHECKING:
    from annotator.model.document import Document
    from annotator.model.event import Event
    from annotator.store.pages import Image, Row

_DOCUMENT_COLUMNS: Final = 12
_EVENT_COLUMNS: Final = 13
_SENTENCE_COLUMNS: Final = 7
_DOCUMENT_ID: Final = 16
_EVENT_ID: Final = 36
"""Characters."""


@dataclass(slots=True)
class Salvage:
    """What was read, nothing of it believed yet.

    `documents` are texts by id, in every copy that was found. `sentences` are paragraph and span by
    document and start. `named_documents` and `named_events` are ids that an index names.
    """

    documents: dict[str, list[tuple[Document, str]]] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    sentences: dict[str, dict[int, tuple[int, Span, str]]] = field(default_factory=dict)
    named_documents: set[str] = field(default_factory=set)
    named_events: set[str] = field(default_factory=set)

    @property
    def worth(self) -> tuple[int, int]:
        """How many documents were read, without which nothing is kept, and how many events."""
        return len(self.documents), len(self.events)


def salvage(name: str) -> Salvage:
    """Read all rows of documents, sentences and events that stand in a file and its log.

    Neither is written to, or opened by SQLite. `StoreError` where there is no file, or it cannot be
    read; `NewerDatabaseError` for one that is newer than the program.
    """
    path = Path(name)
    check_file(path, name)
    whole = path.resolve()
    log = whole.with_name(f"{whole.name}-wal")
    try:
        file = whole.read_bytes()
        waiting = log.read_bytes() if log.exists() else b""
    except OSError as error:
        raise StoreError(f"{name} cannot be read: {error.strerror or error}.") from error
    _check_version(file, name)
    best = Salvage()
    for page_size in guess_page_sizes(file, waiting):
        found = Salvage()
        _collect(open_image(file, waiting, page_size=page_size), found)
        if found.documents and _fits(file, page_size):
            return found
        # By a wrong size a part is found, too: where pages happen to begin alike.
        best = max(best, found, key=lambda one: one.worth)
    return best


def _fits(file: bytes, page_size: int) -> bool:
    """Whether the header says of the file that it is as long as it is, in pages of this size."""
    return int.from_bytes(file[28:32]) * page_size == len(file)


def _check_version(file: bytes, name: str) -> None:
    version = int.from_bytes(file[60:64])
    is_ours = file.startswith(MAGIC) and int.from_bytes(file[68:72]) == APPLICATION_ID
    # A version of thousands is damage.
    if is_ours and SCHEMA_VERSION < version < 1000:
        raise NewerDatabaseError(
            f"The database {name} was made by a newer version of annotator (schema {version}, this"
            f" one knows {SCHEMA_VERSION}): upgrade with 'pip install --upgrade annotator'."
        )


def _collect(image: Image, found: Salvage) -> None:
    for is_of_index, row in read_rows(image):
        try:
            if is_of_index:
                _collect_name(row, found)
            elif len(row) == _DOCUMENT_COLUMNS:
                _collect_document(row, found)
            elif len(row) == _EVENT_COLUMNS:
                _collect_event(row, found)
            elif len(row) == _SENTENCE_COLUMNS:
                _collect_sentence(row, found)
        except (StoreError, ValueError):
            continue  # not a row of this table, or too damaged to be one


def _collect_name(row: Row, found: Salvage) -> None:
    match row:
        case (str(id_), int()) if len(id_) == _DOCUMENT_ID:
            found.named_documents.add(id_)
        case (str(id_), int()) if len(id_) == _EVENT_ID:
            found.named_events.add(id_)


def _collect_document(row: Row, found: Salvage) -> None:
    text = row[-1]
    document = read_document(row[:-1])
    if isinstance(text, str):
        copies = found.documents.setdefault(document.id, [])
        if (document, text) not in copies:
            copies.append((document, text))


def _collect_event(row: Row, found: Salvage) -> None:
    # The table's own order of columns, which is not the one of `EVENT_COLUMNS`.
    id_, counter, *rest = row
    event = read_event((id_, *rest, counter))
    there = found.events.get(event.id, event)
    try:
        found.events[event.id] = event if there == event else choose_twin(there, event)
    except StoreError:
        found.events[event.id] = event  # the newer copy of the page


def _collect_sentence(row: Row, found: Salvage) -> None:
    match row:
        # Its number is the row's own, and not stored with it.
        case (None, str(id_), int(), int(paragraph), int(start), int(end), str(text)):
            found.sentences.setdefault(id_, {})[start] = (paragraph, Span(start, end), text)
