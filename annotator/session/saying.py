"""What an annotation holds, and what somebody typed, in the form in which events have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.errors import ActError
from annotator.model.event import Denied, EventKind
from annotator.text.normalize import normalize

if TYPE_CHECKING:
    from annotator.model.annotation import Annotation
    from annotator.model.event import Value


def label_of(annotation: Annotation | None) -> str | None:
    """The label given; `None` where nothing is said, or no label."""
    return None if annotation is None else annotation.label


def value_of(annotation: Annotation | None, kind: EventKind) -> Value:
    """What the annotation holds of the kind that an act would set."""
    if annotation is None:
        return False if kind is EventKind.UNSURE else None
    match kind:
        case EventKind.LABEL:
            return annotation.label
        case EventKind.NOTE:
            return annotation.note
        case EventKind.SPEAKER:
            return annotation.speaker
        case EventKind.UNSURE:
            return annotation.unsure
        case EventKind.DENIES:
            return Denied(annotation.label or "", annotation.denies)
    raise ActError(f"An event of kind {kind} sets nothing of an annotation.")


def clean(text: str) -> str | None:
    """One line without control characters; `None` where nothing is left."""
    # A terminal may hand over half of a character, which no database holds.
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(normalize(whole).text.split()) or None
