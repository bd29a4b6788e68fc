"""One person under two names becomes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.errors import UnknownNameError, UsageError
from annotator.model.assignment import is_again, name_again
from annotator.model.event import EventKind, Renamed
from annotator.text.display import show_line

if TYPE_CHECKING:
    from annotator.session.library import Library
    from annotator.store.base import Store


@dataclass(frozen=True, slots=True)
class Renaming:
    """What a renaming comes to: in how many documents `old` has annotated sentences, how many; and
    of these how many `new` has annotated as well, how many with another label.
    """

    old: str
    new: str
    documents: int
    sentences: int
    shared: int
    differing: int


def foresee_renaming(store: Store, old: str, new: str) -> Renaming:
    """What `rename_reviewer` would come to; its errors."""
    now, wanted = store.resolve_reviewer(old), new.strip()
    _check(store, old, now, wanted)
    documents = sentences = shared = differing = 0
    for document in store.find_documents("", limit=2**31):
        theirs = {one.span: one.label for one in store.read_annotations(document.id, reviewer=now)}
        if not theirs:
            continue
        documents += 1
        sentences += len(theirs)
        for one in store.read_annotations(document.id, reviewer=store.resolve_reviewer(wanted)):
            if one.span in theirs and store.resolve_reviewer(wanted) != now:
                shared += 1
                differing += one.label != theirs[one.span]
    return Renaming(now, wanted, documents, sentences, shared, differing)


def rename_reviewer(library: Library, old: str, new: str) -> Renaming:
    """All that `old` has done and will do is `new`'s, their second passes included.

    Where both have said something of a sentence, the newer word counts. `UnknownNameError` for a
    reviewer who has neither done anything here nor been assigned anything; `UsageError` where it is
    their name already.
    """
    store = library.store

    def work() -> Renaming:
        found = foresee_renaming(store, old, new)
        first = library.drafting.draft(EventKind.RENAME, None, value=Renamed(found.old, found.new))
        drafts = [first]
        again = name_again(found.old)
        if again in _list_known(store):
            value = Renamed(again, name_again(found.new))
            draft = library.drafting.draft(EventKind.RENAME, None, value=value, step=first.id)
            drafts.append(draft)
        store.append(drafts)
        return found

    return store.transact(work)


def _check(store: Store, old: str, now: str, new: str) -> None:
    if not new:
        raise UsageError("The new name is empty.")
    if new == now:
        called = "" if old == now else f"; '{show_line(old)}' was renamed so"
        raise UsageError(f"'{show_line(new)}' is the name already{called}: nothing was changed.")
    if is_again(new) or is_again(now):
        raise UsageError("A second pass goes by its reviewer's name: rename the reviewer.")
    known = _list_known(store)
    if now not in known:
        there = ", ".join(show_line(name) for name in known)
        hint = f"there is {there}" if known else "nobody has done anything here yet"
        raise UnknownNameError(f"There is no reviewer '{show_line(old)}'; {hint}.")


def _list_known(store: Store) -> list[str]:
    assigned = (one.writes_as for one in store.list_assignments())
    return sorted({*store.list_reviewers(), *assigned})
