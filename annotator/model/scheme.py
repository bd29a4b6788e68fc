"""The labels that a reviewer chooses from."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from annotator.errors import UnknownNameError


@dataclass(frozen=True, slots=True)
class Label:
    """One label: its name, its key, what it means.

    `colour` is the name of a theme's colour. `denies` names the labels that a sentence with this
    label may be tied to as their denial; empty for a label that denies nothing.
    """

    name: str
    key: str
    definition: str
    colour: str | None = None
    guideline: str | None = None
    denies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelScheme:
    """A named set of labels, in the order in which they are shown and numbered."""

    name: str
    labels: tuple[Label, ...]

    def find(self, name: str) -> Label:
        """The label of that name; `UnknownNameError` lists those that there are."""
        for label in self.labels:
            if label.name == name:
                return label
        known = ", ".join(label.name for label in self.labels)
        raise UnknownNameError(
            f"There is no label {name!r} in the scheme {self.name}; its labels are {known}."
        )


FACT_CHECK: Final = LabelScheme(
    name="fact-check",
    labels=(
        Label(
            name="claim",
            key="c",
            definition="An assertion about the world that evidence could settle.",
            colour="warning",
        ),
        Label(
            name="denial",
            key="d",
            definition="Someone rejects an assertion that another party has put forward.",
            colour="error",
            denies=("claim", "denial"),
        ),
        Label(
            name="background",
            key="b",
            definition="Everything else: settled context, procedure, outlook, opinion.",
            colour="secondary",
        ),
    ),
)


def hash_guideline(scheme: LabelScheme, text: str) -> str:
    """Which guideline was in force: 16 hexadecimal digits of the scheme and the text together."""
    parts = [scheme.name]
    for label in scheme.labels:
        parts += [label.name, label.definition, label.guideline or "", *label.denies]
    return sha256("\x1f".join([*parts, text]).encode("utf-8")).hexdigest()[:16]
