"""What undo and redo act on: pure functions over the log.

A step is what one key press or one closed dialog wrote. Undo names the newest step that is in force
and takes it back; redo names the step undone last and puts it back, until a new step is made. Both
are events themselves, so neither has a limit, and both outlive the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from annotator.errors import NothingToUndoError
from annotator.model.event import ACTS, Event, EventKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.model.span import Span


@dataclass(frozen=True, slots=True)
class Trail:
    """Acts that are undone and redone among themselves: who labels and settles in one document
    undoes the one without the other.
    """

    acts: frozenset[EventKind]
    undo: EventKind
    redo: EventKind

    def step_of(self, event: Event) -> str | None:
        """The step that an event belongs to or speaks of; `None` for one of another trail."""
        if event.kind in self.acts:
            return event.step
        if event.kind in (self.undo, self.redo):
            return event.target
        return None


LABELLING: Final = Trail(ACTS, EventKind.UNDO, EventKind.REDO)
SETTLING: Final = Trail(frozenset({EventKind.SETTLE}), EventKind.RETRACT, EventKind.REINSTATE)


def find_undoable(newest_first: Iterable[Event], *, trail: Trail = LABELLING) -> str:
    """The step that an undo takes back. Reads one reviewer's events of one document, newest first,
    and no further than it must. `NothingToUndoError` where no step is in force.
    """
    undone: set[str] = set()
    for event in newest_first:
        step = trail.step_of(event)
        if step is None or step in undone:
            continue
        if event.kind is trail.undo:
            undone.add(step)
        else:
            return step
    raise NothingToUndoError("There is nothing to undo in this document.")


def find_redoable(newest_first: Iterable[Event], *, trail: Trail = LABELLING) -> str:
    """The step that a redo puts back. Reads like `find_undoable`, back to the newest act at most.
    `NothingToUndoError` where nothing was undone since.
    """
    # The newest word on a step counts: two machines may both have undone it before a merge.
    settled: set[str] = set()
    for event in newest_first:
        step = trail.step_of(event)
        if step is None:
            continue
        if event.kind in trail.acts:
            break
        if event.kind is trail.undo and step not in settled:
            return step
        settled.add(step)
    raise NothingToUndoError("There is nothing to redo in this document.")


def replay(events: Iterable[Event], *, trail: Trail = LABELLING) -> list[Event]:
    """The acts that are in force, in the order in which they apply.

    A step that was undone and redone applies where it stood at first, or an undo and a redo would
    end differently where sentences were split or joined in between. Only what the same reviewer
    has said of the same span in the meantime, on another machine, comes before it: the redo is the
    newer word. An undo takes back only what stands before it. Events that say nothing of a sentence
    (an import, say) are left out.
    """
    acts: list[Event] = []
    # By reviewer too: an undo that names another's step, in a log from elsewhere, is none.
    turned: dict[tuple[str, str], Event] = {}
    for event in sorted(events, key=lambda event: event.order):
        if event.kind in trail.acts:
            acts.append(event)
        elif event.target is not None and event.kind in (trail.undo, trail.redo):
            turned[event.reviewer, event.target] = event
    if not turned:  # as in most articles: each act stands where it is
        return acts
    said: list[tuple[tuple[int, str], Event]] = []
    for act in acts:
        newest = turned.get((act.reviewer, act.step))
        if newest is None or newest.order < act.order:
            said.append((act.order, act))
        elif newest.kind is trail.redo:
            said.append((newest.order, act))
    # Sorting keeps the order of acts that one redo put back.
    said.sort(key=lambda entry: entry[0])
    return _put_back(act for _, act in said)


def _put_back(acts: Iterable[Event]) -> list[Event]:
    """Acts in the order in which they were last said, each where it stood at first or, where that
    would be before something said earlier of the same span by the same reviewer, right after it.
    """
    newest: dict[tuple[str, Span | None], tuple[int, str]] = {}
    placed: list[tuple[tuple[int, str], Event]] = []
    for act in acts:
        key = (act.reviewer, act.span)
        newest[key] = max(act.order, newest.get(key, act.order))
        placed.append((newest[key], act))
    return [act for _, act in sorted(placed, key=lambda entry: entry[0])]
