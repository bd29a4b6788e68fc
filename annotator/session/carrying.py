"""What goes along to a newer text beside what reviewers said: who labels it, what is suggested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model.event import Assigned, EventKind, Suggested

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from annotator.model.event import Draft
    from annotator.model.span import Span
    from annotator.session.library import Library


def carry_team(
    library: Library, old_id: str, new_id: str, *, unchanged: Mapping[Span, Span]
) -> None:
    """Assign the newer text to whom the older is assigned, and suggest for sentences that are the
    same (their spans in the older and in the newer text) what was suggested for them. To be called
    inside a transaction.
    """
    drafts = [
        *_draft_assignments(library, old_id, new_id),
        *_draft_suggestions(library, old_id, new_id, unchanged),
    ]
    if drafts:
        library.store.append(drafts)


def _draft_assignments(library: Library, old_id: str, new_id: str) -> Iterator[Draft]:
    for one in library.store.list_assignments():
        if one.document_id == old_id:
            value = Assigned(one.reviewer, again=one.again, withdrawn=False)
            yield library.drafting.draft(EventKind.ASSIGN, new_id, value=value)


def _draft_suggestions(
    library: Library, old_id: str, new_id: str, unchanged: Mapping[Span, Span]
) -> Iterator[Draft]:
    for one in list(library.store.read_suggestions(old_id)):
        if one.span not in unchanged:
            continue
        denies = sorted(unchanged[span] for span in one.denies if span in unchanged)
        value = Suggested(one.program, one.label, one.speaker, tuple(denies))
        yield library.drafting.draft(
            EventKind.SUGGEST, new_id, span=unchanged[one.span], value=value
        )
