"""What a file says that leads have settled, put into the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model.clock import derive_id
from annotator.model.event import Draft, EventKind, Settled
from annotator.model.event_value import write_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.model.adjudication import Adjudication
    from annotator.session.library import Library


def add_settled(library: Library, document_id: str, settled: Iterable[Adjudication]) -> int:
    """Settle sentences as a file has them; how many. What is here already stays: the same, and what
    was settled later than the file's.

    Such an event has the time that the file names, since that is what its export says again; and
    its id comes from what it says. Inside `transact`.
    """
    drafts: list[Draft] = []
    standing = {one.span: one for one in library.store.read_adjudications(document_id)}
    steps: dict[str, str] = {}
    for one in settled:
        here = standing.get(one.span)
        if here is not None and here.created_at >= one.created_at:
            continue
        value = Settled(one.label, one.note, one.rule)
        span = f"{one.span.start}-{one.span.end}"
        content = (document_id, span, one.reviewer, one.created_at, write_value(value) or "")
        id_ = derive_id("settled", *content)
        drafts.append(
            Draft(
                id=id_,
                step=steps.setdefault(one.reviewer, id_),
                document_id=document_id,
                span=one.span,
                reviewer=one.reviewer,
                kind=EventKind.SETTLE,
                value=value,
                time=one.created_at,
                spent_ms=0,
                guideline=library.drafting.guideline,
            )
        )
    known = library.store.list_known([draft.id for draft in drafts])
    fresh = [draft for draft in drafts if draft.id not in known]
    library.store.append(fresh)
    return len(fresh)
