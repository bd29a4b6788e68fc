"""What others have said of a sentence: for those who have labelled it themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.errors import ActError
from annotator.model.assignment import name_person
from annotator.model.event import EventKind

if TYPE_CHECKING:
    from annotator.model.document import Place
    from annotator.session.labelling import Session


def see_others(session: Session, index: int) -> list[Place]:
    """The sentence as each other reviewer who has said anything of it left it, by name.

    `ActError` where this reviewer has not labelled it: two people who agree because one has looked
    tell nothing. That somebody has looked is an event, written before anything is shown; where
    there is nothing to see there is none.
    """
    store, document = session.store, session.document

    def work() -> list[Place]:
        # Read here: between one's own label and theirs nobody may split or join sentences.
        place = session.read_place(index)
        if place.annotation is None or place.annotation.label is None:
            raise ActError(
                f"Label sentence {index + 1} first: others' labels are shown only beside your own."
            )
        found = [
            theirs
            for reviewer in store.list_reviewers()
            # Nor what they themselves have said the other time, which they are to say blind.
            if name_person(reviewer) != name_person(session.reviewer)
            for theirs in store.read_places(document.id, reviewer=reviewer, first=index, count=1)
            if theirs.annotation is not None
        ]
        if found:
            draft = session.drafting.draft(EventKind.SEEN, document.id, span=place.sentence.span)
            store.append([draft])
        return found

    return store.transact(work)
