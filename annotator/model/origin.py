"""What a document is by its log: where it came from, how it was cut, whether it is deleted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.errors import StoreError
from annotator.model.event import EventKind, Imported
from annotator.model.layout import read_layout

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.model.document import Document
    from annotator.model.event import Event
    from annotator.model.span import Span


def fold_origin(
    document: Document, events: Iterable[Event]
) -> tuple[Document, list[tuple[int, Span]]]:
    """The document as its events, in any order, have it, and how its text was cut at the import
    (paragraph and span of each sentence).

    Where two machines imported it, the first import counts. `StoreError` where there is none.
    """
    ordered = sorted(events, key=lambda event: event.order)
    marks = [e.kind for e in ordered if e.kind in (EventKind.DELETE, EventKind.RESTORE)]
    for event in ordered:
        if isinstance(event.value, Imported):
            origin = event.value
            cut = read_layout(origin.layout)
            folded = replace(
                document,
                title=origin.title,
                source=origin.source,
                author=origin.author,
                published=origin.published,
                language=origin.language,
                imported_at=event.time,
                replaces=origin.replaces,
                deleted=marks[-1:] == [EventKind.DELETE],
            )
            return folded, cut
    raise StoreError(f"The import of document {document.id} is not in its history.")
