"""Putting together what the log is to hold: who, when, under which guideline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.model.clock import format_time
from annotator.model.event import Draft

if TYPE_CHECKING:
    from annotator.model.clock import Clock, EventIds
    from annotator.model.event import EventKind, Value
    from annotator.model.span import Span


@dataclass(frozen=True, slots=True)
class Drafting:
    """One reviewer's pen: all that events of one sitting share."""

    reviewer: str
    guideline: str
    clock: Clock
    ids: EventIds

    def draft(
        self,
        kind: EventKind,
        document_id: str | None,
        *,
        span: Span | None = None,
        value: Value = None,
        spent_ms: int = 0,
        target: str | None = None,
        step: str | None = None,
    ) -> Draft:
        """An event: a step of its own, or one more of a step that was begun."""
        now = self.clock.wall_ms()
        id_ = self.ids.next_id(now)
        return Draft(
            id=id_,
            step=step or id_,
            document_id=document_id,
            span=span,
            reviewer=self.reviewer,
            kind=kind,
            value=value,
            time=format_time(now),
            spent_ms=spent_ms,
            guideline=self.guideline,
            target=target,
        )
