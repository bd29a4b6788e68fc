"""How a sentence's links read, beside it and in the panel. Sentences count from 1 here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from annotator.model.document import Link, Place
    from annotator.model.scheme import LabelScheme

DENIES: Final = "↳ denies "
DENIED_BY: Final = "↰ denied by "
STALE: Final = "?"
"""After the number of a sentence that is tied to and has lost the label that can be denied."""


def describe_links(place: Place, scheme: LabelScheme) -> str:
    """What stands after a sentence's text: `↳ denies 2, 5?`, `↰ denied by 7`, both, or nothing."""
    parts = []
    if place.denies:
        parts.append(DENIES + list_denied(place, scheme))
    if place.denied_by:
        parts.append(DENIED_BY + list_denying(place))
    return "  ".join(parts)


def list_denied(place: Place, scheme: LabelScheme) -> str:
    """`2, 5?`: what the sentence denies, marked where that is no claim any more."""
    stale = find_stale(place, scheme)
    return ", ".join(f"{link.index + 1}{STALE if link in stale else ''}" for link in place.denies)


def list_denying(place: Place) -> str:
    """`7, 9`: what denies the sentence."""
    return ", ".join(str(index + 1) for index in place.denied_by)


def explain_stale(place: Place, scheme: LabelScheme) -> str:
    """Says of the marked ones what is the matter with them; nothing where none is marked."""
    numbers = [str(link.index + 1) for link in find_stale(place, scheme)]
    if len(numbers) < 2:
        return f"{numbers[0]} is no claim any more" if numbers else ""
    return f"{', '.join(numbers[:-1])} and {numbers[-1]} are no claims any more"


def find_stale(place: Place, scheme: LabelScheme) -> tuple[Link, ...]:
    """The links whose target has no label any more that this sentence's label may deny."""
    said = place.annotation
    denied = {
        name
        for label in scheme.labels
        if said is not None and label.name == said.label
        for name in label.denies
    }
    return tuple(link for link in place.denies if link.label not in denied)
